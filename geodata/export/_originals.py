"""What an export in a published layout needs of a store: rows as they were written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from geodata.datasets import Dataset
    from geodata.filters import Filter


class OriginalRow(Protocol):
    """A row of a table as written; a None among the cells is one that the file does not have."""

    @property
    def incident_id(self) -> str:
        """The incident that the row became."""
        ...

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of the file that the row stands in, in its order."""
        ...

    @property
    def cells(self) -> tuple[str | None, ...]:
        """Its cells, one per column."""
        ...


@runtime_checkable
class KeepsOriginals(Protocol):
    """A store that keeps rows as written."""

    def original_rows(self, dataset_id: str, which: Filter, /) -> Iterator[OriginalRow]:
        """Rows of a data set that match a filter."""
        ...


@runtime_checkable
class KnowsDatasets(Protocol):
    """A store that knows which data sets it has."""

    def datasets(self) -> list[Dataset]:
        """Data sets of the project."""
        ...


def datasets_in(store: object, layout: str) -> tuple[str, ...]:
    """Ids of the data sets whose tables came in a layout; none where a store keeps no tables."""
    if not isinstance(store, KeepsOriginals):
        return ()
    if isinstance(store, KnowsDatasets):
        return tuple(d.dataset_id for d in store.datasets() if d.preset == layout)
    return (layout,)


def originals_in(store: object, datasets: tuple[str, ...], where: Filter) -> Iterator[OriginalRow]:
    """Rows as written of some data sets, one data set after the other."""
    if isinstance(store, KeepsOriginals):
        for dataset_id in datasets:
            yield from store.original_rows(dataset_id, where)

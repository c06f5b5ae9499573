"""Who answers what a page asks: the store, or, in a large project, its columns in memory.

Both give the same answers (`geodata.columns`). The columns are read once for all sessions and
forgotten when the project changes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol
from weakref import WeakKeyDictionary

import numpy as np

from dashboard.remember import remembered
from geodata import columns as c
from geodata.filters import Filter
from geodata.incident import Incident, Status

if TYPE_CHECKING:
    from geodata.columns import Mask, ProjectColumns
    from geodata.store import Store
    from geodata.summary import Totals
    from geodata.timeline import Dated
    from geodata.tolls import Tolls

MOST_IN_STORE = 20_000
"""Incidents of a project up to which its store answers within milliseconds."""


class Answers(Protocol):
    """What a page asks of the incidents that a filter means (see `geodata.store.Store`)."""

    def totals(self, where: Filter) -> Totals: ...  # noqa: D102

    def count(self, where: Filter) -> int: ...  # noqa: D102

    def facet(  # noqa: D102
        self, part: str, where: Filter, *, limit: int = 500
    ) -> list[tuple[str, int]]: ...

    def timeline(self, where: Filter, step: str) -> list[tuple[str, int, int]]: ...  # noqa: D102

    def dates(self, where: Filter) -> list[Dated]: ...  # noqa: D102

    def tolls(self, where: Filter) -> Tolls: ...  # noqa: D102

    def incidents(  # noqa: D102
        self, where: Filter, *, limit: int, offset: int = 0, order: str = "-event_date"
    ) -> list[Incident]: ...


def answers(store: Store) -> Answers:
    """Give who answers for a project."""
    return _FromColumns(store) if is_large_project(store) else store


def is_large_project(store: Store) -> bool:
    """Whether a project has more incidents than its store answers for at once."""
    return _count_all(store) > MOST_IN_STORE


@remembered(1)
def _count_all(store: Store) -> int:
    return store.count(Filter(status=tuple(Status)))


@remembered(1)
def columns_of(store: Store) -> ProjectColumns:
    """Columns of the whole project, read once for all sessions; of a change, what it changed."""
    before = _READ.get(store)
    _READ[store] = c.read_columns(store) if before is None else c.renewed(before, store)
    return _READ[store]


_READ: WeakKeyDictionary[Store, ProjectColumns] = WeakKeyDictionary()


@remembered(32)
def rows_of(store: Store, where: Filter) -> Mask:
    """Which rows of the columns a filter means."""
    return c.matching(columns_of(store), where, store.numbers)


def display_counts(store: Store) -> dict[str, int]:
    """How many incidents of a project each display group has, of those that are shown unasked."""
    return c.display_counts(columns_of(store), rows_of(store, Filter()))


@remembered(64)
def _totals(store: Store, where: Filter) -> Totals:
    awaiting = 0
    if where.status and Status.DRAFT not in where.status:
        awaiting = int(rows_of(store, replace(where, status=(Status.DRAFT,))).sum())
    return c.totals(
        columns_of(store),
        rows_of(store, where),
        awaiting,
        store.count_documents(),
        store.count_quarantine(unresolved=True),
    )


@remembered(256)
def _facet(store: Store, part: str, where: Filter, limit: int) -> list[tuple[str, int]]:
    return c.facet(columns_of(store), part, rows_of(store, where), limit=limit)


@remembered(64)
def _timeline(store: Store, where: Filter, step: str) -> list[tuple[str, int, int]]:
    return c.timeline(columns_of(store), rows_of(store, where), step)


@remembered(64)
def _dates(store: Store, where: Filter) -> list[Dated]:
    return c.dates(columns_of(store), rows_of(store, where))


@remembered(64)
def _tolls(store: Store, where: Filter) -> Tolls:
    return c.tolls(columns_of(store), rows_of(store, where))


@dataclass(frozen=True, slots=True)
class _FromColumns:
    store: Store

    def totals(self, where: Filter) -> Totals:
        return _totals(self.store, where)

    def count(self, where: Filter) -> int:
        return int(np.count_nonzero(rows_of(self.store, where)))

    def facet(self, part: str, where: Filter, *, limit: int = 500) -> list[tuple[str, int]]:
        return _facet(self.store, part, c.without(part, where), limit)

    def timeline(self, where: Filter, step: str) -> list[tuple[str, int, int]]:
        return _timeline(self.store, where, step)

    def dates(self, where: Filter) -> list[Dated]:
        return _dates(self.store, where)

    def tolls(self, where: Filter) -> Tolls:
        return _tolls(self.store, where)

    def incidents(
        self, where: Filter, *, limit: int, offset: int = 0, order: str = "-event_date"
    ) -> list[Incident]:
        columns, found = columns_of(self.store), rows_of(self.store, where)
        return self.store.numbered(c.page(columns, found, order, limit=limit, offset=offset))

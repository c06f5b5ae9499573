"""What a store can do with imported tables: the part of the Store protocol that is about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    from geodata.datasets import (
        Dataset,
        Import,
        KnownRows,
        OriginalRow,
        RowChange,
        ValueDecision,
    )
    from geodata.filters import Filter
    from geodata.incident import Json


class DatasetStore(Protocol):
    """Data sets, their imports, their rows as written. `geodata.store.Store` has the rules."""

    def datasets(self) -> list[Dataset]:
        """Data sets of the project, the oldest first."""
        ...

    def dataset(self, dataset_id: str) -> Dataset | None:
        """One data set by its id."""
        ...

    def keep_dataset(self, dataset: Dataset) -> Dataset:
        """Add a data set, or write down how it is now; it is known by its id."""
        ...

    def imports(self, dataset_id: str | None = None) -> list[Import]:
        """Imports, or those into a data set, oldest first; those taken back are among them."""
        ...

    def begin_import(self, begun: Import) -> Import:
        """Open an import of a data set that is there; gives it with its number.

        Its rows are best added in one ``atomic`` block with this and `finish_import`: then a
        crash leaves nothing of it, and many rows are indexed at the end of the block. A long one
        is kept in a few blocks, each of which ends with `keep_progress`.
        """
        ...

    def keep_progress(self, into: Import) -> Import:
        """Write down how far an open import is: counts of the rows so far, which add up."""
        ...

    def expect_rows(self, count: int) -> None:
        """Say that about `count` rows are to be added in this block, so that it is quick."""
        ...

    def last_document(self) -> int:
        """Give the number of the newest report; those that are added later have higher ones."""
        ...

    def finish_import(self, done: Import) -> Import:
        """Close an import: its counts, which must add up to its rows, are written down."""
        ...

    def add_rows(
        self,
        into: Import,
        fields: pa.RecordBatch,
        cells: pa.RecordBatch,
        versions: Sequence[int] = (),
        digests: npt.NDArray[np.int64] | None = None,
        blocks: Sequence[tuple[int, bytes]] = (),
    ) -> int:
        """Add rows of a table as incidents. Gives how many.

        Parameters
        ----------
        fields
            A column ``incident_id`` and columns of a preset's `SCHEMA`; a column that is
            missing, or null, takes the field's default. A column ``status`` is taken too; without
            it the rows are ``confirmed``: their publisher stands for them.
        cells
            The same rows as written, one text column for each of the import's `columns`.
        versions
            The table's own version of each row, or empty.
        digests, blocks
            `geodata.originals.digests` and `geodata.originals.pack` of the cells, where another
            thread has made them already.
        """
        ...

    def known_rows(self, dataset_id: str, *, before: int = 0) -> KnownRows:
        """Every row of a data set, to tell new, changed, unchanged and missing ones apart.

        With `before`, the number of its last import, as they were before that.
        """
        ...

    def incident_ids(self, fids: Sequence[int]) -> list[str]:
        """Ids of the incidents with these numbers of `known_rows`, in their order."""
        ...

    def row_changes(self, fields: pa.RecordBatch) -> list[RowChange]:
        """Say what newer values (as for `add_rows`) of incidents that are there would change.

        One for each row, in order, of kind ``changed``; without fields where nothing differs.
        """
        ...

    def change_rows(
        self,
        into: Import,
        fields: pa.RecordBatch,
        cells: pa.RecordBatch,
        versions: Sequence[int] = (),
    ) -> list[RowChange]:
        """Give rows newer values, and keep what they replace; gives `row_changes`.

        A field that an analyst edited by hand stays; the table's value is in `kept_values`. Rows
        that were withdrawn come back.
        """
        ...

    def withdraw_rows(self, into: Import, incident_ids: Sequence[str]) -> int:
        """Reject rows that a release no longer has, with the tag ``withdrawn``. Gives how many."""
        ...

    def undo_import(self, import_id: int, *, who: str) -> Import:
        """Take an import back, also one that was never finished: everything is as before it.

        Fields that were edited after it keep the later value, and edits of incidents that it
        added come back with them when a later import adds them again. Reports that it added and
        from which incidents were made since stay; ``detail["stayed"]`` counts them.

        Raises
        ------
        InputError
            A later import of the data set stands, or reports have been joined to its incidents.
        """
        ...

    def original_rows(
        self, dataset_id: str, which: Filter | Sequence[str] | None = None
    ) -> Iterator[OriginalRow]:
        """Rows as written, of a filter's incidents, of some ids, or all; in order of import."""
        ...

    def kept_values(self, incident_id: str) -> dict[str, Json]:
        """What the newest release says of the fields where an analyst's value stands."""
        ...

    def decide_value(self, decision: ValueDecision) -> int:
        """Keep what a name means and give it to every row of a data set that bears it.

        An earlier decision on the same name is taken back first, so that an empty `meaning`
        undoes it. Fields edited by hand stay. Gives how many rows changed.
        """
        ...

    def value_decisions(self) -> list[ValueDecision]:
        """Decisions in force, the oldest first."""
        ...

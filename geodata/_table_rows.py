"""Rows of tables in a project file: added, compared, changed, withdrawn, given back as written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from geodata._imports import Imports

if TYPE_CHECKING:
    import pyarrow as pa

    from geodata.datasets import Import, KnownRows, OriginalRow, RowChange, ValueDecision
    from geodata.filters import Filter
    from geodata.incident import Json


class TableRows(Imports):
    """Rows of tables; the store of a project file inherits this and can write."""

    def add_rows(
        self,
        into: Import,
        fields: pa.RecordBatch,
        cells: pa.RecordBatch,
        versions: Sequence[int] = (),
    ) -> int:
        """Add rows of a table as incidents. Gives how many."""
        raise NotImplementedError

    def known_rows(self, dataset_id: str) -> KnownRows:
        """Every row of a data set."""
        raise NotImplementedError

    def incident_ids(self, fids: Sequence[int]) -> list[str]:
        """Ids of the incidents with these numbers, in their order."""
        raise NotImplementedError

    def row_changes(self, fields: pa.RecordBatch) -> list[RowChange]:
        """Say what newer values of incidents that are there would change."""
        raise NotImplementedError

    def change_rows(
        self,
        into: Import,
        fields: pa.RecordBatch,
        cells: pa.RecordBatch,
        versions: Sequence[int] = (),
    ) -> list[RowChange]:
        """Give rows newer values, and keep what they replace."""
        raise NotImplementedError

    def withdraw_rows(self, into: Import, incident_ids: Sequence[str]) -> int:
        """Reject rows that a release no longer has. Gives how many."""
        raise NotImplementedError

    def undo_import(self, import_id: int, *, who: str) -> Import:
        """Take an import back."""
        raise NotImplementedError

    def original_rows(
        self, dataset_id: str, which: Filter | Sequence[str] | None = None
    ) -> Iterator[OriginalRow]:
        """Rows as written."""
        raise NotImplementedError

    def kept_values(self, incident_id: str) -> dict[str, Json]:
        """What the newest release says of the fields where an analyst's value stands."""
        raise NotImplementedError

    def decide_value(self, decision: ValueDecision) -> int:
        """Keep what a name means and give it to every row of a data set that bears it."""
        raise NotImplementedError

    def value_decisions(self) -> list[ValueDecision]:
        """Decisions in force, the oldest first."""
        raise NotImplementedError

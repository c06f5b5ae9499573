"""Rows of cells to batches of columns: short rows filled up, long ones set apart."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ingest.readers.tables._batch import RowBatch, RowFault, Table
from ingest.readers.tables._cells import Row

if TYPE_CHECKING:
    import pyarrow as pa

MAX_RAW = 20_000
"""Characters that are kept of a row at fault; longer cells are cut first."""


class Gathered:
    """Rows that are gathered for a batch of `width` columns."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.rows: list[Sequence[str | None]] = []
        self.lines: list[int] = []
        self.faults: list[RowFault] = []
        self.skipped = 0

    @property
    def any(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.rows or self.faults or self.skipped)

    def add(self, row: Row) -> None:
        """Take a row, a blank line, or a row at fault."""
        cells = row.cells
        if len(cells) != self.width or row.reason:
            if row.reason:
                self.fault(row.line, row.reason, [row.raw.rstrip("\r\n")])
            elif is_blank(cells):
                self.skipped += 1
            elif len(cells) < self.width:
                self._keep(row.line, [*cells, *[None] * (self.width - len(cells))])
            elif any(cells[self.width :]):
                reason = f"the row has {len(cells):,} cells, and the table {self.width:,} columns"
                self.fault(row.line, reason, cells)
            elif any(cells):
                self._keep(row.line, cells[: self.width])
            else:
                self.skipped += 1
        elif any(cells) and not (self.width == 1 and is_blank(cells)):
            self.rows.append(cells)
            self.lines.append(row.line)
        else:
            self.skipped += 1

    def _keep(self, line: int, cells: Sequence[str | None]) -> None:
        self.rows.append(cells)
        self.lines.append(line)

    def fault(self, line: int, reason: str, cells: Sequence[str]) -> None:
        """Set a row apart."""
        self.faults.append(RowFault(line, reason, raw=raw_json(cells)))

    def batch(self, done: float) -> RowBatch:
        """Give what is gathered as one batch, and begin the next."""
        columns = list(zip(*self.rows, strict=True)) or [()] * self.width
        return self.with_cells(text_columns(columns), self._taken_lines(), done)

    def _taken_lines(self) -> list[int]:
        lines, self.lines, self.rows = self.lines, [], []
        return lines

    def with_cells(self, cells: pa.RecordBatch, lines: Sequence[int], done: float) -> RowBatch:
        """Give these rows as a batch, with the faults that were gathered."""
        batch = RowBatch(cells, lines, tuple(self.faults), self.skipped, min(done, 1.0))
        self.faults, self.skipped = [], 0
        return batch


def is_blank(cells: Sequence[str]) -> bool:
    """Whether a row is a blank line: no cell, one of spaces, or nothing in any cell."""
    return not cells or (len(cells) == 1 and not cells[0].strip())


def text_columns(columns: Sequence[Sequence[str | None]]) -> pa.RecordBatch:
    """Columns of text, called by their place: the names are in `TableInfo.columns`."""
    import pyarrow as pa

    arrays = [pa.array(column, pa.string()) for column in columns]
    return pa.RecordBatch.from_arrays(arrays, names=[str(at) for at in range(len(arrays))])


def fitted(cells: pa.RecordBatch, width: int) -> pa.RecordBatch | None:
    """Give the same rows with `width` columns; None where that would drop a filled cell."""
    import pyarrow as pa
    import pyarrow.compute as pc

    columns = cells.columns
    for extra in columns[width:]:
        if pc.any(pc.not_equal(extra, "")).as_py():
            return None
    columns = columns[:width]
    columns += [pa.nulls(cells.num_rows, pa.string())] * (width - len(columns))
    return pa.RecordBatch.from_arrays(columns, names=[str(at) for at in range(width)])


def raw_json(cells: Sequence[str]) -> str:
    """Give cells as a JSON list of text that is valid however much of it is cut."""
    whole = json.dumps(list(cells), ensure_ascii=False)
    if len(whole) <= MAX_RAW:
        return whole
    share = max(20, MAX_RAW // (2 * len(cells)))
    kept = [cell[:share] for cell in cells[: MAX_RAW // 50]]
    return json.dumps(kept, ensure_ascii=False)


def first_rows(table: Table, rows: int) -> RowBatch:
    """Give the first batch of a table, or one without rows."""
    for batch in table.batches(size=max(rows, 1)):
        return batch
    return RowBatch(text_columns([()] * len(table.info.columns)), [], done=1.0)


def empty_columns(table: Table) -> int:
    """Count the columns at the end that no row of the whole table fills."""
    import pyarrow.compute as pc

    empty = len(table.info.columns)
    for batch in table.batches():
        for at in range(batch.cells.num_columns - empty, batch.cells.num_columns):
            column = batch.cells.column(at)
            if pc.any(pc.not_equal(pc.fill_null(column, ""), "")).as_py():
                empty = batch.cells.num_columns - at - 1
        if not empty:
            break
    return empty

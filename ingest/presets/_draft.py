"""Rows on their way to incidents: typed columns, faults and questions, put together at the end."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata._rows import MAX_RAW
from ingest.presets._base import SCHEMA, Normalised, RowFlag
from ingest.presets.values._column import Distinct, distinct
from ingest.presets.values.words import listed, plain
from ingest.readers.tables._batch import RowFault

if TYPE_CHECKING:
    from ingest.readers.tables._batch import RowBatch

MAX_VALUE = 200
"""Longest value that a fault or question quotes, in characters."""

_MANY_CELLS = 400


def _names_nothing(text: str) -> bool:
    """Whether a folded cell names nobody and nothing: "unknown", and "none" too."""
    return text in listed("nothing") or text in listed("zero")


@dataclass
class Draft:
    """A batch, its columns read so far, and what was found wrong or doubtful."""

    batch: RowBatch
    fields: dict[str, Any] = field(default_factory=dict)
    faults: dict[int, tuple[str, str, str]] = field(default_factory=dict)
    flags: list[tuple[int, str, str, str]] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """How many rows the batch has."""
        return int(self.batch.cells.num_rows)

    def cells(self, name: str) -> Any:
        """Give a column as written; empty text where the file has no such column or cell."""
        position = self.batch.cells.schema.get_field_index(name)
        if position < 0:
            return pa.array([""] * self.rows, pa.string())
        return pc.fill_null(self.batch.cells.column(position), "")

    def text(self, name: str, *, free: bool = False) -> Any:
        """Give a column of names, trimmed, null where it tells nothing; `free` keeps "unknown"."""
        trimmed = pc.utf8_trim_whitespace(self.cells(name))
        read = distinct(trimmed)
        empty = pa.array(
            [not text or (not free and _names_nothing(plain(text))) for text in read.texts],
            pa.bool_(),
        ).take(pa.array(read.indices))
        return pc.if_else(empty, pa.scalar(None, pa.string()), trimmed)

    def fault(self, row: int, column: str, reason: str) -> None:
        """Keep a row out, with its first reason."""
        if row not in self.faults:
            value = self._quoted(row, column) if column else ""
            self.faults[row] = (column, value, reason)

    def fault_all(self, columns: Iterable[str], reasons: Mapping[int, str]) -> None:
        """Keep rows out, naming the first of some columns that holds something."""
        names = list(columns)
        for row, reason in reasons.items():
            told = [name for name in names if self._quoted(row, name)]
            self.fault(row, told[0] if told else names[0], reason)

    def ask(self, row: int, field_name: str, value: str, reason: str) -> None:
        """Put a question to a row that is kept."""
        self.flags.append((row, field_name, value[:MAX_VALUE], reason))

    def ask_all(self, field_name: str, columns: Iterable[str], reasons: Mapping[int, str]) -> None:
        """Put questions to rows, quoting some columns."""
        names = list(columns)
        for row, reason in reasons.items():
            quoted = ", ".join(filter(None, (self._quoted(row, name) for name in names)))
            self.ask(row, field_name, quoted, reason)

    def ask_once(self, field_name: str, read: Distinct, reasons: list[str]) -> None:
        """Put a question to the first row of each text that has one."""
        wanted = {n for n, reason in enumerate(reasons) if reason}
        for row, n in enumerate(read.indices.tolist()):
            if n in wanted:
                wanted.discard(n)
                self.ask(row, field_name, read.texts[n], reasons[n])
                if not wanted:
                    return

    def _quoted(self, row: int, column: str) -> str:
        position = self.batch.cells.schema.get_field_index(column)
        value = self.batch.cells.column(position)[row].as_py() if position >= 0 else ""
        return (value or "")[:MAX_VALUE]

    def column(self, name: str) -> Any:
        """Give a field as far as it is read, nulls where it is not."""
        if name in self.fields:
            return self.fields[name]
        return pa.nulls(self.rows, SCHEMA.field(name).type)

    def fill(self, name: str, values: Any) -> None:
        """Give a field values where it has none yet."""
        self.fields[name] = pc.coalesce(self.column(name), values.cast(SCHEMA.field(name).type))

    def finish(self, keys: Any = None) -> Normalised:
        """Give the rows that are incidents, and the others with their reasons."""
        lines = self.batch.lines
        keep = np.ones(self.rows, bool)
        keep[list(self.faults)] = False
        index = np.flatnonzero(keep)
        columns = [self.column(f.name).take(pa.array(index)) for f in SCHEMA]
        written = (
            [""] * len(index)
            if keys is None
            else pc.fill_null(keys, "").take(pa.array(index)).to_pylist()
        )
        return Normalised(
            fields=pa.RecordBatch.from_arrays(columns, schema=SCHEMA),
            keys=written,
            index=index.tolist(),
            faults=tuple(
                RowFault(lines[row], reason, column, value, self._raw(row))
                for row, (column, value, reason) in sorted(self.faults.items())
            ),
            flags=tuple(
                RowFlag(lines[row], name, value, reason)
                for row, name, value, reason in sorted(self.flags, key=lambda flag: flag[0])
                if keep[row]
            ),
        )

    def _raw(self, row: int) -> str:
        """Give the row's cells as a list in JSON; long ones are cut until it fits."""
        cells = [column[row].as_py() or "" for column in self.batch.cells.columns]
        for most in (MAX_RAW, MAX_VALUE, 40, 8):
            written = json.dumps([cell[:most] for cell in cells], ensure_ascii=False)
            if len(written) <= MAX_RAW:
                return written
        return json.dumps(cells[:_MANY_CELLS], ensure_ascii=False)[:MAX_RAW]

"""Columns of a batch, read all at once; rows that cannot be read are collected with reasons.

A column is read value by distinct value and spread over its rows again: a table of 20,000 rows
has few different event types, dates or tolls.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from geodata._rows import MAX_RAW
from ingest.presets._base import SCHEMA, Normalised, RowFlag
from ingest.presets._values import read_count, read_number, short
from ingest.readers.tables._batch import RowFault

if TYPE_CHECKING:
    from ingest.readers.tables._batch import RowBatch

Mask = npt.NDArray[np.bool_]

MISSING = ("", "NA", "N/A", "NaN", "nan", "NULL", "null", "None")
"""How tables and programs write that a cell tells nothing."""

_MAX_VALUE = 500
_LISTED = 12
_MARK = "\x1f"


def mask(condition: Any) -> Mask:
    """Give a condition of Arrow as an array of numpy; what is null does not hold."""
    held: Mask = pc.fill_null(condition, False).to_numpy(zero_copy_only=False)
    return held


def spread(values: Sequence[Any], indices: Any, kind: pa.DataType | None = None) -> Any:
    """Give for each row the value that its distinct value stands for."""
    return pa.array(values, kind or pa.string()).take(indices)


def combined(*columns: Any) -> tuple[list[tuple[str, ...]], Any]:
    """Give the distinct rows of some columns of text, and which of them each row is."""
    filled = [pc.fill_null(column.cast(pa.string()), "") for column in columns]
    encoded = pc.binary_join_element_wise(*filled, _MARK).dictionary_encode()
    few = [row.split(_MARK, len(columns) - 1) for row in encoded.dictionary.to_pylist()]
    return [tuple(row) for row in few], encoded.indices


def each(column: Any, change: Callable[[str], Any], kind: pa.DataType | None = None) -> Any:
    """Change a column of text by its distinct values; `change` must read every value."""
    encoded = column.dictionary_encode()
    return spread([change(text) for text in encoded.dictionary.to_pylist()], encoded.indices, kind)


class Rows:
    """The rows of a batch while they are read: columns by the layout's names, faults, flags.

    A row with a fault is left out at the end; a row with flags alone is kept.
    """

    def __init__(self, batch: RowBatch, names: Sequence[str]) -> None:
        self._batch = batch
        self._at: dict[str, int] = {}
        for at, name in enumerate(names[: batch.cells.num_columns]):
            if name:
                self._at.setdefault(name, at)
        self._texts: dict[str, Any] = {}
        self._faults: dict[int, list[tuple[str, str, str]]] = {}
        self._flags: list[tuple[int, str, str, str]] = []
        self.size: int = batch.cells.num_rows

    def __contains__(self, name: str) -> bool:
        return name in self._at

    def nulls(self, kind: pa.DataType | None = None) -> Any:
        """Give a column that tells nothing."""
        return pa.nulls(self.size, kind or pa.string())

    def text(self, name: str) -> Any:
        """Give a column trimmed, with null where it tells nothing or is not there."""
        if name not in self._at:
            return self.nulls()
        if name not in self._texts:
            column = pc.utf8_trim_whitespace(self._batch.cells.column(self._at[name]))
            gone = pc.is_in(column, value_set=pa.array(MISSING))
            self._texts[name] = pc.if_else(gone, pa.scalar(None, pa.string()), column)
        return self._texts[name]

    # ------------------------------------------------------------ faults and flags

    def fault(self, rows: Mask, column: str, reason: str) -> None:
        """Say of some rows that they cannot be read."""
        shown = self.text(column)
        for at in np.flatnonzero(rows):
            value = shown[int(at)].as_py() or ""
            self._faults.setdefault(int(at), []).append((column, value, reason))

    def flag(self, rows: Mask, field: str, values: Any, reason: str) -> None:
        """Ask about a value of some rows; `values` are what is shown, one per row."""
        for at in np.flatnonzero(rows):
            shown = values[int(at)].as_py()
            value = "" if shown is None else str(shown)[:_MAX_VALUE]
            self._flags.append((int(at), field, value, reason))

    def read(
        self, name: str, parse: Callable[[str], Any], kind: pa.DataType, *, gone: Any = None
    ) -> Any:
        """Read a column by its distinct values; a value that `parse` refuses is a fault.

        `gone` is a condition on rows whose value does not count.
        """
        column = self.text(name)
        if gone is not None:
            column = pc.if_else(gone, pa.scalar(None, pa.string()), column)
        encoded = column.dictionary_encode()
        values: list[Any] = []
        refused: dict[int, tuple[str, str]] = {}
        for at, text in enumerate(encoded.dictionary.to_pylist()):
            try:
                values.append(parse(text))
            except ValueError as error:
                values.append(None)
                refused[at] = (text, str(error))
        self.refuse(name, encoded.indices, refused)
        return spread(values, encoded.indices, kind)

    def refuse(self, column: str, which: Any, refused: Mapping[int, tuple[str, str]]) -> None:
        """Say of rows that have some of the distinct values that they cannot be read.

        `refused` gives the value as written and the reason by the number of the distinct value.
        """
        if not refused:
            return
        numbers = pc.fill_null(which, -1).to_numpy()
        for row in np.flatnonzero(np.isin(numbers, list(refused))):
            value, reason = refused[int(numbers[row])]
            self._faults.setdefault(int(row), []).append((column, value, reason))

    # ------------------------------------------------------------ kinds of columns

    def count(self, name: str) -> Any:
        """Read a column of people counted."""
        return self.read(name, read_count, pa.int64())

    def coded(self, name: str, words: Mapping[str, str], field: str, column: Any = None) -> Any:
        """Read a column of codes by a crosswalk; a code that it lacks is null and flagged."""
        column = self.text(name) if column is None else column
        found = each(column, lambda text: words.get(_code(text)))
        lost = mask(pc.and_(pc.is_valid(column), pc.is_null(found)))
        if lost.any():
            listed = ", ".join(words) if len(words) <= _LISTED else "the codes of the codebook"
            self.flag(lost, field, column, f"{name} is none of {listed}: left out")
        return found

    def points(self, latitude: str = "latitude", longitude: str = "longitude") -> dict[str, Any]:
        """Read coordinates (WGS 84); one without the other, and 0/0, are left out and flagged."""
        lat, lon = self._degrees(latitude, 90.0), self._degrees(longitude, 180.0)
        half = mask(pc.xor(pc.is_null(lat), pc.is_null(lon)))
        if half.any():
            lone = pc.coalesce(self.text(latitude), self.text(longitude))
            self.flag(half, "latitude", lone, "one coordinate without the other: left out")
        zero = mask(pc.and_(pc.equal(lat, 0.0), pc.equal(lon, 0.0)))
        if zero.any():
            self.flag(zero, "latitude", self.text(latitude), "0/0 is no place: left out")
        gone = pa.array(half | zero)
        nothing = pa.scalar(None, pa.float64())
        return {
            "latitude": pc.if_else(gone, nothing, lat),
            "longitude": pc.if_else(gone, nothing, lon),
        }

    def _degrees(self, name: str, limit: float) -> Any:
        try:
            values = pc.cast(self.text(name), pa.float64())
        except pa.ArrowInvalid:
            values = self.read(name, read_number, pa.float64())
        inside = mask(pc.less_equal(pc.abs(values), limit))
        outside = mask(pc.is_valid(values)) & ~inside
        if outside.any():
            reason = f"lies outside -{limit:g} to {limit:g} degrees"
            self._outside(outside, name, reason)
        return values

    def _outside(self, rows: Mask, name: str, reason: str) -> None:
        shown = self.text(name)
        for at in np.flatnonzero(rows):
            value = shown[int(at)].as_py()
            self._faults.setdefault(int(at), []).append((name, value, f"{short(value)} {reason}"))

    # ------------------------------------------------------------ the end

    def finish(self, fields: Mapping[str, Any], *, keys: Any, versions: Any = None) -> Normalised:
        """Put the columns together, without the rows that have a fault.

        `keys` is the column of ids, without a null in a row that is kept.
        """
        columns = [
            fields.get(name, pa.nulls(self.size, SCHEMA.field(name).type)) for name in SCHEMA.names
        ]
        record = pa.RecordBatch.from_arrays(columns, schema=SCHEMA)
        index: Sequence[int] = range(self.size)
        if self._faults:
            index = [at for at in range(self.size) if at not in self._faults]
            kept = pa.array(index, pa.int64())
            record, keys = record.take(kept), keys.take(kept)
            versions = versions.take(kept) if versions is not None else None
        return Normalised(
            fields=record,
            keys=keys.to_pylist(),
            index=index,
            faults=tuple(self._row_faults()),
            flags=tuple(self._row_flags()),
            versions=versions.to_pylist() if versions is not None else (),
        )

    def _row_flags(self) -> list[RowFlag]:
        lines = self._batch.lines
        kept = [flag for flag in self._flags if flag[0] not in self._faults]
        kept.sort(key=lambda flag: flag[0])
        return [RowFlag(int(lines[at]), *rest) for at, *rest in kept]

    def _row_faults(self) -> list[RowFault]:
        order = sorted(self._faults)
        if not order:
            return []
        columns = self._batch.cells.take(pa.array(order, pa.int64())).columns
        raws = [raw_row(row) for row in zip(*(c.to_pylist() for c in columns), strict=True)]
        return [self._row_fault(at, raw) for at, raw in zip(order, raws, strict=True)]

    def _row_fault(self, at: int, raw: str) -> RowFault:
        """Give the first fault of a row; the columns of its others are named in the reason."""
        (column, value, reason), *others = self._faults[at]
        also = list(dict.fromkeys(name for name, _, _ in others if name != column))
        if also:
            reason = f"{reason}; also at fault: {', '.join(also)}"
        return RowFault(int(self._batch.lines[at]), reason, column, value[:_MAX_VALUE], raw)


def raw_row(cells: Sequence[str | None]) -> str:
    """Give a row's cells as a JSON list of at most 20,000 characters; long cells end in ``…``."""
    last = max((at for at, cell in enumerate(cells) if cell is not None), default=-1)
    row = [cell or "" for cell in cells[: last + 1]]
    for limit in (MAX_RAW, 4_000, 1_000, 250, 60):
        cut = [cell if len(cell) <= limit else cell[: limit - 1] + "…" for cell in row]
        text = json.dumps(cut, ensure_ascii=False)
        if len(text) <= MAX_RAW:
            return text
    return text[:MAX_RAW]


def _code(text: str) -> str:
    whole, point, rest = text.partition(".")
    return whole if point and not rest.strip("0") else text.casefold()

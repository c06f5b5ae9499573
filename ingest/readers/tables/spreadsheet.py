"""Spreadsheets (.xlsx, .xlsm, .xls, .ods), read by calamine in a process with capped memory."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipInfo, is_zipfile

import orjson

from geodata.errors import InputError
from ingest.readers.tables import _sheet_child
from ingest.readers.tables._batch import BATCH_ROWS, MAX_CELL, RowBatch, TableInfo
from ingest.readers.tables._cells import Row
from ingest.readers.tables._file import digest_of
from ingest.readers.tables._layout import Layout, layout, uses_decimal_comma
from ingest.readers.tables._shape import Gathered, first_rows
from ingest.readers.tables._unzip import archive_of, inflate

_ERROR_MARKS = (b' t="e"', b'="error"')  # of a cell in .xlsx, and in .ods
_NUMBER = re.compile(r"[-+~<>]?\s*\d+(?:[.,]\d+)*\s*[+%?]?|\d+\s*[-–]\s*\d+")
_LONG = f"a cell is longer than {MAX_CELL:,} characters"
_KILLED = (-signal.SIGABRT, -signal.SIGKILL, -signal.SIGSEGV, -signal.SIGBUS, 137, 134)


class Spreadsheet:
    """One sheet of a workbook; `skip` rows come before its first row.

    `merged` are cells that go over several rows: first and last row, from 1, and their column.
    """

    def __init__(
        self, path: Path, info: TableInfo, skip: int, merged: Iterable[Sequence[int]] = ()
    ) -> None:
        self._path = path
        self._info = info
        self._skip = skip
        self._merged = [(top, bottom, at) for top, bottom, at in merged if top > skip]

    @property
    def info(self) -> TableInfo:
        """What is known before reading."""
        return self._info

    def batches(self, *, size: int = BATCH_ROWS) -> Iterator[RowBatch]:
        """Rows in the order of the sheet, never more than `size` at a time."""
        gathered = Gathered(len(self._info.columns))
        gathered.skipped = int(bool(self._info.hxl) and self._info.hxl != self._info.columns)
        number, done = 0, 0.0
        merged = _Merged(self._merged)
        with _asked("rows", self._path, self._info.sheet) as answers:
            for answer in answers:
                done, long = answer["done"], set(answer["long"])
                for at, cells in enumerate(answer["rows"]):
                    number += 1
                    if number > self._skip:
                        if at in long:
                            gathered.fault(number, _LONG, cells)
                        else:
                            gathered.add(Row(number, merged.filled(number, cells)))
                    if len(gathered.rows) >= size:
                        yield gathered.batch(done)
        if gathered.any:
            yield gathered.batch(1.0)

    def sample(self, rows: int = 200) -> RowBatch:
        """Give the first rows."""
        return first_rows(self, rows)


class _Merged:
    """Gives rows the text of merged cells that begin above them.

    A day or a name stands for all rows of its cell. A number does not: a toll that goes over
    several rows would be counted several times.
    """

    def __init__(self, merged: Iterable[tuple[int, int, int]]) -> None:
        self._begin: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for top, bottom, at in merged:
            self._begin[top].append((at, bottom))
        self._open: dict[int, tuple[int, str]] = {}

    def filled(self, number: int, cells: list[str]) -> list[str]:
        """Fill a row; rows come in their order."""
        if self._open:
            self._open = {at: one for at, one in self._open.items() if one[0] >= number}
            for at, (_, text) in self._open.items():
                if at < len(cells) and not cells[at]:
                    cells[at] = text
        for at, bottom in self._begin.get(number, ()):
            if at < len(cells) and cells[at] and not _NUMBER.fullmatch(cells[at]):
                self._open[at] = (bottom, cells[at])
        return cells


def open_spreadsheet(
    path: Path, *, name: str, kind: str, sheet: str = "", header: bool | None = None
) -> Spreadsheet:
    """Open a sheet of a workbook: the one named, or the one with the most rows.

    Raises
    ------
    InputError
        It is broken, protected, packed like a bomb, needs too much memory; there is no such
        sheet, or no row in it.
    """
    if "\0" in sheet:
        raise InputError(f"there is no sheet {sheet!r}")
    notes = _checked(path)
    with _asked("look", path, sheet) as answers:
        found = next(answers, {})
    sheets = tuple(found.get("sheets", ()))
    if not found.get("sheet"):
        known = ", ".join(map(repr, sheets)) or "none"
        raise InputError(f"there is no sheet {sheet!r}: its sheets are {known}")
    shape = layout([row[: found["width"]] for row in found["first"]], header)
    if not sheet and len(sheets) > 1:
        notes.append(f"the sheet {found['sheet']!r} was taken, which has the most rows")
    body = [row for row in found["first"][shape.data :] if any(row)]
    columns = shape.names[: max(found["width"], 1)]
    info = TableInfo(
        name=name, kind=kind, columns=columns,
        header_line=0 if shape.header is None else shape.header + 1,
        hxl=shape.hxl, title=shape.title, sheet=found["sheet"], sheets=sheets,
        decimal_comma=uses_decimal_comma(body, len(columns), ""),
        size_bytes=path.stat().st_size, sha256=digest_of(path),
        notes=(*shape.notes, *notes),
    )  # fmt: skip
    info = replace(info, rows=_rows_below(found, shape))
    return Spreadsheet(path, info, shape.data, found.get("merged", ()))


def _rows_below(found: dict[str, Any], shape: Layout) -> int:
    above = sum(1 for row in found["first"][: shape.data] if any(row))
    return max(int(found["rows"]) - above, 0)


def _checked(path: Path) -> list[str]:
    """Refuse a bomb, and count the cells that hold an error: they are read as empty."""
    if not is_zipfile(path):
        return []
    count, tail = 0, b""

    def see(member: ZipInfo, piece: bytes) -> None:
        nonlocal count, tail
        if member.filename.startswith(("xl/worksheets/", "content.xml")):
            text = tail + piece
            count += sum(text.count(mark) for mark in _ERROR_MARKS)
            tail = text[1 - min(map(len, _ERROR_MARKS)) :]

    with archive_of(path) as archive:
        inflate(path, archive, see)
    return (
        [f"cells that hold an error are read as empty (in the workbook: {count:,})"]
        if count
        else []
    )


@contextmanager
def _asked(what: str, path: Path, sheet: str) -> Iterator[Iterator[dict[str, Any]]]:
    """Start the child, give its answers one by one, and end it however this is left."""
    # -P: the folder of the program is no place to import from.
    command = [sys.executable, "-P", "-W", "ignore", str(Path(_sheet_child.__file__)), what,
               str(path.absolute()), sheet]  # fmt: skip
    with subprocess.Popen(  # noqa: S603 - our own program; the file's name is one argument of it
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as child:
        try:
            yield _answers(child)
        finally:
            child.kill()


def _answers(child: subprocess.Popen[bytes]) -> Iterator[dict[str, Any]]:
    for line in child.stdout or ():
        if not line.endswith(b"\n"):
            break  # it died at work
        answer: dict[str, Any] = orjson.loads(line)
        if "error" in answer:
            raise InputError(answer["error"])
        yield answer
    code = child.wait()
    if code == -signal.SIGXCPU:
        raise InputError(f"the workbook takes longer than {_sheet_child.MAX_SECONDS} s to read")
    if code in _KILLED:
        limit = _sheet_child.MAX_MEMORY / 1e9
        raise InputError(f"the workbook needs more than {limit:g} GB of memory: save it as CSV")
    if code:
        raise InputError(_sheet_child.BROKEN)

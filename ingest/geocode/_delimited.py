"""Read a table of text: its encoding, its delimiter, its rows, and what is wrong with it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from geodata.errors import InputError

MAX_CELL = 1_000_000
"""Longest cell read, in characters."""

DELIMITERS = ",;\t|"


def open_table(source: Path) -> TextIO:
    """Open a table in the encoding it is written in; the caller closes it."""
    return source.open(encoding=encoding_of(source), newline="")


def read_rows(read: TextIO, source: Path) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """Header of a table, and its rows with the number of the line each one ends at.

    Blank lines are no rows; short rows are filled up.

    Raises
    ------
    InputError
        The table is empty, or (while reading) a row is longer than the header or unreadable.
    """
    csv.field_size_limit(MAX_CELL)
    try:
        delimiter = _delimiter(read.readline(MAX_CELL))
        read.seek(0)
    except UnicodeDecodeError as error:
        raise InputError(f"{source.name}: not a readable CSV table ({error})") from error
    reader = csv.reader(read, delimiter=delimiter)
    header = next(_guarded(reader, source), None)
    if not header:
        raise InputError(f"{source.name}: the table is empty; give a CSV file with a header")

    def rows() -> Iterator[tuple[int, list[str]]]:
        for cells in _guarded(reader, source):
            if not cells:
                continue
            if len(cells) > len(header):
                raise InputError(
                    f"{source.name}: line {reader.line_num} has {len(cells)} cells, the header"
                    f" {len(header)}: is a comma or quote missing?"
                )
            yield reader.line_num, cells + [""] * (len(header) - len(cells))

    return header, rows()


def encoding_of(source: Path) -> str:
    """Encoding of a file: UTF-8 where it reads as such, else the likeliest."""
    with source.open("rb") as file:
        sample = file.read(1_000_000)
    if b"\0" in sample and not sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(f"{source.name}: a binary file, not a CSV table")
    try:
        # A character may be cut at the end of the sample.
        sample.decode("utf-8-sig", errors="strict")
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 4:
            from charset_normalizer import from_bytes

            best = from_bytes(sample).best()
            return best.encoding if best is not None else "latin-1"
    return "utf-8-sig"


def _delimiter(line: str) -> str:
    """Delimiter of a header: the commonest outside quotes, a comma where none is seen."""
    outside = "".join(line.split('"')[::2])
    return max(DELIMITERS, key=outside.count)


def _guarded(rows: Iterator[list[str]], source: Path) -> Iterator[list[str]]:
    while True:
        try:
            row = next(rows, None)
        except (csv.Error, UnicodeDecodeError) as error:
            raise InputError(f"{source.name}: not a readable CSV table ({error})") from error
        if row is None:
            return
        yield row

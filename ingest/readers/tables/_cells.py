"""Lines of delimited text to rows of cells: `csv.reader` with a way back from a bad quote."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ingest.readers.tables._batch import MAX_CELL
from ingest.readers.tables._encoding import MAX_LINE

MAX_WASTED = 64_000_000
"""Characters read in vain after quotes that are never closed; from there on a quoted cell may
no longer go over a line's end, so that a hostile file costs no squared time."""

UNCLOSED = "a quote is opened and not closed: close it, or take it out"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How cells are set apart.

    `spaced`: a space may stand before a quote. `escaped`: a backslash stands before a quote that
    is part of the cell. Without `quoting`, a quote is a character like any other.
    """

    delimiter: str = ","
    quoting: bool = True
    spaced: bool = False
    escaped: bool = False

    def reader(self, lines: Iterator[str], *, strict: bool) -> Iterator[list[str]]:
        """Open Python's reader on some lines."""
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quoting=csv.QUOTE_MINIMAL if self.quoting else csv.QUOTE_NONE,
            skipinitialspace=self.spaced,
            escapechar="\\" if self.escaped else None,
            strict=strict,
        )


class Row(NamedTuple):
    """Cells of one row and the line it begins on, or why it has no cells, with its text."""

    line: int
    cells: list[str]
    reason: str = ""
    raw: str = ""


class _Unclosed(Exception):  # noqa: N818 - a signal, caught where the reader is called
    """A quoted cell has become longer than any cell may be."""


class Feed:
    """Physical lines one by one, with the way back to the second line of a row."""

    def __init__(self, more: Callable[[], list[str] | None]) -> None:
        self._more = more
        self._lines: list[str] = []
        self._at = 0
        self._first = 0
        self._before = 0  # lines of the file before the first of `_lines`
        self._size = 0
        self._wasted = 0

    def load(self, lines: list[str], before: int) -> None:
        """Go on with these lines; `before` of the file came before them."""
        self._lines, self._before, self._at, self._first, self._size = lines, before, 0, 0, 0

    @property
    def empty(self) -> bool:
        """Whether all lines that were loaded are read."""
        return self._at >= len(self._lines)

    @property
    def line(self) -> int:
        """1-based number of the line that the row begins on."""
        return self._before + self._first + 1

    @property
    def next_line(self) -> int:
        """1-based number of the line that is read next."""
        return self._before + self._at + 1

    @property
    def long(self) -> bool:
        """Whether the row has so many characters that one of its cells may be too long."""
        return self._size > MAX_CELL

    def begin(self) -> None:
        """Say that a row begins with the next line."""
        self._first, self._size = self._at, 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._at > self._first and (self._size > MAX_CELL or self._wasted > MAX_WASTED):
            raise _Unclosed
        if self._at >= len(self._lines) and not self._pull():
            raise StopIteration
        line = self._lines[self._at]
        self._at += 1
        self._size += len(line)
        return line

    def _pull(self) -> bool:
        more = self._more()
        if more is None:
            return False
        self._before += self._first
        self._lines = self._lines[self._first :] + more
        self._at, self._first = self._at - self._first, 0
        return True

    def taken(self) -> list[str]:
        """Lines of the row so far."""
        return self._lines[self._first : self._at]

    def back(self) -> str:
        """Go back to the row's second line; gives its first."""
        self._wasted += self._size
        self._at = self._first + 1
        return self._lines[self._first]


def rows(feed: Feed, dialect: Dialect, width: int = 0) -> Iterator[Row]:
    """Give row after row until the loaded lines end; a blank line gives no cells.

    Parameters
    ----------
    width
        Cells of a row, where known: a row over several lines that has another number, and
        holds a line that is a row of its own, began with a quote too many.
    """
    csv.field_size_limit(MAX_LINE + MAX_CELL)  # of the whole process; others set it when they read
    reader = dialect.reader(feed, strict=True)
    while not feed.empty:
        feed.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, _Unclosed):
            yield _mended(feed, dialect)
            continue
        taken = feed.next_line - feed.line
        if taken > 1 and len(cells) != width > 1 and _hides_rows(feed.taken(), dialect, width):
            yield _mended(feed, dialect)
        elif feed.long and any(len(cell) > MAX_CELL for cell in cells):
            raw = "".join(feed.taken())[:10_000]
            yield Row(feed.line, [], f"a cell is longer than {MAX_CELL:,} characters", raw)
        else:
            yield Row(feed.line, cells)


def _mended(feed: Feed, dialect: Dialect) -> Row:
    """Take the first line alone: as it stands where its quotes end on it, else as a fault."""
    line, text = feed.line, feed.back()
    one = _OneLine(text)
    try:
        cells = next(dialect.reader(one, strict=False))
    except (csv.Error, StopIteration) as error:
        return Row(line, [], f"the row cannot be taken apart ({error})", text[:10_000])
    if one.asked:
        return Row(line, [], UNCLOSED, text[:10_000])
    if any(len(cell) > MAX_CELL for cell in cells):
        return Row(line, [], f"a cell is longer than {MAX_CELL:,} characters", text[:10_000])
    return Row(line, cells)


class _OneLine:
    """One line; `asked` tells whether the reader wanted another to end a quoted cell."""

    def __init__(self, text: str) -> None:
        self._text: str | None = text
        self.asked = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._text is None:
            self.asked = True
            raise StopIteration
        text, self._text = self._text, None
        return text


def _hides_rows(lines: list[str], dialect: Dialect, width: int) -> bool:
    """Whether a line after the first would be a whole row if it stood alone."""
    for text in lines[1:]:
        if text.count(dialect.delimiter) >= width - 1:
            try:
                if len(next(dialect.reader(iter([text]), strict=True))) == width:
                    return True
            except (csv.Error, StopIteration):
                continue
    return False


def text_rows(text: str, dialect: Dialect, limit: int) -> tuple[list[Row], int]:
    """Give the first rows of a text, to find out how it is made, and the line after them."""
    feed = Feed(lambda: None)
    lines = [str(one, "utf-8") for one in text.encode("utf-8", "replace").splitlines(keepends=True)]
    feed.load(lines, 0)
    found = []
    for row in rows(feed, dialect):
        found.append(row)
        if len(found) >= limit:
            break
    return found, feed.next_line

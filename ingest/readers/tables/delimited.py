"""Delimited text (.csv, .tsv, .txt): encoding, delimiter and header told by the content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.errors import InputError
from ingest.readers.tables._batch import BATCH_ROWS, RowBatch, TableInfo
from ingest.readers.tables._cells import Dialect, Feed, rows
from ingest.readers.tables._encoding import (
    MAX_LINE,
    Block,
    Tally,
    TextFile,
    encoding_named,
    encoding_of,
    line_count,
    physical_lines,
    shown,
)
from ingest.readers.tables._fast import parsed
from ingest.readers.tables._layout import layout, uses_decimal_comma
from ingest.readers.tables._shape import Gathered, empty_columns, first_rows, fitted
from ingest.readers.tables._sniff import (
    SAMPLE_CHARACTERS,
    Sniffed,
    delimiter_named,
    sniffed,
    usual_width,
)

if TYPE_CHECKING:
    import pyarrow as pa


class Delimited:
    """A table of delimited text, read in blocks of whole lines.

    Parameters
    ----------
    skip
        Lines before the first row: titles, the header, a row of tags.
    cells
        Cells that most rows have, which may differ from the number of columns.
    """

    def __init__(
        self, text: TextFile, dialect: Dialect, info: TableInfo, *, skip: int, cells: int
    ) -> None:
        self._text = text
        self._dialect = dialect
        self._info = info
        self._skip = skip
        self._cells = cells

    @property
    def info(self) -> TableInfo:
        """What is known before reading."""
        return self._info

    def batches(self, *, size: int = BATCH_ROWS) -> Iterator[RowBatch]:
        """Rows in the order of the file, never more than `size` at a time."""
        return _Reading(self._text, self._dialect, self._info, self._cells).batches(
            self._skip, size
        )

    def sample(self, rows: int = 200) -> RowBatch:
        """Give the first rows."""
        return first_rows(self, rows)

    def without_empty_columns(self, trailing: int) -> Delimited:
        """Drop columns at the end without a name, where no row of the whole file fills them."""
        if not trailing:
            return self
        trailing = min(trailing, empty_columns(self))
        if not trailing:
            return self
        note = f"columns at the end without name and content were dropped ({trailing})"
        info = replace(
            self._info,
            columns=self._info.columns[:-trailing],
            hxl=self._info.hxl[:-trailing],
            notes=(*self._info.notes, note),
        )
        return Delimited(self._text, self._dialect, info, skip=self._skip, cells=self._cells)


class _Reading:
    """One pass through the rows."""

    def __init__(self, text: TextFile, dialect: Dialect, info: TableInfo, cells: int) -> None:
        self._text = text
        self._dialect = dialect
        self._size = info.size_bytes
        self._width = len(info.columns)
        self._cells = cells
        self._done = 0.0
        self._blocks: Iterator[tuple[Block, int]] = iter(())
        self._put_back: tuple[Block, int] | None = None
        self._gathered = Gathered(self._width)
        self._gathered.skipped = int(bool(info.hxl) and info.hxl != info.columns)

    def batches(self, skip: int, size: int) -> Iterator[RowBatch]:
        self._blocks = self._after(skip)
        feed = Feed(self._more)
        while (step := self._next()) is not None:
            block, before = step
            if block.cut:
                reason = f"the line is longer than {MAX_LINE / 1e6:g} MB"
                self._gathered.fault(before + 1, reason, [block.data.decode()])
                continue
            if (fast := self._fast(block.data, before)) is not None:
                if self._gathered.rows:
                    yield self._gathered.batch(self._done)
                yield from self._sliced(*fast, size)
                continue
            feed.load([one.decode() for one in physical_lines(block.data)], before)
            for row in rows(feed, self._dialect, self._cells):
                self._gathered.add(row)
                if len(self._gathered.rows) >= size:
                    yield self._gathered.batch(self._done)
        if self._gathered.any:
            yield self._gathered.batch(1.0)

    def _fast(self, data: bytes, before: int) -> tuple[pa.RecordBatch, Sequence[int]] | None:
        found = parsed(data, before, self._dialect, self._cells)
        if found is None:
            return None
        cells = fitted(found[0], self._width)
        return None if cells is None else (cells, found[1])

    def _sliced(self, cells: pa.RecordBatch, lines: Sequence[int], size: int) -> Iterator[RowBatch]:
        for at in range(0, cells.num_rows, size):
            part = lines[at : at + size]
            yield self._gathered.with_cells(cells.slice(at, size), part, self._done)

    def _next(self) -> tuple[Block, int] | None:
        step, self._put_back = self._put_back, None
        if step is None:
            step = next(self._blocks, None)
            if step is not None:
                self._done = step[0].end / max(self._size, 1)
        return step

    def _more(self) -> list[str] | None:
        """More lines for a row that goes over a block's end; none where a line is too long."""
        step = self._next()
        if step is None or step[0].cut:
            self._put_back = step
            return None
        return [one.decode() for one in physical_lines(step[0].data)]

    def _after(self, skip: int) -> Iterator[tuple[Block, int]]:
        """Blocks after the first `skip` lines, each with the number of lines before it."""
        before = 0
        for block in self._text.blocks():
            count = line_count(block.data)
            if before + count > skip:
                dropped = max(skip - before, 0)
                lines = physical_lines(block.data) if dropped else [block.data]
                data = b"".join(lines[dropped:])
                yield Block(data, block.end, block.cut), before + dropped
            before += count


def open_delimited(
    path: Path, *, name: str, encoding: str = "", delimiter: str = "", header: bool | None = None
) -> Delimited:
    """Open a table of delimited text.

    Raises
    ------
    InputError
        It is empty or binary, has too many columns, or the encoding or delimiter is no such.
    """
    told, guess = (encoding_named(encoding), "") if encoding else encoding_of(path)
    text = TextFile(path, told)
    found = sniffed(beginning(text), delimiter_named(delimiter) if delimiter else "")
    shape = layout([row.cells or ([row.raw[:80]] if row.reason else []) for row in found.rows],
                   header)  # fmt: skip
    body = [row for row in found.rows[shape.data :] if row.cells]
    info = TableInfo(
        name=name,
        kind="csv",
        columns=shape.names,
        header_line=0 if shape.header is None else found.rows[shape.header].line,
        hxl=shape.hxl,
        title=shape.title,
        encoding=shown(told),
        delimiter=found.dialect.delimiter,
        decimal_comma=uses_decimal_comma(
            [row.cells for row in body], len(shape.names), found.dialect.delimiter
        ),
        size_bytes=path.stat().st_size,
    )
    tally = text.scan()
    notes = (guess, *shape.notes, *_dialect_notes(found.dialect), *_tally_notes(tally, told))
    info = replace(info, sha256=tally.digest, notes=tuple(filter(None, notes)))
    cells = usual_width(body) or len(shape.names)
    skip = _line_of(found, shape.data) - 1
    table = Delimited(text, found.dialect, info, skip=skip, cells=cells)
    return table.without_empty_columns(shape.trailing)


def beginning(text: TextFile) -> str:
    """Give the first lines of a text, as many as are looked at; a first line without end is none.

    Raises
    ------
    InputError
        The first line is too long for any table.
    """
    data = b""
    for block in text.blocks():
        if block.cut and not data:
            raise InputError(f"its first line is longer than {MAX_LINE / 1e6:g} MB: no table is")
        data += block.data
        if block.cut or len(data) >= 4 * SAMPLE_CHARACTERS:  # at most four bytes a character
            break
    return data.decode()


def _line_of(found: Sniffed, at: int) -> int:
    return found.rows[at].line if at < len(found.rows) else found.after


def _dialect_notes(dialect: Dialect) -> Iterator[str]:
    if not dialect.quoting:
        yield "quotation marks are taken as text"
    if dialect.spaced:
        yield "spaces before a cell are dropped, because quotes stand after them"
    if dialect.escaped:
        yield "a backslash is taken as the mark before a quote"


def _tally_notes(tally: Tally, encoding: str) -> Iterator[str]:
    if tally.odd_count:
        lines = ", ".join(f"{line:,}" for line in tally.odd[:5])
        more = ", ..." if tally.odd_count > 5 else ""
        yield (
            f"lines that are not {shown(encoding)} were read as windows-1252 "
            f"({tally.odd_count:,}): {lines}{more}"
        )
    if tally.nulls:
        yield f"NUL characters were dropped ({tally.nulls:,})"
    if tally.replaced:
        yield f"some characters are not {shown(encoding)}; a replacement mark stands for them"

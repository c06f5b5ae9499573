"""A block of delimited text parsed at once by Arrow, where that gives what `csv` gives.

Both readers follow the same rules inside a line. What could differ is where a row ends, so the
rows are counted against the physical lines: when rows and line ends inside cells add up to all
lines, no line was swallowed and none was passed over. A row over several lines is read again
with `csv`, strictly, and compared. Everything else is left to the careful way.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ingest.readers.tables._batch import MAX_CELL
from ingest.readers.tables._cells import Dialect, Feed, rows
from ingest.readers.tables._encoding import physical_lines

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa


def parsed(
    data: bytes, before: int, dialect: Dialect, width: int
) -> tuple[pa.RecordBatch, Sequence[int]] | None:
    """Give the rows of a block and the lines they begin on; None where it takes care.

    Parameters
    ----------
    data
        Whole lines in UTF-8, the first of which begins a row.
    before
        Lines of the file before these.
    width
        Cells of every row, at least 2.
    """
    if width < 2 or not _plain(data, dialect):
        return None
    ends = _line_ends(data)
    batch = _read(data, dialect, width) if ends is not None else None
    if ends is None or batch is None or _blank_rows(batch):
        return None
    if batch.num_rows == len(ends):
        closed = _strict(data[_start(ends, len(ends) - 1) :], dialect) is not None
        return (batch, range(before + 1, before + 1 + len(ends))) if closed else None
    firsts = _first_lines(batch, len(ends))
    if firsts is None or not _multiline_agree(data, ends, firsts, batch, dialect):
        return None
    return batch, [before + 1 + int(at) for at in firsts[:-1]]


def _plain(data: bytes, dialect: Dialect) -> bool:
    """Whether Arrow knows the dialect, and a line ends at every line feed and nowhere else."""
    known = not dialect.spaced and not dialect.escaped
    return known and data.endswith(b"\n") and data.count(b"\r") == data.count(b"\r\n")


def _line_ends(data: bytes) -> np.ndarray[Any, Any] | None:
    """Places of the line feeds; None where a line is so long that a cell may be too long."""
    import numpy as np

    ends = np.flatnonzero(np.frombuffer(data, np.uint8) == 10)
    if len(data) > MAX_CELL and int(np.diff(ends, prepend=-1).max()) > MAX_CELL:
        return None
    return ends


def _read(data: bytes, dialect: Dialect, width: int) -> pa.RecordBatch | None:
    import pyarrow as pa
    import pyarrow.csv as arrow_csv

    names = [str(at) for at in range(width)]
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(data),
            read_options=arrow_csv.ReadOptions(
                use_threads=False, block_size=len(data) + 1, column_names=names
            ),
            parse_options=arrow_csv.ParseOptions(
                delimiter=dialect.delimiter,
                quote_char='"' if dialect.quoting else False,
                newlines_in_values=dialect.quoting,
            ),
            convert_options=arrow_csv.ConvertOptions(
                check_utf8=False,
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=False,
                null_values=[],
            ),
        )
    except pa.ArrowInvalid:  # rows of several widths
        return None
    found = table.combine_chunks().to_batches()
    return found[0] if len(found) == 1 else None


def _blank_rows(batch: pa.RecordBatch) -> bool:
    """Whether all cells of some row are empty."""
    import pyarrow.compute as pc

    left = batch
    for at in range(batch.num_columns):
        left = left.filter(pc.equal(left.column(at), ""))
        if not left.num_rows:
            return False
    return True


def _start(ends: np.ndarray[Any, Any], line: int) -> int:
    return int(ends[line - 1]) + 1 if line else 0


def _first_lines(batch: pa.RecordBatch, lines: int) -> np.ndarray[Any, Any] | None:
    """Place of each row's first line among the block's, and of the line after the last."""
    import numpy as np
    import pyarrow.compute as pc

    over = np.ones(batch.num_rows, np.int64)
    for column in batch.columns:
        over += np.asarray(pc.count_substring(column, "\n"))
    firsts = np.concatenate([[0], np.cumsum(over)])
    return firsts if firsts[-1] == lines else None


def _multiline_agree(
    data: bytes,
    ends: np.ndarray[Any, Any],
    firsts: np.ndarray[Any, Any],
    batch: pa.RecordBatch,
    dialect: Dialect,
) -> bool:
    """Whether `csv` reads the rows over several lines, and the last row, the same way."""
    import numpy as np

    several = set(np.flatnonzero(np.diff(firsts) > 1).tolist()) | {batch.num_rows - 1}
    picked = batch.take([int(at) for at in sorted(several)]).to_pylist()
    for at, expected in zip(sorted(several), picked, strict=True):
        piece = data[_start(ends, int(firsts[at])) : int(ends[int(firsts[at + 1]) - 1]) + 1]
        if len(piece) > MAX_CELL or _strict(piece, dialect) != list(expected.values()):
            return False
    return True


def _strict(piece: bytes, dialect: Dialect) -> list[str] | None:
    """Cells of one row, where its quotes are without fault and it takes all of the text."""
    feed = Feed(lambda: None)
    feed.load([one.decode() for one in physical_lines(piece)], 0)
    row = next(rows(feed, dialect), None)
    return row.cells if row is not None and not row.reason and feed.empty else None

"""Rows of a table as written: digests that tell a changed row, and packed blocks that keep them.

A block is zlib-compressed JSON: a list of columns, each a list of the cells of up to
`BLOCK_ROWS` rows; null is a cell that the file does not have. Any language reads it. Measured on
rows of 31 columns and 520 characters (`benchmarks/bulk.py`): 120 bytes and 4 us a row; row by
row it would be 150 bytes, as Arrow with zstd 157 bytes and 2 us.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import orjson
import pyarrow as pa
import pyarrow.compute as pc

BLOCK_ROWS = 1_000
"""Most rows of a block: what is unpacked to read one row."""

MAX_BLOCK_BYTES = 2_000_000_000
"""A block that unpacks to more is refused: the file was tampered with."""

_LEVEL = 1  # level 6 saves a quarter of the bytes for five times the time
_BETWEEN, _ABSENT = "\x1f", "\x00"


def digests(cells: pa.RecordBatch) -> npt.NDArray[np.int64]:
    """Digest of each row as written: the same for the same cells, on any computer.

    64 bits of BLAKE2b over the cells, joined by a character that no table uses; a row that does
    use it is written as JSON instead.
    """
    if not cells.num_columns or not cells.num_rows:
        return np.zeros(cells.num_rows, dtype=np.int64)
    columns = [column.cast(pa.large_string()) for column in cells.columns]
    joined = pc.binary_join_element_wise(
        *columns,
        pa.scalar(_BETWEEN, pa.large_string()),
        null_handling="replace",
        null_replacement=_ABSENT,
    )
    ends = np.frombuffer(joined.buffers()[1], "<i8", len(joined) + 1).tolist()
    data = memoryview(joined.buffers()[2] or b"")[: ends[-1]]
    odd = _ambiguous(joined, columns) if _may_be_ambiguous(bytes(data), columns) else []
    found = [
        hashlib.blake2b(data[start:end], digest_size=8).digest() for start, end in pairwise(ends)
    ]
    for at in odd:
        row = json.dumps([column[at].as_py() for column in columns]).encode()
        found[at] = hashlib.blake2b(row, digest_size=8, person=b"json").digest()
    return np.frombuffer(b"".join(found), dtype="<i8").astype(np.int64)


def _may_be_ambiguous(data: bytes, columns: Sequence[pa.Array]) -> bool:
    """Whether any cell holds the characters that join them: there are more than were put in."""
    between, absent = _BETWEEN.encode(), _ABSENT.encode()
    nulls = sum(column.null_count for column in columns)
    return (
        data.count(between) != (len(columns) - 1) * len(columns[0]) or data.count(absent) != nulls
    )


def _ambiguous(joined: pa.Array, columns: Sequence[pa.Array]) -> list[int]:
    """Rows whose cells hold the characters that join them."""
    between = pc.not_equal(pc.count_substring(joined, _BETWEEN), len(columns) - 1)
    absent = pc.count_substring(joined, _ABSENT)
    nulls = np.zeros(len(joined), dtype=np.int64)
    for column in columns:
        if column.null_count:
            nulls += column.is_null().to_numpy(zero_copy_only=False)
    return list(
        np.flatnonzero(
            between.to_numpy(zero_copy_only=False) | (absent.to_numpy() != nulls)
        ).tolist()
    )


def marks(names: Sequence[str]) -> npt.NDArray[np.bytes_]:
    """Give 16 bytes for each name that no other name has (128 bits of BLAKE2b)."""
    found = b"".join(hashlib.blake2b(name.encode(), digest_size=16).digest() for name in names)
    return np.frombuffer(found, dtype="S16")


def pack(cells: pa.RecordBatch) -> Iterator[tuple[int, bytes]]:
    """Give blocks of rows as (number of rows, block), in order."""
    for start in range(0, cells.num_rows, BLOCK_ROWS):
        part = cells.slice(start, BLOCK_ROWS)
        columns = [column.to_pylist() for column in part.columns]
        yield part.num_rows, zlib.compress(orjson.dumps(columns), _LEVEL)


def unpack(block: bytes) -> list[list[str | None]]:
    """Columns of a block.

    Raises
    ------
    ValueError
        It is no block.
    """
    reader = zlib.decompressobj()
    try:
        text = reader.decompress(block, MAX_BLOCK_BYTES)
    except zlib.error as error:
        raise ValueError(f"a block of rows cannot be unpacked: {error}") from error
    if not reader.eof:
        raise ValueError("a block of rows is cut short")
    columns = orjson.loads(text)
    if not isinstance(columns, list) or len({len(column) for column in columns}) > 1:
        raise ValueError("a block of rows does not hold columns of one length")
    return columns

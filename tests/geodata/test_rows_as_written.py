"""Rows as written: packed, unpacked, and known by a digest."""

from __future__ import annotations

import zlib

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.originals import BLOCK_ROWS, digests, marks, pack, unpack

CELLS = (
    st.none() | st.text(max_size=6) | st.sampled_from(["", "\x1f", "\x00", "a\x1fb", "\x00\x1f"])
)
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=6)
)


def batch(rows: list[list[str | None]]) -> pa.RecordBatch:
    width = len(rows[0]) if rows else 1
    arrays = [pa.array([row[at] for row in rows], pa.string()) for at in range(width)]
    return pa.RecordBatch.from_arrays(arrays, names=[f"c{at}" for at in range(width)])


@settings(deadline=None)
@given(TABLES)
def test_what_is_packed_is_unpacked(rows: list[list[str | None]]) -> None:
    back = [list(row) for _, block in pack(batch(rows)) for row in zip(*unpack(block), strict=True)]
    assert back == rows


def test_a_long_table_becomes_several_blocks() -> None:
    blocks = list(pack(batch([[str(n)] for n in range(2 * BLOCK_ROWS + 1)])))
    assert [count for count, _ in blocks] == [BLOCK_ROWS, BLOCK_ROWS, 1]
    assert unpack(blocks[2][1]) == [[str(2 * BLOCK_ROWS)]]


@settings(deadline=None)
@given(TABLES)
def test_digests_differ_exactly_where_rows_do(rows: list[list[str | None]]) -> None:
    found = digests(batch(rows)).tolist()
    assert len(found) == len(rows)
    known: dict[tuple[str | None, ...], int] = {}
    for row, digest in zip(rows, found, strict=True):
        assert known.setdefault(tuple(row), digest) == digest
    assert len(set(found)) == len(known)


def test_a_digest_is_of_the_row_alone() -> None:
    rows: list[list[str | None]] = [["a", None], ["b", "\x1f"], ["c", ""]]
    alone = [digests(batch([row]))[0] for row in rows]
    assert digests(batch(rows)).tolist() == alone
    assert digests(batch(rows).slice(1)).tolist() == alone[1:]


def test_a_digest_is_the_same_on_any_day_and_computer() -> None:
    assert digests(batch([["PAK1", "", None]])).tolist() == [DIGEST]


DIGEST = -844102219893771093


def test_marks_of_names_are_as_different_as_the_names() -> None:
    names = ["a", "b", "ab", "", "é"]
    assert len(set(marks(names).tolist())) == len(names)
    assert len(marks([])) == 0


@pytest.mark.parametrize("spoilt", [b"", b"x", zlib.compress(b"{}"), zlib.compress(b"[[1],[1,2]]")])
def test_what_is_no_block_is_refused(spoilt: bytes) -> None:
    with pytest.raises(ValueError, match=r"block|column"):
        unpack(spoilt)


def test_a_block_that_is_cut_short_is_refused() -> None:
    ((_, block),) = pack(batch([["x" * 100]]))
    with pytest.raises(ValueError, match="cut short"):
        unpack(block[:-6])

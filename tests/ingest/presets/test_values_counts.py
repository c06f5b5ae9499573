"""Tolls as people write them in tables."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.presets._headers import status_words
from ingest.presets.values.counts import read_counts, read_tolls
from ingest.presets.values.statuses import read_statuses

N = None


@pytest.mark.parametrize(
    ("written", "low", "best", "high"),
    [
        ("5", 5, 5, 5),
        ("5.0", 5, 5, 5),
        ("1,234", 1234, 1234, 1234),
        ("1 234", 1234, 1234, 1234),
        ("10-12", 10, 11, 12),
        ("10 – 13", 10, 11, 13),
        ("10 to 12", 10, 11, 12),
        ("10 a 12", 10, 11, 12),
        ("between 10 and 12", 10, 11, 12),
        ("10-15 people", 10, 12, 15),
        ("at least 5", 5, 5, N),
        ("5+", 5, 5, N),
        ("al menos 5", 5, 5, N),
        ("au moins 5", 5, 5, N),
        ("5 or more", 5, 5, N),
        ("over 20", 21, 21, N),
        ("more than 20", 21, 21, N),
        (">20", 21, 21, N),
        ("mas de 20", 21, 21, N),
        ("about 10", N, 10, N),
        ("~10", N, 10, N),
        ("environ 10", N, 10, N),
        ("nil", 0, 0, 0),
        ("none", 0, 0, 0),
        ("no", 0, 0, 0),
        ("No casualties", 0, 0, 0),
        ("ninguno", 0, 0, 0),
        ("néant", 0, 0, 0),
        ("keine", 0, 0, 0),
        ("0", 0, 0, 0),
        ("dozens", 24, 24, N),
        ("several", 3, 3, N),
        ("scores", 40, 40, N),
        ("plusieurs", 3, 3, N),
        ("a dozen", 12, 12, 12),
        ("two dozen", 24, 24, 24),
        ("half a dozen", 6, 6, 6),
        ("three", 3, 3, 3),
        ("twenty-one", 21, 21, 21),
        ("one hundred", 100, 100, 100),
        ("veintitrés", 23, 23, 23),
        ("treinta y uno", 31, 31, 31),
        ("vingt et un", 21, 21, 21),
        ("une quinzaine", 15, 15, 15),
        ("3 dead", 3, 3, 3),
        ("5 soldiers", 5, 5, 5),
        ("3*", 3, 3, 3),
        ("٥", 5, 5, 5),
    ],
)
def test_a_toll(written: str, low: int | None, best: int, high: int | None) -> None:
    toll = read_tolls(written)["killed"]
    assert (toll.low, toll.best, toll.high) == (low, best, high)
    assert not toll.question


@pytest.mark.parametrize(
    "written", ["", "-", "--", "n/a", "unknown", "?", "TBC", "NULL", "-9", "s/d"]
)
def test_nothing_told_is_no_count(written: str) -> None:
    assert read_tolls(written) == {}


@pytest.mark.parametrize("written", ["-3", "-2.5", "-3 people", "99999999"])
def test_what_cannot_be_counted_is_a_fault(written: str) -> None:
    assert read_counts(pa.array([written])).faults[0]


@pytest.mark.parametrize(
    ("written", "best", "why"),
    [
        ("up to 20", 20, "upper bound"),
        ("<5", 4, "upper bound"),
        ("5?", 5, "uncertain"),
        ("30 (unconfirmed)", 30, "uncertain"),
        ("3 (2 civilians)", 3, "brackets"),
        ("10/12", 11, "read as a range"),
        ("12-10", 11, "higher end first"),
        ("2 civilians and 1 soldier", 3, "added up"),
        ("5 including 2 children", 5, "first of several"),
        ("une femme", 1, "article"),
        ("many", None, "no number"),
        ("see notes", None, "no number"),
        ("12-Oct", None, "spreadsheet may have changed"),
    ],
)
def test_a_doubtful_toll_is_questioned(written: str, best: int | None, why: str) -> None:
    column = read_counts(pa.array([written]))
    assert column.best.to_pylist() == [best]
    assert why in column.questions[0]


@pytest.mark.parametrize(
    "written",
    [
        "3 killed, 5 injured",
        "3 killed and 5 wounded",
        "killed: 3; injured: 5",
        "3 muertos y 5 heridos",
        "3 morts, 5 blessés",
        "3 KIA, 5 WIA",
        "3k/5w",
        "Three killed & five injured",
        "3 mortos e 5 feridos",
    ],
)
def test_a_cell_that_tells_both(written: str) -> None:
    column = read_counts(pa.array([written]))
    assert column.best.to_pylist() == [3]
    assert column.others["injured"][1].to_pylist() == [5]


def test_a_column_reads_each_row_by_itself() -> None:
    column = read_counts(pa.array(["3", None, "-1", "3", "5+"]))
    assert column.best.to_pylist() == [3, None, None, 3, 5]
    assert list(column.faults) == [2]


@given(st.integers(0, 1_000_000))
def test_any_number_comes_back(number: int) -> None:
    for written in (str(number), f"{number:,}", f"{number}.0", f" {number} "):
        assert read_tolls(written)["killed"].best == number


@given(st.integers(0, 9_000), st.integers(0, 900))
def test_any_range_comes_back(low: int, more: int) -> None:
    toll = read_tolls(f"{low}-{low + more}")["killed"]
    assert (toll.low, toll.high) == (low, low + more)
    assert toll.low <= (toll.best or 0) <= toll.high


@given(st.text(max_size=40))
def test_no_text_raises(text: str) -> None:
    column = read_counts(pa.array([text]))
    assert not (column.best[0].is_valid and column.faults)


@given(st.from_regex(r"[0-9a-z +~<>?()/.,-]{0,30}", fullmatch=True))
def test_what_looks_like_a_count_never_raises(text: str) -> None:
    assert len(read_counts(pa.array([text])).best) == 1


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("3 civilians, 2 SF", {"civilians": 3, "security_forces": 2}),
        ("Mil 5, Civ 2", {"militants": 5, "civilians": 2}),
        ("12 militants", {"militants": 12}),
        ("13 soldiers and 5 policemen", {"security_forces": 18}),
        ("12", {}),
        ("3 civilians in a bus", {}),
        ("", {}),
    ],
)
def test_the_dead_of_a_cell_by_status(written: str, found: dict[str, int]) -> None:
    assert read_statuses(written, status_words()) == found


@pytest.mark.parametrize(
    ("written", "low", "best", "high"), [("2.5", 2, 3, 3), ("0,333", 0, 0, 1), ("7.25", 7, 7, 8)]
)
def test_a_share_of_a_toll_lies_between_whole_numbers(
    written: str, low: int, best: int, high: int
) -> None:
    toll = read_tolls(written)["killed"]
    assert (toll.low, toll.best, toll.high) == (low, best, high)
    assert "part of a person" in toll.question

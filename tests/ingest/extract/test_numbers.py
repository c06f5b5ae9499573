"""Counts in words and digits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.lexicon import load
from ingest.extract.numbers import find_quantities


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("five men", (5, 5, 5)),
        ("12 people", (12, 12, 12)),
        ("2,500 people", (2500, 2500, 2500)),
        ("twenty-one soldiers", (21, 21, 21)),
        ("two hundred and five people", (205, 205, 205)),
        ("a dozen farmers", (12, 12, 12)),
        ("two dozen farmers", (24, 24, 24)),
        ("dozens of people", (24, 24, None)),
        ("several men", (3, 3, None)),
        ("more than a dozen", (13, 13, None)),
        ("more than 20 people", (21, 21, None)),
        ("at least nine people", (9, 9, 9)),
        ("between 10 to 15 people", (10, 10, 15)),
        ("five or six men", (5, 5, 6)),
    ],
)
def test_reads_counts(text: str, bounds: tuple[int, int, int | None]) -> None:
    (quantity,) = find_quantities(text, load("en"))
    assert (quantity.low, quantity.best, quantity.high) == bounds


@pytest.mark.parametrize("text", ["a 16-year-old girl", "20 per cent", "$500", "at 3.45", "5%"])
def test_leaves_out_what_counts_nobody(text: str) -> None:
    assert find_quantities(text, load("en")) == []


@given(st.text(alphabet="0123456789, -atwohundred dozen+", max_size=60))
def test_bounds_are_in_order(text: str) -> None:
    for q in find_quantities(text, load("en")):
        assert 0 <= q.low <= q.best
        assert q.high is None or q.best <= q.high

"""What the map shows, as a filter."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.extent import Extent, box_of, extent_of
from geodata.filters import Filter
from geodata.precision import DRAWN, LocationPrecision
from geodata.store import Store

QUETTA = (66.0, 29.0, 68.0, 31.0)


@pytest.mark.parametrize(
    ("said", "box"),
    [
        ([66, 29, 68, 31], QUETTA),
        ([426, 29, 428, 31], QUETTA),
        ([-294, 29, -292, 31], QUETTA),
        ([170, -5, 190, 5], (170.0, -5.0, 180.0, 5.0)),
        ([-400, -95, 400, 95], (-180.0, -90.0, 180.0, 90.0)),
        ([1, 2, 3], None),
        (["a", 1, 2, 3], None),
        ([0, 40, 10, 30], None),
        (None, None),
        ([float("nan"), 0, 1, 1], None),
    ],
)
def test_a_box_that_the_map_says(said: object, box: object) -> None:
    assert box_of(said) == box


SIDES = st.floats(-720, 720, width=32)


@given(SIDES, SIDES, st.floats(-95, 95), st.floats(-95, 95))
def test_any_view_is_a_box_that_a_filter_takes(a: float, b: float, c: float, d: float) -> None:
    box = box_of([min(a, b), min(c, d), max(a, b), max(c, d)])
    if box is not None:
        where = Filter(bbox=box)
        assert Filter.from_query(where.to_query()) == where


def test_only_what_is_drawn_and_in_view_is_shown(served: Store) -> None:
    extent = extent_of({"box": list(QUETTA), "since": None, "until": None})
    assert extent is not None
    narrowed = extent.filter(Filter())
    assert narrowed is not None
    names = {found.incident_id for found in served.incidents(narrowed)}
    assert names == {"town", "same-town", "district-1", "district-2"}


def test_a_played_window_narrows_the_period() -> None:
    said = {"box": list(QUETTA), "since": "2021-03-08", "until": "2021-03-14"}
    extent = extent_of(said)
    assert extent is not None
    narrowed = extent.filter(Filter(since=date(2021, 3, 10)))
    assert narrowed is not None
    assert (narrowed.since, narrowed.until) == (date(2021, 3, 10), date(2021, 3, 14))
    assert extent.filter(Filter(since=date(2021, 4, 1))) is None
    assert extent.data() == said
    assert extent.words(3, 40) == (
        "3 of 40 incidents: what the map shows of 8 Mar 2021 to 14 Mar 2021"
    )


def test_of_what_no_map_draws_nothing_is_shown() -> None:
    extent = Extent(QUETTA, QUETTA)
    assert extent.filter(Filter(precision=(LocationPrecision.COUNTRY,))) is None
    assert extent.filter(Filter(bbox=(0.0, 0.0, 1.0, 1.0))) is None
    both = Filter(precision=(LocationPrecision.COUNTRY, LocationPrecision.DISTRICT))
    narrowed = extent.filter(both)
    assert narrowed is not None
    assert narrowed.precision == (LocationPrecision.DISTRICT,)
    whole = extent.filter(Filter())
    assert whole is not None
    assert set(whole.precision) == DRAWN


def test_anything_else_leaves_the_map() -> None:
    for said in (None, {}, {"box": None}, "box", {"box": [1]}):
        assert extent_of(said) is None

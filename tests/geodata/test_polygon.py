"""A drawn area: its text, and what lies in it."""

from __future__ import annotations

import numpy as np
import pytest
from examples import LATITUDES, LONGITUDES, RAID, rings
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import InputError
from geodata.filters import Filter
from geodata.polygon import (
    MAX_CORNERS,
    Ring,
    bounds,
    contains,
    contains_written,
    inside,
    read_polygon,
    written,
)

SQUARE: Ring = ((10.0, 40.0), (20.0, 40.0), (20.0, 50.0), (10.0, 50.0))
BOW_TIE: Ring = ((0.0, 0.0), (10.0, 10.0), (10.0, 0.0), (0.0, 10.0))


def test_it_is_written_compactly_and_read_closed_or_not() -> None:
    assert written(SQUARE) == "10,40;20,40;20,50;10,50"
    for text in (written(SQUARE), written(SQUARE) + ";10,40", " 10, 40;20,40;20,50;10,50; "):
        assert read_polygon("polygon", [text]) == SQUARE


def test_corners_that_stand_twice_count_once() -> None:
    assert read_polygon("polygon", ["10,40;10,40;20,40;20,50;20,50;10,50"]) == SQUARE


@given(rings())
def test_a_ring_comes_back_from_its_text(ring: Ring) -> None:
    assert read_polygon("polygon", [written(ring)]) == ring


def test_edges_and_corners_are_inside() -> None:
    for place in ((10.0, 40.0), (15.0, 40.0), (20.0, 45.0), (15.0, 45.0)):
        assert contains(SQUARE, *place)
    assert not contains(SQUARE, 20.000001, 45.0)


def test_where_edges_cross_every_second_part_is_outside() -> None:
    assert contains(BOW_TIE, 1.0, 5.0)
    assert contains(BOW_TIE, 9.0, 5.0)
    assert not contains(BOW_TIE, 5.0, 1.0)
    assert not contains(BOW_TIE, 5.0, 9.0)


@given(rings(), st.lists(st.tuples(LONGITUDES, LATITUDES), max_size=20))
def test_one_and_many_and_the_text_agree(ring: Ring, places: list[tuple[float, float]]) -> None:
    one = [contains(ring, *place) for place in places]
    assert [contains_written(written(ring), *place) for place in places] == one
    columns = np.array([*places, (np.nan, np.nan)]).T
    assert inside(ring, columns[0], columns[1]).tolist() == [*one, False]
    west, south, east, north = bounds(ring)
    for (x, y), held in zip(places, one, strict=True):
        assert not held or (west <= x <= east and south <= y <= north)


def test_what_has_no_place_is_in_no_area() -> None:
    assert not contains_written(written(SQUARE), None, None)


@pytest.mark.parametrize(
    "text",
    [
        "here",
        "1,2,3;4,5,6;7,8,9",
        "1;2;3",
        "0,0;1,1",
        "0,0;1,1;0,0",
        "0,0;1,1;2,2",
        "0,0;1,1;nan,2",
        "0,0;1,1;181,2",
        "60,91;61,30;62,30",
        ";".join(f"{n / 10},{n * n / 1000}" for n in range(MAX_CORNERS + 1)),
    ],
)
def test_what_is_no_area_is_one_line(text: str) -> None:
    with pytest.raises(InputError, match=r"^polygon: ") as caught:
        read_polygon("polygon", [text])
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 200


def test_a_filter_with_an_area_says_so_and_matches() -> None:
    where = Filter(polygon=SQUARE)
    assert where.sentence() == "inside a drawn area of 4 corners"
    assert where.matches(RAID)
    assert not Filter(polygon=BOW_TIE).matches(RAID)

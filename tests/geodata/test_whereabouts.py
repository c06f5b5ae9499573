"""Whether points lie in the countries named beside them, for many points at a time."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata._outlines import areas
from geodata.countries import countries
from geodata.whereabouts import REACH, CountryCheck

CHECK = CountryCheck()
QUETTA, DELHI = (30.19, 67.01), (28.61, 77.21)


def outside(points: list[tuple[float, float]], names: list[str | None]) -> list[bool]:
    latitude, longitude = np.array(points, dtype=float).reshape(-1, 2).T
    found: list[bool] = CHECK.outside_of(latitude, longitude, names).tolist()
    return found


def test_each_point_is_asked_about_its_own_country() -> None:
    points = [QUETTA, DELHI, DELHI]
    assert outside(points, ["Pakistan", "Pakistan", "India"]) == [False, True, False]


def test_a_point_at_the_border_or_off_the_coast_is_not_outside() -> None:
    chaman, off_karachi = (30.93, 66.45), (24.70, 66.90)
    assert outside([chaman, off_karachi], ["Afghanistan", "Pakistan"]) == [False, False]


def test_nothing_is_said_of_a_row_without_a_point_or_of_an_unknown_country() -> None:
    assert outside([(np.nan, np.nan), QUETTA, QUETTA], ["India", "Xland", None]) == [False] * 3


def test_no_points_at_all_are_no_answers() -> None:
    assert outside([], []) == []


@pytest.fixture(scope="module")
def shapes() -> dict[str, list[shapely.Geometry]]:
    known = areas("countries")
    found: dict[str, list[shapely.Geometry]] = {}
    for about, shape in zip(known.about, known.shapes, strict=True):
        name = countries()[about.country] or about.country_name
        found.setdefault(name, []).append(shape)
    return found


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.floats(20, 42),
            st.floats(44, 90),
            st.sampled_from(["Pakistan", "India", "Iran", "Afghanistan", "Nepal"]),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_the_grid_gives_the_answer_of_the_distance_itself(
    shapes: dict[str, list[shapely.Geometry]], rows: list[tuple[float, float, str]]
) -> None:
    told = outside([row[:2] for row in rows], [row[2] for row in rows])
    for (latitude, longitude, name), said in zip(rows, told, strict=True):
        distance = shapely.distance(shapes[name], shapely.Point(longitude, latitude)).min()
        assert said == (distance > REACH)


def test_the_country_of_a_point_is_told_unless_it_lies_at_a_border() -> None:
    check = CountryCheck()
    assert check.country_at(30.19, 67.01) == "Pakistan"
    assert check.country_at(30.92, 66.45) is None  # Chaman, on the border
    assert check.country_at(-30.0, -20.0) is None  # far at sea

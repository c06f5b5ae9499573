"""Which part of the Earth a snapshot shows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geodata.boundaries import distance_km
from geodata.export._snapshot_view import (
    LEAST_WIDTH_M,
    choose_view,
    needs_world,
    north_at,
    scale_bar,
)

QUETTA = [67.0, 30.2]
LONGITUDES, LATITUDES = st.floats(-180, 180), st.floats(-85, 85)


def inside(view, point) -> bool:
    x, y = view.project(np.array([point]))[0]
    return view.west <= x <= view.east and view.south <= y <= view.north


def test_one_incident_is_shown_in_the_width_of_a_province() -> None:
    view = choose_view(np.array([QUETTA]), 1.3)
    assert view.width == pytest.approx(LEAST_WIDTH_M)
    assert view.width / view.height == pytest.approx(1.3)


@settings(deadline=None)
@given(st.lists(st.tuples(LONGITUDES, LATITUDES), min_size=1, max_size=8))
@example([(0.0, 0.0), (-171.0, 2.0)])  # the edge of a view of the whole Earth
def test_every_point_lies_inside(points) -> None:
    view = choose_view(np.array(points), 1.3)
    assert all(inside(view, point) for point in points)
    assert view.width / view.height == pytest.approx(1.3)


@settings(deadline=None)
@given(LONGITUDES, LATITUDES)
def test_the_scale_bar_is_true_in_the_middle(longitude, latitude) -> None:
    view = choose_view(np.array([[longitude, latitude]]), 1.3)
    length, words = scale_bar(view)
    ends = view.degrees(np.array([[-length / 2, 0.0], [length / 2, 0.0]]))
    said = float(words.removesuffix(" km"))
    assert distance_km(*ends[0], *ends[1]) == pytest.approx(said, rel=0.02)


def test_areas_are_equal_everywhere_on_a_regional_map() -> None:
    view = choose_view(np.array([[-10.0, 5.0], [40.0, 25.0]]), 1.3)
    areas = []
    for longitude, latitude in ((-8.0, 6.0), (38.0, 24.0)):
        east = 0.1 / np.cos(np.radians(latitude))
        corner = np.array([longitude, latitude])
        corners = corner + np.array([[0, 0], [east, 0], [east, 0.1], [0, 0.1]])
        x, y = view.project(corners).T
        areas.append(abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2)
    assert areas[0] == pytest.approx(areas[1], rel=0.01)


def test_both_sides_of_the_date_line_are_one_region() -> None:
    view = choose_view(np.array([[178.0, -17.0], [-178.0, -18.0]]), 1.3)
    assert not view.world
    assert view.width < 1_000_000
    (west, _, end, _), (start, _, east, _) = view.windows()
    assert (end, start) == (180.0, -180.0)
    assert west < 178
    assert east > -178


def test_a_view_over_the_pole_takes_in_all_longitudes() -> None:
    view = choose_view(np.array([[0.0, 88.0], [180.0, 88.0]]), 1.3)
    assert view.windows()[0][0::2] == (-180.0, 180.0)
    assert view.windows()[0][3] == 90.0


@pytest.mark.parametrize(
    ("points", "world"),
    [
        ([[67.0, 30.0]], False),
        ([[-17.0, 14.0], [24.0, 15.0]], False),
        ([[-74.0, 4.0], [67.0, 30.0]], True),
        ([], True),
        ([[np.nan, np.nan]], True),
    ],
)
def test_the_whole_earth_is_for_points_far_apart_or_for_none(points, world) -> None:
    at = np.array(points, dtype=float).reshape(-1, 2)
    assert needs_world(at) is world
    assert choose_view(at, 2.4).world is world


def test_the_world_shows_its_inhabited_part() -> None:
    view = choose_view(np.empty((0, 2)), 2.4)
    assert all(inside(view, place) for place in ([-160, 60], [178, -40], [-70, -55], [20, 75]))


def test_north_is_up_in_the_middle_and_turns_towards_the_sides() -> None:
    view = choose_view(np.array([[0.0, 50.0], [40.0, 50.0]]), 1.3)
    middle = (view.south + view.north) / 2
    assert north_at(view, 0.0, middle) == pytest.approx(0.0, abs=0.5)
    assert north_at(view, view.east, middle) < -5
    assert north_at(view, view.west, middle) > 5

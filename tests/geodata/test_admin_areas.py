"""Which area a point lies in."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from boundary_examples import areas, square
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.admin_areas import AdminArea, AreaIndex

INDEX = AreaIndex(areas())


def name_at(x: float, y: float, **more: float) -> str | None:
    (number,) = INDEX.assign([x], [y], **more)
    return None if number < 0 else INDEX.areas[number].name


@pytest.mark.parametrize(
    ("x", "y", "name"),
    [(17.5, 49.5, "Zlin"), (18.5, 49.5, "Ostrava"), (17.5, 50.5, "Opava"), (30.0, 50.0, None)],
)
def test_a_point_lies_in_its_area(x: float, y: float, name: str | None) -> None:
    assert name_at(x, y) == name


def test_a_point_on_a_border_goes_to_the_first_of_its_areas() -> None:
    assert name_at(18.0, 49.5) == "Zlin"


def test_a_point_off_the_coast_goes_to_the_nearest_area_within_reach() -> None:
    assert name_at(16.95, 49.5) == "Zlin"  # 3.6 km west of it
    assert name_at(16.95, 49.5, within_km=2.0) is None
    assert name_at(16.9, 49.5) is None  # 7.2 km


def test_what_is_no_point_lies_nowhere() -> None:
    assert INDEX.assign([np.nan, 17.5], [49.5, np.inf]).tolist() == [-1, -1]
    assert AreaIndex([]).assign([1.0], [2.0]).tolist() == [-1]
    assert INDEX.assign([], []).tolist() == []


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(16.5, 19.5), st.floats(48.5, 51.5)), max_size=30))
def test_many_points_at_once_are_as_one_by_one(points: list[tuple[float, float]]) -> None:
    found = INDEX.assign([x for x, _ in points], [y for _, y in points], within_km=0)
    for (x, y), number in zip(points, found.tolist(), strict=True):
        inside = [i for i, a in enumerate(INDEX.areas) if a.shape.intersects(shapely.Point(x, y))]
        assert number == (inside[0] if inside else -1)


def test_distances_are_kilometres_on_the_ground() -> None:
    # One degree of longitude at 49.5 N is 72.2 km; two are twice that.
    assert INDEX.distance_km([16.0, 17.5], [49.5, 49.5], [0, 0]) == pytest.approx([72.2, 0], abs=1)
    assert INDEX.distance_km([17.5], [48.0], [0]) == pytest.approx([111.2], abs=0.5)


def test_a_slanted_border_is_measured_where_it_is_nearest() -> None:
    """On a plane of degrees the nearest place would be another one, 15 % farther off."""
    slope = shapely.Polygon([(0, 60), (2, 60), (2, 62)])
    index = AreaIndex([AdminArea(name="x", level=1, shape=slope)])
    x, y = 0.5, 61.5
    edge = shapely.LineString([(0, 60), (2, 62)])
    from geodata.boundaries import distance_km

    spots = np.array(
        [edge.interpolate(t, normalized=True).coords[0] for t in np.arange(0, 1, 1e-4)]
    )
    least = distance_km(x, y, spots[:, 0], spots[:, 1]).min()
    assert index.distance_km([x], [y], [0])[0] == pytest.approx(least, rel=0.02)


def test_the_180th_meridian_is_no_wall() -> None:
    index = AreaIndex([AdminArea(name="x", level=1, shape=square(179.0, -17.0))])
    assert index.distance_km([-179.9], [-16.5], [0])[0] == pytest.approx(10.7, abs=0.2)


def test_a_circle_reaches_every_area_that_it_meets() -> None:
    near, far = INDEX.reached([18.05, 17.5], [49.5, 49.5], [25.0, 25.0])
    assert sorted(near.tolist()) == [0, 1]
    assert far.tolist() == [0]

"""Shapes made fit to keep."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from boundary_examples import square
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata._boundary_crs import to_wgs84
from geodata._boundary_shapes import area_km2, mend
from geodata.boundaries import provinces
from geodata.errors import InputError


def mended(shape: shapely.Geometry):
    return mend(shapely.to_wkb(shape), None)


def test_a_sound_polygon_becomes_a_multipolygon_and_nothing_else() -> None:
    found = mended(square(17, 49))
    assert found.shape.equals_exact(shapely.MultiPolygon([square(17, 49)]))
    assert (found.how, found.reason) == ("", "")


def test_a_bow_tie_is_made_valid_and_keeps_both_wings() -> None:
    found = mended(shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]))
    assert found.shape.is_valid
    assert found.shape.area == pytest.approx(0.5)
    assert found.how.startswith("made valid (Self-intersection")


@pytest.mark.parametrize(
    ("shape", "reason"),
    [
        (shapely.Point(1, 2), "a Point, not a polygon"),
        (shapely.LineString([(0, 0), (1, 1)]), "a LineString, not a polygon"),
        (shapely.Polygon(), "empty"),
        (shapely.Polygon([(0, 0), (1, 1), (0, 0)]), "covers no area"),
        (square(500_000, 3_300_000, 1000), "is its reference system right"),
        (square(0, 95), "is its reference system right"),
    ],
)
def test_what_is_no_area_on_the_globe_says_why(shape: shapely.Geometry, reason: str) -> None:
    found = mended(shape)
    assert found.shape is None
    assert reason in found.reason


def test_no_shape_at_all_says_so() -> None:
    assert mend(None, None).reason == "the row has no shape"


def test_polygons_are_taken_out_of_a_collection() -> None:
    found = mended(shapely.GeometryCollection([shapely.Point(1, 2), square(17, 49)]))
    assert found.shape.area == 1
    assert "left out" in found.how


def test_heights_are_left_out() -> None:
    high = shapely.force_3d(square(17, 49), 100.0)
    assert not mended(high).shape.has_z


@given(st.binary(max_size=80))
def test_any_bytes_are_a_shape_or_a_reason(data: bytes) -> None:
    found = mend(data, None)
    assert (found.shape is None) == bool(found.reason)


RING = st.lists(st.tuples(st.integers(-200, 400), st.integers(-95, 95)), min_size=3, max_size=8)


@settings(deadline=None)
@given(RING)
def test_any_ring_ends_valid_and_on_the_globe_or_with_a_reason(ring: list[tuple]) -> None:
    found = mended(shapely.Polygon(ring))
    if found.shape is None:
        assert found.reason
        return
    west, south, east, north = found.shape.bounds
    assert found.shape.is_valid
    assert (west >= -180, south >= -90, east <= 180, north <= 90) == (True,) * 4


# ---------------------------------------------------------------- the 180th meridian


def test_a_ring_that_jumps_over_the_meridian_is_cut_in_two() -> None:
    """Fiji as many files draw it: it must not become a band around the world."""
    found = mended(shapely.Polygon([(179, -17), (-179, -17), (-179, -16), (179, -16)]))
    assert [part.bounds for part in found.shape.geoms] == [
        (179.0, -17.0, 180.0, -16.0),
        (-180.0, -17.0, -179.0, -16.0),
    ]
    assert found.how == "cut at the 180th meridian"


def test_longitudes_beyond_180_are_brought_back() -> None:
    found = mended(square(179, -17, 2))
    assert found.shape.area == pytest.approx(4)
    assert found.shape.bounds == (-180.0, -17.0, 180.0, -15.0)


def test_a_hole_moves_with_its_ring() -> None:
    hole = [(179.5, -16.8), (-179.5, -16.8), (-179.5, -16.2), (179.5, -16.2)]
    ring = [(179, -17), (-179, -17), (-179, -16), (179, -16)]
    assert mended(shapely.Polygon(ring, [hole])).shape.area == pytest.approx(2 - 0.6)


def test_the_provinces_of_the_world_pass_unchanged() -> None:
    """Russia, Antarctica and Fiji are cut at the edge already and must stay as they are."""
    for shape in provinces().shapes:
        found = mended(shape)
        assert found.shape is not None
        assert found.shape.area == pytest.approx(shape.area, rel=1e-6)


# ---------------------------------------------------------------- reference systems


def test_metres_become_degrees_with_x_first() -> None:
    utm = shapely.box(500_000, 5_500_000, 510_000, 5_510_000)
    found = mend(shapely.to_wkb(utm), to_wgs84("EPSG:32633"))
    assert found.shape.bounds[:2] == pytest.approx((15.0, 49.65), abs=0.01)


def test_wgs84_needs_no_way() -> None:
    assert to_wgs84("EPSG:4326") is None
    assert to_wgs84("OGC:CRS84") is None


@pytest.mark.parametrize("wrong", ["EPSG:0", "mars", "", "EPSG:4326; DROP TABLE"])
def test_an_unknown_system_is_one_line(wrong: str) -> None:
    with pytest.raises(InputError, match="no coordinate reference system"):
        to_wgs84(wrong)


def test_what_a_system_does_not_reach_says_so() -> None:
    found = mend(shapely.to_wkb(square(1e30, 1e30, 1e29)), to_wgs84("EPSG:32633"))
    assert "outside the area of its reference system" in found.reason


def test_the_area_of_a_degree_at_the_equator() -> None:
    assert area_km2(square(0, 0)) == pytest.approx(12_363, rel=0.001)
    assert area_km2(square(0, 59)) == pytest.approx(12_363 * np.cos(np.radians(59.5)), rel=0.01)

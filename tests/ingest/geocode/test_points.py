"""Offsets, midpoints and the precision they deserve."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.precision import LocationPrecision
from ingest.geocode.points import destination, distance_km, middle, precision_for

latitudes = st.floats(-80, 80)
longitudes = st.floats(-180, 180)


def test_a_degree_of_latitude() -> None:
    assert distance_km((30.0, 67.0), (31.0, 67.0)) == pytest.approx(111.2, abs=0.1)


@settings(deadline=None)
@given(latitudes, longitudes, st.floats(0, 360), st.floats(0, 500))
def test_a_destination_lies_as_far_as_it_should(
    lat: float, lon: float, bearing: float, km: float
) -> None:
    there = destination((lat, lon), bearing, km)
    assert distance_km((lat, lon), there) == pytest.approx(km, abs=0.01)
    assert -180 <= there[1] <= 180


def test_south_is_south() -> None:
    assert destination((30.0, 67.0), 180, 111.2) == pytest.approx((29.0, 67.0), abs=0.001)


def test_the_middle_crosses_the_date_line() -> None:
    assert abs(middle((0, 179), (0, -179))[1]) == pytest.approx(180)


@settings(deadline=None)
@given(latitudes, longitudes, latitudes, longitudes)
def test_the_middle_is_as_far_from_both(a: float, b: float, c: float, d: float) -> None:
    centre = middle((a, b), (c, d))
    if distance_km((a, b), (c, d)) < 19_000:  # not of opposite points
        assert distance_km((a, b), centre) == pytest.approx(distance_km((c, d), centre), abs=0.1)


def test_a_wide_radius_is_no_sharp_pin() -> None:
    assert precision_for(12) is LocationPrecision.NEAR
    assert precision_for(40) is LocationPrecision.DISTRICT
    assert precision_for(120) is LocationPrecision.PROVINCE

"""Coordinates as people write them in tables."""

from __future__ import annotations

import math

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.presets.values.coordinates import (
    Points,
    are_swapped,
    ask_outside,
    read_points,
    swap,
)


def points(*pairs: tuple[str, str], form: str = "") -> Points:
    columns = [pa.array([pair[n] for pair in pairs], pa.string()) for n in (0, 1)]
    return read_points(columns, form)


def near(read: Points, latitude: float, longitude: float) -> bool:
    return math.isclose(read.latitude[0], latitude, abs_tol=1e-4) and math.isclose(
        read.longitude[0], longitude, abs_tol=1e-4
    )


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        ("33.5042", "70.1083"),
        ("33,5042", "70,1083"),
        ("33°30'15\"N", "70°06'30\"E"),
        ("33 30 15 N", "70 06 30 E"),
        ("N33.5042", "E70.1083"),
        ("33.5042 N", "70.1083° E"),
        ("33º30′15″N", "70º06′30″E"),
        ("33-30-15N", "70-06-30E"),
        ("33:30:15", "70:06:30"),
        ("33d30m15s N", "70d06m30s E"),
        ("33° 30.25' N", "70° 6.5' E"),
        ("Lat: 33.5042", "Lon: 70.1083"),
        ("33deg 30min 15sec", "70deg 6min 30sec"),
        ("+33.5042", "+70.1083"),
        ("33.5042,", "70.1083"),
        ("33°30'15\" norte", "70°06'30\" este"),
    ],
)
def test_two_columns(latitude: str, longitude: str) -> None:
    read = points((latitude, longitude))
    assert near(read, 33.5042, 70.1083)
    assert not read.faults
    assert not read.questions


@pytest.mark.parametrize(
    "written",
    [
        "33.5042, 70.1083",
        "33.5042,70.1083",
        "33.5042 70.1083",
        "(33.5042; 70.1083)",
        "33,5042; 70,1083",
        "33,5042, 70,1083",
        "POINT (70.1083 33.5042)",
        "33.5042N/70.1083E",
        "33°30'15\"N 70°06'30\"E",
        "33°30'15\"N, 70°06'30\"E",
        "N33.5042 E70.1083",
        "33 30 15 N 70 06 30 E",
        "SRID=4326;POINT(70.1083 33.5042)",
    ],
)
def test_both_in_one_column(written: str) -> None:
    assert near(read_points([pa.array([written])]), 33.5042, 70.1083)


def test_longitude_first_by_form() -> None:
    assert near(read_points([pa.array(["70.1083, 33.5042"])], "xy"), 33.5042, 70.1083)


@pytest.mark.parametrize("written", ["42N 512345 3456789", "UTM 42N 512345E 3456789N"])
def test_utm_in_one_column(written: str) -> None:
    assert near(read_points([pa.array([written])]), 31.24524, 69.12965)


def test_utm_in_two_columns_needs_its_zone() -> None:
    columns = [pa.array(["512345"]), pa.array(["3456789"])]
    assert near(read_points(columns, "utm 42N"), 31.24524, 69.12965)
    assert "without the UTM zone" in read_points(columns, "utm").faults[0]


def test_utm_in_three_columns() -> None:
    columns = [pa.array([text]) for text in ("42N", "512345", "3456789")]
    assert near(read_points(columns, "utm"), 31.24524, 69.12965)


def test_a_zone_of_42s_is_a_question() -> None:
    assert "southern" in read_points([pa.array(["42S 512345 3456789"])]).questions[0]


@pytest.mark.parametrize(
    "pair",
    [
        ("95.1", "70.1"),
        ("33.5", "270"),
        ("33504200", "70.1"),
        ("33.5.12", "70.1"),
        ("33°75'N", "70"),
    ],
)
def test_what_cannot_be_a_point_is_a_fault(pair: tuple[str, str]) -> None:
    assert points(pair).faults[0]


@pytest.mark.parametrize(
    ("pair", "why"),
    [
        (("0", "0"), "0/0"),
        (("33.5", ""), "only one"),
        (("", "70.1"), "only one"),
        (("near the", "market"), "no number"),
    ],
)
def test_what_is_left_out_is_questioned(pair: tuple[str, str], why: str) -> None:
    read = points(pair)
    assert math.isnan(read.latitude[0])
    assert why in read.questions[0]


def test_nothing_told_is_neither() -> None:
    read = points(("", ""), ("n/a", "unknown"))
    assert not read.faults
    assert not read.questions


def test_oeste_is_west_and_questioned() -> None:
    read = points(("4°30'N", "74°30'O"))
    assert read.longitude[0] == -74.5
    assert "west" in read.questions[0]


def test_letters_show_that_longitude_stands_first() -> None:
    read = points(("70.1 E", "33.5 N"))
    assert (read.latitude[0], read.longitude[0]) == (33.5, 70.1)
    assert "longitude stands first" in read.questions[0]


def test_a_table_is_swapped_where_its_countries_say_so() -> None:
    read = points(("67.0", "30.2"), ("71.5", "34.0"), ("70.1", "33.5"), ("", ""))
    countries = ["Pakistan"] * 4
    assert are_swapped(read, countries)
    turned = swap(read)
    assert turned.latitude[0] == 30.2
    assert "swapped" in turned.questions[0]
    assert 3 not in turned.questions


def test_a_table_is_not_swapped_for_one_row() -> None:
    read = points(("30.2", "67.0"), ("34.0", "71.5"), ("70.1", "33.5"))
    assert not are_swapped(read, ["Pakistan"] * 3)
    ask_outside(read, ["Pakistan"] * 3)
    assert "swapped it lies inside" in read.questions[2]
    assert read.latitude[2] == 70.1


def test_longitudes_beyond_ninety_are_mended_by_the_swap_of_the_table() -> None:
    read = points(("121.0", "6.0"), ("125.5", "7.1"), ("122.1", "6.9"))
    assert read.faults
    assert are_swapped(read, ["Philippines"] * 3)
    assert not swap(read).faults


def test_a_lost_minus_is_questioned() -> None:
    read = points(("4.6", "74.1"))
    ask_outside(read, ["Colombia"])
    assert "outside of the country" in read.questions[0]


@given(st.floats(-89.99, 89.99), st.floats(-179.99, 179.99))
def test_any_point_comes_back(latitude: float, longitude: float) -> None:
    latitude, longitude = round(latitude, 5), round(longitude, 5)
    ns, ew = "NS"[latitude < 0], "EW"[longitude < 0]
    plain = points((f"{latitude:.5f}", f"{longitude:.5f}"))
    letters = read_points([pa.array([f"{abs(latitude):.5f}{ns} {abs(longitude):.5f}{ew}"])])
    for read in (plain, letters):
        if latitude or longitude:
            assert near(read, latitude, longitude)


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_text_raises(one: str, other: str) -> None:
    assert len(points((one, other)).latitude) == 1
    assert len(read_points([pa.array([one])]).latitude) == 1

"""Points as GeoPackage binary."""

from __future__ import annotations

import struct
from contextlib import suppress

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata._wkb import decode_box, decode_point, decode_shape, encode_point, encode_shape

DEGREES = st.floats(-180, 180)


@given(DEGREES, DEGREES)
def test_a_point_comes_back_exactly(x: float, y: float) -> None:
    assert decode_point(encode_point(x, y)) == (x, y)


@given(DEGREES, DEGREES)
def test_the_body_is_iso_wkb_with_x_first(x: float, y: float) -> None:
    point = shapely.from_wkb(encode_point(x, y)[8:])
    assert (point.x, point.y) == (x, y)


def test_the_header_is_that_of_the_specification() -> None:
    assert encode_point(1, 2)[:8] == b"GP\x00\x01" + struct.pack("<i", 4326)


def test_points_of_other_programs_are_read() -> None:
    envelope = struct.pack("<4d", 3, 3, 4, 4)
    little = b"GP\x00\x03" + struct.pack("<i", 4326) + envelope + shapely.Point(3, 4).wkb
    big = (
        b"GP\x00\x00" + struct.pack(">i", 4326) + shapely.to_wkb(shapely.Point(3, 4), byte_order=0)
    )
    with_z = b"GP\x00\x01" + struct.pack("<i", 4326) + struct.pack("<BI3d", 1, 1001, 3, 4, 5)
    assert decode_point(little) == decode_point(big) == decode_point(with_z) == (3, 4)


def test_an_empty_point_is_none() -> None:
    flagged = b"GP\x00\x11" + struct.pack("<i", 4326) + shapely.Point().wkb
    unflagged = b"GP\x00\x01" + struct.pack("<i", 4326) + shapely.Point().wkb
    assert decode_point(flagged) is decode_point(unflagged) is decode_point(None) is None


@given(st.binary(max_size=40))
def test_other_bytes_are_refused_as_a_value_error(data: bytes) -> None:
    try:
        decode_point(data)
    except ValueError:
        return
    assert data[:2] == b"GP"


@pytest.mark.parametrize("wrong", [b"", b"XX", encode_point(1, 2)[:20], b"GP\x00\x0f" + bytes(40)])
def test_damage_is_named(wrong: bytes) -> None:
    with pytest.raises(ValueError, match="geometry"):
        decode_point(wrong)


def test_a_line_is_no_point() -> None:
    line = b"GP\x00\x01" + struct.pack("<i", 4326) + shapely.LineString([(0, 0), (1, 1)]).wkb
    with pytest.raises(ValueError, match="no point"):
        decode_point(line)


@given(DEGREES, DEGREES, st.floats(0.001, 10))
def test_a_polygon_comes_back_with_its_box(x: float, y: float, side: float) -> None:
    shape = shapely.MultiPolygon([shapely.box(x, y, x + side, y + side)])
    blob = encode_shape(shape)
    assert decode_shape(blob) == shape
    assert decode_box(blob) == (x, x + side, y, y + side)


def test_the_box_of_a_polygon_of_another_program() -> None:
    shape = shapely.box(1, 2, 3, 4)
    bare = b"GP\x00\x01" + struct.pack("<i", 4326) + shape.wkb
    big = (
        b"GP\x00\x02" + struct.pack(">i4d", 4326, 1, 3, 2, 4) + shapely.to_wkb(shape, byte_order=0)
    )
    empty = b"GP\x00\x11" + struct.pack("<i", 4326) + shapely.MultiPolygon().wkb
    assert decode_box(bare) == decode_box(big) == (1, 3, 2, 4)
    assert decode_box(empty) is decode_box(None) is None


@given(DEGREES, DEGREES)
def test_the_box_of_a_point_is_the_point(x: float, y: float) -> None:
    assert decode_box(encode_point(x, y)) == (x, x, y, y)


@given(st.binary(max_size=80))
def test_other_bytes_have_no_box_or_are_a_value_error(data: bytes) -> None:
    for reading in (decode_box, decode_shape):
        with suppress(ValueError):
            reading(data)

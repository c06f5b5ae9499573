"""Geometries as GeoPackage binary: x is longitude, y is latitude, in degrees (EPSG:4326).

Source: OGC GeoPackage 1.4, clause 2.1.3 (header "GP", version 0, flags, srs_id, optional
envelope, then ISO WKB). We write little-endian, points without an envelope and polygons with
one, and read any geometry.
"""

from __future__ import annotations

import math
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

SRS_ID = 4326
"""WGS 84, the only coordinate system stored."""

_POINT = struct.Struct("<2sBBiBIdd")
_ENVELOPE_BYTES = (0, 32, 48, 48, 64)  # by the envelope indicator in bits 1-3 of the flags
_EMPTY = 0b0001_0000
_WITH_ENVELOPE = 0b0000_0011  # little-endian, envelope of x and y
_HEADER = struct.Struct("<2sBBi4d")


def encode_point(longitude: float, latitude: float) -> bytes:
    """Encode a point (x=longitude, y=latitude) as GeoPackage binary, 29 bytes."""
    return _POINT.pack(b"GP", 0, 1, SRS_ID, 1, 1, longitude, latitude)


def decode_point(blob: bytes | None) -> tuple[float, float] | None:
    """Read a point as (longitude, latitude); None for an empty or missing geometry.

    Raises
    ------
    ValueError
        For bytes that are not a GeoPackage point.
    """
    if blob is None:
        return None
    try:
        x, y = _coordinates(blob)
    except (struct.error, IndexError) as error:
        raise ValueError("geometry is cut short") from error
    if math.isnan(x) or math.isnan(y):
        return None  # an empty point is written as NaN NaN
    return x, y


def _coordinates(blob: bytes) -> tuple[float, float]:
    body = _body(blob)
    if blob[3] & _EMPTY:
        return math.nan, math.nan
    order = "<" if blob[body] == 1 else ">"
    kind, x, y = struct.unpack_from(f"{order}Idd", blob, body + 1)
    if kind % 1000 != 1:
        raise ValueError(f"geometry is no point (WKB type {kind})")
    return x, y


def encode_shape(shape: BaseGeometry) -> bytes:
    """Encode a geometry of degrees as GeoPackage binary with its envelope; never an empty one."""
    import shapely

    west, south, east, north = shape.bounds
    head = _HEADER.pack(b"GP", 0, _WITH_ENVELOPE, SRS_ID, west, east, south, north)
    return head + shapely.to_wkb(shape, byte_order=1, flavor="iso", output_dimension=2)


def decode_shape(blob: bytes) -> BaseGeometry:
    """Read any geometry that is not empty.

    Raises
    ------
    ValueError
        For bytes that are not a GeoPackage geometry.
    """
    import shapely

    try:
        return shapely.from_wkb(blob[_body(blob) :])
    except (shapely.errors.ShapelyError, IndexError) as error:
        raise ValueError("geometry cannot be read") from error


def decode_box(blob: bytes | None) -> tuple[float, float, float, float] | None:
    """Envelope (west, east, south, north) of any geometry; None for an empty or missing one.

    Raises
    ------
    ValueError
        For bytes that are not a GeoPackage geometry.
    """
    if blob is None:
        return None
    if len(blob) > _HEADER.size and blob[:2] == b"GP" and blob[3] & 0b1110:
        if blob[3] & _EMPTY:
            return None
        west, east, south, north = struct.unpack_from("<4d" if blob[3] & 1 else ">4d", blob, 8)
        return None if math.isnan(west) else (west, east, south, north)
    if len(blob) > _POINT.size:  # no envelope and no point of ours: from another program
        shape = decode_shape(blob)
        if shape.is_empty:
            return None
        west, south, east, north = shape.bounds
        return west, east, south, north
    point = decode_point(blob)
    return None if point is None else (point[0], point[0], point[1], point[1])


def _body(blob: bytes) -> int:
    if blob[:2] != b"GP":
        raise ValueError("geometry is not GeoPackage binary")
    indicator = (blob[3] >> 1) & 0b111
    if indicator >= len(_ENVELOPE_BYTES):
        raise ValueError("geometry has an unknown envelope")
    return 8 + _ENVELOPE_BYTES[indicator]

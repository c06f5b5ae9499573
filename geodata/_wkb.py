"""Points as GeoPackage binary: x is longitude, y is latitude, in degrees (EPSG:4326).

Source: OGC GeoPackage 1.4, clause 2.1.3 (header "GP", version 0, flags, srs_id, optional
envelope, then ISO WKB). We write points without an envelope, little-endian, and read any point.
"""

from __future__ import annotations

import math
import struct

SRS_ID = 4326
"""WGS 84, the only coordinate system stored."""

_POINT = struct.Struct("<2sBBiBIdd")
_ENVELOPE_BYTES = (0, 32, 48, 48, 64)  # by the envelope indicator in bits 1-3 of the flags
_EMPTY = 0b0001_0000


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
    if blob[:2] != b"GP":
        raise ValueError("geometry is not GeoPackage binary")
    flags = blob[3]
    if flags & _EMPTY:
        return math.nan, math.nan
    indicator = (flags >> 1) & 0b111
    if indicator >= len(_ENVELOPE_BYTES):
        raise ValueError("geometry has an unknown envelope")
    body = 8 + _ENVELOPE_BYTES[indicator]
    order = "<" if blob[body] == 1 else ">"
    kind, x, y = struct.unpack_from(f"{order}Idd", blob, body + 1)
    if kind % 1000 != 1:
        raise ValueError(f"geometry is no point (WKB type {kind})")
    return x, y

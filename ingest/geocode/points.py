"""Distances, offsets and the precision that a place or a phrase deserves.

Points are (latitude, longitude) in WGS 84 degrees; distances are great-circle kilometres.
"""

from __future__ import annotations

import math
from math import asin, cos, radians, sin, sqrt

from geodata.gazetteer.lookup import Entry
from geodata.precision import RADIUS_KM, LocationPrecision

Point = tuple[float, float]
EARTH_KM = 6371.0

_POINT_FEATURES = frozenset({"PASS", "DAM", "MILB", "CMPRF", "PSTB", "AIRP", "BLDG"})
_BROAD_FEATURES = frozenset({"RGN", "DSRT", "LK", "ISL", "STM"})
_WATERS = frozenset({"SEA", "STRT", "GULF", "RF"})
_BY_KIND = {
    "settlement": LocationPrecision.SETTLEMENT,
    "admin2": LocationPrecision.DISTRICT,
    "admin1": LocationPrecision.PROVINCE,
    "country": LocationPrecision.COUNTRY,
}


def distance_km(a: Point, b: Point) -> float:
    """Great-circle distance between two points."""
    lat1, lon1, lat2, lon2 = radians(a[0]), radians(a[1]), radians(b[0]), radians(b[1])
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def destination(start: Point, bearing: float, km: float) -> Point:
    """Point reached from `start` after `km` at `bearing` degrees from north, clockwise."""
    lat, lon, angle = math.radians(start[0]), math.radians(start[1]), math.radians(bearing)
    arc = km / EARTH_KM
    to_lat = math.asin(
        math.sin(lat) * math.cos(arc) + math.cos(lat) * math.sin(arc) * math.cos(angle)
    )
    to_lon = lon + math.atan2(
        math.sin(angle) * math.sin(arc) * math.cos(lat),
        math.cos(arc) - math.sin(lat) * math.sin(to_lat),
    )
    return round(math.degrees(to_lat), 5), round((math.degrees(to_lon) + 540) % 360 - 180, 5)


def middle(a: Point, b: Point) -> Point:
    """Point half-way between two points."""
    x = y = z = 0.0
    for latitude, longitude in (a, b):
        lat, lon = math.radians(latitude), math.radians(longitude)
        x += math.cos(lat) * math.cos(lon)
        y += math.cos(lat) * math.sin(lon)
        z += math.sin(lat)
    latitude = math.degrees(math.atan2(z, math.hypot(x, y)))
    return round(latitude, 5), round(math.degrees(math.atan2(y, x)), 5)


def point_of(entry: Entry) -> Point | None:
    """Coordinates of an entry; None where the gazetteer has none."""
    return entry.point


def precision_of(entry: Entry) -> LocationPrecision:
    """How exactly a place is known when a report names this entry and nothing finer."""
    if entry.kind in _BY_KIND:
        return _BY_KIND[entry.kind]
    if entry.fcode in _WATERS:
        return LocationPrecision.SEA
    if entry.fcode in _POINT_FEATURES:
        # Our points are good to a few kilometres: too coarse for the class `site`.
        return LocationPrecision.SETTLEMENT
    if entry.fcode in _BROAD_FEATURES:
        return LocationPrecision.DISTRICT
    return LocationPrecision.PROVINCE if entry.fcode == "ADMD" else LocationPrecision.NEAR


def radius_of(entry: Entry) -> float:
    """Radius in km within which the incident lies; a large city is larger than a village."""
    if entry.kind == "settlement" and entry.population > 500_000:
        return 20.0 if entry.population > 3_000_000 else 10.0
    return RADIUS_KM[precision_of(entry)]


def precision_for(radius: float) -> LocationPrecision:
    """Class of a point that is known only to lie within `radius` km of where it is drawn."""
    for precision in (LocationPrecision.NEAR, LocationPrecision.DISTRICT):
        if radius <= RADIUS_KM[precision]:
            return precision
    return LocationPrecision.PROVINCE

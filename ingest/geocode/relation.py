"""From a chosen place to the point to draw: "near", "30 km south of", "between A and B".

An offset or a road gives a point with a radius and the class that the radius deserves, never a
sharp pin.
"""

from __future__ import annotations

from typing import NamedTuple

from geodata.gazetteer.divisions import DIVISION_KINDS, KIND_SETTLEMENT, word_set
from geodata.gazetteer.lookup import Entry
from geodata.precision import RADIUS_KM, LocationPrecision
from ingest.geocode.phrase import Phrase, Relation
from ingest.geocode.points import (
    destination,
    distance_km,
    middle,
    point_of,
    precision_for,
    precision_of,
    radius_of,
)

_BROAD_PARTS = word_set(
    "area areas region sector valley hills hill mountains mountain range forest jungle desert"
    " countryside front frontline plain plateau basin zone field tehsil tahsil taluka taluk"
    " woreda subdivision border coast outskirts suburbs"
)
_COARSE = frozenset(
    {LocationPrecision.DISTRICT, LocationPrecision.PROVINCE, LocationPrecision.COUNTRY}
)


class Spot(NamedTuple):
    """A point in WGS 84 degrees, its class, and the radius in km within which the truth lies."""

    latitude: float | None
    longitude: float | None
    precision: LocationPrecision
    radius_km: float


def spot(entry: Entry, phrase: Phrase, *, part: bool = False) -> Spot:
    """Point for a phrase that turns on one place; `part` where only a part of its name is known."""
    if phrase.relation is Relation.OFFSET:
        return _offset(entry, phrase.distance_km or 0.0, phrase.bearing)
    if entry.kind == KIND_SETTLEMENT and phrase.main.kinds in DIVISION_KINDS:
        # The phrase speaks of a district of which only the town is known.
        radius = RADIUS_KM[LocationPrecision.DISTRICT]
        return Spot(entry.latitude, entry.longitude, LocationPrecision.DISTRICT, radius)
    near = part or phrase.relation is Relation.NEAR or phrase.main.part in _BROAD_PARTS
    return _near(entry) if near else _at(entry)


def inside(entry: Entry, *, near: bool) -> Spot:
    """Point for something unknown inside (or near) a known place."""
    return _near(entry) if near else _at(entry)


def between(entry: Entry, other: Entry | None) -> Spot:
    """Point half-way between two places; near the first where the second is unknown."""
    here, there = point_of(entry), point_of(other) if other else None
    if here is None or there is None:
        return _near(entry)
    latitude, longitude = middle(here, there)
    radius = round(distance_km(here, there) / 2, 1)
    return Spot(latitude, longitude, precision_for(radius), radius)


def _at(entry: Entry) -> Spot:
    return Spot(entry.latitude, entry.longitude, precision_of(entry), radius_of(entry))


def _near(entry: Entry) -> Spot:
    precision = precision_of(entry)
    if precision in _COARSE or precision is LocationPrecision.SEA:
        return _at(entry)
    radius = RADIUS_KM[LocationPrecision.NEAR]
    return Spot(entry.latitude, entry.longitude, LocationPrecision.NEAR, radius)


def _offset(entry: Entry, km: float, bearing: float | None) -> Spot:
    here = point_of(entry)
    coarse = precision_of(entry) in _COARSE
    if here is None or coarse:
        return _at(entry)
    if bearing is None:
        radius = max(km, RADIUS_KM[LocationPrecision.SETTLEMENT])
        return Spot(here[0], here[1], precision_for(radius), radius)
    # Eight winds leave 22.5 degrees of doubt to either side: 0.4 of the distance.
    radius = round(max(RADIUS_KM[LocationPrecision.SETTLEMENT], 0.4 * km), 1)
    latitude, longitude = destination(here, bearing, km)
    return Spot(latitude, longitude, precision_for(radius), radius)

"""What all services say, in our words: a `Reading` of one raw result, and its precision."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from geodata.countries import DATA, countries, read_rows
from geodata.precision import RADIUS_KM, LocationPrecision
from ingest.geocode.points import distance_km

Box = tuple[float, float, float, float]
"""South, west, north, east in degrees."""

MAX_NAME = 200
"""Longest name taken from outside, in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One result of a service.

    `kind` is the service's own word for what it is; `rank` its own confidence or importance,
    0 to 1, or None where it gives none; `areas` all divisions that it names.
    """

    ident: str
    name: str
    kind: str
    country_code: str = ""
    country_name: str = ""
    admin1: str | None = None
    admin2: str | None = None
    areas: tuple[str, ...] = ()
    precision: LocationPrecision
    box: Box | None = None
    rank: float | None = None
    population: int = 0
    feature_class: str = ""
    feature_code: str = ""

    @property
    def radius_km(self) -> float:
        """Half the diagonal of the box, within reason for the class; its default without one."""
        usual = RADIUS_KM[self.precision]
        if self.box is None:
            return usual
        south, west, north, east = self.box
        half = distance_km((south, west), (north, east)) / 2
        return round(min(max(half, usual / 2), usual * 4), 1)


def text(value: object) -> str:
    """Text from outside: one printable line, capped; empty for what is no text or number."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    line = "".join(mark if mark.isprintable() else " " for mark in str(value)[: MAX_NAME * 2])
    return " ".join(line.split())[:MAX_NAME]


def part(record: object, *keys: str) -> Mapping[str, Any]:
    """Descend into a record; an empty one where the way ends."""
    for key in keys:
        record = record.get(key) if isinstance(record, Mapping) else None
    return record if isinstance(record, Mapping) else {}


def first(record: Mapping[str, Any], *keys: str) -> str:
    """Text of the first key that has any."""
    return next((found for key in keys if (found := text(record.get(key)))), "")


def number(value: object) -> float | None:
    """A finite number, or None."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        found = float(value)
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def box(south: object, west: object, north: object, east: object) -> Box | None:
    """Give a box of four numbers, or None where one is missing or out of the world."""
    sides = [number(value) for value in (south, west, north, east)]
    if any(side is None for side in sides):
        return None
    a, b, c, d = (side or 0.0 for side in sides)
    good = -90 <= a <= c <= 90 and -180 <= b <= 180 and -180 <= d <= 180
    return (a, b, c, d) if good else None


def share(value: object, most: float = 1.0) -> float | None:
    """A rank as a share of the most that it can be, 0 to 1."""
    found = number(value)
    return None if found is None else min(1.0, max(0.0, found / most))


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    rows = read_rows(DATA / "countries.csv", ("code", "country"))
    return {row["country"]: row["code"] for row in rows}


def country(code: str, name: str) -> tuple[str, str]:
    """Alpha-2 code and English name from whichever is known; the name as given where unknown."""
    known = (countries()[code.upper()] if len(code) == 2 else None) or (
        countries()[name] if name else None
    )
    if known is None:
        return (code.upper() if len(code) == 2 else ""), name
    return _codes().get(known, ""), known


_WORDS = {
    LocationPrecision.COUNTRY: ("country", "continent"),
    LocationPrecision.PROVINCE: (
        "state", "province", "region", "macroregion", "administrative_area_level_1", "subregion1",
        "countrysubdivision", "dependency",
    ),
    LocationPrecision.DISTRICT: (
        "county", "district", "state_district", "administrative_area_level_2", "macrocounty",
        "subregion", "countrysecondarysubdivision", "municipality_district",
        "administrative_area_level_3", "countrytertiarysubdivision",
    ),
    LocationPrecision.SETTLEMENT: (
        "city", "town", "village", "hamlet", "isolated_dwelling", "suburb", "quarter",
        "neighbourhood", "neighborhood", "neighborhoods", "city_block", "borough", "locality",
        "localadmin", "municipality", "sublocality", "postal_town", "place", "street", "road",
        "route", "intersection", "residential", "streetname", "streetint", "macrohood",
        "farm", "allotments", "city_district", "postalcode", "postcode", "postal_code", "postal",
        "streetmidblock", "streetbetween", "interpolation", "political", "cross street",
    ),
    LocationPrecision.SITE: (
        "house", "building", "address", "venue", "poi", "amenity", "housenumber", "pointaddress",
        "subaddress", "streetaddress", "premise", "subpremise", "street_address", "establishment",
        "point_of_interest", "airport", "point address", "street address", "address range",
        "park", "school", "hospital", "place_of_worship",
    ),
    LocationPrecision.SEA: ("ocean", "sea", "bay", "strait", "gulf", "marine"),
}  # fmt: skip
_BY_WORD = {word: precision for precision, words in _WORDS.items() for word in words}


def precision_of(*words: str) -> LocationPrecision:
    """Class of the first word that says one; ``near`` for anything else that has a point."""
    found = (_BY_WORD.get(word.lower()) for word in words)
    return next((one for one in found if one is not None), LocationPrecision.NEAR)

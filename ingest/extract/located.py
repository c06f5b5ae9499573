"""A place phrase with what the geocoder found for it, and which of several may be one place."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from geodata.place import Candidate, Place, Resolution
from geodata.precision import LocationPrecision
from ingest.extract.places import PlacePhrase

GRADES = {
    LocationPrecision.SITE: 3,
    LocationPrecision.SETTLEMENT: 3,
    LocationPrecision.NEAR: 3,
    LocationPrecision.DISTRICT: 2,
    LocationPrecision.SEA: 2,
    LocationPrecision.PROVINCE: 1,
}
"""How exactly a place is known; precisions that are left out are less."""
BROAD = (LocationPrecision.PROVINCE, LocationPrecision.COUNTRY, LocationPrecision.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Located:
    """A place phrase with the geocoder's answer; `best` None where it gave none."""

    phrase: PlacePhrase
    resolution: Resolution

    @property
    def best(self) -> Candidate | None:
        """The chosen candidate."""
        return self.resolution.best

    @property
    def grade(self) -> int:
        """How exactly it is known: 3 a town or a spot, 2 a district, 1 a province, 0 less."""
        grade = GRADES.get(self.best.location_precision, 0) if self.best else 0
        return min(grade, 1) if self.phrase.head.kind == "province" else grade

    @property
    def fine(self) -> bool:
        """Whether it is known better than by province."""
        return self.best is not None and self.best.location_precision not in BROAD


def specific(located: Sequence[Located]) -> Located | None:
    """The first place known better than by province, else the first known, else the first."""
    for wanted in (lambda x: x.fine, lambda x: x.best is not None, lambda _: True):
        found = next((x for x in located if wanted(x)), None)
        if found is not None:
            return found
    return None


def compatible(a: Located | None, b: Located | None) -> bool:
    """Whether two phrases may speak of one place: one holds the other, or they lie together."""
    if a is None or b is None:
        return True
    if a.best is None or b.best is None:
        return a.phrase.head.name == b.phrase.head.name or a.best is b.best is None
    one, two = a.best.place, b.best.place
    if one.country != two.country:
        return False
    broad = {a.best.location_precision, b.best.location_precision}
    if LocationPrecision.COUNTRY in broad:
        return True
    if LocationPrecision.PROVINCE in broad:
        first, second = _province_of(one), _province_of(two)
        return first == second or first is None or second is None
    limit = 40.0 if LocationPrecision.DISTRICT in broad else 15.0
    return distance_km(a.best, b.best) <= limit


def _province_of(place: Place) -> str | None:
    return place.admin1 or (place.name if place.feature_code.startswith("ADM1") else None)


def distance_km(a: Candidate, b: Candidate) -> float:
    """Great-circle distance of two candidates, infinite where one has no point."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return math.inf
    return great_circle_km(a.latitude, a.longitude, b.latitude, b.longitude)


def great_circle_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Distance in km of two points (latitude, longitude) in degrees, on a sphere."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half = math.radians(lon2 - lon1) / 2
    h = math.sin((phi2 - phi1) / 2) ** 2 + math.cos(phi1) * math.cos(phi2) * math.sin(half) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))

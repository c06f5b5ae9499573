"""What is known about where a phrase lies: hints, and how well an entry agrees with them.

Hints come from the phrase itself ("… in Bolan district"), from the fields of a query and from
the rest of the story. Each may be absent, misspelt or wrong. Containment in a hinted division
counts fully, lying near it counts half.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from geodata._once import once
from geodata.gazetteer.lookup import Entry
from geodata.precision import LocationPrecision
from ingest.geocode.points import Point, distance_km, point_of, precision_of, radius_of

NEIGHBOUR_KM = 60.0
"""From a district's point: an entry nearer than this may well lie in it; borders change."""
BESIDE_KM = 40.0
"""From a town: an entry nearer than this lies beside it."""
_LEVELS = {
    LocationPrecision.COUNTRY: 0,
    LocationPrecision.PROVINCE: 1,
    LocationPrecision.DISTRICT: 2,
}
SAME_STORY_KM = 300.0
"""Places of one story are seldom farther apart."""


@dataclass(frozen=True)
class Hint:
    """One hint: the words it was given in, the entries they may mean, its weight, its order.

    `level` is 1 for a province, 2 for a district, 3 for a town, 0 for a country.
    """

    words: str
    entries: tuple[Entry, ...]
    weight: float
    level: int

    @classmethod
    def of(cls, words: str, entries: tuple[Entry, ...]) -> Hint:
        """Weigh the entries that some words may mean by the coarsest of them."""
        level = min(_LEVELS.get(precision_of(entry), 3) for entry in entries)
        return cls(words, entries, float(min(level + 1, 3)), level)

    @once
    def ids(self) -> frozenset[int]:
        """Ids of the entries that may be meant."""
        return frozenset(entry.id for entry in self.entries)

    def agreement(self, entry: Entry) -> float:
        """Give how far an entry agrees: 1 inside, a half beside, 0 elsewhere."""
        ids = self.ids
        if entry.id in ids or entry.admin1 in ids or entry.admin2 in ids:
            return 1.0
        best, country = 0.0, entry.country
        for hinted in self.entries:
            if hinted.country == country:
                found = _agreement(entry, hinted)
                if found == 1.0:
                    return found
                best = max(best, found)
        return best


@dataclass(frozen=True)
class Context:
    """All hints of one query. `countries` are those its explicit hints allow, if any."""

    hints: tuple[Hint, ...] = ()
    countries: frozenset[str] = frozenset()
    story: tuple[Point, ...] = ()
    story_countries: frozenset[str] = frozenset()
    outlet_countries: frozenset[str] = frozenset()
    unknown: tuple[str, ...] = field(default=())  # hints that the gazetteer does not know

    @once
    def finest(self) -> Hint | None:
        """The hint that narrows most, where there is one finer than a country."""
        finer = [hint for hint in self.hints if hint.level > 0]
        return max(finer, key=lambda hint: (hint.level, hint.weight), default=None)

    @once
    def allowed(self) -> frozenset[str]:
        """Countries that no hint speaks against; empty where every one will do."""
        # A sea or a mountain range lies in no country, and contradicts none.
        return self.countries | {""} if self.countries else self.countries

    @once
    def said(self) -> str:
        """The explicit hints in their own words."""
        return ", ".join(hint.words for hint in self.hints)

    @once
    def _total(self) -> float:
        return sum(hint.weight for hint in self.hints)

    def agreement(self, entry: Entry) -> float:
        """Weighted share of the explicit hints that an entry agrees with, 0 to 1."""
        total = self._total
        if not total:
            return 0.0
        return sum([hint.weight * hint.agreement(entry) for hint in self.hints]) / total

    def contradicts(self, entry: Entry) -> bool:
        """Whether an entry lies outside every country that the explicit hints allow."""
        allowed = self.allowed
        return bool(allowed) and entry.country not in allowed

    def nearness(self, entry: Entry) -> float:
        """How well an entry fits the rest of the story, 0 to 1: near its other places."""
        point = entry.point
        if point is None or not self.story:
            return 0.0
        nearest = min([distance_km(point, other) for other in self.story])
        return max(0.0, 1.0 - nearest / SAME_STORY_KM)


def _agreement(entry: Entry, hinted: Entry) -> float:
    """Give how far an entry agrees with one of its country that does not hold it by record."""
    if hinted.kind == "country":
        return 1.0
    if hinted.fcode == "ADM1H":  # FATA: today part of another province
        return 1.0 if hinted.admin1 in (entry.id, entry.admin1) else 0.0
    return 0.0 if hinted.kind == "admin1" else _beside(entry, hinted)


def _beside(entry: Entry, hinted: Entry) -> float:
    """Give how well an entry fits a district or a town that it is not recorded to lie in."""
    if hinted.kind != "admin2" and entry.admin2 is not None and entry.admin2 == hinted.admin2:
        return 1.0
    here, there = point_of(entry), point_of(hinted)
    km = distance_km(here, there) if here and there else math.inf
    if hinted.kind == "admin2":
        return 0.6 if km <= NEIGHBOUR_KM else 0.0
    reach = BESIDE_KM if hinted.kind == "settlement" else max(BESIDE_KM, 1.5 * radius_of(hinted))
    return 1.0 if km <= reach else 0.0


def in_same_division(entry: Entry, others: Iterable[Entry]) -> bool:
    """Whether an entry and one of the others lie in one another or in the same district."""
    for other in others:
        if other.id in (entry.admin2, entry.admin1) or entry.id in (other.admin2, other.admin1):
            return True
        if entry.admin2 is not None and entry.admin2 == other.admin2:
            return True
    return False

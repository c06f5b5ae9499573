"""What a document is about: countries, provinces and surroundings that its names speak for.

A name whose first answer is clear votes for its place. Any other name votes for every province
that has a bearer of it, the less the more there are: "Latah County" lies in one state, "Clay
County" in eighteen.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from geodata.place import Candidate, Outcome, Place, Resolution
from geodata.precision import LocationPrecision
from ingest.geocode.points import distance_km

CLEAR = 0.62
"""A first answer that scores so much says what the document is about."""
OWN_VOTE = 0.5
"""How much a name counts for its own first answer, beside the others."""
SOFT_VOTE = 0.8
"""How much a name counts that is not clear, over all the provinces where it is borne."""
NEAR_KM = 250.0
NEIGHBOURS_KM = 120.0
MOST_IN_A_CELL = 12
"""So many places of a degree square are looked at, the rarest names first: a long text is cheap."""
_WIDE = frozenset({LocationPrecision.COUNTRY, LocationPrecision.PROVINCE})
_COUNTIES = (" County", " Parish", " District")
_K = TypeVar("_K")
Key = tuple[str, str]
"""A name, and what it is said to lie in, or nothing."""


@dataclass(frozen=True, slots=True)
class Theme:
    """What a document is about: shares of countries and provinces, and points that are clear."""

    countries: Mapping[str, float]
    provinces: Mapping[tuple[str, str], float]
    points: tuple[tuple[float, float], ...]  # latitude, longitude


@dataclass(frozen=True, slots=True)
class Vote:
    """What one name says of the document: a place, and how much that counts."""

    name: str
    country: str
    province: str | None
    point: tuple[float, float] | None  # latitude, longitude
    weight: float


class Surroundings:
    """Finds which other names of the document are borne near a point."""

    def __init__(self, answers: Mapping[Key, Resolution]) -> None:
        self._cells: defaultdict[tuple[int, int], list[tuple[str, float, float, float]]] = (
            defaultdict(list)
        )
        for (name, _), answer in answers.items():
            local = [c for c in answer.candidates if c.location_precision not in _WIDE]
            top = max((c.score for c in answer.candidates), default=0.0) or 1.0
            for candidate in local:
                if candidate.latitude is None or candidate.longitude is None:
                    continue
                here = candidate.latitude, candidate.longitude
                # A famous name speaks little for its small namesakes.
                rarity = (candidate.score / top) ** 3 / math.sqrt(len(local))
                self._cells[_cell(*here)].append((name, *here, rarity))
        for cell, found in self._cells.items():
            self._cells[cell] = sorted(found, key=lambda row: -row[3])[:MOST_IN_A_CELL]
        self._support: dict[tuple[str, float, float], float] = {}

        self._counties = {
            name.rpartition(" ")[0] for name, _ in answers if name.endswith(_COUNTIES)
        }

    def in_named_county(self, place: Place) -> bool:
        """Whether the document names the county or parish that a town lies in."""
        return place.feature_class == "P" and place.admin2 in self._counties

    def support(self, name: str, latitude: float, longitude: float) -> float:
        """How much other names speak for a point, 0 to 1: nearness times rarity, added up."""
        known = self._support.get((name, latitude, longitude))
        if known is not None:
            return known
        best: dict[str, float] = {}
        row, column = _cell(latitude, longitude)
        for cell in ((row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1)):
            for other, lat, lon, rarity in self._cells.get(cell, ()):
                if other == name:
                    continue
                km = distance_km((latitude, longitude), (lat, lon))
                worth = rarity * max(0.0, 1.0 - km / NEIGHBOURS_KM)
                best[other] = max(best.get(other, 0.0), worth)
        worth = min(1.0, sum(best.values()))
        self._support[name, latitude, longitude] = worth
        return worth


def _cell(latitude: float, longitude: float) -> tuple[int, int]:
    return math.floor(latitude), math.floor(longitude)


def votes_of(chosen: Mapping[Key, Resolution], counts: Counter[Key]) -> list[Vote]:
    """Give the votes of all names of a document."""
    votes: list[Vote] = []
    for key, answer in chosen.items():
        often = 1.0 + 0.5 * min(counts[key] - 1, 4)
        best = answer.candidates[0] if answer.outcome is Outcome.FOUND else None
        # A continent lies in no country.
        if best is not None and best.place.country and (best.score >= CLEAR or key[1]):
            votes.append(_clear(key[0], best, often))
        else:
            votes += _soft(key[0], answer.candidates, often)
    return votes


def _clear(name: str, best: Candidate, often: float) -> Vote:
    point = None
    if best.location_precision not in _WIDE and None not in (best.latitude, best.longitude):
        point = (best.latitude or 0.0, best.longitude or 0.0)
    country_wide = best.location_precision is LocationPrecision.COUNTRY
    return Vote(
        name=name,
        country=best.place.country,
        province=None if country_wide else best.place.admin1,
        point=point,
        weight=best.score * often,
    )


def _soft(name: str, candidates: Sequence[Candidate], often: float) -> list[Vote]:
    provinces = {
        (candidate.place.country, candidate.place.admin1)
        for candidate in candidates
        if candidate.place.country
    }
    weight = SOFT_VOTE * often / max(1, len(provinces))
    return [Vote(name, country, province, None, weight) for country, province in provinces]


def theme_of(votes: Sequence[Vote], name: str) -> Theme:
    """What the document is about, by all its names; a name says least of itself."""
    countries: defaultdict[str, float] = defaultdict(float)
    provinces: defaultdict[tuple[str, str], float] = defaultdict(float)
    for vote in votes:
        weight = vote.weight * (OWN_VOTE if vote.name == name else 1.0)
        countries[vote.country] += weight
        if vote.province:
            provinces[vote.country, vote.province] += weight
    points = tuple(vote.point for vote in votes if vote.point is not None and vote.name != name)
    return Theme(_shares(countries), _shares(provinces), points)


def _shares(weights: Mapping[_K, float]) -> dict[_K, float]:
    """Weights beside the heaviest, or beside half of all where none stands out."""
    most = max(max(weights.values(), default=0.0), sum(weights.values()) / 2)
    return {key: weight / most for key, weight in weights.items()} if most else {}

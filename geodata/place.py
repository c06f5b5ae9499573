"""What a gazetteer holds and what a geocoder answers.

A geocoder never answers None: it found a place, did not find one, declined because the
candidates are too close to call, or failed (a service was down). All four are stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from geodata.precision import LocationPrecision


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One gazetteer entry. `feature_class` and `feature_code` are GeoNames codes (P/PPL …).

    `country` is the ISO 3166-1 alpha-2 code; `admin1` and `admin2` are names. Coordinates are
    WGS 84 degrees, or None for a division whose position is not known.
    """

    place_id: str  # "geonames:1169825", "overlay:kolpur"
    name: str
    feature_class: str
    feature_code: str
    country: str
    country_name: str
    admin1: str | None = None
    admin2: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    source: str = ""  # which gazetteer said so
    sources: tuple[str, ...] = ()  # every gazetteer that knows the place


class Outcome(StrEnum):
    """What came of a geocoding query."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    DECLINED = "declined"  # too close to call; the candidates are attached
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a score: what it is (``name``, ``containment`` …), its share, and in words."""

    kind: str
    share: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that a query may mean, with the point to draw for it.

    The point can differ from the place's own ("30 km south of Quetta"); `radius_km` says how
    far off it may be. `score` lies in 0-1 and is the sum of the reasons' shares.
    """

    place: Place
    latitude: float | None
    longitude: float | None
    location_precision: LocationPrecision
    radius_km: float
    score: float
    matched_name: str
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceQuery:
    """A place phrase with its context; every hint may be absent or wrong.

    `country` is an ISO alpha-2 code or a name; `admin1`, `admin2` are names in any spelling;
    `near` are other places named in the same story, nearest mention first; `outlet_country` is
    the weakest hint.
    """

    text: str
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    near: tuple[str, ...] = ()
    outlet_country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """The answer to a query: outcome, ranked candidates (best first), who answered."""

    query: PlaceQuery
    outcome: Outcome
    candidates: tuple[Candidate, ...] = ()
    gazetteer: str = ""
    note: str = field(default="")  # one line: why declined, why failed

    @property
    def best(self) -> Candidate | None:
        """The chosen candidate; None unless the outcome is ``found``."""
        return self.candidates[0] if self.outcome is Outcome.FOUND else None


class Geocoder(Protocol):
    """Something that geocodes: the gazetteer, an online service, the project's memory, a fake."""

    def geocode(self, query: PlaceQuery, *, limit: int = 5) -> Resolution:
        """Rank the places that a phrase may mean; never raises for an unknown name."""
        ...


class NameFinder(Protocol):
    """Something that knows which words of a text are names of places."""

    def find_names(self, text: str) -> Sequence[NameHit]:
        """Longest place names in a text, left to right, not overlapping."""
        ...


@dataclass(frozen=True, slots=True)
class NameHit:
    """A place name seen in a text: character offsets, and which kinds of entry bear it.

    `kinds` holds GeoNames feature codes grouped as ``country``, ``admin1``, ``admin2``,
    ``settlement``, ``other``.
    """

    start: int
    end: int
    name: str
    kinds: frozenset[str]

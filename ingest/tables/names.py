"""Names of a table made those of the registry and of today's map; what is unknown is counted.

A table repeats the same few thousand names, so each, with the country beside it, is looked up
once. The row as written is kept beside the incident.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from geodata.countries import countries
from geodata.incident import Incident
from geodata.place import PlaceQuery
from geodata.precision import LocationPrecision
from geodata.whereabouts import CountryCheck

if TYPE_CHECKING:
    from geodata.actors import ActorRegistry
    from geodata.place import Candidate, Geocoder, Place

OUTSIDE_COUNTRY = "outside country"
"""Tag of an incident whose point lies outside the country that its row names."""
GEOCODED = "geocoded"
"""Tag of an incident whose point comes from the geocoder, not from its table."""

_JOINED = re.compile(r"\s+\(|\)|\s+[-–:/]\s+|:\s+")
_ACTORS = ("actor1", "actor2", "perpetrator")

Key = tuple[str, str, str]
"""Kind of a value (``actor``, ``country``, ``admin1``, ``admin2``), the value, its country."""


class RowNames:
    """Looks up the names of rows, and fills in or questions their points.

    `unknown` counts the rows that hold each value which our tables do not know: it stays as
    written. `geocoded`, `not_located`, `outside` count rows.
    """

    def __init__(self, registry: ActorRegistry, geocoder: Geocoder) -> None:
        self.unknown: Counter[Key] = Counter()
        self.geocoded = self.not_located = self.outside = 0
        self._registry = registry
        self._geocoder = geocoder
        self._known: dict[Key, str | None] = {}
        self._divisions: dict[tuple[str, str, str], tuple[str, str, tuple[Key, ...]]] = {}
        self._points: dict[tuple[str, str, str, str], Candidate | None] = {}
        self._check = CountryCheck()

    def applied(self, incident: Incident) -> Incident:
        """Give an incident with names as the registry and the gazetteer write them."""
        missing: set[Key] = set()
        country = self._told("country", incident.country or "", "", missing)
        actors = {
            name: self._told("actor", getattr(incident, name) or "", country, missing) or None
            for name in _ACTORS
        }
        admin1, admin2, nowhere = self._areas(incident.admin1 or "", incident.admin2 or "", country)
        self.unknown.update(missing.union(nowhere))
        found = replace(
            incident,
            country=country or None,
            admin1=admin1 or None,
            admin2=admin2 or None,
            actor1=actors["actor1"],
            actor2=actors["actor2"],
            perpetrator=actors["perpetrator"],
        )
        return self._placed(found)

    def _told(self, kind: str, value: str, country: str, missing: set[Key]) -> str:
        if not value:
            return ""
        key = (kind, value, country)
        if key not in self._known:
            self._known[key] = self._looked_up(*key)
        found = self._known[key]
        if found is None:
            missing.add(key)
        return found or value

    def _looked_up(self, kind: str, value: str, country: str) -> str | None:
        """A name, or its parts where two stand together: "Myanmar (Burma)", "JNIM: Group for …"."""
        for words in (value, *(part for part in _JOINED.split(value) if part)):
            if kind == "country":
                known = countries()[words]
            else:
                actor = self._registry.resolve(words, country or None)
                known = actor.name if actor else None
            if known:
                return known
        return None

    def _areas(self, first: str, second: str, country: str) -> tuple[str, str, tuple[Key, ...]]:
        """Today's province and district for those that a table names."""
        key = (first, second, country)
        if key not in self._divisions:
            self._divisions[key] = self._division(*key)
        return self._divisions[key]

    def _division(self, first: str, second: str, country: str) -> tuple[str, str, tuple[Key, ...]]:
        missing: list[Key] = []
        district = province = None
        if second:
            district = self._place(second, first, country, LocationPrecision.DISTRICT)
            if district is None:
                missing.append(("admin2", second, country))
        held_by = district.admin1 if district and district.admin1 else ""
        if first and not held_by:
            province = self._place(first, "", country, LocationPrecision.PROVINCE)
            if province is None:
                missing.append(("admin1", first, country))
        own = held_by or (province.name if province else first)
        return own, district.name if district else second, tuple(missing)

    def _place(
        self, name: str, admin1: str, country: str, precision: LocationPrecision
    ) -> Place | None:
        order = "district" if precision is LocationPrecision.DISTRICT else "province"
        for words in (name, f"{name} {order}"):
            query = PlaceQuery(text=words, admin1=admin1 or None, country=country or None)
            best = self._geocoder.geocode(query, limit=1).best
            if best is not None and best.location_precision is precision:
                return best.place
        return None

    def _placed(self, incident: Incident) -> Incident:
        """Ask the geocoder for a point that is missing; question one outside its country."""
        if incident.latitude is None or incident.longitude is None:
            return self._located(incident)
        if incident.country and self._check.outside(
            incident.latitude, incident.longitude, incident.country
        ):
            self.outside += 1
            return replace(incident, tags=(*incident.tags, OUTSIDE_COUNTRY))
        return incident

    def _located(self, incident: Incident) -> Incident:
        place, admin2, admin1 = incident.place or "", incident.admin2 or "", incident.admin1 or ""
        key = (place, admin2, admin1, incident.country or "")
        if key not in self._points:
            self._points[key] = self._asked(*key)
        best = self._points[key]
        if best is None or best.latitude is None:
            self.not_located += 1
            return incident
        self.geocoded += 1
        return replace(
            incident,
            latitude=best.latitude,
            longitude=best.longitude,
            location_precision=best.location_precision,
            tags=(*incident.tags, GEOCODED),
        )

    def _asked(self, place: str, admin2: str, admin1: str, country: str) -> Candidate | None:
        words = place or admin2 or admin1
        if not words:
            return None
        query = PlaceQuery(
            text=words,
            admin2=admin2 if place and admin2 else None,
            admin1=admin1 if words != admin1 and admin1 else None,
            country=country or None,
        )
        return self._geocoder.geocode(query, limit=1).best

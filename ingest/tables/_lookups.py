"""What the names of a table mean: looked up once each, because a table repeats a few thousand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.country_names import country_in_cell
from geodata.place import PlaceQuery
from geodata.precision import LocationPrecision

if TYPE_CHECKING:
    from geodata.actors import ActorRegistry
    from geodata.datasets import ValueDecision
    from geodata.place import Candidate, Geocoder, Place

Key = tuple[str, str, str]
"""Kind of a value (``actor``, ``country``, ``admin1``, ``admin2``), the value, its country."""

_JOINED = re.compile(r"\s+\(|\)|\s+[-–:/]\s+|:\s+")


@dataclass(frozen=True, slots=True)
class Division:
    """Province and district as today's map names them, and where the district (or else the
    province) is: degrees, None where the gazetteer does not know it, and its country."""

    admin1: str
    admin2: str
    latitude: float | None = None
    longitude: float | None = None
    country: str = ""
    unknown: tuple[Key, ...] = ()


class Lookups:
    """Names by the analyst's decisions first, then by the registry and the gazetteer."""

    def __init__(
        self, registry: ActorRegistry, geocoder: Geocoder, decisions: Iterable[ValueDecision] = ()
    ) -> None:
        self._registry = registry
        self._geocoder = geocoder
        self._decided = {(one.kind, one.value, one.context): one.meaning for one in decisions}
        self._known: dict[Key, str | None] = {}
        self._divisions: dict[tuple[str, str, str], Division] = {}
        self._points: dict[tuple[str, str, str, str], Candidate | None] = {}

    def decided(self, kind: str, value: str, country: str = "") -> str | None:
        """Give what an analyst decided that a name means: the name itself for "as written"."""
        for context in (country, ""):
            meaning = self._decided.get((kind, value, context))
            if meaning is not None:
                return meaning or value
        return None

    def name(self, kind: str, value: str, country: str = "") -> str | None:
        """Give the name of an actor or a country as we write it; None for one we do not know."""
        key = (kind, value, country)
        if key not in self._known:
            self._known[key] = self.decided(*key) or self._looked_up(*key)
        return self._known[key]

    def _looked_up(self, kind: str, value: str, country: str) -> str | None:
        """A name, or its parts where two stand together: "Myanmar (Burma)", "JNIM: Group for …"."""
        for words in (value, *(part for part in _JOINED.split(value) if part)):
            if kind == "country":
                known = country_in_cell(words)
            else:
                actor = self._registry.resolve(words, country or None)
                known = actor.name if actor else None
            if known:
                return known
        return None

    def division(self, admin1: str, admin2: str, country: str) -> Division:
        """Give today's province and district for those that a table names."""
        key = (admin1, admin2, country)
        if key not in self._divisions:
            self._divisions[key] = self._division(*key)
        return self._divisions[key]

    def _division(self, first: str, second: str, country: str) -> Division:
        unknown: list[Key] = []
        own1, own2 = self.decided("admin1", first, country), self.decided("admin2", second, country)
        district = province = None
        if second:
            district = self._place(own2 or second, own1 or first, country, district=True)
            if district is None and own2 is None:
                unknown.append(("admin2", second, country))
        held_by = district.admin1 if district and district.admin1 else ""
        if first and not held_by:
            province = self._place(own1 or first, "", country, district=False)
            if province is None and own1 is None:
                unknown.append(("admin1", first, country))
        centre = district or province
        return Division(
            own1 or held_by or (province.name if province else first),
            own2 or (district.name if district else second),
            centre.latitude if centre else None,
            centre.longitude if centre else None,
            (country_in_cell(centre.country) or "") if centre else "",
            tuple(unknown),
        )

    def _place(self, name: str, admin1: str, country: str, *, district: bool) -> Place | None:
        wanted = LocationPrecision.DISTRICT if district else LocationPrecision.PROVINCE
        for words in (name, f"{name} {'district' if district else 'province'}"):
            query = PlaceQuery(text=words, admin1=admin1 or None, country=country or None)
            best = self._geocoder.geocode(query, limit=1).best
            if best is not None and best.location_precision is wanted:
                return best.place
        return None

    def point(self, place: str, admin2: str, admin1: str, country: str) -> Candidate | None:
        """Ask the geocoder where a row without coordinates happened; None where it is not sure."""
        key = (place, admin2, admin1, country)
        if key not in self._points:
            self._points[key] = self._asked(*key)
        return self._points[key]

    def home(self, asked: Iterable[tuple[str, ...]]) -> str:
        """Give the country of most places that are found for rows without one; else nothing."""
        found: Counter[str] = Counter()
        for place, admin2, admin1, country in asked:
            if not country and (best := self.point(place, admin2, admin1, country)):
                found[best.place.country] += 1
        most = found.most_common(1)
        return most[0][0] if most and most[0][1] > 0.6 * found.total() else ""

    def point_at_home(self, asked: tuple[str, ...], home: str) -> Candidate | None:
        """Ask for a point; a row without a country is sought first where most others are."""
        place, admin2, admin1, country = asked
        best = self.point(place, admin2, admin1, country)
        if country or not home or (best is not None and best.place.country == home):
            return best
        return self.point(place, admin2, admin1, home) or best

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
        best = self._geocoder.geocode(query, limit=1).best
        return best if best is not None and best.latitude is not None else None

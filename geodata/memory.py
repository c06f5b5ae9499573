"""What a project remembers of places: a phrase as reports write it, and what an analyst chose.

Nothing is overwritten: a choice that is changed or forgotten ends, with who ended it and when,
and stays to be read and brought back.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import datetime

from geodata._fold import fold
from geodata.errors import InputError
from geodata.precision import RADIUS_KM, LocationPrecision

METHOD = "project memory"
"""Gazetteer that the claims of an incident name where a remembered place was used."""
MAX_ALIAS = 300
"""Longest phrase remembered, in characters; a longer one is no name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMemory:
    """One choice: `alias` in a context means this place, or is to be left off the map.

    `in_country`, `in_admin1`, `in_admin2` are the context that the choice was made in; empty
    means any. The place chosen has WGS 84 degrees; without them the phrase is left off the map
    (`placed` is False). `ended` is set when the choice was changed or forgotten.
    """

    memory_id: str
    alias: str
    in_country: str = ""
    in_admin1: str = ""
    in_admin2: str = ""
    name: str = ""
    place_id: str = ""
    latitude: float | None = None
    longitude: float | None = None
    location_precision: LocationPrecision = LocationPrecision.UNKNOWN
    radius_km: float | None = None
    country: str = ""
    admin1: str = ""
    admin2: str = ""
    source: str = ""
    who: str = ""
    when: datetime | None = None
    why: str = ""
    ended: datetime | None = None
    ended_by: str = ""

    @property
    def placed(self) -> bool:
        """Whether the phrase goes on the map."""
        return self.latitude is not None

    @property
    def radius(self) -> float:
        """Kilometres within which the truth lies: as chosen, else that of its class."""
        return self.radius_km or RADIUS_KM.get(self.location_precision) or 0.0

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What two choices that answer the same question share."""
        return (
            fold_name(self.alias),
            fold_country(self.in_country),
            fold_name(self.in_admin1),
            fold_name(self.in_admin2),
        )


def fold_name(text: str) -> str:
    """Fold a phrase or a name so that case, accents and spaces make no difference."""
    return " ".join(fold(text).split()).strip(" .,;:")


def fold_country(text: str) -> str:
    """Fold a country so that its code and its names are one."""
    from geodata.countries import countries

    text = " ".join(text.split())
    known = countries()[text] or (countries()[text.upper()] if len(text) == 2 else None)
    return fold_name(known or text)


def checked(memory: PlaceMemory) -> PlaceMemory:
    """Give a choice that may be kept, its words without line breaks.

    Raises
    ------
    InputError
        One line: what is missing or cannot be.
    """
    alias = " ".join(memory.alias.split())
    if not fold_name(alias):
        raise InputError(f"place {memory.alias!r} is no name; give the words of the report")
    if len(alias) > MAX_ALIAS:
        raise InputError(f"place {alias[:40]!r}… is longer than {MAX_ALIAS} characters; shorten it")
    if not memory.who.strip():
        raise InputError("a remembered place needs the name of who chose it")
    if (memory.latitude is None) != (memory.longitude is None):
        raise InputError(f"place {alias!r}: give latitude and longitude, or neither")
    for name, limit in (("latitude", 90.0), ("longitude", 180.0)):
        value = getattr(memory, name)
        if value is not None and not (math.isfinite(value) and abs(value) <= limit):
            raise InputError(f"place {alias!r}: {name} {value!r} lies outside ±{limit:g} degrees")
    radius = memory.radius_km
    if radius is not None and not (math.isfinite(radius) and 0 < radius <= 20_000):
        raise InputError(f"place {alias!r}: a radius of {radius!r} km cannot be; leave it out")
    if memory.placed and memory.location_precision is LocationPrecision.UNKNOWN:
        raise InputError(f"place {alias!r}: say how exactly the point is known")
    return replace(memory, alias=alias)

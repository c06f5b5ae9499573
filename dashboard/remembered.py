"""Places that an analyst corrected, kept for the project; and the rows of the page Places.

Pure functions: what to remember of a correction, and what the page shows of what is remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard._add_state import PLACE_FIELDS, divisions_at
from dashboard.wording import count_words
from geodata.filters import spoken_date
from geodata.incident import Incident
from geodata.memory import PlaceMemory, fold_name
from geodata.precision import LOCATION_WORDS

if TYPE_CHECKING:
    from geodata.incident import Json
    from geodata.store import Store

WHY = "chosen while correcting an incident"
NOT_USED = "not yet"
_MOVED = frozenset(PLACE_FIELDS) - {"place"}


def place_changed(edits: Mapping[str, Json]) -> bool:
    """Whether edits put an incident somewhere else than it was read to be."""
    return bool(_MOVED & edits.keys())


def memory_of(
    read: Incident, now: Incident, *, phrase: str, who: str, why: str = WHY
) -> PlaceMemory | None:
    """Give what to remember of a correction; None where the report named no place.

    The `phrase` is the report's own. It counts in the country of the place chosen, and in its
    province and the report's district where the report's province was the same; a phrase left off
    the map, where it was read to be.
    """
    alias = " ".join(phrase.split())
    if not fold_name(alias) or as_placed(read) == as_placed(now):
        return None
    placed = now.latitude is not None
    home = now if placed else read
    same_province = home.admin1 is not None and home.admin1 == read.admin1
    return PlaceMemory(
        memory_id="",
        alias=alias,
        in_country=home.country or "",
        in_admin1=(home.admin1 or "") if same_province else "",
        in_admin2=(read.admin2 or "") if same_province else "",
        name=(now.place or alias) if placed else "",
        latitude=now.latitude,
        longitude=now.longitude,
        location_precision=now.location_precision,
        country=(now.country or "") if placed else "",
        admin1=(now.admin1 or "") if placed else "",
        admin2=(now.admin2 or "") if placed else "",
        source="analyst",
        who=who,
        why=why,
    )


def as_placed(incident: Incident) -> tuple[object, ...]:
    """Where an incident lies, without the words for it."""
    return tuple(getattr(incident, name) for name in PLACE_FIELDS if name != "place")


def remember(store: Store, memories: Iterable[PlaceMemory | None]) -> list[PlaceMemory]:
    """Keep what there is to remember; inside ``store.atomic()``."""
    return [store.remember_place(memory) for memory in memories if memory is not None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One remembered place in words."""

    memory: PlaceMemory
    words: str
    context: str
    place: str
    precision: str
    chosen: str
    used: str


def rows_of(
    memories: Sequence[PlaceMemory], uses: Mapping[str, int], search: str = ""
) -> list[Row]:
    """Rows of the page Places: those whose words, context or place hold what is searched for."""
    wanted = fold_name(search)
    rows = [_row(memory, uses.get(memory.memory_id, 0)) for memory in memories]
    return [row for row in rows if wanted in fold_name(f"{row.words} {row.context} {row.place}")]


def _row(memory: PlaceMemory, used: int) -> Row:
    inside = [memory.in_admin2, memory.in_admin1, memory.in_country]
    place = [memory.name, memory.admin2, memory.admin1, memory.country]
    day = f", {spoken_date(memory.when.date())}" if memory.when else ""
    return Row(
        memory=memory,
        words=memory.alias,
        context=", ".join(part for part in inside if part) or "anywhere",
        place=", ".join(dict.fromkeys(part for part in place if part))
        if memory.placed
        else "left off the map",
        precision=LOCATION_WORDS[memory.location_precision] if memory.placed else "",
        chosen=f"{memory.who}{day}",
        used=count_words(used, "incident") if used else NOT_USED,
    )


def remembered_words(memory: PlaceMemory) -> str:
    """Say after a save what the project remembers from now on."""
    row = _row(memory, 0)
    where = "" if row.context == "anywhere" else f" in {row.context}"
    return f"Remembered for this project: “{row.words}”{where} is {row.place}."


def meaning_words(row: Row) -> str:
    """Say what remembered words stand for."""
    verb = "means" if row.memory.placed else "is"
    return f"“{row.words}” {verb} {row.place}"


def moved(memory: PlaceMemory, latitude: float, longitude: float) -> PlaceMemory:
    """Put a choice at another point, and name the divisions that this one lies in."""
    if (latitude, longitude) == (memory.latitude, memory.longitude):
        return memory
    divisions = divisions_at(incident_of(memory), latitude, longitude)
    return replace(
        memory,
        latitude=latitude,
        longitude=longitude,
        radius_km=None,
        country=str(divisions["country"] or ""),
        admin1=str(divisions["admin1"] or ""),
        admin2=str(divisions["admin2"] or ""),
    )


def incident_of(memory: PlaceMemory) -> Incident:
    """Give a remembered place the shape that the small map draws."""
    return Incident(
        incident_id=memory.memory_id,
        place=memory.name or memory.alias,
        admin2=memory.admin2 or None,
        admin1=memory.admin1 or None,
        country=memory.country or None,
        latitude=memory.latitude,
        longitude=memory.longitude,
        location_precision=memory.location_precision,
    )

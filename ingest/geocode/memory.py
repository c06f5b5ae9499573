"""A geocoder that knows what the project's analysts chose before, in front of another one.

A choice answers a phrase when its context agrees with the query's; the closest context wins, and
two that fit equally well answer nothing. "near X", "30 km south of X" and "X area" start from
the remembered point of X.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock
from typing import Protocol

from geodata.filters import spoken_date
from geodata.gazetteer.divisions import KIND_SETTLEMENT
from geodata.memory import METHOD, PlaceMemory, fold_country, fold_name
from geodata.place import Candidate, Geocoder, Outcome, Place, PlaceQuery, Reason, Resolution
from geodata.precision import RADIUS_KM, LocationPrecision
from ingest.geocode.phrase import Phrase, Relation, parse
from ingest.geocode.points import destination, precision_for

_FINE = frozenset({LocationPrecision.SITE, LocationPrecision.SETTLEMENT})
_FEATURES = {
    LocationPrecision.SETTLEMENT: ("P", "PPL"),
    LocationPrecision.DISTRICT: ("A", "ADM2"),
    LocationPrecision.PROVINCE: ("A", "ADM1"),
    LocationPrecision.COUNTRY: ("A", "PCLI"),
}
"""GeoNames codes of what was chosen, as far as its class tells."""
_LEVELS = ("country", "admin1", "admin2")


class Memories(Protocol):
    """Where choices come from: a `Store`, or a fixed list of them."""

    def revision(self) -> int:
        """Give a number that differs after any change."""
        ...

    def place_memories(self) -> list[PlaceMemory]:
        """Choices in force."""
        ...


@dataclass(frozen=True, slots=True)
class FixedMemories:
    """Choices as they stood once, for a process that has no store of its own."""

    choices: tuple[PlaceMemory, ...]

    def revision(self) -> int:
        """Nothing changes."""
        return 0

    def place_memories(self) -> list[PlaceMemory]:
        """Choices in force."""
        return list(self.choices)


@dataclass(frozen=True, slots=True)
class Asked:
    """The context of a query, folded; empty where nothing was said."""

    country: str
    admin1: str
    admin2: str
    holders: tuple[str, ...] = ()  # names that the phrase itself says hold the place


class MemoryGeocoder:
    """Answers from the project's choices, else from `inner`. Threads may share it."""

    def __init__(self, inner: Geocoder, memories: Memories) -> None:
        self.inner = inner
        self._memories = memories
        self._lock = Lock()
        self._state: tuple[int, dict[str, tuple[PlaceMemory, ...]]] | None = None
        self._parse = _parser({})
        self._same_place = lru_cache(maxsize=4096)(self._ask_whether_same)

    def geocode(self, query: PlaceQuery, *, limit: int = 5) -> Resolution:
        """Rank the places that a phrase may mean, the remembered one first."""
        known = self._known()
        if not known:
            return self.inner.geocode(query, limit=limit)
        found = self._find(query, known)
        answer = self.inner.geocode(query, limit=limit)
        return answer if found is None else _answer(query, *found, answer, limit)

    def _known(self) -> dict[str, tuple[PlaceMemory, ...]]:
        revision = self._memories.revision()
        state = self._state
        if state is None or state[0] != revision:
            with self._lock:
                by_alias: dict[str, tuple[PlaceMemory, ...]] = {}
                for memory in self._memories.place_memories():
                    alias = fold_name(memory.alias)
                    by_alias[alias] = (*by_alias.get(alias, ()), memory)
                self._parse = _parser(by_alias)
                # Read after the number: a change in between is only read once more.
                state = self._state = (revision, by_alias)
        return state[1]

    def _find(
        self, query: PlaceQuery, known: dict[str, tuple[PlaceMemory, ...]]
    ) -> tuple[PlaceMemory, Phrase | None] | None:
        asked = Asked(
            fold_country(query.country or query.outlet_country or ""),
            fold_name(query.admin1 or ""),
            fold_name(query.admin2 or ""),
        )
        whole = known.get(fold_name(query.text))
        if whole:
            best = self.best(whole, asked)
            return (best, None) if best else None
        phrase = self._parse(query.text)
        named = _aliases(phrase, known)
        if not named:
            return None
        holders = tuple(fold_name(part.name) for part in phrase.containers)
        best = self.best(named, replace(asked, holders=holders))
        return (best, phrase) if best and best.placed else None

    def best(self, memories: Sequence[PlaceMemory], asked: Asked) -> PlaceMemory | None:
        """Choose the memory whose context agrees most closely; None where none or several do."""
        fitting = [(rank, m) for m in memories if (rank := self.agreement(m, asked)) is not None]
        if not fitting:
            return None
        top = max(rank for rank, _ in fitting)
        first, *others = (m for rank, m in fitting if rank == top)
        same = all((m.latitude, m.longitude) == (first.latitude, first.longitude) for m in others)
        return first if same else None

    def agreement(self, memory: PlaceMemory, asked: Asked) -> int | None:
        """Levels of context in which memory and query agree; None where they contradict.

        A level that the memory was made in must not differ from the query's; a query may name the
        district of the place chosen instead of the one it was chosen in. A level that it was not
        made in must not contradict the place chosen. What the query leaves out agrees.
        """
        country = fold_country(memory.country)
        of_choice = {"country": country} | {
            level: fold_name(getattr(memory, level)) for level in _LEVELS[1:]
        }
        around = {*of_choice.values(), fold_name(memory.name)} - {""}
        rank = 0
        for level in _LEVELS:
            said = getattr(asked, level)
            own = getattr(memory, f"in_{level}")
            own = fold_country(own) if level == "country" else fold_name(own)
            if not said:
                continue
            if own:
                # What is told as a province may be a country or a district in other words.
                if self._same(said, own, memory, level):
                    rank += 1
                elif level != "admin2" or not self._same(said, of_choice[level], memory, level):
                    return None
            elif of_choice[level] and not self._among(said, around, memory, level):
                return None
        inside = around | {fold_name(memory.in_admin1), fold_name(memory.in_admin2)}
        inside.add(fold_country(memory.in_country))
        ok = all(self._among(name, inside - {""}, memory, "admin1") for name in asked.holders)
        return rank if ok else None

    def _among(self, said: str, names: set[str], memory: PlaceMemory, level: str) -> bool:
        return said in names or any(self._same(said, n, memory, level) for n in names)

    def _same(self, said: str, own: str, memory: PlaceMemory, level: str) -> bool:
        if said == own or fold_country(said) == own:
            return True
        if level == "country":
            return False
        return self._same_place(said, own, memory.country or memory.in_country, level)

    def _ask_whether_same(self, said: str, own: str, country: str, level: str) -> bool:
        """Whether two spellings name one division, by the gazetteer behind."""
        word = "province" if level == "admin1" else "district"
        pair = []
        for name in (said, own):
            query = PlaceQuery(text=f"{name} {word}", country=country or None)
            best = self.inner.geocode(query, limit=1).best
            # A phrase that is only placed in its country says nothing of the division.
            if best is None or best.location_precision is LocationPrecision.COUNTRY:
                return False
            pair.append(best.place.place_id)
        return pair[0] == pair[1]


def _parser(known: dict[str, tuple[PlaceMemory, ...]]) -> Callable[[str], Phrase]:
    return lru_cache(maxsize=4096)(lambda text: parse(text, lambda part: fold_name(part) in known))


def _aliases(phrase: Phrase, known: dict[str, tuple[PlaceMemory, ...]]) -> tuple[PlaceMemory, ...]:
    """Choices for the name that a phrase turns on."""
    main = phrase.main
    if phrase.relation is Relation.BETWEEN:
        return ()
    whole = known.get(fold_name(main.full))
    if whole:
        return whole
    if main.kinds and KIND_SETTLEMENT not in main.kinds:
        return ()  # "Mastung district" is not what was chosen for "Mastung"
    return known.get(fold_name(main.name), ())


def _answer(
    query: PlaceQuery, memory: PlaceMemory, phrase: Phrase | None, behind: Resolution, limit: int
) -> Resolution:
    words = chosen_words(memory)
    if not memory.placed:
        return Resolution(
            query=query,
            outcome=Outcome.DECLINED,
            candidates=behind.candidates[:limit],
            gazetteer=METHOD,
            note=words,
        )
    chosen = _candidate(memory, phrase, words)
    rest = tuple(c for c in behind.candidates if c.place.place_id != memory.place_id)
    return Resolution(
        query=query,
        outcome=Outcome.FOUND,
        candidates=(chosen, *rest)[:limit],
        gazetteer=METHOD,
        note=words,
    )


def chosen_words(memory: PlaceMemory) -> str:
    """Say who chose, when and why: "chosen by Ann on 3 Mar 2026: named in the court file"."""
    how = "chosen" if memory.placed else "left off the map"
    day = f" on {spoken_date(memory.when.date())}" if memory.when else ""
    why = f": {memory.why}" if memory.why else ""
    return f"{how} by {memory.who}{day}{why}"


def _candidate(memory: PlaceMemory, phrase: Phrase | None, words: str) -> Candidate:
    from geodata.countries import countries

    latitude, longitude, precision, radius = _spot(memory, phrase)
    feature = _FEATURES.get(memory.location_precision, ("", ""))
    place = Place(
        # Its own id, by which uses are counted; that of the gazetteer stays in the memory.
        place_id=f"memory:{memory.memory_id}",
        name=memory.name or memory.alias,
        feature_class=feature[0],
        feature_code=feature[1],
        country=countries().code_of(memory.country) or "",
        country_name=memory.country,
        admin1=memory.admin1 or None,
        admin2=memory.admin2 or None,
        latitude=memory.latitude,
        longitude=memory.longitude,
        source=memory.source or METHOD,
    )
    return Candidate(
        place=place,
        latitude=latitude,
        longitude=longitude,
        location_precision=precision,
        radius_km=radius,
        score=1.0,
        matched_name=memory.alias,
        reasons=(Reason("memory", 1.0, words),),
    )


def _spot(
    memory: PlaceMemory, phrase: Phrase | None
) -> tuple[float | None, float | None, LocationPrecision, float]:
    """Point, class and radius: as chosen, or moved by what the phrase says of it."""
    latitude, longitude = memory.latitude, memory.longitude
    as_chosen = latitude, longitude, memory.location_precision, memory.radius
    if phrase is None or latitude is None or longitude is None:
        return as_chosen
    if memory.location_precision not in {*_FINE, LocationPrecision.NEAR}:
        return as_chosen  # "near" a district says no more than the district
    if phrase.relation is Relation.OFFSET:
        km = phrase.distance_km or 0.0
        if phrase.bearing is None:
            radius = max(km, memory.radius)
            return latitude, longitude, precision_for(radius), radius
        radius = round(max(memory.radius, RADIUS_KM[LocationPrecision.SETTLEMENT], 0.4 * km), 1)
        moved = destination((latitude, longitude), phrase.bearing, km)
        return *moved, precision_for(radius), radius
    if phrase.relation is Relation.NEAR or phrase.main.part:
        radius = max(memory.radius, RADIUS_KM[LocationPrecision.NEAR])
        return latitude, longitude, LocationPrecision.NEAR, radius
    return as_chosen

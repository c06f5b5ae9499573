"""Read the hints of a query: its fields, the containers its phrase names, the story around it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from geodata.gazetteer.abbreviations import spelled_out
from geodata.gazetteer.divisions import KIND_ADMIN1, KIND_ADMIN2
from geodata.gazetteer.lookup import Entry, Gazetteer
from geodata.gazetteer.names import core_fold, fold, without_article
from geodata.place import PlaceQuery
from ingest.geocode.context import Context, Hint
from ingest.geocode.fuzzy import NearNames
from ingest.geocode.phrase import Phrase, Segment
from ingest.geocode.points import point_of
from ingest.geocode.scoring import prominence

HINT_ACCEPT = 86.0
"""Similarity that suffices for a division named in a hint: there are few in a country."""
_MOST_STORY_PLACES = 8
_MOST_MEANINGS = 400
_LEVELS = {"country": 0, "admin1": 1, "admin2": 2, "settlement": 3, "other": 3}
_NO_LEVEL = 9
RELATED = {
    "IL": ("PS",), "PS": ("IL",), "SD": ("SS",), "ET": ("ER",), "ID": ("TL",), "MA": ("EH",),
    "RS": ("XK", "ME", "BA", "HR"), "CN": ("TW", "HK"), "CY": ("TR",),
}  # fmt: skip
"""What a country's name also stands for: land it holds or held, by which data sets go."""


class HintReader:
    """Turns the hints of queries into a `Context`; remembers what each hint means."""

    def __init__(self, gazetteer: Gazetteer, near: NearNames) -> None:
        self._gazetteer = gazetteer
        self._near = near
        self._meanings = lru_cache(maxsize=20_000)(self._read_meanings)
        self._country = lru_cache(maxsize=2_000)(gazetteer.country)
        self._explicit = lru_cache(maxsize=4_000)(self._read_explicit)

    def context(self, query: PlaceQuery, phrase: Phrase) -> Context:
        """Gather the hints of a query and of its phrase."""
        told = self._explicit(query.country, query.admin1, query.admin2, phrase.containers)
        outlet = self._country(query.outlet_country) if query.outlet_country else None
        story = self._story(query.near, told.countries) if query.near else []
        if not story and not outlet:
            return told
        return Context(
            hints=told.hints,
            countries=told.countries,
            story=tuple(point for entry in story if (point := point_of(entry)) is not None),
            story_countries=frozenset(entry.country for entry in story) - {""},
            outlet_countries=frozenset([outlet] if outlet else []),
            unknown=told.unknown,
        )

    def _read_explicit(
        self,
        country_said: str | None,
        admin1: str | None,
        admin2: str | None,
        containers: tuple[Segment, ...],
    ) -> Context:
        """Read the hints that a query and its phrase give in words, without the story's."""
        country = self._country(country_said) if country_said else None
        unknown = [country_said] if country_said and country is None else []
        segments = [*containers]
        if admin2:
            segments.append(_field(admin2, KIND_ADMIN2))
        if admin1:
            segments.append(_field(admin1, KIND_ADMIN1))
        hints = []
        for segment in segments:
            entries = self._meanings(segment, country)
            for other in () if entries else RELATED.get(country or "", ()):
                entries = entries or self._meanings(segment, other)
            if entries:
                hints.append(Hint.of(segment.full, entries))
            else:
                unknown.append(segment.full)
        countries = {country, *RELATED.get(country, ())} if country else _countries_of(hints)
        meant = [self._gazetteer.country_entry(code) for code in sorted(countries)]
        entry = self._gazetteer.country_entry(country) if country else None
        if entry is not None:
            others = tuple(other for other in meant if other is not None and other.id != entry.id)
            hints.append(Hint.of(entry.name, (entry, *others)))
        return Context(
            hints=_agreeing(hints), countries=frozenset(countries), unknown=tuple(unknown)
        )

    def _story(self, names: Sequence[str], countries: frozenset[str]) -> list[Entry]:
        """Best-known bearers of the other names of the story."""
        story = []
        for name in names[:_MOST_STORY_PLACES]:
            entries: Sequence[Entry] = self._gazetteer.lookup_fold(fold(name))
            if countries:
                entries = [entry for entry in entries if entry.country in countries]
            if entries:
                story.append(max(entries, key=prominence))
        return story

    def _read_meanings(self, segment: Segment, country: str | None) -> tuple[Entry, ...]:
        """Entries that a hint may mean, best first: divisions before towns."""
        found: list[Entry] = []
        for spelling in (segment.full, segment.name):
            key = fold(spelling)
            for form in (key, core_fold(key)[0], without_article(core_fold(key)[0])):
                found = found or self._lookup(form, country)
        for name, home in spelled_out(segment.full):
            found = [*self._lookup(fold(name), country or home), *found]
        if not found and country:
            key = core_fold(fold(segment.name))[0]
            found = [
                entry
                for entry, _, likeness in self._near.in_country(key, country)
                if likeness >= HINT_ACCEPT and entry.fclass == "A"
            ][:1]
        wanted = [entry for entry in found if entry.kind in segment.kinds[:1]] or [
            entry for entry in found if entry.kind in segment.kinds
        ]
        return tuple((wanted or found)[:_MOST_MEANINGS])

    def _lookup(self, key: str, country: str | None) -> list[Entry]:
        entries = (
            self._gazetteer.lookup_in(key, country) if country else self._gazetteer.lookup_fold(key)
        )
        return sorted(entries, key=lambda entry: (_LEVELS.get(entry.kind, _NO_LEVEL), entry.rank))


def _field(words: str, kind: str) -> Segment:
    other = KIND_ADMIN1 if kind == KIND_ADMIN2 else KIND_ADMIN2
    full = " ".join(words.split())
    return Segment(full=full, name=full, kinds=(kind, other))


def _countries_of(hints: list[Hint]) -> set[str]:
    """Country that every hint allows, where there is just one; else none is implied."""
    allowed: set[str] | None = None
    for hint in hints:
        here = {entry.country for entry in hint.entries}
        allowed = here if allowed is None else (allowed & here or allowed)
    return allowed if allowed and len(allowed) == 1 else set()


def _agreeing(hints: list[Hint]) -> tuple[Hint, ...]:
    """Drop the meanings of a hint that no other hint agrees with, where some do."""
    result = []
    for hint in hints:
        others = [other for other in hints if other is not hint]
        kept = [
            entry
            for entry in hint.entries
            if any(other.agreement(entry) > 0 for other in others if other.level <= hint.level)
        ]
        result.append(Hint(hint.words, tuple(kept), hint.weight, hint.level) if kept else hint)
    return tuple(result)

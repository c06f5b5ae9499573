"""Which entries bear the name of a segment: exactly, in part, or nearly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from geodata.gazetteer._cache import EntryCache
from geodata.gazetteer._scripts import transliterated
from geodata.gazetteer.abbreviations import spelled_out
from geodata.gazetteer.divisions import KIND_ADMIN1, KIND_ADMIN2
from geodata.gazetteer.finder import is_common_word
from geodata.gazetteer.lookup import CACHED_ENTRIES, Entry, Gazetteer
from geodata.gazetteer.names import NOT_ALONE, core_fold, fold, without_article
from ingest.geocode.context import Context, Hint
from ingest.geocode.fuzzy import NearNames
from ingest.geocode.phrase import Segment
from ingest.geocode.scoring import Match

_MOST_COUNTRIES = 3
_MOST_DIVISIONS = 2
_SHORTEST_FUZZY = 4
_SHORTEST_PART = 4
_EITHER = re.compile(r"\s*/\s*|\s+-\s+|\s*&\s*|\s+(?:or|and|also|aka|alias)\s+", re.IGNORECASE)


class NameMatcher:
    """Looks the names of segments up; keeps no state but caches."""

    def __init__(self, gazetteer: Gazetteer, near: NearNames) -> None:
        self._gazetteer = gazetteer
        self._near = near
        self._exact = EntryCache(self._read_exact, CACHED_ENTRIES // 4)

    def exact(self, segment: Segment, context: Context) -> list[Match]:
        """Bearers of the whole name and of the name without its kind words."""
        found = self._exact((segment.full, segment.name, context.countries))
        return [Match(entry, spelling, 100.0) for entry, spelling in found]

    def _read_exact(self, asked: tuple[str, str, frozenset[str]]) -> tuple[tuple[Entry, str], ...]:
        full, name, countries = asked
        found: dict[int, tuple[Entry, str]] = {}
        for spelling in dict.fromkeys((full, name)):
            for entry in self._bearers(spelling, countries):
                known = found.get(entry.id)
                if known is None or entry.rank < known[0].rank:
                    found[entry.id] = (entry, spelling)
        if found:
            return tuple(found.values())
        first, _, rest = name.partition(" ")
        if fold(first) in NOT_ALONE and rest:  # "Upper Orakzai": a part of a known division
            parts = self._bearers(rest, countries)
            return tuple((entry, rest) for entry in parts if entry.fclass == "A")
        return ()

    def parts(self, segment: Segment, context: Context) -> list[Match]:
        """Bearers of a part of the name: "Tata Pani/Hot Spring", "Ningolai Kabal".

        A half that a stroke or "and" sets off counts anywhere; any other part only inside the
        hinted district, where there are few names to be taken for another.
        """
        for piece in _EITHER.split(segment.name):
            if piece != segment.name and _may_stand_alone(piece):
                found = self._bearers(piece, context.countries)
                if found:
                    return [Match(entry, piece, 100.0, part=True) for entry in found]
        hint = context.finest
        if hint is None or hint.level < 2:
            return []
        for piece in _runs(segment.name):
            inside = [
                entry
                for entry in self._bearers(piece, context.countries)
                if hint.agreement(entry) == 1.0
            ]
            if inside:
                return [Match(entry, piece, 100.0, part=True) for entry in inside]
        return []

    def near_in_divisions(self, segment: Segment, hint: Hint) -> list[Match]:
        """Near spellings inside the divisions that a hint means."""
        key = _fuzzy_key(segment)
        if len(key) < _SHORTEST_FUZZY:
            return []
        return [
            Match(entry, spelling, min(likeness, 99.9))
            for division in hint.entries[:_MOST_DIVISIONS]
            if division.kind in {KIND_ADMIN1, KIND_ADMIN2}
            for entry, spelling, likeness in self._near.in_division(key, division)
        ]

    def near_in_countries(self, segment: Segment, context: Context) -> list[Match]:
        """Near spellings in the countries of the context."""
        countries = context.countries or context.story_countries or context.outlet_countries
        key = _fuzzy_key(segment)
        if len(key) < _SHORTEST_FUZZY:
            return []
        return [
            Match(entry, spelling, min(likeness, 99.9))
            for country in sorted(countries)[:_MOST_COUNTRIES]
            for entry, spelling, likeness in self._near.in_country(key, country)
        ]

    def _bearers(self, spelling: str, countries: frozenset[str]) -> Sequence[Entry]:
        """Bearers of a name in some countries; where there are none, anywhere."""
        key = fold(spelling)
        forms = [key, core_fold(key)[0], without_article(key)]
        forms += [fold(name) for name, _ in spelled_out(spelling)]
        if not key.isascii():  # no such name is known in its own script
            forms.append(fold(transliterated(core_fold(key)[0])))
        forms = list(dict.fromkeys(forms))
        found: Sequence[Entry] = ()
        for form in forms:
            found = found or self._in_countries(form, countries)
        for form in forms:
            found = found or self._gazetteer.lookup_fold(form)
        return (_spelled_so(found, spelling) if spelling.isupper() else ()) or found

    def _in_countries(self, key: str, countries: frozenset[str]) -> Sequence[Entry]:
        return [
            entry
            for country in sorted(countries)
            for entry in self._gazetteer.lookup_in(key, country)
        ]


def _fuzzy_key(segment: Segment) -> str:
    key = core_fold(fold(segment.name))[0]
    return key if key.isascii() else fold(transliterated(key))


def _spelled_so(entries: Sequence[Entry], spelling: str) -> list[Entry]:
    """Entries that bear a name in just these capitals: "US" is no village called Us."""
    bare = spelling.replace(".", "")
    return [entry for entry in entries if {bare, spelling} & set(entry.spellings)]


def _may_stand_alone(piece: str) -> bool:
    key = fold(piece)
    return len(key) >= _SHORTEST_PART and not is_common_word(key) and key not in NOT_ALONE


def _runs(name: str) -> Iterator[str]:
    """Runs of the words of a name, longest first."""
    words = name.split()
    for length in range(len(words) - 1, 0, -1):
        for start in range(len(words) - length + 1):
            piece = " ".join(words[start : start + length])
            if _may_stand_alone(piece):
                yield piece

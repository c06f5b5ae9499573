"""Names that nearly match, within one country.

0.6 x ratio of the names without spaces + 0.4 x ratio of their consonant skeletons: top-1 .845 on
3,000 real spelling variants in ten countries, against .798 for the plain ratio. Only inside a
country: worldwide there is always some village that is spelled more alike.

The gazetteer keeps every name by its consonants, so that only names whose consonants differ by
one letter at most are compared, however many places a country has. Inside a division, which has
few places, every name is compared.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz, process

from geodata.gazetteer._cache import EntryCache
from geodata.gazetteer.divisions import KIND_ADMIN2
from geodata.gazetteer.lookup import CACHED_ENTRIES, Entry, Gazetteer
from geodata.gazetteer.names import core_fold, fold, skeleton

ACCEPT = 92.0
"""At this similarity 2.5 % of matches within a country are false."""
OFFER = 80.0
"""From here on a name is offered to the analyst, not chosen."""

# With both ratios at most 100, a similarity of OFFER needs this much of the first.
_LEAST_RATIO = (OFFER - 40.0) / 0.6
LARGEST_DISTRICT = 3_000
"""Places of a district whose names are all compared, at most."""
_MOST = 60
_LETTERS = "bdfgjklmnprstwaeiouy"
"""Letters of skeletons: consonants that are told apart, and the vowel that may open a name."""
_VOWELS = "aeiouy"
_SHORTEST_EDITED = 3

Near = tuple[Entry, str, float]
"""An entry, the spelling of it that nearly matches, and the similarity (0-100)."""


_WAYS = {
    way: number
    for number, ways in enumerate((
        ("east", "eastern", "est", "este", "timur", "sharqi", "vostochny"),
        ("west", "western", "ouest", "oeste", "barat", "gharbi", "zapadny"),
        ("north", "northern", "nord", "norte", "utara", "shamal", "severny"),
        ("south", "southern", "sud", "sur", "selatan", "janub", "yuzhny"),
        ("upper", "haut", "haute", "alto", "alta"),
        ("lower", "bas", "basse", "bajo", "baja"),
    ))
    for way in ways
}  # fmt: skip


@lru_cache(maxsize=65_536)
def _ways(name: str) -> frozenset[int]:
    return frozenset(_WAYS[word] for word in name.split() if word in _WAYS)


def similarity(a: str, b: str) -> float:
    """Similarity of two folded names, 0 to 100; none where they name two parts of one whole.

    "Eastern Equatoria" is no spelling of "Western Equatoria".
    """
    if (one := _ways(a)) and (two := _ways(b)) and one != two:
        return 0.0
    plain = fuzz.ratio(a.replace(" ", ""), b.replace(" ", ""))
    return 0.6 * plain + 0.4 * fuzz.ratio(skeleton(a), skeleton(b))


@lru_cache(maxsize=4096)
def skeletons_near(key: str) -> tuple[str, ...]:
    """Consonant skeletons that differ from a folded name's by one letter at most."""
    bones = skeleton(key)
    found = {bones}
    if len(bones) >= _SHORTEST_EDITED:
        for place in range(len(bones) + 1):
            head, tail = bones[:place], bones[place:]
            letters = _LETTERS if place == 0 else _LETTERS.rstrip(_VOWELS)
            found.update(head + letter + tail for letter in letters)
            if tail:
                found.add(head + tail[1:])
                found.update(head + letter + tail[1:] for letter in letters)
    return tuple(sorted(found))


class NearNames:
    """Finds entries whose name is similar to a folded one; threads may share it."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._in_country = EntryCache(self._near_in_country, CACHED_ENTRIES // 4)
        self._spelled = EntryCache(self._read_spelled, CACHED_ENTRIES)

    def in_country(self, key: str, country: str) -> tuple[Near, ...]:
        """Entries of a country (ISO alpha-2), most similar first."""
        return self._in_country((key, country))

    def _near_in_country(self, asked: tuple[str, str]) -> tuple[Near, ...]:
        key, country = asked
        keys = self._gazetteer.near(country, skeletons_near(key))
        best: dict[int, Near] = {}
        for other in _similar(key, keys):
            likeness = similarity(key, other)
            if likeness < OFFER:
                continue
            for entry in self._gazetteer.lookup_in(other, country):
                _keep(best, (entry, _spelling(entry, other), likeness))
        return _ranked(best)

    def in_division(self, key: str, division: Entry) -> tuple[Near, ...]:
        """Entries of a first- or second-order division, most similar first."""
        spelled = self._spelled(division) if division.kind == KIND_ADMIN2 else {}
        if not spelled:  # a province, a district that is empty, or one of very many places
            found = self.in_country(key, division.country)
            return tuple(near for near in found if division.id in (near[0].admin1, near[0].admin2))
        best: dict[int, Near] = {}
        for other in _similar(key, spelled):
            likeness = similarity(key, other)
            if likeness >= OFFER:
                for entry in spelled[other]:
                    _keep(best, (entry, _spelling(entry, other), likeness))
        return _ranked(best)

    def _read_spelled(self, division: Entry) -> dict[str, list[Entry]]:
        entries = self._gazetteer.within(
            division.country,
            admin1=division.admin1,
            admin2=division.id,
            most=LARGEST_DISTRICT + 1,
        )
        spelled: dict[str, list[Entry]] = {}
        if len(entries) > LARGEST_DISTRICT:
            return spelled
        for entry in entries:
            for key in {_key(entry, spelling) for spelling in entry.spellings}:
                spelled.setdefault(key, []).append(entry)
        return spelled


def _similar(key: str, keys: Iterable[str]) -> list[str]:
    """Keys that may reach `OFFER`, by the plain ratio."""
    by_letters = {other: other.replace(" ", "") for other in keys}
    rough = process.extract(
        key.replace(" ", ""),
        by_letters,
        scorer=fuzz.ratio,
        processor=None,
        score_cutoff=_LEAST_RATIO,
        limit=_MOST,
    )
    return [other for _, _, other in rough]


def _keep(best: dict[int, Near], near: Near) -> None:
    known = best.get(near[0].id)
    if known is None or near[2] > known[2]:
        best[near[0].id] = near


def _ranked(best: dict[int, Near]) -> tuple[Near, ...]:
    return tuple(sorted(best.values(), key=lambda near: (-near[2], -near[0].population)))


def _key(entry: Entry, spelling: str) -> str:
    key = fold(spelling)
    return core_fold(key)[0] if entry.fclass == "A" else key


def _spelling(entry: Entry, key: str) -> str:
    """How the entry spells a key."""
    return next((name for name in entry.spellings if _key(entry, name) == key), entry.name)

"""How a candidate's score is made: shares that add up, each with its reason in words.

| share | at most | what earns it |
|---|---|---|
| name | .40 | the name itself, a known alias, or a near spelling |
| containment | .35 | lying where the hints say; without hints, being the best-known bearer |
| class | .10 | being the kind of thing the phrase speaks of |
| prominence | .10 | population, or rank as a division |
| story | .05 | lying near the other places of the story |
| rivals | -.20 | other places that fit the hints as well |
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from geodata.gazetteer.lookup import Entry
from geodata.gazetteer.names import core_fold, fold
from geodata.place import Reason
from ingest.geocode.context import Context
from ingest.geocode.points import distance_km

NAME, CONTAINMENT, CLASS, PROMINENCE, STORY, RIVALS = 0.40, 0.35, 0.10, 0.10, 0.05, 0.20
_BY_RANK = {0: (1.0, "the name"), 1: (0.95, "a known spelling of"), 2: (0.95, "the name of"),
            3: (0.85, "perhaps a spelling of")}  # fmt: skip
_PLAIN_CLASS = {"country": 1.0, "admin1": 0.75, "settlement": 1.0, "admin2": 0.7, "other": 0.8}
_PLAIN_SHARE = {kind: round(CLASS * worth, 4) for kind, worth in _PLAIN_CLASS.items()}
_SAME_AREA_KM = 25.0
_MOST_COMPARED = 6
_EQUAL = 0.06
"""Candidates whose scores, prominence aside, differ by less fit the query equally well."""
_PART = 0.75
"""What a part of a name is worth, of the whole."""
_KIND_WORDS = {
    "country": "a country", "admin1": "a province or state", "admin2": "a district",
    "settlement": "a town or village", "other": "a named feature",
}  # fmt: skip
_RANK_OF_DIVISION = {"country": 1.0, "admin1": 0.85, "admin2": 0.5, "other": 0.35}


@dataclass(frozen=True, slots=True)
class Weighing:
    """What the bearers of one name are weighed by, and how many they are."""

    kinds: tuple[str, ...]
    context: Context
    bearers: int


@dataclass(slots=True, eq=False)
class Match:
    """An entry that may be meant, how its name was matched, and its score so far.

    The score is made of bare numbers; only the few matches that are shown give their `reasons`.
    """

    entry: Entry
    matched_name: str
    likeness: float  # 100 for a name that the gazetteer knows
    part: bool = False  # only a part of the name asked for is known
    score: float = 0.0  # sum of the shares, 0 to 1
    name: float = 0.0
    containment: float = 0.0
    fitness: float = 0.0  # being the kind of thing the phrase speaks of
    prominence: float = 0.0
    story: float = 0.0
    rivalry: float = 0.0
    rivals: int = 0  # other places that fit as well
    weighed: Weighing | None = None
    placed: Reason | None = None  # why it stands for a name that is not known

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The shares of the score, each in words."""
        by = self.weighed
        if by is None:
            return ()
        prominent = Reason("prominence", self.prominence, _size(self.entry))
        where = Reason("containment", self.containment, _where(self, by))
        near = Reason("story", self.story, "near other places of the story")
        nearness = (near,) if by.context.nearness(self.entry) else ()
        if self.placed is not None:
            return (self.placed, where, prominent, *nearness)
        fits = Reason("class", self.fitness, _class_words(self.entry.kind, by.kinds))
        named = Reason("name", self.name, _name_words(self))
        reasons = (named, where, fits, prominent, *nearness)
        if not self.rivals:
            return reasons
        words = f"{self.rivals} other place{'s' if self.rivals > 1 else ''} of the name fit as well"
        return (*reasons, Reason("rivals", self.rivalry, words))

    def settle(self) -> None:
        """Sum the shares up."""
        shares = (self.name, self.containment, self.fitness, self.prominence, self.story)
        self.score = round(max(0.0, sum((*shares, self.rivalry))), 4)


def weigh(matches: Sequence[Match], kinds: tuple[str, ...], context: Context) -> None:
    """Give all bearers of a name their shares."""
    by = Weighing(kinds, context, len(matches))
    for match in matches:
        entry = match.entry
        match.weighed = by
        match.name = _name(match)
        match.containment = _containment(entry, matches, context)
        match.fitness = _class(entry.kind, kinds)
        match.prominence = round(PROMINENCE * prominence(entry), 4)
        if context.story:
            match.story = round(STORY * context.nearness(entry), 4)
        match.settle()


def stand_in(entry: Entry, words: str, because: Reason, context: Context) -> Match:
    """Give the match for a place that is only where a name that is not known lies."""
    match = Match(entry, words, 100.0, placed=because)
    weigh([match], (), context)
    match.name, match.fitness = because.share, 0.0
    match.settle()
    return match


def ranked(matches: Sequence[Match], context: Context) -> list[Match]:
    """Take off what rivals that fit the hints equally well leave open, and sort, best first.

    Without hints the containment share says so already: it is that of the best-known bearer.
    """
    if len(matches) < 2:
        return list(matches)
    if context.hints:
        _rivalled(matches)
    contradicts = context.contradicts
    return sorted(
        matches, key=lambda m: (contradicts(m.entry), -m.score, -m.entry.weight, m.entry.id)
    )


def _rivalled(matches: Sequence[Match]) -> None:
    """Take of every match what the others leave open that fit as well as it does."""
    fits = [match.name + match.containment + match.fitness + match.story for match in matches]
    numbers = range(len(matches))
    leading = set(sorted(numbers, key=lambda n: -matches[n].score)[:_MOST_COMPARED])
    for number, match in enumerate(matches):
        least = fits[number] - _EQUAL
        others = [
            matches[other].entry.weight
            for other in numbers
            if other != number
            and fits[other] > least
            # Whether two lie in one area takes time: it is asked of those that may be chosen.
            and not (number in leading and _one_area(match.entry, matches[other].entry))
        ]
        if others:
            own = match.entry.weight
            match.rivals = len(others)
            match.rivalry = -round(RIVALS * (1.0 - own / (own + sum(others))), 4)
    for match in matches:
        if match.rivals:
            match.settle()


def _one_area(a: Entry, b: Entry) -> bool:
    if b.id in (a.admin1, a.admin2) or a.id in (b.admin1, b.admin2):
        return True
    here, there = a.point, b.point
    return here is not None and there is not None and distance_km(here, there) <= _SAME_AREA_KM


def _name(match: Match) -> float:
    if match.likeness < 100:
        return round(NAME * 0.9 * max(0.0, (match.likeness - 60) / 40), 4)
    worth = _BY_RANK[match.entry.rank][0]
    if match.part:
        return round(NAME * _PART * worth, 4)
    if match.entry.rank and _own_name(match):
        worth = _BY_RANK[0][0]
    return round(NAME * worth, 4)


def _name_words(match: Match) -> str:
    if match.likeness < 100:
        return f"{match.likeness:.0f} % like {match.matched_name!r}"
    words = _BY_RANK[match.entry.rank][1]
    if match.part:
        words = f"{match.matched_name!r} is part of the name; it is"
    elif match.entry.rank and _own_name(match):
        words = _BY_RANK[0][1]
    return f"{words} {match.entry.name!r}"


def _own_name(match: Match) -> bool:
    """Whether only a division word lies between the name asked for and the entry's own."""
    if match.entry.fclass != "A":
        return False
    return core_fold(fold(match.matched_name))[0] == core_fold(fold(match.entry.name))[0]


def _containment(entry: Entry, rivals: Sequence[Match], context: Context) -> float:
    if context.hints:
        return round(CONTAINMENT * context.agreement(entry), 4)
    share = dominance(entry, rivals) if len(rivals) > 1 else 1.0
    if context.story_countries:
        home = entry.country in context.story_countries
        return round(CONTAINMENT * (0.65 + 0.2 * share if home else 0.75 * share), 4)
    if context.outlet_countries:
        home = entry.country in context.outlet_countries
        # The weakest hint: a place known all over the world outweighs a hamlet at home.
        return round(CONTAINMENT * (0.55 + 0.3 * share if home else 0.6 * share), 4)
    return round(CONTAINMENT * 0.9 * share, 4)


def _where(match: Match, by: Weighing) -> str:
    """The containment share in words."""
    context, country = by.context, match.entry.country
    if context.hints:
        agreement = context.agreement(match.entry)
        word = "in" if agreement > 0.99 else "partly in" if agreement else "not in"
        return f"{word} {context.said}"
    if context.story_countries:
        home = country in context.story_countries
        return "in a country of the story" if home else "in no country of the story"
    if context.outlet_countries:
        home = country in context.outlet_countries
        return "in the outlet's country" if home else "outside the outlet's country"
    return "the only place of this name" if by.bearers == 1 else "best known of its name"


def dominance(entry: Entry, rivals: Sequence[Match]) -> float:
    """Share of an entry's weight among all that bear the name; 1 for a sole bearer.

    Entries of the same area (a town and its district) do not compete.
    """
    own, others = entry.weight, 0.0
    for rival in rivals:
        other = rival.entry
        if _kin(entry, other):
            own = max(own, other.weight)
        else:
            others += other.weight
    return own / (own + others)


def _kin(a: Entry, b: Entry) -> bool:
    """Whether two entries lie in the same province: a town and its district, or one in another."""
    if a.id == b.id or b.id in (a.admin1, a.admin2) or a.id in (b.admin1, b.admin2):
        return True
    if a.country != b.country:
        return False
    if a.admin1 is not None and a.admin1 == b.admin1:
        return True
    here, there = a.point, b.point
    return here is not None and there is not None and distance_km(here, there) <= _SAME_AREA_KM


def prominence(entry: Entry) -> float:
    """How well known an entry is, 0 to 1."""
    if entry.latitude is None:
        return 0.0  # a place without a point helps nobody where another has one
    if entry.fclass != "P" and entry.kind in _RANK_OF_DIVISION:
        return _RANK_OF_DIVISION[entry.kind] if entry.noted or entry.kind != "other" else 0.25
    return min(1.0, math.log10(entry.weight + 1) / 7)


def _size(entry: Entry) -> str:
    if entry.fclass == "P":
        return f"population {entry.population:,}" if entry.population else "population unknown"
    return _KIND_WORDS[entry.kind]


def _class(kind: str, kinds: tuple[str, ...]) -> float:
    if not kinds:
        return _PLAIN_SHARE[kind]
    return round(CLASS * (1.0 - 0.2 * kinds.index(kind)), 4) if kind in kinds else 0.0


def _class_words(kind: str, kinds: tuple[str, ...]) -> str:
    words = _KIND_WORDS[kind]
    if not kinds:
        return words
    if kind in kinds:
        return f"{words}, as the phrase says"
    return f"{words}, not {_KIND_WORDS[kinds[0]]}"

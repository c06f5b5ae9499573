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
from dataclasses import dataclass, replace

from geodata.gazetteer.lookup import Entry
from geodata.gazetteer.names import core_fold, fold
from geodata.place import Reason
from ingest.geocode.context import Context
from ingest.geocode.points import distance_km, point_of

NAME, CONTAINMENT, CLASS, PROMINENCE, STORY, RIVALS = 0.40, 0.35, 0.10, 0.10, 0.05, 0.20
_BY_RANK = {0: (1.0, "the name"), 1: (0.95, "a known spelling of"), 2: (0.95, "the name of"),
            3: (0.85, "perhaps a spelling of")}  # fmt: skip
_PLAIN_CLASS = {"country": 1.0, "admin1": 0.75, "settlement": 1.0, "admin2": 0.7, "other": 0.8}
_LEAST_WEIGHT = {
    "country": 20e6, "admin1": 6e5, "admin2": 3e4, "settlement": 500.0, "other": 1e5,
}  # fmt: skip
"""How well known a place is at least, in inhabitants of a town as well known."""
_SAME_AREA_KM = 25.0
_NOTED_POPULATION = 3_000
"""What a town of the embedded gazetteer counts as, where its population is not on record."""
_OBSCURE = 150.0
"""What a place counts as that only a full gazetteer knows; more with each language it is in."""
_OBSCURE_SPELLING = 30.0
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
class Match:
    """An entry that may be meant, how its name was matched, and its score so far."""

    entry: Entry
    matched_name: str
    likeness: float  # 100 for a name that the gazetteer knows
    reasons: tuple[Reason, ...] = ()
    part: bool = False  # only a part of the name asked for is known

    @property
    def score(self) -> float:
        """Sum of the reasons' shares, 0 to 1."""
        return round(max(0.0, sum(reason.share for reason in self.reasons)), 4)


def score(
    match: Match, rivals: Sequence[Match], kinds: tuple[str, ...], context: Context
) -> tuple[Reason, ...]:
    """Give the reasons for a match; `rivals` are all bearers of the name, itself included."""
    reasons: tuple[Reason, ...] = (
        _name(match),
        _containment(match.entry, rivals, context),
        _class(match.entry, kinds),
        Reason("prominence", round(PROMINENCE * prominence(match.entry), 4), _size(match.entry)),
    )
    near = context.nearness(match.entry)
    if near:
        words = "near other places of the story"
        reasons = (*reasons, Reason("story", round(STORY * near, 4), words))
    return reasons


def ranked(matches: Sequence[Match], context: Context) -> list[Match]:
    """Take off what rivals that fit the hints equally well leave open, and sort, best first.

    Without hints the containment share says so already: it is that of the best-known bearer.
    """
    told = _rivalled(matches) if context.hints and len(matches) > 1 else list(matches)
    return sorted(
        told, key=lambda m: (context.contradicts(m.entry), -m.score, -weight(m.entry), m.entry.id)
    )


def _rivalled(matches: Sequence[Match]) -> list[Match]:
    """Give every match a reason for the others that fit as well as it does."""
    weights = [weight(match.entry) for match in matches]
    fits = [
        sum(reason.share for reason in match.reasons if reason.kind != "prominence")
        for match in matches
    ]
    leading = sorted(range(len(matches)), key=lambda n: -matches[n].score)[:_MOST_COMPARED]
    told = []
    for number, match in enumerate(matches):
        others = [
            other
            for other in range(len(matches))
            if other != number
            and fits[other] > fits[number] - _EQUAL
            # Whether two lie in one area takes time: it is asked of those that may be chosen.
            and not (number in leading and _one_area(match.entry, matches[other].entry))
        ]
        told.append(_with_rivals(match, weights[number], [weights[other] for other in others]))
    return told


def _with_rivals(match: Match, own: float, others: Sequence[float]) -> Match:
    if not others:
        return match
    number = len(others)
    words = f"{number} other place{'s' if number > 1 else ''} of the name fit as well"
    share = RIVALS * (1.0 - own / (own + sum(others)))
    return replace(match, reasons=(*match.reasons, Reason("rivals", -round(share, 4), words)))


def _one_area(a: Entry, b: Entry) -> bool:
    if b.id in (a.admin1, a.admin2) or a.id in (b.admin1, b.admin2):
        return True
    here, there = point_of(a), point_of(b)
    return here is not None and there is not None and distance_km(here, there) <= _SAME_AREA_KM


def _name(match: Match) -> Reason:
    if match.likeness < 100:
        share = NAME * 0.9 * max(0.0, (match.likeness - 60) / 40)
        words = f"{match.likeness:.0f} % like {match.matched_name!r}"
        return Reason("name", round(share, 4), words)
    worth, words = _BY_RANK[match.entry.rank]
    if match.part:
        words = f"{match.matched_name!r} is part of the name; it is"
        return Reason("name", round(NAME * _PART * worth, 4), f"{words} {match.entry.name!r}")
    if match.entry.rank and _own_name(match):
        worth, words = _BY_RANK[0]
    return Reason("name", round(NAME * worth, 4), f"{words} {match.entry.name!r}")


def _own_name(match: Match) -> bool:
    """Whether only a division word lies between the name asked for and the entry's own."""
    asked = core_fold(fold(match.matched_name))[0]
    return match.entry.fclass == "A" and asked == core_fold(fold(match.entry.name))[0]


def _containment(entry: Entry, rivals: Sequence[Match], context: Context) -> Reason:
    if context.hints:
        agreement = context.agreement(entry)
        said = ", ".join(hint.words for hint in context.hints)
        word = "in" if agreement > 0.99 else "partly in" if agreement else "not in"
        return Reason("containment", round(CONTAINMENT * agreement, 4), f"{word} {said}")
    share = dominance(entry, rivals)
    if context.story_countries:
        home = entry.country in context.story_countries
        words = "in a country of the story" if home else "in no country of the story"
        worth = 0.65 + 0.2 * share if home else 0.75 * share
        return Reason("containment", round(CONTAINMENT * worth, 4), words)
    if context.outlet_countries:
        home = entry.country in context.outlet_countries
        words = "in the outlet's country" if home else "outside the outlet's country"
        # The weakest hint: a place known all over the world outweighs a hamlet at home.
        worth = 0.55 + 0.3 * share if home else 0.6 * share
        return Reason("containment", round(CONTAINMENT * worth, 4), words)
    words = "the only place of this name" if len(rivals) == 1 else "best known of its name"
    return Reason("containment", round(CONTAINMENT * 0.9 * share, 4), words)


def dominance(entry: Entry, rivals: Sequence[Match]) -> float:
    """Share of an entry's weight among all that bear the name; 1 for a sole bearer.

    Entries of the same area (a town and its district) do not compete.
    """
    own, others = weight(entry), 0.0
    for rival in rivals:
        if _kin(entry, rival.entry):
            own = max(own, weight(rival.entry))
        else:
            others += weight(rival.entry)
    return own / (own + others)


def _kin(a: Entry, b: Entry) -> bool:
    """Whether two entries lie in the same province: a town and its district, or one in another."""
    if a.id == b.id or b.id in (a.admin1, a.admin2) or a.id in (b.admin1, b.admin2):
        return True
    if a.country != b.country:
        return False
    here, there = point_of(a), point_of(b)
    near = here is not None and there is not None and distance_km(here, there) <= _SAME_AREA_KM
    return near or (a.admin1 is not None and a.admin1 == b.admin1)


def weight(entry: Entry) -> float:
    """How well known a place is, in inhabitants of a town as well known."""
    if entry.noted:
        unknown = _NOTED_POPULATION if entry.fclass == "P" else 0
        return max(_LEAST_WEIGHT[entry.kind], float(entry.population or unknown))
    if entry.kind not in {"settlement", "other"}:
        return max(_LEAST_WEIGHT[entry.kind], float(entry.population))
    spellings = entry.aliases.count("|") + 1 if entry.aliases else 0
    return max(_OBSCURE + _OBSCURE_SPELLING * spellings, float(entry.population))


def prominence(entry: Entry) -> float:
    """How well known an entry is, 0 to 1."""
    if entry.latitude is None:
        return 0.0  # a place without a point helps nobody where another has one
    if entry.kind in _RANK_OF_DIVISION and entry.fclass != "P":
        return _RANK_OF_DIVISION[entry.kind] if entry.noted or entry.kind != "other" else 0.25
    return min(1.0, math.log10(weight(entry) + 1) / 7)


def _size(entry: Entry) -> str:
    if entry.fclass == "P":
        return f"population {entry.population:,}" if entry.population else "population unknown"
    return _KIND_WORDS[entry.kind]


def _class(entry: Entry, kinds: tuple[str, ...]) -> Reason:
    words = _KIND_WORDS[entry.kind]
    if not kinds:
        return Reason("class", round(CLASS * _PLAIN_CLASS[entry.kind], 4), words)
    if entry.kind not in kinds:
        return Reason("class", 0.0, f"{words}, not {_KIND_WORDS[kinds[0]]}")
    worth = 1.0 - 0.2 * kinds.index(entry.kind)
    return Reason("class", round(CLASS * worth, 4), f"{words}, as the phrase says")

"""Resolve all place names of a document together: what is clear decides what is not.

"Paris, Texas" says itself where it lies; a country or province that is named, and every name that
only one well-known place bears, say what the document is about; each other name is then the
bearer that fits best. One name has one meaning in a document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geodata.gazetteer.abbreviations import spelled_out
from geodata.place import Candidate, Geocoder, NameHit, Outcome, PlaceQuery, Reason, Resolution
from geodata.precision import LocationPrecision
from ingest.geocode._theme import NEAR_KM, Key, Surroundings, Theme, theme_of, votes_of
from ingest.geocode.points import distance_km

CANDIDATES = 40
COUNTRY, PROVINCE, NEARNESS, LIST, COUNTY = 0.30, 0.20, 0.20, 0.15, 0.15
"""What fitting the document's countries, provinces, other places and lists adds, at most."""
BARE_DISTRICT = 0.10
"""What a district loses where a town bears its name and no word says that it is a district."""
FOREIGN_COUNTRY = 0.4
"""How well a country fits any document at least."""
OBSCURE = 0.15
"""What a small town loses beside a country or a large city of its name, where nothing is near."""
CLOSE_CALL = 0.01
FAR_APART_KM = 161.0
GREAT_CITY = 500_000
KNOWN_CITY = 100_000
"""A city of so many people, then a comma and a country, may be a list: "London, France and"."""
_ROUNDS = 2
_TOWN = 3
_LONGEST_ACRONYM = 4
_INTO = re.compile(r"\s*(?:,|\()\s*(?:in |the )*")
_LIST = re.compile(r"\s*(?:,|,? (?:and|or|&))\s+(?:the )?")
_LEVELS = {"PCLI": 0, "ADM1": 1, "ADM2": 2}
_COMPASS = re.compile(
    r"(?:(?:north|south|east|west|central)(?:ern)?|greater|upper|lower|downtown)"
    r"(?:-?(?:east|west)(?:ern)?)? (?=\w)", re.IGNORECASE,
)  # fmt: skip
_STATE_AFTER = re.compile(r"\s+(?:state|province)\b")
_STATE_BEFORE = re.compile(r"\b(?:state|province) of (?:the )?$")
_TOWN_BEFORE = re.compile(r"\b(?:town|city|village|community|suburb) of (?:the )?$")
_DIVISION = re.compile(r"\b(?:county|parish|district|province|region|borough)\b", re.IGNORECASE)


def resolve_names(
    text: str,
    names: Sequence[NameHit],
    geocoder: Geocoder,
    *,
    outlet_country: str | None = None,
) -> list[Resolution]:
    """Resolve the place names of one document.

    Parameters
    ----------
    text
        The document.
    names
        Its place names, in the order of the text; what kinds of place bear them is not used.
    geocoder
        Who gives the candidates.
    outlet_country
        Country of whoever published it, the weakest hint.

    Returns
    -------
    list of Resolution
        One for each name, in the same order.
    """
    levels = _levels_of(names, geocoder)
    keys = [(_plain(hit.name), _container(text, names, n, levels)) for n, hit in enumerate(names)]
    asked = {key: _ask(geocoder, key[0], key[1], outlet_country) for key in dict.fromkeys(keys)}
    # Only a container that holds the name is one: "Mosul, Tikrit" is a list.
    keys = [key if _contained(key, asked[key]) else (key[0], "") for key in keys]
    said = {name: container for name, container in keys if container}
    keys = [(name, container or said.get(name, "")) for name, container in keys]
    first = {
        key: asked.get(key) or _ask(geocoder, key[0], key[1], outlet_country)
        for key in dict.fromkeys(keys)
    }
    listed = _listed_levels(text, names, keys, levels)
    chosen = dict(first)
    counts = Counter(keys)
    around = Surroundings(first)
    for _ in range(_ROUNDS):
        votes = votes_of(chosen, counts)
        chosen = {
            key: _choose(key, answer, theme_of(votes, key[0]), around, listed.get(key))
            for key, answer in first.items()
        }
    return [chosen[key] for key in keys]


def _plain(name: str) -> str:
    """Spell a name of a dateline as elsewhere: "PARIS"."""
    return name.title() if name.isupper() and len(name) > _LONGEST_ACRONYM else name


def _contained(key: Key, answer: Resolution) -> bool:
    """Whether an answer is one inside the container, not that of the name alone."""
    return bool(key[1]) and answer.query.text not in key[0]


def _levels_of(names: Sequence[NameHit], geocoder: Geocoder) -> dict[str, int | None]:
    """Level of the first answer of each name; see `_level`."""
    return {
        name: _level(geocoder.geocode(PlaceQuery(text=name), limit=CANDIDATES))
        for name in dict.fromkeys(hit.name for hit in names)
    }


def _listed_levels(
    text: str, names: Sequence[NameHit], keys: Sequence[Key], levels: dict[str, int | None]
) -> dict[Key, int]:
    """Give 0 or 1 for the names that stand in a list beside countries, or beside provinces."""
    found: dict[Key, int] = {}
    for number, key in enumerate(keys):
        called = _called(text, names[number])
        if called is not None:
            found[key] = called
            continue
        beside = [
            levels[names[other].name]
            for other in _neighbours(text, names, number)
            if levels[names[other].name] in {0, 1}
        ]
        if beside:
            level = Counter(beside).most_common(1)[0][0]
            found[key] = level if level is not None else 1
    return found


def _called(text: str, hit: NameHit) -> int | None:
    """Level that the words beside a name call it: "Washington state", "the town of Mexico"."""
    before = text[max(0, hit.start - 16) : hit.start]
    if _TOWN_BEFORE.search(before):
        return _TOWN
    return 1 if _STATE_AFTER.match(text, hit.end) or _STATE_BEFORE.search(before) else None


def _neighbours(text: str, names: Sequence[NameHit], number: int) -> list[int]:
    """Names that a comma or an "and" joins to a name, on either side."""
    pairs = ((number - 1, number), (number, number + 1))
    return [
        left if right == number else right
        for left, right in pairs
        if left >= 0 and right < len(names)
        and _LIST.fullmatch(text[names[left].end : names[right].start])
    ]  # fmt: skip


def _ask(geocoder: Geocoder, name: str, container: str, outlet: str | None) -> Resolution:
    alone = _ask_alone(geocoder, name, outlet)
    if not container:
        return alone
    holder = geocoder.geocode(PlaceQuery(text=container), limit=1)
    wide = [candidate for candidate in (alone, holder) if _level(candidate) is not None]
    if holder not in wide or (alone in wide and (_level(alone) or 0) <= (_level(holder) or 0)):
        return alone  # "Texas, California" and "Mosul, Tikrit" are lists
    inside = geocoder.geocode(PlaceQuery(text=f"{name}, {container}"), limit=CANDIDATES)
    if inside.outcome is not Outcome.FOUND:
        return alone
    if _placed_at_container(inside.candidates[0]):
        return alone if _may_be_listed(alone, holder) else holder
    if alone in wide and _level(inside) is None:
        return alone  # a province in a list, not a village of its name
    return inside


def _ask_alone(geocoder: Geocoder, name: str, outlet: str | None) -> Resolution:
    short = spelled_out(name)
    if len(short) == 1:  # "Ga." is the state, not the country
        return geocoder.geocode(PlaceQuery(text=short[0][0], country=short[0][1]), limit=1)
    alone = geocoder.geocode(PlaceQuery(text=name, outlet_country=outlet), limit=CANDIDATES)
    shorter = _COMPASS.match(name)
    if shorter is None or alone.candidates:
        return alone
    rest = PlaceQuery(text=name[shorter.end() :], outlet_country=outlet)
    return geocoder.geocode(rest, limit=CANDIDATES)


def _may_be_listed(alone: Resolution, holder: Resolution) -> bool:
    """Whether a name that is unknown where it is said to lie is known well enough elsewhere."""
    if alone.outcome is not Outcome.FOUND:
        return False
    place = alone.candidates[0].place
    if place.country == holder.candidates[0].place.country and _level(holder) == 0:
        return True
    known = place.feature_class == "A" or place.population >= KNOWN_CITY
    return known and _level(holder) == 0


def _level(answer: Resolution) -> int | None:
    """0 for a country, 1 for a province, 2 for a district; None for all else."""
    if not answer.candidates:
        return None
    place = answer.candidates[0].place
    return _LEVELS.get(place.feature_code[:4]) if place.feature_class == "A" else None


def _placed_at_container(candidate: Candidate) -> bool:
    """Whether an answer is only the province or country that was named behind the name."""
    return any(
        reason.kind == "name" and "placed at" in reason.words for reason in candidate.reasons
    )


def _container(
    text: str, names: Sequence[NameHit], number: int, levels: dict[str, int | None]
) -> str:
    """Name that stands behind a comma or in brackets after a name: "Paris, Texas"."""
    if number + 1 >= len(names):
        return ""
    # In "Utah, Washington, Oregon and Idaho" no state contains another.
    beside = [levels[names[other].name] for other in _neighbours(text, names, number)]
    if sum(level in {0, 1} for level in beside) > 1:
        return ""
    between = text[names[number].end : names[number + 1].start]
    return names[number + 1].name if _INTO.fullmatch(between) else ""


def _choose(
    key: Key, answer: Resolution, theme: Theme, around: Surroundings, listed: int | None
) -> Resolution:
    """Weigh the candidates of a name once more, by what the document is about."""
    if not answer.candidates or (key[1] and answer.outcome is Outcome.FOUND):
        return answer
    case = _case(key[0], answer.candidates, listed)
    weighed = sorted(
        (
            _weighed(candidate, theme, around, case)
            for candidate in _towns_first(key[0], answer.candidates)
        ),
        key=lambda candidate: -candidate.score,
    )
    best = weighed[0]
    rival = next(
        (other for other in weighed[1:] if best.score - other.score < CLOSE_CALL
         and _km(best, other) > FAR_APART_KM and not _of_one_name(best, other)), None,
    )  # fmt: skip
    outcome = Outcome.FOUND if rival is None else Outcome.DECLINED
    note = "" if rival is None else "too close to call, even with the rest of the document"
    return replace(answer, outcome=outcome, candidates=tuple(weighed), note=note)


@dataclass(frozen=True, slots=True)
class _Case:
    """What holds for all candidates of a name."""

    name: str
    listed: int | None  # level that the words around call for
    famous: bool  # a country or a great city bears it
    foreign: float  # how well a country of the name fits at least


def _case(name: str, candidates: Sequence[Candidate], listed: int | None) -> _Case:
    famous = any(
        candidate.location_precision is LocationPrecision.COUNTRY
        or candidate.place.population >= GREAT_CITY
        for candidate in candidates
    )
    state = any(candidate.place.feature_code == "ADM1" for candidate in candidates)
    return _Case(name, listed, famous, 0.0 if state else FOREIGN_COUNTRY)


def _towns_first(name: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Candidates, districts less likely where a town bears the bare name too."""
    towns = any(
        candidate.place.feature_class == "P" or candidate.place.feature_code == "ADM1"
        for candidate in candidates
    )
    if not towns or _DIVISION.search(name):
        return list(candidates)
    great = any(candidate.place.population >= GREAT_CITY for candidate in candidates)
    less = {"ADM2": BARE_DISTRICT, "ADM1": BARE_DISTRICT / 2 if great else 0.0}
    return [
        replace(
            candidate,
            score=round(max(0.0, candidate.score - loss), 4),
            reasons=(*candidate.reasons, Reason("class", -loss, "not called a district")),
        )
        if (loss := less.get(candidate.place.feature_code, 0.0))
        else candidate
        for candidate in candidates
    ]


def _weighed(
    candidate: Candidate,
    theme: Theme,
    around: Surroundings,
    case: _Case,
) -> Candidate:
    place = candidate.place
    near = 0.0
    if candidate.latitude is not None and candidate.longitude is not None:
        here = (candidate.latitude, candidate.longitude)
        nearest = min((distance_km(here, other) for other in theme.points), default=NEAR_KM)
        near = max(0.0, 1.0 - nearest / NEAR_KM, around.support(case.name, *here))
    about = theme.countries.get(place.country, 0.0)
    there = theme.provinces.get((place.country, place.admin1 or ""), 0.0)
    # A country lies in no province and far from its towns; that does not speak against it.
    if candidate.location_precision is LocationPrecision.COUNTRY:
        there = near = about = max(about, case.foreign)
    elif candidate.location_precision is LocationPrecision.PROVINCE:
        near = there = max(near, there, 0.5 * about)
    county = around.in_named_county(place)
    near = max(near, 1.0 * county)
    level = _TOWN if place.feature_class == "P" else _LEVELS.get(place.feature_code[:4])
    fits = case.listed is not None and level == case.listed
    share = COUNTRY * about + PROVINCE * there + NEARNESS * near + LIST * fits + COUNTY * county
    if case.famous and place.feature_class == "P" and place.population < KNOWN_CITY:
        share -= OBSCURE * (1.0 - max(there, near))
    # The scale stays 0 to 1: what the document adds is taken of what was left open.
    most = COUNTRY + PROVINCE + NEARNESS + LIST + COUNTY
    scale = 1.0 / (1.0 + most)
    reasons = tuple(
        replace(reason, share=round(reason.share * scale, 4)) for reason in candidate.reasons
    )
    told = Reason("story", round(share * scale, 4), "fits the rest of the document")
    return replace(
        candidate,
        score=round((candidate.score + share) * scale, 4),
        reasons=(*reasons, told) if share else reasons,
    )


def _of_one_name(a: Candidate, b: Candidate) -> bool:
    """Whether one is the province of the other: São Paulo and its state."""
    here, there = (a.place.country, a.place.admin1), (b.place.country, b.place.admin1)
    return here == there and LocationPrecision.PROVINCE in {
        a.location_precision, b.location_precision
    }  # fmt: skip


def _km(a: Candidate, b: Candidate) -> float:
    if None in (a.latitude, a.longitude, b.latitude, b.longitude):
        return 0.0
    return distance_km(
        (a.latitude or 0.0, a.longitude or 0.0), (b.latitude or 0.0, b.longitude or 0.0)
    )

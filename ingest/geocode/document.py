"""Resolve all place names of a document together: what is clear decides what is not.

"Paris, Texas" says itself where it lies; a country or province that is named, and every name that
only one well-known place bears, say what the document is about; each other name is then the
bearer that fits best. One name has one meaning in a document.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from geodata.place import Candidate, Geocoder, NameHit, Outcome, PlaceQuery, Reason, Resolution
from geodata.precision import LocationPrecision
from ingest.geocode.points import distance_km

CANDIDATES = 12
COUNTRY, PROVINCE, NEARNESS = 0.30, 0.15, 0.15
"""What fitting the document's countries, provinces and other places adds to a score, at most."""
NEAR_KM = 250.0
CLEAR = 0.62
"""A first answer that scores so much says what the document is about."""
OWN_VOTE = 0.5
"""How much a name counts for its own first answer, beside the others."""
CLOSE_CALL = 0.02
FAR_APART_KM = 161.0
_ROUNDS = 2
_K = TypeVar("_K")
_INTO = re.compile(r"\s*(?:,|\()\s*(?:in |the )*")
_LEVELS = {"PCLI": 0, "ADM1": 1, "ADM2": 2}
_WIDE = frozenset({LocationPrecision.COUNTRY, LocationPrecision.PROVINCE})


@dataclass(frozen=True, slots=True)
class _Theme:
    """What a document is about: shares of countries and provinces, and points that are clear."""

    countries: Mapping[str, float]
    provinces: Mapping[tuple[str, str], float]
    points: tuple[tuple[float, float], ...]  # latitude, longitude


@dataclass(frozen=True, slots=True)
class _Vote:
    """What one clear name says of the document: its place, and how much that counts."""

    name: str
    country: str
    province: str | None
    point: tuple[float, float] | None  # latitude, longitude
    weight: float


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
    keys = [(hit.name, _container(text, names, number)) for number, hit in enumerate(names)]
    said = {name: container for name, container in keys if container}
    keys = [(name, container or said.get(name, "")) for name, container in keys]
    first = {key: _ask(geocoder, key[0], key[1], outlet_country) for key in dict.fromkeys(keys)}
    chosen = dict(first)
    counts = Counter(keys)
    for _ in range(_ROUNDS):
        votes = _votes(chosen, counts)
        chosen = {key: _choose(key, answer, _theme(votes, key[0])) for key, answer in first.items()}
    return [chosen[key] for key in keys]


def _ask(geocoder: Geocoder, name: str, container: str, outlet: str | None) -> Resolution:
    alone = geocoder.geocode(PlaceQuery(text=name, outlet_country=outlet), limit=CANDIDATES)
    if not container:
        return alone
    holder = geocoder.geocode(PlaceQuery(text=container), limit=1)
    wide = [candidate for candidate in (alone, holder) if _level(candidate) is not None]
    if holder not in wide or (alone in wide and (_level(alone) or 0) <= (_level(holder) or 0)):
        return alone  # "Texas, California" and "Mosul, Tikrit" are lists
    inside = geocoder.geocode(PlaceQuery(text=f"{name}, {container}"), limit=CANDIDATES)
    if inside.outcome is not Outcome.FOUND or _placed_at_container(inside.candidates[0]):
        return alone
    if alone in wide and _level(inside) is None:
        return alone  # a province in a list, not a village of its name
    return inside


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


def _container(text: str, names: Sequence[NameHit], number: int) -> str:
    """Name that stands behind a comma or in brackets after a name: "Paris, Texas"."""
    if number + 1 >= len(names):
        return ""
    between = text[names[number].end : names[number + 1].start]
    return names[number + 1].name if _INTO.fullmatch(between) else ""


def _votes(
    chosen: Mapping[tuple[str, str], Resolution], counts: Counter[tuple[str, str]]
) -> list[_Vote]:
    """Give the votes of the names whose answer is clear."""
    votes = []
    for key, answer in chosen.items():
        best = answer.candidates[0] if answer.outcome is Outcome.FOUND else None
        # A continent lies in no country.
        if best is None or not best.place.country or (best.score < CLEAR and not key[1]):
            continue
        wide = best.location_precision in _WIDE
        point = None
        if not wide and best.latitude is not None and best.longitude is not None:
            point = (best.latitude, best.longitude)
        country_wide = best.location_precision is LocationPrecision.COUNTRY
        votes.append(
            _Vote(
                name=key[0],
                country=best.place.country,
                province=None if country_wide else best.place.admin1,
                point=point,
                weight=best.score * (1.0 + 0.5 * min(counts[key] - 1, 4)),
            )
        )
    return votes


def _theme(votes: Sequence[_Vote], name: str) -> _Theme:
    """What the document is about, by all its clear names; a name says least of itself."""
    countries: defaultdict[str, float] = defaultdict(float)
    provinces: defaultdict[tuple[str, str], float] = defaultdict(float)
    for vote in votes:
        weight = vote.weight * (OWN_VOTE if vote.name == name else 1.0)
        countries[vote.country] += weight
        if vote.province:
            provinces[vote.country, vote.province] += weight
    points = tuple(vote.point for vote in votes if vote.point is not None and vote.name != name)
    return _Theme(_shares(countries), _shares(provinces), points)


def _shares(weights: Mapping[_K, float]) -> dict[_K, float]:
    heaviest = max(weights.values(), default=0.0)
    return {key: weight / heaviest for key, weight in weights.items()} if heaviest else {}


def _choose(key: tuple[str, str], answer: Resolution, theme: _Theme) -> Resolution:
    """Weigh the candidates of a name once more, by what the document is about."""
    if not answer.candidates or (key[1] and answer.outcome is Outcome.FOUND):
        return answer
    weighed = sorted(
        (_weighed(candidate, theme) for candidate in answer.candidates),
        key=lambda candidate: -candidate.score,
    )
    best = weighed[0]
    rival = next(
        (other for other in weighed[1:] if best.score - other.score < CLOSE_CALL
         and _km(best, other) > FAR_APART_KM), None,
    )  # fmt: skip
    outcome = Outcome.FOUND if rival is None else Outcome.DECLINED
    note = "" if rival is None else "too close to call, even with the rest of the document"
    return replace(answer, outcome=outcome, candidates=tuple(weighed), note=note)


def _weighed(candidate: Candidate, theme: _Theme) -> Candidate:
    place = candidate.place
    near = 0.0
    if candidate.latitude is not None and candidate.longitude is not None:
        here = (candidate.latitude, candidate.longitude)
        nearest = min((distance_km(here, other) for other in theme.points), default=NEAR_KM)
        near = max(0.0, 1.0 - nearest / NEAR_KM)
    about = theme.countries.get(place.country, 0.0)
    there = theme.provinces.get((place.country, place.admin1 or ""), 0.0)
    # A country lies in no province and far from its towns; that does not speak against it.
    if candidate.location_precision is LocationPrecision.COUNTRY:
        there = near = about
    elif candidate.location_precision is LocationPrecision.PROVINCE:
        near = there = max(near, there, 0.5 * about)
    share = COUNTRY * about + PROVINCE * there + NEARNESS * near
    # The scale stays 0 to 1: what the document adds is taken of what was left open.
    most = COUNTRY + PROVINCE + NEARNESS
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


def _km(a: Candidate, b: Candidate) -> float:
    if None in (a.latitude, a.longitude, b.latitude, b.longitude):
        return 0.0
    return distance_km(
        (a.latitude or 0.0, a.longitude or 0.0), (b.latitude or 0.0, b.longitude or 0.0)
    )

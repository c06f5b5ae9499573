"""Score of a service's result, 0 to 1, as the sum of its reasons; containment beats importance."""

from __future__ import annotations

from rapidfuzz import fuzz

from geodata._fold import fold
from geodata.countries import countries
from geodata.place import Candidate, PlaceQuery, Reason
from geodata.precision import LocationPrecision
from ingest.geocode.points import distance_km
from ingest.geocode.services.reading import Reading

NAME, CONTAINMENT, SERVICE, KIND = 0.40, 0.35, 0.15, 0.10
SAME_NAME = 0.8
"""Least likeness of the names for an answer to be taken without asking the analyst."""
CLOSE, APART_KM = 0.03, 50.0
"""Candidates nearer than this in score and farther apart than this are too close to call."""

_LIKE = 84.0
_DIVISION_WORDS = frozenset({
    "district", "province", "state", "division", "region", "county", "governorate", "oblast",
    "raion", "agency", "tehsil", "of", "department", "prefecture",
})  # fmt: skip
_KIND_WORTH = {
    LocationPrecision.SITE: 0.7,
    LocationPrecision.SETTLEMENT: 1.0,
    LocationPrecision.DISTRICT: 0.8,
    LocationPrecision.PROVINCE: 0.8,
}


def name_likeness(asked: str, name: str) -> float:
    """How alike two names are, 0 to 1, without case, accents and words for divisions."""
    a, b = _bare(asked.split(",", maxsplit=1)[0]), _bare(name)
    return fuzz.ratio(a, b) / 100 if a and b else 0.0


def _bare(name: str) -> str:
    words = fold(name).replace("-", " ").split()
    return " ".join([word for word in words if word not in _DIVISION_WORDS] or words)


def other_country(query: PlaceQuery, reading: Reading) -> bool:
    """Whether the result lies in another country than the query's; False where unknown."""
    asked = _country(query.country)
    return bool(asked and reading.country_name) and asked != fold(reading.country_name)


def _country(hint: str | None) -> str:
    if not hint:
        return ""
    known = countries()[hint.upper()] if len(hint) == 2 else countries()[hint]
    return fold(known or hint)


def contained(query: PlaceQuery, reading: Reading) -> Reason:
    """Weigh how far the result lies where the query says: country 1, province 2, district 3."""
    given, earned, words = 0.0, 0.0, []
    if query.country:
        inside = not other_country(query, reading)
        given, earned = 1.0, float(inside)
        words.append(f"{'in' if inside else 'not in'} {query.country}")
    for hint, weight in ((query.admin1, 2.0), (query.admin2, 3.0)):
        if hint:
            inside = _named(hint, (reading.name, *reading.areas))
            given, earned = given + weight, earned + weight * inside
            words.append(f"{'in' if inside else 'not said to be in'} {hint}")
    if not given:
        return Reason("containment", round(CONTAINMENT * 0.6, 4), "no context to hold it against")
    return Reason("containment", round(CONTAINMENT * earned / given, 4), ", ".join(words))


def _named(hint: str, areas: tuple[str, ...]) -> bool:
    return any(fuzz.ratio(_bare(hint), _bare(area)) >= _LIKE for area in areas)


def reasons(query: PlaceQuery, reading: Reading, place_in_answer: int) -> tuple[Reason, ...]:
    """Give the reasons of a result that the service gave as number `place_in_answer` from 0."""
    likeness = name_likeness(query.text, reading.name)
    if reading.rank is None:
        # Only the order is known; a tenth less for each place keeps neighbours too close to call.
        rank, said = max(0.0, 1.0 - 0.1 * place_in_answer), f"number {place_in_answer + 1}"
    else:
        rank, said = reading.rank, f"its own rank {reading.rank:.2f}"
    worth = _KIND_WORTH.get(reading.precision, 0.5)
    return (
        Reason("name", round(NAME * likeness, 4), f"{reading.name} ({likeness:.0%} alike)"),
        contained(query, reading),
        Reason("service", round(SERVICE * rank, 4), said),
        Reason("class", round(KIND * worth, 4), reading.kind or "kind not told"),
    )


def too_close(best: Candidate, other: Candidate) -> bool:
    """Whether two candidates cannot be told apart by score and lie in different places."""
    if best.score - other.score >= CLOSE:
        return False
    if best.latitude is None or best.longitude is None:
        return False
    if other.latitude is None or other.longitude is None:
        return False
    apart = distance_km((best.latitude, best.longitude), (other.latitude, other.longitude))
    return apart > max(APART_KM, best.radius_km, other.radius_km)

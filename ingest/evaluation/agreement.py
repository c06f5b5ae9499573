"""When a value, and when an incident, agrees with the gold.

An incident is right when its place lies within 50 km of the gold's or in the same second-order
division, its dates come within a day of the gold's where both are precise, and its event type is
the same. Incidents are paired for their fields when two of the three agree. Where the gold lacks
one of the three, what is left decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache

from geodata.actors import countries, default_registry
from geodata.incident import Json
from ingest.evaluation.gold import Row
from ingest.extract.located import great_circle_km

NEAR_KM, CLOSE_KM = 50.0, 25.0
"""Farthest that a right incident's place, and a right location, may lie from the gold's."""

FIELDS = (
    "event_date", "date_precision", "event_type", "sub_event_type", "actor1", "actor2",
    "perpetrator", "attribution", "killed_low", "killed_best", "killed_high",
    "killed_by_status", "injured_low", "injured_best", "injured_high", "location",
    "location_precision", "place", "admin2", "admin1", "country", "background",
)  # fmt: skip
"""Fields in the order of a report; any other that the gold has follows them."""

RANKING = (
    "event_date", "event_type", "sub_event_type", "actor1", "actor2", "attribution",
    "killed_low", "killed_best", "killed_high", "injured_best", "location",
)  # fmt: skip
"""Fields that choose among pairs that agree equally in place, date and type."""

_ACTORS = ("actor1", "actor2", "perpetrator")
_PARTS = ("latitude", "longitude", "event_date_end")  # of location and event_date
_UNSCORED = (*_PARTS, "evidence", "incident_id", "status", "tags", "notes", "confidence")
_NOTHING = (None, "", "unknown")


def fields_of(rows: Iterable[Row]) -> tuple[str, ...]:
    """Fields that gold rows have, in the order of a report."""
    names = dict.fromkeys(name for row in rows for name in row)
    found = set(names)
    if "latitude" in found:
        found.add("location")
    known = [name for name in FIELDS if name in found]
    return (*known, *(n for n in names if n not in FIELDS and n not in _UNSCORED))


def coded(name: str, gold: Row) -> bool:
    """Whether the gold row says anything of a field, even that there is nothing."""
    return ("latitude" if name == "location" else name) in gold


def has(name: str, row: Row) -> bool:
    """Whether a row has a value for a field."""
    value = row.get("latitude" if name == "location" else name)
    return bool(value) if isinstance(value, (list, dict)) else all(value != n for n in _NOTHING)


def value_agrees(name: str, mine: Row, gold: Row) -> bool:
    """Whether our value of a field is the gold's."""
    if name == "event_date":
        return _same_days(mine, gold)
    if name == "location":
        return km_between(mine, gold) <= CLOSE_KM
    if name in _ACTORS:
        return same_actor(mine.get(name), gold.get(name), gold.get("country"))
    if name == "country":
        return same_country(mine.get(name), gold.get(name))
    return bool(_plain(mine.get(name)) == _plain(gold.get(name)))


def _plain(value: Json) -> Json:
    """A value as it is compared: no case, no order in a list, no zero in a table of counts."""
    if isinstance(value, str):
        return value.strip().casefold()
    if isinstance(value, list):
        return sorted(str(_plain(item)) for item in value)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items() if item}
    return value


def days_of(row: Row) -> tuple[date, date] | None:
    """First and last possible day; None where the first is not known."""
    if not row.get("event_date"):
        return None
    first = date.fromisoformat(row["event_date"])
    last = row.get("event_date_end")
    return first, date.fromisoformat(last) if last else first


def _same_days(mine: Row, gold: Row) -> bool:
    one, two = days_of(mine), days_of(gold)
    if one is None or two is None or "event_date_end" in gold:
        return one == two
    return one[0] == two[0]  # the gold codes no range: its first day is all there is


def km_between(a: Row, b: Row) -> float:
    """Kilometres between two rows; infinite where one has no point."""
    lat1, lon1 = a.get("latitude"), a.get("longitude")
    lat2, lon2 = b.get("latitude"), b.get("longitude")
    if lat1 is None or lon1 is None or lat2 is None or lon2 is None:
        return float("inf")
    return great_circle_km(lat1, lon1, lat2, lon2)


def same_name(a: Json, b: Json) -> bool:
    """Whether two names are there and the same but for case."""
    return bool(a and b) and str(a).strip().casefold() == str(b).strip().casefold()


def same_country(a: Json, b: Json) -> bool:
    """Whether two names or codes are of one country."""
    if not a or not b:
        return bool(a == b)
    return same_name(_country(str(a)), _country(str(b)))


@lru_cache(maxsize=1024)
def _country(name: str) -> str:
    return countries()[name] or name


def same_actor(a: Json, b: Json, country: Json) -> bool:
    """Whether two names are of one actor, by the registry."""
    if not a or not b:
        return not a and not b
    known = _country(str(country)) if country else None
    one, two = _actor(str(a), known), _actor(str(b), known)
    return one == two if one and two else same_name(a, b)


@lru_cache(maxsize=4096)
def _actor(name: str, country: str | None) -> str | None:
    found = default_registry().resolve(name, country)
    return found.name if found else None


def _places_agree(mine: Row, gold: Row) -> bool:
    """Within 50 km or in one district; by province or country where the gold is no finer."""
    if km_between(mine, gold) <= NEAR_KM:
        return True
    if same_name(mine.get("admin2"), gold.get("admin2")):
        return "country" not in gold or same_country(mine.get("country"), gold["country"])
    if gold.get("latitude") is not None or gold.get("admin2"):
        return False
    if gold.get("admin1") and not same_name(mine.get("admin1"), gold["admin1"]):
        return False
    return not gold.get("country") or same_country(mine.get("country"), gold["country"])


def _days_agree(mine: Row, gold: Row) -> bool:
    one, two = days_of(mine), days_of(gold)
    if one is None or two is None:
        return True
    day = timedelta(days=1)
    return one[0] - day <= two[1] and two[0] - day <= one[1]


def _types_agree(mine: Row, gold: Row) -> bool:
    return bool(_plain(mine.get("event_type")) == _plain(gold.get("event_type")))


_PLACES = ("latitude", "admin2", "admin1", "country")
_TESTS: tuple[tuple[tuple[str, ...], Callable[[Row, Row], bool]], ...] = (
    (_PLACES, _places_agree),
    (("event_date",), _days_agree),
    (("event_type",), _types_agree),
)


def tests_of(mine: Row, gold: Row) -> list[bool]:
    """Place, date and type: whether each that the gold has agrees."""
    return [test(mine, gold) for names, test in _TESTS if any(name in gold for name in names)]


def pairs(
    mine: Sequence[Row], gold: Sequence[Row], *, strict: bool = False
) -> list[tuple[int, int]]:
    """Pair incidents one to one, the best agreeing first: indices into both.

    `strict` pairs only where place, date and type all agree; else one of them may not.
    """
    ranked = []
    for i, a in enumerate(mine):
        for j, b in enumerate(gold):
            tests = tests_of(a, b)
            agreed = sum(tests)
            needed = len(tests) if strict else min(len(tests), max(1, len(tests) - 1))
            if agreed >= needed:
                exact = sum(value_agrees(n, a, b) for n in RANKING if coded(n, b))
                ranked.append((agreed < len(tests), -agreed, -exact, i, j))
    used_i: set[int] = set()
    used_j: set[int] = set()
    out = []
    for *_, i, j in sorted(ranked):
        if i not in used_i and j not in used_j:
            used_i.add(i)
            used_j.add(j)
            out.append((i, j))
    return out

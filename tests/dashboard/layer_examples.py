"""Incidents of every precision strewn over an invented corner, and random filters for them."""

from __future__ import annotations

import random
from datetime import date, timedelta

from hypothesis import strategies as st

from geodata.filters import Filter
from geodata.incident import Incident, Status
from geodata.precision import DatePrecision, LocationPrecision

GROUPS = ("Northern Front", "Army of Ruritania", "River Militia", None)
DISTRICTS = ("Zlin", "Ostrava", "Opava", "Karvina", None)
TYPES = ("Battles", "Explosions/Remote violence", "Violence against civilians")
_PRECISIONS = tuple(LocationPrecision)
_STATUSES = (Status.CONFIRMED, Status.CONFIRMED, Status.DRAFT, Status.REJECTED)
FIRST = date(2021, 1, 1)


def scattered(
    count: int, *, west: float = 60.0, south: float = 22.0, wide: float = 12.0
) -> list[Incident]:
    """Incidents over some degrees of longitude and latitude; some without a place."""
    dice = random.Random(4)
    return [_one(number, dice, west, south, wide) for number in range(count)]


def _one(number: int, dice: random.Random, west: float, south: float, wide: float) -> Incident:
    precision = dice.choice(_PRECISIONS)
    placed = precision != LocationPrecision.UNKNOWN and dice.random() > 0.05
    district = dice.choice(DISTRICTS)
    return Incident(
        incident_id=f"i{number}",
        event_date=FIRST + timedelta(dice.randrange(365)) if dice.random() > 0.1 else None,
        date_precision=DatePrecision.DAY,
        event_type=dice.choice(TYPES),
        actor1=dice.choice(GROUPS),
        admin2=district,
        admin1=None if district is None else "Silesia",
        country="Czechia",
        latitude=south + wide * dice.random() if placed else None,
        longitude=west + wide * dice.random() if placed else None,
        location_precision=precision,
        killed_best=dice.choice((None, 0, 1, 2, 40)),
        status=dice.choice(_STATUSES),
    )


def filters() -> st.SearchStrategy[Filter]:
    """Any filter that the incidents above can answer."""

    def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
        return st.lists(st.sampled_from(values), unique=True, max_size=2).map(tuple)

    day = st.none() | st.integers(0, 364).map(lambda days: FIRST + timedelta(days))
    period = st.tuples(day, day).map(
        lambda pair: sorted(pair, key=str) if None not in pair else list(pair)
    )
    return st.builds(
        lambda days, **parts: Filter(since=days[0], until=days[1], **parts),
        period,
        group=some(tuple(name for name in GROUPS if name)),
        district=some(tuple(name for name in DISTRICTS if name)),
        type=some(TYPES),
        min_killed=st.none() | st.integers(0, 3),
        status=st.lists(st.sampled_from(tuple(Status)), unique=True, max_size=2).map(tuple),
        precision=st.lists(st.sampled_from(_PRECISIONS), unique=True, max_size=3).map(tuple),
    )

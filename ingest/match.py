"""Whether two incidents of different sources are one that is told twice.

The rule is one an analyst can check by hand. Two incidents can be twins only where their days are
at most two apart, their places at most as far apart as their precisions allow (and 150 km at
most), and their sides do not contradict each other. What speaks for it is added up:

==========  =====  ==========================================================================
what        share  counts fully where
==========  =====  ==========================================================================
place         .30  the points are the same; falls to nothing at the farthest allowed
day           .25  the days are the same, or one is an interval that holds the other
sides         .20  a side is the same group, or an umbrella of the other's; half where one of
                   them names nobody
kind          .10  the event types are the same; half otherwise
toll          .15  the killed are the same number; half where one of them tells none
==========  =====  ==========================================================================

From .60 on they are twins. Each incident has at most one twin in another data set: the likeliest
pairs come first. Nothing is merged and no count changes: an analyst decides.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from geodata.boundaries import distance_km
from geodata.filters import Filter
from geodata.precision import RADIUS_KM

if TYPE_CHECKING:
    import numpy.typing as npt

    from geodata.actors import ActorRegistry
    from geodata.incident import Incident
    from geodata.store import Store

ENOUGH = 0.6
MAX_DAYS = 2
MAX_KM = 150.0
NEAR_KM = 10.0
"""Distance that two sources may differ by for one and the same town, km."""

_SHARES = {"place": 0.30, "day": 0.25, "sides": 0.20, "kind": 0.10, "toll": 0.15}
_BY_DAYS = (1.0, 0.6, 0.3)
_NOBODY = ("civilians", "unidentified", "unknown")


@dataclass(frozen=True, slots=True)
class Twin:
    """A pair of incidents that look like one: how alike (0 to 1), how far apart."""

    first: str
    second: str
    score: float
    km: float
    days: int


@dataclass(frozen=True, slots=True)
class _Told:
    """What is compared of an incident; days are ordinals."""

    incident_id: str
    begin: int
    end: int
    latitude: float
    longitude: float
    reach_km: float
    sides: frozenset[str]
    event_type: str | None
    killed: int | None


def twins_between(store: Store, first: str, second: str, registry: ActorRegistry) -> list[Twin]:
    """Give the pairs of two data sets that look like one incident, the likeliest first.

    A data set is named as in a filter: ``reports`` stands for what was read from reports.
    """
    told = [_told_in(store, Filter(dataset=(name,)), registry) for name in (first, second)]
    found = list(_pairs(*told))
    found.sort(key=lambda twin: (-twin.score, twin.first, twin.second))
    taken: set[str] = set()
    kept = []
    for twin in found:
        if twin.first not in taken and twin.second not in taken:
            taken |= {twin.first, twin.second}
            kept.append(twin)
    return kept


def twins_of(
    store: Store, incident: Incident, registry: ActorRegistry, *, limit: int = 5
) -> list[Twin]:
    """Give incidents of other sources that look like this one, the likeliest first."""
    own = _told(incident, registry)
    if own is None or incident.event_date is None:
        return []
    margin = timedelta(MAX_DAYS)
    where = Filter(
        since=incident.event_date - margin,
        until=(incident.event_date_end or incident.event_date) + margin,
    )
    # By the days alone: they hold far fewer incidents than the box around a place does.
    others = [
        told
        for one in store.each(where)
        if one.dataset != incident.dataset and (told := _told(one, registry)) is not None
    ]
    return heapq.nlargest(limit, _pairs([own], others), key=lambda twin: twin.score)


def _told_in(store: Store, where: Filter, registry: ActorRegistry) -> list[_Told]:
    found = (_told(one, registry) for one in store.each(where))
    return [told for told in found if told is not None]


def _told(incident: Incident, registry: ActorRegistry) -> _Told | None:
    """Give what is compared; None for an incident without a day or a point."""
    if incident.event_date is None or incident.latitude is None or incident.longitude is None:
        return None
    names = {incident.actor1, incident.actor2, incident.perpetrator} - {None}
    return _Told(
        incident.incident_id,
        incident.event_date.toordinal(),
        (incident.event_date_end or incident.event_date).toordinal(),
        incident.latitude,
        incident.longitude,
        RADIUS_KM[incident.location_precision],
        frozenset().union(*(_family(str(name), registry) for name in names)),
        incident.event_type,
        incident.killed_best,
    )


def _family(name: str, registry: ActorRegistry) -> frozenset[str]:
    """A group with its umbrellas; nobody for civilians and the unidentified."""
    if name.casefold().startswith(_NOBODY):
        return frozenset()
    actor = registry.resolve(name)
    above = registry.parents(actor) if actor else ()
    return frozenset({name, *(parent.name for parent in above)})


def _pairs(first: Sequence[_Told], second: Sequence[_Told]) -> Iterator[Twin]:
    """Give all pairs that are alike enough."""
    if not first or not second:
        return
    ordered = sorted(second, key=lambda told: told.begin)
    begins = np.array([told.begin for told in ordered])
    longest = max(told.end - told.begin for told in ordered)
    place = np.array([(told.longitude, told.latitude) for told in ordered])  # x, y
    reach = np.array([told.reach_km for told in ordered])
    for one in first:
        start = np.searchsorted(begins, one.begin - MAX_DAYS - longest)
        stop = np.searchsorted(begins, one.end + MAX_DAYS, side="right")
        km = distance_km(one.longitude, one.latitude, *place[start:stop].T)
        limit = _limit(one.reach_km, reach[start:stop])
        for at in np.flatnonzero(km <= limit).tolist():
            twin = _compared(one, ordered[int(start) + at], float(km[at]), float(limit[at]))
            if twin is not None:
                yield twin


def _limit(reach: float, others: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Give how far apart two points may be for one place, km."""
    return np.clip(reach + others, NEAR_KM, MAX_KM)


def _compared(one: _Told, other: _Told, km: float, limit: float) -> Twin | None:
    days = max(other.begin - one.end, one.begin - other.end, 0)
    if days > MAX_DAYS or (one.sides and other.sides and not one.sides & other.sides):
        return None
    worth = {
        "place": 1 - km / limit,
        "day": _BY_DAYS[days],
        "sides": 1.0 if one.sides & other.sides else 0.5,
        "kind": 1.0 if one.event_type == other.event_type else 0.5,
        "toll": _toll(one.killed, other.killed),
    }
    score = sum(_SHARES[name] * value for name, value in worth.items())
    if score < ENOUGH:
        return None
    return Twin(one.incident_id, other.incident_id, round(score, 3), round(km, 1), days)


def _toll(one: int | None, other: int | None) -> float:
    if one is None or other is None:
        return 0.5
    return 1.0 - abs(one - other) / max(one, other, 1)

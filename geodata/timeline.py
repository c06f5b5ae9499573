"""Incidents over time: bars of what falls into a step, bands of what is dated less exactly.

An incident dated only to a month is not drawn on a day of it. At steps that are finer than its
date it belongs to a band over all the days on which it may have happened. Bars, bands and the
undated add up to the incidents that were asked for.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from geodata.errors import InputError
from geodata.precision import DatePrecision

LANES = 3
"""Bands that may lie above one another; what finds no room joins the bands it overlaps."""

_EXACT = (DatePrecision.DAY, DatePrecision.RANGE)
FINE_ENOUGH: dict[str, tuple[DatePrecision, ...]] = {
    "day": _EXACT,
    "week": (*_EXACT, DatePrecision.WEEK),
    "month": (*_EXACT, DatePrecision.WEEK, DatePrecision.MONTH),
    "year": (*_EXACT, DatePrecision.WEEK, DatePrecision.MONTH, DatePrecision.YEAR),
}
"""Date precisions that can fall into one step; both ends must lie in the same one."""

STEPS = tuple(FINE_ENOUGH)


@dataclass(frozen=True, slots=True)
class Dated:
    """Incidents with the same first and last possible day, known equally well."""

    first: date
    last: date
    precision: DatePrecision
    incidents: int
    killed: int

    @property
    def days(self) -> tuple[date, date]:
        """First and last possible day, also where a table wrote the first one alone."""
        first, last = self.first, self.last
        if last > first:
            return first, last
        if self.precision == DatePrecision.WEEK:
            return first, date.fromordinal(min(date.max.toordinal(), first.toordinal() + 6))
        if self.precision == DatePrecision.MONTH:
            return first, first.replace(day=monthrange(first.year, first.month)[1])
        if self.precision == DatePrecision.YEAR:
            return first, first.replace(month=12, day=31)
        return first, first


@dataclass(frozen=True, slots=True)
class Band:
    """Days, both included, on any of which some incidents may have happened.

    `lane` tells bands apart that share days: those of one lane share none. 0 holds the longest.
    """

    first: date
    last: date
    incidents: int
    killed: int
    lane: int = 0


@lru_cache(maxsize=65_536)  # thousands of days, several times for each drawing of a timeline
def first_day(day: date, step: str) -> date:
    """Give the first day of the step that a day lies in; a week starts on Monday."""
    if step == "week":
        return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))
    if step == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if step == "year" else day


def must_be_step(step: str) -> None:
    """Refuse a step that is none of `STEPS` (`InputError`)."""
    if step not in FINE_ENOUGH:
        raise InputError(f"no step {step!r} of time; one of {', '.join(STEPS)}")


def in_one_step(dated: Dated, step: str) -> bool:
    """Whether incidents are known well enough to stand in one bar."""
    if dated.precision not in FINE_ENOUGH[step]:
        return False
    first, last = dated.first, dated.last
    return first == last or first_day(first, step) == first_day(last, step)


def bars(dates: Iterable[Dated], step: str) -> list[tuple[str, int, int]]:
    """(first day of the step, incidents, killed) of what falls into one step, the oldest first."""
    must_be_step(step)
    incidents: Counter[date] = Counter()
    killed: Counter[date] = Counter()
    for dated in dates:
        if in_one_step(dated, step):
            start = first_day(dated.first, step)
            incidents[start] += dated.incidents
            killed[start] += dated.killed
    return [(day.isoformat(), incidents[day], killed[day]) for day in sorted(incidents)]


def coarse(dates: Iterable[Dated], step: str) -> Counter[DatePrecision]:
    """Incidents that stand in no bar of a step, by how exactly their date is known."""
    must_be_step(step)
    found: Counter[DatePrecision] = Counter()
    for dated in dates:
        if not in_one_step(dated, step):
            found[dated.precision] += dated.incidents
    return found


def bands(dates: Iterable[Dated], step: str, *, lanes: int = LANES) -> list[Band]:
    """What stands in no bar, over the days on which it may have happened.

    Bands of one lane share no day. Of bands that find no lane of their own, those that overlap
    become one over all their days: still true, only less exact.
    """
    must_be_step(step)
    spans: defaultdict[tuple[date, date], list[int]] = defaultdict(lambda: [0, 0])
    for dated in dates:
        if not in_one_step(dated, step):
            span = spans[dated.days]
            span[0] += dated.incidents
            span[1] += dated.killed
    found = [Band(first, last, *counts) for (first, last), counts in spans.items()]
    found.sort(key=lambda band: (band.first - band.last, band.first))
    placed: list[list[Band]] = [[] for _ in range(lanes)]
    for band in found:
        free = next((lane for lane in placed if not _sharing(band, lane)), None)
        if free is None:
            placed[-1] = _joined(band, placed[-1])
        else:
            free.append(band)
    return sorted(
        (replace(band, lane=at) for at, lane in enumerate(placed) for band in lane),
        key=lambda band: (band.lane, band.first),
    )


def _sharing(band: Band, lane: Sequence[Band]) -> list[Band]:
    return [other for other in lane if other.first <= band.last and other.last >= band.first]


def _joined(band: Band, lane: list[Band]) -> list[Band]:
    """Give a lane with a band joined to those it shares days with; the sum stays the same.

    Bands of a lane share no days, so the days of the joined one are shared with no other.
    """
    hosts = _sharing(band, lane)
    both = [band, *hosts]
    whole = Band(
        min(other.first for other in both),
        max(other.last for other in both),
        sum(other.incidents for other in both),
        sum(other.killed for other in both),
    )
    return [other for other in lane if other not in hosts] + [whole]

"""Bars and bands: what is dated less exactly than a step is never drawn on a day of it."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import InputError
from geodata.precision import DatePrecision
from geodata.timeline import LANES, STEPS, Band, Dated, bands, bars, coarse

MARCH = Dated(date(2021, 3, 1), date(2021, 3, 31), DatePrecision.MONTH, 3, 7)
MONDAY = Dated(date(2021, 3, 1), date(2021, 3, 1), DatePrecision.DAY, 2, 5)
YEAR = Dated(date(2021, 1, 1), date(2021, 12, 31), DatePrecision.YEAR, 1, 0)


@st.composite
def dates(draw: st.DrawFn) -> Dated:
    first = draw(st.dates(date(2019, 1, 1), date(2022, 12, 31)))
    last = first + timedelta(days=draw(st.sampled_from([0, 0, 1, 6, 29, 364])))
    count = draw(st.integers(1, 9))
    return Dated(first, last, draw(st.sampled_from(DatePrecision)), count, 2 * count)


def test_a_month_is_a_band_under_days_and_weeks_and_a_bar_of_months() -> None:
    for step in ("day", "week"):
        assert bars([MARCH, MONDAY], step) == [("2021-03-01", 2, 5)]
        assert bands([MARCH, MONDAY], step) == [Band(MARCH.first, MARCH.last, 3, 7)]
    assert bars([MARCH, MONDAY], "month") == [("2021-03-01", 5, 12)]
    assert bands([MARCH, MONDAY], "month") == []


def test_the_longest_band_lies_lowest_and_shorter_ones_above_it() -> None:
    found = bands([MARCH, YEAR], "day")
    assert [(band.lane, band.incidents) for band in found] == [(0, 1), (1, 3)]


def test_bands_without_a_lane_become_one_over_all_their_days() -> None:
    spans = [(1, 20), (2, 21), (3, 22), (4, 23)]
    ranges = [
        Dated(date(2021, 3, a), date(2021, 3, b), DatePrecision.RANGE, 1, 1) for a, b in spans
    ]
    joined = bands(ranges, "day", lanes=2)
    assert [(b.first.day, b.last.day, b.incidents, b.lane) for b in joined] == [
        (1, 20, 1, 0),
        (2, 23, 3, 1),
    ]


@given(st.lists(dates(), max_size=30), st.sampled_from(STEPS))
def test_nothing_is_lost_and_no_lane_has_a_day_twice(found: list[Dated], step: str) -> None:
    hatched = bands(found, step)
    drawn = bars(found, step)
    assert sum(n for _, n, _ in drawn) + sum(b.incidents for b in hatched) == sum(
        dated.incidents for dated in found
    )
    assert sum(k for _, _, k in drawn) + sum(b.killed for b in hatched) == sum(
        dated.killed for dated in found
    )
    assert sum(coarse(found, step).values()) == sum(band.incidents for band in hatched)
    for lane in range(LANES):
        inside = [band for band in hatched if band.lane == lane]
        assert all(one.last < two.first for one, two in itertools.pairwise(inside))
    assert all(band.lane < LANES for band in hatched)


@pytest.mark.parametrize(
    ("precision", "last"),
    [
        (DatePrecision.DAY, date(2020, 2, 1)),
        (DatePrecision.WEEK, date(2020, 2, 7)),
        (DatePrecision.MONTH, date(2020, 2, 29)),
        (DatePrecision.YEAR, date(2020, 12, 31)),
    ],
)
def test_where_no_last_day_is_written_the_precision_says_it(
    precision: DatePrecision, last: date
) -> None:
    first = date(2020, 2, 1)
    assert Dated(first, first, precision, 1, 0).days == (first, last)


def test_the_last_days_of_all_time_are_no_fault() -> None:
    assert Dated(date.max, date.max, DatePrecision.WEEK, 1, 0).days == (date.max, date.max)


def test_an_unknown_step_is_refused() -> None:
    for ask in (bars, bands, coarse):
        with pytest.raises(InputError, match="'decade'"):
            ask([MARCH], "decade")

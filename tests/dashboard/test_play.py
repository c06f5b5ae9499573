"""What time can be played."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.play import play_data
from geodata.filters import Filter
from geodata.precision import DatePrecision
from geodata.timeline import Dated


def on(first: date, last: date | None = None) -> Dated:
    return Dated(first, last or first, DatePrecision.RANGE if last else DatePrecision.DAY, 1, 0)


SPRING = [on(date(2021, 3, 1)), on(date(2021, 4, 1), date(2021, 5, 9))]


def test_all_time_is_played_without_a_period_and_else_the_period() -> None:
    whole = play_data(SPRING, Filter(), 0)
    assert whole is not None
    assert (whole["since"], whole["until"]) == ("2021-03-01", "2021-05-09")
    part = play_data(SPRING, Filter(since=date(2021, 3, 5), until=date(2021, 3, 9)), 0)
    assert part is not None
    assert (part["since"], part["until"]) == ("2021-03-05", "2021-03-09")


@pytest.mark.parametrize(
    ("last", "step"),
    [(date(2021, 3, 30), "day"), (date(2022, 3, 1), "week"), (date(2029, 3, 1), "month")],
)
def test_the_first_step_suits_the_time(last: date, step: str) -> None:
    data = play_data([on(date(2021, 3, 1)), on(last)], Filter(), 0)
    assert data is not None
    assert data["step"] == step


def test_nothing_is_played_without_two_days() -> None:
    assert play_data([], Filter(), 3) is None
    assert play_data([on(date(2021, 3, 1))], Filter(), 0) is None
    assert play_data(SPRING, Filter(since=date(2030, 1, 1)), 0) is None


def test_what_the_windows_cannot_place_is_told() -> None:
    data = play_data(SPRING, Filter(), 2)
    assert data is not None
    assert "every window it may be of" in data["note"]
    assert "2 without a date are in none" in data["note"]
    sharp = play_data([on(date(2021, 3, 1)), on(date(2021, 3, 9))], Filter(), 0)
    assert sharp is not None
    assert sharp["note"] == ""

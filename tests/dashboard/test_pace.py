"""How fast a table is read: rows of this run alone count, and the rest is told in words."""

from __future__ import annotations

from dashboard.pace import Pace
from ingest.tables.importing import Done


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_pace_counts_from_the_beginning() -> None:
    clock = Clock()
    pace = Pace(clock)
    clock.now = 4.0
    done = Done(40_000, 0.25)
    assert (pace.words(done), pace.left(done)) == ("10,000 rows/s", "about 12 s left")


def test_rows_that_are_there_do_not_count() -> None:
    clock = Clock()
    pace = Pace(clock)
    clock.now = 10.0
    passed = Done(2_000_000, 0.5, 2_000_000)
    assert (pace.words(passed), pace.left(passed)) == ("going on at row 2,000,001", "")
    clock.now = 110.0
    done = Done(2_400_000, 0.6, 2_000_000)
    assert (pace.words(done), pace.left(done)) == ("4,000 rows/s", "about 7 min left")


def test_nothing_is_left_at_the_end() -> None:
    assert Pace(Clock()).left(Done(10, 1.0)) == ""

"""The timeline as data: bars, bands, and the words under them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from map_examples import incident

from dashboard.timeline import step_of, timeline_data
from geodata.filters import Filter
from geodata.precision import DatePrecision
from geodata.store import Store, open_store
from geodata.timeline import Dated

MONTH, YEAR = DatePrecision.MONTH, DatePrecision.YEAR


@pytest.fixture
def vague(tmp_path: Path) -> Iterator[Store]:
    """Two incidents of a day, three of a month, one of a year, one without a date."""
    may = {"event_date": date(2021, 5, 1), "event_date_end": date(2021, 5, 31)}
    whole = {"event_date": date(2021, 1, 1), "event_date_end": date(2021, 12, 31)}
    never = {"event_date": None, "date_precision": DatePrecision.UNKNOWN}
    found = [
        incident("a", event_date=date(2021, 4, 3)),
        incident("b", event_date=date(2021, 6, 8)),
        *(incident(f"m{number}", date_precision=MONTH, **may) for number in range(3)),
        incident("y", date_precision=YEAR, **whole),
        incident("n", **never),
    ]
    with open_store(tmp_path / "vague.gpkg", create=True) as store:
        with store.atomic():
            store.add_incidents(found)
        yield store


def test_the_timeline_shows_the_whole_time_and_marks_the_chosen_one(served: Store) -> None:
    data = timeline_data(served, Filter(since=date(2021, 8, 1)))
    assert sum(n for _, n, _ in data["bars"]) == served.count(Filter())
    assert data["since"] == "2021-08-01"


def test_the_timeline_counts_only_what_the_other_filters_leave(served: Store) -> None:
    data = timeline_data(served, Filter(district=("Mastung",)))
    assert sum(n for _, n, _ in data["bars"]) == 2


def test_what_is_dated_less_exactly_is_a_band_and_is_told(vague: Store) -> None:
    data = timeline_data(vague, Filter())
    assert data["step"] == "week"
    assert sum(n for _, n, _ in data["bars"]) == 2
    assert [(b["since"], b["until"], b["n"]) for b in data["bands"]] == [
        ("2021-01-01", "2021-12-31", 1),
        ("2021-05-01", "2021-05-31", 3),
    ]
    assert "3 dated only to a month, 1 dated only to a year" in data["note"]
    assert "1 without a date" in data["note"]


def test_a_step_that_would_give_no_bar_gives_way_to_a_coarser_one() -> None:
    assert step_of([Dated(date(2021, 1, 1), date(2021, 12, 31), YEAR, 1, 0)]) == "year"
    assert step_of([Dated(date(2021, 5, 1), date(2021, 5, 31), MONTH, 1, 0)]) == "month"
    assert step_of([]) == "month"

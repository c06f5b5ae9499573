"""Two periods against each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from map_examples import HOSTILE, incident

from dashboard.compare import (
    BEFORE,
    ROWS,
    Change,
    Period,
    changes,
    comparison_data,
    other_period,
    period_of,
    signed,
)
from geodata.errors import InputError
from geodata.filters import Filter
from geodata.palette import Palette
from geodata.precision import DatePrecision
from geodata.store import Store, open_store

MARCH = Period(date(2021, 3, 1), date(2021, 3, 31))
FEBRUARY = Period(date(2021, 2, 1), date(2021, 2, 28))
IN_MARCH = Filter(since=MARCH.since, until=MARCH.until)
COUNTS = st.lists(
    st.tuples(st.sampled_from("ABCDE"), st.integers(1, 9)), unique_by=lambda pair: pair[0]
)


@pytest.fixture
def two_months(tmp_path: Path) -> Iterator[Store]:
    """Three incidents in March, two in February, one that may be of either, one in January."""
    feb, march = date(2021, 2, 10), date(2021, 3, 10)
    across = {"event_date": date(2021, 2, 25), "event_date_end": date(2021, 3, 3)}
    found = [
        *(incident(f"m{number}", event_date=march, killed_best=1) for number in range(3)),
        incident("f1", event_date=feb, killed_best=4),
        incident("f2", event_date=feb, actor1=HOSTILE, perpetrator=None, killed_best=None),
        incident("x", date_precision=DatePrecision.RANGE, killed_best=0, **across),
        incident("j", event_date=date(2021, 1, 30)),
    ]
    with open_store(tmp_path / "two.gpkg", create=True) as store:
        with store.atomic():
            store.add_incidents(found)
        yield store


def test_the_period_before_is_as_long_and_ends_the_day_before() -> None:
    before = other_period(BEFORE, MARCH)
    assert (before.since, before.until) == (date(2021, 1, 29), date(2021, 2, 28))
    assert before.days == MARCH.days == 31


def test_a_period_can_be_chosen() -> None:
    assert other_period("2021-02-01..2021-02-28", MARCH) == FEBRUARY


@pytest.mark.parametrize("text", ["after", "2021-02-01", "2021-03-01..2021-02-01", "..", "x" * 500])
def test_what_is_no_period_is_one_line(text: str) -> None:
    with pytest.raises(InputError, match="compare: ") as caught:
        other_period(text, MARCH)
    assert len(str(caught.value)) < 200


def test_there_is_no_time_before_all_time() -> None:
    with pytest.raises(InputError, match="no time before"):
        other_period(BEFORE, Period(date.min, date(1, 1, 9)))


def test_an_open_end_is_the_end_of_all_dates(two_months: Store) -> None:
    dates = two_months.dates(Filter())
    assert period_of(Filter(), dates) is None
    assert period_of(Filter(since=MARCH.since), dates) == Period(MARCH.since, date(2021, 3, 10))


@given(COUNTS, COUNTS)
def test_every_name_of_either_period_is_there_once(
    now: list[tuple[str, int]], before: list[tuple[str, int]]
) -> None:
    rows = changes(now, before, "group")
    assert {row.name for row in rows} == {*dict(now), *dict(before)}
    assert len({row.name for row in rows}) == len(rows)
    assert sum(row.difference for row in rows) == sum(dict(now).values()) - sum(
        dict(before).values()
    )
    sizes = [abs(row.difference) for row in rows]
    assert sizes == sorted(sizes, reverse=True)


def test_types_are_compared_without_their_sub_types() -> None:
    rows = changes([("Battles", 3), ("Armed clash", 3)], [("Riots", 1)], "type")
    assert rows == [Change("Battles", 3, 0), Change("Riots", 0, 1)]


def test_a_difference_has_its_sign() -> None:
    assert [signed(n) for n in (12, 0, -3)] == ["+12", "0", "\N{MINUS SIGN}3"]


def test_the_sentence_says_both_periods_and_what_may_be_of_either(two_months: Store) -> None:
    data = comparison_data(two_months, IN_MARCH, MARCH, FEBRUARY, Palette({}))
    assert data["sentence"] == (
        "1–31 Mar 2021: 4 incidents, 1 more than in 1–28 Feb 2021 (3);"
        " 3 killed, 1 fewer than then (4)."
        " The periods have 31 and 28 days. 1 may be of either period and count in both."
    )


def test_the_tables_hold_what_the_filter_counts(two_months: Store) -> None:
    data = comparison_data(two_months, IN_MARCH, MARCH, FEBRUARY, Palette({}))
    groups = {row["words"]: row for row in data["tables"][0]["rows"]}
    assert [groups["Islamic State"][name] for name in ("now", "before", "change")] == [
        "4",
        "2",
        "+2",
    ]
    assert groups[HOSTILE]["change"] == "\N{MINUS SIGN}1"
    assert groups[HOSTILE]["share"] == -0.5
    assert all(len(table["rows"]) <= ROWS for table in data["tables"])


def test_each_group_has_a_timeline_on_the_whole_time(two_months: Store) -> None:
    data = comparison_data(two_months, IN_MARCH, MARCH, FEBRUARY, Palette({}))
    charts = {chart["name"]: chart for chart in data["multiples"]["charts"]}
    assert sum(n for _, n in charts["Islamic State"]["bars"]) == 5
    assert charts["Islamic State"]["rest"] == "+ 1 dated less exactly"
    chosen = comparison_data(two_months, Filter(group=(HOSTILE,)), MARCH, FEBRUARY, Palette({}))[
        "multiples"
    ]["charts"]
    assert [chart["name"] for chart in chosen] == [HOSTILE]

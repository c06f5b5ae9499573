"""What the Map page shows, as values."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from map_examples import incident

from dashboard.view import (
    COLUMNS,
    counts_of,
    empty_state,
    filter_of,
    options_of,
    page_words,
    table_row,
    timeline_step,
    toggled,
    widget_values,
)
from geodata.errors import InputError
from geodata.filters import Filter
from geodata.incident import Status
from geodata.precision import LocationPrecision
from geodata.store import Store
from geodata.summary import Totals

NONE = Totals(
    all=0,
    mapped=0,
    not_located=0,
    filtered_out=0,
    awaiting_review=0,
    rejected=0,
    drafts=0,
    area_only=0,
    undated=0,
    killed=0,
    injured=0,
    documents=0,
    quarantined=0,
)
NAMES = st.lists(st.sampled_from(["A", "B", "Ć"]), unique=True).map(tuple)
FILTERS = st.builds(
    Filter,
    group=NAMES,
    district=NAMES,
    since=st.none() | st.dates(max_value=date(2000, 1, 1)),
    until=st.none() | st.dates(min_value=date(2000, 1, 1)),
    min_killed=st.none() | st.integers(1, 99),
    precision=st.lists(st.sampled_from(LocationPrecision), unique=True).map(tuple),
    text=st.sampled_from(["", "camp"]),
    bbox=st.sampled_from([None, (1.0, 2.0, 3.0, 4.0)]),
    polygon=st.sampled_from([(), ((1.0, 2.0), (3.0, 2.0), (3.0, 4.5))]),
)


@given(FILTERS)
def test_the_widgets_say_the_filter_they_were_given(where: Filter) -> None:
    assert filter_of(widget_values(where), where) == where


def test_a_text_that_no_filter_takes_is_one_line() -> None:
    with pytest.raises(InputError, match="text"):
        filter_of({"text": "x" * 300}, Filter())


def test_one_date_alone_is_a_filter_with_one_end() -> None:
    assert filter_of({"since": date(2021, 8, 1), "until": None}, Filter()) == Filter(
        since=date(2021, 8, 1)
    )


def test_a_click_on_a_bar_chooses_only_it_and_a_second_takes_it_back() -> None:
    once = toggled(Filter(group=("A", "B")), "group", "C")
    assert once.group == ("C",)
    assert toggled(once, "group", "C") == Filter()


def test_options_hold_their_counts_and_what_is_chosen_but_gone() -> None:
    options = options_of([("Quetta", 1200)], ["Mastung"], "district")
    assert options == {"Quetta": "Quetta (1\u202f200)", "Mastung": "Mastung (0)"}


def test_options_are_said_in_plain_words() -> None:
    assert options_of([("district", 3)], [], "precision") == {"district": "District only (3)"}


def test_the_totals_lead_to_the_incidents_they_count(served: Store) -> None:
    where = Filter()
    counts = {count.key: count for count in counts_of(served.totals(where), where)}
    for key in ("sharp", "area", "unplaced", "drafts", "rejected"):
        goal = counts[key].where
        assert goal is not None
        assert counts[key].words.startswith(f"{served.count(goal)} ")


def test_an_empty_project_has_one_total() -> None:
    assert [count.key for count in counts_of(NONE, Filter())] == ["matched"]


def test_what_is_not_on_the_map_is_said_even_where_it_is_zero() -> None:
    counts = {count.key: count for count in counts_of(replace(NONE, all=1, mapped=1), Filter())}
    for key in ("unplaced", "drafts", "filtered"):
        assert counts[key].words.startswith("0 ")
        assert counts[key].where is None, "a zero leads nowhere"


@pytest.mark.parametrize(
    ("totals", "where", "words", "step"),
    [
        ({}, Filter(), "no incidents yet", "add"),
        ({"all": 3, "filtered_out": 3}, Filter(text="x"), "matches this filter", "clear"),
        ({"all": 3, "not_located": 2}, Filter(), "2 matching incidents, none", ""),
        ({"all": 3, "rejected": 3}, Filter(), "all rejected", ""),
    ],
)
def test_an_empty_map_says_why_and_what_next(
    totals: dict[str, Any], where: Filter, words: str, step: str
) -> None:
    empty = empty_state(replace(NONE, **totals), where)
    assert empty is not None
    assert words in empty.words
    assert empty.step == step


def test_one_match_on_the_map_is_not_empty() -> None:
    assert empty_state(replace(NONE, all=1, mapped=1), Filter()) is None


@pytest.mark.parametrize(
    ("last", "step"),
    [
        ("2021-02-01", "day"),
        ("2022-06-01", "week"),
        ("2030-01-01", "month"),
        ("2099-01-01", "year"),
    ],
)
def test_the_step_of_the_timeline_suits_its_span(last: str, step: str) -> None:
    assert timeline_step([("2021-01-01", 1, 0), (last, 1, 0)]) == step


def test_a_timeline_without_dates_has_a_step() -> None:
    assert timeline_step([]) == "month"


def test_a_row_says_what_is_known_and_no_more() -> None:
    row = dict(zip(COLUMNS, table_row(incident("x", killed_best=None)), strict=True))
    assert row["Date"] == "1 Mar 2021"
    assert row["Killed"] == ""
    assert row["Place known to"] == "town or village"


def test_pages_are_counted_from_one() -> None:
    assert page_words(50, 50, 1234) == "51–100 of 1\u202f234"
    assert page_words(0, 0, 0) == "no incidents"


def test_a_status_filter_does_not_hide_what_the_totals_link_to() -> None:
    totals = replace(NONE, all=5, awaiting_review=5)
    (count,) = [c for c in counts_of(totals, Filter()) if c.key == "awaiting"]
    assert count.where == Filter(status=(Status.DRAFT,))

"""A large project is asked through its columns, and answers as its store would."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.answers import answers, is_large_project
from dashboard.map.points import palette_of
from geodata.filters import Filter
from geodata.incident import Status
from geodata.palette import project_palette
from geodata.store import Store

FILTERS = (
    Filter(),
    Filter(group=("Islamic State",), since=date(2021, 1, 1)),
    Filter(district=("Mastung",), min_killed=1),
    Filter(status=(Status.CONFIRMED,), text="raid"),
    Filter(group=("Nobody at all",)),
)


@pytest.fixture
def large(served: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr("dashboard.answers.MOST_IN_STORE", 0)
    assert is_large_project(served)
    return served


def test_a_small_project_is_asked_itself(served: Store) -> None:
    assert answers(served) is served


@pytest.mark.parametrize("where", FILTERS, ids=Filter.sentence)
def test_a_large_project_answers_as_its_store_would(large: Store, where: Filter) -> None:
    asked = answers(large)
    assert asked is not large
    assert asked.totals(where) == large.totals(where)
    assert asked.count(where) == large.count(where)
    for part in ("group", "district", "type", "status", "dataset"):
        assert asked.facet(part, where) == large.facet(part, where)
        assert asked.facet(part, where, limit=1) == large.facet(part, where, limit=1)
    assert asked.timeline(where, "month") == large.timeline(where, "month")
    for order in ("-event_date", "-killed_best"):
        expected = large.incidents(where, limit=3, offset=1, order=order)
        assert asked.incidents(where, limit=3, offset=1, order=order) == expected


def test_a_change_is_in_the_next_answer(large: Store) -> None:
    before = answers(large).totals(Filter(status=(Status.REJECTED,))).matched
    (first,) = answers(large).incidents(Filter(), limit=1)
    with large.atomic():
        large.update_incident(first.incident_id, {"status": "rejected"}, who="Ana")
    assert answers(large).totals(Filter(status=(Status.REJECTED,))).matched == before + 1


def test_groups_have_the_same_colours_however_large_the_project_is(large: Store) -> None:
    assert palette_of(large).colours == project_palette(large).colours

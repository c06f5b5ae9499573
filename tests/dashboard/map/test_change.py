"""A period and the one before it: both counts are those of the filters themselves."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.map.change import area_change_json, hexagon_change_json, period_before, period_words
from geodata.errors import InputError
from geodata.filters import Filter
from geodata.store import Store, open_store
from tests.dashboard.layer_examples import FIRST, GROUPS, scattered

WORLD = (-180.0, -85.0, 180.0, 85.0)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    path: Path = tmp_path_factory.mktemp("change") / "atlas.gpkg"
    opened = open_store(path, create=True)
    with opened.atomic():
        opened.add_incidents(scattered(600))
    return opened


@given(since=st.dates(date(1900, 1, 1), date(2100, 1, 1)), days=st.integers(0, 4000))
def test_the_period_before_is_as_long_and_ends_the_day_before(since: date, days: int) -> None:
    before = period_before(Filter(since=since, until=since + timedelta(days), min_killed=1))
    assert before.until == since - timedelta(1)
    assert before.since is not None
    assert before.until - before.since == timedelta(days)
    assert before.min_killed == 1


@pytest.mark.parametrize(
    "where",
    [
        Filter(),
        Filter(since=date(2021, 1, 1)),
        Filter(until=date(2021, 1, 1)),
        Filter(since=date(1, 1, 1), until=date(1, 1, 2)),
        Filter(since=date(100, 1, 1), until=date(2021, 1, 2)),
    ],
)
def test_without_a_period_there_is_nothing_before(where: Filter) -> None:
    with pytest.raises(InputError):
        period_before(where)


@settings(max_examples=40, deadline=None)
@given(
    start=st.integers(0, 300),
    days=st.integers(0, 200),
    group=st.sampled_from(GROUPS),
    zoom=st.integers(1, 12),
)
def test_both_periods_reconcile(
    store: Store, start: int, days: int, group: str | None, zoom: int
) -> None:
    since = FIRST + timedelta(start)
    where = Filter(since=since, until=since + timedelta(days), group=(group,) if group else ())
    now, before = store.totals(where).mapped, store.totals(period_before(where)).mapped
    for answer in (
        orjson.loads(hexagon_change_json(store, where, zoom, WORLD)),
        orjson.loads(area_change_json(store, where, "districts")),
        orjson.loads(area_change_json(store, where, "provinces")),
    ):
        assert answer["inside"] == sum(answer["n"])
        assert answer["before_inside"] == sum(answer["before"])
        assert answer["inside"] + answer["stacked"] == now
        assert answer["before_inside"] + answer["before_stacked"] == before
        changes = {abs(n - was) for n, was in zip(answer["n"], answer["before"], strict=True)}
        for change in changes - {0}:
            assert any(least <= change <= most for least, most in answer["classes"])


def test_a_period_is_told_by_its_days() -> None:
    where = Filter(since=date(2021, 8, 1), until=date(2021, 8, 31))
    assert period_words(period_before(where)) == "1 Jul – 31 Jul 2021"

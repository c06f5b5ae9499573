"""Columns in memory give the very answers of the store that they were read from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata import columns as c
from geodata._elsewhere import read_elsewhere
from geodata._queries import FACETS
from geodata._sqlite import connect
from geodata.columns import FIELDS, ProjectColumns, read_columns
from geodata.errors import InputError, StoreError
from geodata.filters import Filter
from geodata.incident import Incident, Status
from geodata.precision import DatePrecision, LocationPrecision
from geodata.store import Store, open_store
from geodata.taxonomy import EVENT_TYPE_OF
from geodata.timeline import FINE_ENOUGH

T = TypeVar("T")

GROUPS = ("Mosul Front", "MOSUL FRONT", "Mösul Front", "Reds", "reds", "Al-Shabaab", None, None)
PLACES = ("Zlín", "Zlin", "Opava", "Šumava", None)
SUB_TYPES = (*sorted(EVENT_TYPE_OF)[:5], None)
STANDINGS: tuple[dict[str, int], ...] = (
    {},
    {},
    {"civilians": 2},
    {"militants": 30, "security_forces": 1},
    {"civilians": 1, "unknown": 1},
)
FIRST = date(2019, 12, 20)


def some_incidents(count: int = 500) -> Iterator[Incident]:
    chance = np.random.default_rng(11)

    def one(values: tuple[T, ...]) -> T:
        return values[int(chance.integers(0, len(values)))]

    for number in range(count):
        start = None if number % 13 == 0 else FIRST + timedelta(int(chance.integers(0, 500)))
        precision = one(tuple(DatePrecision))
        sub_type = one(SUB_TYPES)
        placed = number % 7 != 0
        yield Incident(
            incident_id=f"i{number}",
            event_date=start,
            event_date_end=start and start + timedelta(one((0, 0, 3, 20, 200))),
            date_precision=precision if start else DatePrecision.UNKNOWN,
            event_type=sub_type and EVENT_TYPE_OF[sub_type],
            sub_event_type=sub_type,
            actor1=one(GROUPS),
            actor2=one(GROUPS),
            perpetrator=one(GROUPS),
            admin2=one(PLACES),
            admin1=one(PLACES),
            country=one(("Examplia", "Exämplia", "Otherland", None)),
            latitude=float(chance.uniform(-60, 60)) if placed else None,
            longitude=float(chance.uniform(-170, 170)) if placed else None,
            location_precision=one(tuple(LocationPrecision)),
            killed_best=one((None, 0, 1, 3, 40)),
            injured_best=one((None, 0, 2, 15)),
            killed_by_status=one(STANDINGS),
            notes=one(("by night", "", "Zlín road")),
            status=one(tuple(Status)),
            dataset=one((None, "acled", "ucdp")),
        )


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("columns") / "atlas.gpkg"
    with open_store(path, create=True) as opened:
        with opened.atomic():
            opened.add_incidents(some_incidents())
        yield opened


@pytest.fixture(scope="module")
def columns(store: Store) -> ProjectColumns:
    return read_columns(store)


def some_of(values: tuple[T, ...]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


NAMES = tuple(name for name in GROUPS if name)
DAYS = st.none() | st.dates(date(2019, 12, 1), date(2021, 8, 1))
filters = st.builds(
    Filter,
    group=some_of((*NAMES, "Nobody")),
    with_affiliates=st.booleans(),
    perpetrator=some_of(NAMES),
    country=some_of(("EXAMPLIA", "Otherland")),
    province=some_of(("Zlín", "Opava")),
    district=some_of(("zlin", "Šumava")),
    type=some_of((*(s for s in SUB_TYPES if s), "Battles")),
    min_killed=st.sampled_from([None, 0, 2]),
    precision=some_of(tuple(LocationPrecision)),
    status=some_of(tuple(Status)),
    bbox=st.sampled_from([None, (-100.0, -40.0, 90.0, 50.0), (10.0, 0.0, 10.0, 0.0)]),
    text=st.sampled_from(["", "", "zlin", "night"]),
    dataset=some_of(("acled", "reports", "UCDP")),
)


@st.composite
def filters_in_time(draw: st.DrawFn) -> Filter:
    where = draw(filters)
    since, until = sorted([draw(DAYS), draw(DAYS)], key=lambda day: day or date.max)
    parts = {name: getattr(where, name) for name in Filter.__dataclass_fields__}
    return Filter(**(parts | {"since": since, "until": until}))


some_filters = settings(
    max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


@some_filters
@given(filters_in_time())
def test_a_filter_means_the_same_rows(store: Store, columns: ProjectColumns, where: Filter) -> None:
    found = c.matching(columns, where, store.numbers)
    assert sorted(columns.fid[found].tolist()) == sorted(store.numbers(where).tolist())


@some_filters
@given(filters_in_time())
def test_totals_are_the_same(store: Store, columns: ProjectColumns, where: Filter) -> None:
    found = c.matching(columns, where, store.numbers)
    expected = store.totals(where)
    assert (
        c.totals(columns, found, expected.awaiting_review, expected.documents, expected.quarantined)
        == expected
    )


@some_filters
@given(filters_in_time())
def test_the_tolls_are_the_same(store: Store, columns: ProjectColumns, where: Filter) -> None:
    found = c.matching(columns, where, store.numbers)
    tolls = c.tolls(columns, found)
    assert tolls == store.tolls(where)
    assert (tolls.killed, tolls.injured) == (
        store.totals(where).killed,
        store.totals(where).injured,
    )


@some_filters
@given(filters_in_time(), st.sampled_from(sorted(FACETS)))
def test_a_list_of_values_is_the_same(
    store: Store, columns: ProjectColumns, where: Filter, part: str
) -> None:
    found = c.matching(columns, c.without(part, where), store.numbers)
    assert c.facet(columns, part, found) == store.facet(part, where)


@some_filters
@given(filters_in_time(), st.sampled_from(sorted(FINE_ENOUGH)))
def test_a_timeline_is_the_same(
    store: Store, columns: ProjectColumns, where: Filter, step: str
) -> None:
    found = c.matching(columns, where, store.numbers)
    assert c.timeline(columns, found, step) == store.timeline(where, step)


@some_filters
@given(filters_in_time())
def test_the_days_are_the_same(store: Store, columns: ProjectColumns, where: Filter) -> None:
    counted = c.dates(columns, c.matching(columns, where, store.numbers))
    expected = store.dates(where)
    assert len(counted) == len(expected)
    assert set(counted) == set(expected)


@some_filters
@given(
    filters_in_time(),
    st.sampled_from(["event_date", "-event_date", "killed_best", "-killed_best"]),
    st.integers(0, 80),
    st.integers(1, 60),
)
def test_a_page_of_the_table_is_the_same(
    store: Store, columns: ProjectColumns, where: Filter, order: str, offset: int, limit: int
) -> None:
    found = c.matching(columns, where, store.numbers)
    numbers = c.page(columns, found, order, limit=limit, offset=offset)
    expected = store.incidents(where, limit=limit, offset=offset, order=order)
    assert store.numbered(numbers) == expected


def test_many_incidents_are_read_by_other_processes_and_are_the_same(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = [row for batch in store.arrow(FIELDS) for row in batch.to_pylist()]
    monkeypatch.setattr("geodata._arrow.MANY", 1)
    batches = list(store.arrow(FIELDS))
    assert pa.types.is_dictionary(batches[0]["actor1"].type)
    assert [row for batch in batches for row in batch.to_pylist()] == here


def test_a_transaction_sees_its_own_incidents_however_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geodata._arrow.MANY", 1)
    with open_store(tmp_path / "atlas.gpkg", create=True) as store, store.atomic():
        store.add_incidents([Incident(incident_id="one")])
        assert len(read_columns(store)) == 1


def test_what_another_process_cannot_read_is_told_in_a_line(tmp_path: Path) -> None:
    broken = tmp_path / "broken.gpkg"
    broken.write_bytes(b"no project")
    with pytest.raises(StoreError, match=r"broken.gpkg' could not be read: .+incidents check"):
        list(read_elsewhere(broken, ["fid"], [pa.int64()], 5))


def test_an_empty_project_has_columns_without_rows(tmp_path: Path) -> None:
    with open_store(tmp_path / "atlas.gpkg", create=True) as store:
        columns = read_columns(store)
        found = c.matching(columns, Filter(group=("Reds",), since=FIRST), store.numbers)
        assert len(columns) == 0
        assert c.totals(columns, found, 0, 0, 0) == store.totals(Filter())
        assert c.facet(columns, "group", found) == []
        assert c.timeline(columns, found, "month") == []
        assert c.page(columns, found, "-event_date", limit=50).tolist() == []


def test_a_date_that_is_none_is_told(tmp_path: Path) -> None:
    with open_store(tmp_path / "atlas.gpkg", create=True) as store, store.atomic():
        store.add_incidents([Incident(incident_id="one", event_date=FIRST)])
    connection = connect(tmp_path / "atlas.gpkg", "rw")
    connection.execute("UPDATE incidents SET event_date = 'soon'")
    connection.close()
    with (
        open_store(tmp_path / "atlas.gpkg") as store,
        pytest.raises(StoreError, match="event_date 'soon'"),
    ):
        read_columns(store)


def test_unknown_parts_steps_and_orders_are_refused(columns: ProjectColumns) -> None:
    nothing = np.zeros(len(columns), dtype=bool)
    with pytest.raises(InputError, match="no list of values for 'text'"):
        c.facet(columns, "text", nothing)
    with pytest.raises(InputError, match="no step 'hour'"):
        c.timeline(columns, nothing, "hour")
    with pytest.raises(InputError, match="cannot order by 'place'"):
        c.page(columns, nothing, "place", limit=1)

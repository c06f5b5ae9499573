"""Many rows at once: indexes made at the end, a packed R-tree, a program that is killed."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from dataset_examples import FIRST, Row, cells_of, close_import, fields_of, open_import, row
from examples import INCIDENTS, LATITUDES, LONGITUDES, located
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_contract import EVERY, UndoError

from geodata import _bulk
from geodata._bulk import pack_rtree
from geodata._extent import extent
from geodata.errors import StoreError
from geodata.filters import Filter
from geodata.geopackage import GeoPackageStore

MANY = 6_000


def many(count: int = MANY) -> list[Row]:
    chance = random.Random(3)
    return [
        row(str(n), latitude=chance.uniform(-90, 90), longitude=chance.uniform(-180, 180))
        for n in range(count)
    ]


def names(path: Path) -> set[str]:
    with sqlite3.connect(path) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}


def import_many(store: GeoPackageStore, rows: list[Row]) -> int:
    with store.atomic():
        into = open_import(store)
        store.add_rows(into, fields_of(rows), cells_of(rows))
        return close_import(store, into, added=len(rows)).import_id


def test_many_rows_are_added_with_every_index_and_found_by_a_box(filled: GeoPackageStore) -> None:
    before = names(filled.path)
    rows = many()
    import_many(filled, rows)
    assert names(filled.path) == before
    box = Filter(bbox=(10.0, 20.0, 60.0, 50.0))
    inside = {i.incident_id for i in filled.each(EVERY) if box.matches(i)}
    assert {i.incident_id for i in filled.each(box)} == inside
    assert len(inside) > 100
    assert filled.check() == []


def test_rows_added_after_many_find_their_place_in_the_index(store: GeoPackageStore) -> None:
    import_many(store, many())
    with store.atomic():
        store.add_incidents(located(f"i{n}", n / 10, n / 10) for n in range(200))
        store.update_incident("events:5", {"latitude": 1.0, "longitude": 1.0}, who="A")
    assert store.check() == []
    assert store.count(Filter(bbox=(0.0, 0.0, 19.9, 19.9), dataset=("reports",))) == 200


def test_many_rows_that_fail_leave_every_index_as_it_was(filled: GeoPackageStore) -> None:
    before = names(filled.path)
    rows = many()
    with suppress(UndoError), filled.atomic():
        into = open_import(filled)
        filled.add_rows(into, fields_of(rows), cells_of(rows))
        raise UndoError
    assert names(filled.path) == before
    assert filled.count(EVERY) == len(INCIDENTS)
    assert filled.check() == []


def test_an_inner_block_that_fails_leaves_the_outer_one_sound(filled: GeoPackageStore) -> None:
    rows = many()
    with filled.atomic():
        into = open_import(filled)
        with suppress(UndoError), filled.atomic():
            filled.add_rows(into, fields_of(rows), cells_of(rows))
            raise UndoError
        filled.add_incidents([located("new", 1.5, 1.5)])
        close_import(filled, into)
    assert filled.check() == []
    assert filled.count(Filter(bbox=(1.4, 1.4, 1.6, 1.6))) == 1


def test_many_rows_are_taken_back_whole(filled: GeoPackageStore) -> None:
    number = import_many(filled, many())
    with filled.atomic():
        filled.undo_import(number, who="Ben")
    assert filled.count(EVERY) == len(INCIDENTS)
    assert filled.check() == []


def test_an_id_twice_among_many_leaves_nothing(filled: GeoPackageStore) -> None:
    rows = [*many(), row("0")]
    with pytest.raises(StoreError, match="already"):
        import_many(filled, rows)
    assert filled.imports() == []
    assert filled.check() == []


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(LATITUDES, LONGITUDES), max_size=130))
def test_a_packed_index_holds_every_point_whatever_is_rounded(
    store: GeoPackageStore, spots: list[tuple[float, float]]
) -> None:
    with suppress(UndoError), store.atomic():
        store.add_incidents(located(f"i{n}", *spot) for n, spot in enumerate(spots))
        with store._writing() as connection:
            box = extent(connection)
            pack_rtree(connection)
            packed = extent(connection)
        assert [problem for problem in store.check() if problem.where == "rtree"] == []
        assert (box is None) == (packed is None)
        raise UndoError


def test_a_large_project_takes_few_rows_as_they_come(
    store: GeoPackageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_bulk, "_LEAST", 10)
    import_many(store, many(200))
    monkeypatch.setattr(_bulk, "pack_rtree", lambda connection: pytest.fail("packed"))
    with store.atomic():
        into = open_import(store, replace(FIRST, source="more.csv"))
        rows = [row(f"x{n}") for n in range(20)]
        store.add_rows(into, fields_of(rows), cells_of(rows))
        close_import(store, into, added=20)
    assert store.check() == []


HALF_WAY = """
import sys
sys.path[:0] = sys.argv[2:]
from pathlib import Path
from test_bulk import many, open_import, fields_of, cells_of, close_import
from geodata.geopackage import GeoPackageStore
rows = many(20_000)
with GeoPackageStore.open(Path(sys.argv[1])) as store:
    with store.atomic():
        into = open_import(store)
        store.add_rows(into, fields_of(rows), cells_of(rows))
        close_import(store, into, added=len(rows))
        store._bulk.put_back(store._connections._pinned("writing"))
        print("written", flush=True)
        sys.stdin.read()
"""


def test_an_import_that_is_killed_leaves_the_state_before_and_readers_work_meanwhile(
    filled: GeoPackageStore,
) -> None:
    here = Path(__file__)
    program = subprocess.Popen(
        [sys.executable, "-c", HALF_WAY, filled.path, here.parent, here.parents[2]],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert program.stdout is not None
    assert program.stdout.readline() == "written\n"
    assert filled.count(EVERY) == len(INCIDENTS)
    assert filled.count(Filter(bbox=(17.0, 49.0, 19.0, 50.0))) == 2
    program.send_signal(signal.SIGKILL)
    program.communicate()
    assert filled.check() == []
    assert filled.imports() == []
    import_many(filled, many(50))
    assert filled.check() == []

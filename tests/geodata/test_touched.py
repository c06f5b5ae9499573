"""What has changed in a project, and columns that are brought up to date by it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata import _touched
from geodata._sqlite import connect
from geodata.columns import COUNTS, DAYS, PLACES, WORDS, ProjectColumns, read_columns, renewed
from geodata.incident import Incident
from geodata.store import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "atlas.gpkg", create=True) as opened:
        add(opened, 30)
        yield opened


def add(store: Store, count: int, since: int = 0) -> None:
    with store.atomic():
        store.add_incidents(
            Incident(
                incident_id=f"i{n}",
                event_date=date(2020, 1, 1 + n % 28),
                actor1=f"Group {n % 5}",
                latitude=10.0 + n / 100,
                longitude=20.0,
                killed_best=n,
            )
            for n in range(since, since + count)
        )


def edit(store: Store, number: int, values: dict[str, Any]) -> None:
    with store.atomic():
        store.update_incident(f"i{number}", values, who="Ana")


def remove(path: Path, where: str) -> None:
    """Take incidents out as a GIS does."""
    connection = connect(path, "rw")
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute(f"DELETE FROM incidents WHERE {where}")
    connection.close()


def rows(columns: ProjectColumns) -> list[tuple[object, ...]]:
    """Values of every incident, however they are coded."""
    days = [*columns.days.tolist(), None]
    texts = [[[*columns.words[name].words, None][code] for code in columns.words[name].code]
             for name in WORDS]  # fmt: skip
    numbers = [columns.fid, columns.killed, columns.injured, np.nan_to_num(columns.latitude),
               np.nan_to_num(columns.longitude)]  # fmt: skip
    assert len(WORDS) + len(DAYS) + len(COUNTS) + len(PLACES) + 1 == len(texts) + 2 + len(numbers)
    days_of = ([days[at] for at in part] for part in (columns.first, columns.last))
    return list(zip(*texts, *days_of, *(part.tolist() for part in numbers), strict=True))


def assert_as_read(columns: ProjectColumns, store: Store) -> None:
    assert rows(columns) == rows(read_columns(store))


def test_nothing_has_happened_at_first(store: Store) -> None:
    touched = store.touched(store.position(), most=10)
    assert touched is not None
    assert touched.numbers.tolist() == []
    assert touched.count == 30


def test_new_changed_and_removed_incidents_are_touched(store: Store, tmp_path: Path) -> None:
    before = store.position()
    add(store, 2, since=30)
    edit(store, 4, {"place": "Opava"})
    remove(tmp_path / "atlas.gpkg", "incident_id = 'i7'")
    touched = store.touched(before, most=10)
    assert touched is not None
    assert touched.numbers.tolist() == [5, 8, 31, 32]
    assert touched.count == 31


def test_more_than_was_asked_for_is_told_by_none(store: Store) -> None:
    before = store.position()
    add(store, 11, since=30)
    assert store.touched(before, most=10) is None


def test_a_log_that_does_not_reach_so_far_is_told_by_none(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_touched, "KEPT", 2)
    before = store.position()
    for number in range(4):
        edit(store, number, {"place": "Opava"})
    assert store.touched(before, most=10) is None
    assert store.touched(store.position(), most=10) is not None


def test_the_log_stays_short(store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(_touched, "KEPT", 3)
    for number in range(10):
        edit(store, number, {"place": "Opava"})
    with sqlite3.connect(tmp_path / "atlas.gpkg") as connection:
        assert connection.execute("SELECT count(*) FROM touched").fetchone() == (3,)


def test_columns_are_renewed_by_what_was_touched(store: Store, tmp_path: Path) -> None:
    before = read_columns(store)
    add(store, 3, since=30)
    edit(store, 2, {"actor1": "Somebody new", "event_date": "2031-05-06", "latitude": 1.5})
    remove(tmp_path / "atlas.gpkg", "fid IN (1, 9)")
    assert_as_read(renewed(before, store), store)


def test_columns_are_read_again_when_too_much_was_touched(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geodata.columns._table.MOST_RENEWED", 2)
    before = read_columns(store)
    add(store, 5, since=30)
    assert_as_read(renewed(before, store), store)


def test_an_incident_put_in_with_an_old_number_is_not_missed(store: Store, tmp_path: Path) -> None:
    remove(tmp_path / "atlas.gpkg", "fid = 3")
    before = read_columns(store)
    connection = connect(tmp_path / "atlas.gpkg", "rw")
    connection.execute("INSERT INTO incidents (fid, incident_id) VALUES (3, 'again')")
    connection.close()
    assert_as_read(renewed(before, store), store)


steps = st.lists(
    st.tuples(st.sampled_from(["add", "edit", "remove"]), st.integers(0, 29)), max_size=6
)


@settings(max_examples=25, deadline=None)
@given(st.lists(steps, min_size=1, max_size=3))
def test_columns_renewed_over_and_over_are_as_read_anew(
    tmp_path_factory: pytest.TempPathFactory, rounds: list[list[tuple[str, int]]]
) -> None:
    path = tmp_path_factory.mktemp("touched") / "atlas.gpkg"
    with open_store(path, create=True) as store:
        add(store, 30)
        columns, there = read_columns(store), 30
        gone: set[int] = set()
        for one in rounds:
            for act, number in one:
                if act == "add":
                    add(store, number % 3, since=there)
                    there += number % 3
                elif act == "remove":
                    remove(path, f"incident_id = 'i{number}'")
                    gone.add(number)
                elif number not in gone:
                    edit(store, number, {"actor2": f"Side {number}", "killed_best": None})
            columns = renewed(columns, store)
            assert_as_read(columns, store)

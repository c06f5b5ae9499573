"""An import that is taken back leaves the file as it was, whatever it did."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from dataset_examples import FIRST, Row, cells_of, close_import, fields_of, import_rows, open_import
from dataset_examples import row as one_row
from examples import CLAIMS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_contract import UndoError

from geodata.datasets import ValueDecision
from geodata.errors import InputError
from geodata.geopackage import GeoPackageStore

TABLES = ("incidents", "changes", "records", "originals", "quarantine", "import_undo")
KEYS = st.sampled_from("abcdef")
NAMES = st.sampled_from(["Rebels", "Militia", "Ḥizb", None])
ROWS = st.fixed_dictionaries(
    {
        "actor1": NAMES,
        "killed_best": st.none() | st.integers(0, 3),
        "event_date": st.dates(date(2024, 1, 1), date(2024, 1, 5)),
        "place": st.sampled_from([(None, None), (1.5, 2.5), (-3.25, 40.0)]),
        "tags": st.sampled_from(["[]", '["x"]']),
    }
)
RELEASES = st.dictionaries(KEYS, ROWS, max_size=6)
EDITS = st.lists(st.tuples(KEYS, st.integers(4, 6)), max_size=3)


def rows_of(release: dict[str, dict[str, Any]]) -> list[Row]:
    found = []
    for key, values in release.items():
        latitude, longitude = values["place"]
        more = {name: value for name, value in values.items() if name != "place"}
        found.append(one_row(key, **more, latitude=latitude, longitude=longitude))
    return found


def state(connection: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Every cell that an import may touch."""
    return {
        table: connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()
        for table in TABLES
    }


def take_in(store: GeoPackageStore, rows: list[Row], *, source: str) -> int:
    """A release as the program imports it: changed, new and missing rows."""
    into = open_import(store, replace(FIRST, source=source))
    known = store.known_rows("events")
    there = known.find([row["incident_id"] for row in rows])
    old = [row for row, at in zip(rows, there, strict=True) if at >= 0]
    new = [row for row, at in zip(rows, there, strict=True) if at < 0]
    if old:
        store.change_rows(into, fields_of(old), cells_of(old))
    if new:
        store.add_rows(into, fields_of(new), cells_of(new))
    missing = [fid for at, fid in enumerate(known.fids.tolist()) if at not in there]
    store.withdraw_rows(into, store.incident_ids(missing))
    close_import(store, into, added=len(new), changed=len(old))
    return into.import_id


@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(first=RELEASES, edits=EDITS, second=RELEASES, third=RELEASES)
def test_taking_an_import_back_is_as_if_it_never_was(
    store: GeoPackageStore,
    first: dict[str, Any],
    edits: list[tuple[str, int]],
    second: dict[str, Any],
    third: dict[str, Any],
) -> None:
    with suppress(UndoError), store.atomic(), store._writing() as connection:
        take_in(store, rows_of(first), source="1")
        for key, killed in edits:
            if key in first:
                store.update_incident(f"events:{key}", {"killed_best": killed}, who="Ben")
        states, numbers = [], []
        for number, release in enumerate((second, third)):
            states.append(state(connection))
            numbers.append(take_in(store, rows_of(release), source=str(number)))
        assert [problem for problem in store.check() if problem.level == "error"] == []
        for before, number in zip(reversed(states), reversed(numbers), strict=True):
            store.undo_import(number, who="Ben")
            assert state(connection) == before
        assert store.check() == []
        raise UndoError


def test_an_import_whose_incidents_reports_tell_of_stays(filled: GeoPackageStore) -> None:
    done = import_rows(filled, [one_row("1")])
    with filled.atomic():
        filled.add_claims([replace(CLAIMS[1], claim_id="c9", incident_id="events:1")])
    with pytest.raises(InputError, match="'events:1'"), filled.atomic():
        filled.undo_import(done.import_id, who="Ben")
    assert filled.incident("events:1") is not None


def test_a_row_added_and_changed_by_one_import_goes_with_it(store: GeoPackageStore) -> None:
    with store.atomic():
        into = open_import(store)
        old, new = [one_row("1")], [one_row("1", killed_best=9)]
        store.add_rows(into, fields_of(old), cells_of(old))
        store.change_rows(into, fields_of(new), cells_of(new))
        close_import(store, into, added=1, duplicates=1)
    assert store.check() == []
    with store.atomic():
        store.undo_import(into.import_id, who="Ben")
    assert store.incident("events:1") is None
    assert store.check() == []


def test_a_decision_made_since_stands(store: GeoPackageStore) -> None:
    import_rows(store, [one_row("1", actor1="Militia")])
    with store.atomic():
        number = take_in(store, [one_row("1", actor1="Rebels")], source="2")
    with store.atomic():
        store.decide_value(ValueDecision("actor", "Rebels", "Border Guard", who="Ben"))
        store.undo_import(number, who="Ben")
    found = store.incident("events:1")
    assert found is not None
    assert found.actor1 == "Border Guard"


@pytest.mark.parametrize("who", ["", " "])
def test_taking_back_needs_a_name_and_an_import(store: GeoPackageStore, who: str) -> None:
    with pytest.raises(InputError, match="who"), store.atomic():
        store.undo_import(1, who=who)
    with pytest.raises(InputError, match="no import 1"), store.atomic():
        store.undo_import(1, who="Ben")

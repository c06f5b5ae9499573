"""Many rows at once: the R-tree holds where they lie at the end, whatever happened in between."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from geodata.datasets import Dataset, Import
from geodata.filters import Filter
from geodata.store import Store, open_store

ROWS = 6_000
HERE, THERE = (66.0, 29.0, 68.0, 31.0), (10.0, 10.0, 11.0, 11.0)


def rows(store: Store) -> Import:
    """Open an import of six thousand rows near Quetta, and add them."""
    store.keep_dataset(Dataset(dataset_id="log", title="Log", preset="generic"))
    into = store.begin_import(
        Import(dataset_id="log", source="log.csv", sha256="1", columns=("id",), preset="generic",
               who="Amina", when=datetime.now(UTC))
    )  # fmt: skip
    fields = pa.RecordBatch.from_pydict(
        {
            "incident_id": pa.array([f"log:{number}" for number in range(ROWS)]),
            "event_date": pa.array([date(2020, 1, 1)] * ROWS),
            "latitude": pa.array([30.0] * (ROWS - 1) + [None]),
            "longitude": pa.array([67.0] * (ROWS - 1) + [None]),
            "location_precision": pa.array(["settlement"] * ROWS),
        }
    )
    cells = pa.RecordBatch.from_pydict({"id": pa.array([str(n) for n in range(ROWS)])})
    store.add_rows(into, fields, cells)
    return into


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "atlas.gpkg"


def boxes_are_sound(path: Path) -> bool:
    with sqlite3.connect(path) as connection:
        (said,) = connection.execute("SELECT rtreecheck('rtree_incidents_geom')").fetchone()
    connection.close()
    return bool(said == "ok")


def test_rows_are_found_where_they_lie(path: Path) -> None:
    with open_store(path, create=True) as store:
        with store.atomic():
            rows(store)
        assert store.count(Filter(bbox=HERE)) == ROWS - 1
    assert boxes_are_sound(path)


def test_a_row_that_moves_in_the_same_block_is_found_where_it_went(path: Path) -> None:
    with open_store(path, create=True) as store:
        with store.atomic():
            rows(store)
            store.update_incident(
                "log:7", {"latitude": 10.5, "longitude": 10.5}, who="Amina", why="other town"
            )
        assert store.count(Filter(bbox=HERE)) == ROWS - 2
        assert store.count(Filter(bbox=THERE)) == 1
    assert boxes_are_sound(path)


def test_rows_beside_incidents_that_are_there_are_all_found(path: Path) -> None:
    with open_store(path, create=True) as store:
        with store.atomic():
            done = rows(store)
            store.undo_import(done.import_id, who="Amina")
            rows(store)
        assert store.count(Filter(bbox=HERE)) == ROWS - 1
    assert boxes_are_sound(path)

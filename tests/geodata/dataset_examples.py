"""A small table for tests of imports: rows as a preset gives them, with their cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa

from geodata.datasets import Dataset, Import
from geodata.store import Store
from ingest.presets._base import SCHEMA

EVENTS = Dataset(dataset_id="events", title="Events", preset="generic", credit="The Publisher")
COLUMNS = ("id", "day", "who", "deaths")
FIRST = Import(
    dataset_id="events",
    source="events.csv",
    sha256="1" * 64,
    columns=COLUMNS,
    preset="generic",
    who="Ana",
    when=datetime(2024, 1, 2, tzinfo=UTC),
    detail={"sheet": "2024"},
)

Row = dict[str, Any]


def row(key: str, **more: Any) -> Row:
    """Fields of one row; its id is that of the data set and the key."""
    return {
        "incident_id": f"events:{key}",
        "event_date": date(2024, 1, 1),
        "date_precision": "day",
        "actor1": "Rebels",
        "country": "Examplia",
        "latitude": 49.5,
        "longitude": 18.25,
        "location_precision": "settlement",
        "killed_best": 2,
        "tags": '["table"]',
    } | more


def fields_of(rows: Sequence[Row]) -> pa.RecordBatch:
    """Rows as `Store.add_rows` takes them."""
    names = ("incident_id", *SCHEMA.names, "status")
    types = {"incident_id": pa.string(), "status": pa.string()}
    there = [name for name in names if any(name in one for one in rows)]
    schema = pa.schema([(n, types.get(n) or SCHEMA.field(n).type) for n in there])
    return pa.RecordBatch.from_pylist([{n: one.get(n) for n in there} for one in rows], schema)


def cells_of(rows: Sequence[Row]) -> pa.RecordBatch:
    """The same rows as written, in `COLUMNS`."""
    table = [
        [
            one["incident_id"].partition(":")[2],
            str(one.get("event_date") or ""),
            one.get("actor1"),
            str(one.get("killed_best", "")),
        ]
        for one in rows
    ]
    arrays = [pa.array([line[at] for line in table], pa.string()) for at in range(len(COLUMNS))]
    return pa.RecordBatch.from_arrays(arrays, names=list(COLUMNS))


def open_import(store: Store, about: Import = FIRST) -> Import:
    """Begin an import of the data set `EVENTS`, inside the caller's block."""
    store.keep_dataset(EVENTS)
    return store.begin_import(about)


def close_import(store: Store, into: Import, **counts: int) -> Import:
    """Finish an import with counts of which the rows are the sum."""
    total = sum(count for name, count in counts.items() if name != "removed")
    return store.finish_import(replace(into, rows=total, **counts))


def import_rows(store: Store, rows: Sequence[Row]) -> Import:
    """Import new rows in one block."""
    with store.atomic():
        into = open_import(store)
        added = store.add_rows(into, fields_of(rows), cells_of(rows))
        return close_import(store, into, added=added)


def release(store: Store, rows: Sequence[Row], *, removed: Sequence[str] = ()) -> Import:
    """Import a newer release: rows that are there change, others are added, some withdrawn."""
    there = [one for one in rows if store.incident(one["incident_id"])]
    new = [one for one in rows if one not in there]
    with store.atomic():
        into = open_import(store, replace(FIRST, source="release-2.csv"))
        if there:
            store.change_rows(into, fields_of(there), cells_of(there))
        if new:
            store.add_rows(into, fields_of(new), cells_of(new))
        gone = store.withdraw_rows(into, [f"events:{key}" for key in removed])
        return close_import(store, into, added=len(new), changed=len(there), removed=gone)

"""A small invented sheet whose rows tests change, and what is done with it again and again."""

from __future__ import annotations

import csv
from pathlib import Path

from geodata.store import Store
from ingest.pipeline import Tools
from ingest.tables.importing import import_table
from ingest.tables.opening import TableOptions
from ingest.tables.report import TableReport

HEAD = ["Ref", "Date", "City", "District", "Province", "Country", "Latitude", "Longitude",
        "Killed", "Type", "Group"]  # fmt: skip
QUETTA = ["Q-1", "2020-01-02", "Quetta", "Quetta", "Balochistan", "Pakistan", "30.19", "67.01",
          "3", "Bombing", "TTP"]  # fmt: skip


def changed(row: list[str], **cells: str) -> list[str]:
    return [cells.get(name, value) for name, value in zip(HEAD, row, strict=True)]


def sheet(folder: Path, *rows: list[str], name: str = "log.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEAD, *rows])
    return path


def brought(
    store: Store, tools: Tools, folder: Path, *rows: list[str], **options: object
) -> TableReport:
    """Import a sheet of these rows into the data set ``log``."""
    how = TableOptions(who="Amina", **options)  # type: ignore[arg-type]
    return import_table(store, sheet(folder, *rows), tools, how)

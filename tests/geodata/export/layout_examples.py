"""A stand-in for a store that keeps rows of tables as written, and rows of published layouts."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from examples import located

from geodata.datasets import Dataset
from geodata.export import ExportReport, export
from geodata.filters import Filter
from geodata.geopackage import GeoPackageStore
from geodata.incident import Incident
from geodata.layouts import LAYOUTS
from geodata.precision import DatePrecision


class Row(NamedTuple):
    incident_id: str
    columns: tuple[str, ...]
    cells: tuple[str | None, ...]


class KeepingStore(GeoPackageStore):
    """A project that also keeps rows as written, in memory."""

    rows: Mapping[str, Sequence[Row]] = {}

    def datasets(self) -> list[Dataset]:
        return [Dataset(dataset_id=name, title=name, preset=name) for name in self.rows]

    def original_rows(self, dataset_id: str, which: Filter) -> Iterator[Row]:
        matching = {incident.incident_id for incident in self.each(which)}
        for row in self.rows.get(dataset_id, ()):
            if row.incident_id in matching:
                yield row


def row(layout: str, key: str, cells: Mapping[str, str]) -> Row:
    columns = LAYOUTS[layout].columns
    known = {LAYOUTS[layout].key: key, **cells}
    return Row(f"{layout}:{key}", columns, tuple(known.get(name, "") for name in columns))


ACLED = row(
    "acled",
    "PAK1",
    {
        "event_date": "30 June 2022",
        "year": "2022",
        "time_precision": "1",
        "disorder_type": "Political violence",
        "event_type": "Battles",
        "sub_event_type": "Armed clash",
        "actor1": "Police Forces of Pakistan (2018-2022)",
        "inter1": "State forces",
        "actor2": "TTP: Tehreek-i-Taliban Pakistan",
        "location": "Quetta",
        "latitude": "30.1840",
        "longitude": "67.0014",
        "geo_precision": "1",
        "notes": '- On 30 June, "clash";\r\nsecond line, ünïcode \U0001f600',
        "fatalities": "03",
        "timestamp": "1656979200",
    },
)
UCDP = row(
    "ucdp",
    "59553",
    {
        "year": "1990",
        "type_of_violence": "1",
        "side_a": "Government of India",
        "side_b": "Government of Pakistan",
        "number_of_sources": "-1",
        "source_article": "R 4/10 1990",
        "where_prec": "5",
        "where_coordinates": "Kel village",
        "where_description": "Kel sector",
        "latitude": "34.821865",
        "longitude": "74.355544",
        "geom_wkt": "POINT (74.355544 34.821865)",
        "priogrid_gid": "179789",
        "date_prec": "1",
        "date_start": "1990-10-04 00:00:00.000",
        "date_end": "1990-10-04 00:00:00.000",
        "deaths_b": "2",
        "best": "2",
        "high": "2",
        "low": "2",
    },
)
GTD = row(
    "gtd",
    "201501010001",
    {
        "iyear": "2015",
        "imonth": "1",
        "iday": "1",
        "country_txt": "Iraq",
        "provstate": "Baghdad",
        "city": "Baghdad",
        "latitude": "33.303566",
        "longitude": "44.371773",
        "specificity": "1",
        "vicinity": "0",
        "attacktype1": "3",
        "attacktype1_txt": "Hostage Taking (Kidnapping)",
        "gname": "Unknown",
        "nkill": "-99",
        "nperps": "-9",
        "INT_ANY": "-9",
    },
)
ROWS = {"acled": ACLED, "ucdp": UCDP, "gtd": GTD}


def incident(of: Row, **more: object) -> Incident:
    """The incident that a row became, roughly."""
    day = date(2022, 6, 30)
    made = located(
        of.incident_id, 30.184, 67.0014, event_date=day, date_precision=DatePrecision.DAY
    )
    return replace(made, **more)  # type: ignore[arg-type]


def filled(store: KeepingStore, *rows: Row, others: Sequence[Incident] = ()) -> None:
    with store.atomic():
        store.add_incidents([*map(incident, rows), *others])
    kept: dict[str, list[Row]] = {}
    for one in rows:
        kept.setdefault(one.incident_id.partition(":")[0], []).append(one)
    store.rows = kept


def written(
    store: GeoPackageStore, tmp_path: Path, name: str, where: Filter | None = None
) -> tuple[list[str], list[dict[str, str]], ExportReport]:
    """Header, rows and report of an export."""
    out = tmp_path / f"{name}.csv"
    report = export(store, where or Filter(), out, name, force=True)
    with out.open(encoding="utf-8", newline="") as file:
        table = csv.reader(file)
        header = next(table)
        return header, [dict(zip(header, cells, strict=True)) for cells in table], report

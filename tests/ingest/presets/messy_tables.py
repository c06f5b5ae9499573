"""Tables as people keep them: invented rows in the style of public spreadsheets."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from ingest.presets._base import Mapping, Normalised, Preset
from ingest.readers.tables._batch import RowBatch, TableInfo

FOLDER = Path(__file__).parent / "messy"
TODAY = date(2026, 11, 27)


def batch_of(columns: dict[str, list[str]]) -> RowBatch:
    """A batch of rows from their columns."""
    arrays = [pa.array(values, pa.string()) for values in columns.values()]
    rows = len(next(iter(columns.values()))) if columns else 0
    cells = pa.RecordBatch.from_arrays(arrays, names=list(columns))
    return RowBatch(cells, list(range(2, rows + 2)), done=1.0)


def table(text: str, name: str = "list.csv", **more: Any) -> tuple[TableInfo, RowBatch]:
    """A table from delimited text; a second row of tags makes it HXL."""
    lines = text.strip("\n").lstrip()
    mark = max(",;\t|", key=lines.split("\n", 1)[0].count)
    rows = [
        [cell.strip() for cell in row] for row in csv.reader(io.StringIO(lines), delimiter=mark)
    ]
    header, body = rows[0], rows[1:]
    hxl: tuple[str, ...] = ()
    if body and any(cell.startswith("#") for cell in body[0]):
        hxl, body = tuple(body[0]), body[1:]
    columns = {
        title: [row[n] if n < len(row) else "" for row in body] for n, title in enumerate(header)
    }
    info = TableInfo(name=name, kind="csv", columns=tuple(header), hxl=hxl, **more)
    return info, batch_of(columns)


def messy(name: str) -> tuple[TableInfo, RowBatch]:
    """One of the tables of the folder ``messy``."""
    return table((FOLDER / name).read_text(encoding="utf-8"), name)


def read(preset: Preset, info: TableInfo, batch: RowBatch) -> Normalised:
    """Read a table that is one batch, and check that each row is in one place."""
    result = preset.reader(info, batch).read(batch)
    lines = [batch.lines[row] for row in result.index]
    faulty = [fault.line for fault in result.faults]
    assert sorted([*lines, *faulty]) == list(batch.lines)
    assert len(result.keys) == result.fields.num_rows
    return result


def told(result: Normalised, row: int = 0) -> dict[str, object]:
    """What an incident says, without the fields that say nothing."""
    values = result.fields.slice(row, 1).to_pylist()[0]
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
        if value is not None
    }


def rules(mapping: Mapping) -> dict[str, tuple[str, ...]]:
    """Columns by field; the dead by status under "killed:civilians"."""
    return {
        f"killed:{rule.form}" if rule.field == "killed_by_status" else rule.field: rule.columns
        for rule in mapping.rules
    }


@dataclass(frozen=True)
class Messy:
    """A messy table: what its mapping has to be, and which lines a careful human cannot read."""

    name: str
    fields: dict[str, str]
    unreadable: frozenset[int] = frozenset()
    key: tuple[str, ...] = field(default=())


TABLES = (
    Messy(
        "pakistan_suicide_attacks.csv",
        {
            "event_date": "Date", "place": "City", "admin1": "Province", "latitude": "Latitude",
            "longitude": "Longitude", "target": "Target Type", "killed_low": "Killed Min",
            "killed_high": "Killed Max", "injured_low": "Injured Min", "injured_high":
            "Injured Max",
        },
    ),
    Messy(
        "pakistan_drone_strikes.csv",
        {
            "event_date": "Date", "place": "City", "admin1": "Province", "latitude": "Latitude",
            "longitude": "Longitude", "killed_low": "Total Died Min", "killed_high":
            "Total Died Max", "injured_low": "Injured Min", "injured_high": "Injured Max",
        },
        frozenset({8}),
    ),
    Messy(
        "global_incident_sheet.csv",
        {
            "event_date": "INCIDENT DATE", "country": "COUNTRY", "place": "CITY", "event_type":
            "ATTACK TYPE", "perpetrator": "PERPETRATOR", "killed_best": "FATALITIES",
            "injured_best": "INJURED", "latitude": "LAT", "longitude": "LONG",
        },
        frozenset({9, 10}),
        ("INCIDENT ID",),
    ),
    Messy(
        "ong_securite_sahel.csv",
        {
            "event_date": "Date de l'incident", "country": "Pays", "admin1": "Région", "place":
            "Localité", "event_type": "Type d'incident", "perpetrator": "Auteur présumé",
            "killed_best": "Morts", "injured_best": "Blessés", "abducted": "Personnes enlevées",
        },
    ),
    Messy(
        "bitacora_colombia.csv",
        {
            "event_date": "Fecha del hecho", "admin1": "Departamento", "admin2": "Municipio",
            "event_type": "Tipo de hecho", "perpetrator": "Presunto responsable", "killed_best":
            "Muertos", "injured_best": "Heridos", "latitude": "Latitud", "longitude": "Longitud",
        },
    ),
    Messy(
        "nigeria_lga_log.csv",
        {
            "event_date": "date_of_incident", "admin1": "state", "admin2": "lga", "place":
            "community", "event_type": "incident_type", "killed:civilians": "civilians_killed",
            "killed:security_forces": "security_killed", "abducted": "no_kidnapped",
        },
    ),
    Messy(
        "iraq_body_count.csv",
        {
            "event_date": "Start Date", "event_date_end": "End Date", "place": "Location",
            "killed_low": "Reported Minimum", "killed_high": "Reported Maximum", "weapon":
            "Weapons", "actor2": "Target",
        },
        key=("IBC code",),
    ),
    Messy(
        "satp_india.csv",
        {
            "event_date": "Date", "admin1": "State", "admin2": "District", "killed:civilians":
            "Civilians", "killed:security_forces": "SFs", "killed:militants": "Militants",
            "killed_best": "Total",
        },
        frozenset({8}),
    ),
    Messy(
        "excel_export.csv",
        {
            "event_date": "Event Date", "coordinates": "GPS", "place": "Village", "admin2":
            "District", "killed_best": "# Killed", "injured_best": "# Wounded",
        },
        key=("Ref",),
    ),
    Messy(
        "philippines_blotter.csv",
        {
            "event_date": "DATE COMMITTED", "place": "BARANGAY", "admin2": "MUNICIPALITY",
            "admin1": "PROVINCE", "event_type": "OFFENSE", "actor2": "VICTIM",
        },
        key=("BLOTTER NO",),
    ),
    Messy(
        "aid_workers.csv",
        {
            "event_date": "Year|Month|Day", "country": "Country", "admin1": "Region", "place":
            "City", "killed_best": "Total killed", "injured_best": "Total wounded", "abducted":
            "Total kidnapped", "event_type": "Means of attack", "latitude": "Latitude",
        },
        key=("Incident ID",),
    ),
    Messy(
        "utm_afghanistan.csv",
        {
            "event_date": "Datum", "admin1": "Provinz", "place": "Ort", "coordinates":
            "UTM Zone|Easting|Northing", "killed_best": "Tote", "injured_best": "Verletzte",
        },
    ),
)  # fmt: skip
"""Lines are counted from 1 with the header; `Year|Month|Day` are three columns of one field."""

"""Every format, read back by GDAL or another reader, gives the counts and values of the store."""

from __future__ import annotations

import csv
import json
import math
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import openpyxl
import pandas as pd
import pyogrio
import pytest
from examples import NOWHERE, RAID, incidents, located
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape
from store_contract import EVERY

from geodata.export import FORMATS, export
from geodata.export._cells import cut_bytes, runs, typed, without_controls
from geodata.export.shp import short_name
from geodata.geopackage import GeoPackageStore
from geodata.incident import COUNTS, FIELDS, Incident
from geodata.precision import DatePrecision

Rows = dict[str, dict[str, Any]]


def gdal(path: Path, **options: Any) -> Rows:
    frame = pyogrio.read_dataframe(path, **options)
    return records(frame)


def records(frame: pd.DataFrame) -> Rows:
    found = [dict(zip(frame.columns, row, strict=True)) for row in frame.itertuples(index=False)]
    return {row["incident_id"]: row for row in found}


def shapefile(path: Path) -> Rows:
    full = {short_name(name): name for name in FIELDS}
    return records(pyogrio.read_dataframe(f"/vsizip/{path}").rename(columns=full))


def workbook(path: Path) -> Rows:
    head, *rows = openpyxl.load_workbook(path)["Incidents"].iter_rows(values_only=True)
    # Excel reads _x0041_ as "A", so that text is written escaped; openpyxl leaves it to us.
    plain = [[unescape(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
    return records(pd.DataFrame(plain, columns=head, dtype=object))


def plain_csv(path: Path) -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["incident_id"]: dict(row) for row in csv.DictReader(file)}


READERS: dict[str, Callable[[Path], Rows]] = {
    "csv": plain_csv,
    "xlsx": workbook,
    "geojson": gdal,
    "gpkg": lambda path: gdal(path, layer="incidents"),
    "kml": gdal,
    "shp": shapefile,
    "parquet": lambda path: records(geopandas.read_parquet(path)),
}
"""A reader of each flat format that is not ours; the layouts have tests of their own."""

EACH = pytest.mark.parametrize("name", sorted(READERS))


def held(name: str, text: str) -> str:
    """What a format can hold of a text."""
    if name in ("csv", "xlsx"):
        text = f"'{text}" if runs(text) else text
    if name == "xlsx":
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        return without_controls(text, "\ufffd")
    if name == "kml":
        return without_controls(text)
    return cut_bytes(text, 254) if name == "shp" else text


def trimmed(name: str, text: str) -> str:
    """What GDAL gives of a text: its drivers for KML and shapefiles trim it."""
    return text.strip() if name in ("kml", "shp") else text


def nothing(found: Any) -> bool:
    return found is None or found is pd.NaT or found == "" or found != found  # noqa: PLR0124 - NaN


def same(name: str, field: str, value: Any, found: Any) -> bool:
    """Whether a reader found the value, or nothing where there was nothing."""
    if isinstance(found, list | dict | np.ndarray):  # GDAL reads JSON in GeoJSON as what it is
        told = json.loads(value.replace("\\u0000", "\ufffd"))
        return told == (found if isinstance(found, dict) else list(found))
    if value is None or nothing(found):
        return nothing(found) and (value is None or not trimmed(name, held(name, value)))
    if isinstance(value, bool):
        return str(found).lower() in (str(value).lower(), str(int(value)))
    if isinstance(value, date):
        return str(found)[:10] == value.isoformat()
    if isinstance(value, float) or field in COUNTS:
        return math.isclose(float(found), value, rel_tol=1e-14, abs_tol=1e-14)
    return trimmed(name, held(name, value)) == trimmed(name, found)


def check(store: GeoPackageStore, name: str, folder: Path) -> None:
    out = folder / f"out{FORMATS[name].suffix}"
    report = export(store, EVERY, out, name, force=True)
    kept = {incident.incident_id: incident for incident in store.each(EVERY)}
    found = READERS[name](out)
    assert report.rows == len(kept) == len(found)
    assert report.unlocated == sum(one.latitude is None for one in kept.values())
    for incident_id, incident in kept.items():
        row = found[incident_id]
        wrong = {
            field: (value, row[field])
            for field, value in typed(incident).items()
            if not same(name, field, value, row[field])
        }
        assert wrong == {}
        if "geometry" in row:
            point(name, incident, row["geometry"])


def point(name: str, incident: Incident, shape: Any) -> None:
    if incident.latitude is None:
        assert shape is None
    else:
        close = 5.1e-8 if name == "geojson" else 1e-12
        assert math.isclose(shape.x, incident.longitude, abs_tol=close)
        assert math.isclose(shape.y, incident.latitude, abs_tol=close)


HOSTILE = [
    "=1+1",
    "@SUM(A1)",
    "-2+3",
    "-5",
    "+49 30 1234",
    "\tx",
    "\rx",
    "a\r\nb\nc",
    "NUL\0NUL",
    "\x1b[31mred\x07",
    "\U0001f600 \U0001f469\u200d\U0001f680",
    "\u202eevil\u202c شرق",
    "]]></description><script>alert(1)</script>",
    "&amp; <b> \"q\" 'r'",
    "$[name] `back` \\slash",
    "_x0041_ _x000D_",
    "é" * 300,
    "2020-01-01",
    "1e5",
    "000123",
    "TRUE",
    "null",
    "  blanks  ",
]


@EACH
def test_the_examples_come_back(filled: GeoPackageStore, tmp_path: Path, name: str) -> None:
    check(filled, name, tmp_path)


@EACH
def test_hostile_text_comes_back(store: GeoPackageStore, tmp_path: Path, name: str) -> None:
    with store.atomic():
        store.add_incidents(
            located(f"i{n}", n, -n, place=text, actor1=text, notes=text, tags=(text,))
            for n, text in enumerate(HOSTILE)
        )
    check(store, name, tmp_path)


@EACH
@pytest.mark.parametrize("year", [1900, 1969, 1970, 2024, 2100])
def test_days_of_two_centuries_come_back(
    store: GeoPackageStore, tmp_path: Path, name: str, year: int
) -> None:
    first, last = date(year, 1, 1), date(year, 12, 31)
    with store.atomic():
        store.add_incidents(
            [
                located("x", -89.123456789, 179.98765432101, event_date=first),
                Incident(
                    incident_id="y",
                    event_date=first,
                    event_date_end=last,
                    date_precision=DatePrecision.YEAR,
                ),
            ]
        )
    check(store, name, tmp_path)


@EACH
def test_an_empty_project_is_an_empty_file(
    store: GeoPackageStore, tmp_path: Path, name: str
) -> None:
    out = tmp_path / f"out{FORMATS[name].suffix}"
    assert export(store, EVERY, out, name).rows == 0
    assert name in ("csv", "xlsx", "parquet") or out.exists()
    if name in ("geojson", "gpkg", "kml"):
        layer = {"layer": "incidents"} if name == "gpkg" else {}
        assert pyogrio.read_info(out, **layer)["features"] == 0
    if name == "xlsx":  # GDAL takes a lone header for a row
        assert READERS[name](out) == {}


@EACH
def test_a_project_without_any_place(store: GeoPackageStore, tmp_path: Path, name: str) -> None:
    with store.atomic():
        store.add_incidents([NOWHERE])
    check(store, name, tmp_path)


@EACH
@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(found=incidents(), words=st.text(max_size=12))
def test_any_incidents_come_back(name: str, found: list[Incident], words: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "atlas.gpkg"
        with GeoPackageStore.open(path, create=True) as store:
            with store.atomic():
                store.add_incidents([*found, located("w", 1.5, -0.5, actor1=words, notes=words)])
            check(store, name, Path(folder))


@EACH
def test_more_rows_than_are_held_at_a_time(
    store: GeoPackageStore, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geodata.export.parquet.ROWS", 7)
    monkeypatch.setattr("geodata.export.shp._ROWS", 7)
    with store.atomic():
        store.add_incidents(
            located(f"i{n}", n / 7, -n / 3, killed_best=n * 1000, place="p" * n) for n in range(40)
        )
    check(store, name, tmp_path)


@pytest.mark.parametrize("name", sorted(set(READERS) - {"parquet"}))
def test_gdal_opens_it_with_the_same_count(
    filled: GeoPackageStore, tmp_path: Path, name: str
) -> None:
    out = tmp_path / f"out{FORMATS[name].suffix}"
    export(filled, EVERY, out, name)
    layer = {"gpkg": "incidents", "xlsx": "Incidents"}.get(name)
    source = f"/vsizip/{out}" if name == "shp" else out
    frame = pyogrio.read_dataframe(source, layer=layer)
    assert len(frame) == filled.count(EVERY)
    ids = frame["incident" if name == "shp" else "incident_id"]
    assert RAID.incident_id in set(ids)

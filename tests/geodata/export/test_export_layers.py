"""Parquet, KML and shapefile: opened by GDAL and geopandas with equal counts and values."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import geopandas
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest
from examples import located
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.export import export
from geodata.export.shp import MAX_BYTES, NAMES
from geodata.filters import Filter
from geodata.geopackage import GeoPackageStore
from geodata.incident import FIELDS, Incident

LAYERS = pytest.mark.parametrize("name", ["parquet", "kml", "shp"])


def opened(path: Path, name: str) -> geopandas.GeoDataFrame:
    """Read an export back, with the vocabulary's names."""
    if name == "parquet":
        return geopandas.read_parquet(path)
    frame = pyogrio.read_dataframe(path, encoding="UTF-8" if name == "shp" else None)
    return frame.rename(columns={short: long for long, short in NAMES.items()})


@LAYERS
def test_every_incident_is_there_located_or_not(
    filled: GeoPackageStore, tmp_path: Path, name: str
) -> None:
    with filled.atomic():
        filled.add_incidents([Incident(incident_id="unplaced", place="Somewhere")])
    out = tmp_path / f"out.{name}"
    report = export(filled, Filter(), out, name)
    frame = opened(out, name)
    assert len(frame) == report.rows == filled.count(Filter())
    assert sorted(frame["incident_id"]) == sorted(i.incident_id for i in filled.incidents(Filter()))
    missing = frame.geometry.isna() | frame.geometry.is_empty
    assert missing.sum() == sum(i.latitude is None for i in filled.incidents(Filter()))
    assert any("no coordinates" in note for note in report.notes)


@LAYERS
def test_points_are_longitude_and_latitude(
    store: GeoPackageStore, tmp_path: Path, name: str
) -> None:
    with store.atomic():
        store.add_incidents([located("x", 30.25, 67.5)])
    out = tmp_path / f"out.{name}"
    export(store, Filter(), out, name)
    (point,) = opened(out, name).geometry
    assert (point.x, point.y) == (67.5, 30.25)


@LAYERS
def test_an_empty_project_is_an_empty_layer(
    store: GeoPackageStore, tmp_path: Path, name: str
) -> None:
    out = tmp_path / f"out.{name}"
    assert export(store, Filter(), out, name).rows == 0
    assert out.exists()


@LAYERS
@settings(deadline=None, max_examples=25)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_hostile_text_comes_back_as_it_was_stored(
    tmp_path_factory: pytest.TempPathFactory, name: str, text: str
) -> None:
    folder = tmp_path_factory.mktemp("hostile")
    with GeoPackageStore.open(folder / "atlas.gpkg", create=True) as store:
        with store.atomic():
            store.add_incidents([located("x", 1.0, 2.0, notes=text, place="<b>&amp;")])
        out = folder / f"out.{name}"
        export(store, Filter(), out, name)
        kept = store.incidents(Filter())[0].notes
    (row,) = opened(out, name).to_dict("records")
    assert row["place"] == "<b>&amp;"
    if name == "parquet":
        assert row["notes"] == kept


def test_parquet_is_geoparquet_with_a_covering_box(filled: GeoPackageStore, tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    export(filled, Filter(), out, "parquet")
    metadata = pq.read_metadata(out).metadata
    geo = json.loads(metadata[b"geo"])
    assert (geo["version"], geo["primary_column"]) == ("1.1.0", "geometry")
    assert geo["columns"]["geometry"]["covering"]["bbox"]["xmin"] == ["bbox", "xmin"]
    assert metadata[b"about"].startswith(b"Project:")
    frame = geopandas.read_parquet(out, bbox=(-180, -90, 180, 90))
    assert len(frame) == sum(i.latitude is not None for i in filled.incidents(Filter()))


def test_parquet_keeps_types(filled: GeoPackageStore, tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    export(filled, Filter(), out, "parquet")
    schema = pq.read_schema(out)
    assert [str(schema.field(n).type) for n in ("event_date", "killed_best", "latitude")] == [
        "date32[day]",
        "int64",
        "double",
    ]
    assert schema.names[: len(FIELDS)] == list(FIELDS)


def test_names_of_a_shapefile_are_short_and_differ() -> None:
    assert set(NAMES) == set(FIELDS)
    assert len(set(NAMES.values())) == len(NAMES)
    assert all(len(short) <= 10 for short in NAMES.values())


def test_a_shapefile_says_what_it_cut(store: GeoPackageStore, tmp_path: Path) -> None:
    with store.atomic():
        store.add_incidents([located("x", 1.0, 2.0, notes="é" * 200)])
    out = tmp_path / "out.shp"
    report = export(store, Filter(), out, "shp")
    assert report.notes == (
        f"1 texts were cut to {MAX_BYTES} bytes, which is all a shapefile holds",
    )
    assert report.notes[0] in (tmp_path / "out.about.txt").read_text()
    assert opened(out, "shp")["notes"][0] == "é" * 127


def test_a_shapefile_keeps_days_and_gaps(filled: GeoPackageStore, tmp_path: Path) -> None:
    out = tmp_path / "out.shp"
    export(filled, Filter(), out, "shp")
    frame = opened(out, "shp").set_index("actor2")
    assert str(pd.Timestamp(frame.loc["Müller's Men", "event_date"]).date()) == "2020-05-01"
    assert pd.isna(frame.loc["Müller's Men", "killed_low"])


def test_a_zipped_shapefile_is_one_file(filled: GeoPackageStore, tmp_path: Path) -> None:
    out = tmp_path / "out.shp.zip"
    export(filled, Filter(), out, "shp")
    assert [p.name for p in tmp_path.glob("out*")] == ["out.shp.zip"]
    with zipfile.ZipFile(out) as archive:
        assert {Path(n).suffix for n in archive.namelist()} >= {".shp", ".shx", ".dbf", ".prj"}
    assert len(opened(out, "shp")) == filled.count(Filter())


def test_kml_has_a_time_and_no_markup_of_a_story(store: GeoPackageStore, tmp_path: Path) -> None:
    with store.atomic():
        store.add_incidents([located("x", 1.0, 2.0, notes="<script>alert(1)</script>\x0b")])
    out = tmp_path / "out.kml"
    export(store, Filter(), out, "kml")
    text = out.read_text(encoding="utf-8")
    assert "<script>" not in text
    assert "\x0b" not in text

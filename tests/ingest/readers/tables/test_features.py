"""Files of features: attributes as text, geometries as latitude and longitude."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import InputError
from ingest.readers.tables import Table, is_table, open_table

PLACES = gpd.GeoDataFrame(
    {"name": ["Kuld", "Dera"], "killed": [3, 0]},
    geometry=[shapely.Point(70.1, 33), shapely.Point(71, 34.5)], crs="EPSG:4326",
)  # fmt: skip
ROWS = [["Kuld", "3", "33", "70.1"], ["Dera", "0", "34.5", "71"]]
AREA = gpd.GeoDataFrame({"name": ["Area"]}, geometry=[shapely.box(70, 33, 72, 35)], crs=4326)
KML = """<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark>
<name>Kuld</name><ExtendedData><Data name="killed"><value>3</value></Data></ExtendedData>
<Point><coordinates>70.1,33,0</coordinates></Point></Placemark></Document></kml>"""


def rows_of(table: Table) -> list[list[str | None]]:
    return [list(row.values()) for batch in table.batches() for row in batch.cells.to_pylist()]


@pytest.mark.parametrize("suffix", ["geojson", "gpkg", "shp"])
def test_points_become_columns(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"t.{suffix}"
    PLACES.to_file(path)
    table = open_table(path)
    assert is_table(path)
    assert (table.info.kind, table.info.rows) == (suffix, 2)
    assert table.info.columns == ("name", "killed", "latitude", "longitude")
    assert rows_of(table) == rows_of(table) == ROWS
    assert [list(batch.lines) for batch in table.batches(size=1)] == [[1], [2]]


def test_another_reference_system_is_changed_and_noted(tmp_path: Path) -> None:
    PLACES.to_crs(32642).to_file(tmp_path / "t.gpkg")
    table = open_table(tmp_path / "t.gpkg")
    assert rows_of(table) == ROWS
    assert "changed from 'WGS 84 / UTM zone 42N'" in table.info.notes[0]


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
def test_a_reference_system_that_is_not_stated_is_noted(tmp_path: Path) -> None:
    PLACES.set_crs(None, allow_override=True).to_file(tmp_path / "t.shp")
    (note,) = open_table(tmp_path / "t.shp").info.notes
    assert "no coordinate reference system is stated" in note


def test_an_area_is_shown_by_a_point_on_it(tmp_path: Path) -> None:
    AREA.to_file(tmp_path / "t.geojson")
    table = open_table(tmp_path / "t.geojson")
    assert table.info.columns == ("name", "latitude", "longitude", "geometry type")
    assert rows_of(table) == [["Area", "34", "71", "Polygon"]]
    assert "one point that lies on it" in table.info.notes[0]


def test_columns_of_our_names_are_kept(tmp_path: Path) -> None:
    PLACES.rename(columns={"killed": "latitude"}).to_file(tmp_path / "t.geojson")
    assert open_table(tmp_path / "t.geojson").info.columns == (
        "name", "latitude", "geometry_latitude", "geometry_longitude",
    )  # fmt: skip


def test_layers_are_sheets(tmp_path: Path) -> None:
    path = tmp_path / "t.gpkg"
    AREA.to_file(path, layer="areas")
    PLACES.to_file(path, layer="places")
    table = open_table(path)
    assert (table.info.sheet, table.info.sheets) == ("places", ("areas", "places"))
    assert open_table(path, sheet="areas").info.rows == 1
    with pytest.raises(InputError, match=r"no layer 'x': its layers are 'areas', 'places'"):
        open_table(path, sheet="x")


def test_our_own_project_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "atlas.gpkg"
    PLACES.to_file(path)
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE atlas_migrations (name TEXT)")
    database.close()
    assert not is_table(path)
    with pytest.raises(InputError, match="is an Incident Atlas project"):
        open_table(path)


def test_kml_with_extended_data(tmp_path: Path) -> None:
    path = tmp_path / "t.kml"
    path.write_text(KML)
    table = open_table(path)
    ((row),) = rows_of(table)
    found = dict(zip(table.info.columns, row, strict=True))
    assert (found["killed"], found["latitude"], found["longitude"]) == ("3", "33", "70.1")
    assert "visibility" not in found


def test_kmz(tmp_path: Path) -> None:
    path = tmp_path / "t.kmz"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("doc.kml", KML)
        out.writestr("files/icon.png", b"\x89PNG")
    table = open_table(path)
    assert (table.info.kind, len(rows_of(table))) == ("kml", 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_kml_with_entities_is_refused(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "t.kml"
    path.write_bytes(KML.replace("<kml", '<!DOCTYPE k [<!ENTITY a "b">]><kml').encode(encoding))
    with pytest.raises(InputError, match="document type or entities"):
        open_table(path)


@pytest.mark.parametrize(
    ("name", "text"),
    [("t.geojson", '{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline"}'),
     ("t.kml", "<OGRVRTDataSource><!-- <kml> --></OGRVRTDataSource>")],
)  # fmt: skip
def test_what_refers_to_other_files_is_refused(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(InputError, match="refers to other files"):
        open_table(tmp_path / name)


def test_json_of_another_kind(tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    path.write_text('{"a": 1}')
    assert not is_table(path)
    with pytest.raises(InputError, match="cannot be read as a file of features"):
        open_table(path)


def test_a_collection_in_a_json(tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    path.write_text(PLACES.to_json())
    assert is_table(path)
    assert len(rows_of(open_table(path))) == 2


def test_a_feature_without_a_geometry_has_no_place(tmp_path: Path) -> None:
    features = json.loads(PLACES.to_json())
    features["features"][0]["geometry"] = None
    (tmp_path / "t.geojson").write_text(json.dumps(features))
    (first, _) = rows_of(open_table(tmp_path / "t.geojson"))
    assert "" in first
    assert "33" not in first


@pytest.mark.parametrize("empty", [shapely.Point(), shapely.LineString()])
def test_an_empty_geometry_has_no_place(tmp_path: Path, empty: shapely.Geometry) -> None:
    shapes = [empty, shapely.Point(71, 34.5)]
    gpd.GeoDataFrame({"name": ["Kuld", "Dera"]}, geometry=shapes, crs=4326).to_file(
        tmp_path / "t.gpkg"
    )
    first, second = rows_of(open_table(tmp_path / "t.gpkg"))
    assert first[1:3] == ["", ""]
    assert second[1:3] == ["34.5", "71"]


def test_a_shapefile_whose_text_is_not_what_it_says(tmp_path: Path) -> None:
    PLACES.replace("Kuld", "Zürich").to_file(tmp_path / "t.shp", encoding="cp1252")
    (tmp_path / "t.cpg").write_text("UTF-8")
    assert rows_of(open_table(tmp_path / "t.shp"))[0][0] == "Zürich"
    table = open_table(tmp_path / "t.shp", encoding="cp1252")
    assert rows_of(table)[0][0] == "Zürich"


def zipped(path: Path, names: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in names.items():
            out.writestr(name, data)
    return path


def test_a_zip_of_one_shapefile(tmp_path: Path) -> None:
    PLACES.to_file(tmp_path / "t.shp")
    parts = {f"sub/../{one.name}": one.read_bytes() for one in tmp_path.glob("t.*")}
    path = zipped(tmp_path / "shapes.zip", parts | {"README.txt": b"About"})
    assert is_table(path)
    assert rows_of(open_table(path)) == ROWS


def test_a_zip_of_one_table(tmp_path: Path) -> None:
    path = zipped(tmp_path / "t.zip", {"data/incidents.csv": b"id,place\n1,Kuld\n2,Dera\n"})
    table = open_table(path)
    assert (table.info.kind, table.info.size_bytes) == ("csv", path.stat().st_size)
    assert rows_of(table) == [["1", "Kuld"], ["2", "Dera"]]


@pytest.mark.parametrize(
    "names", [["a.txt"], ["a.csv", "b.csv"], ["a.csv", "story.html"], ["a.csv", "story.txt"]]
)
def test_a_zip_of_reports_is_no_table(tmp_path: Path, names: list[str]) -> None:
    path = zipped(tmp_path / "t.zip", dict.fromkeys(names, b"id,place\n1,Kuld\n"))
    assert not is_table(path)
    with pytest.raises(InputError, match="in the archive"):
        open_table(path)


@given(data=st.binary(max_size=300), suffix=st.sampled_from(["geojson", "kml", "shp", "gpkg"]))
@settings(max_examples=80, deadline=None)
def test_random_bytes_are_one_clear_line(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str
) -> None:
    heads = {"geojson": b"{", "kml": b"<kml>", "shp": b"\0\0\x27\x0a", "gpkg": b"SQLite format 3\0"}
    path = tmp_path_factory.mktemp("features") / f"t.{suffix}"
    path.write_bytes(heads[suffix] + data)
    with pytest.raises(InputError):
        rows_of(open_table(path))

"""GeoJSON by RFC 7946."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas
from examples import INCIDENTS
from store_contract import EVERY

from geodata.export import export
from geodata.filters import Filter
from geodata.geopackage import GeoPackageStore
from geodata.incident import Json, from_json


def written(store: GeoPackageStore, tmp_path: Path, where: Filter) -> Json:
    out = tmp_path / "out.geojson"
    export(store, where, out, "geojson")
    return json.loads(out.read_text(encoding="utf-8"))


def test_coordinates_are_longitude_then_latitude(filled: GeoPackageStore, tmp_path: Path) -> None:
    (raid,) = written(filled, tmp_path, Filter(group=("Border Guard",)))["features"]
    assert raid["type"] == "Feature"
    assert raid["id"] == "raid"
    assert raid["geometry"] == {"type": "Point", "coordinates": [18.26, 49.82]}


def test_an_incident_without_a_place_has_a_null_geometry(
    filled: GeoPackageStore, tmp_path: Path
) -> None:
    (nowhere,) = written(filled, tmp_path, Filter(text="passing"))["features"]
    assert nowhere["geometry"] is None


def test_properties_give_the_incident_back(filled: GeoPackageStore, tmp_path: Path) -> None:
    features = written(filled, tmp_path, EVERY)["features"]
    found = {f["id"]: from_json(f["properties"]) for f in features}
    assert found == {incident.incident_id: incident for incident in INCIDENTS}


def test_it_says_what_it_is(filled: GeoPackageStore, tmp_path: Path) -> None:
    where = Filter(min_killed=2)
    collection = written(filled, tmp_path, where)
    assert collection["type"] == "FeatureCollection"
    assert (collection["filter"], collection["query"]) == ("2 or more killed", "min_killed=2")
    assert collection["totals"] == filled.totals(where).sentence()
    assert "GeoNames" in collection["attribution"]


def test_no_match_is_an_empty_collection(filled: GeoPackageStore, tmp_path: Path) -> None:
    assert written(filled, tmp_path, Filter(group=("nobody",)))["features"] == []


def test_a_gis_reads_it(filled: GeoPackageStore, tmp_path: Path) -> None:
    written(filled, tmp_path, Filter())
    frame = geopandas.read_file(tmp_path / "out.geojson")
    assert frame.crs.to_epsg() == 4326
    assert sorted(frame["incident_id"]) == ["area", "nowhere", "raid"]

"""GeoParquet 1.1: what the standard asks for, in row groups."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import geopandas
import pyarrow.parquet as pq
import pytest
from examples import located

from geodata.export import export, parquet
from geodata.filters import Filter
from geodata.geopackage import GeoPackageStore


def metadata(path: Path, key: bytes) -> dict:
    return json.loads(pq.read_metadata(path).metadata[key])


def test_the_metadata_is_that_of_version_1_1(filled: GeoPackageStore, tmp_path: Path) -> None:
    export(filled, Filter(), tmp_path / "out.parquet", "parquet")
    geo = metadata(tmp_path / "out.parquet", b"geo")
    column = geo["columns"]["geometry"]
    assert (geo["version"], geo["primary_column"]) == ("1.1.0", "geometry")
    assert (column["encoding"], column["geometry_types"]) == ("WKB", ["Point"])
    assert column["bbox"] == [17.0, 49.0, 18.26, 49.82]
    assert column["covering"]["bbox"]["ymax"] == ["bbox", "ymax"]


def test_geopandas_reads_it_and_its_boxes(filled: GeoPackageStore, tmp_path: Path) -> None:
    export(filled, Filter(), tmp_path / "out.parquet", "parquet")
    frame = geopandas.read_parquet(tmp_path / "out.parquet")
    assert frame.crs.to_string() == "OGC:CRS84"
    assert len(frame) == 3
    inside = geopandas.read_parquet(tmp_path / "out.parquet", bbox=(18, 49.5, 19, 50))
    assert list(inside["incident_id"]) == ["raid"]


def test_columns_have_types(filled: GeoPackageStore, tmp_path: Path) -> None:
    export(filled, Filter(), tmp_path / "out.parquet", "parquet")
    table = pq.read_table(tmp_path / "out.parquet")
    (raid,) = (row for row in table.to_pylist() if row["incident_id"] == "raid")
    assert raid["event_date"] == date(2020, 5, 1)
    assert (raid["killed_best"], raid["killed_low"], raid["background"]) == (3, None, False)


def test_it_says_what_it_is(filled: GeoPackageStore, tmp_path: Path) -> None:
    export(filled, Filter(min_killed=2), tmp_path / "out.parquet", "parquet")
    said = metadata(tmp_path / "out.parquet", b"incident_atlas")
    assert said["filter"] == "2 or more killed"
    assert "GeoNames" in said["attribution"]


def test_rows_are_written_in_groups(
    store: GeoPackageStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "ROWS", 2)
    with store.atomic():
        store.add_incidents(located(f"i{n}", n, n) for n in range(5))
    export(store, Filter(), tmp_path / "out.parquet", "parquet")
    assert pq.ParquetFile(tmp_path / "out.parquet").num_row_groups == 3


def test_an_empty_project_is_valid(store: GeoPackageStore, tmp_path: Path) -> None:
    export(store, Filter(), tmp_path / "out.parquet", "parquet")
    assert "bbox" not in metadata(tmp_path / "out.parquet", b"geo")["columns"]["geometry"]
    assert len(geopandas.read_parquet(tmp_path / "out.parquet")) == 0

"""Shapefiles: short names, cut text, and a README that says so."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pyogrio

from geodata.export import export
from geodata.export.shp import short_name
from geodata.filters import Filter
from geodata.geopackage import GeoPackageStore
from geodata.incident import FIELDS, Incident

DOCS = (Path(__file__).parents[3] / "docs" / "exports.md").read_text(encoding="utf-8")


def test_names_fit_and_none_comes_twice() -> None:
    names = [short_name(name) for name in FIELDS]
    assert max(map(len, names)) <= 10
    assert len({name.lower() for name in names}) == len(FIELDS)


def test_the_docs_name_every_short_name() -> None:
    table = DOCS.split("## Shapefile")[1].split("##")[0]
    for name in FIELDS:
        assert short_name(name) == name or (short_name(name) in table and name in table)


def test_parts_lie_side_by_side(filled: GeoPackageStore, tmp_path: Path) -> None:
    export(filled, Filter(), tmp_path / "out.shp", "shp")
    parts = {path.name for path in tmp_path.glob("out.*")}
    assert parts == {f"out.{e}" for e in ("shp", "shx", "dbf", "prj", "cpg", "README.txt")}
    info = pyogrio.read_info(tmp_path / "out.shp")
    assert (info["crs"], info["geometry_type"]) == ("EPSG:4326", "Point")


def test_a_zip_holds_all_parts(filled: GeoPackageStore, tmp_path: Path) -> None:
    export(filled, Filter(), tmp_path / "out.shp.zip", "shp")
    assert [p.name for p in tmp_path.glob("out*")] == ["out.shp.zip"]
    with ZipFile(tmp_path / "out.shp.zip") as archive:
        assert "README.txt" in archive.namelist()
        assert "loc_prec    location_precision" in archive.read("README.txt").decode()
    assert len(pyogrio.read_dataframe(f"/vsizip/{tmp_path / 'out.shp.zip'}")) == 3


def test_long_text_is_cut_at_whole_characters_and_counted(
    store: GeoPackageStore, tmp_path: Path
) -> None:
    with store.atomic():
        store.add_incidents([Incident(incident_id="x", notes="é" * 200, place="é" * 127)])
    report = export(store, Filter(), tmp_path / "out.shp", "shp")
    assert report.cut == 1
    assert report.notes[0] in (tmp_path / "out.README.txt").read_text().replace("1 Cell", "1 cell")
    row = pyogrio.read_dataframe(tmp_path / "out.shp").iloc[0]
    assert row["notes"] == "é" * 125 + "…"
    assert row["place"] == "é" * 127

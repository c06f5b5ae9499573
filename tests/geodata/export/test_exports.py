"""Exports in general: the registry, replacing files, what an export says about itself."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import pytest
from examples import located

from geodata.errors import InputError, StoreError
from geodata.export import (
    FORMATS,
    Format,
    export,
    export_bytes,
    format_for,
    format_named,
    register,
)
from geodata.filters import Filter
from geodata.geopackage import GeoPackageStore
from geodata.store import Store

EVERY_FORMAT = pytest.mark.parametrize("name", sorted(FORMATS))


@EVERY_FORMAT
def test_the_report_counts_what_the_filter_counts(
    filled: GeoPackageStore, tmp_path: Path, name: str
) -> None:
    for where in (Filter(), Filter(group=("Border Guard",)), Filter(group=("nobody",))):
        out = tmp_path / f"{where.to_query() or 'all'}.{name}"
        assert export(filled, where, out, name).rows == filled.count(where)
        assert out.exists()


@EVERY_FORMAT
def test_bytes_are_those_of_the_file(filled: GeoPackageStore, name: str) -> None:
    head = {
        "csv": b"\xef\xbb\xbfincident_id,",
        "geojson": b"{",
        "gpkg": b"SQLite format 3\x00",
        "xlsx": b"PK",
        "kml": b"<?xml",
        "shp": b"PK",
        "parquet": b"PAR1",
        "acled": b"event_id_cnty,event_date,",
        "ucdp": b"id,relid,",
        "gtd": b"eventid,iyear,",
    }
    assert export_bytes(filled, Filter(), name).startswith(head[name])


@EVERY_FORMAT
def test_an_existing_file_is_replaced_only_by_force(
    filled: GeoPackageStore, tmp_path: Path, name: str
) -> None:
    out = tmp_path / "out"
    out.write_text("mine")
    with pytest.raises(InputError, match="--force"):
        export(filled, Filter(), out, name)
    assert out.read_text() == "mine"
    export(filled, Filter(), out, name, force=True)
    assert out.read_bytes()[:4] != b"mine"


@EVERY_FORMAT
def test_the_project_itself_is_never_overwritten(filled: GeoPackageStore, name: str) -> None:
    with pytest.raises(InputError, match="project itself"):
        export(filled, Filter(), filled.path, name, force=True)


@EVERY_FORMAT
def test_an_export_that_fails_leaves_nothing(
    filled: GeoPackageStore, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def each(self: Store, where: Filter, **_: object):
        yield located("x", 1, 1)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(GeoPackageStore, "each", each)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(StoreError, match="No space left"):
        export(filled, Filter(), tmp_path / "out", name)
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("place", ["none/out.csv", "."])
def test_a_place_that_cannot_be_written_says_so(
    filled: GeoPackageStore, tmp_path: Path, place: str
) -> None:
    with pytest.raises(InputError, match="folder"):
        export(filled, Filter(), tmp_path / place, "csv")


def test_a_geopackage_that_is_open_elsewhere_is_not_replaced(
    filled: GeoPackageStore, tmp_path: Path
) -> None:
    out = tmp_path / "out.gpkg"
    with GeoPackageStore.open(out, create=True), pytest.raises(InputError, match="another program"):
        export(filled, Filter(), out, "gpkg", force=True)


def test_an_export_is_of_one_state(filled: GeoPackageStore, tmp_path: Path, monkeypatch) -> None:
    """What another thread commits after the totals were counted is not in the rows either."""

    def add() -> None:
        with filled.atomic():
            filled.add_incidents([located("late", 1, 1)])

    totals = GeoPackageStore.totals

    def counted(self: GeoPackageStore, where: Filter):
        found = totals(self, where)
        other = Thread(target=add)
        other.start()
        other.join()
        return found

    monkeypatch.setattr(GeoPackageStore, "totals", counted)
    assert export(filled, Filter(), tmp_path / "out.csv", "csv").rows == 3
    assert filled.count(Filter()) == 4


def test_an_unknown_format_lists_the_known_ones() -> None:
    with pytest.raises(InputError, match=r"'xml'.*csv, geojson, gpkg"):
        format_named("xml")


def test_a_format_name_is_taken_once() -> None:
    with pytest.raises(ValueError, match="'csv'"):
        register(Format("csv", ".csv", "text/csv", "geodata.export.csv"))


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("a.csv", "csv"),
        ("A.JSON", "geojson"),
        ("a.shp", "shp"),
        ("a.shp.zip", "shp"),
        ("a.acled.csv", "acled"),
        ("a.b.geoparquet", "parquet"),
    ],
)
def test_the_ending_of_a_file_says_its_format(file: str, name: str) -> None:
    assert format_for(file).name == name


def test_an_ending_that_says_nothing_asks_for_the_format() -> None:
    with pytest.raises(InputError, match=r"'out.xyz'.*--format.*\.xlsx"):
        format_for("out.xyz")


def test_a_side_file_is_replaced_only_by_force(filled: GeoPackageStore, tmp_path: Path) -> None:
    (tmp_path / "out.dbf").write_text("mine")
    (tmp_path / "out.qix").write_text("an index of another layer")
    with pytest.raises(InputError, match=r"out\.dbf.*--force"):
        export(filled, Filter(), tmp_path / "out.shp", "shp")
    assert not (tmp_path / "out.shp").exists()
    assert (tmp_path / "out.dbf").read_text() == "mine"
    export(filled, Filter(), tmp_path / "out.shp", "shp", force=True)
    assert not (tmp_path / "out.qix").exists()


@EVERY_FORMAT
def test_the_report_counts_rows_without_coordinates(
    filled: GeoPackageStore, tmp_path: Path, name: str
) -> None:
    report = export(filled, Filter(), tmp_path / "out", name)
    assert (report.rows, report.unlocated) == (3, 1)
    assert "1 incident without coordinates" in report.notes

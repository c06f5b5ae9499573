"""A GeoPackage export is a project of its own."""

from __future__ import annotations

from pathlib import Path

import pyogrio
import pytest
from examples import CLAIMS, ORIGINAL, RAID

from geodata.export import export
from geodata.filters import Filter
from geodata.geopackage import GeoPackageStore

WHERE = Filter(group=("Border Guard",))


@pytest.fixture
def out(filled: GeoPackageStore, tmp_path: Path) -> Path:
    with filled.atomic():
        filled.update_incident("raid", {"notes": "seen"}, who="Ana", why="second report")
    export(filled, WHERE, tmp_path / "out.gpkg", "gpkg")
    return tmp_path / "out.gpkg"


def test_it_opens_as_a_sound_project(out: Path) -> None:
    with GeoPackageStore.open(out, read_only=True) as store:
        assert [found.incident_id for found in store.incidents(Filter())] == [RAID.incident_id]
        assert store.check() == []


def test_it_brings_claims_reports_and_edits_along(out: Path) -> None:
    with GeoPackageStore.open(out) as store:
        assert store.claims("raid") == [CLAIMS[1]]
        assert store.original("doc_1") == ORIGINAL
        (change,) = store.changes("raid")
        assert (change.field, change.after, change.who) == ("notes", "seen", "Ana")


def test_it_travels_as_one_file(out: Path) -> None:
    assert [p.name for p in out.parent.iterdir() if p.name.startswith("out")] == ["out.gpkg"]
    assert out.read_bytes()[18:20] == b"\x01\x01"  # no WAL, so it opens from read-only media


def test_a_gis_shows_what_it_is(out: Path, filled: GeoPackageStore) -> None:
    info = pyogrio.read_info(out, layer="incidents")
    described = info["layer_metadata"]["DESCRIPTION"]
    assert "Filter: Border Guard" in described
    assert filled.totals(WHERE).sentence() in described

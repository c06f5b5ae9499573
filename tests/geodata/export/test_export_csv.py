"""CSV that a spreadsheet opens safely and a program reads exactly."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pandas as pd
import pytest

from geodata.export import export
from geodata.filters import Filter
from geodata.geopackage import GeoPackageStore
from geodata.incident import FIELDS, Incident


def written(store: GeoPackageStore, tmp_path: Path, where: Filter) -> list[dict[str, str]]:
    out = tmp_path / "out.csv"
    export(store, where, out, "csv", force=True)
    with out.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_columns_are_the_vocabulary_in_order(filled: GeoPackageStore, tmp_path: Path) -> None:
    assert list(written(filled, tmp_path, Filter())[0]) == list(FIELDS)


def test_values_are_written_plainly(filled: GeoPackageStore, tmp_path: Path) -> None:
    (raid,) = written(filled, tmp_path, Filter(group=("Border Guard",)))
    assert (raid["event_date"], raid["killed_best"], raid["killed_low"]) == ("2020-05-01", "3", "")
    assert (raid["latitude"], raid["background"]) == ("49.82", "false")
    assert json.loads(raid["killed_by_status"]) == {"militants": 3}
    assert json.loads(raid["tags"]) == ["night", "border"]
    assert raid["actor2"] == "Müller's Men"
    particulars = ("weapon", "tactic", "target", "arrested", "abducted")
    assert [raid[name] for name in particulars] == ["firearm", "raid", "armed group", "2", ""]


def test_pandas_reads_it_without_being_told(filled: GeoPackageStore, tmp_path: Path) -> None:
    written(filled, tmp_path, Filter())
    frame = pd.read_csv(tmp_path / "out.csv")
    assert frame.columns[0] == "incident_id"
    assert frame["killed_best"].sum() == 4


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_a_formula_is_neutralised_and_counted(
    store: GeoPackageStore, tmp_path: Path, start: str
) -> None:
    formula = f"{start}HYPERLINK(1)"
    with store.atomic():
        store.add_incidents([Incident(incident_id="x", place=formula, notes=formula)])
    report = export(store, Filter(), tmp_path / "out.csv", "csv")
    assert report.notes[0].startswith("2 cells ")
    assert report.notes[0] in (tmp_path / "out.csv.about.txt").read_text()
    assert written(store, tmp_path, Filter())[0]["place"] == f"'{formula}"


def test_a_negative_number_is_no_formula(store: GeoPackageStore, tmp_path: Path) -> None:
    with store.atomic():
        store.add_incidents([Incident(incident_id="x", latitude=-1.5, longitude=-2.0)])
    report = export(store, Filter(), tmp_path / "out.csv", "csv")
    assert report.notes == ()
    assert written(store, tmp_path, Filter())[0]["latitude"] == "-1.5"


def test_what_it_is_stands_beside_it(filled: GeoPackageStore, tmp_path: Path) -> None:
    where = Filter(group=("Border Guard",))
    written(filled, tmp_path, where)
    about = (tmp_path / "out.csv.about.txt").read_text()
    assert "Filter: Border Guard\n" in about
    assert f"Totals: {filled.totals(where).sentence()}\n" in about
    assert "GeoNames" in about

"""Excel workbooks: typed cells, no formula, several sheets where one is full."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from examples import located
from openpyxl.utils import get_column_letter

from geodata.export import export, xlsx
from geodata.filters import Filter
from geodata.geopackage import GeoPackageStore
from geodata.incident import FIELDS, Incident
from geodata.precision import DatePrecision


def read(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path)


def rows(path: Path, sheet: str = "Incidents") -> list[dict[str, object]]:
    head, *found = read(path)[sheet].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in found]


def add(store: GeoPackageStore, *incidents: Incident) -> None:
    with store.atomic():
        store.add_incidents(incidents)


def test_cells_have_types(filled: GeoPackageStore, tmp_path: Path) -> None:
    export(filled, Filter(), tmp_path / "out.xlsx", "xlsx")
    (raid,) = (row for row in rows(tmp_path / "out.xlsx") if row["incident_id"] == "raid")
    assert list(raid) == list(FIELDS)
    assert raid["event_date"] == datetime(2020, 5, 1)
    assert (raid["latitude"], raid["killed_best"], raid["killed_low"]) == (49.82, 3, None)
    assert raid["background"] is False
    assert raid["tags"] == '["night", "border"]'


def test_the_header_is_frozen_and_filters(filled: GeoPackageStore, tmp_path: Path) -> None:
    export(filled, Filter(), tmp_path / "out.xlsx", "xlsx")
    book = read(tmp_path / "out.xlsx")
    assert book.sheetnames == ["Incidents", "About"]
    assert book["Incidents"].freeze_panes == "B2"
    assert book["Incidents"].auto_filter.ref == f"A1:{get_column_letter(len(FIELDS))}4"


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd", "-2+3", "@SUM(1)", "\tx", "\rx", "＝1", " =1", "http://x"]
)
def test_nothing_is_a_formula_or_a_link(store: GeoPackageStore, tmp_path: Path, text: str) -> None:
    add(store, Incident(incident_id="x", place=text, notes=text))
    report = export(store, Filter(), tmp_path / "out.xlsx", "xlsx")
    cell = read(tmp_path / "out.xlsx")["Incidents"]["O2"]
    assert (cell.data_type, cell.hyperlink) == ("s", None)
    assert report.neutralised == (0 if text.startswith("http") else 2)
    assert cell.value.startswith("'") is bool(report.neutralised)
    with ZipFile(tmp_path / "out.xlsx") as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_the_about_sheet_says_what_was_done(store: GeoPackageStore, tmp_path: Path) -> None:
    add(store, Incident(incident_id="x", place="=1+1"))
    export(store, Filter(text="=1"), tmp_path / "out.xlsx", "xlsx")
    lines = [row[0] for row in read(tmp_path / "out.xlsx")["About"].iter_rows(values_only=True)]
    assert lines[0] == "Project: atlas"
    assert any("1 cell that a spreadsheet would run" in line for line in lines)
    assert any("starts with an apostrophe here" in line for line in lines)


def test_more_rows_than_a_sheet_holds_go_on(
    store: GeoPackageStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 2)
    add(store, *(located(f"i{n}", n, n) for n in range(5)))
    report = export(store, Filter(), tmp_path / "out.xlsx", "xlsx")
    assert report.rows == 5
    assert read(tmp_path / "out.xlsx").sheetnames == [
        "Incidents", "Incidents 2", "Incidents 3", "About",
    ]  # fmt: skip
    found = [
        row["incident_id"]
        for sheet in ("Incidents", "Incidents 2", "Incidents 3")
        for row in rows(tmp_path / "out.xlsx", sheet)
    ]
    assert sorted(found) == ["i0", "i1", "i2", "i3", "i4"]


def test_a_full_sheet_is_not_followed_by_an_empty_one(
    store: GeoPackageStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 2)
    add(store, *(located(f"i{n}", n, n) for n in range(2)))
    assert export(store, Filter(), tmp_path / "out.xlsx", "xlsx").notes == ()
    assert read(tmp_path / "out.xlsx").sheetnames == ["Incidents", "About"]


@pytest.mark.parametrize(
    "day", [date(1900, 1, 1), date(1900, 2, 28), date(1900, 3, 1), date(2100, 12, 31)]
)
def test_days_of_two_centuries(store: GeoPackageStore, tmp_path: Path, day: date) -> None:
    add(store, Incident(incident_id="x", event_date=day, date_precision=DatePrecision.DAY))
    export(store, Filter(), tmp_path / "out.xlsx", "xlsx")
    found = rows(tmp_path / "out.xlsx")[0]["event_date"]
    assert (found.date().isoformat() if isinstance(found, datetime) else found) == day.isoformat()


def test_text_that_is_too_long_for_a_cell_is_cut_and_counted(
    store: GeoPackageStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "MOST_CHARACTERS", 20)
    add(store, Incident(incident_id="x", notes="\U0001f600" * 11))
    report = export(store, Filter(), tmp_path / "out.xlsx", "xlsx")
    assert report.cut == 1
    assert rows(tmp_path / "out.xlsx")[0]["notes"] == "\U0001f600" * 9 + "…"


def test_an_empty_project(store: GeoPackageStore, tmp_path: Path) -> None:
    assert export(store, Filter(), tmp_path / "out.xlsx", "xlsx").rows == 0
    assert rows(tmp_path / "out.xlsx") == []

"""XLSX that a spreadsheet opens with types, and in which nothing runs."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from geodata.export import export, xlsx
from geodata.filters import Filter
from geodata.geopackage import GeoPackageStore
from geodata.incident import FIELDS, Incident


def sheets(store: GeoPackageStore, tmp_path: Path) -> dict[str, list[tuple[Any, ...]]]:
    out = tmp_path / "out.xlsx"
    export(store, Filter(), out, "xlsx", force=True)
    book = openpyxl.load_workbook(out)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_a_heading_and_a_row_for_every_incident(filled: GeoPackageStore, tmp_path: Path) -> None:
    rows = sheets(filled, tmp_path)["Incidents"]
    assert rows[0] == FIELDS
    assert len(rows) == 1 + filled.count(Filter())


def test_days_and_numbers_have_their_types(filled: GeoPackageStore, tmp_path: Path) -> None:
    rows = sheets(filled, tmp_path)["Incidents"]
    raid = next(row for row in rows if row[FIELDS.index("actor2")] == "Müller's Men")
    assert raid[FIELDS.index("event_date")] == datetime(2020, 5, 1)
    assert raid[FIELDS.index("killed_best")] == 3
    assert raid[FIELDS.index("latitude")] == pytest.approx(49.82)
    assert raid[FIELDS.index("background")] is False
    assert raid[FIELDS.index("killed_low")] is None


def test_it_says_what_it_is(filled: GeoPackageStore, tmp_path: Path) -> None:
    about = [row[0] for row in sheets(filled, tmp_path)["About"]]
    assert about[0].startswith("Project:")
    assert any("GeoNames" in line for line in about)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "＝"])
def test_a_formula_is_text_and_counted(store: GeoPackageStore, tmp_path: Path, start: str) -> None:
    formula = f"{start}HYPERLINK(1)"
    with store.atomic():
        store.add_incidents([Incident(incident_id="x", place=formula)])
    report = export(store, Filter(), tmp_path / "out.xlsx", "xlsx")
    assert report.notes[0].startswith("1 cell ")
    (cell,) = (
        cell
        for row in openpyxl.load_workbook(tmp_path / "out.xlsx")["Incidents"].iter_rows(min_row=2)
        for cell in row
        if cell.column == 1 + FIELDS.index("place")
    )
    assert (cell.data_type, cell.value) == ("s", f"'{formula}")


def test_text_beyond_a_cell_and_days_before_excel_are_told(
    store: GeoPackageStore, tmp_path: Path
) -> None:
    old = Incident(incident_id="x", event_date=date(1899, 12, 31))
    with store.atomic():
        store.add_incidents([old])
    report = export(store, Filter(), tmp_path / "out.xlsx", "xlsx")
    assert report.notes == ("1 days before March 1900 are text: Excel has no such days",)


def test_more_rows_than_a_sheet_holds_go_to_the_next(
    filled: GeoPackageStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "SHEET_ROWS", 1)
    made = sheets(filled, tmp_path)
    names = [name for name in made if name.startswith("Incidents")]
    assert len(names) == filled.count(Filter())
    assert all(len(made[name]) == 2 for name in names)

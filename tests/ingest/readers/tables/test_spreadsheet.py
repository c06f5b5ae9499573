"""Spreadsheets: the right sheet, cells as text, and workbooks that mean harm."""

from __future__ import annotations

import datetime as dt
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import InputError
from ingest.readers.tables import Table, is_table, open_table
from ingest.readers.tables import _unzip as unzip

Rows = list[list[object]]


def workbook(path: Path, sheets: dict[str, Rows]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def repacked(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    with zipfile.ZipFile(path) as old:
        members = {name: change(name, old.read(name)) for name in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in members.items():
            new.writestr(name, data)
    return path


def rows_of(table: Table) -> list[list[str | None]]:
    return [list(row.values()) for batch in table.batches() for row in batch.cells.to_pylist()]


PLAIN: Rows = [["id", "place", "killed"], [1, "Kuld", 3.0], [2, "Dera", 0.5]]


def test_a_plain_sheet(tmp_path: Path) -> None:
    table = open_table(workbook(tmp_path / "t.xlsx", {"Data": PLAIN}))
    assert (table.info.kind, table.info.sheet, table.info.rows) == ("xlsx", "Data", 2)
    assert table.info.columns == ("id", "place", "killed")
    assert rows_of(table) == [["1", "Kuld", "3"], ["2", "Dera", "0.5"]]
    assert [list(batch.lines) for batch in table.batches(size=1)] == [[2], [3]]


@pytest.mark.parametrize(
    ("cell", "text"),
    [(16.0, "16"), (0.1 + 0.2, "0.3"), (33.6844, "33.6844"), (-7, "-7"), (1e20, "1e+20"),
     (True, "TRUE"), (False, "FALSE"), (dt.date(2023, 1, 31), "2023-01-31"),
     (dt.datetime(2023, 1, 31, 14, 30), "2023-01-31T14:30:00"), (dt.time(5, 3), "05:03:00"),
     (dt.timedelta(hours=30), "30:00:00"), ("=cmd", "")],
)  # fmt: skip
def test_cells_as_text(tmp_path: Path, cell: object, text: str) -> None:
    table = open_table(workbook(tmp_path / "t.xlsx", {"Data": [["id", "x"], ["a", cell]]}))
    assert rows_of(table)[0][1] == text


def test_the_sheet_with_the_most_rows_is_taken(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", {"Read me": [["About"], ["x"]], "Data": PLAIN})
    table = open_table(path)
    assert (table.info.sheet, table.info.sheets) == ("Data", ("Read me", "Data"))
    assert "the sheet 'Data' was taken" in table.info.notes[-1]
    assert open_table(path, sheet="Read me").info.columns == ("About",)


def test_a_sheet_that_is_not_there(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", {"Data": PLAIN, "Notes": [["x"]]})
    with pytest.raises(InputError, match=r"^t: there is no sheet 'data': .* 'Data', 'Notes'$"):
        open_table(path, sheet="data", shown="t")


def test_titles_blank_rows_and_an_empty_margin(tmp_path: Path) -> None:
    rows: Rows = [[None, "Incidents of 2023"], [], *[[None, *row] for row in PLAIN], [],
                  [None, 3, "Leh", 1]]  # fmt: skip
    table = open_table(workbook(tmp_path / "t.xlsx", {"Data": rows}))
    assert (table.info.columns, table.info.header_line) == (("id", "place", "killed"), 3)
    assert [line for batch in table.batches() for line in batch.lines] == [4, 5, 7]
    assert sum(batch.skipped for batch in table.batches()) == 1


def test_cells_with_an_error_are_empty_and_noted(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", {"Data": [*PLAIN, ["a", "b", "#N/A"]]})
    table = open_table(path)
    assert rows_of(table)[-1] == ["a", "b", ""]
    assert "cells that hold an error are read as empty (in the workbook: 1)" in table.info.notes


def test_a_tag_row_is_no_row(tmp_path: Path) -> None:
    rows = [PLAIN[0], ["#event+code", "#adm2+name", "#affected"], *PLAIN[1:]]
    table = open_table(workbook(tmp_path / "t.xlsx", {"Data": rows}))
    assert table.info.hxl[0] == "#event+code"
    assert len(rows_of(table)) == 2


def test_an_ods_of_libreoffice(tmp_path: Path) -> None:
    cells = "".join(
        "<table:table-row>" + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p>'
            "</table:table-cell>" for cell in row
        ) + "</table:table-row>"
        for row in (["id", "place"], ["1", "Kuld"], ["2", "Dera"])
    )  # fmt: skip
    namespace = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<office:document-content xmlns:office="{namespace}office:1.0" '
        f'xmlns:table="{namespace}table:1.0" xmlns:text="{namespace}text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="Data">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    path = tmp_path / "t.ods"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        out.writestr("META-INF/manifest.xml", "<manifest/>")
        out.writestr("content.xml", content)
    table = open_table(path)
    assert (table.info.kind, table.info.sheets) == ("ods", ("Data",))
    assert rows_of(table) == [["1", "Kuld"], ["2", "Dera"]]
    assert is_table(path)


def test_a_sheet_of_sixteen_billion_cells(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", {"Data": PLAIN})
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    repacked(path, lambda name, data: data.replace(b"</sheetData>", far))
    with pytest.raises(InputError, match="the workbook needs more than 3 GB of memory"):
        open_table(path)


def test_a_workbook_packed_like_a_bomb(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", {"Data": PLAIN})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as out:
        out.writestr("xl/bomb.xml", b"0" * 60_000_000)
    with pytest.raises(InputError, match="packed more than 200 times"):
        open_table(path)


def test_a_bomb_that_states_a_small_size(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", {"Data": PLAIN})
    size = 60_000_000
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as out:
        out.writestr("xl/bomb.xml", b"0" * size)
    path.write_bytes(path.read_bytes().replace(struct.pack("<I", size), struct.pack("<I", 10)))
    with pytest.raises(InputError, match="packed more than 200 times"):
        open_table(path)


def test_more_than_may_come_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unzip, "MAX_INFLATED", 1_000)
    with pytest.raises(InputError, match="would come out of it"):
        open_table(workbook(tmp_path / "t.xlsx", {"Data": PLAIN}))


@pytest.mark.parametrize("data", [b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0" + b"0" * 5_000])
def test_a_broken_workbook(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"broken"):
        open_table(path)


def test_an_empty_sheet(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no row in it"):
        open_table(workbook(tmp_path / "t.xlsx", {"Data": []}))


def test_reading_may_be_left_early(tmp_path: Path) -> None:
    rows = PLAIN + [[number, "x", 1] for number in range(9_000)]
    table = open_table(workbook(tmp_path / "t.xlsx", {"Data": rows}))
    first = next(iter(table.batches(size=10)))
    assert first.cells.num_rows == 10
    assert len(rows_of(table)) == 9_002


@given(at=st.integers(0, 4_000), put=st.binary(min_size=1, max_size=8))
@settings(max_examples=15, deadline=None)
def test_a_damaged_workbook_is_rows_or_one_clear_line(
    tmp_path_factory: pytest.TempPathFactory, at: int, put: bytes
) -> None:
    path = workbook(tmp_path_factory.mktemp("xlsx") / "t.xlsx", {"Data": PLAIN})
    data = bytearray(path.read_bytes())
    data[at : at + len(put)] = put
    path.write_bytes(data)
    try:
        rows_of(open_table(path))
    except InputError as error:
        message = str(error)
    else:
        return
    assert "\n" not in message


def merged(path: Path, rows: Rows, *ranges: str) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for one in ranges:
        sheet.merge_cells(one)
    book.save(path)
    return path


def test_a_merged_day_or_name_stands_for_all_its_rows_and_a_toll_for_the_first(
    tmp_path: Path,
) -> None:
    rows: Rows = [["Log"], ["Date", "City", "Killed"], [dt.date(2021, 1, 3), "Quetta", 5],
                  [None, None, None], [dt.date(2021, 1, 4), "Zhob", 1]]  # fmt: skip
    table = open_table(merged(tmp_path / "t.xlsx", rows, "A3:A4", "B3:B4", "C3:C4"))
    assert rows_of(table) == [
        ["2021-01-03", "Quetta", "5"], ["2021-01-03", "Quetta", ""], ["2021-01-04", "Zhob", "1"],
    ]  # fmt: skip


def test_a_header_of_two_rows_is_joined(tmp_path: Path) -> None:
    rows: Rows = [["Incidents 2021", *[None] * 4], ["Date", "City", "Killed", None, "Remarks"],
                  [None, None, "Civ", "SF", None], [dt.date(2021, 1, 3), "Quetta", 1, 2, "x"],
                  [dt.date(2021, 1, 4), "Zhob", 0, 2, None]]  # fmt: skip
    table = open_table(merged(tmp_path / "t.xlsx", rows, "A2:A3", "B2:B3", "C2:D2", "A1:E1"))
    assert table.info.columns == ("Date", "City", "Killed Civ", "Killed SF", "Remarks")
    assert "the header has two rows: their names are joined" in table.info.notes
    assert len(rows_of(table)) == 2
    assert table.info.title == "Incidents 2021"

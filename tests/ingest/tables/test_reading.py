"""Rows of a table file as text, with their lines; hostile files give a line, never a crash."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import InputError
from ingest.tables.reading import BadRow, Row, is_table, open_table


def file(tmp_path: Path, content: str | bytes, name: str = "t.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def rows(path: Path, **how: str) -> list[tuple[int, list[str]]]:
    found = list(open_table(path, **how).rows())
    assert all(isinstance(row, Row) for row in found), found
    return [(row.line, list(row.cells.values())) for row in found if isinstance(row, Row)]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_mark_between_cells_is_told_by_the_lines(tmp_path: Path, mark: str) -> None:
    lines = [
        ["Date", "Place", "Killed"],
        ["2020-01-02", "Gao, Mali", "3"],
        ["2020-01-03", "Kidal", ""],
    ]
    text = io.StringIO()
    csv.writer(text, delimiter=mark).writerows(lines)
    assert rows(file(tmp_path, text.getvalue())) == [(2, lines[1]), (3, lines[2])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_is_told_by_the_bytes(tmp_path: Path, encoding: str) -> None:
    text = "Date,Place\n" + "2020-01-02,Córdoba é à ü\n" * 20
    found = rows(file(tmp_path, text.encode(encoding)))
    assert {cells[1] for _, cells in found} == {"Córdoba é à ü"}


def test_one_line_in_another_encoding_is_not_lost(tmp_path: Path) -> None:
    many = "2020-01-02,Gao\n" * 100_000
    path = file(tmp_path, b"Date,Place\n" + many.encode() + "2020-01-03,Córdoba\n".encode("cp1252"))
    assert rows(path)[-1] == (100_002, ["2020-01-03", "Córdoba"])


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    path = file(tmp_path, 'Date,Note\n2020-01-02,"two\nlines"\n\n2020-01-03,one\n')
    assert [line for line, _ in rows(path)] == [2, 5]
    table = open_table(path)
    list(table.rows())
    assert table.skipped == 1  # the blank line


def test_lines_above_the_names_are_passed_over_and_told(tmp_path: Path) -> None:
    path = file(tmp_path, "Incidents of 2020\n\nDate,Place,Killed\n2020-01-02,Gao,3\n")
    table = open_table(path)
    assert (table.columns, table.header_line) == (("Date", "Place", "Killed"), 3)
    assert "2 lines above" in table.notes[0]


def test_names_that_come_twice_or_not_at_all_are_told_apart(tmp_path: Path) -> None:
    path = file(tmp_path, "Date,Place,place,,\n2020-01-02,Gao,Kidal,x,\n")
    assert open_table(path).columns == ("Date", "Place", "place (2)")
    (bad,) = open_table(path).rows()
    assert isinstance(bad, BadRow)
    assert "3 columns have a name" in bad.reason


def test_a_short_row_is_filled_and_a_long_one_set_aside(tmp_path: Path) -> None:
    path = file(
        tmp_path, "Date,Place,Killed\n2020-01-02,Gao\n2020-01-03,Gao,3,more\n2020-01-04,Gao,3,\n"
    )
    short, long, padded = open_table(path).rows()
    assert isinstance(short, Row)
    assert short.cells == {"Date": "2020-01-02", "Place": "Gao", "Killed": ""}
    assert isinstance(long, BadRow)
    assert long.cells == ("2020-01-03", "Gao", "3", "more")
    assert isinstance(padded, Row)


def test_a_row_of_hxl_tags_is_no_row(tmp_path: Path) -> None:
    path = file(tmp_path, "Date,Place\n#date,#loc\n2020-01-02,Gao\n")
    table = open_table(path)
    assert table.hxl == ("#date", "#loc")
    assert rows(path) == [(3, ["2020-01-02", "Gao"])]


def test_a_cell_of_ten_megabytes_is_set_aside_and_the_next_row_read(tmp_path: Path) -> None:
    path = file(tmp_path, f"Date,Place\n2020-01-02,{'x' * 10_000_000}\n2020-01-03,Gao\n")
    bad, good = open_table(path).rows()
    assert isinstance(bad, BadRow)
    assert isinstance(good, Row)


def test_sixteen_thousand_columns_are_refused(tmp_path: Path) -> None:
    names = ",".join(f"a{n}" for n in range(16_384))
    with pytest.raises(InputError, match="16,384 columns"):
        open_table(file(tmp_path, f"{names}\n{names}\n"))


def book(tmp_path: Path, *sheets: tuple[str, list[list[object]]]) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, grid in sheets:
        sheet = made.create_sheet(name)
        for line in grid:
            sheet.append(line)
    path = tmp_path / "t.xlsx"
    made.save(path)
    return path


def test_cells_of_a_spreadsheet_are_written_as_a_person_would(tmp_path: Path) -> None:
    from datetime import datetime

    head = ["Date", "Killed", "Point", "Sure", "Place"]
    path = book(tmp_path, ("S", [head, [datetime(2017, 2, 16), 3, 1.5, True, None]]))
    assert rows(path) == [(2, ["2017-02-16", "3", "1.5", "TRUE", ""])]


def test_the_longest_sheet_is_read_or_the_one_named(tmp_path: Path) -> None:
    path = book(
        tmp_path,
        ("Cover", [["About", "this"]]),
        ("Data", [["Date", "Place"], ["2020-01-02", "Gao"], ["2020-01-03", "Kidal"]]),
        ("Old", [["Date", "Place"], ["2019-01-02", "Gao"]]),
    )
    assert len(rows(path)) == 2
    assert rows(path, sheet="Old") == [(2, ["2019-01-02", "Gao"])]
    with pytest.raises(InputError, match="Cover, Data, Old"):
        open_table(path, sheet="New")


def test_a_spreadsheet_that_unpacks_to_gigabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 60_000_000)
    with pytest.raises(InputError, match="unpack"):
        open_table(path)


@pytest.mark.parametrize("name", ["t.csv", "t.xlsx", "t.ods", "t.tsv"])
@settings(deadline=None, max_examples=40)
@given(content=st.binary(max_size=400))
def test_any_bytes_are_a_table_or_one_line(
    tmp_path_factory: pytest.TempPathFactory, name: str, content: bytes
) -> None:
    path = file(tmp_path_factory.mktemp("any"), content, name)
    try:
        list(open_table(path).rows())
    except InputError as error:
        said = str(error)
    else:
        return
    assert said.startswith(repr(name))


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00"), max_size=12)


@settings(deadline=None)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=8), st.sampled_from(",;|"))
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, lines: list[list[str]], mark: str
) -> None:
    path = tmp_path_factory.mktemp("written") / "t.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter=mark, quoting=csv.QUOTE_ALL)
        writer.writerows([["Date of it", "Place of it", "Killed there"], *lines])
    wanted = [line for line in lines if any(cell.strip() for cell in line)]
    hxl = bool(open_table(path).hxl)
    assert [cells for _, cells in rows(path)] == wanted[hxl:]


def test_what_counts_as_a_table() -> None:
    assert is_table("a/b.CSV")
    assert not is_table("story.txt")

"""Delimited text as it is met: encodings, delimiters, title lines, quotes that never close."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.errors import InputError
from ingest.readers.tables import MAX_CELL, Table, open_table
from ingest.readers.tables import _encoding as encoding_module
from ingest.readers.tables import delimited as delimited_module

PLAIN = "id,place,killed\n1,Kuld,3\n2,Dera,0\n"


def opened(tmp_path: Path, data: str | bytes, name: str = "t.csv", **options: object) -> Table:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return open_table(path, shown=name, **options)  # type: ignore[arg-type]


def rows_of(table: Table, **options: int) -> list[list[str | None]]:
    return [
        list(row.values()) for batch in table.batches(**options) for row in batch.cells.to_pylist()
    ]


def lines_of(table: Table) -> list[int]:
    return [line for batch in table.batches() for line in batch.lines]


def faults_of(table: Table) -> list[tuple[int, str]]:
    return [(one.line, one.reason) for batch in table.batches() for one in batch.faults]


def skipped_of(table: Table) -> int:
    return sum(batch.skipped for batch in table.batches())


def test_a_plain_table(tmp_path: Path) -> None:
    table = opened(tmp_path, PLAIN)
    assert table.info.columns == ("id", "place", "killed")
    assert (table.info.header_line, table.info.delimiter, table.info.encoding) == (1, ",", "utf-8")
    assert rows_of(table) == [["1", "Kuld", "3"], ["2", "Dera", "0"]]
    assert lines_of(table) == [2, 3]
    assert rows_of(table) == rows_of(table), "rows may be read several times"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_told(tmp_path: Path, delimiter: str) -> None:
    table = opened(tmp_path, PLAIN.replace(",", delimiter))
    assert table.info.delimiter == delimiter
    assert rows_of(table)[0] == ["1", "Kuld", "3"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(tmp_path: Path, end: str) -> None:
    table = opened(tmp_path, PLAIN.replace("\n", end))
    assert rows_of(table) == [["1", "Kuld", "3"], ["2", "Dera", "0"]]
    assert lines_of(table) == [2, 3]


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("utf-16-le", "utf-16-le"),
     ("utf-32", "utf-32"), ("cp1252", "windows-1252")],
)  # fmt: skip
def test_encodings(tmp_path: Path, encoding: str, told: str) -> None:
    text = "id,place,killed\n1,Zürich,3\n2,“Dera”,0\n" + "3,Kuld,1\n" * 40
    table = opened(tmp_path, text.encode(encoding))
    assert table.info.encoding == told
    assert rows_of(table)[:2] == [["1", "Zürich", "3"], ["2", "“Dera”", "0"]]


def test_cyrillic_without_a_mark(tmp_path: Path) -> None:
    text = "номер,место,сообщение\n" + "1,Москва,В городе произошёл взрыв и погибли люди\n" * 50
    table = opened(tmp_path, text.encode("cp1251"))
    assert rows_of(table)[0][1] == "Москва"
    assert any("told by its bytes" in note for note in table.info.notes)


def test_a_line_of_another_encoding_is_kept_and_noted(tmp_path: Path) -> None:
    data = (PLAIN + "8,Köln,0\n9,Bâle,0\n").encode() + b"3,Z\xfcrich,1\n4,Dera\x81,1\n"
    table = opened(tmp_path, data)
    assert rows_of(table)[4:] == [["3", "Zürich", "1"], ["4", "Dera\x81", "1"]]
    assert table.info.notes == ("lines that are not utf-8 were read as windows-1252 (2): 6, 7",)


def test_the_users_encoding_wins(tmp_path: Path) -> None:
    data = "id,place\n1,ż\n".encode("cp1250")
    assert rows_of(opened(tmp_path, data, encoding="cp1250")) == [["1", "ż"]]


@pytest.mark.parametrize("name", ["klingon", "hex", "punycode", "a\0b"])
def test_an_encoding_that_is_none(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"t\.csv: (there is no encoding|no file is written)"):
        opened(tmp_path, PLAIN, encoding=name)


def test_a_delimiter_may_be_named(tmp_path: Path) -> None:
    assert opened(tmp_path, "a\tb,c\n1\t2,3\n", delimiter="tab").info.columns == ("a", "b,c")
    with pytest.raises(InputError, match="'::' cannot set cells apart"):
        opened(tmp_path, PLAIN, delimiter="::")


def test_title_lines_are_passed_over_and_noted(tmp_path: Path) -> None:
    table = opened(tmp_path, "Incidents, 2023\nSource: desk\n\n" + PLAIN)
    assert table.info.columns == ("id", "place", "killed")
    assert (table.info.header_line, lines_of(table)) == (4, [5, 6])
    assert "passed over (2): 'Incidents 2023'" in table.info.notes[0]


def test_title_lines_padded_by_a_spreadsheet(tmp_path: Path) -> None:
    table = opened(tmp_path, "Incidents of 2023,,\n,,\n" + PLAIN)
    assert (table.info.columns, table.info.header_line) == (("id", "place", "killed"), 3)


def test_a_table_without_a_header(tmp_path: Path) -> None:
    table = opened(tmp_path, "1,Kuld,3\n2,Dera,0\n")
    assert table.info.columns == ("column 1", "column 2", "column 3")
    assert (table.info.header_line, lines_of(table)) == (0, [1, 2])


def test_the_user_says_whether_there_is_a_header(tmp_path: Path) -> None:
    assert opened(tmp_path, PLAIN, header=False).info.header_line == 0
    assert lines_of(opened(tmp_path, PLAIN, header=False)) == [1, 2, 3]
    assert opened(tmp_path, "1,2\n3,4\n", header=True).info.columns == ("1", "2")


def test_a_header_of_years_is_a_header(tmp_path: Path) -> None:
    table = opened(tmp_path, "country,2019,2020\nPakistan,5,6\nIndia,7,8\n")
    assert table.info.columns == ("country", "2019", "2020")


def test_a_text_that_comes_again_below_is_no_name(tmp_path: Path) -> None:
    table = opened(tmp_path, "Pakistan,Kuld\nPakistan,Dera\nIndia,Leh\n")
    assert len(rows_of(table)) == 3


def test_names_that_come_twice_or_are_empty(tmp_path: Path) -> None:
    table = opened(tmp_path, "date, date ,,x\na,b,c,d\n")
    assert table.info.columns == ("date", "date (2)", "column 3", "x")


def test_empty_columns_at_the_end_are_dropped(tmp_path: Path) -> None:
    table = opened(tmp_path, "id,place,,\n1,Kuld,,\n2,Dera,,\n")
    assert table.info.columns == ("id", "place")
    assert rows_of(table) == [["1", "Kuld"], ["2", "Dera"]]
    assert "dropped (2)" in table.info.notes[-1]


def test_a_column_filled_once_far_below_is_kept(tmp_path: Path) -> None:
    table = opened(tmp_path, "id,place,,\n" + "1,Kuld,,\n" * 500 + "2,Dera,x,\n")
    assert table.info.columns == ("id", "place", "column 3")
    assert rows_of(table)[-1] == ["2", "Dera", "x"]


def test_a_header_shorter_than_its_rows(tmp_path: Path) -> None:
    table = opened(tmp_path, "place,killed\na,Kuld,3\nb,Dera,0\n")
    assert table.info.columns == ("place", "killed", "column 3")


def test_row_numbers_without_a_name_come_first(tmp_path: Path) -> None:
    table = opened(tmp_path, "place,killed\n1,Kuld,3\n2,Dera,0\n")
    assert table.info.columns == ("column 1", "place", "killed")


def test_short_and_long_rows(tmp_path: Path) -> None:
    table = opened(tmp_path, PLAIN + "3,Leh\n4,a,b,c\n5,d,e,,\n")
    assert rows_of(table)[2:] == [["3", "Leh", None], ["5", "d", "e"]]
    ((line, reason),) = faults_of(table)
    assert (line, reason) == (5, "the row has 4 cells, and the table 3 columns")
    (fault,) = (one for batch in table.batches() for one in batch.faults)
    assert fault.raw == '["4", "a", "b", "c"]'


def test_blank_lines_are_counted(tmp_path: Path) -> None:
    table = opened(tmp_path, PLAIN + "\n,,\n   \n3,Leh,1\n")
    assert (skipped_of(table), lines_of(table)) == (3, [2, 3, 7])


def test_a_tag_row_is_no_row(tmp_path: Path) -> None:
    table = opened(tmp_path, "id,place,killed\n,#adm2+name,#affected\n1,Kuld,3\n")
    assert table.info.hxl == ("", "#adm2+name", "#affected")
    assert (skipped_of(table), lines_of(table)) == (1, [3])


def test_a_decimal_comma_is_flagged(tmp_path: Path) -> None:
    assert opened(tmp_path, "lat;lon\n33,05;70,1\n34,5;71\n").info.decimal_comma
    assert not opened(tmp_path, 'killed,lat\n"1,234",33.5\n').info.decimal_comma
    assert not opened(tmp_path, PLAIN).info.decimal_comma


def test_nul_characters_are_dropped_and_noted(tmp_path: Path) -> None:
    table = opened(tmp_path, PLAIN + "3,Ku\0ld,1\n")
    assert rows_of(table)[2] == ["3", "Kuld", "1"]
    assert "NUL characters were dropped (1)" in table.info.notes


def test_lines_inside_quotes(tmp_path: Path) -> None:
    table = opened(tmp_path, 'id,notes\n1,"two\nlines"\n2,"three\r\nin\nall"\n3,x\n')
    assert rows_of(table) == [["1", "two\nlines"], ["2", "three\r\nin\nall"], ["3", "x"]]
    assert lines_of(table) == [2, 4, 7]


def test_a_quote_that_never_closes_costs_one_row(tmp_path: Path) -> None:
    table = opened(tmp_path, PLAIN + '3,"Leh,1\n' + "4,Kuld,1\n" * 5)
    assert len(rows_of(table)) == 7
    ((line, reason),) = faults_of(table)
    assert line == 4
    assert "not closed" in reason


def test_a_quote_that_closes_at_the_next_quotation_swallows_nothing(tmp_path: Path) -> None:
    table = opened(tmp_path, 'id,a,b\n1,"open,2\n2,b,3\n3,"quoted, ok",4\n5,"",6\n')
    assert rows_of(table) == [["2", "b", "3"], ["3", "quoted, ok", "4"], ["5", "", "6"]]
    assert [line for line, _ in faults_of(table)] == [2]


def test_an_open_quote_before_a_million_characters(tmp_path: Path) -> None:
    body = "4,Kuld,1\n" * 150_000
    table = opened(tmp_path, PLAIN + '3,"Leh,1\n' + body)
    assert len(lines_of(table)) == 150_002
    assert [line for line, _ in faults_of(table)] == [4]


def test_many_open_quotes_take_no_squared_time(tmp_path: Path) -> None:
    table = opened(tmp_path, "a,b\n1,2\n1,2\n" + '"",a"b,"\n' * 30_000)
    found = len(lines_of(table)) + len(faults_of(table))
    assert found == 30_002


def test_a_stray_quote_inside_a_line(tmp_path: Path) -> None:
    table = opened(tmp_path, PLAIN + '3,"a"b,1\n4,5" gun,1\n')
    assert rows_of(table)[2:] == [["3", "ab", "1"], ["4", '5" gun', "1"]]


def test_quotes_after_a_space(tmp_path: Path) -> None:
    table = opened(tmp_path, 'id, place\n1, "Kuld, Dir"\n2, "Dera, Kohat"\n')
    assert rows_of(table) == [["1", "Kuld, Dir"], ["2", "Dera, Kohat"]]


def test_quotes_after_a_backslash(tmp_path: Path) -> None:
    table = opened(tmp_path, 'id,say,n\n1,"he said \\"no, no\\"",2\n2,"\\"a\\", b",3\n')
    assert rows_of(table) == [["1", 'he said "no, no"', "2"], ["2", '"a", b', "3"]]


def test_tabs_without_quoting(tmp_path: Path) -> None:
    table = opened(tmp_path, 'id\tname\n1\t"Abu\n2\t"Haji\n3\tx\n')
    assert rows_of(table) == [["1", '"Abu'], ["2", '"Haji'], ["3", "x"]]
    assert "quotation marks are taken as text" in table.info.notes


def test_a_cell_that_is_too_long_costs_its_row(tmp_path: Path) -> None:
    table = opened(tmp_path, PLAIN + "3," + "x" * 10_000_000 + ",1\n4,Leh,1\n")
    assert [row[0] for row in rows_of(table)] == ["1", "2", "4"]
    assert faults_of(table) == [(4, f"a cell is longer than {MAX_CELL:,} characters")]


def test_a_line_that_is_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding_module, "MAX_LINE", 1_000)
    monkeypatch.setattr(encoding_module, "BLOCK", 100)
    table = opened(tmp_path, PLAIN + "3," + "x" * 5_000 + ",1\n4,Leh,1\n")
    assert lines_of(table) == [2, 3, 5]
    assert [line for line, _ in faults_of(table)] == [4]


def test_too_many_columns(tmp_path: Path) -> None:
    names = ",".join(f"c{number}" for number in range(16_384))
    with pytest.raises(InputError, match="16,384 columns, and at most 2,000"):
        opened(tmp_path, f"{names}\n{names}x\n")


@pytest.mark.parametrize("data", ["", "\n\n", "\ufeff", " \n\t\n"])
def test_nothing_in_it(tmp_path: Path, data: str) -> None:
    with pytest.raises(InputError, match=r"^t\.csv: (the file is empty|there is no row in it)$"):
        opened(tmp_path, data)


def test_a_header_alone_is_a_table_without_rows(tmp_path: Path) -> None:
    table = opened(tmp_path, "id,place\n")
    assert (rows_of(table), table.sample().cells.num_rows) == ([], 0)


def test_batches_are_no_larger_than_asked(tmp_path: Path) -> None:
    table = opened(tmp_path, PLAIN + "3,Leh,1\n" * 100)
    sizes = [batch.cells.num_rows for batch in table.batches(size=30)]
    assert (max(sizes), sum(sizes)) == (30, 102)
    assert [len(batch.lines) for batch in table.batches(size=30)] == sizes
    assert table.sample(5).cells.num_rows == 5


def test_done_goes_to_one(tmp_path: Path) -> None:
    done = [batch.done for batch in opened(tmp_path, PLAIN * 9).batches(size=3)]
    assert done == sorted(done)
    assert done[-1] == 1.0


def test_the_digest_is_the_files(tmp_path: Path) -> None:
    import hashlib

    table = opened(tmp_path, "\ufeff" + PLAIN)
    data = ("\ufeff" + PLAIN).encode()
    assert table.info.sha256 == hashlib.sha256(data).hexdigest()
    assert table.info.size_bytes == len(data)


def read_to_the_end(path: Path) -> None:
    try:
        for _ in open_table(path).batches():
            pass
    except InputError as error:
        message = str(error)
    else:
        return
    assert "\n" not in message


CELLS = st.text(
    st.characters(exclude_characters="\0\ufeff", exclude_categories=("Cs",)), max_size=12
) | st.sampled_from(['"', ",", "\n", "\r\n", "\r", '""', "a,b", "x\ny", "#tag", "12", " ", ""])
TABLES = st.integers(2, 5).flatmap(
    lambda width: st.lists(
        st.lists(CELLS, min_size=width, max_size=width).filter(any), min_size=1, max_size=25
    )
)


@given(
    rows=TABLES,
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be"]),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_csv_writes_comes_back(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[list[str]],
    delimiter: str,
    end: str,
    quoting: int,
    encoding: str,
) -> None:
    out = io.StringIO(newline="")
    if end != "\r\n":  # csv of Python 3.11 quotes only the line ends that it writes itself
        quoting = csv.QUOTE_ALL
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting)
    names = [f"name {letter}" for letter in "abcde"[: len(rows[0])]]
    lines = []
    for row in [names, *rows]:
        text = out.getvalue()
        lines.append(1 + text.count("\n") + text.count("\r") - text.count("\r\n"))
        writer.writerow(row)
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    path.write_bytes(out.getvalue().encode(encoding))
    table = open_table(path, encoding=encoding, delimiter=delimiter, header=True)
    body, body_lines = rows, lines[1:]
    if table.info.hxl:
        body, body_lines = rows[1:], lines[2:]
    assert table.info.columns == tuple(names)
    assert rows_of(table) == body
    assert lines_of(table) == body_lines


WILD = st.lists(
    st.sampled_from(['"', ",", "\n", "\r\n", "\r", "a", "b c", "1", '""', "\n\n", '","', "ü"]),
    max_size=60,
).map("".join)


@given(text=WILD)
@settings(max_examples=300, deadline=None)
def test_the_fast_way_gives_what_the_careful_way_gives(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    path.write_bytes(("a,b,c\n1,x,y\n2,z,w\n" + text).encode())
    table = open_table(path, delimiter=",", header=True)
    fast = (rows_of(table), lines_of(table), faults_of(table), skipped_of(table))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited_module, "parsed", lambda *given: None)
        careful = (rows_of(table), lines_of(table), faults_of(table), skipped_of(table))
    assert fast == careful


@given(text=WILD, block=st.integers(1, 40))
@settings(max_examples=200, deadline=None)
def test_it_does_not_matter_where_a_block_ends(
    tmp_path_factory: pytest.TempPathFactory, text: str, block: int
) -> None:
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    path.write_bytes(("a,b,c\n1,x,y\n2,z,w\n" + text).encode())
    table = open_table(path, delimiter=",", header=True)
    whole = (rows_of(table), lines_of(table), faults_of(table), skipped_of(table))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encoding_module, "BLOCK", block)
        table = open_table(path, delimiter=",", header=True)
        pieces = (rows_of(table), lines_of(table), faults_of(table), skipped_of(table))
    assert whole == pieces


@given(text=WILD)
@settings(max_examples=200, deadline=None)
def test_every_line_is_in_a_row_or_a_fault_or_is_blank(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    path.write_bytes(("a,b,c\n1,x,y\n2,z,w\n" + text).encode())
    table = open_table(path, delimiter=",", header=True)
    told = "".join(
        cell or "" for row in rows_of(table) for cell in row
    ) + "".join(one.raw for batch in table.batches() for one in batch.faults)  # fmt: skip
    assert told.count("ü") == text.count("ü")
    assert told.count("b c") == text.count("b c")


@given(data=st.binary(max_size=400), name=st.sampled_from(["t.csv", "t.tsv", "t.txt"]))
@settings(max_examples=200, deadline=None)
def test_random_bytes_are_rows_or_one_clear_line(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str
) -> None:
    path = tmp_path_factory.mktemp("csv") / name
    path.write_bytes(data)
    read_to_the_end(path)


@given(text=st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_random_text_is_rows_or_one_clear_line(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    read_to_the_end(path)


@pytest.mark.shared
def test_ucdp_rows_and_the_tag_row_are_all_lines(shared_data: Path) -> None:
    table = open_table(shared_data / "ucdp_ged_pak.csv")
    with (shared_data / "ucdp_ged_pak.csv").open(newline="", encoding="utf-8") as file:
        _, _, *expected = csv.reader(file)
    assert rows_of(table) == expected
    assert len(expected) == 6_416
    assert (skipped_of(table), faults_of(table)) == (1, [])


def test_a_row_of_names_under_a_header_with_gaps_is_part_of_it(tmp_path: Path) -> None:
    text = "Date,City,Killed,,Injured,\n,,Civ,SF,Civ,SF\n3 Jan 2021,Quetta,1,2,,\n"
    table = opened(tmp_path, text)
    assert table.info.columns[2:] == ("Killed Civ", "Killed SF", "Injured Civ", "Injured SF")
    assert rows_of(table) == [["3 Jan 2021", "Quetta", "1", "2", "", ""]]


def test_a_first_row_of_words_is_no_part_of_the_header(tmp_path: Path) -> None:
    table = opened(tmp_path, "City,,Type\nQuetta,Balochistan,IED\nZhob,Balochistan,Raid\n")
    assert table.info.columns == ("City", "column 2", "Type")
    assert len(rows_of(table)) == 2


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850"])
def test_western_text_of_other_machines(tmp_path: Path, encoding: str) -> None:
    row = "3,Nariño,Córdoba,explosión en la línea\n"
    table = opened(tmp_path, ("id,town,state,what\n" + row * 9).encode(encoding))
    assert rows_of(table)[0][1:] == ["Nariño", "Córdoba", "explosión en la línea"]


def test_a_row_of_tags_may_be_the_only_header(tmp_path: Path) -> None:
    table = opened(tmp_path, "#date,#loc+name,#affected+killed\n2021-01-03,Kuld,3\n")
    assert table.info.hxl == table.info.columns == ("#date", "#loc+name", "#affected+killed")
    assert rows_of(table) == [["2021-01-03", "Kuld", "3"]]

"""GeoNames dumps: text or zip, with their code and name files."""

from __future__ import annotations

import zipfile
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import InputError
from geodata.gazetteer._writer import Row
from geodata.gazetteer.importers import ImportOptions, importer_for
from geodata.gazetteer.importers._base import FOREIGN_IDS, Reading
from geodata.gazetteer.importers.geonames import GeoNamesImporter
from tests.geodata.gazetteer._examples import VALLEY, dump_row, write_dump


def read(path: Path, **options: Path) -> tuple[dict[str, Row], Reading]:
    reading = GeoNamesImporter().read(path, ImportOptions(**options), count(-1, -1))  # type: ignore[arg-type]  # test shorthand
    rows = [*reading.divisions, *reading.places]
    return {row.name: row for row in rows}, reading


def test_a_dump_is_recognised_by_its_columns(tmp_path: Path) -> None:
    assert importer_for(write_dump(tmp_path, *VALLEY)).name == "geonames"
    other = tmp_path / "notes.txt"
    other.write_text("a\tb\n")
    assert not GeoNamesImporter().recognises(other)


def test_divisions_are_those_of_the_dump_where_no_code_file_says(tmp_path: Path) -> None:
    rows, _ = read(write_dump(tmp_path, *VALLEY))
    assert rows["Tolpur"].admin2 == rows["Pine District"].id == FOREIGN_IDS + 9100000002
    assert rows["Pine District"].admin1 == rows["North Valley"].id


def test_code_files_give_divisions_their_geonames_id(tmp_path: Path) -> None:
    (tmp_path / "admin1CodesASCII.txt").write_text("AD.77\tNorth Valley\tNorth Valley\t3041203\n")
    rows, _ = read(write_dump(tmp_path, *VALLEY))
    assert rows["North Valley"].id == 3041203
    assert rows["North Valley"].key == "9100000001"
    assert rows["Tolpur"].admin1 == 3041203


def test_a_division_that_only_the_code_file_knows_is_kept(tmp_path: Path) -> None:
    codes = tmp_path / "elsewhere.txt"
    codes.write_text("AD.77.9\tLost District\tLost District\t3041209\n")
    rows, _ = read(write_dump(tmp_path, *VALLEY), admin2_codes=codes)
    assert (rows["Lost District"].id, rows["Lost District"].latitude) == (3041209, None)


def test_a_zip_is_read_without_unpacking(tmp_path: Path) -> None:
    path = tmp_path / "AD.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "x" * 10_000)
        archive.writestr("AD.txt", "\n".join(VALLEY))
    assert GeoNamesImporter().recognises(path)
    assert len(read(path)[0]) == len(VALLEY)


def test_a_zip_without_a_table_says_so(tmp_path: Path) -> None:
    path = tmp_path / "AD.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("picture.png", "x")
    with pytest.raises(InputError, match="no table"):
        read(path)


def test_alternate_names_come_by_id_and_links_do_not(tmp_path: Path) -> None:
    (tmp_path / "alternateNamesV2.txt").write_text(
        "1\t77\ten\tTolpoor\t1\t\t\t\n2\t77\tlink\thttps://example.org\t\t\t\t\n"
        "3\t77\tur\tتول پور\t\t\t\t\n"
    )
    _, reading = read(write_dump(tmp_path, *VALLEY))
    assert list(reading.names) == [(77, "Tolpoor", True), (77, "تول پور", False)]


def test_population_and_feature_are_kept(tmp_path: Path) -> None:
    row = dump_row(7, "Big", 42.5, 1.5, feature="P.PPLA", population=1234)
    rows, _ = read(write_dump(tmp_path, row))
    assert (rows["Big"].population, rows["Big"].feature_code) == (1234, "PPLA")


@given(st.lists(st.text(max_size=80), max_size=20))
def test_any_text_is_rows_or_left_out(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    path = write_dump(tmp_path_factory.mktemp("fuzz"), *lines)
    reading = GeoNamesImporter().read(path, ImportOptions(), count(-1, -1))
    read_rows = len(list(reading.places))
    assert read_rows + sum(reading.left_out.values()) >= 0
    assert all(number > 0 for number in reading.left_out.values())


def test_code_files_of_the_world_give_no_divisions_of_other_countries(tmp_path: Path) -> None:
    (tmp_path / "admin1CodesASCII.txt").write_text(
        "AD.07\tAndorra la Vella\tAndorra la Vella\t3041566\nFR.11\tIle\tIle\t3012874\n"
    )
    row = dump_row(7, "Town", 42.5, 1.5, admin1="07")
    rows, _ = read(write_dump(tmp_path, row))
    assert set(rows) == {"Town", "Andorra la Vella"}
    assert rows["Town"].admin1 == 3041566

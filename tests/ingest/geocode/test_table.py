"""Geocoding a table keeps every row and every column."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from geodata.errors import InputError
from geodata.place import Outcome
from ingest.geocode.resolver import Resolver
from ingest.geocode.table import ADDED, Columns, geocode_table


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_one_row_out_per_row_in(resolver: Resolver, tmp_path: Path) -> None:
    source = write(
        tmp_path / "in.csv",
        "id,where,province,country\n1,Mach,Balochistan,PK\n2,Springfield,,US\n3,Xyzzyqua,,PK\n",
    )
    columns = Columns(place="where", admin1="province", country="country")
    tally = geocode_table(source, tmp_path / "out.csv", columns, resolver)
    rows = read(tmp_path / "out.csv")
    assert [row["id"] for row in rows] == ["1", "2", "3"]
    assert [row["outcome"] for row in rows] == ["found", "declined", "not_found"]
    assert (rows[0]["matched_admin2"], rows[0]["matched_country"]) == ("Kachhi", "Pakistan")
    assert rows[1]["latitude"] == rows[2]["latitude"] == ""
    assert tally.rows == 3
    assert tally.outcomes[Outcome.FOUND] == 1


def test_input_columns_of_the_same_name_are_kept(resolver: Resolver, tmp_path: Path) -> None:
    source = write(tmp_path / "in.csv", 'where,latitude,note\nQuetta,1.5,"a, b"\n')
    geocode_table(source, tmp_path / "out.csv", Columns(place="where"), resolver)
    (row,) = read(tmp_path / "out.csv")
    assert (row["input_latitude"], row["note"]) == ("1.5", "a, b")
    assert float(row["latitude"]) == pytest.approx(30.18, abs=0.1)
    assert set(ADDED) <= row.keys()


def test_a_country_for_every_row(resolver: Resolver, tmp_path: Path) -> None:
    source = write(tmp_path / "in.csv", "where\nHyderabad\n")
    geocode_table(source, tmp_path / "o.csv", Columns(place="where"), resolver, country="PK")
    assert read(tmp_path / "o.csv")[0]["matched_country"] == "Pakistan"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_other_encodings(resolver: Resolver, tmp_path: Path, encoding: str) -> None:
    text = "lugar,nota\n" + "Cúcuta,Según la policía colombiana hubo heridos\n" * 20
    source = write(tmp_path / "in.csv", text, encoding)
    geocode_table(source, tmp_path / "o.csv", Columns(place="lugar"), resolver, country="CO")
    assert read(tmp_path / "o.csv")[0]["matched_name"] == "Cúcuta"


def test_an_empty_place_with_a_district(resolver: Resolver, tmp_path: Path) -> None:
    source = write(tmp_path / "in.csv", "where,district\n,Mastung\n")
    columns = Columns(place="where", admin2="district")
    geocode_table(source, tmp_path / "o.csv", columns, resolver, country="PK")
    assert read(tmp_path / "o.csv")[0]["location_precision"] == "district"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("a,b\n1,2\n", "no column 'where'"),
        ("where\nQuetta,extra\n", "line 2 has 2 cells"),
        ("where\0\n1\n", "binary"),
    ],
)
def test_what_is_no_table(resolver: Resolver, tmp_path: Path, text: str, words: str) -> None:
    source = write(tmp_path / "in.csv", text)
    with pytest.raises(InputError, match=words):
        geocode_table(source, tmp_path / "out.csv", Columns(place="where"), resolver)
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_the_input_is_never_overwritten(resolver: Resolver, tmp_path: Path) -> None:
    source = write(tmp_path / "in.csv", "where\nQuetta\n")
    with pytest.raises(InputError, match="input itself"):
        geocode_table(source, source, Columns(place="where"), resolver)


def test_progress_ends_below_one(resolver: Resolver, tmp_path: Path) -> None:
    source = write(tmp_path / "in.csv", "where\n" + "Quetta\n" * 500)
    shares: list[float] = []
    geocode_table(
        source, tmp_path / "o.csv", Columns(place="where"), resolver, progress=shares.append
    )
    assert shares == sorted(shares)
    assert all(0 <= share <= 1 for share in shares)

"""Geocoding a table keeps every row and every column."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from geodata.errors import InputError
from geodata.place import Outcome, PlaceQuery, Resolution
from ingest.geocode.resolver import Resolver
from ingest.geocode.table import ADDED, Batch, Columns, geocode_table


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
    geocode_table(
        source, tmp_path / "o.csv", Columns(place="where"), resolver, batch=Batch(country="PK")
    )
    assert read(tmp_path / "o.csv")[0]["matched_country"] == "Pakistan"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_other_encodings(resolver: Resolver, tmp_path: Path, encoding: str) -> None:
    text = "lugar,nota\n" + "Cúcuta,Según la policía colombiana hubo heridos\n" * 20
    source = write(tmp_path / "in.csv", text, encoding)
    geocode_table(
        source, tmp_path / "o.csv", Columns(place="lugar"), resolver, batch=Batch(country="CO")
    )
    assert read(tmp_path / "o.csv")[0]["matched_name"] == "Cúcuta"


def test_an_empty_place_with_a_district(resolver: Resolver, tmp_path: Path) -> None:
    source = write(tmp_path / "in.csv", "where,district\n,Mastung\n")
    columns = Columns(place="where", admin2="district")
    geocode_table(source, tmp_path / "o.csv", columns, resolver, batch=Batch(country="PK"))
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
        source,
        tmp_path / "o.csv",
        Columns(place="where"),
        resolver,
        progress=lambda share, _rows: shares.append(share),
    )
    assert shares == sorted(shares)
    assert all(0 <= share <= 1 for share in shares)


class Stops:
    """Hands over to a geocoder and stops like Ctrl-C after some rows."""

    def __init__(self, geocoder: Resolver, after: int) -> None:
        self.geocoder, self.left = geocoder, after

    def geocode(self, query: PlaceQuery, *, limit: int = 5) -> Resolution:
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt
        return self.geocoder.geocode(query, limit=limit)


def stopped(resolver: Resolver, tmp_path: Path, after: int = 3) -> Path:
    source = write(tmp_path / "in.csv", "where\nQuetta\nXyzzyqua\nMach\nLahore\nSibi\n")
    with pytest.raises(KeyboardInterrupt):
        geocode_table(source, tmp_path / "o.csv", WHERE, Stops(resolver, after))
    assert not (tmp_path / "o.csv").exists()
    return source


WHERE = Columns(place="where")


def test_a_stopped_run_goes_on(resolver: Resolver, tmp_path: Path) -> None:
    source, said = stopped(resolver, tmp_path), list[str]()
    geocode_table(source, tmp_path / "o.csv", WHERE, Stops(resolver, 2), say=said.append)
    assert said == ["Going on after row 3 of the run that was stopped."]
    geocode_table(source, tmp_path / "whole.csv", WHERE, resolver)
    for end in (".csv", ".unmatched.csv"):
        assert (tmp_path / f"o{end}").read_bytes() == (tmp_path / f"whole{end}").read_bytes()
    assert len(list(tmp_path.iterdir())) == 5  # no draft and no journal is left


@pytest.mark.parametrize(
    ("batch", "why"),
    [
        (Batch(country="PK"), "the options changed"),
        (Batch(gazetteer="other"), "the gazetteer changed"),
        (Batch(restart=True), "--restart was given"),
    ],
)
def test_what_starts_anew(resolver: Resolver, tmp_path: Path, batch: Batch, why: str) -> None:
    source, said = stopped(resolver, tmp_path), list[str]()
    geocode_table(source, tmp_path / "o.csv", WHERE, resolver, batch=batch, say=said.append)
    assert why in said[0]
    assert len(read(tmp_path / "o.csv")) == 5


def test_a_changed_input_starts_anew(resolver: Resolver, tmp_path: Path) -> None:
    stopped(resolver, tmp_path)
    source, said = write(tmp_path / "in.csv", "where\nMultan\n"), list[str]()
    geocode_table(source, tmp_path / "o.csv", WHERE, resolver, say=said.append)
    assert "the input changed" in said[0]
    assert [row["where"] for row in read(tmp_path / "o.csv")] == ["Multan"]


def test_unmatched_rows_have_their_own_file(resolver: Resolver, tmp_path: Path) -> None:
    source = write(tmp_path / "in.csv", "id,where\n1,Quetta\n2,Springfield\n")
    tally = geocode_table(source, tmp_path / "o.csv", WHERE, resolver)
    (row,) = read(tmp_path / "o.unmatched.csv")
    assert (row["id"], row["outcome"]) == ("2", "declined")
    assert row["reason"]
    assert "Springfield" in row["candidates"]
    assert tally.unmatched == tmp_path / "o.unmatched.csv"


def test_no_unmatched_row_makes_no_file(resolver: Resolver, tmp_path: Path) -> None:
    source = write(tmp_path / "in.csv", "where\nQuetta\n")
    geocode_table(source, tmp_path / "o.csv", WHERE, resolver)
    assert {path.name for path in tmp_path.iterdir()} == {"in.csv", "o.csv"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(resolver: Resolver, tmp_path: Path, delimiter: str) -> None:
    source = write(tmp_path / "in.csv", f'"a, b"{delimiter}where\n1{delimiter}Quetta\n')
    geocode_table(source, tmp_path / "o.csv", WHERE, resolver)
    assert read(tmp_path / "o.csv")[0]["matched_name"] == "Quetta"


SCRIPT = """
import sys
from dashboard.cli import main
main(["geocode", "--table", sys.argv[1], "--place", "where", "--out", sys.argv[2]])
"""


def test_a_killed_process_is_gone_on_with(resolver: Resolver, tmp_path: Path) -> None:
    names = ["Quetta", "Xyzzyqua", "30 km south of Sibi", "Springfield"]
    text = "id,where\n" + "".join(f"{n},{names[n % 4]}\n" for n in range(4_000))
    source, out = write(tmp_path / "in.csv", text), tmp_path / "o.csv"
    command = [sys.executable, "-c", SCRIPT, str(source), str(out)]
    process = subprocess.Popen(command)
    while not (tmp_path / "o.csv.journal").exists():
        assert process.poll() is None
    process.kill()
    process.wait()
    assert not out.exists()
    again = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "Going on after row" in again.stderr
    subprocess.run([*command[:-1], str(tmp_path / "whole.csv")], check=True, capture_output=True)
    for end in (".csv", ".unmatched.csv"):
        assert (tmp_path / f"o{end}").read_bytes() == (tmp_path / f"whole{end}").read_bytes()

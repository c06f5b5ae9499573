"""incidents geocode"""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing

import pytest

from geodata.gazetteer import default_path
from geodata.gazetteer._schema import SCHEMA_VERSION, TABLES
from tests.conftest import absent


@pytest.fixture(autouse=True)
def built() -> None:
    if not default_path().is_file():
        absent("the gazetteer is not built: run 'incidents gazetteer build'")


def test_a_query_is_answered_with_its_reasons(run) -> None:
    code, out, _ = run("geocode", "Mach town in Bolan district", "--country", "PK")
    assert code == 0
    assert out.startswith("Mach town in Bolan district: found")
    assert "Mach, Kachhi, Balochistan, Pakistan" in out
    assert "containment: in" in out


def test_json_is_one_object_per_query(run) -> None:
    code, out, _ = run("geocode", "Quetta", "Springfield", "--json", "--limit", "2")
    quetta, springfield = map(json.loads, out.splitlines())
    assert code == 0
    assert (quetta["query"], quetta["outcome"]) == ("Quetta", "found")
    assert springfield["outcome"] == "declined"
    assert len(springfield["candidates"]) == 2
    first = quetta["candidates"][0]
    assert set(first) >= {
        "name", "place_id", "source", "feature_class", "country", "admin1", "admin2", "latitude",
        "longitude", "location_precision", "radius_km", "score", "matched_name", "reasons",
    }  # fmt: skip
    assert first["country"] == "Pakistan"


def test_within_narrows(run) -> None:
    _, out, _ = run("geocode", "Hyderabad", "--within", "Sindh", "--json")
    assert json.loads(out)["candidates"][0]["country"] == "Pakistan"


def test_a_table(run, tmp_path) -> None:
    (tmp_path / "in.csv").write_text("id,where,district\n1,Kolpur,Mastung\n2,Xyzzyqua,\n")
    code, out, _ = run(
        "geocode", "--table", tmp_path / "in.csv", "--place", "where", "--admin2", "district",
        "--country", "PK", "--out", tmp_path / "out.csv",
    )  # fmt: skip
    assert code == 0
    assert out.startswith("2 rows: 1 found, 1 not found")
    with (tmp_path / "out.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == ["1", "2"]
    assert rows[0]["matched_name"] == "Kolpur"


def test_the_country_may_be_a_column(run, tmp_path) -> None:
    (tmp_path / "in.csv").write_text("where,land\nHyderabad,IN\nHyderabad,PK\n")
    run(
        "geocode", "--table", tmp_path / "in.csv", "--place", "where", "--country", "land",
        "--out", tmp_path / "out.csv",
    )  # fmt: skip
    with (tmp_path / "out.csv").open(newline="") as file:
        assert [row["matched_country"] for row in csv.DictReader(file)] == ["India", "Pakistan"]


def test_wrong_usage_is_exit_2(run, tmp_path) -> None:
    assert run("geocode")[0] == 2
    (tmp_path / "in.csv").write_text("where\n")
    assert run("geocode", "--table", tmp_path / "in.csv")[0] == 2


def test_a_wrong_column_is_exit_1_with_one_line(run, tmp_path) -> None:
    (tmp_path / "in.csv").write_text("a,b\n1,2\n")
    code, _, err = run(
        "geocode", "--table", tmp_path / "in.csv", "--place", "where", "--out", tmp_path / "o.csv"
    )
    assert code == 1
    assert "no column 'where'" in err


def test_without_a_gazetteer_it_says_what_to_run(run, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("ATLAS_GAZETTEER", str(tmp_path / "none.sqlite"))
    code, _, err = run("geocode", "Quetta")
    assert code == 1
    assert "run 'incidents gazetteer build'" in err


def test_info_counts_and_attributes(run) -> None:
    code, out, _ = run("gazetteer", "info", "--json")
    info = json.loads(out)
    assert code == 0
    assert info["counts"]["settlement"] > 200_000
    assert "CC BY 4.0" in info["sources"][0]["attribution"]
    assert "GeoNames" in run("gazetteer", "info")[1]


def test_a_build_that_is_not_needed_is_not_made(run, tmp_path, monkeypatch) -> None:
    target = tmp_path / "gazetteer.sqlite"
    with closing(sqlite3.connect(target)) as connection, connection:
        connection.executescript(TABLES)
        connection.execute("INSERT INTO meta VALUES ('schema', ?)", (str(SCHEMA_VERSION),))
    there = target.read_bytes()
    monkeypatch.setenv("ATLAS_GAZETTEER", str(target))
    assert run("gazetteer", "build", "--if-missing")[:2] == (0, "")
    assert "--force" in run("gazetteer", "build")[1]
    assert target.read_bytes() == there

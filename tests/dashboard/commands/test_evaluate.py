"""incidents evaluate"""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from geodata.gazetteer import default_path
from tests.conftest import absent

TABLE = "place,country,lat,lon\nQuetta,PK,30.18,67.0\nXyzzyqua,PK,1,2\nMach,PK,,\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    if not default_path().is_file():
        absent("the gazetteer is not built: run 'incidents gazetteer build'")
    (tmp_path / "t.csv").write_text(TABLE)
    return tmp_path / "t.csv"


def test_the_report_counts_every_row(run, table) -> None:
    code, out, _ = run("evaluate", "geocoding", table)
    assert code == 0
    assert "2 rows with a truth" in out
    assert "1 rows without a usable truth, not measured: line 4: no latitude" in out
    assert "within  25 km  0.500" in out
    assert "not found: 1 rows" in out


def test_json_picture_and_rows(run, table, tmp_path) -> None:
    picture, rows = tmp_path / "p.png", tmp_path / "r.csv"
    code, out, _ = run(
        "evaluate", "geocoding", table, "--json", "--picture", picture, "--out", rows
    )
    assert code == 0
    found = json.loads(out)
    assert found["total"]["within_km"]["25"] == 0.5
    assert found["columns"]["latitude"] == "lat"
    assert picture.read_bytes().startswith(b"\x89PNG")
    with rows.open(newline="") as file:
        assert [row["cause"] for row in csv.DictReader(file)] == ["", "not_found"]


def test_no_truth_is_one_line(run, table) -> None:
    code, _, err = run("evaluate", "geocoding", table, "--latitude", "place")
    assert code == 1
    assert "no row with a usable truth" in err

"""incidents evaluate extraction"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from geodata.gazetteer import default_path
from tests.conftest import absent

TEXT = "QUETTA, Pakistan: Gunmen killed two police officers in Quetta on Monday, officials said."
GOLD = {
    "id": "raid",
    "published": "2021-08-31",
    "text": TEXT,
    "phenomena": ["single"],
    "incidents": [
        {
            "event_date": "2021-08-30",
            "event_type": "Battles",
            "country": "PK",
            "killed_best": 3,
            "evidence": {"killed": "killed two police officers"},
        }
    ],
}
QUIET = {"id": "quiet", "text": "The council of Quetta opened a new library.", "incidents": []}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    if not default_path().is_file():
        absent("the gazetteer is not built: run 'incidents gazetteer build'")
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join([json.dumps(GOLD), "{", json.dumps(QUIET)]))
    return path


def test_a_table_and_the_faults(run, gold) -> None:
    code, out, err = run("evaluate", "extraction", gold, "--errors")
    assert code == 0
    assert "2 stories, 1 gold incidents, 1 read" in out
    assert "False incidents in 0 of 1 stories that have none" in out
    assert "raid killed_best: 2 for 3" in out
    assert "gold.jsonl line 2: the line is no JSON" in err


def test_json(run, gold) -> None:
    code, out, _ = run("evaluate", "extraction", gold, "--json")
    found = json.loads(out)
    assert code == 0
    assert found["scores"]["event_date"]["f1"] == 1.0
    assert found["scores"]["killed_best"]["f1"] == 0.0
    assert found["phenomena"]["single"]["stories"] == 1
    assert found["calibration"]["event_date"]["n"] == 1
    assert len(found["faults"]) == 1


def test_a_later_run_is_compared(run, gold, tmp_path) -> None:
    kept = tmp_path / "run.json"
    assert run("evaluate", "extraction", gold, "--save", kept)[0] == 0
    code, out, _ = run("evaluate", "extraction", gold, "--compare", kept, "--json")
    assert code == 0
    assert json.loads(out)["comparison"]["stories"] == 2


def test_worker_processes_find_the_same(run, gold) -> None:
    one = json.loads(run("evaluate", "extraction", gold, "--json")[1])
    two = json.loads(run("evaluate", "extraction", gold, "--json", "--workers", "2")[1])
    assert one["scores"] == two["scores"]


def test_places_that_a_project_remembers_are_used(run, gold, project) -> None:
    assert run("evaluate", "extraction", gold, "--store", project)[0] == 0


def test_the_gold_is_never_written_over(run, gold) -> None:
    code, _, err = run("evaluate", "extraction", gold, "--save", gold)
    assert code == 1
    assert "is the gold itself" in err


def test_a_file_of_something_else_is_one_line(run, gold, tmp_path) -> None:
    other = tmp_path / "other.json"
    other.write_text("{}")
    for arguments in ((other,), (gold, "--compare", other)):
        code, _, err = run("evaluate", "extraction", *arguments)
        assert (code, len(err.splitlines())) == (1, 1)


def test_the_report_is_one_file_that_asks_no_host(run, gold, tmp_path) -> None:
    report = tmp_path / "report.html"
    assert run("evaluate", "extraction", gold, "--html", report)[0] == 0
    page = report.read_text()
    assert '<mark class="both"' in page
    assert not any(word in page for word in ("http://", "https://", "src=", "@import", "url("))


def test_a_report_that_cannot_be_written_is_one_line(run, gold, tmp_path) -> None:
    code, _, err = run("evaluate", "extraction", gold, "--html", tmp_path / "absent" / "r.html")
    assert (code, len(err.splitlines())) == (1, 2)  # the gold's slip, and the path
    assert "cannot write" in err

"""`incidents extract`: incidents of reports, as JSON lines or in words; nothing is stored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dashboard.cli import incidents, main
from geodata.incident import FIELDS

STORY = (
    "Two killed in Quetta\n"
    "QUETTA, Pakistan: Gunmen killed two police officers in Quetta on Monday, officials said."
)
DAY = ("--published", "2021-08-31")


@pytest.fixture
def story(tmp_path: Path) -> str:
    file = tmp_path / "story.txt"
    file.write_text(STORY)
    return str(file)


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(incidents, ["extract", *arguments], input=stdin)


def objects(result: Result) -> list[Any]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_one_object_per_document(story: str) -> None:
    (found,) = objects(run(story, *DAY, "--source", "The Wire", "--json"))
    document = found["document"]
    assert (document["title"], document["text"]) == ("Two killed in Quetta", STORY)
    assert (document["published"], document["outlet"]) == ("2021-08-31", "The Wire")
    assert document["path"] == story
    assert len(document["sha256"]) == 64


def test_incident_has_the_fields_of_the_vocabulary_and_evidence(story: str) -> None:
    (found,) = objects(run(story, *DAY, "--json"))
    (incident,) = found["incidents"]
    assert set(FIELDS) < set(incident)
    assert (incident["event_date"], incident["killed_best"]) == ("2021-08-30", 2)
    for quote in incident["evidence"].values():
        assert found["document"]["text"][quote["start"] : quote["end"]] == quote["quote"]
    assert all(0 <= share <= 1 for share in incident["confidence"].values())


def test_each_source_of_a_figure_is_a_row_of_the_ledger(story: str) -> None:
    (found,) = objects(run(story, *DAY, "--json"))
    (incident,) = found["incidents"]
    keys = {"field", "source", "low", "best", "high", "superseded", "quote", "start", "end"}
    assert all(set(row) == keys for row in incident["ledger"])
    assert {row["field"] for row in incident["ledger"]} >= {"killed"}
    for row in incident["ledger"]:
        assert found["document"]["text"][row["start"] : row["end"]] == row["quote"]
    assert not {"killed_said", "injured_said"} & {*incident["evidence"], *incident["confidence"]}


def test_id_of_a_json_line_comes_back(tmp_path: Path) -> None:
    file = tmp_path / "s.jsonl"
    file.write_text(json.dumps({"id": "dev-1", "text": STORY, "published": "2021-08-31"}))
    (found,) = objects(run(str(file), "--json"))
    assert found["document"]["id"] == "dev-1"


def test_in_words(story: str) -> None:
    result = run(story, *DAY)
    assert "Two killed in Quetta" in result.stdout
    assert "2021-08-30" in result.stdout
    assert "2 killed" in result.stdout


def test_story_without_an_incident(tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_text("The council of Quetta opened a new library.")
    assert "no incident found" in run(str(file)).stdout
    assert objects(run(str(file), "--json"))[0]["incidents"] == []


def test_standard_input() -> None:
    (found,) = objects(run("-", *DAY, "--json", stdin=STORY))
    assert found["document"]["path"] == "<stdin>"
    assert len(found["incidents"]) == 1


def test_bad_input_is_told_and_the_rest_is_read(story: str, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"%PDF-1.4")
    result = run(str(bad), story, str(tmp_path / "absent"), *DAY, "--json")
    error, found = objects(result)
    assert result.exit_code == 0
    assert "PDF" in error["error"]
    assert (error["source"], error["row"]) == (str(bad), None)
    assert len(found["incidents"]) == 1
    assert len(result.stderr.splitlines()) == 2


@pytest.mark.parametrize("name", ["absent.txt", "empty.txt"])
def test_nothing_to_read_is_exit_code_1(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty.txt").write_text("")
    result = run(str(tmp_path / name))
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
    assert name in result.stderr


@pytest.mark.parametrize("path", ["a" * 300, "a\nb", "a\x00b", ""])
def test_impossible_path_is_one_line(path: str) -> None:
    result = run(path)
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)


def test_exit_code_reaches_the_shell(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    with pytest.raises(SystemExit) as stop:
        main(["extract", str(tmp_path / "empty.txt")])
    assert stop.value.code == 1


@pytest.mark.parametrize(
    "arguments",
    [[], ["story.txt", "--published", "soon"], ["story.txt", "--workers", "0"]],
)
def test_wrong_usage_is_exit_code_2(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_hostile_title_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "s.jsonl"
    file.write_text(json.dumps({"title": "a\x1b[31m\nb", "text": "Nothing at all."}))
    assert "\x1b" not in run(str(file)).stdout


def test_language_that_is_not_read_has_a_note(tmp_path: Path) -> None:
    path = tmp_path / "ur.txt"
    path.write_text("کوئٹہ: نامعلوم افراد کی فائرنگ سے دو پولیس اہلکار ہلاک ہوگئے۔")
    result = run(str(path), "--json")
    found = json.loads(result.stdout)
    assert (result.exit_code, found["incidents"]) == (0, [])
    assert found["document"]["language"] == "ur"
    assert found["note"] == "language not supported: ur"
    assert "language not supported: ur" in run(str(path)).stdout


def test_language_of_a_report_is_printed(tmp_path: Path) -> None:
    path = tmp_path / "en.txt"
    path.write_text("Gunmen killed two police officers in Quetta on Monday, officials said.")
    found = json.loads(run(str(path), "--json").stdout)
    assert found["document"]["language"] == "en"
    assert "note" not in found

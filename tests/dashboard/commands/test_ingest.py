"""`incidents ingest`: reports into a project, with one line that says what came of them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dashboard.cli import incidents, main
from geodata.filters import Filter
from geodata.store import open_store

STORY = "QUETTA, Pakistan: Gunmen killed two police officers in Quetta on Monday, officials said."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    where = tmp_path / "stories"
    where.mkdir()
    (where / "a.txt").write_text(STORY)
    (where / "b.txt").write_text("The council of Quetta opened a new library.")
    (where / "c.txt").write_bytes(b"%PDF-1.4")
    return where


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return tmp_path / "atlas.gpkg"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(incidents, ["ingest", *map(str, arguments)])


def test_summary_in_one_line(folder: Path, project: Path) -> None:
    result = run(folder, "--published", "2021-08-31", "--store", project)
    assert result.exit_code == 0
    (line,) = result.stdout.splitlines()
    assert line.startswith(
        "2 reports with 1 incident stored, 1 of them without an incident, 1 input quarantined; "
    )
    assert "c.txt': the PDF is broken" in result.stderr


def test_project_holds_what_was_told(folder: Path, project: Path) -> None:
    run(folder, "--published", "2021-08-31", "--source", "The Wire", "--store", project)
    with open_store(project) as store:
        (incident,) = store.incidents(Filter())
        assert str(incident.event_date) == "2021-08-30"
        assert {document.outlet for document in store.documents()} == {"The Wire"}
        assert store.count_quarantine() == 1


def test_same_again_changes_nothing(folder: Path, project: Path) -> None:
    run(folder, "--store", project)
    result = run(folder, "--store", project)
    assert result.exit_code == 0
    assert "0 reports with 0 incidents stored, 2 duplicates skipped" in result.stdout


def test_json(folder: Path, project: Path) -> None:
    run(folder / "a.txt", "--store", project)
    found = json.loads(run(folder, "--store", project, "--json").stdout)
    assert (found["documents"], found["incidents"], found["without_incident"]) == (1, 0, 1)
    assert found["duplicates"][0]["source"] == str(folder / "a.txt")
    assert found["quarantined"][0]["source"] == str(folder / "c.txt")


def test_workers(folder: Path, project: Path) -> None:
    assert "2 reports with 1 incident" in run(folder, "--workers", 2, "--store", project).stdout


def test_nothing_there_makes_no_project(project: Path) -> None:
    result = CliRunner().invoke(incidents, ["ingest", "absent", "--store", str(project)])
    assert result.exit_code == 1
    assert not project.exists()


def test_nothing_readable_is_exit_code_1_but_kept(folder: Path, project: Path) -> None:
    assert run(folder / "c.txt", "--store", project).exit_code == 1
    with open_store(project) as store:
        assert store.count_quarantine() == 1


@pytest.mark.parametrize("kind", ["not ours", "truncated", "a folder"])
def test_store_that_is_none_is_one_line(
    folder: Path, project: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if kind == "a folder":
        project.mkdir()
    elif kind == "truncated":
        run(folder, "--store", project)
        os.truncate(project, 5000)
    else:
        project.write_text("a letter")
    with pytest.raises(SystemExit) as stop:
        main(["ingest", str(folder), "--store", str(project)])
    assert stop.value.code == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_unknown_preset_is_wrong_usage(folder: Path, project: Path) -> None:
    assert run(folder, "--store", project, "--preset", "acleds").exit_code == 2


def test_language_that_is_not_read_is_said_and_kept(folder: Path, project: Path) -> None:
    (folder / "e.txt").write_text("Трое военных погибли при обстреле в Донецкой области")
    result = run(folder, "--store", project)
    assert "e.txt': language not supported: ru; kept, not read" in result.stderr
    assert "1 in a language not supported (ru)" in result.stdout


def test_language_that_is_not_read_in_json(folder: Path, project: Path) -> None:
    (folder / "e.txt").write_text("Трое военных погибли при обстреле в Донецкой области")
    (one,) = json.loads(run(folder / "e.txt", "--store", project, "--json").stdout)["unsupported"]
    assert (one["language"], one["reason"]) == ("ru", "language not supported: ru")
    assert one["source"] == str(folder / "e.txt")


TABLE = "Date,City,Country,Killed\n2020-01-02,Quetta,Pakistan,3\nsoon,Quetta,Pakistan,3\n"


def test_a_table_is_told_row_by_row(tmp_path: Path, project: Path) -> None:
    (tmp_path / "log.csv").write_text(TABLE)
    result = run(tmp_path / "log.csv", "--store", project)
    assert result.exit_code == 0
    assert "log.csv' (generic, data set 'log'): 2 rows, 1 added, 1 set aside" in result.output


def test_a_table_and_reports_are_one_run(tmp_path: Path, folder: Path, project: Path) -> None:
    (tmp_path / "log.csv").write_text(TABLE)
    result = run(tmp_path / "log.csv", folder / "a.txt", "--store", project, "--json")
    told = json.loads(result.stdout)
    assert (told["documents"], told["incidents"]) == (1, 2)
    (table,) = told["tables"]
    assert (table["rows"], table["added"], table["quarantined"]) == (2, 1, 1)


def test_a_mapping_names_the_columns(tmp_path: Path, project: Path) -> None:
    (tmp_path / "log.csv").write_text("Cuando fue,Donde fue\n2020-01-02,Quetta\n")
    mapping = tmp_path / "log.toml"
    mapping.write_text('[fields]\nevent_date = "Cuando fue"\nplace = "Donde fue"\n')
    result = run(tmp_path / "log.csv", "--mapping", mapping, "--store", project)
    assert "1 added" in result.output
    mapping.write_text('[fields]\nwhen = "Cuando fue"\n')
    result = CliRunner().invoke(incidents, ["ingest", str(tmp_path / "log.csv"), "--mapping",
                                            str(mapping), "--store", str(project)])  # fmt: skip
    assert "fields.when is no field" in str(result.exception)


def test_what_is_no_table_is_told_in_one_line(tmp_path: Path, project: Path) -> None:
    (tmp_path / "log.csv").write_text("Colour,Size\nred,3\n")
    result = run(tmp_path / "log.csv", "--store", project)
    assert result.exit_code == 1
    assert "log.csv: no column is found for a date or a place" in result.stderr


def test_tables_in_a_folder_are_read_as_tables(folder: Path, project: Path) -> None:
    (folder / "log.csv").write_text(TABLE)
    (folder / "colours.csv").write_text("Colour,Size\nred,3\n")
    result = run(folder, "--published", "2021-08-31", "--store", project, "--json")
    told = json.loads(result.stdout)
    assert (told["documents"], told["incidents"]) == (2, 2)
    assert [one["dataset"] for one in told["tables"]] == ["log"]
    assert "colours.csv: no column is found for a date" in result.stderr
    with open_store(project, read_only=True) as store:
        reasons = [row.reason for row in store.quarantine()]
    assert len([reason for reason in reasons if "colours.csv" in reason]) == 1


def test_a_table_that_cannot_be_read_is_set_aside_once(tmp_path: Path, project: Path) -> None:
    path = tmp_path / "colours.csv"
    path.write_text("Colour,Size\nred,3\n")
    for _ in range(2):
        assert run(path, "--store", project).exit_code == 1
    with open_store(project, read_only=True) as store:
        assert [row.source for row in store.quarantine()] == [str(path)]

"""`incidents tables` and tables given to `incidents ingest`: look, import, list, undo, decide."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dashboard.cli import incidents, main
from dashboard.release_words import changed_rows, gone_rows, new_rows
from geodata.filters import Filter
from geodata.store import open_store
from ingest.pipeline import default_tools
from ingest.tables.importing import compare_table

LOG = (
    "Ref,Date,Town,Country,Killed,Group\n"
    "a1,16/02/2017,Quetta,Pakistan,10-12,TTP\n"
    "a2,17/02/2017,Mastung,Pakistan,at least 5,Kettle Brigade\n"
    "a3,soon,Mastung,Pakistan,5,BLA\n"
)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.csv"
    path.write_text(LOG)
    return path


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return tmp_path / "atlas.gpkg"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(incidents, [str(one) for one in arguments])


def brought(log: Path, project: Path, *more: str) -> dict[str, object]:
    result = run("ingest", log, "--store", project, "--json", *more)
    assert result.exit_code == 0, result.output
    (report,) = json.loads(result.stdout)["tables"]
    assert isinstance(report, dict)
    return report


def test_a_look_prints_the_mapping_to_be_corrected(log: Path, tmp_path: Path) -> None:
    assert "Place: Town" in run("tables", "look", log).stdout
    toml = run("tables", "look", log, "--toml").stdout
    mapping = tmp_path / "log.toml"
    mapping.write_text(toml.replace('"Town"', '"Country"', 1))
    assert "Read by the mapping" in run("tables", "look", log, "--mapping", mapping).stdout


def test_a_look_at_a_layout_needs_no_mapping(log: Path) -> None:
    assert json.loads(run("tables", "look", log, "--json").stdout)["preset"] == "generic"


def test_the_counts_of_a_table_add_up(log: Path, project: Path) -> None:
    report = brought(log, project)
    assert (report["rows"], report["added"], report["quarantined"]) == (3, 2, 1)
    assert report["unknown"] == [
        {"kind": "actor", "value": "Kettle Brigade", "country": "Pakistan", "rows": 1}
    ]
    assert run("check", project).exit_code == 0


def test_a_dry_run_makes_no_project_and_changes_none(log: Path, project: Path) -> None:
    open_store(project, create=True).close()
    report = brought(log, project, "--dry-run")
    assert report["added"] == 2
    with open_store(project, read_only=True) as store:
        assert (store.count(Filter()), store.datasets()) == (0, [])


def test_a_dry_run_is_for_tables_alone(log: Path, project: Path, tmp_path: Path) -> None:
    story = tmp_path / "a.txt"
    story.write_text("Gunmen killed two people in Quetta on Monday.")
    open_store(project, create=True).close()
    result = run("ingest", log, story, "--dry-run", "--store", project)
    assert "--dry-run is for tables" in str(result.exception)


def test_imports_are_listed_and_the_last_is_taken_back(log: Path, project: Path) -> None:
    brought(log, project)
    listed = json.loads(run("tables", "list", "--store", project, "--json").stdout)
    assert (listed["dataset"], listed["incidents"]) == ("log", 2)
    assert run("tables", "undo", 1, "--store", project).exit_code == 0
    assert "taken back" in run("tables", "list", "--store", project).stdout
    with open_store(project, read_only=True) as store:
        assert store.count(Filter()) == 0


def test_an_import_that_is_not_there_is_one_line(
    log: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    brought(log, project)
    with pytest.raises(SystemExit) as stop:
        main(["tables", "undo", "9", "--store", str(project)])
    assert stop.value.code == 1
    assert capsys.readouterr().err == "incidents: no import 9 in the project\n"


def test_a_name_is_decided_and_the_rows_are_read_again(log: Path, project: Path) -> None:
    brought(log, project)
    assert "'Kettle Brigade', Pakistan: 1 rows" in run("tables", "names", "--store", project).stdout
    result = run("tables", "decide", "actor", "Kettle Brigade", "Kettle Front", "--store", project)
    assert result.stdout.startswith("1 values changed")
    assert "is 'Kettle Front'" in run("tables", "names", "--store", project).stdout
    assert run("list", "--group", "Kettle Front", "--store", project, "--json").stdout
    assert "2 unchanged" in run("tables", "reread", "log", "--store", project).stdout


def test_what_was_set_aside_is_a_table(log: Path, project: Path, tmp_path: Path) -> None:
    brought(log, project)
    assert "line 4: Date 'soon'" in run("tables", "aside", "--store", project).stdout
    out = tmp_path / "aside.csv"
    run("tables", "aside", "--store", project, "--out", out)
    (row,) = csv.DictReader(out.read_text("utf-8-sig").splitlines())
    assert (row["row"], row["value"], json.loads(row["raw"])[0]) == ("4", "soon", "a3")


def test_a_row_of_a_layout_comes_back_as_it_was_written(project: Path, tmp_path: Path) -> None:
    from tests.ingest.presets.preset_tables import ROWS

    path = tmp_path / "acled.csv"
    row = ROWS["acled"]
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([row.keys(), row.values()])
    assert brought(path, project)["preset"] == "acled"
    out = tmp_path / "again.csv"
    run("export", "--store", project, "--format", "acled", "--out", out)
    again, before = (list(csv.reader(one.read_text().splitlines())) for one in (out, path))
    assert again == before


def test_pairs_of_two_data_sets_are_listed(log: Path, project: Path, tmp_path: Path) -> None:
    brought(log, project)
    (tmp_path / "desk.csv").write_text(LOG.replace("10-12", "11"))
    brought(tmp_path / "desk.csv", project)
    result = run("tables", "twins", "log", "desk", "--store", project)
    assert result.stdout.splitlines()[-1] == "2 pairs"
    assert "log:a1 and desk:a1: the same day, 0 km, 100% alike" in result.stdout
    out = tmp_path / "pairs.csv"
    run("tables", "twins", "log", "desk", "--store", project, "--out", out)
    assert len(list(csv.DictReader(out.read_text().splitlines()))) == 2


def test_pairs_need_two_sources_that_are_there(log: Path, project: Path) -> None:
    brought(log, project)
    result = run("tables", "twins", "log", "acled", "--store", project)
    assert "no data set 'acled'; there are: log" in str(result.exception)


def test_a_dry_run_tells_row_by_row_what_a_release_would_do(log: Path, project: Path) -> None:
    brought(log, project)
    with open_store(project) as store, store.atomic():
        store.update_incident("log:a2", {"place": "Mach"}, who="Amina")
    changed = LOG.replace("10-12", "14").replace("17/02/2017,Mastung", "17/02/2017,Loralai")
    log.write_text(changed.replace("a3,soon", "a3,18/02/2017"))
    told = run("ingest", log, "--store", project, "--dry-run").stdout
    lines = told.splitlines()
    assert "  nothing is stored: this is what the file would do" in lines
    assert "  + log:a3: 18 Feb 2017, Mastung, Balochistan, Pakistan" in lines
    assert any(line.startswith("  ~ log:a1: ") and "Killed" in line for line in lines)
    assert any("Place Mach → Loralai (stays as it is: edited here)" in line for line in lines)
    log.write_text("".join(changed.splitlines(keepends=True)[:2]))
    assert "  - log:a2" in run("ingest", log, "--store", project, "--dry-run").stdout.splitlines()
    (report,) = json.loads(run("ingest", log, "--store", project, "--dry-run", "--json").stdout)[
        "tables"
    ]
    assert (report["dry_run"], report["gone"], report["new"]) == (True, ["log:a2"], [])


def test_a_comparison_gives_rows_to_draw(log: Path, project: Path) -> None:
    brought(log, project)
    lines = LOG.splitlines(keepends=True)
    log.write_text(lines[0] + lines[1].replace("10-12", "14") + lines[3].replace("soon", "3/2/17"))
    with open_store(project) as store:
        report = compare_table(store, log, default_tools())
        (new,), (gone,) = new_rows(report), gone_rows(store, report)
        changed = {row["Field"]: (row["Now"], row["Then"]) for row in changed_rows(report)}
    assert (new["Incident"], new["Date"], new["Place"]) == ("log:a3", "3 Feb 2017", "Mastung")
    assert (gone["Incident"], gone["Killed, best figure"]) == ("log:a2", "5")
    assert changed["Killed, best figure"] == ("11", "14")

"""`incidents ingest` of a long table in a process of its own that is stopped, and called again."""

from __future__ import annotations

import csv
import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from geodata.filters import Filter
from geodata.store import open_store

# The command with small steps; it says when a part is kept and waits until it may go on.
COMMAND = """
import sys
from ingest.tables import _parts, _reading, importing
_parts.FIRST_ROWS, _parts.LEAST_TO_COME, _reading.BATCH = 100, -1.0, 20
importing.LARGE_BYTES = int(sys.argv[1])
stand = _parts.must_stand
def kept(store, into, rows):
    stand(store, into, rows)
    if sys.argv[2] == "wait":
        print("kept", rows, flush=True)
        sys.stdin.readline()
_parts.must_stand = kept
from dashboard.cli import main
main(sys.argv[3:])
"""
HERE, ELSEWHERE = 1_000_000, 0  # size from which another process reads the table
ROWS = 500


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "log.csv"
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["Ref", "Date", "Town", "Country", "Killed"])
        for number in range(ROWS):
            day = "soon" if number == 350 else f"2017-02-{1 + number % 28:02}"
            rows.writerow([f"a{number}", day, "Quetta", "Pakistan", number % 7])
    return path


def start(size: int, wait: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, str(size), wait, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(*arguments: object, size: int = HERE) -> tuple[int, str, str]:
    process = start(size, "go", *arguments)
    out, err = process.communicate()
    return process.returncode, out, err


def stopped(table: Path, project: Path, number: int, size: int = HERE) -> tuple[int, str]:
    """Stop the command by a signal when it has kept 200 rows; gives its code and what it said."""
    process = start(size, "wait", "ingest", table, "--store", project)
    assert process.stdin is not None
    assert process.stdout is not None
    for rows in (100, 200):
        assert process.stdout.readline() == f"kept {rows}\n"
        if rows < 200:
            process.stdin.write("\n")
            process.stdin.flush()
    process.send_signal(number)
    _, err = process.communicate()
    return process.returncode, err


@pytest.mark.parametrize("size", [HERE, ELSEWHERE], ids=["here", "elsewhere"])
def test_what_is_killed_goes_on_at_the_last_checkpoint(
    table: Path, tmp_path: Path, size: int
) -> None:
    project = tmp_path / "atlas.gpkg"
    code, _ = stopped(table, project, signal.SIGKILL, size)
    assert code == -signal.SIGKILL
    with open_store(project, read_only=True) as store:
        assert store.count(Filter()) == 200
    code, out, err = run("check", project)
    assert (code, "import 1 of 'log.csv' was stopped after 200 rows" in out) == (0, True)
    code, out, err = run("ingest", table, "--store", project, "--json", size=size)
    assert (code, err.splitlines()) == (0, ["incidents: 'log.csv': going on at row 201"])
    (report,) = json.loads(out)["tables"]
    assert {name: report[name] for name in ("rows", "added", "quarantined", "resumed")} == {
        "rows": ROWS, "added": ROWS - 1, "quarantined": 1, "resumed": 200,
    }  # fmt: skip
    with open_store(project) as store:
        assert (store.count(Filter()), store.check()) == (ROWS - 1, [])
        with store.atomic():
            store.undo_import(1, who="Amina")
        assert (store.count(Filter()), store.check()) == (0, [])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_what_is_stopped_says_what_is_kept_and_how_to_go_on(
    table: Path, tmp_path: Path, number: int
) -> None:
    project = tmp_path / "atlas.gpkg"
    code, err = stopped(table, project, number)
    assert (code, err) == (
        1,
        "incidents: stopped: the first 200 rows of 'log.csv' are kept as import 1; the same"
        " command goes on there, `incidents tables undo 1` takes them back\n",
    )
    code, out, _ = run("ingest", table, "--store", project)
    assert (code, "went on at row 201, where it had been stopped" in out) == (0, True)


def test_tables_read_before_the_stop_are_told(table: Path, tmp_path: Path) -> None:
    project, other = tmp_path / "atlas.gpkg", tmp_path / "a.csv"
    other.write_text("".join(table.read_text().splitlines(keepends=True)[:30]))
    process = start(HERE, "wait", "ingest", other, table, "--store", project, "--json")
    assert process.stdout is not None
    assert process.stdout.readline() == "kept 100\n"
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate()
    told = json.loads(out)
    assert (process.returncode, told["stopped"], told["incidents"]) == (1, True, 29)
    assert "the first 100 rows of 'log.csv' are kept as import 2" in err


def test_an_unfinished_import_is_listed(table: Path, tmp_path: Path) -> None:
    project = tmp_path / "atlas.gpkg"
    stopped(table, project, signal.SIGKILL)
    _, out, _ = run("tables", "list", "--store", project)
    assert "200 rows; unfinished: read the same file again, which goes on there" in out
    _, out, _ = run("tables", "list", "--store", project, "--json")
    told: dict[str, Any] = json.loads(out)
    assert (told["incidents"], told["imports"][0]["finished"]) == (200, None)


def test_another_table_of_the_data_set_waits_and_is_not_set_aside(
    table: Path, tmp_path: Path
) -> None:
    project = tmp_path / "atlas.gpkg"
    stopped(table, project, signal.SIGKILL)
    newer = tmp_path / "newer.csv"
    newer.write_text(table.read_text() + "b1,2017-03-01,Quetta,Pakistan,1\n")
    code, _, err = run("ingest", newer, "--dataset", "log", "--store", project)
    assert (code, err.count("\n")) == (1, 1)
    assert "newer.csv: import 1 of 'log.csv' into the data set 'log' is unfinished" in err
    with open_store(project, read_only=True) as store:
        assert store.count_quarantine() == 0
    assert run("tables", "undo", 1, "--store", project)[0] == 0
    assert run("ingest", newer, "--dataset", "log", "--store", project)[0] == 0

"""incidents check"""

from __future__ import annotations

import json

import pytest

from geodata._sqlite import connect


def spoil(path, statement: str) -> None:
    connection = connect(path, "rw")
    connection.execute(statement)
    connection.close()


def test_a_sound_project_is_exit_0_with_its_totals(project, run) -> None:
    code, out, _ = run("check", project)
    assert code == 0
    assert out.splitlines()[-1] == "sound"
    assert "3 in all" in out
    assert run("check", project, "--json")[:2] == (0, "[]\n")


def test_problems_are_listed_and_exit_1(project, run) -> None:
    spoil(project, "UPDATE incidents SET latitude = 1 WHERE incident_id = 'raid'")
    code, out, _ = run("check", project)
    assert code == 1
    assert "error: geometry: the geometry is not at latitude and longitude: 1 row" in out
    code, out, _ = run("check", project, "--json")
    assert code == 1
    assert [(p["level"], p["where"]) for p in json.loads(out)] == [("error", "geometry")]


def test_a_warning_is_said_and_is_no_failure(project, run) -> None:
    spoil(project, "UPDATE incidents SET event_type = 'Skirmish' WHERE incident_id = 'nowhere'")
    code, out, _ = run("check", project)
    assert code == 0
    assert out.splitlines()[-1] == "sound, with 1 warning"


@pytest.mark.parametrize("data", [b"", b"words", b"SQLite format 3\x00" + bytes(200)])
def test_a_file_that_is_not_ours_is_one_line(tmp_path, run, data: bytes) -> None:
    path = tmp_path / "a.gpkg"
    path.write_bytes(data)
    code, out, err = run("check", path)
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    assert path.read_bytes() == data

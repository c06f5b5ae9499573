"""incidents export"""

from __future__ import annotations

import json

import pytest

from geodata.export import FORMATS


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_is_written_and_reported(project, tmp_path, run, name: str) -> None:
    out = tmp_path / f"out.{name}"
    code, printed, _ = run("export", "--store", project, "--format", name, "--out", out)
    assert code == 0
    assert printed.startswith(f"Wrote 2 incidents to {out}\n")
    assert printed.splitlines()[-1].endswith("3 in all")
    assert out.stat().st_size > 0


def test_filters_are_those_of_every_command(project, tmp_path, run) -> None:
    out = tmp_path / "out.geojson"
    arguments = ("--format", "geojson", "--out", out, "--min-killed", "1", "--bbox", "18,49,19,50")
    assert run("export", "--store", project, *arguments)[0] == 0
    assert [f["id"] for f in json.loads(out.read_text())["features"]] == ["raid"]


def test_neutralised_cells_are_reported(project, tmp_path, run) -> None:
    _, printed, _ = run(
        "export", "--store", project, "--format", "csv", "--out", tmp_path / "o.csv"
    )
    assert "Note: 1 cell that a spreadsheet would run as a formula" in printed


def test_an_existing_file_needs_force(project, tmp_path, run) -> None:
    out = tmp_path / "out.csv"
    out.write_text("mine")
    arguments = ("export", "--store", project, "--format", "csv", "--out", out)
    code, _, err = run(*arguments)
    assert (code, out.read_text()) == (1, "mine")
    assert "--force" in err
    assert run(*arguments, "--force")[0] == 0


def test_a_format_that_is_not_there_is_wrong_usage(project, tmp_path, run) -> None:
    code, _, err = run("export", "--store", project, "--format", "xml", "--out", tmp_path / "o")
    assert code == 2
    assert "'csv'" in err


def test_the_ending_says_the_format(project, tmp_path, run) -> None:
    out = tmp_path / "out.geojson"
    assert run("export", "--store", project, "--out", out)[0] == 0
    assert len(json.loads(out.read_text())["features"]) == 2
    code, _, err = run("export", "--store", project, "--out", tmp_path / "out")
    assert code == 1
    assert "--format" in err

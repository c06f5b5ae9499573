"""incidents snapshot"""

from __future__ import annotations

import pytest


def test_a_picture_is_written_and_its_totals_are_said(project, tmp_path, run) -> None:
    out = tmp_path / "map.png"
    code, printed, _ = run("snapshot", "--store", project, "--out", out, "--dpi", "50")
    assert code == 0
    assert printed.splitlines()[0] == f"Wrote {out}"
    assert printed.splitlines()[-1].endswith("3 in all")
    assert out.read_bytes().startswith(b"\x89PNG")


def test_filters_and_a_title_are_taken(project, tmp_path, run) -> None:
    out = tmp_path / "map.pdf"
    arguments = ("--out", out, "--title", "Raids $1", "--min-killed", "1", "--dpi", "50")
    code, printed, _ = run("snapshot", "--store", project, *arguments)
    assert code == 0
    assert printed.splitlines()[-1].startswith("1 incident: 1 on the map")


def test_an_unknown_suffix_is_one_clear_line(project, tmp_path, run) -> None:
    code, _, errors = run("snapshot", "--store", project, "--out", tmp_path / "map.html")
    assert code == 1
    assert errors.count("\n") == 1
    assert ".png, .pdf" in errors


def test_an_existing_file_is_kept(project, tmp_path, run) -> None:
    out = tmp_path / "map.png"
    out.write_bytes(b"mine")
    code, _, errors = run("snapshot", "--store", project, "--out", out)
    assert code == 1
    assert "--force" in errors
    assert out.read_bytes() == b"mine"


@pytest.mark.parametrize(
    "arguments", [("--dpi", "5"), ("--dpi", "much"), ("--since", "soon")], ids=str
)
def test_wrong_options_do_not_write(project, tmp_path, run, arguments) -> None:
    code, _, errors = run("snapshot", "--store", project, "--out", tmp_path / "m.png", *arguments)
    assert code in (1, 2)
    assert errors
    assert not (tmp_path / "m.png").exists()


def test_a_missing_folder_is_named(project, tmp_path, run) -> None:
    code, _, errors = run("snapshot", "--store", project, "--out", tmp_path / "no" / "m.png")
    assert code == 1
    assert "no folder" in errors

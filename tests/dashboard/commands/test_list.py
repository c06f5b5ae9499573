"""incidents list"""

from __future__ import annotations

import json

import pytest

from dashboard.commands.list_ import printable, table_lines
from geodata.incident import FIELDS

TOTALS = (
    "2 incidents: 1 on the map, 1 without a place, 0 filtered out, 0 awaiting review,"
    " 1 rejected; 3 in all"
)


def test_a_table_with_the_filter_above_and_the_totals_below(project, run) -> None:
    code, out, _ = run("list", "--store", project)
    lines = out.splitlines()
    assert code == 0
    assert lines[0] == "All incidents"
    assert lines[1].split() == ["Date", "What", "Who", "Where", "Killed", "Injured", "Review"]
    assert "1 May 2020" in lines[2]
    assert "Border Guard / Müller's Men" in lines[2]
    assert lines[-1] == TOTALS


def test_a_filter_narrows_the_list_and_the_totals_say_so(project, run) -> None:
    _, out, _ = run("list", "--store", project, "--group", "border guard", "--since", "2020-01-01")
    assert out.startswith("border guard, since 1 Jan 2020\n")
    assert "1 filtered out" in out


def test_json_is_an_array_in_the_vocabularys_names(project, run) -> None:
    code, out, _ = run("list", "--store", project, "--json")
    found = json.loads(out)
    assert code == 0
    assert [list(incident) for incident in found] == [list(FIELDS)] * 2
    assert found[0]["killed_best"] == 3


def test_json_of_no_match_is_an_empty_array(project, run) -> None:
    assert json.loads(run("list", "--store", project, "--json", "--group", "nobody")[1]) == []


def test_a_limit_says_how_many_more(project, run) -> None:
    _, out, _ = run("list", "--store", project, "--limit", "1")
    assert "… 1 more; raise --limit to see them" in out
    assert len(json.loads(run("list", "--store", project, "--json", "--limit", "1")[1])) == 1


def test_no_match_is_totals_alone(project, run) -> None:
    _, out, _ = run("list", "--store", project, "--group", "nobody")
    assert out.splitlines()[1].startswith("0 incidents:")


def test_a_story_cannot_drive_the_terminal(project, run) -> None:
    _, out, _ = run("list", "--store", project)
    assert "\x1b" not in out
    assert printable("a\x1b]0;x\x07\n\u202eb") == "a ]0;x   b"


def test_a_table_is_cut_to_the_terminal() -> None:
    row = ("1 May 2020", "w" * 40, "n" * 40, "p" * 40, "1", "2", "draft")
    (line,) = table_lines([row], 100)
    assert len(line) <= 100
    assert line.count("…") == 3


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--since", "soon"], "'soon'"),
        (["--min-killed", "many"], "'many'"),
        (["--since", "2021-02-01", "--until", "2021-01-01"], "since"),
    ],
)
def test_a_wrong_value_is_one_line(project, run, arguments: list[str], words: str) -> None:
    code, out, err = run("list", "--store", project, *arguments)
    assert (code, out) == (1, "")
    assert words in err
    assert err.count("\n") == 1


def test_a_missing_project_is_one_line_and_not_made(tmp_path, run) -> None:
    code, _, err = run("list", "--store", tmp_path / "none.gpkg")
    assert code == 1
    assert "no project" in err
    assert list(tmp_path.iterdir()) == []

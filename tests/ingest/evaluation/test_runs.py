"""Runs: kept, and compared with an earlier one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from geodata.errors import InputError
from ingest.evaluation.runs import as_object, compare, load, save
from ingest.evaluation.words import comparison_lines


@pytest.fixture
def kept(tmp_path: Path):
    """Keep a run and read it again."""

    def run(result) -> dict:
        save(tmp_path / "run.json", result, as_object(result, [], ["g.jsonl"]))
        return load(tmp_path / "run.json")

    return run


def test_the_same_run_again_changes_nothing(kept, compared, raid) -> None:
    result = compared([raid], [raid])
    found = compare(kept(result), result)
    assert (found.stories, found.changed, found.flips, found.extra) == (1, 0, (), ())
    assert "Every F1 is as it was" in list(comparison_lines(found))


def test_what_got_better_and_what_got_worse(kept, compared, raid) -> None:
    before = compared([raid | {"killed_best": 3}], [raid])
    now = compared([raid | {"actor1": "Army of X"}, raid | {"latitude": 0.0}], [raid])
    found = compare(kept(before), now)
    assert [(f.field, f.gained) for f in found.flips] == [("actor1", False), ("killed_best", True)]
    assert found.extra == (("s", 0, 1),)
    said = list(comparison_lines(found))
    assert any(line.startswith("killed_best") and "better" in line for line in said)
    assert any(line.startswith("now wrong: s actor1 (2021-08-30, Armed clash") for line in said)


def test_a_changed_story_is_not_compared(kept, compared, raid) -> None:
    found = compare(kept(compared([raid], [raid])), compared([raid], [raid], text="Another"))
    assert (found.stories, found.changed) == (0, 1)


def test_the_printed_object_has_no_texts(compared, raid) -> None:
    shown = json.dumps(as_object(compared([raid], [raid]), [], ["g.jsonl"]))
    assert "killed in Quetta" not in shown
    assert json.loads(shown)["scores"]["killed_best"]["f1"] == 1.0


@pytest.mark.parametrize(
    "content",
    ["", "{}", "[]", '{"format": "incident-atlas extraction run 1", "details": [1]}'],
)
def test_another_file_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "r.json").write_text(content)
    with pytest.raises(InputError, match="give a file that --save wrote"):
        load(tmp_path / "r.json")


def test_a_file_that_cannot_be_written_is_one_line(tmp_path: Path, compared, raid) -> None:
    with pytest.raises(InputError, match="cannot write"):
        save(tmp_path / "absent" / "r.json", compared([raid], [raid]), {})

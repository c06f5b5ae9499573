"""Gold files: what a team writes by hand, and what is told of its slips."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.errors import InputError
from ingest.evaluation.gold import Fault, read_gold

TEXT = "Two were killed in Quetta."


def line(**incident) -> dict:
    return {"id": "a", "text": TEXT, "incidents": [incident]}


def test_a_story_with_everything(gold_file) -> None:
    (story,), faults = gold_file(
        {
            "id": "a", "published": "2021-08-31", "source": ["Wire", "Radio"], "title": "T",
            "text": TEXT, "phenomena": ["single", "single"], "incidents": [],
        }
    )  # fmt: skip
    assert faults == []
    assert (story.published, story.source) == (date(2021, 8, 31), "Wire, Radio")
    assert story.phenomena == ("single",)
    assert story.document().text == TEXT


def test_a_subset_of_fields_is_enough(gold_file) -> None:
    (story,), faults = gold_file(
        {"text": TEXT, "incidents": [{"country": "PK", "killed_best": "2"}]}
    )
    assert story.incidents == ({"country": "PK", "killed_best": 2},)
    assert story.story_id == "gold.jsonl:1"
    assert faults == []


def test_the_event_type_follows_from_the_sub_event_type(gold_file) -> None:
    (story,), _ = gold_file(line(sub_event_type="Attack"))
    assert story.incidents[0]["event_type"] == "Violence against civilians"


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("{oops", "the line is no JSON"),
        ("[1]", "the line is no JSON object: [1]"),
        ('{"incidents": []}', "'text' is missing or no text: None"),
        ('{"text": "a"}', "'incidents' is no list: None; write [] for a story without one"),
        ('{"text": "a", "incidents": [1]}', "incident 1 is no JSON object: 1"),
    ],
)
def test_a_bad_line_is_told_and_the_rest_is_read(gold_file, bad: str, said: str) -> None:
    stories, faults = gold_file(bad, "", line())
    assert [one.story_id for one in stories] == ["a"]
    assert len(faults) == 1
    assert faults[0].startswith(f"gold.jsonl line 1: {said}")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("event_date", "yesterday"), ("killed_best", -1), ("killed_best", True),
        ("killed_by_status", 3), ("background", "perhaps"), ("latitude", 91),
    ],
)  # fmt: skip
def test_a_bad_value_is_told_and_not_scored(gold_file, field: str, value: object) -> None:
    (story,), faults = gold_file(line(**{field: value}))
    assert story.incidents == ({},)
    assert faults[0].startswith(
        f"gold.jsonl line 1: incident 1: {field!r} is not scored: {value!r}"
    )


def test_half_a_point_is_none(gold_file) -> None:
    (story,), (fault,) = gold_file(line(latitude=30.0))
    assert story.incidents == ({},)
    assert "belong together" in fault


def test_evidence_that_is_not_in_the_text_is_told(gold_file) -> None:
    (story,), (fault,) = gold_file(line(evidence={"killed": "Two", "place": "Karachi"}))
    assert "evidence of 'place' is not in the text: 'Karachi'" in fault
    assert [(q.field, q.start, q.end) for q in story.quotes[0]] == [
        ("killed", 0, 3),
        ("place", None, None),
    ]


def test_evidence_may_have_offsets_of_its_own(gold_file) -> None:
    (story,), _ = gold_file(line(evidence={"killed": [{"quote": "killed"}, "Two"]}))
    assert [q.words for q in story.quotes[0]] == ["killed", "Two"]


def test_an_id_used_twice_gets_a_number(gold_file) -> None:
    stories, _ = gold_file(line(), line())
    assert [one.story_id for one in stories] == ["a", "a~2"]


def test_no_usable_story_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "g.jsonl").write_text("x\n")
    with pytest.raises(InputError, match=r"'g.jsonl': no usable story \(g.jsonl line 1"):
        read_gold([tmp_path / "g.jsonl"], [])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.dictionaries(st.sampled_from(["event_date", "latitude", "evidence", "killed_best"]), JSON),
    JSON,
)
def test_any_json_is_read_or_told(tmp_path: Path, incident: dict, other: object) -> None:
    path = tmp_path / "g.jsonl"
    odd = {"text": "a", "incidents": [incident], "published": other, "phenomena": other}
    path.write_text(json.dumps(odd) + "\n" + json.dumps(line()) + "\n" + json.dumps(other))
    faults: list[Fault] = []
    assert read_gold([path], faults)

"""The sample stories: invented, marked as invented, readable, varied."""

from __future__ import annotations

import json
from datetime import date
from importlib.resources import files

import pytest

from ingest.pipeline import Preview, preview
from ingest.readers import read_all

STORIES = files("dashboard") / "data" / "sample" / "stories.jsonl"


@pytest.fixture(scope="module")
def stories() -> list[dict[str, str]]:
    return [json.loads(line) for line in STORIES.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def read() -> list[Preview]:
    return [preview(document) for document in read_all([str(STORIES)])]


def test_every_story_says_that_it_is_invented(stories):
    assert 25 <= len(stories) <= 40
    for story in stories:
        assert "invented" in story["text"].splitlines()[-1]
        assert "(invented)" in story["source"]
        assert story["url"].startswith("https://example.org/")


def test_every_story_has_its_own_id_title_and_day(stories):
    assert len({story["id"] for story in stories}) == len(stories)
    assert len({story["title"] for story in stories}) == len(stories)
    assert {date.fromisoformat(story["published"]).year for story in stories} >= {2019, 2021, 2024}


def test_the_stories_show_what_reports_are_like(read):
    told = [one.incident for seen in read for one in seen.extracted]
    assert any(not seen.extracted for seen in read), "one tells of no incident"
    assert any(len(seen.extracted) > 2 for seen in read), "one is a roundup"
    assert len({incident.country for incident in told}) >= 8
    assert len({incident.event_type for incident in told}) >= 4
    assert any(incident.killed_low != incident.killed_high for incident in told)
    assert any(not incident.located for incident in told)
    assert len({incident.location_precision for incident in told}) >= 3

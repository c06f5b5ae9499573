"""Gold files written by hand, and stories that need no reading."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingest.evaluation.gold import Fault, GoldStory, Row, read_gold
from ingest.evaluation.scores import Evaluation, Ours, measure

GoldFile = Callable[..., tuple[list[GoldStory], list[str]]]
Compared = Callable[..., Evaluation]

RAID: Row = {
    "event_date": "2021-08-30",
    "event_date_end": None,
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "Unidentified armed group",
    "place": "Quetta",
    "admin2": "Quetta",
    "country": "Pakistan",
    "latitude": 30.18,
    "longitude": 67.0,
    "killed_best": 2,
}


@pytest.fixture
def gold_file(tmp_path: Path) -> GoldFile:
    """Read lines (objects or raw text) as a gold file: its stories, and its faults as told."""

    def read(*lines: Any) -> tuple[list[GoldStory], list[str]]:
        path = tmp_path / "gold.jsonl"
        said = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        path.write_text("\n".join(said), encoding="utf-8")
        faults: list[Fault] = []
        return read_gold([path], faults), [str(fault) for fault in faults]

    return read


@pytest.fixture
def compared() -> Compared:
    """Measure one story: our rows against the gold's."""

    def run(mine: list[Row], gold: list[Row], **story: Any) -> Evaluation:
        values = {"story_id": "s", "text": "Two were killed in Quetta."} | story
        quotes = tuple(() for _ in gold)
        one = GoldStory(incidents=tuple(gold), quotes=quotes, **values)
        return measure([(one, [Ours(row) for row in mine])])

    return run


@pytest.fixture
def raid() -> Row:
    return dict(RAID)

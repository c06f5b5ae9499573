"""Read the stories of gold files and measure what was read."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.incident import Quarantined
from ingest.evaluation.gold import GoldStory
from ingest.evaluation.scores import Evaluation, Ours, measure, ours_of
from ingest.pipeline import extract_documents, tools_with

if TYPE_CHECKING:
    from geodata.memory import PlaceMemory


@dataclass(frozen=True, slots=True)
class Measured:
    """An evaluation and the seconds that reading took."""

    result: Evaluation
    seconds: float


def evaluate(
    stories: Sequence[GoldStory],
    *,
    workers: int = 1,
    choices: tuple[PlaceMemory, ...] = (),
    progress: Callable[[int], None] = lambda _: None,
) -> Measured:
    """Read every story and compare; one that cannot be read counts as read without incidents.

    Parameters
    ----------
    workers
        Processes that read.
    choices
        Places that a project remembers, in front of the gazetteer.
    progress
        Called with 1 after each story.
    """

    def read() -> Iterator[tuple[GoldStory, Sequence[Ours] | str]]:
        documents = (story.document() for story in stories)
        tools = tools_with(choices) if workers <= 1 else None
        found = extract_documents(documents, workers=workers, tools=tools, choices=choices)
        for story, one in zip(stories, found, strict=True):
            progress(1)
            if isinstance(one, Quarantined):
                yield story, one.reason
            else:
                yield story, [ours_of(x) for x in one.extracted]

    began = time.perf_counter()
    result = measure(read())
    return Measured(result, time.perf_counter() - began)

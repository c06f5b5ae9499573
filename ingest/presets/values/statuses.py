"""The dead of a cell by their status: "3 civilians, 2 SF", "Mil 5, Civ 2"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from ingest.presets.values.words import one_of, plain

Words = tuple[tuple[str, str], ...]
"""Words with the status that each speaks of."""


def words_by_status(names: Mapping[str, Sequence[str]]) -> Words:
    """Give the words of each status as `read_statuses` takes them."""
    return tuple((word, status) for status, words in names.items() for word in words)


@lru_cache(maxsize=4)
def _pattern(words: Words) -> re.Pattern[str]:
    status = one_of(word for word, _ in words)
    end = r"(?![^\W\d_])\.?"
    return re.compile(
        rf"\s*(?:(?P<n1>\d+)\s*(?P<w1>{status}){end}|(?P<w2>{status}){end}\s*[-:=]?\s*(?P<n2>\d+))"
        r"\s*(?:[,;/&+]|\band\b|\by\b|\bet\b|$)?"
    )


@lru_cache(maxsize=16_384)
def read_statuses(text: str, words: Words) -> dict[str, int]:
    """Count the dead by status; empty where the cell says anything else besides."""
    told, at = plain(text), 0
    status_of = dict(words)
    found: dict[str, int] = {}
    while at < len(told):
        match = _pattern(words).match(told, at)
        if match is None:
            return {}
        status = status_of[match["w1"] or match["w2"]]
        found[status] = found.get(status, 0) + int((match["n1"] or match["n2"])[:7])
        at = match.end()
    return found

"""A value of a particular with the words it was read from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from geodata.incident import Json
from ingest.extract.lexicon import Lexicon

_STOP = re.compile(r"[.;:]\s")


@dataclass(frozen=True, slots=True)
class Told:
    """One value, the offsets of its words in the document, and how sure it is."""

    value: Json
    start: int
    end: int
    confidence: float = 0.8
    detail: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of a vocabulary at offsets into the text read."""

    word: str
    start: int
    end: int


def find_words(text: str, lexicon: Lexicon, table: str) -> list[Hit]:
    """Words of a vocabulary in a text, left to right; of two that overlap the one listed first."""
    hits: list[Hit] = []
    for word, pattern in lexicon.first_look(table, tuple(lexicon.table(table))).possible(text):
        for m in pattern.finditer(text):
            if m.end() > m.start() and not any(
                h.start < m.end() and m.start() < h.end for h in hits
            ):
                hits.append(Hit(word, m.start(), m.end()))
    return sorted(hits, key=lambda h: h.start)


def unreal(text: str, at: int, lexicon: Lexicon) -> bool:
    """Whether the words before an offset make what follows a plan, a demand or a denial."""
    before = _STOP.split(text[max(0, at - 70) : at])[-1]
    if not lexicon.pattern("particulars.captives.unreal").search(before):
        return False
    return not lexicon.pattern("particulars.captives.unreal_ok").search(before)

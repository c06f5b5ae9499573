"""Expressions of time, put into English whole by the templates of a language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from ingest.extract.gloss.pieces import Piece, plain
from ingest.extract.lexicon import load

TAG = "T"


class Templates:
    """Templates of one language: a pattern with names in braces, and its English.

    ``{weekday}`` stands for any word of the table ``weekday`` and gives its English; ``{day}``,
    ``{year}`` and ``{clock}`` are numbers and stay. Accents do not matter. Of matches that overlap
    the one that begins first counts, then the longest, then the upper template.
    """

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self._words = {
            name: {plain(word): english for word, english in table.items()}
            for name, table in tables["values"].items()
        }
        classes = {
            name: "|".join(sorted(map(re.escape, table), key=len, reverse=True))
            for name, table in self._words.items()
        } | tables["numbers"]
        self._templates = [
            (self._compiled(plain(pattern), classes), english)
            for pattern, english in tables["templates"].items()
        ]

    def _compiled(self, pattern: str, classes: Mapping[str, str]) -> re.Pattern[str]:
        """Name the first use of each class as a group; "{weekday2}" is a second weekday."""

        def group(found: re.Match[str]) -> str:
            name = found[1]
            return f"(?P<{name}>{classes[name.rstrip('2')]})"

        words = re.sub(r"\{([a-z]+2?)\}", group, pattern).replace(" ", r"\s+")
        return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)

    def find(self, text: str) -> list[Piece]:
        """Expressions of time, left to right, not overlapping."""
        if not text.strip():
            return []
        bare = plain(text)
        found = [
            (m.start(), -m.end(), number, m)
            for number, (pattern, _) in enumerate(self._templates)
            for m in pattern.finditer(bare)
        ]
        out: list[Piece] = []
        for start, minus_end, number, match in sorted(found, key=lambda one: one[:3]):
            if not out or start >= out[-1].end:
                english = self._english(self._templates[number][1], match)
                out.append(Piece(english, TAG, start, -minus_end))
        return out

    def _english(self, template: str, match: re.Match[str]) -> str:
        values = {
            name: self._words.get(name.rstrip("2"), {}).get(" ".join(value.lower().split()), value)
            for name, value in match.groupdict().items()
            if value is not None
        }
        return template.format(**values)


@lru_cache
def templates(language: str) -> Templates:
    """Templates of a language, compiled once."""
    return Templates(load(language).table("dates"))

"""Place names in running text. (First version: capitalised words that the gazetteer knows.)"""

from __future__ import annotations

import re

from geodata.gazetteer.lookup import Gazetteer
from geodata.gazetteer.names import fold
from geodata.place import NameHit

_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")


class Finder:
    """Finds place names in a text; threads may share it."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def find_names(self, text: str) -> list[NameHit]:
        """Longest place names in a text, left to right, not overlapping."""
        words = list(_WORD.finditer(text))
        hits: list[NameHit] = []
        position = 0
        while position < len(words):
            hit = None
            if words[position][0][0].isupper():
                for length in (4, 3, 2, 1):
                    chosen = words[position : position + length]
                    start, end = chosen[0].start(), chosen[-1].end()
                    name = text[start:end].rstrip(".")
                    if len(chosen) == length and chosen[-1][0][0].isupper() and len(name) > 3:
                        kinds = {e.kind for e in self._gazetteer.lookup_fold(fold(name))}
                        if kinds:
                            hit = NameHit(start, start + len(name), name, frozenset(kinds))
                            break
            if hit:
                hits.append(hit)
                position += length
            else:
                position += 1
        return hits

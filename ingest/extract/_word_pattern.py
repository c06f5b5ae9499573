"""A regular expression over whole words that is tried only where it can begin.

A lexicon's pattern has hundreds of options, and `re` tries them at every letter of a text. But a
match begins at a word, and with one of a known set of beginnings ("kil", "shot"), which the
pattern's own parse tree tells. So the words of a text are looked up once, for all patterns and for
every part that is cut from the text; a pattern that begins at none of them cannot match, and one
that does is tried at those words alone. Options that begin with any word ("the", "two") and go on
to a rarer one ("drones") are tried only where that one stands behind. What a pattern finds is what
`re` finds (tests hold this).
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any, Protocol

from ingest.extract._beginnings import beginnings_of
from ingest.extract._word_index import (
    NOWHERE,
    Indexed,
    Looked,
    cut_word,
    entered,
    is_odd,
    looked,
    part_of,
)

__all__ = ["FirstLook", "Indexed", "Matcher", "WordPattern", "cut_word", "is_odd", "part_of"]

_SHORT = 48  # characters of a text below which `re` is as fast


class Matcher(Protocol):
    """Matches a pattern at a place in a text, as `re.Pattern.match` does."""

    def __call__(self, text: str, at: int = ..., end: int = ..., /) -> re.Match[str] | None: ...


class WordPattern:
    """A compiled pattern with the methods of `re.Pattern` that rules use."""

    def __init__(self, compiled: re.Pattern[str], match: Matcher | None = None) -> None:
        """Take a pattern, and what matches it at a place, where there is a faster way."""
        self.compiled = compiled
        self.pattern = compiled.pattern
        self.match = match or compiled.match
        self.fullmatch = compiled.fullmatch
        self.sub = compiled.sub
        told = beginnings_of(compiled)
        self.marks = tuple(told.first.marks) if told.first else ()
        self._behind = entered(told.behind)
        self._common = entered(told.common)
        self._rare = entered(told.rare if self._behind else told.first)
        self._begin = self._rare | self._common if told.first else 0
        self._every = self._begin | self._behind
        # Bits of which a text that is looked up has one wherever the pattern matches.
        self.need = self._rare | self._behind or -1
        if self.marks and not self._behind:
            self.need = -1

    def nowhere(self, text: str) -> bool:
        """Whether a text is known to hold no match, by its words."""
        if isinstance(text, Looked):
            text.knows(0)
        return getattr(text, "absent", 0) & self.need == self.need

    def search(self, text: str, *span: int) -> re.Match[str] | None:
        """Find the first match; `span` is where to look, as `re` takes it."""
        if span:
            return self.compiled.search(text, *span)
        need = self.need
        if getattr(text, "absent", 0) & need == need:  # so for most patterns and texts
            return None
        starts = self.starts(text)
        if starts is None:
            return self.compiled.search(text)
        for start in starts:
            match = self.match(text, start)
            if match is not None:
                return match
        return None

    def finditer(self, text: str, *span: int) -> Iterator[re.Match[str]]:
        """Find all matches, none overlapping; `span` is where to look, as `re` takes it."""
        cut = cut_word(text, *span) if span else None
        if not cut and getattr(text, "absent", 0) & self.need == self.need:
            return iter(())
        starts = self.starts(text, *span)
        if starts is None:
            return self.compiled.finditer(text, *span)
        if cut:  # the word that the end cuts through may begin anything
            starts = sorted({*starts, *cut})
        found = []
        end = 0
        stop = span[1:]
        for start in starts:
            if start >= end:
                match = self.match(text, start, *stop)
                if match is not None:
                    found.append(match)
                    end = match.end()
        return iter(found)

    def findall(self, text: str) -> list[Any]:
        """Give the words of all matches; their groups where the pattern has some."""
        if self.compiled.groups:
            return self.compiled.findall(text)
        return [match[0] for match in self.finditer(text)]

    def starts(self, text: str, first: int = 0, last: int = sys.maxsize) -> Sequence[int] | None:
        """Where in a text a match may begin, in order; None where `re` itself must look.

        `first` and `last` are offsets between which it begins.
        """
        words = self._words_of(text)
        if words is None or not words.knows(self._every):
            return None
        whole = last >= len(text)
        if whole and words.absent & self.need == self.need:
            return NOWHERE
        if not self._begin:
            return None
        marks = self.marks
        if self._behind and (whole or not cut_word(text, 0, last)):
            places = words.led(self._rare, self._common, self._behind)
            if words.absent & self._behind == self._behind:
                marks = ()  # where an option begins with a mark, no match goes without its words
        else:
            places = words.places(self._begin)
        if whole and not first and not marks:
            return places
        places = places[bisect_left(places, first) : bisect_left(places, last)]
        for mark in marks:
            if mark in text:
                places = sorted([*places, *_places_of(mark, text, first, last)])
        return places

    def _words_of(self, text: str) -> Looked | None:
        if isinstance(text, Looked):
            return text
        return looked(text) if self._begin and len(text) >= _SHORT else None


def _places_of(mark: str, text: str, first: int, last: int) -> Iterator[int]:
    at = text.find(mark, first, last)
    while at >= 0:
        yield at
        at = text.find(mark, at + 1, last)


class FirstLook:
    """Tells by one look at a text which of several patterns may match in it."""

    def __init__(self, patterns: Mapping[str, WordPattern]) -> None:
        self._patterns = tuple(patterns.items())
        self._needs = reduce(or_, (one.need for one in patterns.values()), 0)

    def possible(self, text: str) -> list[tuple[str, WordPattern]]:
        """Patterns that may match, with their names, in the order given; often none."""
        words = text if isinstance(text, Looked) else looked(text)
        words.knows(0)
        absent = words.absent
        if absent & self._needs == self._needs:
            return []
        return [one for one in self._patterns if absent & one[1].need != one[1].need]

    def nothing(self, text: str) -> bool:
        """Whether none of the patterns can match."""
        words = text if isinstance(text, Looked) else looked(text)
        words.knows(0)
        return words.absent & self._needs == self._needs

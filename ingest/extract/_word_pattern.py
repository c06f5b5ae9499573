"""A regular expression over whole words that is tried only where it can begin.

A lexicon's pattern has hundreds of options, and `re` tries them at every letter of a text. But a
match begins at a word, and with one of a known set of beginnings ("kil", "shot"), which the
pattern's own parse tree tells. So the beginnings of a text's words are collected once, for all
patterns; a pattern that shares none of them cannot match, and one that does is tried at those
words alone. What it finds is what `re` finds (tests hold this).
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ingest.extract._beginnings import MOST, ODD, Beginnings, beginnings_of

_SHORT = 48  # characters of a text below which `re` is as fast

_TOKEN = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a text: where each begins, and the patterns that may begin there, as bits."""

    at: list[tuple[int, int]]
    any: int


_ONE: dict[str, int] = {}
_TWO: dict[str, int] = {}
_FOUR: dict[str, int] = {}
"""First letters of words to the patterns that may begin with them, one bit each."""


def _entered(beginnings: Beginnings) -> int:
    """Enter a pattern into the tables, and give its bit."""
    bit = 1 << len(_ENTERED)
    _ENTERED.append(beginnings)
    for table, known in ((_ONE, beginnings.one), (_TWO, beginnings.two), (_FOUR, beginnings.four)):
        for letters in known:
            table[letters] = table.get(letters, 0) | bit
    _bits.cache_clear()
    _words.cache_clear()
    return bit


_ENTERED: list[Beginnings] = []


@lru_cache(maxsize=65_536)
def _bits(word: str) -> int:
    """Patterns that may begin at a word, given by its first `MOST` letters."""
    return _FOUR.get(word, 0) | _TWO.get(word[:2], 0) | _ONE.get(word[0], 0)


class _Looked(str):
    """A text that keeps its words, once they are found."""

    _known: tuple[int, _Words | None] = (-1, None)

    @property
    def words(self) -> _Words | None:
        """The words of the text; None where `re` itself must look."""
        if self._known[0] != len(_ENTERED):  # a pattern is new since: its bit is not in them
            self._known = (len(_ENTERED), self._find())
        return self._known[1]

    def _find(self) -> _Words | None:
        return _found(self)


class Indexed(_Looked):
    """A text whose words are found once, for every part that is cut from it with `part`."""

    def part(self, start: int, end: int) -> Part:
        """Give ``text[start:end]``, which looks up its words here."""
        own = Part(self[start:end])
        own.whole, own.first = self, start
        return own


class Part(_Looked):
    """A part of an `Indexed` text, beginning at `first`; its words are those of the whole."""

    whole: Indexed
    first: int

    def _find(self) -> _Words | None:
        known, first, last = self.whole.words, self.first, self.first + len(self)
        if known is None or _cut_word(self.whole, 0, first) or _cut_word(self.whole, 0, last):
            return _found(self)
        at, every = [], 0
        inside = slice(bisect_left(known.at, (first,)), bisect_left(known.at, (last,)))
        for start, bits in known.at[inside]:
            at.append((start - first, bits))
            every |= bits
        return _Words(at, every)


def part_of(text: str, start: int, end: int) -> str:
    """Give ``text[start:end]``, with its words known where those of the text are."""
    return text.part(start, end) if isinstance(text, Indexed) else text[start:end]


def _words_of(text: str) -> _Words | None:
    return text.words if isinstance(text, _Looked) else _words(text)


@lru_cache(maxsize=256)
def _words(text: str) -> _Words | None:
    return _found(text)


def _found(text: str) -> _Words | None:
    lower = text.lower()
    if len(lower) != len(text) or (not text.isascii() and ODD.search(text)):
        return None
    at, every = [], 0
    for match in _TOKEN.finditer(lower):
        start = match.start()
        bits = _bits(match[0][:MOST]) | _ONE.get(text[start], 0)
        if bits:
            at.append((start, bits))
            every |= bits
    return _Words(at, every)


class WordPattern:
    """A compiled pattern with the methods of `re.Pattern` that rules use."""

    def __init__(self, compiled: re.Pattern[str]) -> None:
        self.compiled = compiled
        self.pattern = compiled.pattern
        self.match = compiled.match
        self.fullmatch = compiled.fullmatch
        self.sub = compiled.sub
        known = beginnings_of(compiled)
        self.marks = tuple(known.marks) if known else ()
        self.bit = _entered(known) if known else 0

    def search(self, text: str, *span: int) -> re.Match[str] | None:
        """Find the first match; `span` is where to look, as `re` takes it."""
        starts = None if span else self.starts(text)
        if starts is None:
            return self.compiled.search(text, *span)
        for start in starts:
            match = self.match(text, start)
            if match is not None:
                return match
        return None

    def finditer(self, text: str, *span: int) -> Iterator[re.Match[str]]:
        """Find all matches, none overlapping; `span` is where to look, as `re` takes it."""
        starts = self.starts(text, *span)
        if starts is None:
            return self.compiled.finditer(text, *span)
        if span:  # the word that the end cuts through may begin anything
            starts = sorted({*starts, *_cut_word(text, *span)})
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
        bit = self.bit
        if not bit or len(text) < _SHORT:
            return None
        words = _words_of(text)
        if words is None:
            return None
        at = words.at
        if first or last < len(text):
            at = at[bisect_left(at, (first,)) : bisect_left(at, (last,))]
        starts = [start for start, bits in at if bits & bit] if words.any & bit else []
        for mark in self.marks:
            if mark in text:
                starts += _places_of(mark, text, first, last)
                starts.sort()
        return starts


def _places_of(mark: str, text: str, first: int, last: int) -> Iterator[int]:
    at = text.find(mark, first, last)
    while at >= 0:
        yield at
        at = text.find(mark, at + 1, last)


def _cut_word(text: str, first: int, last: int = sys.maxsize) -> list[int]:
    """Where the word begins that the end of a part of a text cuts through, if it does."""
    if last >= len(text) or not _TOKEN.match(text, last):
        return []
    at = last
    while at > first and _TOKEN.match(text, at - 1):
        at -= 1
    return [at] if at < last else []


class FirstLook:
    """Tells by one look at a text which of several patterns may match in it."""

    def __init__(self, patterns: Mapping[str, WordPattern]) -> None:
        self._patterns = tuple((name, one, one.bit, one.marks) for name, one in patterns.items())

    def possible(self, text: str) -> list[tuple[str, WordPattern]]:
        """Patterns that may match, with their names, in the order given; often none."""
        words = _words_of(text)
        if words is None:
            return [(name, one) for name, one, _, _ in self._patterns]
        every = words.any
        return [
            (name, one)
            for name, one, bit, marks in self._patterns
            if every & bit or not bit or (marks and any(mark in text for mark in marks))
        ]

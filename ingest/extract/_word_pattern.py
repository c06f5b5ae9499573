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
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, Protocol

from ingest.extract._beginnings import MOST, ODD, Beginnings, beginnings_of, joint

_SHORT = 48  # characters of a text below which `re` is as fast
_NOWHERE: Sequence[int] = ()
_NO_WORDS: list[list[int]] = [[]]

_TOKEN = re.compile(r"\w+")

_ONE: dict[str, int] = {}
_TWO: dict[str, int] = {}
_FOUR: dict[str, int] = {}
"""First letters of words to the patterns that may begin with them, one bit each."""

_ENTERED: list[Beginnings] = []


def _entered(beginnings: Beginnings) -> int:
    """Enter a pattern into the tables, and give its number."""
    number = len(_ENTERED)
    _ENTERED.append(beginnings)
    for table, known in ((_ONE, beginnings.one), (_TWO, beginnings.two), (_FOUR, beginnings.four)):
        for letters in known:
            table[letters] = table.get(letters, 0) | 1 << number
    for remembered in (_bits, _numbers, _words):
        remembered.cache_clear()
    return number


@lru_cache(maxsize=16_384)
def _bits(word: str) -> int:
    """Patterns that may begin at a word, one bit each."""
    low = word[:MOST].lower()
    return _FOUR.get(low, 0) | _TWO.get(low[:2], 0) | _ONE.get(low[0], 0) | _ONE.get(word[0], 0)


@lru_cache(maxsize=32_768)
def _numbers(word: str) -> tuple[int, ...]:
    """Patterns that may begin at a word, by their numbers."""
    bits, numbers = _bits(word), []
    while bits:
        lowest = bits & -bits
        numbers.append(lowest.bit_length() - 1)
        bits ^= lowest
    return tuple(numbers)


def is_odd(text: str) -> bool:
    """Whether `re` must look at a text itself."""
    return not text.isascii() and ODD.search(text) is not None


class _Words:
    """The words of a short text: where each begins, and the patterns that may begin there."""

    def __init__(self, text: str) -> None:
        self.at: list[tuple[int, int]] = []
        self.any = 0
        for token in _TOKEN.finditer(text):
            bits = _bits(token[0])
            if bits:
                self.at.append((token.start(), bits))
                self.any |= bits

    def places(self, number: int) -> Sequence[int]:
        """Where the pattern of a number may begin."""
        bit = 1 << number
        return [start for start, bits in self.at if bits & bit] if self.any & bit else _NOWHERE


@lru_cache(maxsize=256)
def _words(text: str) -> _Words | None:
    return None if is_odd(text) else _Words(text)


class _Looked(str):
    """A text that keeps where each pattern may begin in it, by its number, once it is asked."""

    _words: dict[str, list[int]] | None = None  # where each word stands; None for an odd text
    _patterns: defaultdict[int, list[list[int]]]  # for each pattern, where its words stand
    _places: dict[int, Sequence[int]]  # the same in one list, for those that were asked for
    _entered = 0  # patterns that were looked up at once; those made since are one by one

    def places(self, number: int) -> Sequence[int] | None:
        """Where the pattern of a number may begin; None where `re` itself must look."""
        if not self._entered:
            self._look_up()
        found = self._places.get(number)
        if found is None and self._words is not None:
            if number < self._entered:
                words = self._patterns.get(number, _NO_WORDS)
            else:
                words = [at for word, at in self._words.items() if _bits(word) >> number & 1]
            found = words[0] if len(words) == 1 else sorted(chain.from_iterable(words))
            self._places[number] = found
        return found

    def _look_up(self) -> None:
        self._words, self._entered = None if is_odd(self) else _words_in(self), len(_ENTERED)
        self._patterns, self._places = defaultdict(list), {}
        for word, starts in (self._words or {}).items():
            for number in _numbers(word):
                self._patterns[number].append(starts)


def _words_in(text: str) -> dict[str, list[int]]:
    words: defaultdict[str, list[int]] = defaultdict(list)
    for token in _TOKEN.finditer(text):
        words[token[0]].append(token.start())
    return words


class Indexed(_Looked):
    """A text whose words are looked up once, for every part that is cut from it with `part`."""

    spans: Sequence[tuple[int, int]] = ()  # offsets between which words are blanked out

    def part(self, start: int, end: int) -> Part:
        """Give ``text[start:end]``, which looks up its words here."""
        own = Part(self[start:end])
        own.whole, own.first = self, start
        return own

    def blanked(self, spans: Sequence[tuple[int, int]]) -> Indexed:
        """Give the text with blanks for whole words between offsets, which come in order."""
        pieces: list[str] = []
        end = 0
        for start, stop in spans:
            pieces += (self[end:start], " " * (stop - start))
            end = stop
        own = _Blanked("".join([*pieces, self[end:]]))
        own.whole, own.spans = self, spans
        return own


class _Blanked(Indexed):
    """A text without some words of another, in which those left are looked up."""

    whole: Indexed

    def part(self, start: int, end: int) -> Part:
        """Give ``text[start:end]``, which looks up its words in the whole text where it can."""
        own = super().part(start, end)
        last = start + len(own)
        if not any(first < last and start < stop for first, stop in self.spans):
            own.whole = self.whole
        return own

    def places(self, number: int) -> Sequence[int] | None:
        """Where the pattern of a number may begin; None where `re` itself must look."""
        places = self.whole.places(number)
        if places is None:
            return super().places(number)
        for start, end in self.spans if places else ():
            first = bisect_left(places, start)
            last = bisect_left(places, end, first)
            if first < last:
                places = [*places[:first], *places[last:]]
        return places


class Part(_Looked):
    """A part of an `Indexed` text, beginning at `first`; its words are those of the whole."""

    whole: Indexed
    first: int
    _inside: tuple[int, int] | None = None  # offsets of the words that no end cuts through
    _cut: Sequence[tuple[int, str]] = ()  # what is left of the others

    def part(self, start: int, end: int) -> Part:
        """Give ``text[start:end]``, which looks up its words in the whole text."""
        start, end, _ = slice(start, end).indices(len(self))
        return self.whole.part(self.first + start, self.first + max(start, end))

    def places(self, number: int) -> Sequence[int] | None:
        """Where the pattern of a number may begin; None where `re` itself must look."""
        places = self.whole.places(number)
        if places is None:
            return super().places(number)
        start, end = self._inside or self._bounds()
        found = places
        if places:
            first = self.first
            inside = slice(bisect_left(places, start), bisect_left(places, end))
            found = [place - first for place in places[inside]]
        for at, word in self._cut:
            if number in _numbers(word):
                found = sorted([*found, at])
        return found

    def _bounds(self) -> tuple[int, int]:
        """Tell the words that the ends of the part cut through from those inside."""
        whole, start, end = self.whole, self.first, self.first + len(self)
        cut = []
        if start < end and start and _TOKEN.match(whole, start - 1):
            token = _TOKEN.match(self)
            if token:
                cut.append((0, token[0]))
                start += token.end()
        for last in _cut_word(whole, start, end):
            cut.append((last - self.first, whole[last:end]))
            end = last
        self._cut, self._inside = cut, (start, end)
        return start, end


def part_of(text: str, start: int, end: int) -> str:
    """Give ``text[start:end]``, with its words known where those of the text are."""
    return text.part(start, end) if isinstance(text, Indexed | Part) else text[start:end]


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
        known, hints = beginnings_of(compiled) or (None, None)
        self.marks = tuple(known.marks) if known else ()
        self.number = _entered(known) if known else -1
        # Words of which every match holds one, where they are not those that it begins with.
        self.hint = _entered(hints) if hints and hints != known else -1

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
        if self.number < 0 or (len(text) < _SHORT and not isinstance(text, _Looked)):
            return None
        words = text if isinstance(text, _Looked) else _words(text)
        if words is None:
            return None
        if self.hint < 0 or (last < len(text) and _cut_word(text, 0, last)):
            places = words.places(self.number)
        else:  # most often no such word is there, nor does a match begin with a mark
            hints = words.places(self.hint)
            if hints is not None and not hints:
                return _NOWHERE
            places = _leading_to(hints or _NOWHERE, words.places(self.number))
        if places is None or not (first or self.marks or last < len(text)):
            return places
        if first or last < len(text):
            places = places[bisect_left(places, first) : bisect_left(places, last)]
        for mark in self.marks:
            if mark in text:
                places = sorted([*places, *_places_of(mark, text, first, last)])
        return places


REACH = 400
"""Characters within which a match comes to its rarest word: what stands before is a few words."""


def _leading_to(hints: Sequence[int], places: Sequence[int] | None) -> Sequence[int] | None:
    """Of the places where a pattern may begin, those within reach of its rarest words."""
    if not places or places[-1] - places[0] < REACH:
        return places
    kept: list[int] = []
    done = 0
    for hint in hints:
        first = bisect_left(places, hint - REACH, done)
        done = bisect_right(places, hint, first)
        kept += places[first:done]
    return kept


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
        self._patterns = tuple(patterns.items())
        told = [
            one for one in patterns.values() if one.hint >= 0 or (one.number >= 0 and not one.marks)
        ]
        self._number = _entered(joint(_ENTERED[max(one.hint, one.number)] for one in told))
        self._untold = frozenset(one for one in patterns.values() if one not in told)

    def possible(self, text: str) -> list[tuple[str, WordPattern]]:
        """Patterns that may match, with their names, in the order given; often none."""
        words = text if isinstance(text, _Looked) else _words(text)
        starts = words.places(self._number) if words is not None else None
        if starts is None:
            return list(self._patterns)
        if not starts and not self._untold:
            return []
        found: set[int] = set()
        for start in starts:
            found.update(_numbers(_word_at(text, start)))
        return [
            (name, one)
            for name, one in self._patterns
            if max(one.hint, one.number) in found or one in self._untold
        ]


def _word_at(text: str, start: int) -> str:
    word = _TOKEN.match(text, start)
    return word[0] if word else ""

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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

try:  # the parser of `re` is no public module: a Python without it tries every pattern everywhere
    from re import _constants as sre, _parser  # type: ignore[attr-defined]  # isort: skip
except ImportError:
    sre = _parser = None

MOST = 4
"""Letters of a word that are looked at."""

_MAX_BEGINNINGS = 20_000
_MAX_CLASS = 40  # letters of a class such as [a-z] that are told apart
_SHORT = 48  # characters of a text below which `re` is as fast

_TOKEN = re.compile(r"\w+")
# Digits beside 0 to 9, and letters that `re.IGNORECASE` takes for others in ways that `str.lower`
# does not know.
_ODD = re.compile("(?![0-9])\\d|[\u0130\u0131\u017f\u1e9e\u2126\u212a\u212b\u00b5\u0345\u0390-\u03ff\u1c80-\u1c88\u1e9b\ufb05\ufb06\u13a0-\u13ff\uab70-\uabbf]")  # fmt: skip  # noqa: E501


@dataclass(frozen=True, slots=True)
class _Beginnings:
    """First letters of the words that a match may begin with, or a mark that it begins with.

    All are in lower case, but for one letter where only its capital will do.
    """

    one: frozenset[str]
    two: frozenset[str]
    four: frozenset[str]
    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a text: where each begins, and the patterns that may begin there, as bits."""

    at: list[tuple[int, int]]
    any: int


_ONE: dict[str, int] = {}
_TWO: dict[str, int] = {}
_FOUR: dict[str, int] = {}
"""First letters of words to the patterns that may begin with them, one bit each."""


def _entered(beginnings: _Beginnings) -> int:
    """Enter a pattern into the tables, and give its bit."""
    bit = 1 << len(_ENTERED)
    _ENTERED.append(beginnings)
    for table, known in ((_ONE, beginnings.one), (_TWO, beginnings.two), (_FOUR, beginnings.four)):
        for letters in known:
            table[letters] = table.get(letters, 0) | bit
    _bits.cache_clear()
    _words.cache_clear()
    return bit


_ENTERED: list[_Beginnings] = []


@lru_cache(maxsize=65_536)
def _bits(word: str) -> int:
    """Patterns that may begin at a word, given by its first `MOST` letters."""
    return _FOUR.get(word, 0) | _TWO.get(word[:2], 0) | _ONE.get(word[0], 0)


class Indexed(str):
    """A text whose words are found once, for every part that is cut from it with `part`."""

    _known: tuple[int, _Words | None] = (-1, None)

    def part(self, start: int, end: int) -> Part:
        """Give ``text[start:end]``, which looks up its words here."""
        own = Part(self[start:end])
        own.whole, own.first = self, start
        return own

    @property
    def words(self) -> _Words | None:
        """The words of the text; None where `re` itself must look."""
        if self._known[0] != len(_ENTERED):  # a pattern is new since: its bit is not in them
            self._known = (len(_ENTERED), _found(self))
        return self._known[1]


class Part(str):
    """A part of an `Indexed` text, beginning at `first`."""

    whole: Indexed
    first: int
    _known: tuple[int, _Words | None] = (-1, None)

    @property
    def words(self) -> _Words | None:
        """The words of the part, from those of the whole."""
        if self._known[0] != len(_ENTERED):
            self._known = (len(_ENTERED), self._cut())
        return self._known[1]

    def _cut(self) -> _Words | None:
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
    return text.words if isinstance(text, Part | Indexed) else _words(text)


@lru_cache(maxsize=256)
def _words(text: str) -> _Words | None:
    return _found(text)


def _found(text: str) -> _Words | None:
    lower = text.lower()
    if len(lower) != len(text) or (not text.isascii() and _ODD.search(text)):
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
        known = _beginnings(compiled)
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


class _Untold(Exception):  # noqa: N818 - no error: the pattern is then tried everywhere
    """Where a match may begin cannot be told from the pattern."""


def _beginnings(compiled: re.Pattern[str]) -> _Beginnings | None:
    """How a match of a pattern may begin; None where that cannot be told."""
    if _parser is None:
        return None
    try:
        tree = list(_parser.parse(compiled.pattern, compiled.flags))
        if not tree or not _bounds_word(tree[0]):
            return None
        walk = _Walk(cased=not compiled.flags & re.IGNORECASE)
        rest = walk.through(tree, {""})
        whole = tree[-1][0] in (sre.AT, sre.ASSERT_NOT) and _bounds_word(tree[-1])
        walk.done.update((beginning, whole) for beginning in rest)
        walk.check()
    except _Untold:
        return None
    one: set[str] = set()
    two: set[str] = set()
    four: set[str] = set()
    for beginning, is_word in walk.done:
        if is_word or len(beginning) == MOST:
            four.add(beginning.lower())
        elif len(beginning) > 1:
            two.add(beginning[:2].lower())
        else:
            one.add(beginning)
    return _Beginnings(frozenset(one), frozenset(two), frozenset(four), frozenset(walk.marks))


def _bounds_word(item: tuple[Any, Any]) -> bool:
    r"""Whether an item of a pattern lets no word character stand beside it: ``\b``, ``(?<!\w)``."""
    op, value = item
    if op is sre.AT:
        return value is sre.AT_BOUNDARY
    if op is sre.SUBPATTERN:
        return len(value[-1]) > 0 and _bounds_word(value[-1][0])
    if op is sre.BRANCH:
        return all(len(branch) > 0 and _bounds_word(branch[0]) for branch in value[1])
    if op is not sre.ASSERT_NOT or len(value[1]) != 1:
        return False
    inner_op, inner = value[1][0]
    return inner_op is sre.IN and (sre.CATEGORY, sre.CATEGORY_WORD) in inner


class _Walk:
    """Goes through a pattern's tree and keeps the beginnings that are complete.

    A beginning is kept with whether it is the whole word ("war" before a space) or may go on.
    """

    def __init__(self, *, cased: bool) -> None:
        self.cased = cased  # whether capitals differ from small letters here
        self.done: set[tuple[str, bool]] = set()
        self.marks: set[str] = set()

    def check(self) -> None:
        """Refuse a pattern that may match without a word, or has too many beginnings."""
        if ("", True) in self.done or ("", False) in self.done or len(self.done) > _MAX_BEGINNINGS:
            raise _Untold

    def through(self, items: Iterable[tuple[Any, Any]], begun: set[str]) -> set[str]:
        """Give the beginnings that are still open after a sequence."""
        for op, value in items:
            if not begun:
                break
            begun = self._step(op, value, begun)
            self.check()
        return begun

    def _step(self, op: Any, value: Any, begun: set[str]) -> set[str]:
        if op in (sre.ASSERT, sre.ASSERT_NOT, sre.AT):
            return begun  # they only narrow
        if op in (sre.LITERAL, sre.IN):
            letters = {chr(value)} if op is sre.LITERAL else _letters_of(value)
            if letters is None or (" " in letters and "" in begun):  # any blank is meant by one
                return self._cut(begun)
            return self._letters(letters, begun)
        if op in (sre.SUBPATTERN, sre.BRANCH):
            return self._inside(op, value, begun)
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            return self._repeated(value, begun)
        return self._cut(begun)

    def _inside(self, op: Any, value: Any, begun: set[str]) -> set[str]:
        if op is sre.BRANCH:
            return set().union(*(self.through(branch, set(begun)) for branch in value[1]))
        _, added, taken, items = value
        outer = self.cased
        self.cased = (outer or bool(taken & re.IGNORECASE)) and not added & re.IGNORECASE
        still_open = self.through(items, set(begun))
        self.cased = outer
        return still_open

    def _repeated(self, value: Any, begun: set[str]) -> set[str]:
        least, most, item = value
        after = self.through(item, set(begun))
        if most is sre.MAXREPEAT or most > 1:
            after = self._cut(after)  # another round, or what follows
        return after | begun if least == 0 else after

    def _cut(self, begun: set[str]) -> set[str]:
        self.done.update((beginning, False) for beginning in begun)
        return set()

    def _letters(self, letters: set[str], begun: set[str]) -> set[str]:
        longer = set()
        for letter in letters:
            low = letter.lower()
            if len(low) != 1 or _ODD.match(letter):
                raise _Untold
            if low.isalnum() or low == "_":
                shown = letter if self.cased else low
                longer |= {beginning + (low if beginning else shown) for beginning in begun}
            else:
                self.done.update((beginning, True) for beginning in begun if beginning)
                self.marks.update({low} if "" in begun else ())
        self.done.update((beginning, False) for beginning in longer if len(beginning) == MOST)
        return {beginning for beginning in longer if len(beginning) < MOST}


def _letters_of(items: Iterable[tuple[Any, Any]]) -> set[str] | None:
    """Letters of a class; None for one that is open or large, which may hold anything."""
    found: set[str] = set()
    for op, value in items:
        if op is sre.LITERAL:
            found.add(chr(value))
        elif op is sre.RANGE and value[1] - value[0] < _MAX_CLASS:
            found |= {chr(code) for code in range(value[0], value[1] + 1)}
        elif op is sre.CATEGORY and value is sre.CATEGORY_SPACE:
            found.add(" ")
        elif op is sre.CATEGORY and value is sre.CATEGORY_DIGIT:
            found.update("0123456789")
        else:
            return None
    return found

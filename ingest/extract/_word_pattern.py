"""A regular expression over whole words that is tried only where it can begin.

A lexicon's pattern has hundreds of options, and `re` tries them at every letter of a text. But a
match begins at a word, and with one of a known set of beginnings ("kill…", "shot"). So the words
of a text are looked up once, for all patterns: a pattern that may begin at none of them cannot
match. One that may is tried at those words alone, and only with those of its options that begin
like the word. What it finds is what `re` finds (tests hold this).
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from ingest.extract._beginnings import ODD, Beginnings, beginnings_of
from ingest.extract._word_places import Places, Table, bits_of, entered, words_of

_SHORT = 16  # characters of a text below which `re` is as fast
_MOST_MATCHERS = 500  # words that are remembered for a pattern

_TOKEN = re.compile(r"\w+")

Matcher = Callable[[str, int], "re.Match[str] | None"]

_NOTHING: Iterator[re.Match[str]] = iter(())
_NOWHERE: Places = []


class WordPattern:
    """A compiled pattern with the methods of `re.Pattern` that rules use."""

    def __init__(
        self,
        compiled: re.Pattern[str],
        options: Sequence[str] = (),
        around: tuple[str, str] = ("", ""),
        inside: re.Pattern[str] | None = None,
    ) -> None:
        """Take a pattern, and the options that it joins between two pieces where it is of such.

        Only a pattern without groups is taken apart: its parts would number them anew. `inside`
        finds where inside of words a match may begin, for a pattern that is not of whole words.
        """
        self._inside = inside
        self._last: tuple[str, Places] = ("", [])
        self.compiled = compiled
        self.pattern = compiled.pattern
        self.sub = compiled.sub
        self._around = around
        self._options = tuple(options) if compiled.groups == 0 else ()
        known = self._beginnings()
        self.marks = tuple(sorted({mark for one in known for mark in one.marks}))
        self.bit = entered(known) if known else 0
        self._table = Table()
        for option, beginnings in enumerate(known):
            self._table.enter(beginnings, 1 << option)
        self._matchers: dict[str, Matcher] = {}
        self._parts: dict[int, Matcher] = {}
        apart = bool(known) and len(self._options) > 1
        self.match = self._match if apart else compiled.match
        self.fullmatch = self._fullmatch if apart else compiled.fullmatch
        self._apart = apart

    def _beginnings(self) -> list[Beginnings]:
        """How each option may begin; none where that cannot be told of one of them."""
        before, behind = self._around
        options = [f"{before}(?:{option}){behind}" for option in self._options] or [self.pattern]
        inside = self._inside is not None
        flags = self.compiled.flags
        known = [beginnings_of(option, flags, inside=inside) for option in options]
        if None in known or (not self._options and known[0] and known[0].anywhere):
            return []
        return [one for one in known if one is not None]

    def _made(self, word: str) -> Matcher:
        """What tries the options that may begin at a word; all of them for no word (a mark)."""
        if len(self._matchers) >= _MOST_MATCHERS:
            self._matchers.clear()
            self._parts.clear()
        odd = not word or not (word.isascii() or not ODD.search(word))
        found = self._matchers[word] = self.compiled.match if odd else self._of_some(word)
        return found

    def _of_some(self, word: str) -> Matcher:
        bits = self._table.bits(word)
        found = self._parts.get(bits)
        if found is None:
            found = self._parts[bits] = self._compiled(bits)
        return found

    def _compiled(self, bits: int) -> Matcher:
        options = [option for n, option in enumerate(self._options) if bits >> n & 1]
        if len(options) * 2 > len(self._options):
            return self.compiled.match
        before, behind = self._around
        joined = "|".join(f"(?:{option})" for option in options)
        return re.compile(f"{before}(?:{joined}){behind}", self.compiled.flags).match

    def _match(self, text: str, at: int = 0, *end: int) -> re.Match[str] | None:
        token = None if end else _TOKEN.match(text, at)
        if token is None:
            return self.compiled.match(text, at, *end)
        word = token[0]
        if not self._may_begin(word):
            return None
        return (self._matchers.get(word) or self._made(word))(text, at)

    def _fullmatch(self, text: str) -> re.Match[str] | None:
        token = _TOKEN.match(text)
        if token is not None and not self._may_begin(token[0]):
            return None
        return self.compiled.fullmatch(text)

    def _may_begin(self, word: str) -> bool:
        return bool(bits_of(word) & self.bit) or not (word.isascii() or not ODD.search(word))

    def search(self, text: str, *span: int) -> re.Match[str] | None:
        """Find the first match; `span` is where to look, as `re` takes it."""
        places = None if span else self.places(text)
        if places is None:
            return self.compiled.search(text, *span)
        matchers, whole = self._matchers.get, None if self._apart else self.compiled.match
        for start, word in places:
            match = (whole or matchers(word) or self._made(word))(text, start)
            if match is not None:
                return match
        return None

    def finditer(self, text: str, *span: int) -> Iterator[re.Match[str]]:
        """Find all matches, none overlapping; `span` is where to look, as `re` takes it."""
        places = self.places(text, *span)
        if places is None:
            return self.compiled.finditer(text, *span)
        if span:
            return iter(self._in_part(text, places, *span))
        if not places:
            return _NOTHING
        found = []
        end = 0
        matchers, whole = self._matchers.get, None if self._apart else self.compiled.match
        for start, word in places:
            if start >= end:
                match = (whole or matchers(word) or self._made(word))(text, start)
                if match is not None:
                    found.append(match)
                    end = match.end()
        return iter(found)

    def _in_part(
        self, text: str, places: Places, first: int, last: int = sys.maxsize
    ) -> list[re.Match[str]]:
        """Find the matches in a part of a text: a word that its end cuts may begin anything."""
        cut = _cut_word(text, first, last)
        starts = [start for start, _ in places]
        if cut is not None and cut not in starts:
            starts = sorted([*starts, cut])
        found = []
        end = 0
        for start in starts:
            if start >= end:
                match = self.compiled.match(text, start, last)
                if match is not None:
                    found.append(match)
                    end = match.end()
        return found

    def findall(self, text: str) -> list[Any]:
        """Give the words of all matches; their groups where the pattern has some."""
        if self.compiled.groups:
            return self.compiled.findall(text)
        return [match[0] for match in self.finditer(text)]

    def places(self, text: str, first: int = 0, last: int = sys.maxsize) -> Places | None:
        """Where in a text a match may begin, in order; None where `re` itself must look.

        `first` and `last` are offsets between which it begins.
        """
        return self._between(text, first, last) if first or last < sys.maxsize else self._places(text)

    def _places(self, text: str) -> Places | None:
        bit = self.bit
        if not bit or len(text) < _SHORT:
            return None
        words = words_of(text)
        if words is None:
            return None
        places = words.places(bit) if words.any & bit else _NOWHERE
        if self.marks:
            marks = [(at, "") for mark in self.marks if mark in text for at in _all(mark, text)]
            places = sorted(places + marks) if marks else places
        if self._inside is not None:
            within = [(at, "") for at in _inside_words(self._inside, text)]
            places = sorted(places + within) if within else places
        return places

    def _between(self, text: str, first: int, last: int) -> Places | None:
        """Where a match may begin between two offsets; a text is often asked part by part."""
        known, places = self._last
        if known is not text:
            found = self._places(text)
            if found is None:
                return None
            places = found
            self._last = (text, places)
        if first or last < len(text):
            places = places[bisect_left(places, (first,)) : bisect_left(places, (last,))]
        return places


@lru_cache(maxsize=16)
def _inside_words(pattern: re.Pattern[str], text: str) -> tuple[int, ...]:
    return tuple(match.start() for match in pattern.finditer(text))


def _all(mark: str, text: str) -> Iterator[int]:
    at = text.find(mark)
    while at >= 0:
        yield at
        at = text.find(mark, at + 1)


def _cut_word(text: str, first: int, last: int) -> int | None:
    """Where the word begins that the end of a part of a text cuts through, if it does."""
    if last >= len(text) or not _TOKEN.match(text, last):
        return None
    at = last
    while at > first and _TOKEN.match(text, at - 1):
        at -= 1
    return at if at < last else None


class FirstLook:
    """Tells by one look at a text which of several patterns may match in it."""

    def __init__(self, patterns: Mapping[str, WordPattern]) -> None:
        self._patterns = tuple(patterns.items())
        self._bits = sum(one.bit for one in patterns.values())
        self._untold = any(not one.bit for one in patterns.values())
        self._marks = frozenset(mark for one in patterns.values() for mark in one.marks)

    def possible(self, text: str) -> list[tuple[str, WordPattern]]:
        """Patterns that may match, with their names, in the order given; often none."""
        words = words_of(text)
        if words is None:
            return list(self._patterns)
        may = words.any
        marked = any(mark in text for mark in self._marks)
        if not (may & self._bits or marked or self._untold):
            return []
        return [
            (name, one)
            for name, one in self._patterns
            if may & one.bit or not one.bit or (marked and one.marks)
        ]

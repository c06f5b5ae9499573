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
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, reduce
from itertools import accumulate, chain
from operator import or_
from typing import Any, Protocol

from ingest.extract._beginnings import MOST, ODD, Beginnings, beginnings_of

_SHORT = 48  # characters of a text below which `re` is as fast
_NOWHERE: Sequence[int] = ()

_TOKEN = re.compile(r"\w+")
_WORDS = re.compile(r"(\w+)")

_ONE: dict[str, int] = {}
_TWO: dict[str, int] = {}
_FOUR: dict[str, int] = {}
"""First letters of words to the patterns that may begin with them, one bit each."""

_ENTERED: list[Beginnings] = []


def _entered(beginnings: Beginnings) -> int:
    """Enter a pattern into the tables, and give its bit."""
    bit = 1 << len(_ENTERED)
    _ENTERED.append(beginnings)
    for table, known in ((_ONE, beginnings.one), (_TWO, beginnings.two), (_FOUR, beginnings.four)):
        for letters in known:
            table[letters] = table.get(letters, 0) | bit
    for remembered in (_bits, _looked):
        remembered.cache_clear()
    return bit


@lru_cache(maxsize=32_768)
def _bits(word: str) -> int:
    """Patterns that may begin at a word, one bit each."""
    low = word[:MOST].lower()
    return _FOUR.get(low, 0) | _TWO.get(low[:2], 0) | _ONE.get(low[0], 0) | _ONE.get(word[0], 0)


def is_odd(text: str) -> bool:
    """Whether `re` must look at a text itself."""
    return not text.isascii() and ODD.search("".join(_NO_ASCII.findall(text))) is not None


_NO_ASCII = re.compile(r"[^\x00-\x7f]+")


class _Looked(str):
    """A text that keeps where its words are and what may begin at each, once it is asked.

    Patterns made after that are not among them: `re` itself looks for those.
    """

    absent = 0  # patterns that begin nowhere in it, one bit each; none before it is looked up
    _known: int | None = None  # the patterns that it was looked up for: none for an odd text
    _at: list[int]  # where each word begins, in order
    _ends: list[int]  # where it ends
    _of: list[int]  # the patterns that may begin there

    def places(self, bits: int) -> Sequence[int] | None:
        """Where a pattern of these bits may begin; None where `re` itself must look."""
        known = self.known()
        if self.absent & bits == bits:
            return _NOWHERE
        return self._found(bits) if known & bits == bits else None

    def known(self) -> int:
        """Look up the words, and give the patterns that are known to begin somewhere or not."""
        if self._known is None:
            self._look_up()
        return self._known or 0

    def _found(self, bits: int) -> Sequence[int]:
        return [at for at, known in zip(self._at, self._of, strict=True) if known & bits]

    def _look_up(self) -> None:
        if is_odd(self):
            self._known = 0
            return
        self._known = (1 << len(_ENTERED)) - 1
        pieces = _WORDS.split(self)  # what stands between, a word, what stands between, ...
        ends = list(accumulate(map(len, pieces)))
        self._at, self._ends = ends[:-1:2], ends[1::2]
        self._of = [_bits(word) for word in pieces[1::2]]
        self.absent = self._known & ~reduce(or_, self._of, 0)


@lru_cache(maxsize=256)
def _looked(text: str) -> _Looked:
    return _Looked(text)


class Indexed(_Looked):
    """A text whose words are looked up once, for every part that is cut from it with `part`."""

    spans: Sequence[tuple[int, int]] = ()  # offsets between which words are blanked out
    _groups: dict[int, list[int]]  # where the words are at which the same patterns may begin
    _asked: dict[int, Sequence[int]]  # where a pattern may begin, for those that were asked for
    _cuts: dict[tuple[int, int], tuple[list[int], list[int], int]]  # the words of its parts

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

    def words(self, start: int, end: int) -> tuple[list[int], list[int], int]:
        """Where the words between two offsets are, what may begin there, and what does not.

        Of a word that an offset cuts through the piece between them counts.
        """
        found = self._cuts.get((start, end))
        if found is None:  # several rules cut out the same clause
            at, of = self._between(start, end)
            found = at, of, (self._known or 0) & ~reduce(or_, of, 0)
            self._cuts[start, end] = found
        return found

    def _between(self, start: int, end: int) -> tuple[list[int], list[int]]:
        first, last = bisect_left(self._at, start), bisect_left(self._at, end)
        cut = first > 0 and start < min(end, self._ends[first - 1])
        first -= cut
        at, of = self._at[first:last], self._of[first:last]
        if cut:
            at[0], of[0] = start, _bits(self[start : min(end, self._ends[first])])
        if at and self._ends[last - 1] > end:
            of[-1] = _bits(self[at[-1] : end])
        return at, of

    def _look_up(self) -> None:
        super()._look_up()
        if self._known:
            self._group()

    def _group(self) -> None:
        self._asked, self._cuts, self._groups = {}, {}, {}
        for at, bits in zip(self._at, self._of, strict=True):
            self._groups.setdefault(bits, []).append(at)

    def _found(self, bits: int) -> Sequence[int]:
        found = self._asked.get(bits)
        if found is None:
            words = [at for known, at in self._groups.items() if known & bits]
            found = words[0] if len(words) == 1 else sorted(chain.from_iterable(words))
            self._asked[bits] = found
        return found


class _Blanked(Indexed):
    """A text without some words of another, which has looked up those that are left."""

    whole: Indexed

    def _look_up(self) -> None:
        self._known = self.whole.known()
        if not self._known:  # odd, which may be for the words that are blanked out
            super()._look_up()
            return
        at, of, ends = [*self.whole._at], [*self.whole._of], [*self.whole._ends]
        for start, end in reversed(self.spans):
            inside = slice(bisect_left(at, start), bisect_left(at, end))
            del at[inside], of[inside], ends[inside]
        self._at, self._of, self._ends = at, of, ends
        self._group()
        self.absent = self._known & ~reduce(or_, self._groups, 0)


class Part(_Looked):
    """A part of an `Indexed` text, beginning at `first`; its words are those of the whole."""

    whole: Indexed
    first: int

    def part(self, start: int, end: int) -> Part:
        """Give ``text[start:end]``, which looks up its words in the whole text."""
        start, end, _ = slice(start, end).indices(len(self))
        return self.whole.part(self.first + start, self.first + max(start, end))

    def _look_up(self) -> None:
        self._known = self.whole.known()
        if self._known:
            self._at, self._of, self.absent = self.whole.words(self.first, self.first + len(self))
        else:
            super()._look_up()

    def _found(self, bits: int) -> Sequence[int]:
        first = self.first if self.whole._known else 0
        return [at - first for at, known in zip(self._at, self._of, strict=True) if known & bits]


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
        told = beginnings_of(compiled)
        self.marks = tuple(told.first.marks) if told.first else ()
        rare, self._common, self._behind = (
            _entered(one) if one else 0 for one in (told.rare, told.common, told.behind)
        )
        self._rare = rare or (_entered(told.first) if told.first and not self._behind else 0)
        self._begin = self._rare | self._common if told.first else 0
        self.need = self._rare | self._behind or -1
        """Bits of which a text that is looked up has one wherever the pattern matches."""
        if self.marks and not self._behind:
            self.need = -1

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
        if not span and getattr(text, "absent", 0) & self.need == self.need:
            return iter(())
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
        looked = isinstance(text, _Looked)
        if not self._begin:
            told = looked and last >= len(text) and text.places(self.need) == _NOWHERE
            return _NOWHERE if told else None
        if len(text) < _SHORT and not looked:
            return None
        words = text if looked else _looked(text)
        marks = self.marks
        if not self._behind or (last < len(text) and _cut_word(text, 0, last)):
            places = words.places(self._begin)
        else:
            places = words.places(self._rare) if self._rare else _NOWHERE
            behind = words.places(self._behind)  # most often no such word is there
            if behind is None or places is None:
                return None
            if behind:
                led = _leading_to(behind, words.places(self._common) or ())
                places = sorted({*places, *led}) if places and led else places or led
            else:  # nor does a match begin with a mark
                marks = ()
        if places is None or not (first or marks or last < len(text)):
            return places
        if first or last < len(text):
            places = places[bisect_left(places, first) : bisect_left(places, last)]
        for mark in marks:
            if mark in text:
                places = sorted([*places, *_places_of(mark, text, first, last)])
        return places


REACH = 400
"""Characters within which a match comes to its rarest word: what stands before is a few words."""


def _leading_to(hints: Sequence[int], places: Sequence[int]) -> Sequence[int]:
    """Of the places where a pattern may begin, those with a word of `hints` within reach."""
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
        self._needs = reduce(or_, (one.need for one in patterns.values()), 0)

    def possible(self, text: str) -> list[tuple[str, WordPattern]]:
        """Patterns that may match, with their names, in the order given; often none."""
        words = text if isinstance(text, _Looked) else _looked(text)
        words.known()
        absent = words.absent
        if absent & self._needs == self._needs:
            return []
        return [one for one in self._patterns if absent & one[1].need != one[1].need]

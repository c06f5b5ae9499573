"""The words of a text: where each begins, and which patterns may begin there.

They are looked up once, for all patterns and for every part that is cut from the text.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache, reduce
from itertools import accumulate
from operator import or_
from threading import Lock

from ingest.extract._beginnings import MOST, ODD, Beginnings

NOWHERE: Sequence[int] = ()

_WORDS = re.compile(r"(\w+)")

_ONE: dict[str, int] = {}
_TWO: dict[str, int] = {}
_FOUR: dict[str, int] = {}
_SIX: dict[str, int] = {}
"""First letters of words to the patterns that may begin with them, one bit each."""

_ENTERED: list[int] = []
"""The bits of patterns, in the order in which they were made."""

_ENTERING = Lock()  # two threads may make patterns at a time


def entered(beginnings: Beginnings | None) -> int:
    """Enter a pattern into the tables, and give its bit; 0 for none."""
    if beginnings is None:
        return 0
    known = (beginnings.one, beginnings.two, beginnings.four, beginnings.six)
    with _ENTERING:
        bit = 1 << len(_ENTERED)
        for table, several in zip((_ONE, _TWO, _FOUR, _SIX), known, strict=True):
            for letters in several:
                table[letters] = table.get(letters, 0) | bit
        _ENTERED.append(bit)  # at last: what counts them has all their letters
    return bit


@lru_cache(maxsize=32_768)
def _bits(word: str, count: int) -> int:
    """Which of the first `count` patterns may begin at a word, one bit each."""
    low = word[:MOST].lower()
    begun = _SIX.get(low, 0) | _FOUR.get(low[:4], 0) | _TWO.get(low[:2], 0)
    return (begun | _ONE.get(low[0], 0) | _ONE.get(word[0], 0)) & (1 << count) - 1


def is_odd(text: str) -> bool:
    """Whether `re` must look at a text itself."""
    return not text.isascii() and ODD.search("".join(_NO_ASCII.findall(text))) is not None


_NO_ASCII = re.compile(r"[^\x00-\x7f]+")


class Looked(str):
    """A text that keeps where its words are and what may begin at each, once it is asked.

    Patterns made after that are not among them: `re` itself looks for those.
    """

    absent = 0  # patterns that begin nowhere in it, one bit each; none before it is looked up
    _count: int | None = None  # the patterns that it was looked up for: none for an odd text
    _at: list[int]  # where each word begins, in order
    _ends: list[int]  # where it ends
    _of: list[int]  # the patterns that may begin there

    def knows(self, bits: int) -> bool:
        """Whether it is known where patterns begin; the words are looked up when first asked."""
        if self._count is None:
            self._look_up()
        return not bits >> (self._count or 0)

    def places(self, bits: int) -> Sequence[int]:
        """Where a pattern of these bits, which it `knows`, may begin."""
        return NOWHERE if self.absent & bits == bits else self._found(bits)

    def led(self, rare: int, common: int, behind: int) -> Sequence[int]:
        """Where a pattern may begin: at its rare words, and at common ones before others."""
        found = self.places(rare)
        hints = self.places(behind)  # most often there is none
        if not hints:
            return found
        before = _leading_to(hints, self.places(common))
        return sorted({*found, *before}) if found and before else found or before

    def _found(self, bits: int) -> Sequence[int]:
        return [at for at, known in zip(self._at, self._of, strict=True) if known & bits]

    def _look_up(self) -> None:
        if is_odd(self):
            self._count = 0
            return
        count = self._count = len(_ENTERED)
        pieces = _WORDS.split(self)  # what stands between, a word, what stands between, ...
        ends = list(accumulate(map(len, pieces)))
        self._at, self._ends = ends[:-1:2], ends[1::2]
        self._of = [_bits(word, count) for word in pieces[1::2]]
        self.absent = (1 << count) - 1 & ~reduce(or_, self._of, 0)


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


@lru_cache(maxsize=256)
def looked(text: str) -> Looked:
    """Give a text that is looked up."""
    return Looked(text)


_ASKED: list[int] = []
"""Bits that whole texts were asked for: their places are told together in any later text."""


@lru_cache(maxsize=8_192)
def _asked_among(bits: int, count: int) -> tuple[int, ...]:
    """Which of the first `count` questions are about one of these patterns."""
    return tuple(asked for asked in _ASKED[:count] if asked & bits)


class Indexed(Looked):
    """A text whose words are looked up once, for every part that is cut from it with `part`."""

    _few = 20  # patterns that are looked for one by one, before it is done for all at once
    spans: Sequence[tuple[int, int]] = ()  # offsets between which words are blanked out
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
            found = at, of, (1 << (self._count or 0)) - 1 & ~reduce(or_, of, 0)
            self._cuts[start, end] = found
        return found

    def _between(self, start: int, end: int) -> tuple[list[int], list[int]]:
        first, last = bisect_left(self._at, start), bisect_left(self._at, end)
        cut = first > 0 and start < min(end, self._ends[first - 1])
        first -= cut
        at, of = self._at[first:last], self._of[first:last]
        if cut:
            at[0] = start
            of[0] = _bits(self[start : min(end, self._ends[first])], self._count or 0)
        if at and self._ends[last - 1] > end:
            of[-1] = _bits(self[at[-1] : end], self._count or 0)
        return at, of

    def _look_up(self) -> None:
        super()._look_up()
        self._asked, self._cuts = {}, {}

    def _found(self, bits: int) -> Sequence[int]:
        found = self._asked.get(bits)
        if found is None and len(self._asked) == self._few:
            self._answer_all()
            found = self._asked.get(bits)
        if found is None:
            found = self._asked[bits] = super()._found(bits)
            if bits not in _ASKED:
                _ASKED.append(bits)
        return found

    def _answer_all(self) -> None:
        count, known = len(_ASKED), self._count or 0
        told: dict[int, list[int]] = {bits: [] for bits in _ASKED[:count] if not bits >> known}
        every = reduce(or_, told, 0)
        for at, bits in zip(self._at, self._of, strict=True):
            for asked in _asked_among(bits & every, count):
                if asked in told:
                    told[asked].append(at)
        self._asked.update(told)


class _Blanked(Indexed):
    """A text without some words of another, which has looked up those that are left."""

    whole: Indexed
    _few = 0  # most rules read this one

    def _look_up(self) -> None:
        if not self.whole.knows(1):  # odd, which may be for the words that are blanked out
            super()._look_up()
            return
        count = self._count = self.whole._count or 0
        at, of, ends = [*self.whole._at], [*self.whole._of], [*self.whole._ends]
        for start, end in reversed(self.spans):
            inside = slice(bisect_left(at, start), bisect_left(at, end))
            del at[inside], of[inside], ends[inside]
        self._at, self._of, self._ends = at, of, ends
        self._asked, self._cuts = {}, {}
        self.absent = (1 << count) - 1 & ~reduce(or_, of, 0)


class Part(Looked):
    """A part of an `Indexed` text, beginning at `first`; its words are those of the whole."""

    whole: Indexed
    first: int
    _by = 0  # what its words are moved by

    def part(self, start: int, end: int) -> Part:
        """Give ``text[start:end]``, which looks up its words in the whole text."""
        start, end, _ = slice(start, end).indices(len(self))
        return self.whole.part(self.first + start, self.first + max(start, end))

    def _look_up(self) -> None:
        if not self.whole.knows(1):
            super()._look_up()
            return
        self._count, self._by = self.whole._count, self.first
        self._at, self._of, self.absent = self.whole.words(self.first, self.first + len(self))

    def _found(self, bits: int) -> Sequence[int]:
        by = self._by
        return [at - by for at, known in zip(self._at, self._of, strict=True) if known & bits]

    def led(self, rare: int, common: int, behind: int) -> Sequence[int]:
        """Where a pattern may begin: at its rare words, and at common ones before others."""
        absent = self.absent
        if absent & behind == behind:
            return NOWHERE if absent & rare == rare else self._found(rare)
        if absent & common == common:
            return self._found(rare)
        last = len(self._of) - 1
        while not self._of[last] & behind:
            last -= 1
        told, by = self._at[last], self._by
        begun = rare | common
        return [
            at - by
            for at, known in zip(self._at, self._of, strict=True)
            if known & begun and (at <= told or known & rare)
        ]


def part_of(text: str, start: int, end: int) -> str:
    """Give ``text[start:end]``, with its words known where those of the text are."""
    return text.part(start, end) if isinstance(text, Indexed | Part) else text[start:end]


def cut_word(text: str, first: int, last: int = sys.maxsize) -> list[int]:
    """Where the word begins that the end of a part of a text cuts through, if it does."""
    if last >= len(text) or not _in_word(text[last]):
        return []
    at = last
    while at > first and _in_word(text[at - 1]):
        at -= 1
    return [at] if at < last else []


def _in_word(letter: str) -> bool:
    r"""What ``\w`` is for `re`."""
    return letter.isalnum() or letter == "_"

"""What a rule of the date reader is: a pattern, the function that reads it, what it gives.

Every rule sees the whole text; where two readings overlap, `find_dates` keeps the longer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from geodata.precision import DatePrecision
from ingest.extract._word_pattern import WordPattern, cut_word, is_odd
from ingest.extract.dates_calendar import (
    Span,
    days,
    months_back,
    shifted,
    week,
    weekday_after,
    weekday_before,
)
from ingest.extract.dates_words import PLANNED

_PLANNED = re.compile(PLANNED, re.IGNORECASE)
_CLAUSE_END = re.compile(r"[.;:,\n!?]\s|\n|\b(?:after|when|while|and|but)\b")


@dataclass(frozen=True, slots=True)
class Anchor:
    """Distance from another date that the text tells: `amount` units, negative for earlier.

    `unit` is ``hour``, ``day``, ``week``, ``month``, ``year``, or ``weekday``: the next one (or
    the one before, for an `amount` of -1) that is `weekday`, Monday being 0.
    """

    unit: str
    amount: int
    weekday: int = 0


@dataclass(frozen=True, slots=True)
class DateHit:
    """A date named in a text: offsets, first and last possible day, class, how it was told.

    `relative`: needed the day of publication. `plan`: told as still to come. A hit with an
    `anchor` has no days of its own. With precision ``unknown``, `last` is the latest possible
    day where one is known.
    """

    start: int
    end: int
    first: date | None
    last: date | None
    precision: DatePrecision
    relative: bool
    plan: bool = False
    anchor: Anchor | None = None

    @property
    def anchored(self) -> bool:
        """Whether the text tells it relative to another date; see `from_anchor`."""
        return self.anchor is not None

    def from_anchor(self, first: date | None, last: date | None = None) -> DateHit:
        """Place an anchored hit by the date that it hangs on; unknown where that is unknown."""
        if self.anchor is None or first is None:
            return self
        span = _moved(self.anchor, first, last or first)
        return replace(self, first=span.first, last=span.last, precision=span.precision)


def _moved(anchor: Anchor, first: date, last: date) -> Span:
    movers: dict[str, Callable[[], Span]] = {
        "hour": lambda: days(first, last),
        "day": lambda: days(shifted(first, anchor.amount), shifted(last, anchor.amount)),
        "weekday": lambda: days(_to_weekday(anchor, first, last)),
        "week": lambda: week(first, -anchor.amount),
        "month": lambda: months_back(first, -anchor.amount),
        "year": lambda: Span(
            shifted(first, 365 * anchor.amount),
            shifted(last, 365 * anchor.amount),
            DatePrecision.YEAR,
        ),
    }
    return movers[anchor.unit]()


def _to_weekday(anchor: Anchor, first: date, last: date) -> date:
    if anchor.amount > 0:
        return weekday_after(anchor.weekday, last)
    return weekday_before(anchor.weekday, shifted(first, -1))


@dataclass(frozen=True, slots=True)
class Context:
    """The text, its day of publication, and how numeric dates are read."""

    text: str
    published: date | None
    day_first: bool

    def planned(self, at: int) -> bool:
        """Whether the clause before a place in the text speaks of the future."""
        before = self.text[max(0, at - 120) : at]
        clause = before
        for end in _CLAUSE_END.finditer(before):
            clause = before[end.end() :]
        return _PLANNED.search(clause) is not None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a rule read: the days, whether they needed the day of publication, a plan, a link."""

    span: Span
    relative: bool = True
    plan: bool = False
    anchor: Anchor | None = None


Reader = Callable[["re.Match[str]", Context], Reading | None]


@dataclass(frozen=True, slots=True, eq=False)
class Near:
    """What no match of a rule goes without: plain words in any case, or else a pattern."""

    words: tuple[str, ...]
    pattern: re.Pattern[str]

    def places(self, text: str, lower: str | None) -> Iterable[tuple[int, int]]:
        """Where it stands in a text, in order; `lower` is the text in small letters."""
        if lower is None or not self.words:
            return (match.span() for match in self.pattern.finditer(text))
        return sorted(place for word in self.words for place in _all_of(word, lower))


def _all_of(word: str, text: str) -> Iterator[tuple[int, int]]:
    at = text.find(word)
    while at >= 0:
        yield at, at + len(word)
        at = text.find(word, at + 1)


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern with its reader; it is tried only around the words that `near` finds.

    Of these stretches those are passed over in which `core` finds nothing.
    """

    pattern: WordPattern
    near: Near | None
    core: re.Pattern[str] | None
    read: Reader


_BEFORE, _AFTER = 90, 80  # characters around a word of `near` that any pattern stays within


def rule(
    rules: list[Rule], pattern: str, near: str = "", core: str = ""
) -> Callable[[Reader], Reader]:
    """Register the function below as the reader of a pattern.

    `near` finds quickly where the pattern may match at all: words that no match goes without.
    `core` is a larger piece of every match, for a pattern that is slow to try.
    """
    hint = _near(near) if near else None
    compiled = WordPattern(re.compile(pattern))

    def register(reader: Reader) -> Reader:
        rules.append(Rule(compiled, hint, re.compile(core) if core else None, reader))
        return reader

    return register


@lru_cache  # rules with the same words look for them together
def _near(expression: str) -> Near:
    plain = _PLAIN_WORDS.fullmatch(expression)
    return Near(tuple(plain[1].split("|")) if plain else (), re.compile(expression))


_PLAIN_WORDS = re.compile(r"\(\?i:([a-z'’]+,?(?:\|[a-z'’]+,?)*)\)")


def readings(rules: Sequence[Rule], context: Context) -> Iterator[DateHit]:
    """Every reading of every rule, overlapping ones too."""
    text = context.text
    lower = None if is_odd(text) else text.lower()
    windows = {near: _windows(near, text, lower) for near in {one.near for one in rules}}
    for one in rules:
        for first, last in windows[one.near]:
            if one.core is not None and not one.core.search(text, first, last):
                continue
            span = () if one.near is None else (first, last)
            for match in one.pattern.finditer(text, *span):
                reading = one.read(match, context)
                if reading is not None:
                    yield _hit(match, reading)


def _windows(near: Near | None, text: str, lower: str | None) -> list[tuple[int, int]]:
    if near is None:
        return [(0, len(text))]
    merged: list[tuple[int, int]] = []
    for start, end in near.places(text, lower):
        first, last = max(0, start - _BEFORE), end + _AFTER
        last -= sum(last - at for at in cut_word(text, end, last))  # at the end of a word
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], last)
        else:
            merged.append((first, last))
    return merged


def _hit(match: re.Match[str], reading: Reading) -> DateHit:
    text = match.group()
    return DateHit(
        start=match.start() + len(text) - len(text.lstrip()),
        end=match.end() - (len(text) - len(text.rstrip())),
        first=reading.span.first,
        last=reading.span.last,
        precision=reading.span.precision,
        relative=reading.relative,
        plan=reading.plan,
        anchor=reading.anchor,
    )


def unknown(context: Context) -> Reading:
    """Tell of a date that is known only to lie on or before publication."""
    return Reading(Span(None, context.published, DatePrecision.UNKNOWN))

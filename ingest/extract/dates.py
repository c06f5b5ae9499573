"""Dates in news text, read against the day of publication.

A bare weekday is the last one on or before publication; nothing lies after publication unless
the text plans it. What is told relative to another date ("a day earlier", "two days after the
raid") is marked by an `Anchor`, and `DateHit.from_anchor` places it.
"""

from __future__ import annotations

from bisect import bisect
from dataclasses import replace
from datetime import date

from ingest.extract import dates_full, dates_hijri, dates_months, dates_relative
from ingest.extract.dates_calendar import Span, clipped
from ingest.extract.dates_rules import Anchor, Context, DateHit, readings

__all__ = ["Anchor", "DateHit", "find_dates"]

RULES = (*dates_full.RULES, *dates_months.RULES, *dates_relative.RULES, *dates_hijri.RULES)
"""Every rule; where two readings overlap, the longer is kept."""

MAX_TEXT = 2_000_000
"""Characters of a text that are read for dates."""


def find_dates(text: str, published: date | None, *, day_first: bool = True) -> list[DateHit]:
    """Find the dates that a text names, left to right, none overlapping.

    Parameters
    ----------
    published
        Day of publication. Without it, relative dates are found with precision ``unknown`` and
        no days: they are never guessed.
    day_first
        Read 03/04/2021 as 3 April; a day above 12 decides by itself.
    """
    context = Context(text if len(text) <= MAX_TEXT else text[:MAX_TEXT], published, day_first)
    hits = sorted(readings(RULES, context), key=lambda hit: (hit.start - hit.end, hit.start))
    taken: list[DateHit] = []  # in the order of the text
    for hit in hits:
        at = bisect(taken, hit.start, key=lambda other: other.start)
        free_before = at == 0 or taken[at - 1].end <= hit.start
        if free_before and (at == len(taken) or hit.end <= taken[at].start):
            taken.insert(at, hit)
    return [_held(hit, published) for hit in taken]


def _held(hit: DateHit, published: date | None) -> DateHit:
    """Cut off days after publication, unless the text plans them; mark those that are planned."""
    if published is None or hit.first is None or hit.last is None:
        return hit
    if hit.first > published:
        return replace(hit, plan=True)
    span = clipped(Span(hit.first, hit.last, hit.precision), published)
    return replace(hit, last=span.last)

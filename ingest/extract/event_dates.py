"""Which of a clause's dates may be that of its event."""

from __future__ import annotations

import re
from dataclasses import replace

from geodata.precision import DatePrecision
from ingest.extract.context import Context
from ingest.extract.dates import DateHit


def event_dates(context: Context, start: int, end: int) -> tuple[DateHit, ...]:
    """Dates that may be an event's: neither of the report, nor planned, nor "since".

    "The toll in Friday's attack rose this morning": the day that owns the event is its day.
    """
    told = told_dates(context, start, end)
    owned = tuple(d for d in told if _OWNS.match(context.document.text, d.end))
    return owned or _of_the_deed(context, start, end, told)


def _of_the_deed(
    context: Context, start: int, end: int, told: tuple[DateHit, ...]
) -> tuple[DateHit, ...]:
    """ "Died on Monday of wounds he received on Friday": the Friday is the day of the deed."""
    if len(told) < 2:
        return told
    died = context.lexicon.pattern("cues.died_of").search(context.document.text, start, end)
    if died is None:
        return told
    return tuple(d for d in told if not died.start() < d.start < died.end()) or told


_OWNS = re.compile(
    r"['’]s?\s+(?:[\w-]+\s+){0,3}?(?:attacks?|blasts?|bombings?|explosions?|raids?|ambush|shootings?|"
    r"strikes?|assaults?|incidents?|violence|clash(?:es)?|killings?|massacre|encounter|operation)\b"
)


_ASIDE = re.compile(
    r",\san?\s(?:(?!\b(?:sa(?:id|ys)|told|announced|reported|confirmed|claimed|stated)\b)[^,;.]){2,30}?"
    r"\s(?:that|which|where|whose)\s[^,;.]*$"
)
"""Words before the date of an aside: "in Azzan, a town that the group ran in 2011"."""


def told_dates(context: Context, start: int, end: int) -> tuple[DateHit, ...]:
    """Dates between two offsets on which something happened, not on which it was told."""
    return tuple(
        told
        for d in context.dates_in(start, end)
        if d.start not in context.reporting
        and not d.plan
        and (told := _spanned(context, d)) is not None
        and not _ASIDE.search(context.document.text[start : d.start])
        and not any(p.start < d.end and d.start < p.end for p in context.parties_in(start, end))
    )


def _spanned(context: Context, hit: DateHit) -> DateHit | None:
    """ "Since Monday" opens a span of days up to the report; a longer one dates no event."""
    text = context.document.text
    lead = _SINCE.search(text[max(0, hit.start - 7) : hit.end])
    counted = _COUNTED.search(text, max(0, hit.start - 90), hit.start)
    if lead is None or (text.startswith(", when", hit.end) and not counted):
        return hit  # "the second since July, when 42 people were killed"
    told = context.document.published
    short = told is not None and hit.first is not None and (told - hit.first).days < WEEK
    if lead[0].lower() != "since" or not short or hit.precision is not DatePrecision.DAY:
        return None
    return replace(hit, last=told, precision=DatePrecision.RANGE)


_COUNTED = re.compile(r"\b(?:killed|died|dead|lives|deaths)\b")
_SINCE = re.compile(r"\b(?:since|until)\b", re.IGNORECASE)
WEEK = 7
"""Days within which "since Monday" is of one fight."""

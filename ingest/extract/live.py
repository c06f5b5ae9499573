"""Days that stand over what is told: heads of a digest, entries of a live page.

A live page's entries open with the time of day at which they were posted. One that names no day
tells of the day of the page, and its time of day is the evidence.
"""

from __future__ import annotations

import re

from geodata.precision import DatePrecision
from ingest.extract.context import Context
from ingest.extract.dates import DateHit

MIN_ENTRIES = 3
"""Times at the head of a line that make a page a live one."""

_STAMP = re.compile(
    r"[ \t>*•-]*\[?(?P<time>(?:[01]?\d|2[0-3])[:.h][0-5]\d)\]?(?=[\s\]–—:.|*-])"
)  # at the head of a line


def stamps(text: str) -> list[re.Match[str]]:
    """Times of day at the head of the lines of a live page; none for any other text."""
    found, at = [], 0
    while at >= 0:
        stamp = _STAMP.match(text, at)
        found += [stamp] if stamp else []
        at = text.find("\n", at) + 1 or -1
    return found if len(found) >= MIN_ENTRIES else []


def posted(context: Context, at: int) -> DateHit | None:
    """Day on which the entry at an offset was posted, with its time of day as the words."""
    published = context.document.published
    if published is None:
        return None
    before = [s for s in stamps(context.document.text) if s.start() <= at]
    if not before:
        return None
    last = before[-1]
    return DateHit(
        last.start("time"), last.end("time"), published, published, DatePrecision.DAY, True
    )


def headed(context: Context, at: int) -> DateHit | None:
    """The day that stands alone on a line over an offset, as in the digest of a day.

    One such line that names the day of publication only dates the report, if it is no list.
    """
    heads = [d for d in context.dates if _is_head(context, d)]
    before = [d for d in heads if d.end <= at]
    if not before:
        return None
    only = len(heads) == 1 and before[0].first == context.document.published
    if only and len(_MARKED.findall(context.document.text, before[0].end)) < MIN_ENTRIES:
        return None
    return before[-1]


_MARKED = re.compile(r"^[ \t]*(?:[-*•▪●]|\*\*[^*\n]{2,40}:\*\*)[ \t]+\S", re.MULTILINE)
"""Lines of a list: with a mark, or with a label in bold letters."""


def _is_head(context: Context, hit: DateHit) -> bool:
    """Whether a day is all that its line says."""
    if hit.precision is not DatePrecision.DAY or hit.plan or hit.first is None:
        return False
    text = context.document.text
    begin = text.rfind("\n", 0, hit.start) + 1
    end = text.find("\n", hit.end)
    line = text[begin : hit.start] + text[hit.end : end if end >= 0 else len(text)]
    return len(line) <= MAX_MARKS and not _LETTER.search(line)


MAX_MARKS = 8
"""Characters beside a day that is the head of what follows: "** Monday, 3 June: **"."""

_LETTER = re.compile(r"[^\W_]")

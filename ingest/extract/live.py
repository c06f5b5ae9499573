"""Live pages: entries that open with the time of day at which they were posted.

An entry that names no day tells of the day of the page, and its time of day is the evidence.
"""

from __future__ import annotations

import re

from geodata.precision import DatePrecision
from ingest.extract.context import Context
from ingest.extract.dates import DateHit

MIN_ENTRIES = 3
"""Times at the head of a line that make a page a live one."""

_STAMP = re.compile(
    r"^[ \t>*•-]*\[?(?P<time>(?:[01]?\d|2[0-3])[:.h][0-5]\d)\]?(?=[\s\]–—:.|-])", re.MULTILINE
)


def stamps(text: str) -> list[re.Match[str]]:
    """Times of day at the head of the lines of a live page; none for any other text."""
    found = list(_STAMP.finditer(text))
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

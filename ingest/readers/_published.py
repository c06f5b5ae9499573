"""Day of publication that a text states itself: "Published: 31 August 2021", or a dateline."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from geodata.precision import DatePrecision
from ingest.extract.dates import find_dates

_STATED = re.compile(
    r"^[^\S\n]*(?:first\s+)?(?:published|posted|publication date|date published|date|updated"
    r"|last updated|last modified)\b(?:\s+(?:on|at))?[^\S\n]*[:\-–|]?[^\S\n]*(?P<when>.{4,80})$",
    re.IGNORECASE | re.MULTILINE,
)
_DATELINE = re.compile(
    r"^(?:[^\S\n]*[A-Z][^\n.!?]{0,60}?[,(]\s*)?(?P<when>[^\n]{6,60}?)\s*(?:\([^)\n]{1,30}\)\s*)?(?:[-–—:]|$)",
    re.MULTILINE,
)
_HEAD = 1_500  # characters: a dateline stands in the first paragraphs


def read_day(text: str, *, whole: bool = False) -> date | None:
    """Read a full date with its year in any common form; None where there is none.

    Parameters
    ----------
    whole
        Nothing but the date (and a time or weekday) may stand in the text.
    """
    text = text.strip()
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return parse(text).date()
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    for hit in find_dates(text, None):
        if hit.precision is DatePrecision.DAY and hit.first is not None and not hit.relative:
            rest = text[: hit.start] + text[hit.end :]
            if not whole or not re.search(r"[A-Za-z]{4,}", rest):
                return hit.first
    return None


def published_in(text: str) -> date | None:
    """Find the day of publication that a text states: a "Published:" line, or a dateline."""
    stated = _STATED.search(text)
    if stated is not None:
        found = read_day(stated["when"])
        if found is not None:
            return found
    for match in _DATELINE.finditer(text[:_HEAD]):
        found = read_day(match["when"], whole=True)
        if found is not None:
            return found
    return None

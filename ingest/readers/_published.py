"""Day of publication that a text states itself: "Published: 31 August 2021", or a dateline."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from geodata.precision import DatePrecision
from ingest.extract.dates import find_dates

_STATED = re.compile(
    r"^[^\S\n]*(?:first\s+)?(?:published|posted|publication date|date published|date|updated"
    r"|last updated|last modified)\b(?:\s+(?:on|at))?[^\S\n]*[:\-–|]?[^\S\n]*(?P<when>.{4,80})$",
    re.IGNORECASE | re.MULTILINE,
)
_DATELINE = re.compile(  # "KABUL, July 10, 2018 (AM) -", "KULD, Loria (FW), 31 Aug 2021:"
    r"^[^\S\n]*[^\W\d_a-z][^\W\d_a-z .'’/-]+[,(][^\n]{4,90}?(?:\s[-–—]|—|:\s)", re.MULTILINE
)
_LINE = re.compile(r"^[^\S\n]*(?P<when>[^\n]{6,60})$", re.MULTILINE)
_HEAD = 1_500  # characters: a dateline stands in the first paragraphs


_PARSERS: tuple[Callable[[str], datetime], ...] = (
    datetime.fromisoformat,
    parsedate_to_datetime,  # the dates of feeds and mails (RFC 5322)
)


def read_day(text: str, *, whole: bool = False) -> date | None:
    """Read a full date with its year in any common form; None where there is none.

    Parameters
    ----------
    whole
        Nothing but the date (and a time or weekday) may stand in the text.
    """
    text = text.strip()
    for parse in _PARSERS:
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
    head = text[:_HEAD]
    dateline = _DATELINE.search(head)
    found = read_day(dateline.group()) if dateline else None
    if found is not None:
        return found
    alone = (read_day(match["when"], whole=True) for match in _LINE.finditer(head))
    return next((day for day in alone if day is not None), None)

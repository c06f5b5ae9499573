"""How a report writes numeric dates: 03/04/2021 is 3 April, or 4 March.

The text decides where it can; else the country of its outlet does. Source of the countries that
put months first: Unicode CLDR 45, short date formats of en-US, en-PH, es-PA, es-PR.
"""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

from geodata.actors import countries
from geodata.incident import Document
from ingest.extract.lexicon import load

MONTH_FIRST = frozenset({"United States", "Philippines", "Panama", "Puerto Rico"})
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_DIGITS = re.compile(r"\d[/.-]\d{1,2}[/.-]\d")  # told faster: most reports have none
_CODED = re.compile(r"\s*\d{1,2}/\d{1,2}/\d{4}\s*:")
_DOMAINS = {"us": "United States", "gov": "United States", "mil": "United States"}


def is_day_first(text: str, document: Document) -> bool:
    """Whether numeric dates of a report put the day first.

    A second number above 12 shows that months come first, a first one above 12 that days do; so
    does a date that would lie after publication, and the form of a coded summary
    ("05/12/2014: Assailants ..."). Otherwise the outlet's country decides, then the day is first.
    """
    if _CODED.match(text):
        return False
    for first, second, year in _NUMERIC.findall(text) if _DIGITS.search(text) else ():
        if int(second) > 12 or int(first) > 12:
            return int(second) <= 12
        if _after((int(year), int(second), int(first)), document.published):
            return False
    if load("en").pattern("sources.month_first").search(document.outlet):
        return False
    return outlet_country(document) not in MONTH_FIRST


def _after(day: tuple[int, int, int], published: date | None) -> bool:
    if published is None or day[0] > published.year:
        return False
    return day > (published.year, published.month, published.day)


def outlet_country(document: Document) -> str | None:
    """Country that an outlet's name or its web address names, or None."""
    words = document.outlet.split()
    for size in (3, 2, 1):
        for at in range(len(words) - size + 1):
            found = countries()[" ".join(words[at : at + size]).strip(".,")]
            if found is not None:
                return found
    host = urlsplit(document.url).hostname or ""
    suffix = host.rsplit(".", 1)[-1]
    return _DOMAINS.get(suffix) or countries()[suffix.upper()]

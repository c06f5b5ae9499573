"""Quantities in words and digits: "five", "2,500", "dozens", "at least 12", "10 to 15"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.extract.lexicon import Lexicon

MAX_COUNT = 1_000_000
"""No incident has more; a longer run of digits is an identifier, not a count."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count and its bounds at offsets into the text read; `high` None where it is open."""

    start: int
    end: int
    low: int
    best: int
    high: int | None
    vague: bool = False


@lru_cache
def _pattern(lexicon: Lexicon) -> re.Pattern[str]:
    words = "|".join(sorted(lexicon.table("numbers.words"), key=len, reverse=True))
    vague = "|".join(
        w.replace(" ", r"\s+")
        for w in sorted(lexicon.table("numbers.vague"), key=len, reverse=True)
    )
    more = "|".join(lexicon.table("numbers.qualifiers.more_than"))
    number = (
        rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,7}}|(?:an?\s+)?(?:{words})"
        rf"(?:(?:[-\s]+|(?<=hundred)\s+and\s+|(?<=thousand)\s+and\s+)(?:{words}))*)"
    )
    return re.compile(
        rf"(?<![\w$£€.,/-])(?:(?P<more>{more})\s+|(?P<between>between)\s+)?"
        rf"(?:(?P<vague>{vague})(?=\W|$)|(?P<first>{number})(?P<open>\s*\+)?(?:\s*\(\s?\d{{1,5}}\s?\))?"
        rf"(?:\s*(?:-|–|to|or|(?(between)and))\s*(?P<second>{number}))?)"
        r"(?![\w%/]|[.,:]\d|-year|\s*(?:%|per cent|percent))",
        re.IGNORECASE,
    )


def find_quantities(text: str, lexicon: Lexicon) -> list[Quantity]:
    """Counts in a text, left to right; times, years, money, ages and shares are left out."""
    out = []
    for found in _pattern(lexicon).finditer(text):
        if _is_year(text, found):
            continue
        quantity = _read(found, lexicon)
        if quantity is not None and quantity.best <= MAX_COUNT:
            out.append(quantity)
    return out


def _is_year(text: str, found: re.Match[str]) -> bool:
    """ "On 18 October 2024", "in 1998": a year and no count."""
    words = found.group()
    if not re.fullmatch(r"(?:19|20)\d\d", words):
        return False
    return bool(_BEFORE_YEAR.search(text[max(0, found.start() - 24) : found.start()]))


_BEFORE_YEAR = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?$"
    r"|\b(?:in|since|until|of|early|late|mid|from|during)\s+$",
    re.IGNORECASE,
)


def _read(found: re.Match[str], lexicon: Lexicon) -> Quantity | None:
    more = found["more"] is not None
    if found["vague"]:
        key = re.sub(r"\s+", " ", found["vague"].lower())
        low, best, high = lexicon.table("numbers.vague")[key]
        return Quantity(found.start(), found.end(), low, best, None if high < 0 else high, True)
    first = _value(found["first"], lexicon)
    if first is None:
        return None
    second = _value(found["second"], lexicon) if found["second"] else None
    if second is not None and second > first:
        return Quantity(found.start(), found.end(), first, first, second)
    if more:  # "more than a dozen" is thirteen at least
        return Quantity(found.start(), found.end(), first + 1, first + 1, None, True)
    high = None if found["open"] else first
    return Quantity(found.start(), found.end(), first, first, high)


def _value(words: str, lexicon: Lexicon) -> int | None:
    """Read "2,500", "twenty-one", "a dozen", "two hundred and five"."""
    if words[0].isdigit():
        return int(words.replace(",", ""))
    table = lexicon.table("numbers.words")
    total = current = 0
    for word in re.split(r"[-\s]+", words.lower()):
        if word in ("a", "an", "and"):
            continue
        value = table[word]
        if value in (100, 1000, 12) and word in ("hundred", "thousand", "dozen"):
            current = max(current, 1) * value
            if value == 1000:
                total, current = total + current, 0
        else:
            current += value
    return total + current

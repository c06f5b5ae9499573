"""Rules for dates of the Islamic calendar: "12 Muharram 1440", "Ramadan 27, 1442 AH".

Days are those of the Umm al-Qura calendar (years 1343 to 1500 AH); a country that waits for the
sighting of the moon may be a day apart.
"""

from __future__ import annotations

import re
from datetime import date

from geodata.precision import DatePrecision
from ingest.extract import dates_calendar as cal
from ingest.extract.dates_calendar import UNKNOWN, Span
from ingest.extract.dates_rules import Context, Reading, Rule, rule
from ingest.extract.dates_words import DAY

RULES: list[Rule] = []

_AL = r"(?:a[ltsdrz]h?[- ]|ul[- ]|us[- ]|e?l[- ])?"
_MONTHS = (
    r"Mu[hḥ]arram(?:[- ]ul[- ]Haram)?", r"Saf[ae]r", rf"Rabi['’]?[- ]?{_AL}(?:Aww?al|I\b)",
    rf"Rabi['’]?[- ]?{_AL}(?:Thani|Sani|Akh?ir|Akhar|II\b)",
    rf"Jama?u?m?ada[- ]?{_AL}(?:Ula|Oola|Awwal|I\b)|Jumada[- ]?{_AL}(?:Ula|Oola|Awwal|I\b)",
    rf"Jumada[- ]?{_AL}(?:Thani(?:ya|yah)?|Sani|Akh?ira?h?|II\b)", r"Rajab",
    r"Sha['’]?b[ae]{1,2}n", r"Rama[dz]h?[ae]n|Ramzaan|Ramzan",
    r"Shaww?[ae]l", rf"(?:Dhu|Zu|Zi|Dhul?|Zul?)['’]?[- ]?{_AL}(?:Qa['’]?a?da?h?|Qi['’]?da?h?)",
    rf"(?:Dhu|Zu|Zi|Dhul?|Zul?)['’]?[- ]?{_AL}(?:Hijj?ah?|Hajj?)",
)  # fmt: skip
_MONTH = "(?:" + "|".join(f"(?P<m{n}>{name})" for n, name in enumerate(_MONTHS, start=1)) + ")"
_NEAR = r"(?i:arram|saf|rabi|ada|rajab|shab|sha'b|sha’b|shaw|rama|ramz|dhu|zu|zi)"
_BEGUN = (  # its first letter as a class of its own, to which `re` can skip
    r"[MSRJDZmsrjdz](?i:(?<=m)u[hḥ]arram|(?<=s)(?:af[ae]r|ha['’]?b[ae]|haww?[ae]l)|(?<=r)(?:abi|ajab|am[adz])"
    rf"|(?<=j)(?:ama?u?m?ada|umada)|(?:(?<=d)hu|(?<=z)[ui])l?['’]?[- ]?{_AL}(?:q[ai]|h[ai]))"
)
_YEAR = r"(?P<year>1[34]\d\d)(?:\s*(?:A\.?H\.?|H\b|Hijri))?"
_DAY = rf"(?P<day>{DAY})(?:st|nd|rd|th)?"


def _month(match: re.Match[str]) -> int:
    return next(n for n in range(1, 13) if match[f"m{n}"])


def _first_day(year: int, month: int, day: int) -> date | None:
    """Give the Gregorian day of a Hijri one; None outside the calendar's years."""
    from hijridate import Hijri

    try:
        found = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(found.year, found.month, found.day)


@rule(
    RULES, rf"(?i:\b(?:on\s+)?(?:the\s+)?{_DAY}\s*(?:of\s+)?{_MONTH},?\s+{_YEAR})\b", _NEAR, _BEGUN
)
def _day_first(match: re.Match[str], _context: Context) -> Reading | None:
    return _day(match)


@rule(RULES, rf"(?i:\b(?:on\s+)?{_MONTH}\s+{_DAY},?\s+{_YEAR})\b", _NEAR, _BEGUN)
def _month_first(match: re.Match[str], _context: Context) -> Reading | None:
    return _day(match)


def _day(match: re.Match[str]) -> Reading | None:
    found = _first_day(int(match["year"]), _month(match), int(match["day"]))
    return Reading(cal.days(found), relative=False) if found else None


@rule(
    RULES,
    rf"\b(?i:on\s+)(?i:the\s+)?(?:{_DAY}\s*(?i:of\s+)?(?i:{_MONTH}))\b(?!,?\s+\d\d\d)",
    _NEAR,
    _BEGUN,
)
def _day_alone(match: re.Match[str], context: Context) -> Reading | None:
    """A day of a month without its year: the last one on or before publication."""
    if context.published is None:
        return Reading(UNKNOWN)
    from hijridate import Gregorian

    try:
        year = Gregorian.fromdate(context.published).to_hijri().year
    except (ValueError, OverflowError):
        return None
    for this in (year, year - 1):
        found = _first_day(this, _month(match), int(match["day"]))
        if found is not None and found <= context.published:
            return Reading(cal.days(found))
    return None


@rule(RULES, rf"\b(?i:(?:in|during|of)\s+)(?i:{_MONTH}),?\s+{_YEAR}\b", _NEAR, _BEGUN)
def _whole_month(match: re.Match[str], _context: Context) -> Reading | None:
    year, month = int(match["year"]), _month(match)
    first = _first_day(year, month, 1)
    after = _first_day(year + month // 12, month % 12 + 1, 1)
    if first is None or after is None:
        return None
    return Reading(Span(first, cal.shifted(after, -1), DatePrecision.MONTH), relative=False)

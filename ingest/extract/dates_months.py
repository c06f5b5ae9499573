"""Rules for months, years, weeks of a month and feasts: "in May", "late 2019", "first week of"."""

from __future__ import annotations

import re
from datetime import date

from geodata.precision import DatePrecision
from ingest.extract import dates_calendar as cal
from ingest.extract.dates_calendar import MONTHS, UNKNOWN, Span
from ingest.extract.dates_rules import Context, Reading, Rule, rule
from ingest.extract.dates_words import NEAR_MONTH, WHOLE_MONTH, YEAR

RULES: list[Rule] = []


_IN = (
    r"(?i:in|since|during|from|until|till|by|of|around|throughout|before|after|this|last"
    r"|early|late|mid|the\s+(?:start|beginning|end|middle)\s+of|between)"
)


@rule(
    RULES,
    rf"\b(?:{_IN}[\s-]+)+(?P<month>{WHOLE_MONTH})(?:\s+(?:of\s+)?(?P<last>(?i:last|this|next)\s+year))?"
    rf"(?!,?\s*(?:of\s+)?{YEAR})(?!\s+\d\d?(?:st|nd|rd|th)?\b(?!\s+[a-z])|[-–]\d)",
    NEAR_MONTH,
)
def _month_alone(match: re.Match[str], context: Context) -> Reading | None:
    number = _month(match["month"])
    if context.published is None:
        return Reading(UNKNOWN)
    which = (match["last"] or "").casefold().split()
    if which:
        year = context.published.year + {"last": -1, "this": 0, "next": 1}[which[0]]
        return Reading(cal.month(year, number), plan=which[0] == "next")
    if context.planned(match.start()):
        coming = cal.next_day(number, 1, context.published)
        return Reading(cal.month(coming.year, number), plan=True) if coming else None
    before = context.published
    if re.search(r"(?i)\blast[\s-]+\S+$", match.group()):
        before = cal.shifted(before.replace(day=1), -1)
    return Reading(cal.latest_month(number, before))


@rule(
    RULES,
    rf"\b(?:(?:{_IN})[\s-]+)*(?P<month>{WHOLE_MONTH}),?\s+(?:of\s+)?(?P<year>{YEAR})",
    NEAR_MONTH,
)
def _month_year(match: re.Match[str], _context: Context) -> Reading | None:
    number = _month(match["month"])
    return Reading(cal.month(int(match["year"]), number), relative=False)


@rule(
    RULES,
    rf"\b(?:{_IN}[\s-]+)+(?P<year>{YEAR})(?!\s*[-–]\s*\d)\b",
    r"\d{4}",
)
def _year_alone(match: re.Match[str], _context: Context) -> Reading | None:
    return Reading(cal.year(int(match["year"])), relative=False)


@rule(
    RULES,
    rf"\b(?i:(?:between|from|in|during)\s+)?(?P<first>{YEAR})(?:\s*[-–—]\s*|\s+(?:and|to|until)\s+)"
    rf"(?P<last>{YEAR}|\d\d(?!\d))\b",
    r"\d{4}",
)
def _years(match: re.Match[str], _context: Context) -> Reading | None:
    first = int(match["first"])
    last = (
        int(match["last"]) if len(match["last"]) == 4 else first // 100 * 100 + int(match["last"])
    )
    if not 0 < last - first <= 60:
        return None
    return Reading(
        Span(date(first, 1, 1), date(last, 12, 31), DatePrecision.UNKNOWN), relative=False
    )


@rule(
    RULES,
    r"\b(?i:in\s+)?(?i:the\s+)(?:(?:early|mid|late)[\s-]+)?(?P<decade>(?:19|20)\d0)[’']?s\b",
    r"\d{4}",
)
def _decade(match: re.Match[str], _context: Context) -> Reading | None:
    first = int(match["decade"])
    span = Span(date(first, 1, 1), date(first + 9, 12, 31), DatePrecision.UNKNOWN)
    return Reading(span, relative=False)


_NTH = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": 4, "final": 4}


@rule(
    RULES,
    rf"\b(?i:(?:in|during)\s+)?(?i:the\s+)?(?P<nth>(?i:{'|'.join(_NTH)}))\s+(?i:week)\s+(?i:of)\s+"
    rf"(?P<month>{WHOLE_MONTH})(?:,?\s+(?P<year>{YEAR}))?",
    NEAR_MONTH,
)
def _week_of_month(match: re.Match[str], context: Context) -> Reading | None:
    reading = _some_month(match["month"], match["year"], context)
    first, last = reading.span.first, reading.span.last
    if first is None or last is None:
        return reading
    begin = cal.shifted(first, 7 * _NTH[match["nth"].casefold()])
    begin = min(begin, cal.shifted(last, -6))
    return Reading(Span(begin, cal.shifted(begin, 6), DatePrecision.WEEK), reading.relative)


@rule(
    RULES,
    rf"\b(?i:(?:between|from|in|during)\s+)?(?P<month>{WHOLE_MONTH})(?:\s*[-–—]\s*|\s+(?:and|to|through|until)\s+)"
    rf"(?P<last>{WHOLE_MONTH})(?!\s+\d\d?\b)(?:,?\s+(?P<year>{YEAR}))?",
    NEAR_MONTH,
)
def _months(match: re.Match[str], context: Context) -> Reading | None:
    end = _some_month(match["last"], match["year"], context)
    if end.span.first is None:
        return end
    start = cal.latest_month(_month(match["month"]), end.span.first)
    return Reading(Span(start.first, end.span.last, DatePrecision.YEAR), end.relative)


def _month(word: str) -> int:
    return MONTHS[word.rstrip(".").casefold()]


def _some_month(word: str, year: str | None, context: Context) -> Reading:
    if year is not None:
        return Reading(cal.month(int(year), _month(word)), relative=False)
    if context.published is None:
        return Reading(UNKNOWN)
    return Reading(cal.latest_month(_month(word), context.published))


_FEASTS = {
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "boxing day": (12, 26),
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
}


@rule(
    RULES,
    r"\b(?i:on\s+)?(?P<feast>(?i:christmas\s+(?:eve|day)|boxing\s+day|new\s+year[’']s\s+(?:eve|day)))\b",
)
def _feast(match: re.Match[str], context: Context) -> Reading | None:
    month, day = _FEASTS[" ".join(match["feast"].casefold().replace("’", "'").split())]
    if context.published is None:
        return Reading(UNKNOWN)
    found = cal.latest_day(month, day, context.published)
    return Reading(cal.days(found)) if found else None

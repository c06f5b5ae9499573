"""Rules for full dates and weekdays: "12 August 2021", "late on Tuesday", "26 and 27 April"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from geodata.precision import DatePrecision
from ingest.extract import dates_calendar as cal
from ingest.extract.dates_calendar import MONTHS, UNKNOWN, WEEKDAYS, Span
from ingest.extract.dates_rules import Anchor, Context, Reading, Rule, rule
from ingest.extract.dates_words import (
    DAY,
    LEAD,
    MONTH,
    NEAR_MONTH,
    NEAR_WEEKDAY,
    ORDINAL,
    TAIL,
    WEEKDAY,
    WEEKDAY_SHORT,
    YEAR,
)

RULES: list[Rule] = []


def _month(word: str) -> int:
    return MONTHS[word.rstrip(".").casefold()]


def _weekday(word: str) -> int:
    return WEEKDAYS[word.rstrip(".").casefold()]


def _day_of(
    context: Context, at: int, month: int, day: int, year: str | None, weekday: int | None = None
) -> Reading | None:
    """Give a day of a month; without a year, the last one on or before publication."""
    if year is not None:
        found = cal.safe_date(int(year), month, day)
        return Reading(cal.days(found), relative=False) if found else None
    if cal.safe_date(2000, month, day) is None:  # a leap year: refuses only 30 February and such
        return None
    if context.published is None:
        return Reading(UNKNOWN)
    if context.planned(at):
        coming = cal.next_day(month, day, context.published)
        return Reading(cal.days(coming), plan=True) if coming else None
    past = cal.latest_day(month, day, context.published, weekday)
    return Reading(cal.days(past)) if past else None


@rule(
    RULES,
    rf"(?<!\d)(?<![-/.])({YEAR})([-/.])(0?[1-9]|1[0-2])\2({DAY})(?![-/\d])",
    r"\d[-/.]\d",
)
def _iso(match: re.Match[str], context: Context) -> Reading | None:
    return _day_of(context, match.start(), int(match[3]), int(match[4]), match[1])


@rule(
    RULES,
    r"(?<![\d/.-])(\d{1,2})([-/.])(\d{1,2})\2((?:1[6-9]|20|21)\d\d|\d\d)(?![-/\d]|[.,]\d)",
    r"\d[-/.]\d",
)
def _numeric(match: re.Match[str], context: Context) -> Reading | None:
    first, second = int(match[1]), int(match[3])
    if match[2] == "-" and len(match[4]) == 2:
        return None  # a score, a range, a telephone number
    day, month = (first, second) if context.day_first else (second, first)
    if month > 12:
        day, month = month, day
    year = match[4] if len(match[4]) == 4 else f"20{match[4]}"
    return _day_of(context, match.start(), month, day, year) if 1 <= month <= 12 else None


@rule(
    RULES,
    r"(?:^|(?<=\n))[\s•*-]*(?:(?i:night of )?(?P<from>\d{1,2})\s*(?:to|and|[-–])\s*)?"
    r"(?P<first>\d{1,2})/(?P<second>\d{1,2})(?=\s*[:–-]\s)",
    r"\d[-/.]\d",
)
def _label(match: re.Match[str], context: Context) -> Reading | None:
    """The day that a line begins with: "17/08: attack on ...", "Night of 16 to 17/08 - ..."."""
    first, second = int(match["first"]), int(match["second"])
    day, month = (first, second) if context.day_first or first > 12 else (second, first)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    told = _day_of(context, match.start(), month, day, None)
    if told is None or told.span.first is None or match["from"] is None:
        return told
    nights = (day - int(match["from"])) % 31
    return Reading(cal.days(cal.shifted(told.span.first, -nights), told.span.first))


@rule(
    RULES,
    r"(?<![\d/.-])(?P<month>0?[1-9]|1[0-2])/00/(?P<year>(?:19|20)\d\d)(?![-/\d])",
    r"\d[-/.]\d",
)
def _day_unknown(match: re.Match[str], _context: Context) -> Reading | None:
    """A day that a coder left open: "11/00/2016"."""
    return Reading(cal.month(int(match["year"]), int(match["month"])), relative=False)


_FULL = (
    rf"(?:{MONTH}\s+{DAY}(?:st|nd|rd|th)?,?\s+{YEAR}|{DAY}(?:st|nd|rd|th)?\s+{MONTH},?\s+{YEAR})"
)
_PARTS_OF_FULL = re.compile(rf"(?P<month>{MONTH})|(?P<year>{YEAR})|(?P<day>{DAY})(?!\d)")
MAX_RANGE = 366
"""Days between two full dates that still tell of one event."""


@rule(
    RULES,
    rf"\b(?i:(?:some\s?time\s+)?(?:between|from))\s+(?P<a>{_FULL})\s+(?i:and|to|until|through)\s+"
    rf"(?P<b>{_FULL})",
    NEAR_MONTH,
)
def _between_full(match: re.Match[str], _context: Context) -> Reading | None:
    """ "Sometime between November 1, 2016 and November 30, 2016"."""
    first, last = (_full(match[name]) for name in ("a", "b"))
    if first is None or last is None or not 0 < (last - first).days <= MAX_RANGE:
        return None
    span = cal.days(first, last)
    if (last - first).days > 6:
        whole = DatePrecision.MONTH if (last - first).days <= 31 else DatePrecision.YEAR
        span = Span(first, last, whole)
    return Reading(span, relative=False)


def _full(words: str) -> date | None:
    found = {m.lastgroup: m.group() for m in _PARTS_OF_FULL.finditer(words)}
    day = int(re.sub(r"\D", "", found["day"]))
    return cal.safe_date(int(found["year"]), _month(found["month"]), day)


_WEEKDAY_BEFORE = rf"(?:\b(?P<weekday>{WEEKDAY}|{WEEKDAY_SHORT})(?:{TAIL})?,?\s*\(?\s*)?"
_LEAD = rf"(?:\b{LEAD})?"


def _named_weekday(match: re.Match[str]) -> int | None:
    return _weekday(match["weekday"]) if match["weekday"] else None


@rule(
    RULES,
    rf"{_LEAD}{_WEEKDAY_BEFORE}(?:the\s+)?(?P<day>{ORDINAL})(?:{TAIL})?(?:\s+day)?\s*(?:of\s+|-)?"
    rf"(?P<month>{MONTH})(?:(?:,?\s*(?:of\s+)?|-)(?P<year>{YEAR}))?",
    NEAR_MONTH,
    rf"\d(?:st|nd|rd|th)?(?:{TAIL})?(?:\s+day)?\s*(?:of\s+|-)?{NEAR_MONTH}",
)
def _day_month(match: re.Match[str], context: Context) -> Reading | None:
    month, day = _month(match["month"]), int(re.sub(r"\D", "", match["day"]))
    weekday = _named_weekday(match)
    year = match["year"] or _last_year(context, match.end())
    return _day_of(context, match.start(), month, day, year, weekday)


@rule(
    RULES,
    rf"{_LEAD}{_WEEKDAY_BEFORE}\b(?P<month>{MONTH})\s+(?:the\s+)?(?P<day>{ORDINAL})"
    rf"(?:{TAIL})?(?:,?\s*(?P<year>{YEAR}))?",
    rf"{NEAR_MONTH}[A-Za-z]*\.?\s+(?:the\s+)?\d",
)
def _month_day(match: re.Match[str], context: Context) -> Reading | None:
    month, day = _month(match["month"]), int(re.sub(r"\D", "", match["day"]))
    before = context.text[max(0, match.start("month") - 12) : match.start("month")]
    counted = re.match(r"\s+[a-z]", context.text[match.end() : match.end() + 4])
    if match["year"] is None and counted and _IN_MONTH.search(before):
        return None  # "in March 14 people were killed"
    weekday = _named_weekday(match)
    year = match["year"] or _last_year(context, match.end())
    return _day_of(context, match.start(), month, day, year, weekday)


def _last_year(context: Context, end: int) -> str | None:
    """The year of "4 January last year"."""
    told = context.published is not None and _OF_LAST_YEAR.match(context.text, end)
    return str(context.published.year - 1) if told and context.published else None


_OF_LAST_YEAR = re.compile(r",?\s+(?:of\s+)?last\s+year\b", re.IGNORECASE)
_IN_MONTH = re.compile(r"\b(?:in|during|last|this|mid|late|early)[\s-]$")
_SMALL = r"(?P<month>(?i:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?)"


@rule(RULES, rf"\b(?P<day>{DAY})(?:st|nd|rd|th)?\s+(?:of\s+)?{_SMALL},?\s+(?P<year>{YEAR})")
@rule(RULES, rf"\b{_SMALL}\s+(?P<day>{DAY})(?:st|nd|rd|th)?,?\s+(?P<year>{YEAR})")
def _any_case(match: re.Match[str], context: Context) -> Reading | None:
    """With its year, a date is one in any case: "12 august 2021"."""
    month = MONTHS.get(match["month"].rstrip(".").casefold())
    if month is None:
        return None
    return _day_of(context, match.start(), month, int(match["day"]), match["year"])


@rule(
    RULES,
    rf"\b(?i:(?:in|during|over)\s+)?(?i:the\s+)?(?i:week\s+(?:of|beginning|starting|from))\s+"
    rf"(?:(?P<month>{MONTH})\s+(?P<day>{ORDINAL})|(?P<day2>{ORDINAL})\s+(?P<month2>{MONTH}))"
    rf"(?:,?\s*(?P<year>{YEAR}))?",
    NEAR_MONTH,
)
def _week_of(match: re.Match[str], context: Context) -> Reading | None:
    month = _month(match["month"] or match["month2"])
    day = int(re.sub(r"\D", "", match["day"] or match["day2"]))
    reading = _day_of(context, match.start(), month, day, match["year"])
    if reading is None or reading.span.first is None:
        return reading
    return replace(reading, span=cal.week(reading.span.first))


_TO = r"(?:\s*[-–—/&]\s*|\s+(?:and|to|through|until|till|or)\s+)"


_MORE = rf"(?:,\s*{DAY}){{0,3}}"  # "7, 8 and 9 April"


@rule(
    RULES,
    rf"{_LEAD}(?P<first>{ORDINAL}|(?<!\d){DAY}(?=[-–/]\d)|(?<!\d){DAY}(?=,)){_MORE}{_TO}(?P<last>{ORDINAL}|{DAY}(?=\s))\s*"
    rf"(?:of\s+)?(?P<month>{MONTH})(?:,?\s*(?P<year>{YEAR}))?",
    NEAR_MONTH,
    rf"\d(?:st|nd|rd|th)?{_TO}\d{{1,2}}(?:st|nd|rd|th)?\s*(?:of\s+)?{NEAR_MONTH}",
)
def _days_month(match: re.Match[str], context: Context) -> Reading | None:
    return _day_range(match, context, match["month"], match["month"])


@rule(
    RULES,
    rf"{_LEAD}\b(?P<month>{MONTH})\s+(?P<first>{ORDINAL}|{DAY}(?=[-–/]\d)|{DAY}(?=,)){_MORE}{_TO}"
    rf"(?:the\s+)?(?:(?P<to>{MONTH})\s+)?(?P<last>{ORDINAL}|(?<=[-–/]){DAY}(?!\d))(?:,?\s*(?P<year>{YEAR}))?",
    NEAR_MONTH,
    rf"{NEAR_MONTH}[A-Za-z]*\.?\s+\d{{1,2}}(?:st|nd|rd|th)?{_MORE}{_TO}",
)
def _month_days(match: re.Match[str], context: Context) -> Reading | None:
    return _day_range(match, context, match["month"], match["to"] or match["month"])


@rule(
    RULES,
    rf"{_LEAD}(?P<first>{ORDINAL})\s+(?P<month>{MONTH}){_TO}"
    rf"(?P<last>{ORDINAL}|(?<=[-–/]){DAY})\s+(?P<to>{MONTH})"
    rf"(?:,?\s*(?P<year>{YEAR}))?",
    NEAR_MONTH,
    rf"\d(?:st|nd|rd|th)?\s+{NEAR_MONTH}[A-Za-z]*\.?{_TO}\d",
)
def _days_months(match: re.Match[str], context: Context) -> Reading | None:
    return _day_range(match, context, match["month"], match["to"])


def _day_range(
    match: re.Match[str], context: Context, from_month: str, to_month: str
) -> Reading | None:
    at, year = match.start(), match["year"]
    day = [int(re.sub(r"\D", "", match[name])) for name in ("first", "last")]
    end = _day_of(context, at, _month(to_month), day[1], year)
    if end is None or end.span.first is None:
        return end
    start = cal.latest_day(_month(from_month), day[0], end.span.first)
    if start is None or (end.span.first - start).days > 92:
        return None
    return Reading(cal.days(start, end.span.first), relative=year is None, plan=end.plan)


# Weekdays -----------------------------------------------------------------------------------

_ONE = rf"(?P<weekday>{WEEKDAY})(?:{TAIL})?"
_NAMED = re.compile(
    r"(?:\b(?:Black|Bloody|Good|Ash|Holy|Palm|Easter|Super|Man|Girl|every|each|most"
    r"|Mr|Mrs|Ms|Dr|Chief|Pastor|Comrade|Justice|Senator|Prince|Alhaji|Governor|Master)\.?\s+)$",
    re.IGNORECASE,
)
_PAPER = (
    r"(?!['’]?s?\s+(?:Times|Telegraph|Mirror|Express|Mail|Tribune|Observer|Post|Magazine"
    r"|Night\s+Live|Igboho)\b)"
)


def _is_name(match: re.Match[str], context: Context) -> bool:
    at = match.start("weekday")
    return _NAMED.search(context.text[max(0, at - 14) : at]) is not None


@rule(
    RULES,
    rf"{_LEAD}(?:(?i:the|this|that|of|on)\s+)?(?:(?P<which>(?i:last|past|next|coming|previous|following))\s+)?"
    rf"\b{_ONE}{_PAPER}(?:\s+(?:of\s+)?(?P<week>(?i:last\s+week|the\s+previous\s+week|next\s+week)))?"
    r"(?:\s+(?P<side>(?i:before|after))\b(?=[.,;]|\s+(?:that|the|he|she|they|it)\b|$))?",
    NEAR_WEEKDAY,
)
def _one_weekday(match: re.Match[str], context: Context) -> Reading | None:
    if _is_name(match, context):
        return None
    if context.published is None:
        return Reading(UNKNOWN)
    return _weekday_reading(match, context, context.published)


def _closes(match: re.Match[str], context: Context) -> bool:
    """Whether "before" belongs to the day: "the Sunday before the vote", not "before he fled"."""
    ahead = re.match(r"\s+(?:the|he|she|they|it)\b", context.text[match.end() : match.end() + 8])
    return ahead is None or bool(re.match(r"(?i)\s*(?:on\s+)?the\b", match.group()))


def _weekday_reading(match: re.Match[str], context: Context, published: date) -> Reading:
    weekday = _weekday(match["weekday"])
    which, week = (match["which"] or "").casefold(), (match["week"] or "").casefold()
    if match["side"] and _closes(match, context):
        which = {"before": "previous", "after": "following"}[match["side"].casefold()]
    if which in ("previous", "following"):
        way = -1 if which == "previous" else 1
        return Reading(UNKNOWN, anchor=Anchor("weekday", way, weekday))
    coming = which in ("next", "coming") or week.startswith("next")
    if coming or (not which and not week and context.planned(match.start())):
        return Reading(cal.days(cal.weekday_after(weekday, published)), plan=True)
    if week:
        sunday = cal.weekday_before(6, cal.shifted(published, -1))
        return Reading(cal.days(cal.weekday_before(weekday, sunday)))
    if which:
        return Reading(cal.days(cal.weekday_before(weekday, cal.shifted(published, -1))))
    found = cal.weekday_before(weekday, published)
    if re.match(r"(?i)overnight", match.group().strip()):
        return Reading(_overnight(found, published))
    return Reading(cal.days(found))


@rule(RULES, rf"\b(?i:on)\s+(?P<weekday>{WEEKDAY_SHORT})(?=[\s,.;)]|$)")
def _short_weekday(match: re.Match[str], context: Context) -> Reading | None:
    if context.published is None:
        return Reading(UNKNOWN)
    return Reading(cal.days(cal.weekday_before(_weekday(match["weekday"]), context.published)))


_JOIN = rf"(?i:\s*[-–—/&]\s*|\s+(?:and|to|into|through|until|till|or)\s+)(?:{LEAD})?"


@rule(
    RULES,
    rf"{_LEAD}(?P<weekday>{WEEKDAY})(?:{TAIL})?{_JOIN}(?:(?i:on|the)\s+)?(?P<last>{WEEKDAY})(?:{TAIL})?",
    NEAR_WEEKDAY,
    rf"[dD](?i:ay)(?:{TAIL})?{_JOIN}",
)
def _two_weekdays(match: re.Match[str], context: Context) -> Reading | None:
    if _is_name(match, context) or context.planned(match.start()):
        return None
    if context.published is None:
        return Reading(UNKNOWN)
    last = cal.weekday_before(_weekday(match["last"]), context.published)
    first = cal.weekday_before(_weekday(match["weekday"]), last)
    return Reading(cal.days(first, last))


def _overnight(day: date, published: date) -> Span:
    """Night that a report of "overnight (on) Tuesday" means: into the next day, once it began."""
    if day == published:
        return cal.days(cal.shifted(day, -1), day)
    return cal.days(day, cal.shifted(day, 1))

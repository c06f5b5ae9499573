"""Rules for dates told by publication or another date: "last week", "a day earlier"."""

from __future__ import annotations

import re
from datetime import date

from geodata.precision import DatePrecision
from ingest.extract import dates_calendar as cal
from ingest.extract.dates_calendar import UNKNOWN, Span
from ingest.extract.dates_rules import Anchor, Context, Reading, Rule, rule, unknown
from ingest.extract.dates_words import NUMBER

RULES: list[Rule] = []

_UNITS = r"(?P<unit>hour|day|night|week|fortnight|month|year)s?"


# Words of publication -----------------------------------------------------------------------

_TODAY = (
    r"(?i:(?:(?:earlier|later|early|late)\s+)?today|tonight|this\s+(?:early\s+)?(?:morning|afternoon|evening)"
    r"|in\s+the\s+(?:last|past)\s+few\s+hours|\d+\s+hours\s+ago|(?:a\s+few|several|some)\s+hours\s+ago)"
)


@rule(RULES, rf"\b{_TODAY}\b")
def _today(_match: re.Match[str], context: Context) -> Reading | None:
    return _back(context, 0)


@rule(
    RULES,
    r"\b(?i:(?:(?:early|late|earlier)\s+)?yesterday(?:\s+(?:morning|afternoon|evening|night))?|last\s+(?:night|evening))\b",
    r"(?i:yesterday|last)",
)
def _yesterday(_match: re.Match[str], context: Context) -> Reading | None:
    return _back(context, 1)


@rule(
    RULES,
    r"\b(?i:(?:the\s+)?day\s+before\s+yesterday)\b",
    r"(?i:yesterday)",
)
def _before_yesterday(_match: re.Match[str], context: Context) -> Reading | None:
    return _back(context, 2)


@rule(RULES, r"\b(?i:tomorrow)\b")
def _tomorrow(_match: re.Match[str], context: Context) -> Reading | None:
    reading = _back(context, -1)
    return Reading(reading.span, plan=True)


@rule(
    RULES,
    r"\b(?i:overnight|(?:in|over|during)\s+the\s+(?:past|last)\s+(?:24|twenty-four)\s+hours)\b",
)
def _overnight(_match: re.Match[str], context: Context) -> Reading | None:
    return _back(context, 1, to=0)


@rule(
    RULES,
    r"\b(?i:(?:over|at|on|during)\s+the\s+(?:past\s+|last\s+)?weekend|(?:this\s+past|this|last|the\s+past)\s+weekend)\b",
)
def _weekend(match: re.Match[str], context: Context) -> Reading | None:
    if context.published is None:
        return Reading(UNKNOWN)
    if context.planned(match.start()):
        saturday = cal.weekday_after(5, context.published)
        return Reading(cal.days(saturday, cal.shifted(saturday, 1)), plan=True)
    last = match.group().casefold().startswith("last") and context.published.weekday() >= SATURDAY
    return Reading(cal.weekend(cal.shifted(context.published, -2 if last else 0)))


SATURDAY = 5
"""From this day of the week on, "last weekend" is the one before."""


def _back(context: Context, days: int, *, to: int | None = None) -> Reading:
    if context.published is None:
        return Reading(UNKNOWN)
    first = cal.shifted(context.published, -days)
    return Reading(cal.days(first, None if to is None else cal.shifted(context.published, -to)))


@rule(
    RULES,
    rf"\b(?i:(?P<number>{NUMBER})\s+(?:and\s+a\s+half\s+)?{_UNITS}\s+(?:ago|back))\b",
    r"(?i:ago|back)\b",
)
def _ago(match: re.Match[str], context: Context) -> Reading | None:
    number = cal.number(match["number"])
    if context.published is None or number is None:
        return Reading(UNKNOWN)
    span = _unit_back(context.published, match["unit"].casefold(), number)
    return Reading(span)


def _unit_back(anchor: date, unit: str, number: int) -> Span:
    if unit == "hour":
        return cal.days(cal.shifted(anchor, -(number // 24)))
    if unit in ("day", "night"):
        return cal.days(cal.shifted(anchor, -number))
    if unit in ("week", "fortnight"):
        return cal.week(anchor, number * (2 if unit == "fortnight" else 1))
    if unit == "month":
        return cal.months_back(anchor, number)
    return cal.year(max(anchor.year - number, 1))


@rule(
    RULES,
    r"\b(?i:(?:(?:earlier|later|late|early)\s+)?(?P<which>last|previous|this|next)\s+(?P<unit>week|month|year)"
    r"|(?:earlier\s+in|(?:since|from)\s+the\s+(?:start|beginning)\s+of)\s+(?:the|this)"
    r"\s+(?P<in>week|month|year))\b(?!\s+of\b)(?![’'-]s?\w)",
    r"(?i:week|month|year)",
)
def _named_unit(match: re.Match[str], context: Context) -> Reading | None:
    which = (match["which"] or "this").casefold()
    unit = (match["unit"] or match["in"]).casefold()
    if context.published is None:
        return Reading(UNKNOWN)
    if which == "next":
        return _next_unit(unit, context.published)
    return Reading(_unit_back(context.published, unit, int(which in ("last", "previous"))))


def _next_unit(unit: str, published: date) -> Reading:
    if unit == "week":
        return Reading(cal.week(published, -1), plan=True)
    if unit == "month":
        return Reading(cal.months_back(published, -1), plan=True)
    return Reading(cal.year(min(published.year + 1, 9999)), plan=True)


_LENGTHS = {
    "hour": 1, "day": 24, "night": 24, "week": 168, "fortnight": 336, "month": 720, "year": 8760,
}  # fmt: skip


@rule(
    RULES,
    rf"\b(?i:(?:in|over|during|within)\s+the\s+(?:past|last|previous|preceding)\s+(?:(?P<number>{NUMBER})\s+)?"
    r"(?P<unit>hour|day|night|week|fortnight|month|year)s?)\b",
    r"(?i:last|past|previous|preceding)",
)
def _past_units(match: re.Match[str], context: Context) -> Reading | None:
    number = cal.number(match["number"] or "one")
    if context.published is None or number is None:
        return unknown(context)
    first = cal.shifted(context.published, -number * _LENGTHS[match["unit"].casefold()] // 24)
    classes = (
        (7, DatePrecision.RANGE), (13, DatePrecision.WEEK), (31, DatePrecision.MONTH),
        (366, DatePrecision.YEAR),
    )  # fmt: skip
    spread = (context.published - first).days
    precision = next((name for top, name in classes if spread < top), DatePrecision.UNKNOWN)
    return Reading(Span(first, context.published, precision))


_VAGUE = (
    r"(?i:(?:most\s+)?recently|lately|of\s+late|in\s+recent\s+(?:days|weeks|months|years|times|memory)"
    r"|(?:some|several|many|a\s+few)\s+(?:days|weeks|months|years|time)\s+(?:ago|back|earlier|before|later)"
    r"|(?:days|weeks|months|years)\s+(?:ago|earlier|later)"
    r"|in\s+the\s+past(?!\s+\w)|previously|the\s+other\s+day|in\s+the\s+(?:past|last)\s+few\s+(?:days|weeks|months|years)"
    r"|over\s+the\s+(?:years|past\s+few\s+(?:days|weeks|months|years)))"
)


@rule(RULES, rf"\b{_VAGUE}\b")
def _vague(_match: re.Match[str], context: Context) -> Reading | None:
    return unknown(context)


# Told by another date -----------------------------------------------------------------------

_NEAR_WAY = r"(?i:earlier|before|previously|prior|later|after)"
_EARLIER = ("earlier", "before", "previously", "prior")


@rule(
    RULES,
    rf"\b(?i:(?:just|only|barely|about|some|nearly)\s+)?(?i:(?P<number>{NUMBER})\s+{_UNITS}\s+"
    r"(?P<way>earlier|before|previously|prior|later|after|afterwards?))\b",
    _NEAR_WAY,
)
def _units_from(match: re.Match[str], _context: Context) -> Reading | None:
    number = cal.number(match["number"])
    if number is None:
        return None
    back = match["way"].casefold() in _EARLIER
    return _anchored(match["unit"].casefold(), -number if back else number)


_NEIGHBOUR = r"(?:(?P<before{0}>previous|preceding)|(?P<after{0}>next|following))"
_PARTS = r"day|night|morning|evening|afternoon"


@rule(
    RULES,
    rf"\b(?i:(?:on\s+)?the\s+{_NEIGHBOUR.format('')}\s+(?P<unit>{_PARTS}|week|month|year)"
    rf"|{_NEIGHBOUR.format('_')}\s+(?:{_PARTS}))\b",
    r"(?i:previous|preceding|next|following)",
)
def _neighbour(match: re.Match[str], _context: Context) -> Reading | None:
    unit = (match["unit"] or "day").casefold()
    known = unit if unit in ("week", "month", "year") else "day"
    return _anchored(known, -1 if match["before"] or match["before_"] else 1)


@rule(
    RULES,
    r"\b(?i:(?:on\s+)?the\s+(?P<unit>day|night|evening|morning|week|month|year)\s+(?P<way>before|after))\b",
    r"(?i:before|after)",
)
def _unit_before(match: re.Match[str], _context: Context) -> Reading | None:
    unit = match["unit"].casefold()
    known = unit if unit in ("week", "month", "year") else "day"
    return _anchored(known, -1 if match["way"].casefold() == "before" else 1)


@rule(
    RULES,
    r"\b(?i:on\s+the\s+eve\s+of)\b",
    r"(?i:eve)",
)
def _eve(_match: re.Match[str], _context: Context) -> Reading | None:
    return _anchored("day", -1)


# A part of the day that opens a sentence is that of the day told before.
@rule(
    RULES,
    r"(?:^|(?<=[.!?]\s)|(?<=\n))(?i:in\s+the\s+(?:early\s+|late\s+)?(?:morning|afternoon|evening|night)"
    r"|at\s+(?:dawn|dusk|night|midnight|noon|midday|daybreak|sunset|sunrise))(?=,)",
    r"(?i:morning,|noon,|evening,|night,|dawn,|dusk,|midday,|daybreak,|sunset,|sunrise,)",
)
@rule(
    RULES,
    r"\b(?i:(?:(?:just|a\s+few|several|some)\s+)?(?:hours|minutes|moments)\s+(?:earlier|later|before|after(?:wards)?)"
    r"|at\s+(?:about\s+|around\s+|roughly\s+)?the\s+same\s+(?:hour|time)"
    r"|(?:on\s+)?(?:the|that)\s+same\s+(?:day|night|evening)|(?:earlier|later)\s+(?:in\s+the|that)\s+(?:day|night|evening)"
    r"|(?:on\s+)?that\s+(?:day|night|evening|morning))\b",
)
def _same_day(_match: re.Match[str], _context: Context) -> Reading | None:
    return _anchored("hour", 0)


def _anchored(unit: str, amount: int) -> Reading:
    same = {"night": "day", "fortnight": "week"}
    anchor = Anchor(same.get(unit, unit), amount * (2 if unit == "fortnight" else 1))
    return Reading(UNKNOWN, anchor=anchor)


# A day of the month spoken of -----------------------------------------------------------------

_NTH = r"(?P<day>\d{1,2})(?:st|nd|rd|th)"


@rule(
    RULES,
    rf"\b(?i:on the )(?:(?P<from>\d{{1,2}})(?:st|nd|rd|th) (?:and|to) (?:the )?)?{_NTH}"
    r"(?=[,.;]|\s+(?:by|in|when|after|at)\b)",
    r"\d(?:st|nd|rd|th)",
)
@rule(
    RULES,
    r"\b(?i:(?:between|from) the )(?P<from>\d{1,2})(?:st|nd|rd|th) (?:and|to) (?:the )?"
    rf"{_NTH}(?=[,.;]|\s+[a-z]+\b)(?!\s+(?:of|century|centuries))",
    r"\d(?:st|nd|rd|th)",
)
def _nth(match: re.Match[str], context: Context) -> Reading | None:
    """ "On the 16th": the last such day before the report."""
    if context.published is None:
        return Reading(UNKNOWN)
    last = _last_nth(int(match["day"]), context.published)
    if last is None or match["from"] is None:
        return Reading(cal.days(last)) if last else None
    first = _last_nth(int(match["from"]), last)
    return Reading(cal.days(first, last)) if first else None


def _last_nth(day: int, published: date) -> date | None:
    months = [(published.year, published.month), (published.year, published.month - 1)]
    if published.month == 1:
        months[1] = (published.year - 1, 12)
    past = (cal.safe_date(year, month, day) for year, month in months)
    return next((d for d in past if d is not None and d <= published), None)

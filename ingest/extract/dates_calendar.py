"""Calendar arithmetic for dates in news: weeks run Monday to Sunday, months and years are whole."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from geodata.precision import DatePrecision

DAY = timedelta(days=1)

MONTHS = {
    name: number
    for number, forms in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun",
            "july jul", "august aug", "september sept sep", "october oct", "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in forms.split()
}  # fmt: skip

WEEKDAYS = {
    name: number
    for number, forms in enumerate(
        (
            "monday mon", "tuesday tues tue", "wednesday weds wed", "thursday thurs thur thu",
            "friday fri", "saturday sat", "sunday sun",
        )
    )
    for name in forms.split()
}  # fmt: skip

_NUMBER_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
)
NUMBERS = {word: value for value, word in enumerate(_NUMBER_WORDS.split())} | {
    "a": 1,
    "an": 1,
    "couple of": 2,
    "a couple of": 2,
    "thirty": 30,
}


@dataclass(frozen=True, slots=True)
class Span:
    """First and last possible day, and what class of knowledge that is."""

    first: date | None
    last: date | None
    precision: DatePrecision


UNKNOWN = Span(None, None, DatePrecision.UNKNOWN)


def number(word: str) -> int | None:
    """Read a small number in digits or words; None for another word."""
    word = " ".join(word.casefold().split())
    return int(word) if word.isdecimal() else NUMBERS.get(word)


def safe_date(year: int, month: int, day: int) -> date | None:
    """Give the date, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shifted(start: date, days: int) -> date:
    """Move by days, held inside the calendar's first and last year."""
    ordinal = min(max(start.toordinal() + days, 1), date.max.toordinal())
    return date.fromordinal(ordinal)


def days(first: date, last: date | None = None) -> Span:
    """Give one day, or a range of two or more."""
    if last is None or last == first:
        return Span(first, first, DatePrecision.DAY)
    return Span(min(first, last), max(first, last), DatePrecision.RANGE)


def weekday_before(weekday: int, anchor: date) -> date:
    """Last such weekday on or before a day (Monday is 0)."""
    return shifted(anchor, -((anchor.weekday() - weekday) % 7))


def weekday_after(weekday: int, anchor: date) -> date:
    """First such weekday after a day (Monday is 0)."""
    return shifted(anchor, (weekday - anchor.weekday() - 1) % 7 + 1)


def week(anchor: date, back: int = 0) -> Span:
    """Week of a day, or the one that lies `back` weeks earlier."""
    monday = shifted(anchor, -anchor.weekday() - 7 * back)
    return Span(monday, shifted(monday, 6), DatePrecision.WEEK)


def weekend(anchor: date) -> Span:
    """Last Saturday and Sunday that have begun before a day; a Sunday is in its own weekend."""
    sunday = shifted(weekday_before(5, shifted(anchor, -1)), 1)
    return days(shifted(sunday, -1), sunday)


def month(year: int, number_: int) -> Span:
    """Give a whole month; the year is held inside the calendar."""
    year = min(max(year, 1), 9999)
    _, length = monthrange(year, number_)
    return Span(date(year, number_, 1), date(year, number_, length), DatePrecision.MONTH)


def months_back(anchor: date, back: int) -> Span:
    """Month of a day, or the one that lies `back` months earlier."""
    index = max(anchor.year * 12 + anchor.month - 1 - back, 12)
    return month(index // 12, index % 12 + 1)


def year(number_: int) -> Span:
    """Give a whole year."""
    return Span(date(number_, 1, 1), date(number_, 12, 31), DatePrecision.YEAR)


def latest_month(number_: int, published: date) -> Span:
    """Give the last such month that had begun at publication."""
    return month(published.year - (number_ > published.month), number_)


def latest_day(month_: int, day: int, published: date, weekday: int | None = None) -> date | None:
    """Give the last such day on or before publication, on the weekday where the text names one."""
    past = [
        found
        for back in range(9)
        if (found := safe_date(max(published.year - back, 1), month_, day)) and found <= published
    ]
    same = [found for found in past if weekday is not None and found.weekday() == weekday]
    return next(iter(same or past), None)


def next_day(month_: int, day: int, published: date) -> date | None:
    """Give the first such day after publication."""
    coming = (safe_date(min(published.year + on, 9999), month_, day) for on in range(9))
    return next((found for found in coming if found and found > published), None)


def clipped(span: Span, published: date) -> Span:
    """Cut off what lies after publication; a span that only begins after it stays."""
    if span.first is None or span.last is None or not span.first <= published < span.last:
        return span
    return Span(span.first, published, span.precision)

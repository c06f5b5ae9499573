"""One written date to its first and last possible day."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from geodata.precision import DatePrecision
from ingest.presets.values._column import UnreadableError, halves
from ingest.presets.values._date_clean import HIJRI_LETTERS, MONTH_LETTERS, cleaned

MAX_LENGTH = 120
"""Longest text that is tried as a date, in characters."""

Order = Literal["dmy", "mdy", "ymd"]
"""What stands first where a date is written with numbers alone."""

_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_S, _R = r"[\s\-/.]*", r"\s*[-~/&]\s*"
_DAY, _MONTH, _YEAR = r"(?<!\d)(\d{1,2})(?!\d)", "([A-X])", r"(?<!\d)'?(\d{4}|\d{2})(?!\d)"
_P = r"\s*[-/.\s]\s*"


@dataclass(frozen=True, slots=True)
class Span:
    """First and last possible day of a date, how exactly it is known, and what is doubtful."""

    first: date
    last: date
    precision: DatePrecision
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How the dates of a column are written.

    `decided` is False where nothing tells whether day or month comes first; `base_1904` for
    spreadsheets whose day 0 is 1 January 1904; `today` bounds two-digit years and the future.
    `year` is that of dates without one ("16 Feb", "16/2", "February"), which else are none.
    `months` says that the column holds months, no days, so that "Feb-17" is no doubt.
    """

    order: Order = "dmy"
    decided: bool = False
    serial: bool = False
    base_1904: bool = False
    today: date = date(2100, 1, 1)
    year: str = ""
    months: bool = False


def read_date(text: str, style: Style) -> Span:
    """Read one written date that is not empty.

    Raises
    ------
    UnreadableError
        It is no date, or there is no such day; the message is the reason.
    """
    if len(text) > MAX_LENGTH:
        raise UnreadableError("too long to be a date")
    number = re.fullmatch(r"\s*(\d{1,14})(?:[.,]\d*)?\s*", text)
    span = _of_number(number[1], style) if number else _of_plain(text, style)
    if span is None:
        span = _of_words(text, style)
    if span.first > style.today + timedelta(1):
        span = _asked(span, "the date lies in the future")
    if span.first.year < 1900:
        span = _asked(span, "the date lies before 1900")
    return span


_PLAIN = re.compile(
    r"\s*(?:(\d{4})-(\d\d)-(\d\d)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?)?"
    r"|(\d{1,2})([/-])(\d{1,2})\5(\d{4}))\s*"
)


def _of_plain(text: str, style: Style) -> Span | None:
    """Read the forms that most tables use, without cleaning; None for any other."""
    found = _PLAIN.fullmatch(text)
    if found is None:
        return None
    if found[1]:
        return _iso(int(found[1]), int(found[2]), int(found[3]))
    return _numbers(int(found[4]), int(found[6]), int(found[7]), style)


def _of_words(text: str, style: Style) -> Span:
    try:
        ready = cleaned(text)
        span = _match(ready.text, style) if ready.text else None
        if span is None:
            raise UnreadableError("no date of a form that is known here")
    except UnreadableError:
        bare = _BRACKETS.sub("", text).strip()
        if not bare or bare == text.strip():
            raise
        return _asked(_of_words(bare, style), "words in brackets are left out")
    if ready.guessed:
        span = _asked(span, f"{ready.guessed!r} is read as the name of a month")
    if ready.week and span.precision is DatePrecision.DAY:
        span = replace(span, last=span.first + timedelta(6), precision=DatePrecision.WEEK)
    if ready.about and span.precision is DatePrecision.DAY:
        span = _around(span)
    return span


def _around(span: Span) -> Span:
    days = timedelta(3)
    wide = replace(
        span, first=span.first - days, last=span.last + days, precision=DatePrecision.WEEK
    )
    return _asked(wide, "the date is given as about right: read as three days either way")


def _asked(span: Span, question: str) -> Span:
    return replace(span, question="; ".join(filter(None, (span.question, question))))


def _of_number(digits: str, style: Style) -> Span | None:
    """Read "42782", "20170216", "201702", "2017", "1487203200"; None for no such number."""
    number = int(digits)
    serial = style.serial and number < 100_000
    if serial or (len(digits) == 5 and 20_000 <= number <= 60_000):
        return _serial(number, style)
    if len(digits) == 4:
        return _of(number, 0, 0)
    if len(digits) == 6 and 1900 <= number // 100 <= 2100 and 1 <= number % 100 <= 12:
        return _of(number // 100, number % 100, 0)
    if len(digits) == 8:
        return _of_eight(digits, style)
    if len(digits) in (10, 13) and number > 0:
        return _unix(number, thousandths=len(digits) == 13)
    if len(digits) <= 2 and style.year:
        return None
    raise UnreadableError("a number that is no date of a form that is known here")


def _unix(number: int, *, thousandths: bool) -> Span:
    seconds = number // 1000 if thousandths else number
    span = _day(date(1970, 1, 1) + timedelta(seconds=seconds))
    if thousandths:  # nothing else is written so
        return span
    return _asked(span, "the number is read as a Unix time")


def _of_eight(digits: str, style: Style) -> Span:
    """Read "20170216" or "16022017"."""
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    if 1900 <= year <= 2100 and month <= 12:
        return _of(year, month, day)
    return _numbers(int(digits[:2]), int(digits[2:4]), int(digits[4:]), style)


def _serial(number: int, style: Style) -> Span:
    if number < 1:
        raise UnreadableError("day 0 of a spreadsheet is no date")
    start = date(1904, 1, 1) if style.base_1904 else date(1899, 12, 30)
    return _day(start + timedelta(number))


def _day(day: date) -> Span:
    return Span(day, day, DatePrecision.DAY)


def _of(year: int, month: int, day: int) -> Span:
    """Span of a day, or of a month or year where the day or month is 0."""
    if 1300 <= year <= 1500:
        return _hijri(year, month, day)
    if not 1000 <= year <= 2200:
        raise UnreadableError(f"there is no year {year} in such a table")
    if month == 0:
        return Span(date(year, 1, 1), date(year, 12, 31), DatePrecision.YEAR)
    if month > 12:
        raise UnreadableError(f"there is no month {month}")
    length = monthrange(year, month)[1]
    if day == 0:
        return Span(date(year, month, 1), date(year, month, length), DatePrecision.MONTH)
    if day > length:
        raise UnreadableError(f"there is no day {day} in {date(year, month, 1):%B %Y}")
    return _day(date(year, month, day))


def _hijri(year: int, month: int, day: int, *, named: bool = False) -> Span:
    from hijridate import Hijri

    try:
        start = Hijri(year, month or 1, day or 1)
        length = 1 if day else start.month_length() if month else start.year_length()
        first = start.to_gregorian()
    except (ValueError, OverflowError) as error:
        raise UnreadableError(f"no such day of the Islamic calendar: {error}") from error
    begin = date(first.year, first.month, first.day)
    precision = DatePrecision.DAY if day else DatePrecision.MONTH if month else DatePrecision.YEAR
    span = Span(begin, begin + timedelta(length - 1), precision)
    why = "read by the Islamic (lunar) calendar, not the Persian one"
    return span if named else _asked(span, why)


def _year(text: str, style: Style) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    if len(text) == 3:
        raise UnreadableError(f"there is no year {text} in such a table")
    return year + (2000 if year <= style.today.year % 100 + 1 else 1900)


def _numbers(a: int, b: int, year: int, style: Style) -> Span:
    """Read day and month, in the column's order where both orders are possible."""
    if a <= 12 and b <= 12 and a and b:
        day, month = (b, a) if style.order == "mdy" else (a, b)
        return _of(year, month, day)
    day, month = (a, b) if b <= 12 and (a > 12 or a == 0) else (b, a)
    if a == b == 0:
        return _of(year, 0, 0)
    if month > 12 or month == 0:
        raise UnreadableError(f"there is no month {max(a, b)}")
    span = _of(year, month, day)
    other = (day, month) == (a, b) and style.order == "mdy"
    other = other or ((day, month) == (b, a) and style.order == "dmy" and b > 12)
    if other and style.decided:
        span = _asked(span, "day and month stand in another order than in the rest of the column")
    return span


def _named(letter: str, year: str, day: int, style: Style) -> Span:
    if letter in HIJRI_LETTERS:
        return _hijri(int(year), HIJRI_LETTERS.index(letter) + 1, day, named=True)
    return _of(_year(year, style), MONTH_LETTERS.index(letter) + 1, day)


def _match(text: str, style: Style) -> Span | None:
    """Read a cleaned date: one of the forms below, or two of them with a mark between."""
    for pattern, read in _FORMS:
        if found := pattern.fullmatch(text):
            return read(found, style)
    for left, right in halves(text, ("~", " - ", "/", "-", "&")):
        begin, end = (_match(side, style) if side else None for side in (left, right))
        if begin is not None and end is not None:
            return _between(begin, end)
    return None


def _between(begin: Span, end: Span) -> Span:
    if end.last < begin.first:
        raise UnreadableError(f"the range ends on {end.last} and begins on {begin.first}")
    if begin.first == end.last:
        return begin
    question = "; ".join(filter(None, (begin.question, end.question)))
    return Span(begin.first, end.last, DatePrecision.RANGE, question)


def _ymd(found: re.Match[str], _style: Style) -> Span:
    return _iso(int(found[1]), int(found[2]), int(found[3]))


def _iso(year: int, a: int, b: int) -> Span:
    if a > 12 >= b > 0:
        return _asked(_of(year, b, a), "read as year, day, month: there is no such month")
    return _of(year, a, b)


def _xyz(found: re.Match[str], style: Style) -> Span:
    a, b = int(found[1]), int(found[2])
    short = len(found[3]) == 2
    if short and (style.order == "ymd" or a > 31):
        return _of(_year(found[1].zfill(2), style), b, int(found[3]))
    return _numbers(a, b, _year(found[3], style), style)


def _two(found: re.Match[str], style: Style) -> Span:
    """Read "Feb-17", which a spreadsheet writes for a month, and people for a day as well."""
    if style.year and len(found[2]) == 2 and 1 <= int(found[2]) <= 31:
        return _named(found[1], style.year, int(found[2]), style)
    span = _named(found[1], found[2], 0, style)
    if len(found[2]) == 2 and int(found[2]) <= 31 and not style.months:
        return _asked(span, "read as month and year; it could be a day without its year")
    return span


def _quarter(year: int, quarter: int) -> Span:
    begin, end = _of(year, quarter * 3 - 2, 0), _of(year, quarter * 3, 0)
    return _between(begin, end)


def _week(year: int, week: int) -> Span:
    try:
        first = date.fromisocalendar(year, week, 1)
    except ValueError as error:
        raise UnreadableError(f"there is no week {week} in {year}") from error
    return Span(first, first + timedelta(6), DatePrecision.WEEK)


def _days(letter: str, year: str, days: tuple[str, str], style: Style) -> Span:
    first, last = (_named(letter, year, int(day), style) for day in days)
    return _between(first, last)


def _across(
    found: re.Match[str], style: Style, day: tuple[int, int], at: tuple[int, int, int]
) -> Span:
    """Read "28 Dec 2016 - 2 Jan 2017"; the first year may be left out."""
    letters, (first_year, last_year) = (found[at[0]], found[at[1]]), (found[at[2]], found[6])
    end = _named(letters[1], last_year, int(found[day[1]]), style)
    begin = _named(letters[0], first_year or last_year, int(found[day[0]]), style)
    if not first_year and begin.first > end.first:
        begin = _named(letters[0], str(end.first.year - 1), int(found[day[0]]), style)
    return _between(begin, end)


_Read = Callable[[re.Match[str], Style], Span]
_OPT_YEAR = rf"(?:{_S}{_YEAR})?"

_FORMS: tuple[tuple[re.Pattern[str], _Read], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (rf"(\d{{4}}){_P}(\d{{1,2}}){_P}(\d{{1,2}})", _ymd),
        (rf"(\d{{1,2}}){_P}(\d{{1,2}}){_P}'?(\d{{4}}|\d{{2}})", _xyz),
        (rf"{_DAY}{_S}{_MONTH}{_S}{_YEAR}", lambda m, s: _named(m[2], m[3], int(m[1]), s)),
        (rf"{_MONTH}{_S}{_DAY}{_P}{_YEAR}", lambda m, s: _named(m[1], m[3], int(m[2]), s)),
        (rf"(\d{{4}}){_S}{_MONTH}{_S}{_DAY}", lambda m, s: _named(m[2], m[1], int(m[3]), s)),
        (rf"(\d{{4}}){_S}{_DAY}{_S}{_MONTH}", lambda m, s: _named(m[3], m[1], int(m[2]), s)),
        (rf"{_MONTH}{_S}{_YEAR}", _two),
        (rf"(\d{{4}}){_S}{_MONTH}", lambda m, s: _named(m[2], m[1], 0, s)),
        (rf"(\d{{4}}){_P}(\d{{1,2}})", lambda m, _s: _of(int(m[1]), int(m[2]), 0)),
        (rf"(\d{{1,2}}){_P}(\d{{4}})", lambda m, _s: _of(int(m[2]), int(m[1]), 0)),
        (r"(\d{4})", lambda m, _s: _of(int(m[1]), 0, 0)),
        (rf"[qt]\s?([1-4]){_S}(\d{{4}})", lambda m, _s: _quarter(int(m[2]), int(m[1]))),
        (rf"(\d{{4}}){_S}[qt]\s?([1-4])", lambda m, _s: _quarter(int(m[1]), int(m[2]))),
        (rf"(\d{{4}}){_S}w(?:eek)?\s?(\d{{1,2}})", lambda m, _s: _week(int(m[1]), int(m[2]))),
        (rf"w(?:eek)?\s?(\d{{1,2}}){_S}(\d{{4}})", lambda m, _s: _week(int(m[2]), int(m[1]))),
        (
            rf"{_DAY}{_R}{_DAY}{_S}{_MONTH}{_S}{_YEAR}",
            lambda m, s: _days(m[3], m[4], (m[1], m[2]), s),
        ),
        (
            rf"{_MONTH}{_S}{_DAY}{_R}{_DAY}{_P}{_YEAR}",
            lambda m, s: _days(m[1], m[4], (m[2], m[3]), s),
        ),
        (
            rf"{_DAY}{_S}{_MONTH}{_OPT_YEAR}{_R}{_DAY}{_S}{_MONTH}{_S}{_YEAR}",
            lambda m, s: _across(m, s, (1, 4), (2, 5, 3)),
        ),
        (
            rf"{_MONTH}{_S}{_DAY}{_OPT_YEAR}{_R}{_MONTH}{_S}{_DAY}{_P}{_YEAR}",
            lambda m, s: _across(m, s, (2, 5), (1, 4, 3)),
        ),
        (
            rf"{_MONTH}{_R}{_MONTH}{_S}{_YEAR}",
            lambda m, s: _between(_named(m[1], m[3], 0, s), _named(m[2], m[3], 0, s)),
        ),
        (
            r"(\d{4})-(\d{1,2})-(\d{1,2})(?:/|\s-\s|~)(\d{1,2})",
            lambda m, _s: _between(
                _of(int(m[1]), int(m[2]), int(m[3])), _of(int(m[1]), int(m[2]), int(m[4]))
            ),
        ),
        (
            r"(\d{1,2})\s?[-~&]\s?(\d{1,2})[/.](\d{1,2})[/.](\d{4})",
            lambda m, _s: _between(
                _of(int(m[4]), int(m[3]), int(m[1])), _of(int(m[4]), int(m[3]), int(m[2]))
            ),
        ),
        (rf"{_DAY}{_S}{_MONTH}", lambda m, s: _named(m[2], _year_of(s), int(m[1]), s)),
        (rf"{_MONTH}{_S}{_DAY}", lambda m, s: _named(m[1], _year_of(s), int(m[2]), s)),
        (rf"{_MONTH}", lambda m, s: _named(m[1], _year_of(s), 0, s)),
        (r"([1-9]|1[0-2])", lambda m, s: _of(int(_year_of(s)), int(m[1]), 0)),
        (
            r"(\d{1,2})[-/.](\d{1,2})\.?",
            lambda m, s: _numbers(int(m[1]), int(m[2]), int(_year_of(s)), s),
        ),
    )
)


def _year_of(style: Style) -> str:
    if not style.year:
        raise UnreadableError("the date has no year")
    return style.year

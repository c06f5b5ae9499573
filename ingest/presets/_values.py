"""Read one value as tables write it; what cannot be read is a `ValueError` that says why.

Each function is called once per distinct value of a column.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

from geodata._rows import MAX_COUNT

_WHOLE = re.compile(r"\+?(\d{1,18}|\d{1,3}(?:,\d{3})+)(?:\.0*)?", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)

_CLOCK = r"(?:[T ]\d{1,2}:\d{2}.*)?"
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _CLOCK, re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_NAMED = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})\.?[ ,-]{1,2}(\d{4}|\d{2})" + _CLOCK, re.ASCII)
_NAME_FIRST = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})" + _CLOCK, re.ASCII)
_PLAIN = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})" + _CLOCK, re.ASCII)

_MONTHS = [name.lower() for name in calendar.month_name]

DAY_FIRST, MONTH_FIRST, UNDECIDED = "dmy", "mdy", ""

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Years that an event of a published data set can have."""


def short(text: str, limit: int = 80) -> str:
    """Quote a value for a message, cut where it is long."""
    return repr(text if len(text) <= limit else text[: limit - 1] + "…")


def read_count(text: str) -> int:
    """Read a number of people: whole and not negative."""
    if (found := _WHOLE.fullmatch(text)) and (
        number := int(found[1].replace(",", ""))
    ) <= MAX_COUNT:
        return number
    if _DECIMAL.fullmatch(text):
        if text.startswith("-"):
            raise ValueError(f"{short(text)} is negative; people are counted from 0 on")
        if found:
            raise ValueError(f"{short(text)} is more people than can be: check the number")
        raise ValueError(f"{short(text)} is no whole number of people")
    raise ValueError(f"{short(text)} is no number; write the count in digits or leave it empty")


def read_number(text: str) -> float:
    """Read a decimal number, with a point or a comma."""
    plain = text.replace(",", ".") if text.count(",") == 1 and "." not in text else text
    if not _DECIMAL.fullmatch(plain):
        raise ValueError(f"{short(text)} is no number of degrees, such as 30.1834")
    return float(plain)


def read_code(text: str) -> int:
    """Read a code or a part of a date: a whole number of any sign."""
    sign, digits = (-1, text[1:]) if text.startswith("-") else (1, text)
    if not (found := _WHOLE.fullmatch(digits)):
        raise ValueError(f"{short(text)} is no whole number")
    return sign * int(found[1].replace(",", ""))


def read_year(text: str) -> date:
    """Read a year, as its first day."""
    return _day(text, read_code(text), 1, 1)


def read_stamp(text: str) -> int:
    """Read a time stamp or version as a number that grows; 0 for one that cannot be read."""
    try:
        return read_code(text)
    except ValueError:
        return 0


def read_date(text: str, order: str = DAY_FIRST) -> date:
    """Read a day: "2023-01-31", "30 June 2022", "30-Jan-2023", "31/01/2023", "20230131".

    `order` says which comes first where both day and month are numbers; undecided is day first.
    """
    if found := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        return _day(text, int(found[1]), int(found[2]), int(found[3]))
    if found := _NAMED.fullmatch(text):
        return _day(text, _year(found[3]), _month(text, found[2]), int(found[1]))
    if found := _NAME_FIRST.fullmatch(text):
        return _day(text, int(found[3]), _month(text, found[1]), int(found[2]))
    if found := _PLAIN.fullmatch(text):
        first, second = int(found[1]), int(found[3])
        month, day = (first, second) if order == MONTH_FIRST else (second, first)
        return _day(text, int(found[4]), month, day, order)
    raise ValueError(f"{short(text)} is no date, such as 2023-01-31 or 31 January 2023")


def swappable(text: str) -> bool:
    """Whether day and month of a date with slashes could be exchanged."""
    found = _PLAIN.fullmatch(text)
    if not found or found[2] != "/":
        return False
    first, second = int(found[1]), int(found[3])
    return first != second and first <= 12 and second <= 12


def last_day(year: int, month: int) -> date:
    """Give the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def _month(text: str, name: str) -> int:
    lowered = "sep" if name.lower() == "sept" else name.lower()
    for number, full in enumerate(_MONTHS):
        if number and full.startswith(lowered):
            return number
    raise ValueError(f"{short(text)}: {name!r} is no English name of a month")


def _year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (1900 if int(digits) >= 70 else 2000)


def _day(text: str, year: int, month: int, day: int, order: str = "") -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"{short(text)} lies outside the years {FIRST_YEAR} to {LAST_YEAR}")
    try:
        return date(year, month, day)
    except ValueError:
        hint = f" (read as {'month' if order == MONTH_FIRST else 'day'} first)" if order else ""
        raise ValueError(f"{short(text)} is a day that no calendar has{hint}") from None

"""Days, counts and degrees as tables write them: read, or refused with a reason; never guessed."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from geodata.precision import DatePrecision
from ingest.extract.dates import find_dates
from ingest.extract.dates_calendar import MONTHS
from ingest.extract.lexicon import load
from ingest.extract.numbers import find_quantities

Days = tuple[date | None, date | None, DatePrecision]
"""First and last possible day (None for the same), and how exactly it is known."""

UNKNOWN_DAY: Days = (None, None, DatePrecision.UNKNOWN)

_NOTHING = frozenset(
    {"", "-", "--", "n/a", "na", "nan", "null", "unknown", "none", "?", "tbd", "."}
)
_NONE_HURT = frozenset({"nil", "no", "none", "zero", "0", "nobody", "-"})

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[ T].*)?")
_NUMERIC = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:[ T].*)?")
_MONTH_YEAR = re.compile(r"([A-Za-z]{3,9})\.?,?[\s/-]+((?:19|20)\d\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SERIAL = re.compile(r"([2-6]\d{4})(?:\.\d+)?")
_EXCEL_BEGINS = date(1899, 12, 30)
_RANGE = re.compile(r"(\d+)\s*(?:-|–|—|to)\s*(\d+)")
_PLUS = re.compile(r"(\d+)\s*\+")
_WHOLE = re.compile(r"[+]?\d{1,3}(?:[,' ]\d{3})+|\d+(?:[.,]0+)?")
_DMS = re.compile(
    r"\s*([NSEW])?\s*(\d{1,3})\s*[°d:\s]\s*(\d{1,2}(?:[.,]\d+)?)\s*['’′m:\s]?\s*"
    r"(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:\"|”|″|''|s)?)?\s*([NSEW])?\s*",
    re.IGNORECASE,
)


@lru_cache(maxsize=50_000)
def read_day(text: str, *, day_first: bool = True) -> Days:
    """Read a day, a month or a year; blank and "unknown" are unknown.

    Parameters
    ----------
    day_first
        Whether 03/04/2021 is 3 April; a number above 12 decides by itself.

    Raises
    ------
    ValueError
        Says in words what is wrong with it.
    """
    plain = " ".join(text.split())
    if plain.casefold() in _NOTHING:
        return UNKNOWN_DAY
    found = _in_figures(plain, day_first=day_first) or _of_month(plain)
    return found or _in_words(plain, day_first=day_first)


def _in_figures(text: str, *, day_first: bool) -> Days | None:
    if iso := _ISO.fullmatch(text):
        return _of_parts(int(iso[1]), int(iso[2]), int(iso[3]) if iso[3] else 0)
    if numeric := _NUMERIC.fullmatch(text):
        one, two = int(numeric[1]), int(numeric[2])
        day, month = (one, two) if (day_first and two <= 12) or one > 12 else (two, one)
        return _of_parts(_whole_year(numeric[3]), month, day)
    if serial := _SERIAL.fullmatch(text):
        return _EXCEL_BEGINS + timedelta(int(serial[1])), None, DatePrecision.DAY
    return None


def _of_month(text: str) -> Days | None:
    if _YEAR.fullmatch(text):
        return _of_parts(int(text), 0, 0)
    named = _MONTH_YEAR.fullmatch(text)
    month = MONTHS.get(named[1].casefold()) if named else None
    return _of_parts(int(named[2]), month, 0) if named and month else None


def from_parts(year: str, month: str, day: str) -> Days:
    """Read a day from three cells; 0 or blank for what is unknown.

    Raises
    ------
    ValueError
        A cell is no number, or there is no such day.
    """
    numbers = [int(float(cell)) if cell.strip() else 0 for cell in (year, month, day)]
    return UNKNOWN_DAY if numbers[0] <= 0 else _of_parts(*(max(0, n) for n in numbers))


def _whole_year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (1900 if year > 68 else 2000)


def _of_parts(year: int, month: int, day: int) -> Days:
    if month == 0:
        return date(year, 1, 1), date(year, 12, 31), DatePrecision.YEAR
    if not 1 <= month <= 12:
        raise ValueError(f"there is no month {month}")
    if day == 0:
        following = date(year + month // 12, month % 12 + 1, 1)
        return date(year, month, 1), following - timedelta(1), DatePrecision.MONTH
    try:
        return date(year, month, day), None, DatePrecision.DAY
    except ValueError as error:
        raise ValueError(f"there is no day {day} in month {month} of {year}") from error


def _in_words(text: str, *, day_first: bool) -> Days:
    spaced = re.sub(r"(?<=[^\W\d_])[-_,](?=\w)|(?<=\d)[-_](?=\w)", " ", text)
    for form in (text, spaced):
        hits = [h for h in find_dates(form, None, day_first=day_first) if h.first is not None]
        if len(hits) == 1:
            hit = hits[0]
            return hit.first, None if hit.last == hit.first else hit.last, hit.precision
    raise ValueError("it is no date that can be read")


def order_of_days(texts: list[str]) -> bool | None:
    """Tell from a column whether the day stands before the month; None where nothing decides."""
    pairs = [(int(m[1]), int(m[2])) for t in texts if (m := _NUMERIC.fullmatch(t.strip()))]
    if any(one > 12 for one, _ in pairs):
        return True
    return False if any(two > 12 for _, two in pairs) else None


Count = tuple[int | None, int | None, int | None]
"""Low, best, high; all None where nothing is told, the last alone where it is open."""


@lru_cache(maxsize=50_000)
def read_count(text: str) -> Count:
    """Read a number of people: "5", "10-12" (best is the lower), "at least 5", "5+", "nil".

    Raises
    ------
    ValueError
        Says in words what is wrong with it.
    """
    plain = " ".join(text.split()).casefold()
    if plain in _NONE_HURT:
        return 0, 0, 0
    if plain in _NOTHING:
        return None, None, None
    if _WHOLE.fullmatch(plain):
        whole = int(re.sub(r"[.,]0+$", "", plain).translate(_NO_MARKS))
        return whole, whole, whole
    if between := _RANGE.fullmatch(plain):
        low, high = sorted((int(between[1]), int(between[2])))
        return low, low, high
    if plus := _PLUS.fullmatch(plain):
        return int(plus[1]), int(plus[1]), None
    if plain.startswith("-") or re.search(r"\d[.,]\d", plain):
        raise ValueError("it is no whole number of people")
    told = find_quantities(plain, load("en"))
    if len(told) == 1:
        return told[0].low, told[0].best, told[0].high
    raise ValueError("it is no number of people that can be read")


_NO_MARKS = str.maketrans("", "", ",' +")


@lru_cache(maxsize=50_000)
def read_degrees(text: str, limit: float) -> float | None:
    """Read a latitude (`limit` 90) or a longitude (180): decimal, or degrees, minutes, seconds.

    Raises
    ------
    ValueError
        Says in words what is wrong with it.
    """
    plain = text.strip()
    if plain.casefold() in _NOTHING:
        return None
    try:
        value = float(plain.replace(",", ".") if plain.count(",") == 1 else plain)
    except ValueError:
        value = _of_dms(plain)
    if not -limit <= value <= limit:
        raise ValueError(f"it lies outside -{limit:g} to {limit:g} degrees")
    return value


def _of_dms(text: str) -> float:
    found = _DMS.fullmatch(text)
    if found is None:
        raise ValueError("it is no coordinate that can be read")
    minutes, seconds = (float((part or "0").replace(",", ".")) for part in found.group(3, 4))
    if minutes >= 60 or seconds >= 60:
        raise ValueError("minutes and seconds lie below 60")
    side = (found[1] or found[5] or "N").upper()
    return (int(found[2]) + minutes / 60 + seconds / 3600) * (-1 if side in "SW" else 1)

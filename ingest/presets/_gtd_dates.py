"""When an event of the GTD happened: year, month and day as numbers, 0 for unknown, and words.

``approxdate`` holds words where the day is not exact ("March 12-14, 1998"). Two days in it make
a range; other words beside a day mean that the day is a guess, so only its month counts.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from geodata.precision import DatePrecision
from ingest.presets._rows import combined, spread
from ingest.presets._values import FIRST_YEAR, LAST_YEAR, last_day, read_code, read_date, short

if TYPE_CHECKING:
    from ingest.presets._rows import Rows

Dated = tuple[date, date | None, str]
"""First and last possible day, and how exactly they are known."""

_UNKNOWN = (0, -9, -99)

_ONE = re.compile(r"([A-Za-z]+) (\d{1,2}),? (\d{4})", re.ASCII)
_TWO = re.compile(
    r"([A-Za-z]+) (\d{1,2})(?:,? (\d{4}))? ?(?:-|–|to|and) ?(?:([A-Za-z]+) )?(\d{1,2}),? (\d{4})",
    re.ASCII,
)


class _RefusedError(ValueError):
    """A part of a date that cannot be read: the column, and why."""

    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.value = column, value


def dates(rows: Rows) -> dict[str, Any]:
    """Read the dates by their distinct values."""
    few, which = combined(*(rows.text(name) for name in ("iyear", "imonth", "iday", "approxdate")))
    found: list[Dated | None] = []
    refused: dict[str, dict[int, tuple[str, str]]] = {}
    for at, row in enumerate(few):
        try:
            found.append(dated(*row))
        except _RefusedError as error:
            found.append(None)
            refused.setdefault(error.column, {})[at] = (error.value, str(error))
    for column, reasons in refused.items():
        rows.refuse(column, which, reasons)
    return {
        "event_date": spread([day and day[0] for day in found], which, pa.date32()),
        "event_date_end": spread([day and day[1] for day in found], which, pa.date32()),
        "date_precision": spread([day and day[2] for day in found], which),
    }


@lru_cache(maxsize=65_536)
def dated(year_: str, month_: str, day_: str, words: str) -> Dated:
    """Give first and last possible day of one event."""
    year = _part("iyear", year_, FIRST_YEAR, LAST_YEAR)
    month, day = _part("imonth", month_, 1, 12), _part("iday", day_, 1, 31)
    if year is None:
        raise _RefusedError("iyear", year_, "no date at all: iyear tells no year")
    if month and day:
        _real(year, month, day, day_)
    said = _said(words)
    if said and _agrees(said, year, month, day):
        if said[0] == said[1]:
            return said[0], None, str(DatePrecision.DAY)
        return *said, str(DatePrecision.RANGE)
    if month is None:
        return date(year, 1, 1), date(year, 12, 31), str(DatePrecision.YEAR)
    if day is None or words:
        return date(year, month, 1), last_day(year, month), str(DatePrecision.MONTH)
    return _real(year, month, day, day_), None, str(DatePrecision.DAY)


def _agrees(said: tuple[date, date], year: int, month: int | None, day: int | None) -> bool:
    """Whether the days of the words hold what the numbers tell."""
    first, last = said
    if month and day:
        return first <= date(year, month, day) <= last
    if month:
        return first <= last_day(year, month) and last >= date(year, month, 1)
    return first.year <= year <= last.year


def _part(column: str, text: str, low: int, high: int) -> int | None:
    if not text:
        return None
    try:
        number = read_code(text)
    except ValueError as error:
        raise _RefusedError(column, text, str(error)) from error
    if number in _UNKNOWN:
        return None
    if not low <= number <= high:
        raise _RefusedError(column, text, f"{short(text)} lies outside {low} to {high}")
    return number


def _real(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        reason = f"{year:04d}-{month:02d}-{day:02d} is a day that no calendar has"
        raise _RefusedError("iday", text, reason) from error


def _said(words: str) -> tuple[date, date] | None:
    """Read one day or two from words; None for other words."""
    try:
        if found := _TWO.fullmatch(words):
            first = read_date(f"{found[1]} {found[2]}, {found[3] or found[6]}")
            last = read_date(f"{found[4] or found[1]} {found[5]}, {found[6]}")
            return (first, last) if first <= last else None
        if found := _ONE.fullmatch(words):
            return (day := read_date(f"{found[1]} {found[2]}, {found[3]}")), day
    except ValueError:  # words, not a date
        return None
    return None

"""Turns that several layouts share: one field into one column, days, places."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Any

from geodata.export._layout import Cells, Told, Turn
from geodata.incident import Incident
from geodata.precision import DatePrecision

DAYS = frozenset({"event_date", "event_date_end", "date_precision"})
SPOT = frozenset({"latitude", "longitude", "location_precision"})
TYPES = frozenset({"event_type", "sub_event_type"})

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(.*)", re.ASCII | re.DOTALL)
_NAMED = re.compile(r"\d{1,2}([ -])([A-Za-z]{3,9})\1\d{4}", re.ASCII)


def one(field: str, column: str) -> tuple[frozenset[str], Turn]:
    """Write a field into a column of its own: numbers in digits, tags with ``; ``."""

    def turn(told: Told) -> Cells:
        return {column: text_of(getattr(told.incident, field))}

    return frozenset({field}), turn


def text_of(value: Any) -> str:
    """Give a value as a table writes it."""
    if isinstance(value, tuple):
        return "; ".join(value)
    return "" if value is None else str(value)


def degrees(value: float | None) -> str:
    """Give degrees in digits, never with an exponent; empty without a value."""
    if value is None:
        return ""
    text = repr(value)
    return text if "e" not in text else f"{value:.15f}".rstrip("0").rstrip(".")


def written_as(before: str, day: date | None) -> str:
    """Write a day in the way of the cell that it replaces, else as 2023-01-31."""
    if day is None:
        return ""
    if found := _ISO.fullmatch(before):
        return day.isoformat() + found[1]
    if found := _NAMED.fullmatch(before):
        short = len(found[2]) == 3 and found[2].lower() != "may"
        names = calendar.month_abbr if short else calendar.month_name
        return f"{day.day:02d}{found[1]}{names[day.month]}{found[1]}{day.year:04d}"
    return day.isoformat()


def last_of(incident: Incident) -> date | None:
    """Give the last possible day; the first where there is no other."""
    return incident.event_date_end or incident.event_date


def length(incident: Incident) -> int:
    """Days from the first to the last possible one, both counted; 0 without a first day."""
    first, last = incident.event_date, last_of(incident)
    return (last - first).days + 1 if first and last else 0


def middle(incident: Incident) -> date | None:
    """Give the day in the middle of the possible ones."""
    first = incident.event_date
    return first + timedelta(days=(length(incident) - 1) // 2) if first else None


def year_only(incident: Incident) -> bool:
    """Whether no more than the year is known, or not even that."""
    return incident.date_precision is DatePrecision.YEAR or length(incident) > 31


def spot(incident: Incident, fields: frozenset[str], codes: Cells, *, shown: bool = True) -> Cells:
    """Give coordinates where they changed, and `codes` where the precision did.

    Without `shown` the coordinates are emptied: the layout has no class as coarse as ours.
    """
    cells: Cells = {}
    if not shown:
        cells |= {"latitude": "", "longitude": ""}
    elif fields & {"latitude", "longitude"}:
        latitude, longitude = degrees(incident.latitude), degrees(incident.longitude)
        cells |= {"latitude": latitude, "longitude": longitude}
    if "location_precision" in fields:
        cells |= codes
    return cells

"""The layout of ACLED (31 columns): rows of ACLED as they came, others as far as they fit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.export import About, ExportReport
from geodata.export import _turns as turns
from geodata.export._layout import Cells, Said, Target, Told, write_layout
from geodata.incident import Incident
from geodata.layouts import ACLED, ACLED_GEO
from geodata.precision import DatePrecision, LocationPrecision

if TYPE_CHECKING:
    from geodata.filters import Filter
    from geodata.store import Store


def write(store: Store, where: Filter, out: Path, about: About) -> ExportReport:
    """Write the file."""
    return write_layout(store, where, out, about, TARGET)


def days(told: Told) -> Cells:
    """Give the day (the middle of a week or month), the year and how exactly they are known.

    ACLED has no code for a year: then the day is empty and the year alone is told.
    """
    code = _time_precision(told.incident)
    day = turns.middle(told.incident) if code else None
    year = told.incident.event_date.year if told.incident.event_date else None
    cells = {
        "event_date": turns.written_as(told.row.get("event_date", ""), day),
        "year": turns.text_of(year),
    }
    return cells | {"time_precision": code}


def _time_precision(incident: Incident) -> str:
    if incident.event_date is None or turns.year_only(incident):
        return ""
    if incident.date_precision is DatePrecision.DAY or turns.length(incident) == 1:
        return "1" if incident.date_precision is not DatePrecision.UNKNOWN else ""
    week = incident.date_precision in (DatePrecision.RANGE, DatePrecision.WEEK)
    return "2" if week and turns.length(incident) <= 7 else "3"


def types(told: Told) -> Cells:
    """Give event type and sub-event type, and the disorder type that follows from them."""
    return {
        "event_type": told.incident.event_type or "",
        "sub_event_type": told.incident.sub_event_type or "",
        "disorder_type": disorder_type(told.incident.event_type, told.incident.sub_event_type),
    }


def disorder_type(event_type: str | None, sub_event_type: str | None) -> str:
    """Give ACLED's disorder type of an event type; empty for none."""
    if sub_event_type == "Excessive force against protesters":
        return "Political violence; Demonstrations"
    if event_type == "Strategic developments":
        return event_type
    if event_type == "Protests" or sub_event_type == "Violent demonstration":
        return "Demonstrations"
    if event_type == "Riots" and sub_event_type is None:
        return ""
    return "Political violence" if event_type else ""


def place(told: Told) -> Cells:
    """Give coordinates and their code; none for what is known only to a country."""
    precision = told.incident.location_precision
    codes = {"geo_precision": ACLED_GEO.get(precision, "")}
    return turns.spot(
        told.incident, told.fields, codes, shown=precision != LocationPrecision.COUNTRY
    )


def sources(said: Sequence[Said]) -> Cells:
    """Name the outlets."""
    names = dict.fromkeys(s.outlet or s.url or s.title for s in said)
    return {"source": "; ".join(name for name in names if name)}


TARGET = Target(
    ACLED,
    (
        (turns.DAYS, days),
        (turns.TYPES, types),
        turns.one("actor1", "actor1"),
        turns.one("actor2", "actor2"),
        turns.one("place", "location"),
        turns.one("admin2", "admin2"),
        turns.one("admin1", "admin1"),
        turns.one("country", "country"),
        (turns.SPOT, place),
        turns.one("killed_best", "fatalities"),
        turns.one("notes", "notes"),
        turns.one("tags", "tags"),
    ),
    sources,
)

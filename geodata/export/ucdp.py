"""The layout of UCDP GED (49 columns): its rows as they came, others as far as they fit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.export import About, ExportReport
from geodata.export import _turns as turns
from geodata.export._layout import Cells, Said, Target, Told, write_layout
from geodata.incident import Incident
from geodata.layouts import UCDP, UCDP_WHERE
from geodata.palette import is_state_force
from geodata.precision import DatePrecision

if TYPE_CHECKING:
    from geodata.filters import Filter
    from geodata.store import Store

_CELL = 0.5  # degrees: the side of a cell of PRIO-GRID
_ACROSS = 720


def write(store: Store, where: Filter, out: Path, about: About) -> ExportReport:
    """Write the file."""
    return write_layout(store, where, out, about, TARGET)


def days(told: Told) -> Cells:
    """Give the first and the last day, the year and how exactly they are known."""
    first, last = told.incident.event_date, turns.last_of(told.incident)
    if first is None:
        last = None
    cells = {
        "date_start": turns.written_as(told.row.get("date_start", ""), first),
        "date_end": turns.written_as(told.row.get("date_end", ""), last),
        "year": str(first.year) if first else "",
    }
    return cells | {"date_prec": date_prec(told.incident)}


def date_prec(incident: Incident) -> str:
    """Give the code by the class, and for a range by its length."""
    if incident.event_date is None:
        return ""
    if incident.date_precision is DatePrecision.RANGE:
        steps = ((1, "1"), (6, "2"), (7, "3"), (30, "4"))
        return next((code for most, code in steps if turns.length(incident) <= most), "5")
    return {
        DatePrecision.DAY: "1",
        DatePrecision.WEEK: "3",
        DatePrecision.MONTH: "4",
        DatePrecision.YEAR: "5",
    }.get(incident.date_precision, "")


def violence(told: Told) -> Cells | None:
    """Give the type of violence; UCDP has none for protests, riots and arrests."""
    kind = told.incident.event_type
    if kind == "Violence against civilians":
        return {"type_of_violence": "3"}
    if kind not in ("Battles", "Explosions/Remote violence"):
        return None
    if (told.incident.actor2 or "").casefold().startswith("civilians"):
        return {"type_of_violence": "3"}
    if not told.incident.actor1 or not told.incident.actor2:
        return None
    state = any(
        side.casefold().startswith("government of") or is_state_force(side)
        for side in (told.incident.actor1, told.incident.actor2)
    )
    return {"type_of_violence": "1" if state else "2"}


def sides(told: Told) -> Cells:
    """Give the sides that changed; the pair is named where the row is new."""
    names = {"actor1": "side_a", "actor2": "side_b"}
    cells = {names[name]: getattr(told.incident, name) or "" for name in told.fields}
    if not told.row and told.incident.actor1 and told.incident.actor2:
        cells["dyad_name"] = f"{told.incident.actor1} - {told.incident.actor2}"
    return cells


def place(told: Told) -> Cells:
    """Give coordinates with what is computed from them, and the code."""
    codes = {"where_prec": UCDP_WHERE.get(told.incident.location_precision, "")}
    cells = turns.spot(told.incident, told.fields, codes)
    if "latitude" in cells:
        x, y = told.incident.longitude, told.incident.latitude
        cells["geom_wkt"] = cells["priogrid_gid"] = ""
        if x is not None and y is not None:
            cells["geom_wkt"] = f"POINT ({turns.degrees(x)} {turns.degrees(y)})"
            cells["priogrid_gid"] = str(priogrid(y, x))
    return cells


def priogrid(latitude: float, longitude: float) -> int:
    """Give the cell of PRIO-GRID: rows of 720 from the south pole, from west to east."""
    up = min(math.floor((latitude + 90) / _CELL), 359)
    right = min(math.floor((longitude + 180) / _CELL), _ACROSS - 1)
    return up * _ACROSS + right + 1


def deaths(told: Told) -> Cells | None:
    """Give the dead by side: a government's, the other side's, civilians, unknown people."""
    left = dict(told.incident.killed_by_status)
    cells = {
        "deaths_civilians": left.pop("civilians", 0),
        "deaths_unknown": left.pop("unknown", 0),
        "deaths_a": 0,
        "deaths_b": 0,
    }
    side_a = told.row.get("side_a") or told.incident.actor1 or ""
    state_first = side_a.casefold().startswith("government of") or is_state_force(side_a)
    own, other = ("deaths_a", "deaths_b") if state_first else ("deaths_b", "deaths_a")
    cells[own] += left.pop("security_forces", 0)
    cells[other] += left.pop("militants", 0)
    return None if left else {name: str(number) for name, number in cells.items()}


def notes(told: Told) -> Cells | None:
    """Give the description of the place, where the notes still end in the row's sources."""
    article = told.row.get("source_article", "")
    head, found, rest = told.incident.notes.rpartition(article) if article else ("", "", "x")
    return {"where_description": head.rstrip("\n")} if found and not rest else None


def sources(said: Sequence[Said]) -> Cells:
    """Name the reports, each list in the same order."""
    parts = {
        "source_office": [s.outlet for s in said],
        "source_date": [s.published for s in said],
        "source_headline": [s.title for s in said],
        "source_article": [", ".join(p for p in (s.outlet, s.published, s.title) if p)
                           for s in said],
    }  # fmt: skip
    cells = {name: ";".join(values) if any(values) else "" for name, values in parts.items()}
    return cells | {"number_of_sources": str(len(said) or -1)}


TARGET = Target(
    UCDP,
    (
        (turns.DAYS, days),
        (turns.TYPES, violence),
        (frozenset({"actor1", "actor2"}), sides),
        turns.one("place", "where_coordinates"),
        turns.one("admin2", "adm_2"),
        turns.one("admin1", "adm_1"),
        turns.one("country", "country"),
        (turns.SPOT, place),
        turns.one("killed_low", "low"),
        turns.one("killed_best", "best"),
        turns.one("killed_high", "high"),
        (frozenset({"killed_by_status"}), deaths),
        (frozenset({"notes"}), notes),
    ),
    sources,
)

"""What the Map page shows, as plain values: filters and widgets, totals, empty states, table rows.

Pure functions of a filter and of what the store answers; nothing here draws.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from dashboard.wording import (
    STATUS_WORDS,
    count_words,
    date_words,
    number,
    place_name,
)
from geodata.datasets import REPORTS
from geodata.filters import Filter
from geodata.incident import Status
from geodata.palette import UNKNOWN, display_group
from geodata.precision import DRAWN, LOCATION_WORDS, LocationPrecision

if TYPE_CHECKING:
    from geodata.incident import Incident
    from geodata.summary import Totals

PARTS: dict[str, str] = {
    "group": "Group",
    "district": "District",
    "province": "Province",
    "type": "Event type",
    "perpetrator": "Held responsible",
    "country": "Country",
    "precision": "How exact the place is",
    "status": "Review",
    "dataset": "Data set",
}
"""Parts of a filter that are chosen from a list, with their names on screen."""

AREAS = (LocationPrecision.DISTRICT, LocationPrecision.PROVINCE)
OFF_MAP = (LocationPrecision.COUNTRY, LocationPrecision.UNKNOWN)


def read_filter(params: Mapping[str, Sequence[str]]) -> Filter:
    """Filter that an address names (`Filter.from_params` for the errors)."""
    return Filter.from_params(params)


def widget_values(where: Filter) -> dict[str, Any]:
    """Value of each filter widget, by the name of the filter's part."""
    chosen: dict[str, Any] = {part: [str(v) for v in getattr(where, part)] for part in PARTS}
    return {
        **chosen,
        "with_affiliates": where.with_affiliates,
        "since": where.since,
        "until": where.until,
        "min_killed": where.min_killed,
        "text": where.text,
    }


def filter_of(values: Mapping[str, Any], before: Filter) -> Filter:
    """Filter that the widgets say; what has no widget (`bbox`, `polygon`) stays as it was.

    Raises
    ------
    InputError
        For a value that no filter takes, such as a text that is too long.
    """
    params: dict[str, list[str]] = {}
    for name, value in values.items():
        if value in (None, "", 0, [], ()):  # False is 0
            continue
        many = value if isinstance(value, list | tuple) else [value]
        params[name] = [_as_written(item) for item in many]
    return replace(Filter.from_params(params), bbox=before.bbox, polygon=before.polygon)


def _as_written(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return "yes" if value is True else str(value)


def toggled(where: Filter, part: str, value: str) -> Filter:
    """Filter with a value of a part chosen, or taken back where it was chosen already."""
    chosen = list(getattr(where, part))
    rest = [name for name in chosen if str(name) != value]
    params = where.to_params()
    params[part] = [str(name) for name in rest] if len(rest) < len(chosen) else [value]
    return Filter.from_params(params)


def option_words(part: str, value: str) -> str:
    """Say a value of a filter part on screen."""
    if part == "precision":
        return LOCATION_WORDS[LocationPrecision(value)].capitalize()
    if part == "status":
        return STATUS_WORDS[Status(value)]
    if part == "dataset" and value == REPORTS:
        return "Read from reports"
    return value


def options_of(
    facet: Sequence[tuple[str, int]], chosen: Sequence[str], part: str
) -> dict[str, str]:
    """Options of a list with their labels, most frequent first; what is chosen is always there."""
    counts = dict(facet)
    names = [*counts, *(name for name in chosen if name not in counts)]
    return {name: f"{option_words(part, name)} ({number(counts.get(name, 0))})" for name in names}


@dataclass(frozen=True, slots=True)
class Count:
    """One of the totals above the map: its words, and the filter that shows those incidents."""

    key: str
    words: str
    where: Filter | None = None
    look: str = "none"
    """How it is written where it leads nowhere: ``all`` for the sum, ``none`` for a zero."""


def counts_of(totals: Totals, where: Filter) -> list[Count]:
    """Totals as words that add up to all incidents of the project, each with its filter.

    What is not on the map is said even where it is zero, so that nobody has to wonder.
    """
    located = tuple(p for p in LocationPrecision if p not in OFF_MAP)
    sharp = tuple(p for p in located if p not in AREAS)
    drafts = replace(where, status=(Status.DRAFT,))
    rejected = Filter(status=(Status.REJECTED, Status.MERGED))
    only_areas, nowhere = replace(where, precision=AREAS), replace(where, precision=OFF_MAP)
    at_place = totals.mapped - totals.area_only
    counts = [
        ("sharp", at_place, "at a named place", replace(where, precision=sharp)),
        ("area", totals.area_only, "at a district or province only", only_areas),
        ("unplaced", totals.not_located, "without a place", nowhere),
        ("drafts", totals.drafts, "of these awaiting review", drafts),
        ("awaiting", totals.awaiting_review, "more awaiting review, left out", drafts),
        ("filtered", totals.filtered_out, "filtered out", Filter()),
        ("rejected", totals.rejected, "rejected or merged", rejected),
    ]
    whole = Count("matched", count_words(totals.matched, "incident"), look="all")
    return [whole] + [
        Count(key, f"{number(n)} {words}", goal if n else None)
        for key, n, words, goal in counts
        if n or (key in ALWAYS and totals.all)
    ]


ALWAYS = ("unplaced", "drafts", "filtered")
"""Totals that are said even where they are zero."""


@dataclass(frozen=True, slots=True)
class Empty:
    """Why a map is empty, and the next step: ``add``, ``clear`` or none."""

    words: str
    step: str = ""


def empty_state(totals: Totals, where: Filter) -> Empty | None:
    """Say why nothing is on the map; None when something is."""
    if totals.mapped:
        return None
    if totals.matched:
        words = count_words(totals.matched, "matching incident")
        return Empty(f"{words}, none with a place on the map: see the table below.")
    if not totals.all:
        return Empty("This project has no incidents yet.", "add")
    if where.is_empty:
        kept = count_words(totals.all, "incident")
        return Empty(f"Nothing to show: {kept} in the project, all rejected or merged.", "")
    return Empty("No incident matches this filter.", "clear")


def timeline_step(months: Sequence[tuple[str, int, int]]) -> str:
    """Step of the timeline that gives a readable number of bars for a span of months."""
    if not months:
        return "month"
    first, last = date.fromisoformat(months[0][0]), date.fromisoformat(months[-1][0])
    span = (last.year - first.year) * 12 + last.month - first.month + 1
    limits = ((2, "day"), (20, "week"), (180, "month"))
    return next((step for limit, step in limits if span <= limit), "year")


def period_of(selection: Mapping[str, Any]) -> tuple[date, date] | None:
    """First and last day of a brush over the timeline; None for an empty or one-ended one.

    The chart gives milliseconds since 1970, UTC.
    """
    ends = next(iter(selection.values()), None) if selection else None
    if not isinstance(ends, list | tuple) or len(ends) != 2:
        return None
    days = [_day(end) for end in ends]
    if days[0] is None or days[1] is None:
        return None
    return min(days[0], days[1]), max(days[0], days[1])


def _day(value: object) -> date | None:
    from datetime import UTC, datetime

    if not isinstance(value, int | float):
        return None
    return datetime.fromtimestamp(value / 1000, tz=UTC).date()


ORDERS: dict[str, str] = {
    "-event_date": "Newest first",
    "event_date": "Oldest first",
    "-killed_best": "Most killed first",
}
"""Orders of the table, by `Store.incidents`, with their names on screen."""


COLUMNS = (
    "Date",
    "What",
    "Group",
    "Against",
    "Place",
    "Province",
    "Killed",
    "Injured",
    "Place known to",
    "Review",
)
"""Headings of the incident table."""


def table_row(incident: Incident) -> list[str]:
    """Cells of an incident in the table, as words, in the order of `COLUMNS`."""
    division = ", ".join(part for part in (incident.admin1, incident.country) if part)
    return [
        date_words(incident),
        incident.sub_event_type or incident.event_type or "Not stated",
        _group(incident),
        incident.actor2 or "",
        place_name(incident),
        division,
        _count(incident.killed_best),
        _count(incident.injured_best),
        LOCATION_WORDS[incident.location_precision],
        STATUS_WORDS[incident.status],
    ]


def _count(value: int | None) -> str:
    return "" if value is None else number(value)


def _group(incident: Incident) -> str:
    name = display_group(incident)
    return "" if name == UNKNOWN else name


def page_words(offset: int, shown: int, matched: int) -> str:
    """Say which rows of the table are shown: "1–50 of 1 234"."""
    if not matched:
        return "no incidents"
    return f"{number(offset + 1)}–{number(offset + shown)} of {number(matched)}"


def point_of(incident: Incident | None) -> tuple[float, float] | None:
    """Where an incident is drawn (latitude, longitude); None where it has no place on the map."""
    if incident is None or incident.location_precision not in DRAWN:
        return None
    if incident.latitude is None or incident.longitude is None:
        return None
    return incident.latitude, incident.longitude

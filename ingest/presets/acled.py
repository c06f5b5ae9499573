"""ACLED: 31 columns since March 2023 and the older layouts, names in any case.

Actor 1 and actor 2 are no attacker and defender: a perpetrator is named only where one side are
civilians, by the codes of the sides.
"""

from __future__ import annotations

from datetime import timedelta

from geodata.incident import Attribution, Incident
from geodata.precision import DatePrecision, LocationPrecision
from geodata.taxonomy import EVENT_TYPE_OF, canonical_event_type, canonical_sub_event_type
from ingest.presets._base import (
    Cells,
    Preset,
    RowError,
    cell,
    coded_precision,
    count_of,
    day_of,
    named,
    point_of,
)
from ingest.tables.values import Days

WHERE = {
    "1": LocationPrecision.SETTLEMENT,
    "2": LocationPrecision.NEAR,
    "3": LocationPrecision.PROVINCE,
}
LEGACY = {
    "battle-no change of territory": ("Battles", "Armed clash"),
    "battle-government regains territory": ("Battles", "Government regains territory"),
    "battle-non-state actor overtakes territory": (
        "Battles", "Non-state actor overtakes territory",
    ),
    "remote violence": ("Explosions/Remote violence", None),
    "riots/protests": (None, None),
    "strategic development": ("Strategic developments", None),
    "headquarters or base established": (
        "Strategic developments", "Headquarters or base established",
    ),
    "non-violent transfer of territory": (
        "Strategic developments", "Non-violent transfer of territory",
    ),
}  # fmt: skip
"""Event types before 2019."""

_CIVILIANS = frozenset({"7", "civilians"})
_CROWDS = frozenset({"5", "6", "rioters", "protesters"})


def read(cells: Cells) -> Incident:
    """Read a row."""
    first, last, precision = _days(cells)
    latitude, longitude = point_of(cells, "latitude", "longitude")
    event_type, sub_event_type = _kind(cells)
    dead = count_of(cells, "fatalities")[1]
    perpetrator = _perpetrator(cells, event_type)
    return Incident(
        incident_id="",
        event_date=first,
        event_date_end=last,
        date_precision=precision,
        event_type=event_type,
        sub_event_type=sub_event_type,
        actor1=named(cells, "actor1"),
        actor2=named(cells, "actor2"),
        perpetrator=perpetrator,
        attribution=Attribution.ATTRIBUTED if perpetrator else Attribution.NONE,
        place=named(cells, "location"),
        admin2=named(cells, "admin2"),
        admin1=named(cells, "admin1"),
        country=named(cells, "country"),
        latitude=latitude,
        longitude=longitude,
        location_precision=coded_precision(cell(cells, "geo_precision"), WHERE, latitude),
        killed_low=dead,
        killed_best=dead,
        killed_high=dead,
        tags=tuple(tag.strip() for tag in cell(cells, "tags").split(";") if tag.strip()),
        notes=cell(cells, "notes"),
    )


def _days(cells: Cells) -> Days:
    """The day; for time precision 2 its week, for 3 its month."""
    first, last, precision = day_of(cells, "event_date")
    if first is None:
        raise RowError("event_date", cell(cells, "event_date"), "an event of ACLED has a day")
    if cell(cells, "time_precision") == "2":
        monday = first - timedelta(first.weekday())
        return monday, monday + timedelta(6), DatePrecision.WEEK
    if cell(cells, "time_precision") == "3":
        begins = first.replace(day=1)
        return begins, (begins + timedelta(32)).replace(day=1) - timedelta(1), DatePrecision.MONTH
    return first, last, precision


def _kind(cells: Cells) -> tuple[str | None, str | None]:
    """Event type and sub-event type; None for what the taxonomy does not hold."""
    written = cell(cells, "event_type")
    sub = canonical_sub_event_type(cell(cells, "sub_event_type"))
    if sub is not None:
        return EVENT_TYPE_OF[sub], sub
    if written.casefold() in LEGACY:
        return LEGACY[written.casefold()]
    return canonical_event_type(written), None


def _perpetrator(cells: Cells, event_type: str | None) -> str | None:
    """The side that is no civilian, where the other one is."""
    if event_type not in ("Violence against civilians", "Explosions/Remote violence"):
        return None
    sides = [cell(cells, name).casefold() for name in ("inter1", "inter2")]
    civil = [
        side in _CIVILIANS or cell(cells, actor).casefold().startswith("civilians")
        for side, actor in zip(sides, ("actor1", "actor2"), strict=True)
    ]
    for mine, other in ((0, 1), (1, 0)):
        name = named(cells, f"actor{mine + 1}")
        if civil[other] and not civil[mine] and sides[mine] not in _CROWDS and name:
            return name
    return None


PRESET = Preset(
    name="acled",
    title="ACLED",
    credit="ACLED (acleddata.com), used under its terms of use",
    needs=frozenset({"event_id_cnty", "event_date", "event_type", "actor1", "geo_precision"}),
    key="event_id_cnty",
    read=read,
)

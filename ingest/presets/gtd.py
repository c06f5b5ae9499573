"""Global Terrorism Database: 135 columns, or any part of them with the day and the group.

The dead and the wounded include the perpetrators; -9 and -99 mean unknown, month or day 0 too.
"""

from __future__ import annotations

from dataclasses import replace

from geodata.incident import Attribution, Incident
from geodata.particulars import Weapon, tactic_of_gtd, target_of_gtd, weapon_of_gtd
from geodata.precision import LocationPrecision
from geodata.taxonomy import EVENT_TYPE_OF
from ingest.presets._base import Cells, Preset, RowError, cell, count_of, named, point_of
from ingest.tables.values import Count, Days, from_parts

WHERE = {
    "1": LocationPrecision.SETTLEMENT,
    "2": LocationPrecision.DISTRICT,
    "3": LocationPrecision.DISTRICT,
    "4": LocationPrecision.PROVINCE,
}
ATTACK = {
    "1": "Attack",  # assassination
    "2": "Abduction/forced disappearance",  # hijacking
    "3": "Abduction/forced disappearance",
    "4": "Abduction/forced disappearance",  # barricade incident
    "5": "Remote explosive/landmine/IED",
    "6": "Attack",
    "7": "Attack",
    "8": "Looting/property destruction",
}
"""Sub-event type of each attack type where the weapon and the target say no more."""

NOBODY = "Unidentified armed group"
_FORCES = {"3": "Police", "4": "Military"}
_UNKNOWN = frozenset({"-9", "-99", "-9.0", "-99.0"})


def read(cells: Cells) -> Incident:
    """Read a row."""
    known = {name: "" if value.strip() in _UNKNOWN else value for name, value in cells.items()}
    first, last, precision = _days(known)
    latitude, longitude = point_of(known, "latitude", "longitude")
    sub = _sub_event_type(known)
    killed, injured = count_of(known, "nkill"), count_of(known, "nwound")
    incident = Incident(
        incident_id="",
        event_date=first,
        event_date_end=last,
        date_precision=precision,
        event_type=EVENT_TYPE_OF[sub] if sub else None,
        sub_event_type=sub,
        weapon=weapon_of_gtd(_code(known, "weaptype1")),
        tactic=tactic_of_gtd(_code(known, "attacktype1")),
        target=target_of_gtd(_code(known, "targtype1")),
        place=named(known, "city"),
        admin1=named(known, "provstate"),
        country=named(known, "country_txt"),
        latitude=latitude,
        longitude=longitude,
        location_precision=_precision(known, latitude),
        abducted=_people(known, "nhostkid"),
        released=_people(known, "nreleased"),
        notes=cell(known, "summary"),
    )
    return _with_tolls(_with_sides(incident, known), killed, injured, _people(known, "nkillter"))


def _days(cells: Cells) -> Days:
    try:
        days = from_parts(*(cell(cells, name) for name in ("iyear", "imonth", "iday")))
    except ValueError as error:
        values = "/".join(cell(cells, name) for name in ("iyear", "imonth", "iday"))
        raise RowError("iday", values, str(error)) from error
    if days[0] is None:
        raise RowError("iyear", cell(cells, "iyear"), "an event of the GTD has a year")
    return days


def _code(cells: Cells, name: str) -> int:
    try:
        return int(float(cell(cells, name) or 0))
    except ValueError as error:
        raise RowError(name, cell(cells, name), "it is no code") from error


def _people(cells: Cells, name: str) -> int | None:
    return count_of(cells, name)[1]


def _precision(cells: Cells, latitude: float | None) -> LocationPrecision:
    if latitude is None:
        return LocationPrecision.UNKNOWN
    found = WHERE.get(str(_code(cells, "specificity")), LocationPrecision.UNKNOWN)
    near = found is LocationPrecision.SETTLEMENT and cell(cells, "vicinity") in ("1", "1.0")
    return LocationPrecision.NEAR if near else found


def _sub_event_type(cells: Cells) -> str | None:
    kind = str(_code(cells, "attacktype1"))
    if cell(cells, "suicide") in ("1", "1.0"):
        return "Suicide bomb"
    if kind == "5" and "grenade" in cell(cells, "weapsubtype1_txt").casefold():
        return "Grenade"
    armed = weapon_of_gtd(_code(cells, "weaptype1")) is not Weapon.EXPLOSIVE
    if kind in ("1", "6") and armed and str(_code(cells, "targtype1")) in _FORCES:
        return "Armed clash"
    return ATTACK.get(kind)


def _with_sides(incident: Incident, cells: Cells) -> Incident:
    """The group as the perpetrator, the target as the other side."""
    group = named(cells, "gname")
    unknown = group is None or group.casefold() in ("unknown", "individual")
    if unknown:
        ground = Attribution.NONE
    elif cell(cells, "claimed") in ("1", "1.0"):
        ground = Attribution.CLAIMED
    elif cell(cells, "guncertain1") in ("1", "1.0"):
        ground = Attribution.SUSPECTED
    else:
        ground = Attribution.ATTRIBUTED
    name = NOBODY if unknown else group
    other = _FORCES.get(str(_code(cells, "targtype1")), "Civilians")
    return replace(incident, actor1=name, perpetrator=name, attribution=ground, actor2=other)


def _with_tolls(
    incident: Incident, killed: Count, injured: Count, perpetrators: int | None
) -> Incident:
    dead = killed[1]
    own = perpetrators or 0
    by_status = {}
    if dead is not None and 0 < own <= dead:
        by_status = {"militants": own} | ({"unknown": dead - own} if dead > own else {})
    return replace(
        incident,
        killed_low=killed[0], killed_best=dead, killed_high=killed[2],
        injured_low=injured[0], injured_best=injured[1], injured_high=injured[2],
        killed_by_status=by_status,
    )  # fmt: skip


PRESET = Preset(
    name="gtd",
    title="Global Terrorism Database",
    credit="Global Terrorism Database, START, University of Maryland",
    needs=frozenset({"eventid", "iyear", "imonth", "gname"}),
    key="eventid",
    read=read,
)

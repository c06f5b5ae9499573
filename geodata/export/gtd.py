"""The layout of the GTD (135 columns): its rows as they came, others as far as they fit."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.export import About, ExportReport
from geodata.export import _turns as turns
from geodata.export._layout import Cells, Said, Target, Told, write_layout
from geodata.incident import Attribution, Incident
from geodata.layouts import GTD, GTD_ATTACKS, GTD_TARGETS, GTD_WEAPONS
from geodata.particulars import GTD_TACTIC, GTD_TARGET, GTD_WEAPON
from geodata.precision import DatePrecision, LocationPrecision

if TYPE_CHECKING:
    from geodata.filters import Filter
    from geodata.store import Store

ATTACK_OF: Mapping[str, int] = {
    "Armed clash": 6,
    "Suicide bomb": 5,
    "Air/drone strike": 5,
    "Shelling/artillery/missile attack": 5,
    "Remote explosive/landmine/IED": 5,
    "Grenade": 5,
    "Sexual violence": 7,
    "Abduction/forced disappearance": 3,
    "Mob violence": 7,
    "Looting/property destruction": 8,
}
"""Attack type of a sub-event type, where no tactic says it better."""

_UNIDENTIFIED = "Unidentified armed group"


def write(store: Store, where: Filter, out: Path, about: About) -> ExportReport:
    """Write the file."""
    return write_layout(store, where, out, about, TARGET)


def days(told: Told) -> Cells:
    """Give year, month and day, 0 for unknown, and the words for more than one day."""
    first, words = told.incident.event_date, ""
    if first is None:
        return {"iyear": "", "imonth": "0", "iday": "0", "approxdate": ""}
    month, day = first.month, first.day
    if told.incident.date_precision in (DatePrecision.YEAR, DatePrecision.UNKNOWN):
        month = day = 0
    elif told.incident.date_precision is DatePrecision.MONTH:
        day = 0
    elif turns.length(told.incident) > 1:
        words = _both(told.incident)
    return {
        "iyear": str(first.year),
        "imonth": str(month),
        "iday": str(day),
        "approxdate": words,
    }


def _both(incident: Incident) -> str:
    """Say two days as the GTD does: "March 12-14, 1998"."""
    first, last = incident.event_date, turns.last_of(incident)
    if first is None or last is None:
        return ""
    begin, end = calendar.month_name[first.month], calendar.month_name[last.month]
    if first.year != last.year:
        return f"{begin} {first.day}, {first.year} - {end} {last.day}, {last.year}"
    if begin != end:
        return f"{begin} {first.day} - {end} {last.day}, {last.year}"
    return f"{begin} {first.day}-{last.day}, {last.year}"


def attack(told: Told) -> Cells | None:
    """Give the attack type by the tactic, else by the sub-event type."""
    code = GTD_TACTIC.get(told.incident.tactic) if told.incident.tactic else None
    code = code or ATTACK_OF.get(told.incident.sub_event_type or "")
    if code is None:
        return None
    cells = _coded("attacktype1", code, GTD_ATTACKS)
    if told.incident.sub_event_type == "Suicide bomb":
        cells["suicide"] = "1"
    return cells


def weapon(told: Told) -> Cells | None:
    """Give the weapon's class."""
    code = GTD_WEAPON.get(told.incident.weapon) if told.incident.weapon else None
    return _coded("weaptype1", code, GTD_WEAPONS) if code else None


def aimed(told: Told) -> Cells | None:
    """Give the target's class."""
    code = GTD_TARGET.get(told.incident.target) if told.incident.target else None
    return _coded("targtype1", code, GTD_TARGETS) if code else None


def _coded(column: str, code: int, words: Mapping[int, str]) -> Cells:
    return {column: str(code), f"{column}_txt": words[code]}


def group(told: Told) -> Cells:
    """Give the group: whoever is held responsible, else the side that acts first."""
    name = told.incident.perpetrator or told.incident.actor1 or "Unknown"
    return {"gname": "Unknown" if name == _UNIDENTIFIED else name}


def ground(told: Told) -> Cells | None:
    """Give whether the group is uncertain, and whether it claims the attack."""
    if told.incident.attribution is Attribution.DENIED:
        return None
    suspected = told.incident.attribution is Attribution.SUSPECTED
    claimed = told.incident.attribution is Attribution.CLAIMED
    return {"guncertain1": str(int(suspected)), "claimed": str(int(claimed))}


def attacked(told: Told) -> Cells | None:
    """Give the side attacked as the target, where the row names none of its own."""
    return None if told.row else {"target1": told.incident.actor2 or ""}


def place(told: Told) -> Cells:
    """Give coordinates and their codes; none for what is known only to a country."""
    precision = told.incident.location_precision
    near = precision is LocationPrecision.NEAR
    town = precision in (LocationPrecision.SITE, LocationPrecision.SETTLEMENT) or near
    code = "1" if town else ""
    if precision is LocationPrecision.DISTRICT:
        code = "2" if told.incident.place else "3"
    elif precision is LocationPrecision.PROVINCE:
        code = "4"
    elif precision is LocationPrecision.COUNTRY or (not code and told.incident.latitude is None):
        code = "5"
    codes = {"specificity": code, "vicinity": str(int(near))}
    return turns.spot(
        told.incident, told.fields, codes, shown=precision != LocationPrecision.COUNTRY
    )


def attackers(told: Told) -> Cells | None:
    """Give the attackers killed, which an edited row of the GTD tells as militants."""
    left = dict(told.incident.killed_by_status)
    militants = left.pop("militants", 0)
    return None if left or not told.row else {"nkillter": str(militants)}


def abducted(told: Told) -> Cells:
    """Give the people abducted."""
    number = told.incident.abducted
    return {"nhostkid": turns.text_of(number), "ishostkid": "1" if number else "0"}


def sources(said: Sequence[Said]) -> Cells:
    """Cite the first three reports."""
    cited = [", ".join(p for p in (s.title, s.outlet, s.published) if p) for s in said]
    return {f"scite{number}": text for number, text in enumerate(cited[:3], start=1)}


TARGET = Target(
    GTD,
    (
        (turns.DAYS, days),
        (turns.TYPES | {"tactic"}, attack),
        (frozenset({"weapon"}), weapon),
        (frozenset({"target"}), aimed),
        (frozenset({"actor1", "perpetrator"}), group),
        (frozenset({"attribution"}), ground),
        (frozenset({"actor2"}), attacked),
        turns.one("place", "city"),
        turns.one("admin1", "provstate"),
        turns.one("country", "country_txt"),
        (turns.SPOT, place),
        turns.one("killed_best", "nkill"),
        turns.one("injured_best", "nwound"),
        (frozenset({"killed_by_status"}), attackers),
        (frozenset({"abducted"}), abducted),
        turns.one("released", "nreleased"),
        turns.one("notes", "summary"),
    ),
    sources,
)

"""What the screen says: headlines, dates, tolls and precision in plain words.

Pure functions of an incident. No internal name (``admin2``, ``sub_event_type``) leaves this
module; the result is plain text, to be escaped where it is drawn.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from geodata.filters import spoken_date
from geodata.incident import Attribution, Status
from geodata.precision import DATE_WORDS, LOCATION_WORDS, RADIUS_KM, DatePrecision
from geodata.precision import LocationPrecision as At

if TYPE_CHECKING:
    from geodata.incident import Claim, Incident, Json

THIN_SPACE = "\u202f"  # the narrow space that does not break
EN_DASH = "–"
MISSING = "not stated"

FIELD_LABELS: dict[str, str] = {
    "incident_id": "Number",
    "event_date": "Date",
    "event_date_end": "Last possible day",
    "date_precision": "How exact the date is",
    "event_type": "Event type",
    "sub_event_type": "Kind of event",
    "weapon": "Weapon",
    "tactic": "Tactic",
    "target": "Target",
    "actor1": "First side",
    "actor2": "Second side",
    "perpetrator": "Held responsible",
    "attribution": "On what ground",
    "attributed_by": "Named by",
    "place": "Place",
    "admin2": "District",
    "admin1": "Province",
    "country": "Country",
    "latitude": "Latitude",
    "longitude": "Longitude",
    "location_precision": "How exact the place is",
    "killed_low": "Killed, at least",
    "killed_best": "Killed, best figure",
    "killed_high": "Killed, at most",
    "injured_low": "Injured, at least",
    "injured_best": "Injured, best figure",
    "injured_high": "Injured, at most",
    "killed_by_status": "Who was killed",
    "arrested": "Arrested",
    "abducted": "Abducted",
    "released": "Released",
    "status": "Review",
    "background": "Mentioned as background",
    "tags": "Tags",
    "notes": "Notes",
    "dataset": "Data set",
    # Groups of fields that are read from the same words.
    "date": "Date",
    "location": "Place",
    "killed": "Killed",
    "injured": "Injured",
    "killed_said": "Killed, by one source",
    "injured_said": "Injured, by one source",
}
"""Label on screen for every field of an incident and every group of fields in a claim."""

STATUS_WORDS: dict[Status, str] = {
    Status.DRAFT: "Draft, not reviewed",
    Status.CONFIRMED: "Confirmed",
    Status.REJECTED: "Rejected",
    Status.MERGED: "Merged with its twin",
}

ATTRIBUTION_WORDS: dict[Attribution, str] = {
    Attribution.CLAIMED: "by its own account",
    Attribution.ATTRIBUTED: "stated by others",
    Attribution.SUSPECTED: "suspected, not stated as a fact",
    Attribution.DENIED: "named, but denies it",
    Attribution.NONE: "nobody is named",
}
"""On what ground somebody is held responsible."""

_ENUM_WORDS: dict[str, dict[str, str]] = {
    "status": {key.value: words for key, words in STATUS_WORDS.items()},
    "attribution": {key.value: words for key, words in ATTRIBUTION_WORDS.items()},
    "date_precision": {key.value: words for key, words in DATE_WORDS.items()},
    "location_precision": {key.value: words for key, words in LOCATION_WORDS.items()},
}


def label(field: str) -> str:
    """Name of a field on screen; a name that is not ours is shown as plain words."""
    return FIELD_LABELS.get(field, field.replace("_", " ").capitalize())


def number(value: int) -> str:
    """Write a whole number with narrow spaces between thousands: 12 400."""
    return f"{value:,}".replace(",", THIN_SPACE)


def headline(incident: Incident) -> str:
    """Say an incident in one line: what, who, where, when, how many; unknown parts left out.

    Examples
    --------
    "Armed clash: Counter-Terrorism Department vs Islamic State, Mastung district, 31 Aug 2021,
    11 killed"
    """
    what = incident.sub_event_type or incident.event_type or "Incident"
    if incident.background:
        what += " (background)"
    known_date = incident.date_precision is not DatePrecision.UNKNOWN
    parts = [
        what + _sides(incident),
        isolated(place_name(incident)),
        date_words(incident) if known_date else "",
        toll_words(incident),
    ]
    return ", ".join(part for part in parts if part)


def isolated(name: str) -> str:
    """Set off a name in a script from right to left, so that a line keeps the order of its parts.

    Without it "A, B" with two Arabic names shows B first and takes a number after them along.
    """
    written = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in name)
    return f"\u2068{name}\u2069" if written else name


_BETWEEN = {"Battles": "vs", "Protests": "and", "Strategic developments": "and"}
# The two sides of a protest are not attacker and attacked: the code book lists protesters first.


def _sides(incident: Incident) -> str:
    first, second = isolated(incident.actor1 or ""), isolated(incident.actor2 or "")
    joined = _BETWEEN.get(incident.event_type or "", "against")
    if first and second and first != second:
        return f": {first} {joined} {second}"
    if first:
        return f": {first}"
    return f" against {second}" if second else ""


def place_name(incident: Incident) -> str:
    """Name the place as exactly as it is known and no more: "Mastung district", "near Wadh"."""
    at = incident.location_precision
    district = f"{incident.admin2} district" if incident.admin2 else ""
    if at is At.DISTRICT:
        return district or incident.place or ""
    if at is At.PROVINCE:
        return incident.admin1 or incident.place or ""
    if at is At.COUNTRY:
        return incident.country or incident.place or ""
    finest = incident.place or district or incident.admin1 or incident.country or ""
    return f"near {finest}" if at is At.NEAR and not _says_near(finest) else finest


def _says_near(place: str) -> bool:
    words = place.casefold().split()
    return not words or "near" in words or "km" in words


def place_line(incident: Incident) -> str:
    """Give the place with the divisions around it: "Quetta, Balochistan, Pakistan"."""
    parts = [place_name(incident), incident.admin1, incident.country]
    return ", ".join(dict.fromkeys(part for part in parts if part))


def date_words(incident: Incident) -> str:
    """Say the date as exactly as it is known: "31 Aug 2021", "Aug 2021", "2021"."""
    first, last = incident.event_date, incident.event_date_end
    kind = incident.date_precision
    if first is None or kind is DatePrecision.UNKNOWN:
        return f"on or before {spoken_date(last)}" if last else "date unknown"
    if kind is DatePrecision.YEAR:
        return str(first.year)
    if kind is DatePrecision.MONTH:
        return f"{first:%b} {first.year}"
    if kind is DatePrecision.WEEK:
        return f"week of {spoken_date(first)}"
    if last is None or last == first:
        return spoken_date(first)
    return span_words(first, last)


def spoken_precision(incident: Incident) -> str:
    """Say how exact the date is, where the date does not show it by itself."""
    if incident.date_precision is DatePrecision.UNKNOWN:
        return "the report gives no day that can be worked out"
    return (
        "" if incident.date_precision is DatePrecision.DAY else DATE_WORDS[incident.date_precision]
    )


def span_words(first: date, last: date) -> str:
    """Say two days as a range: "3–5 Aug 2021", "30 Aug – 2 Sep 2021"."""
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{EN_DASH}{spoken_date(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%b} {EN_DASH} {spoken_date(last)}"
    return f"{spoken_date(first)} {EN_DASH} {spoken_date(last)}"


def spoken_time(when: datetime) -> str:
    """Say a moment of the record of edits: "22 Nov 2026, 08:30 UTC"."""
    return f"{spoken_date(when.date())}, {when:%H:%M} UTC"


def toll_words(incident: Incident) -> str:
    """Say killed and injured: "8–11 killed, 3 injured"; empty when neither is stated."""
    killed = _toll(incident.killed_low, incident.killed_best, incident.killed_high)
    injured = _toll(incident.injured_low, incident.injured_best, incident.injured_high)
    if killed == "0":
        killed = "" if injured not in ("", "0") else "nobody"
    if injured == "0":
        injured = ""
    parts = ((killed, "killed"), (injured, "injured"))
    return ", ".join(f"{count} {noun}" for count, noun in parts if count)


def _toll(low: int | None, best: int | None, high: int | None) -> str:
    if low is None and high is None:
        return "" if best is None else number(best)
    if low is None:
        return f"up to {number(high or 0)}" if best in (None, high) else number(best or 0)
    if high is None:
        return f"at least {number(low)}"
    return number(high) if low == high else f"{number(low)}{EN_DASH}{number(high)}"


def bounds_words(incident: Incident, noun: str) -> str:
    """Say a toll with its bounds: "9, at least 8, at most 11"; `noun` is killed or injured."""
    low, best, high = (getattr(incident, f"{noun}_{bound}") for bound in ("low", "best", "high"))
    stated = {count for count in (low, best, high) if count is not None}
    if len(stated) == 1 and best is not None and high is not None:
        return number(best)
    parts = (("at least", low), ("best figure", best), ("at most", high))
    return ", ".join(f"{words} {number(count)}" for words, count in parts if count is not None)


def who_was_killed(by_status: Mapping[str, Json]) -> str:
    """List the dead by who they were: "2 of the security forces, 11 militants"."""
    return ", ".join(_people(str(status), count) for status, count in by_status.items())


def _people(status: str, count: Json) -> str:
    one, many = _PEOPLE.get(status, (status.replace("_", " "),) * 2)
    return f"{_plain(count)} {one if count == 1 else many}"


_PEOPLE: dict[str, tuple[str, str]] = {
    "civilians": ("civilian", "civilians"),
    "militants": ("militant", "militants"),
    "security_forces": ("of the security forces",) * 2,
    "unknown": ("of unknown standing",) * 2,
}
"""Words for one and for several of each status."""


def precision_words(incident: Incident, claim: Claim | None = None) -> str:
    """Say how exactly the place is known, and why not better.

    Parameters
    ----------
    claim
        The place claim, whose `detail` may hold the geocoder's ``outcome`` and ``radius_km``.
    """
    at = incident.location_precision
    detail = claim.detail if claim else {}
    if at is At.UNKNOWN or incident.latitude is None:
        return _unplaced_words(incident, str(detail.get("outcome", "")))
    if at is At.SITE:
        return f"placed at {isolated(incident.place or 'the exact site')}"
    if at is At.SETTLEMENT:
        return f"placed at {isolated(incident.place or 'the town or village')}"
    if at is At.NEAR:
        return f"placed near a named place, within about {_radius(detail, at)} km"
    if at is At.SEA:
        return f"placed at sea, within about {_radius(detail, at)} km"
    return _area_words(incident)


def _area_words(incident: Incident) -> str:
    levels: dict[At, tuple[str, str | None, str]] = {
        At.DISTRICT: ("placed at the district", incident.admin2, "no town"),
        At.PROVINCE: ("placed at the province", incident.admin1, "no district or town"),
        At.COUNTRY: ("known only to the country, so not on the map", incident.country, "no place"),
    }
    where, area, nothing_finer = levels[incident.location_precision]
    named = incident.place
    if named and area and area.casefold() not in named.casefold():
        return f"{where}; {isolated(named)} itself was not found"
    return f"{where}; the report names {nothing_finer}"


def _unplaced_words(incident: Incident, outcome: str) -> str:
    if incident.location_precision is At.COUNTRY:
        return _area_words(incident)
    if not incident.place:
        return "not placed; the report names no place"
    reasons = {
        "declined": "has several candidates too close to call",
        "failed": "could not be looked up",
    }
    return f"not placed; {isolated(incident.place)} {reasons.get(outcome, 'was not found')}"


def _radius(detail: Mapping[str, Json], at: At) -> str:
    radius = detail.get("radius_km")
    return f"{radius if isinstance(radius, int | float) else RADIUS_KM[at]:.0f}"


def coordinate_words(incident: Incident) -> str:
    """Write the point as "29.80° N, 66.85° E", no finer than its precision; empty without one."""
    if incident.latitude is None or incident.longitude is None:
        return ""
    digits = {At.SITE: 4, At.SETTLEMENT: 3}.get(incident.location_precision, 2)
    north = f"{abs(incident.latitude):.{digits}f}° {'N' if incident.latitude >= 0 else 'S'}"
    east = f"{abs(incident.longitude):.{digits}f}° {'E' if incident.longitude >= 0 else 'W'}"
    return f"{north}, {east}"


def value_words(field: str, value: Json) -> str:
    """Say a stored JSON value of a field, as in the history of edits."""
    if value is None or value in ("", [], {}):
        return MISSING
    if field in _ENUM_WORDS:
        return _ENUM_WORDS[field].get(str(value), str(value))
    if field in ("event_date", "event_date_end"):
        return _spoken(str(value))
    if isinstance(value, Mapping):
        return who_was_killed(value)
    return ", ".join(map(_plain, value)) if isinstance(value, list | tuple) else _plain(value)


def _plain(value: Json) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return number(value) if isinstance(value, int) else str(value)


def _spoken(text: str) -> str:
    try:
        return spoken_date(date.fromisoformat(text))
    except ValueError:
        return text


def count_words(count: int, noun: str) -> str:
    """Say a count with its noun: "1 incident", "2 incidents"."""
    return f"{number(count)} {noun}" + ("" if count == 1 else "s")

"""What the Add page knows between two clicks, without any drawing.

A `Draft` is an incident as the machine read it, with the analyst's edits beside it; nothing is
stored until `save_drafts`.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as with_default
from datetime import date, timedelta
from typing import TYPE_CHECKING

from geodata.errors import InputError
from geodata.incident import (
    Claim,
    ExtractedIncident,
    Incident,
    Json,
    Status,
    new_id,
    to_json,
    with_field,
)
from geodata.precision import DatePrecision, LocationPrecision
from geodata.taxonomy import EVENT_TYPE_OF

if TYPE_CHECKING:
    from geodata.incident import Document
    from geodata.memory import PlaceMemory
    from geodata.place import Candidate
    from geodata.store import Store

PLACE_FIELDS = (
    "place",
    "admin2",
    "admin1",
    "country",
    "latitude",
    "longitude",
    "location_precision",
)
SAME_DISTRICT_KM = 25.0
"""A point that is moved no farther than this mostly stays in its district."""
DATE_FIELDS = ("event_date", "event_date_end", "date_precision")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One card: what was read, the analyst's edits (JSON by field), whether to keep it."""

    found: ExtractedIncident
    edits: Mapping[str, Json] = with_default(default_factory=dict)
    keep: bool = True
    by_hand: bool = False
    remember: bool = True  # a corrected place, for the next report that names it so
    said: str | None = None  # the report's own words for the place, where it was renamed since

    @property
    def key(self) -> str:
        """Name that its widgets share."""
        return self.found.incident.incident_id

    @property
    def phrase(self) -> str:
        """Words of the report for the place; empty where it named none."""
        return (self.found.incident.place if self.said is None else self.said) or ""

    @property
    def incident(self) -> Incident:
        """The incident with the edits in place."""
        return edited(self.found.incident, self.edits)

    def with_values(self, values: Mapping[str, Json]) -> Draft:
        """Take over new values of fields; one that is again as read is no edit."""
        return replace(
            self, edits=edits_of(self.found.incident, {**dict(self.edits), **dict(values)})
        )


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save did: the report, the incidents kept, and those kept as rejected."""

    document: Document
    kept: tuple[Incident, ...]
    rejected: tuple[Incident, ...]
    remembered: tuple[PlaceMemory, ...] = ()


def edited(incident: Incident, edits: Mapping[str, Json]) -> Incident:
    """Incident with fields replaced by JSON values (ValueError for one that cannot be held)."""
    for name, value in edits.items():
        incident = with_field(incident, name, value)
    return incident


def edits_of(before: Incident, values: Mapping[str, Json]) -> dict[str, Json]:
    """Keep the values that differ from the incident's."""
    old = to_json(before)
    return {name: value for name, value in values.items() if value != old[name]}


def hand_made() -> Draft:
    """Give an empty incident for the analyst to fill in."""
    blank = Incident(incident_id=new_id("inc"))
    return Draft(found=ExtractedIncident(blank, ()), by_hand=True)


def type_values(event_type: str | None, sub_event_type: str | None) -> dict[str, Json]:
    """Give event type and kind; a kind of another type is dropped."""
    fits = sub_event_type is not None and EVENT_TYPE_OF[sub_event_type] == event_type
    return {"event_type": event_type, "sub_event_type": sub_event_type if fits else None}


def date_values(precision: DatePrecision, first: date | None, last: date | None) -> dict[str, Json]:
    """Give the date fields for a day picked at a precision.

    A month or a year runs from its first to its last day, a week for seven days from the day
    picked. Without a day the date is unknown, and `last` bounds it.
    """
    if first is None or precision is DatePrecision.UNKNOWN:
        return _dates(DatePrecision.UNKNOWN, None, last)
    if precision is DatePrecision.MONTH:
        first = first.replace(day=1)
        last = first.replace(day=monthrange(first.year, first.month)[1])
    elif precision is DatePrecision.YEAR:
        first, last = date(first.year, 1, 1), date(first.year, 12, 31)
    elif precision is DatePrecision.WEEK:
        last = first + timedelta(days=6)
    elif precision is DatePrecision.DAY:
        last = None
    return _dates(precision, first, last)


def _dates(precision: DatePrecision, first: date | None, last: date | None) -> dict[str, Json]:
    return {
        "event_date": first.isoformat() if first else None,
        "event_date_end": last.isoformat() if last else None,
        "date_precision": precision.value,
    }


def place_values(candidate: Candidate, text: str) -> dict[str, Json]:
    """Give the place fields for a candidate chosen for a place phrase."""
    place = candidate.place
    return {
        "place": text,
        "admin2": place.admin2,
        "admin1": place.admin1,
        "country": place.country_name,
        "latitude": candidate.latitude,
        "longitude": candidate.longitude,
        "location_precision": candidate.location_precision.value,
    }


def divisions_at(before: Incident, latitude: float, longitude: float) -> dict[str, Json]:
    """Give country, province and district for a point that was typed in.

    What the incident names stays where the point can lie in it; else the outlines say, which
    know no districts. A point at sea lies in nothing.
    """
    from geodata.boundaries import distance_km, province_at, province_matches

    hit = province_at(longitude, latitude)
    if hit is None:
        return {"admin2": None, "admin1": None, "country": None}
    if before.admin1 and province_matches(before.admin1, longitude, latitude):
        admin2 = before.admin2
        if before.latitude is not None and before.longitude is not None:
            km = float(distance_km(before.longitude, before.latitude, longitude, latitude))
            admin2 = admin2 if km <= SAME_DISTRICT_KM else None
        return {"admin2": admin2, "admin1": before.admin1, "country": before.country}
    return {"admin2": None, "admin1": hit.name, "country": hit.country_name}


def no_place_values(text: str | None) -> dict[str, Json]:
    """Give the place fields for a place that cannot be put on the map; its words are kept."""
    empty: dict[str, Json] = dict.fromkeys(PLACE_FIELDS)
    return empty | {"place": text, "location_precision": LocationPrecision.UNKNOWN.value}


def as_read(incident: Incident, fields: Sequence[str]) -> dict[str, Json]:
    """Give the fields as JSON values, as they were read."""
    values = to_json(incident)
    return {name: values[name] for name in fields}


def problems(incident: Incident, published: date | None) -> list[str]:
    """Say in plain words what contradicts itself in an incident; empty when nothing does."""
    found = [
        f"{noun}: the least, best and most figures must not fall"
        for noun in ("Killed", "Injured")
        if not _rises(incident, noun.lower())
    ]
    first, last = incident.event_date, incident.event_date_end
    if first and last and last < first:
        found.append("Date: the last possible day lies before the first")
    if first and published and first > published:
        found.append("Date: it lies after the day of publication")
    return found


def _rises(incident: Incident, noun: str) -> bool:
    bounds = [getattr(incident, f"{noun}_{bound}") for bound in ("low", "best", "high")]
    stated = [number for number in bounds if number is not None]
    return stated == sorted(stated)


def worth_storing(drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts without the hand-made ones that were left empty or left out: nobody read those."""
    return [draft for draft in drafts if not draft.by_hand or (draft.keep and draft.edits)]


def save_drafts(
    store: Store,
    document: Document,
    drafts: Sequence[Draft],
    *,
    who: str,
    confirmed: bool = False,
) -> Saved:
    """Store the report, every incident as it was read, and the analyst's edits as changes.

    An incident that was left out is stored as rejected, so that it can be brought back.

    Raises
    ------
    InputError
        The project has got this report meanwhile; nothing is stored.
    StoreError
        The project cannot be written; nothing is stored.
    """
    from dashboard.remembered import remember
    from ingest.pipeline import save

    drafts = worth_storing(drafts)
    incidents: dict[bool, list[Incident]] = {True: [], False: []}
    with store.atomic():
        found = [_claimed(draft, document) for draft in drafts]
        if not save(store, document, found).stored:
            raise InputError(
                f"the report {document.title!r} is in the project already; start again"
            )
        for draft in drafts:
            incidents[draft.keep].append(_record(store, draft, who, confirmed=confirmed))
        remembered = remember(store, [memory_of_draft(draft, who) for draft in drafts])
    return Saved(document, tuple(incidents[True]), tuple(incidents[False]), tuple(remembered))


def memory_of_draft(draft: Draft, who: str) -> PlaceMemory | None:
    """Give what to remember of a draft's corrected place; None where there is nothing to."""
    from dashboard.remembered import memory_of

    if draft.by_hand or not draft.keep or not draft.remember:
        return None
    return memory_of(draft.found.incident, draft.incident, phrase=draft.phrase, who=who)


def _claimed(draft: Draft, document: Document) -> ExtractedIncident:
    """What was read; for an incident added by hand, the analyst's own claims on the report."""
    if not draft.by_hand:
        return draft.found
    incident_id = draft.found.incident.incident_id
    claims = tuple(
        Claim(
            claim_id=new_id("clm"),
            incident_id=incident_id,
            document_id=document.document_id,
            field=name,
            value=value,
            method="analyst",
        )
        for name, value in draft.edits.items()
    )
    return ExtractedIncident(draft.found.incident, claims)


def _record(store: Store, draft: Draft, who: str, *, confirmed: bool) -> Incident:
    values = dict(draft.edits)
    why = "added by hand" if draft.by_hand else "corrected while adding the report"
    if not draft.keep:
        values["status"] = Status.REJECTED.value
        why = "left out while adding the report"
    elif confirmed:
        values["status"] = Status.CONFIRMED.value
        why = why if draft.edits else "checked while adding the report"
    if not values:
        return draft.found.incident
    return store.update_incident(draft.key, values, who=who, why=why)

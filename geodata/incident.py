"""The vocabulary as types: incident, document, claim, evidence, change, quarantined row.

All are frozen: an edit makes a new value (`dataclasses.replace`) and the store records what
changed. Coordinates are WGS 84 (EPSG:4326) degrees. Dates are calendar dates.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from dataclasses import field as with_default
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from geodata.particulars import Tactic, Target, Weapon
from geodata.precision import DRAWN, DatePrecision, LocationPrecision

Json = Any
"""A value that JSON can hold: None, bool, int, float, str, list or dict of such."""

SECOND_OPINION = "second_opinion"
"""Field of claims that hold what a second opinion says of a value; they change no value."""


class Status(StrEnum):
    """Where an incident stands in review."""

    DRAFT = "draft"  # proposed by the machine, not yet looked at
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    MERGED = "merged"  # told twice; kept, and points to its twin in `notes`


class Attribution(StrEnum):
    """On what ground the perpetrator is named."""

    CLAIMED = "claimed"  # by the perpetrator itself
    ATTRIBUTED = "attributed"  # stated as a fact by somebody else
    SUSPECTED = "suspected"  # believed, blamed, not stated as a fact
    DENIED = "denied"  # the named group denies it
    NONE = "none"


def _state(self: Any) -> list[Any]:
    """Values of a frozen class with slots, for pickling: a batch sends thousands of them.

    What `dataclasses` puts in for it asks for the fields anew at every object.
    """
    return [getattr(self, name) for name in self.__slots__]


def _restore(self: Any, state: list[Any]) -> None:
    """Take the values that `_state` gave."""
    for name, value in zip(self.__slots__, state, strict=True):
        object.__setattr__(self, name, value)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words a value was read from.

    `start` and `end` are character offsets into the document's text, end exclusive, so that
    ``document.text[start:end] == quote``.
    """

    __getstate__ = _state
    __setstate__ = _restore

    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One report, as read. `text` is what evidence offsets point into."""

    document_id: str
    text: str
    title: str = ""
    url: str = ""
    outlet: str = ""
    published: date | None = None
    sha256: str = ""  # of the original bytes; of the text where there were none
    retrieved: datetime | None = None
    path: str = ""  # the name it was read from, shown to the user, never opened again
    language: str = ""  # ISO 639-1 code; empty where nobody has asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One thing that happened: the current values, machine's or analyst's.

    `event_date` is the first possible day and `event_date_end` the last; both equal or the
    second None for precision ``day``. With precision ``unknown``, `event_date` is None and
    `event_date_end`, where present, is the latest possible day (the report's publication).
    `perpetrator` is the initiator that the report holds responsible, by `attribution`, and
    `attributed_by` who says so, in the report's words. `weapon`, `tactic` and `target` are words
    of `geodata.particulars`. A count is None where the report tells none; 0 is told. `dataset`
    is the data set whose row it is; None where it was read from reports.
    """

    __getstate__ = _state
    __setstate__ = _restore

    incident_id: str
    event_date: date | None = None
    event_date_end: date | None = None
    date_precision: DatePrecision = DatePrecision.UNKNOWN
    event_type: str | None = None
    sub_event_type: str | None = None
    weapon: Weapon | None = None
    tactic: Tactic | None = None
    target: Target | None = None
    actor1: str | None = None
    actor2: str | None = None
    perpetrator: str | None = None
    attribution: Attribution = Attribution.NONE
    attributed_by: str | None = None
    place: str | None = None
    admin2: str | None = None
    admin1: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    location_precision: LocationPrecision = LocationPrecision.UNKNOWN
    killed_low: int | None = None
    killed_best: int | None = None
    killed_high: int | None = None
    injured_low: int | None = None
    injured_best: int | None = None
    injured_high: int | None = None
    killed_by_status: Mapping[str, int] = with_default(default_factory=dict)
    arrested: int | None = None
    abducted: int | None = None
    released: int | None = None
    status: Status = Status.DRAFT
    background: bool = False
    tags: tuple[str, ...] = ()
    notes: str = ""
    dataset: str | None = None

    @property
    def located(self) -> bool:
        """Whether the incident has a place that a map can draw (see `precision.DRAWN`)."""
        return self.latitude is not None and self.location_precision in DRAWN


FIELDS: tuple[str, ...] = tuple(f.name for f in fields(Incident))
"""Field names of an incident, in the order of every table and export."""

COUNTS: tuple[str, ...] = (
    *(f"{kind}_{bound}" for kind in ("killed", "injured") for bound in ("low", "best", "high")),
    "arrested",
    "abducted",
    "released",
)
"""Fields that count people: whole numbers, none below zero, None where nothing is told."""

EDITABLE: tuple[str, ...] = tuple(name for name in FIELDS if name not in ("incident_id", "dataset"))
"""Fields an analyst may change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one document says of one field of one incident.

    `field` is an incident field, or ``date``, ``location``, ``killed``, ``injured`` for a group
    of fields read from the same words, ``killed_said``, ``injured_said`` for what one source
    of the report counts, ``second_opinion`` (docs/second_opinion.md), or ``row``, the cells of a
    row of a table. `value` is JSON.
    `method` names who read it: a rule (``rules``), a service, a second opinion with its name, or
    an analyst. `detail` keeps the raw answer, such as the ranked candidates and reasons of a
    geocoder.
    """

    __getstate__ = _state
    __setstate__ = _restore

    claim_id: str
    incident_id: str
    document_id: str
    field: str
    value: Json
    evidence: Evidence | None = None
    confidence: float | None = None
    method: str = "rules"
    detail: Mapping[str, Json] = with_default(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One edit of one field of an incident: before and after as JSON, who, when (UTC), why.

    `origin` is empty for an edit by hand, which no import overwrites; else what made it:
    ``import 12``, ``decision 3``.
    """

    change_id: int
    incident_id: str
    field: str
    before: Json
    after: Json
    who: str
    when: datetime
    why: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """An input, or a row of one, that could not become an incident, with its reason.

    `source` names the input; `row` is the 1-based line number where the input has rows.
    `raw` is the original, length-capped, for the fix. A row of a table has the data set, the
    import and, where it could be read, the key of the row; `resolved` is when it was mended.
    `quarantine_id` is the store's number.
    """

    source: str
    reason: str
    row: int | None = None
    column: str = ""
    value: str = ""
    raw: str = ""
    when: datetime | None = None
    dataset_id: str | None = None
    import_id: int | None = None
    key: str = ""
    resolved: datetime | None = None
    quarantine_id: int | None = with_default(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ExtractedIncident:
    """A draft incident with the claims, and so the evidence, that its values came from."""

    __getstate__ = _state
    __setstate__ = _restore

    incident: Incident
    claims: tuple[Claim, ...]

    def evidence(self) -> dict[str, Evidence]:
        """First piece of evidence for each claimed field."""
        found: dict[str, Evidence] = {}
        for claim in self.claims:
            if claim.evidence is not None and claim.field != SECOND_OPINION:
                found.setdefault(claim.field, claim.evidence)
        return found


def sha256_hex(data: bytes) -> str:
    """Digest that identifies a document's original bytes."""
    return hashlib.sha256(data).hexdigest()


def derived_id(prefix: str, *parts: str) -> str:
    """Make an id that is the same for the same parts, so that reading twice changes nothing."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
    return f"{prefix}_{digest[:16]}"


def new_id(prefix: str) -> str:
    """Make an id for something an analyst creates by hand."""
    return f"{prefix}_{uuid.uuid4().hex[:16]}"


def to_json(incident: Incident) -> dict[str, Json]:
    """Incident as a JSON object: dates in ISO 8601, enums as their words, tags as a list."""
    out: dict[str, Json] = {}
    for name in FIELDS:
        value = getattr(incident, name)
        if isinstance(value, date):
            value = value.isoformat()
        elif isinstance(value, StrEnum):
            value = value.value
        elif isinstance(value, tuple):
            value = list(value)
        elif isinstance(value, Mapping):
            value = dict(value)
        out[name] = value
    return out


def from_json(values: Mapping[str, Json]) -> Incident:
    """Incident from a JSON object as `to_json` gives it; absent fields take their defaults.

    Raises
    ------
    ValueError
        For an unknown field, or a value that the field cannot hold.
    """
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise ValueError(f"unknown incident fields {sorted(unknown)!r}")
    parsed = {name: _PARSERS.get(name, _same)(value) for name, value in values.items()}
    return Incident(**parsed)


def with_field(incident: Incident, name: str, value: Json) -> Incident:
    """Incident with one field replaced by a JSON value, parsed as `from_json` would.

    Raises
    ------
    ValueError
        For a field that may not be edited, or a value that it cannot hold.
    """
    return with_fields(incident, {name: value})


def with_fields(incident: Incident, values: Mapping[str, Json]) -> Incident:
    """Incident with some fields replaced, each as `with_field` does."""
    changes: dict[str, Any] = {}
    for name, value in values.items():
        if name not in EDITABLE:
            raise ValueError(f"field {name!r} cannot be edited; one of {EDITABLE}")
        changes[name] = _PARSERS.get(name, _same)(value)
    return replace(incident, **changes) if changes else incident


def _same(value: Json) -> Any:
    return value


def _date(value: Json) -> date | None:
    return date.fromisoformat(value) if value else None


def _count(value: Json) -> int | None:
    if value is None or value == "":
        return None
    number = int(value)
    if number < 0:
        raise ValueError(f"a count cannot be negative: {value!r}")
    return number


def _degrees(limit: float) -> Any:
    def parse(value: Json) -> float | None:
        if value is None or value == "":
            return None
        number = float(value)
        if not -limit <= number <= limit:  # also refuses NaN
            raise ValueError(f"{value!r} lies outside -{limit:g} to {limit:g} degrees")
        return number

    return parse


def _one_of(words: type[StrEnum]) -> Any:
    def parse(value: Json) -> StrEnum | None:
        return None if value is None or value == "" else words(value)

    return parse


def _by_status(value: Json) -> dict[str, int]:
    return {str(key): int(number) for key, number in (value or {}).items()}


_PARSERS: dict[str, Any] = {
    "event_date": _date,
    "event_date_end": _date,
    "date_precision": DatePrecision,
    "attribution": Attribution,
    "weapon": _one_of(Weapon),
    "tactic": _one_of(Tactic),
    "target": _one_of(Target),
    "location_precision": LocationPrecision,
    "status": Status,
    "latitude": _degrees(90.0),
    "longitude": _degrees(180.0),
    "killed_by_status": _by_status,
    "background": bool,
    "tags": lambda value: tuple(str(tag) for tag in value or ()),
    "notes": lambda value: str(value or ""),
} | dict.fromkeys(COUNTS, _count)

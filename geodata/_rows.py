"""Between the vocabulary's types and the rows of a store.

Text from outside is cleaned and capped here, in one place: NUL and lone surrogates, which
neither SQLite tools nor UTF-8 can hold, become U+FFFD one for one, so that evidence offsets
stay true.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from geodata._wkb import encode_point
from geodata.errors import InputError, StoreError
from geodata.incident import (
    COUNTS,
    FIELDS,
    Change,
    Claim,
    Document,
    Evidence,
    Incident,
    Json,
    Quarantined,
    from_json,
    sha256_hex,
    to_json,
)

MAX_NAME = 500
"""Longest place, actor, title, outlet, source or other short text kept, in characters."""

MAX_URL = 4_000
MAX_NOTES = 20_000
MAX_JSON = 100_000
MAX_RAW = 20_000
"""Longest original of a quarantined row."""

MAX_DOCUMENT_TEXT = 5_000_000
"""Longest document text; a longer one is refused, because cutting it would lose evidence."""

MAX_ORIGINAL_BYTES = 64_000_000
MAX_COUNT = 1_000_000_000
"""Largest number of killed, injured, arrested … that is believed."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

_JSON_FIELDS = frozenset({"killed_by_status", "tags"})
_INCIDENT_TEXT = frozenset(
    field.name for field in fields(Incident) if field.type in ("str", "str | None")
)


def clean(text: str, limit: int = MAX_NAME) -> str:
    """Make text storable and at most `limit` characters long; a cut one ends in ``…``."""
    if not text.isascii() or "\x00" in text:  # no other text holds any such character
        text = _UNSTORABLE.sub("\ufffd", text)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def timestamp(moment: datetime | None = None) -> str:
    """Write a moment (default: now) in UTC as GeoPackage wants it, to the millisecond."""
    moment = (moment or datetime.now(UTC)).astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def moment(text: str | None) -> datetime | None:
    """Read a stored moment."""
    return datetime.fromisoformat(text) if text else None


def dumps(value: Json, limit: int = MAX_JSON) -> str:
    """Write a JSON value as text.

    Raises
    ------
    InputError
        The value is no JSON, or longer than `limit` characters.
    """
    if value is None:
        return "null"
    try:
        text = str(value) if type(value) is int else _encode(value)  # an encoder takes longer
    except (TypeError, ValueError) as error:
        raise InputError(f"a value cannot be kept as JSON: {error}") from error
    if len(text) > limit:
        raise InputError(f"a JSON value of {len(text):,} characters is longer than {limit:,}")
    # A NUL is escaped by json; a lone surrogate is not.
    return _UNSTORABLE.sub("\ufffd", text)


def _detail(detail: Mapping[str, Json]) -> str:
    """Write the detail of a claim, which most have none of."""
    return dumps(dict(detail)) if detail else "{}"


def _plain(value: object) -> Json:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is not a JSON value")


# Made once: `json.dumps` makes an encoder at each call that asks for anything unusual.
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, default=_plain).encode


# ---------------------------------------------------------------- incidents


def faults(incident: Incident) -> list[str]:
    """Say everything that keeps an incident from being stored; empty when it may be."""
    found = []
    if not incident.incident_id:
        found.append("incident_id is empty")
    if (incident.latitude is None) != (incident.longitude is None):
        found.append("latitude and longitude must be given together")
    for name, limit in (("latitude", 90.0), ("longitude", 180.0)):
        value = getattr(incident, name)
        if value is not None and not (math.isfinite(value) and -limit <= value <= limit):
            found.append(f"{name} {value!r} lies outside -{limit:g} to {limit:g} degrees")
    start, end = incident.event_date, incident.event_date_end
    if start is not None and end is not None and end < start:
        found.append(f"event_date_end {end} lies before event_date {start}")
    for name in COUNTS:
        value = getattr(incident, name)
        if value is not None and not 0 <= value <= MAX_COUNT:
            found.append(f"{name} {value!r} lies outside 0 to {MAX_COUNT:,}")
    return found


def incident_row(incident: Incident) -> list[Any]:
    """Values of `FIELDS` in order, then the geometry (None without coordinates).

    Raises
    ------
    InputError
        Naming every fault of the incident at once.
    """
    found = faults(incident)
    if found:
        raise InputError(f"incident {incident.incident_id!r}: {'; '.join(found)}")
    row = [_cell(name, getattr(incident, name)) for name in FIELDS]
    row.append(geometry(incident))
    return row


def geometry(incident: Incident) -> bytes | None:
    """Give the point to store, or None for an incident without coordinates."""
    if incident.latitude is None or incident.longitude is None:
        return None
    return encode_point(_degrees(incident.longitude), _degrees(incident.latitude))


def _degrees(value: float) -> float:
    # Below the smallest 32-bit number SQLite's R-tree cannot round outwards and would miss it.
    return value if abs(value) > 1e-30 else 0.0


def _cell(name: str, value: Any) -> Any:
    if name in _JSON_FIELDS:
        return dumps(list(value) if name == "tags" else dict(value))
    if name in _INCIDENT_TEXT and value is not None:
        return clean(str(value), MAX_NOTES if name == "notes" else MAX_NAME)
    if isinstance(value, float):
        return _degrees(value)
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def incident_from(row: Sequence[Any]) -> Incident:
    """Incident from the values of `FIELDS` in order.

    Raises
    ------
    StoreError
        Another program put something into the row that the field cannot hold.
    """
    values = dict(zip(FIELDS, row, strict=True))
    try:
        for name in _JSON_FIELDS:
            values[name] = json.loads(values[name] or "null")
        return from_json(values)
    except (ValueError, TypeError) as error:
        raise unreadable(f"incident {row[0]!r}", error) from error


def unreadable(what: str, error: Exception) -> StoreError:
    """Say that a row was spoilt outside this program, and what to do."""
    return StoreError(f"{what} cannot be read ({error}); run `incidents check` on the project")


def storable(incident: Incident) -> Incident:
    """Give the incident as it will be read back, cleaned and capped."""
    return incident_from(incident_row(incident)[:-1])


def differences(before: Incident, after: Incident) -> dict[str, tuple[Json, Json]]:
    """Fields whose JSON differs: name to (before, after)."""
    old, new = to_json(before), to_json(after)
    return {name: (old[name], new[name]) for name in FIELDS if old[name] != new[name]}


# ---------------------------------------------------------------- documents, claims and the rest

DOCUMENT_COLUMNS = (
    "document_id",
    "title",
    "text",
    "url",
    "outlet",
    "published",
    "sha256",
    "retrieved",
    "path",
    "language",
)


def document_row(document: Document, original: bytes) -> list[Any]:
    """Values of `DOCUMENT_COLUMNS`; a missing digest is that of the original, or of the text.

    Raises
    ------
    InputError
        The text is longer than `MAX_DOCUMENT_TEXT`.
    """
    if len(document.text) > MAX_DOCUMENT_TEXT:
        raise InputError(
            f"document {clean(document.title or document.path)!r} has {len(document.text):,}"
            f" characters of text; the most kept is {MAX_DOCUMENT_TEXT:,}: split it"
        )
    text = clean(document.text, MAX_DOCUMENT_TEXT)
    return [
        clean(document.document_id),
        clean(document.title),
        text,
        clean(document.url, MAX_URL),
        clean(document.outlet),
        document.published.isoformat() if document.published else None,
        document.sha256 or sha256_hex(original or text.encode()),
        timestamp(document.retrieved) if document.retrieved else None,
        clean(document.path, MAX_URL),
        clean(document.language),
    ]


def document_from(row: Sequence[Any]) -> Document:
    """Document from the values of `DOCUMENT_COLUMNS`."""
    values = dict(zip(DOCUMENT_COLUMNS, row, strict=True))
    values["published"] = date.fromisoformat(values["published"]) if values["published"] else None
    values["retrieved"] = moment(values["retrieved"])
    return Document(**values)


CLAIM_COLUMNS = (
    "claim_id",
    "incident_id",
    "document_id",
    "field",
    "value",
    "quote",
    '"start"',
    '"end"',
    "confidence",
    "method",
    "detail",
)


def claim_row(claim: Claim) -> list[Any]:
    """Values of `CLAIM_COLUMNS`."""
    evidence = claim.evidence
    return [
        clean(claim.claim_id),
        clean(claim.incident_id),
        clean(claim.document_id),
        clean(claim.field),
        dumps(claim.value),
        clean(evidence.quote, MAX_NOTES) if evidence else None,
        evidence.start if evidence else None,
        evidence.end if evidence else None,
        claim.confidence,
        clean(claim.method),
        _detail(claim.detail),
    ]


def claim_from(row: Sequence[Any]) -> Claim:
    """Claim from the values of `CLAIM_COLUMNS`."""
    claim_id, incident_id, document_id, field, value, quote, start, end, *rest = row
    confidence, method, detail = rest
    return Claim(
        claim_id=claim_id,
        incident_id=incident_id,
        document_id=document_id,
        field=field,
        value=json.loads(value),
        evidence=None if quote is None else Evidence(quote, start, end),
        confidence=confidence,
        method=method,
        detail=json.loads(detail),
    )


CHANGE_COLUMNS = (
    "change_id",
    "incident_id",
    "field",
    "before",
    "after",
    "who",
    '"when"',
    "why",
    "origin",
)


def change_row(change: Change) -> list[Any]:
    """Values of `CHANGE_COLUMNS` after the first, which the store gives."""
    return [
        clean(change.incident_id),
        change.field,
        dumps(change.before),
        dumps(change.after),
        clean(change.who),
        timestamp(change.when),
        clean(change.why, MAX_NOTES),
        clean(change.origin),
    ]


def change_from(row: Sequence[Any]) -> Change:
    """Change from the values of `CHANGE_COLUMNS`."""
    change_id, incident_id, field, before, after, who, when, why, origin = row
    return Change(
        change_id=change_id,
        incident_id=incident_id,
        field=field,
        before=json.loads(before),
        after=json.loads(after),
        who=who,
        when=datetime.fromisoformat(when),
        why=why,
        origin=origin,
    )


QUARANTINE_COLUMNS = (
    "source",
    "reason",
    '"row"',
    '"column"',
    "value",
    "raw",
    '"when"',
    "dataset_id",
    "import_id",
    '"key"',
    "resolved",
)


def quarantine_row(entry: Quarantined) -> list[Any]:
    """Values of `QUARANTINE_COLUMNS`; without a time of its own it is now."""
    return [
        clean(entry.source, MAX_URL),
        clean(entry.reason, MAX_NOTES),
        entry.row,
        clean(entry.column),
        clean(entry.value, MAX_RAW),
        clean(entry.raw, MAX_RAW),
        timestamp(entry.when),
        entry.dataset_id,
        entry.import_id,
        clean(entry.key),
        timestamp(entry.resolved) if entry.resolved else None,
    ]


def quarantine_from(row: Sequence[Any]) -> Quarantined:
    """Quarantined input from the values of `QUARANTINE_COLUMNS`, then the store's number."""
    source, reason, number, column, value, raw, when, dataset, import_id, key, resolved, fid = row
    return Quarantined(
        source=source, reason=reason, row=number, column=column, value=value, raw=raw,
        when=moment(when), dataset_id=dataset, import_id=import_id, key=key,
        resolved=moment(resolved), quarantine_id=fid,
    )  # fmt: skip

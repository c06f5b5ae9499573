"""What a model proposes is taken only where it quotes the report and fits the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import orjson

from geodata.incident import Attribution, Document, Evidence, ExtractedIncident, Json
from geodata.taxonomy import canonical_sub_event_type
from ingest.extract.lexicon import load
from ingest.extract.numbers import MAX_COUNT, find_quantities
from ingest.second_opinion._prompt import FIELDS, MAX_INCIDENTS

MAX_VALUES = 20
"""Values of one incident that are looked at."""
MAX_QUOTE = 400
MAX_NAME = 120

NAMES = frozenset({"place", "actor1", "actor2", "perpetrator"})
COUNTS = frozenset({"killed_best", "injured_best"})

_GROUNDS = frozenset(word.value for word in Attribution if word is not Attribution.NONE)
_EARLIEST = date(1900, 1, 1)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FENCE = re.compile(r"\s*```(?:json)?\s*\n(.*)\n\s*```\s*", re.DOTALL)


class RefusedError(ValueError):
    """A proposed value cannot be taken; the message says why."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value that passed every check, as JSON, with its words in the report."""

    field: str
    value: Json
    evidence: Evidence


def read_answer(content: str) -> list[Json]:
    """Give the entries of a model's answer: a JSON object, at most with a code fence around it.

    Raises
    ------
    RefusedError
        The answer is not JSON, or not the form that was asked for.
    """
    fenced = _FENCE.fullmatch(content)
    try:
        found = orjson.loads(fenced[1] if fenced else content)
    except orjson.JSONDecodeError:
        raise RefusedError("its answer is not JSON") from None
    if not isinstance(found, dict) or set(found) != {"incidents"}:
        raise RefusedError('its answer is no object with "incidents" alone')
    entries = found["incidents"]
    if not isinstance(entries, list) or len(entries) > MAX_INCIDENTS:
        raise RefusedError(f'"incidents" is no list of at most {MAX_INCIDENTS}')
    return entries


def target_of(
    entry: Json, extracted: Sequence[ExtractedIncident]
) -> tuple[ExtractedIncident | None, list[Json]]:
    """Give the incident that an entry is about, None for a new one, and the raw values.

    Raises
    ------
    RefusedError
        The entry has not the form that was asked for, or names no drafted incident.
    """
    if not isinstance(entry, dict) or set(entry) != {"incident", "values"}:
        raise RefusedError('an entry is no object with "incident" and "values"')
    number, values = entry["incident"], entry["values"]
    if not isinstance(values, list) or len(values) > MAX_VALUES:
        raise RefusedError(f'"values" is no list of at most {MAX_VALUES}')
    if number == "new":
        return None, values
    known = isinstance(number, int) and not isinstance(number, bool)
    if not known or not 1 <= number <= len(extracted[:MAX_INCIDENTS]):
        raise RefusedError(f"there is no drafted incident {short(number)}")
    return extracted[number - 1], values


def checked(raw: Json, document: Document) -> Proposal:
    """Check one proposed value.

    Raises
    ------
    RefusedError
        It does not quote the report verbatim, or does not fit the vocabulary or its quote.
    """
    if not isinstance(raw, dict) or set(raw) != {"field", "value", "quote"}:
        raise RefusedError('a value is no object with "field", "value" and "quote"')
    field, value, quote = raw["field"], raw["value"], raw["quote"]
    if field not in FIELDS:
        raise RefusedError(f"no field {short(field)} may be proposed")
    if not isinstance(quote, str) or not quote.strip():
        raise RefusedError("it quotes nothing")
    if len(quote) > MAX_QUOTE:
        raise RefusedError(f"its quote is longer than {MAX_QUOTE} characters")
    start = document.text.find(quote)
    if start < 0:
        raise RefusedError(f"its quote {short(quote)} is not in the report")
    evidence = Evidence(quote, start, start + len(quote))
    return Proposal(field, _value(field, value, quote, document), evidence)


def field_of(raw: Json) -> str:
    """Name of the field that a raw value is about, as far as it has one."""
    field = raw.get("field") if isinstance(raw, Mapping) else None
    return field if field in FIELDS else "incident"


def short(value: Json) -> str:
    """Give a value from outside as a message quotes it."""
    words = repr(value)
    return words if len(words) <= 80 else words[:79] + "…"


def _value(field: str, value: Json, quote: str, document: Document) -> Json:
    if field in COUNTS:
        return _count(value, quote)
    if not isinstance(value, str):
        raise RefusedError(f"{short(value)} is no text")
    if field in NAMES:
        return _name(value, quote)
    if field == "event_date":
        return _day(value, document)
    if field == "attribution":
        if value not in _GROUNDS:
            raise RefusedError(f"{short(value)} is no ground of attribution")
        return value
    kind = canonical_sub_event_type(value)
    if kind is None:
        raise RefusedError(f"{short(value)} is no sub-event type")
    return kind


def _name(value: str, quote: str) -> str:
    name = value.strip()
    if not name or len(name) > MAX_NAME:
        raise RefusedError(f"{short(value)} is no name")
    at = quote.find(name)
    if at < 0:
        raise RefusedError(f"{short(value)} is not in its quote {short(quote)}")
    return name


def _count(value: Json, quote: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MAX_COUNT:
        raise RefusedError(f"{short(value)} is no count")
    told = find_quantities(quote, load("en"))
    if not any(value in (one.low, one.best, one.high) for one in told):
        raise RefusedError(f"its quote {short(quote)} does not tell the number {value}")
    return value


def _day(value: str, document: Document) -> str:
    try:
        day = date.fromisoformat(value) if _DAY.fullmatch(value) else None
    except ValueError:
        day = None
    if day is None:
        raise RefusedError(f"{short(value)} is no day; it must be as 2021-08-31")
    if day < _EARLIEST or (document.published is not None and day > document.published):
        raise RefusedError(f"{value} cannot be: it lies after publication or before 1900")
    return day.isoformat()

"""The fields of a card when the analyst corrects it: widgets in, JSON values out.

Every widget starts from the draft and is kept under the draft's key; what it holds afterwards
is compared with what was read, so that only real edits are recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard._add_state import DATE_FIELDS, Draft, as_read, date_values, type_values
from dashboard._draw import notice
from dashboard._particulars_editor import edit_count, edit_named_by, edit_particulars
from dashboard._place_editor import edit_place, remember_choice
from dashboard.wording import ATTRIBUTION_WORDS
from geodata.errors import AtlasError
from geodata.incident import Attribution, Incident, Json
from geodata.precision import DATE_WORDS, DatePrecision
from geodata.taxonomy import EVENT_TYPES, SUB_EVENT_TYPES

if TYPE_CHECKING:
    from geodata.place import Geocoder
    from geodata.store import Store

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
_BOUNDS = (("low", "at least"), ("best", "best figure"), ("high", "at most"))


def edit_draft(draft: Draft, *, key: str, geocoder: Geocoder | None) -> Draft:
    """Draw the fields of a draft; give it back with what the analyst has put in."""
    incident = draft.incident
    values: dict[str, Json] = {}
    values |= _edit_event(incident, key)
    values |= _edit_actors(incident, key)
    values |= edit_named_by(incident, key, _widget)
    values |= _edit_date(incident, key, by_hand=draft.by_hand)
    place = edit_place(draft, key=key, geocoder=geocoder)
    remember = remember_choice(draft.with_values(place), key)
    values |= place
    values |= _edit_tolls(incident, key)
    values |= edit_particulars(incident, key, _widget)
    values["background"] = _widget(
        st.checkbox, "Mentioned only as background", f"{key}-background", incident.background
    )
    values["notes"] = str(
        _widget(st.text_input, "Notes", f"{key}-notes", incident.notes, max_chars=500) or ""
    )
    return replace(draft.with_values(values), remember=remember)


def _widget(draw: Any, label: str, key: str, start: Any, **options: Any) -> Any:
    """Draw a widget that starts from a value and afterwards keeps its own."""
    if key not in st.session_state:
        st.session_state[key] = start
    return draw(label, key=key, **options)


def _edit_event(incident: Incident, key: str) -> dict[str, Json]:
    left, right = st.columns(2)
    event_type = _widget(
        left.selectbox,
        "Event type",
        f"{key}-type",
        incident.event_type,
        options=[None, *EVENT_TYPES],
        format_func=_or_not_stated,
    )
    kinds = [None, *SUB_EVENT_TYPES.get(event_type or "", ())]
    # The kinds hang on the type: with the type in its key, the choice starts afresh with it.
    kind_key = f"{key}-kind-{event_type}"
    start = incident.sub_event_type if incident.sub_event_type in kinds else None
    kind = _widget(
        right.selectbox,
        "Kind of event",
        kind_key,
        start,
        options=kinds,
        format_func=_or_not_stated,
    )
    return type_values(event_type, kind)


def _edit_actors(incident: Incident, key: str) -> dict[str, Json]:
    values: dict[str, Json] = {}
    places = [*st.columns(2), *st.columns(2)]
    labels = (
        ("actor1", "First side"),
        ("actor2", "Second side"),
        ("perpetrator", "Held responsible"),
    )
    for place, (field, label) in zip(places, labels, strict=False):
        current = getattr(incident, field)
        chosen = _widget(
            place.selectbox,
            label,
            f"{key}-{field}",
            current,
            options=_with(known_actors(incident.country), current),
            format_func=_or_not_stated,
            accept_new_options=True,
        )
        values[field] = " ".join(str(chosen).split())[:200] if chosen else None
    ground = _widget(
        places[3].selectbox,
        "On what ground",
        f"{key}-attribution",
        incident.attribution,
        options=list(Attribution),
        format_func=ATTRIBUTION_WORDS.__getitem__,
    )
    return values | {"attribution": Attribution(ground).value}


def _edit_date(incident: Incident, key: str, *, by_hand: bool) -> dict[str, Json]:
    shown = (incident.date_precision, incident.event_date, incident.event_date_end)
    left, middle, right = st.columns(3)
    precision = _widget(
        left.selectbox,
        "Exactness",
        f"{key}-date_precision",
        DatePrecision.DAY if by_hand and shown[1:] == (None, None) else shown[0],
        options=list(DatePrecision),
        format_func=DATE_WORDS.__getitem__,
    )
    first, last = shown[1], shown[2]
    if precision is not DatePrecision.UNKNOWN:
        first = _pick_day(middle, "Date", f"{key}-event_date", first)
    if precision in (DatePrecision.RANGE, DatePrecision.UNKNOWN):
        last = _pick_day(right, "Last possible day", f"{key}-event_date_end", last)
    if (precision, first, last) == shown:
        return as_read(incident, DATE_FIELDS)
    return date_values(precision, first, last)


def _pick_day(place: Any, label: str, key: str, start: date | None) -> date | None:
    day = _widget(
        place.date_input,
        label,
        key,
        start,
        min_value=EARLIEST,
        max_value=LATEST,
        format="YYYY-MM-DD",
    )
    return day if isinstance(day, date) else None


def _edit_tolls(incident: Incident, key: str) -> dict[str, Json]:
    values: dict[str, Json] = {}
    for noun in ("killed", "injured"):
        for place, (bound, words) in zip(st.columns(3), _BOUNDS, strict=True):
            field = f"{noun}_{bound}"
            label = f"{noun.capitalize()}, {words}"
            values[field] = edit_count(
                _widget, place, label, f"{key}-{field}", getattr(incident, field)
            )
    return values


def geocoder_or_notice(store: Store) -> Geocoder | None:
    """Give the project's memory before the offline gazetteer; without one, say so and go on."""
    from ingest.pipeline import project_tools

    try:
        return project_tools(store).geocoder
    except AtlasError as error:
        notice("warning", str(error))
        return None


def _or_not_stated(value: str | None) -> str:
    return value or "Not stated"


def _with(options: Sequence[str], current: str | None) -> list[str | None]:
    return [None, *dict.fromkeys([*([current] if current else []), *options])]


@lru_cache(maxsize=64)
def known_actors(country: str | None) -> tuple[str, ...]:
    """Names of actors to choose from; others may be typed.

    First what every country has (its police, its civilians), then its own groups, then the rest.
    """
    from geodata.actors import default_registry

    registry = default_registry()
    everywhere: set[str] = set()
    own: set[str] = set()
    others: set[str] = set()
    for actor in registry:
        if not actor.generic:
            (own if actor.country == country else others).add(actor.name)
        elif country:
            everywhere.add(registry.for_country(actor.name, country).name)
    return (*sorted(everywhere), *sorted(own - everywhere), *sorted(others - everywhere))

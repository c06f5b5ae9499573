"""Where an incident lies, when the analyst corrects it: look a name up, choose among candidates."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard._add_state import (
    PLACE_FIELDS,
    Draft,
    as_read,
    divisions_at,
    no_place_values,
    place_values,
)
from dashboard._draw import plain
from dashboard.remembered import place_changed
from dashboard.wording import place_line
from geodata.incident import Incident, Json
from geodata.place import Candidate, Geocoder, Outcome, PlaceQuery, Resolution
from geodata.precision import LOCATION_WORDS, LocationPrecision

CANDIDATES = 5
MAX_PLACE = 120

_READ, _KEPT, _NOWHERE, _POINT = "read", "kept", "nowhere", "point"


def edit_place(draft: Draft, *, key: str, geocoder: Geocoder | None) -> dict[str, Json]:
    """Draw the place fields; give their values as the analyst has chosen."""
    read = draft.found.incident
    kept = _kept(draft, key)
    left, right = st.columns(2)
    text = _text(left, "Place", f"{key}-place", kept.place, key)
    within = _text(right, "In country or province", f"{key}-within", kept.country, key)
    found = look_up(geocoder, text, within, read)
    candidates = found.candidates if found else ()
    corrected = [] if _place_of(kept) == _place_of(read) else [_KEPT]
    numbers = [str(number) for number in range(len(candidates))]
    options = [_READ, *corrected, *numbers, _POINT, _NOWHERE]
    if st.session_state.pop(f"{key}-asked", False):
        # Another name was typed: the point of the old one must not stay under it.
        st.session_state[f"{key}-choice"] = "0" if found and found.best else _NOWHERE
    if st.session_state.get(f"{key}-choice") not in options:
        st.session_state[f"{key}-choice"] = _KEPT if corrected else _READ
    stand = {_READ: read, _KEPT: kept}
    chosen = st.radio(
        "Where it is",
        options,
        key=f"{key}-choice",
        format_func=lambda option: _option_words(option, stand, candidates, text),
        captions=[_caption(option, candidates) for option in options],
    )
    if found and not found.best:
        st.caption(plain(_outcome_words(found)))
    if chosen in stand:
        return _place_of(stand[chosen])
    if chosen == _NOWHERE:
        return no_place_values(text or None)
    if chosen == _POINT:
        return _edit_point(kept, text, key)
    return place_values(candidates[int(chosen)], text)


def remember_choice(draft: Draft, key: str) -> bool:
    """Draw, where the place was corrected, whether the project is to remember it."""
    if draft.by_hand or not draft.phrase or not place_changed(draft.edits):
        return draft.remember
    return st.checkbox(
        "Remember for this project",
        draft.remember,
        key=f"{key}-remember",
        help=plain(
            f"The next report that names “{draft.phrase}” there is placed so."
            " The page Places shows and changes what is remembered."
        ),
    )


def _place_of(incident: Incident) -> dict[str, Json]:
    return as_read(incident, PLACE_FIELDS)


def _kept(draft: Draft, key: str) -> Incident:
    """Incident as it stood when the fields were opened: an earlier correction stays a choice."""
    if f"{key}-choice" not in st.session_state:
        st.session_state[f"{key}-kept"] = draft.incident
    kept: Incident = st.session_state[f"{key}-kept"]
    return kept


def _text(place: Any, label: str, key: str, start: str | None, draft_key: str) -> str:
    if key not in st.session_state:
        st.session_state[key] = start or ""

    def asked() -> None:
        st.session_state[f"{draft_key}-asked"] = True

    return str(place.text_input(label, key=key, max_chars=MAX_PLACE, on_change=asked)).strip()


def look_up(geocoder: Geocoder | None, text: str, within: str, read: Incident) -> Resolution | None:
    """Ask for the places that a name may mean; None without a name or a gazetteer.

    The divisions that were `read` help only the name that was read: another one may lie anywhere
    in the country or province that the analyst names.
    """
    if geocoder is None or not text:
        return None
    if (text, within) == (read.place or "", read.country or ""):
        query = PlaceQuery(text=text, country=within, admin1=read.admin1, admin2=read.admin2)
        return geocoder.geocode(query, limit=CANDIDATES)
    answer = geocoder.geocode(PlaceQuery(text=text, country=within or None), limit=CANDIDATES)
    if answer.candidates or not within:
        return answer
    # What was typed may be a province rather than a country.
    return geocoder.geocode(PlaceQuery(text=text, admin1=within), limit=CANDIDATES)


def _option_words(
    option: str, stand: dict[str, Incident], candidates: tuple[Candidate, ...], text: str
) -> str:
    if option in stand:
        how = "As read" if option == _READ else "As corrected"
        return plain(f"{how}: {place_line(stand[option]) or 'no place'}")
    if option == _NOWHERE:
        return plain(f"Not on the map; keep the words “{text}”") if text else "No place"
    if option == _POINT:
        return "Another point, by coordinates"
    return plain(candidate_words(candidates[int(option)]))


def candidate_words(candidate: Candidate) -> str:
    """Name a candidate with the divisions around it."""
    place = candidate.place
    parts = [place.name, place.admin2, place.admin1, place.country_name]
    where = ", ".join(dict.fromkeys(part for part in parts if part))
    return f"{where} ({LOCATION_WORDS[candidate.location_precision]})"


def _caption(option: str, candidates: tuple[Candidate, ...]) -> str:
    if not option.isdigit():
        return ""
    candidate = candidates[int(option)]
    # Its kind may speak twice: as what the phrase asked for, and as how well known it is.
    reasons = "; ".join(dict.fromkeys(r.words for r in candidate.reasons if r.share > 0))
    return plain(f"score {candidate.score:.2f}" + (f": {reasons}" if reasons else ""))


def _outcome_words(found: Resolution) -> str:
    if found.outcome is Outcome.NOT_FOUND and found.note:
        return f"{found.note[0].upper()}{found.note[1:]}."
    words = {
        Outcome.NOT_FOUND: "No place of this name is in the gazetteer.",
        Outcome.DECLINED: "The candidates are too close to call: choose one.",
        Outcome.FAILED: "The place could not be looked up.",
    }
    return f"{words[found.outcome]} {found.note}".strip()


def _edit_point(incident: Incident, text: str, key: str) -> dict[str, Json]:
    north, east, exact = st.columns(3)
    latitude = north.number_input(
        "Latitude", -90.0, 90.0, incident.latitude, format="%.4f", key=f"{key}-latitude"
    )
    longitude = east.number_input(
        "Longitude", -180.0, 180.0, incident.longitude, format="%.4f", key=f"{key}-longitude"
    )
    classes = [at for at in LocationPrecision if at is not LocationPrecision.UNKNOWN]
    precision = exact.selectbox(
        "How exact the place is", classes, format_func=LOCATION_WORDS.__getitem__, key=f"{key}-at"
    )
    if latitude is None or longitude is None:
        st.caption("Give both, in degrees; south and west are negative.")
        return _place_of(incident)
    return {
        **divisions_at(incident, latitude, longitude),
        "place": text or None,
        "latitude": latitude,
        "longitude": longitude,
        "location_precision": precision.value,
    }

"""The address of the page is the view: the filter and the open incident, in `Filter`'s words.

A copied link reopens the same view, and the browser's Back undoes the last filter, because
nothing about the view is kept anywhere else.
"""

from __future__ import annotations

import streamlit as st

from dashboard.map.choice import carried
from geodata.errors import InputError
from geodata.filters import MAX_TEXT, Filter

INCIDENT = "incident"
"""Parameter that names the incident whose panel is open."""

COMPARE = "compare"
"""Parameter that names the period compared with (`dashboard.compare`)."""

_LAST = "address-last"
_PAGE = "address-page"


def enter_page(name: str) -> None:
    """Note which page is drawn; coming back to the Map page restores the filter it had.

    Streamlit empties the address when the page changes.
    """
    before = st.session_state.get(_PAGE)
    st.session_state[_PAGE] = name
    kept = st.session_state.get(_LAST)
    if name == "map" and before not in (None, "map") and kept and not st.query_params.to_dict():
        st.query_params.from_dict(kept)


def current() -> Filter:
    """Filter that the address names; the empty filter, and a line kept for the page, on error."""
    params = {name: st.query_params.get_all(name) for name in st.query_params}
    st.session_state[_LAST] = params
    try:
        return Filter.from_params(params)
    except InputError as error:
        st.session_state["address-problem"] = str(error)
        return Filter()


def problem() -> str:
    """Say, once, why the address could not be read."""
    return str(st.session_state.pop("address-problem", ""))


def go(where: Filter) -> None:
    """Show another filter; the open incident and a comparison stay open, and the map as it is
    chosen to look."""
    params: dict[str, list[str]] = dict(where.to_params())
    params |= carried({name: st.query_params.get_all(name) for name in st.query_params})
    if compared := compared_with():
        params[COMPARE] = [compared]
    if opened := open_incident():
        params[INCIDENT] = [opened]
    st.query_params.from_dict(params)


def open_incident() -> str:
    """Id of the incident whose panel is open; empty for none."""
    return str(st.query_params.get(INCIDENT, ""))[:MAX_TEXT]


def show_incident(incident_id: str) -> None:
    """Open the panel of an incident; an empty id closes it."""
    if incident_id:
        st.query_params[INCIDENT] = incident_id
    else:
        st.query_params.pop(INCIDENT, None)


def compared_with() -> str:
    """Period that the chosen one is compared with, as written; empty for none."""
    return str(st.query_params.get(COMPARE, ""))[:MAX_TEXT]


def compare(text: str) -> None:
    """Open a comparison with a period; an empty text closes it."""
    if text:
        st.query_params[COMPARE] = text
    else:
        st.query_params.pop(COMPARE, None)

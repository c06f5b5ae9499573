"""The filters at the left of the Map page; each says what choosing it would give.

The address holds the filter. Before the widgets are drawn they take their values from it, so that
a link, the Back button and a click on a chart all end in the same widgets.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import address
from dashboard.answers import answers
from dashboard.table_words import has_sources
from dashboard.view import PARTS, filter_of, options_of, widget_values
from geodata.errors import InputError
from geodata.filters import MAX_TEXT, Filter

if TYPE_CHECKING:
    from geodata.store import Store

_KEY = "filter-"
_SYNCED = "filter-synced"
_EARLIEST, _LATEST = date(1900, 1, 1), date(2100, 12, 31)

FIRST = ("group", "district", "province", "type")
REST = ("perpetrator", "country", "precision", "status")
SOURCES = ("dataset",)
"""Lists of options, most used first; the second ones fold away."""


def sidebar(store: Store, where: Filter) -> None:
    """Draw the filters of a project."""
    _take_values(where)
    with st.sidebar, st.container(key="filters"):
        st.text_input(
            "Search",
            key=_KEY + "text",
            placeholder="Place, group, note",
            max_chars=MAX_TEXT,
            on_change=_apply,
        )
        _choices(store, where, FIRST[:1])
        _affiliates(where)
        _dates()
        _choices(store, where, FIRST[1:])
        st.number_input(
            "At least this many killed",
            min_value=0,
            max_value=99_999,
            value=None,
            step=1,
            key=_KEY + "min_killed",
            placeholder="Any number",
            on_change=_apply,
        )
        rest = REST + SOURCES * (bool(where.dataset) or has_sources(store))
        opened = any(getattr(where, part) for part in rest)
        with st.expander("More filters", expanded=opened):
            _choices(store, where, rest)
        _whole_map(where)
        st.button(
            "Clear all filters",
            key="filter-clear",
            disabled=where.is_empty,
            on_click=address.go,
            args=(Filter(),),
            width="stretch",
        )


def _dates() -> None:
    for name, label in (("since", "From"), ("until", "To")):
        st.date_input(
            label,
            value=None,
            key=_KEY + name,
            min_value=_EARLIEST,
            max_value=_LATEST,
            format="YYYY-MM-DD",
            on_change=_apply,
        )


def _choices(store: Store, where: Filter, parts: tuple[str, ...]) -> None:
    for part in parts:
        chosen = [str(value) for value in getattr(where, part)]
        labels = options_of(answers(store).facet(part, where), chosen, part)
        st.multiselect(
            PARTS[part],
            options=list(labels),
            format_func=labels.__getitem__,
            key=_KEY + part,
            placeholder="Any",
            on_change=_apply,
        )


def _affiliates(where: Filter) -> None:
    """Offer the splinters and affiliates of the chosen groups, where they have some."""
    from geodata.affiliates import affiliate_names

    known = [
        name for group in (*where.group, *where.perpetrator) for name in affiliate_names(group)
    ]
    if known:
        st.checkbox(
            "With splinters and affiliates",
            key=_KEY + "with_affiliates",
            help="Also: " + ", ".join(dict.fromkeys(known)),
            on_change=_apply,
        )


def _whole_map(where: Filter) -> None:
    if where.bbox is None:
        return
    from dataclasses import replace

    st.button(
        "Leave the chosen view of the map",
        key="filter-bbox",
        on_click=address.go,
        args=(replace(where, bbox=None),),
        width="stretch",
    )


def _take_values(where: Filter) -> None:
    """Give the widgets the values of the filter.

    Lists take them on every run: their labels hold counts, and the browser knows a choice by its
    label. The other widgets only where the filter did not come from them, so that what is being
    typed is not lost.
    """
    query = where.to_query()
    same = st.session_state.get(_SYNCED) == query and _KEY + "text" in st.session_state
    for name, value in widget_values(where).items():
        if name in PARTS or not same:
            st.session_state[_KEY + name] = value
    st.session_state[_SYNCED] = query


def _apply() -> None:
    """Put what the widgets say into the address."""
    names = [*PARTS, "with_affiliates", "since", "until", "min_killed", "text"]
    values: dict[str, Any] = {name: st.session_state.get(_KEY + name) for name in names}
    try:
        where = filter_of(values, address.current())
    except InputError as error:
        st.session_state["address-problem"] = str(error)
        return
    st.session_state[_SYNCED] = where.to_query()
    address.go(where)

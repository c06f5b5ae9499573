"""The Map page: the filter in a sentence, the map, time, bars and table that answer it."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import address
from dashboard._assets import assets_present
from dashboard._draw import notice
from dashboard.answers import answers
from dashboard.charts import bars, bars_data, component, tolls_data
from dashboard.comparing import time_tools
from dashboard.downloads import downloads
from dashboard.extent import box_of
from dashboard.map.layers import AtlasMap, incident_group
from dashboard.map.points import palette_of
from dashboard.map_first import ASKS_WITHIN, map_answers
from dashboard.panel import incident_panel
from dashboard.remember import one_look
from dashboard.session import open_project
from dashboard.sidebar import sidebar
from dashboard.table import incident_table
from dashboard.timeline import timeline, timeline_data
from dashboard.view import counts_of, empty_state, point_of, toggled
from geodata.errors import AtlasError, InputError
from geodata.filters import Filter

if TYPE_CHECKING:
    from geodata.store import Store
    from geodata.summary import Totals

BARS = {"group": "Groups", "district": "Districts", "type": "Event types"}
"""Filter parts drawn as bars under the map."""

_FILTER, _UNASKED = "map-filter", "map-unasked"

FOREIGN = "The map takes Leaflet from the public address cdn.jsdelivr.net: it was not brought here."
"""Said on the map while its browser code comes from a foreign host."""


def render() -> None:
    """Draw the page."""
    address.enter_page("map")
    try:
        store = open_project()
        where = address.current()
        _let_the_map_be_first(where)
        _page(store, where)
    except AtlasError as error:
        notice("error", str(error))


def _let_the_map_be_first(where: Filter) -> None:
    """Wait a moment for the map of a filter that is new in this session; see `map_first`.

    Not after two changes that no map asked for: this browser does not follow the address.
    """
    session = st.session_state
    before = session.get(_FILTER)
    session[_FILTER] = where
    if before in (None, where) or session.get(_UNASKED, 0) >= 2:
        return
    asked = map_answers.wait_for(where, since=time.monotonic() - ASKS_WITHIN)
    session[_UNASKED] = 0 if asked else session.get(_UNASKED, 0) + 1


def _page(store: Store, where: Filter) -> None:
    # The map is sent first, into its place under the head: its frame loads while the rest comes.
    head, frame, rest = st.container(key="top"), st.container(key="map-frame"), st.container()
    with frame:
        if not assets_present():
            notice(
                "note",
                FOREIGN,
                step="Without internet the map stays empty; “make setup” brings it.",
            )
        _map(store, where)
    with one_look():
        totals = answers(store).totals(where)
        with head:
            _header(store, where, totals)
        sidebar(store, where)
    with st.container(key="keys"):
        component("atlas_keys", "keys")(
            key="keys-listener", data={"incident": address.open_incident()}
        )
    _panel(store)
    if totals.all:
        with rest, one_look():
            _answers(store, where, totals)
            if credit := "; ".join(store.table_credits()):
                st.html(f'<p class="fact-note">Incidents: {escape(credit)}</p>')


def _answers(store: Store, where: Filter, totals: Totals) -> None:
    palette = palette_of(store)
    asked = answers(store)
    times = timeline_data(asked, where)
    # A period without incidents can be left on the timeline.
    if totals.matched or times["bars"] or times["bands"]:
        timeline(times, key="timeline", on_period=_period_chosen)
        time_tools(asked, where, palette, times["play"])
    if not totals.matched:
        return
    *columns, tolls = st.columns(len(BARS) + 1)
    for column, (part, title) in zip(columns, BARS.items(), strict=True):
        colours = palette if part == "group" else None
        with column:
            bars(
                bars_data(title, part, asked.facet(part, where), where, colours),
                key=f"bars-{part}",
                on_pick=partial(_bar_picked, part),
            )
    with tolls:
        bars(tolls_data(asked.tolls(where), where), key="bars-tolls", on_pick=_toll_picked)
    incident_table(store, where, totals.matched, palette)


def _header(store: Store, where: Filter, totals: Totals) -> None:
    with st.container(key="head", horizontal=True, vertical_alignment="center"):
        st.html(
            f'<h1 class="page-title">{escape(store.name)}</h1>'
            f'<p class="filter-sentence" dir="auto">{escape(where.sentence())}</p>'
        )
        downloads(store, where)
    with st.container(key="totals", horizontal=True):
        for count in counts_of(totals, where):
            if count.where is None:
                st.html(f'<span class="{count.look}">{escape(count.words)}</span>')
                continue
            st.button(
                count.words,
                key=f"total-{count.key}",
                type="tertiary",
                on_click=address.go,
                args=(count.where,),
            )
    if sources := totals.sources():
        st.html(f'<p class="fact-note">{escape(sources.capitalize())}.</p>')
    if problem := address.problem():
        notice("error", problem)
    _say_empty(totals, where)


def _say_empty(totals: Totals, where: Filter) -> None:
    empty = empty_state(totals, where)
    if empty is None:
        return
    with st.container(key="empty", horizontal=True, vertical_alignment="center"):
        notice("note", empty.words)
        if empty.step == "add" and st.button("Add a report", type="primary", key="empty-add"):
            st.switch_page(st.session_state["pages"]["add"])
        if empty.step == "clear":
            st.button("Clear all filters", key="empty-clear", on_click=address.go, args=(Filter(),))


def _map(store: Store, where: Filter) -> None:
    from streamlit_folium import st_folium

    selected = address.open_incident()
    group = incident_group(
        where.to_query(),
        revision=store.revision(),
        selected=selected,
        point=point_of(store.incident(selected)) if selected else None,
    )
    st_folium(
        AtlasMap(),
        key="map",
        height=520,  # the stylesheet follows the height of the screen
        use_container_width=True,
        returned_objects=[],  # nothing that happens on the map runs the page again but …
        feature_group_to_add=group,
        on_change=_map_said,  # … what our layer says itself
    )


def _map_said() -> None:
    said: dict[str, Any] = st.session_state.get("map") or {}
    if "incident" in said:
        address.show_incident(str(said["incident"]))
    if "polygon" in said:
        _area_drawn(str(said["polygon"]))
    if box := box_of(said.get("bbox")):
        address.go(replace(address.current(), bbox=box))


def _area_drawn(text: str) -> None:
    try:
        area = Filter.from_params({"polygon": [text]}).polygon
    except InputError as error:
        st.session_state["address-problem"] = str(error)
        return
    address.go(replace(address.current(), polygon=area))


def _panel(store: Store) -> None:
    opened = address.open_incident()
    if not opened:
        return
    with st.container(key="panel"):
        st.button(
            "Close",
            key="panel-close",
            type="tertiary",
            icon=":material/close:",
            on_click=address.show_incident,
            args=("",),
        )
        incident_panel(store, opened)


def _period_chosen() -> None:
    period = st.session_state["timeline"].get("period")
    if not isinstance(period, dict):
        return
    days = [date.fromisoformat(d) if d else None for d in (period["since"], period["until"])]
    address.go(replace(address.current(), since=days[0], until=days[1]))


def _bar_picked(part: str) -> None:
    name = st.session_state[f"bars-{part}"].get("pick")
    if name:
        address.go(toggled(address.current(), part, str(name)))


def _toll_picked() -> None:
    if st.session_state["bars-tolls"].get("pick"):
        where = address.current()
        address.go(replace(where, min_killed=1 if where.min_killed is None else None))

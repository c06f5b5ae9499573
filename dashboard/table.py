"""The incident table under the map: one page at a time from the store; a row opens its panel.

A plain HTML table: Streamlit's own is a canvas that cannot be read aloud or printed, and costs
the first map half a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import address
from dashboard.answers import answers
from dashboard.charts import component
from dashboard.extent import Extent, extent_of
from dashboard.view import COLUMNS, ORDERS, page_words, table_row
from geodata.palette import display_group

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.filters import Filter
    from geodata.incident import Incident
    from geodata.palette import Palette
    from geodata.store import Store

PAGE = 50
"""Rows of one page."""


def incident_table(store: Store, where: Filter, matched: int, palette: Palette) -> None:
    """Draw the matching incidents, or those of them that the map shows: one page."""
    if not matched:
        return
    asked, extent = answers(store), _extent()
    narrowed = extent.filter(where) if extent else where
    shown = matched if narrowed is where else asked.count(narrowed) if narrowed else 0
    page = _page_of(narrowed, shown)
    with st.container(key="table-head", horizontal=True, vertical_alignment="center"):
        st.html("<h2>Incidents</h2>")
        _follow(extent, shown, matched)
        order = st.selectbox(
            "Order",
            list(ORDERS),
            format_func=ORDERS.__getitem__,
            key="table-order",
            label_visibility="collapsed",
            width=190,
        )
        _pager(page, shown)
    if narrowed is None or not shown:
        st.html('<p class="fact-note">None of the matching incidents is in this view.</p>')
        return
    rows = asked.incidents(narrowed, limit=PAGE, offset=page * PAGE, order=order)
    draw = component("atlas_table", "table", "incidents")
    data = table_data(rows, palette, address.open_incident())
    draw(key="table", data=data, on_open_change=_row_chosen)


def _page_of(where: Filter | None, matched: int) -> int:
    """Page that is shown; another filter begins at the first."""
    query = where.to_query() if where else None
    if st.session_state.get("table-query", "") != query or "table-page" not in st.session_state:
        st.session_state["table-query"] = query
        st.session_state["table-page"] = 0
    page: int = st.session_state["table-page"]
    return min(page, max(0, matched - 1) // PAGE)


def _extent() -> Extent | None:
    """What the map showed when the table was asked to follow it."""
    extent: Extent | None = st.session_state.get("table-extent")
    return extent


def _follow(extent: Extent | None, shown: int, matched: int) -> None:
    data = {
        "extent": extent.data() if extent else None,
        "words": extent.words(shown, matched) if extent else "",
    }
    component("atlas_follow", "follow")(key="follow", data=data, on_extent_change=_extent_chosen)


def _extent_chosen() -> None:
    st.session_state["table-extent"] = extent_of(st.session_state["follow"].get("extent"))


def table_data(rows: Sequence[Incident], palette: Palette, opened: str) -> dict[str, Any]:
    """Columns and rows for the table's script; every cell is text."""
    return {
        "opened": opened,
        "columns": [
            {
                "label": label,
                "number": label in ("Killed", "Injured"),
                "swatch": label == "Group",
            }
            for label in COLUMNS
        ],
        "rows": [
            {
                "id": incident.incident_id,
                "cells": table_row(incident),
                "colour": palette.colour(display_group(incident)),
                "state": palette.is_state(display_group(incident)),
            }
            for incident in rows
        ],
    }


def _pager(page: int, matched: int) -> None:
    shown = min(PAGE, matched - page * PAGE)
    st.html(f'<span class="pager">{page_words(page * PAGE, shown, matched)}</span>')
    last = (matched - 1) // PAGE
    if not last:
        return
    for words, goal in (("Previous", page - 1), ("Next", page + 1)):
        st.button(
            words,
            key=f"table-{words.lower()}",
            disabled=not 0 <= goal <= last,
            on_click=_turn,
            args=(goal,),
        )


def _turn(page: int) -> None:
    st.session_state["table-page"] = page


def _row_chosen() -> None:
    if chosen := st.session_state["table"].get("open"):
        address.show_incident(str(chosen))

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
    """Draw the matching incidents, one page of them."""
    if not matched:
        return
    query = where.to_query()
    if st.session_state.get("table-query") != query:
        st.session_state["table-query"] = query
        st.session_state["table-page"] = 0
    page = min(st.session_state["table-page"], (matched - 1) // PAGE)
    with st.container(key="table-head", horizontal=True, vertical_alignment="center"):
        st.html("<h2>Incidents</h2>")
        order = st.selectbox(
            "Order",
            list(ORDERS),
            format_func=ORDERS.__getitem__,
            key="table-order",
            label_visibility="collapsed",
            width=190,
        )
        _pager(page, matched)
    rows = answers(store).incidents(where, limit=PAGE, offset=page * PAGE, order=order)
    draw = component("atlas_table", "table", "incidents")
    data = table_data(rows, palette, address.open_incident())
    draw(key="table", data=data, on_open_change=_row_chosen)


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

"""The incident table under the map: one page at a time from the store; a row opens its panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import address
from dashboard.view import ORDERS, page_words, table_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.filters import Filter
    from geodata.incident import Incident
    from geodata.store import Store

PAGE = 50
"""Rows of one page."""

_KEY = "table"


def incident_table(store: Store, where: Filter, matched: int) -> None:
    """Draw the matching incidents, one page of them."""
    if not matched:
        return
    query = where.to_query()
    if st.session_state.get("table-query") != query:
        st.session_state["table-query"] = query
        st.session_state["table-page"] = 0
    page = min(st.session_state["table-page"], (matched - 1) // PAGE)
    with st.container(key="table-head", horizontal=True, vertical_alignment="bottom"):
        st.html("<h2>Incidents</h2>")
        order = st.selectbox(
            "Order",
            list(ORDERS),
            format_func=ORDERS.get,
            key="table-order",
            label_visibility="collapsed",
            width=190,
        )
        _pager(page, matched)
    rows = store.incidents(where, limit=PAGE, offset=page * PAGE, order=order or "-event_date")
    _draw(rows, key=f"{_KEY}-{query}-{order}-{page}")


def _pager(page: int, matched: int) -> None:
    shown = min(PAGE, matched - page * PAGE)
    st.html(f'<span class="pager">{page_words(page * PAGE, shown, matched)}</span>')
    last = (matched - 1) // PAGE
    for words, goal, key in (("Previous", page - 1, "back"), ("Next", page + 1, "on")):
        st.button(
            words,
            key=f"table-{key}",
            disabled=not 0 <= goal <= last,
            on_click=_turn,
            args=(goal,),
        )


def _turn(page: int) -> None:
    st.session_state["table-page"] = page


def _draw(rows: Sequence[Incident], key: str) -> None:
    import pandas as pd

    table = pd.DataFrame(table_rows(rows))
    for column in ("Killed", "Injured"):
        table[column] = table[column].astype("Int64")
    st.dataframe(
        table,
        key=key,
        hide_index=True,
        width="stretch",
        height="content" if len(rows) <= 12 else 460,
        on_select=lambda: _row_chosen(key, [row.incident_id for row in rows]),
        selection_mode="single-row",
    )


def _row_chosen(key: str, ids: Sequence[str]) -> None:
    chosen = st.session_state[key].selection.rows
    address.show_incident(ids[chosen[0]] if chosen else "")

"""Widgets of the comparison under the timeline: a button that opens it, and the other period."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import address
from dashboard._draw import notice
from dashboard.compare import BEFORE, comparison, comparison_data, other_period, period_of
from geodata.errors import InputError

if TYPE_CHECKING:
    from dashboard.answers import Answers
    from dashboard.compare import Period
    from geodata.filters import Filter
    from geodata.palette import Palette

_EARLIEST, _LATEST = date(1, 1, 1), date(9999, 12, 31)
_NO_PERIOD = "Choose a period first: drag over the timeline, or give a day at the left."


def compare(asked: Answers, where: Filter, palette: Palette) -> None:
    """Offer the comparison, and draw it where the address asks for it."""
    text = address.compared_with()
    now = period_of(where, asked.dates(_timeless(where)))
    before = None
    if text and now:
        try:
            before = other_period(text, now)
        except InputError as error:
            notice("error", str(error))
    with st.container(key="compare", horizontal=True, vertical_alignment="bottom"):
        st.button(
            "Close the comparison" if text else "Compare with the period before",
            key="compare-open",
            type="tertiary",
            disabled=not text and now is None,
            help=_NO_PERIOD if now is None else None,
            on_click=address.compare,
            args=("" if text else BEFORE,),
        )
        if before:
            _other_days(before, text)
    if text and now is None:
        notice("note", _NO_PERIOD)
    if now and before:
        comparison(comparison_data(asked, where, now, before, palette), key="compare-tables")


def _timeless(where: Filter) -> Filter:
    from dataclasses import replace

    return replace(where, since=None, until=None)


def _other_days(before: Period, text: str) -> None:
    for name, label, day in (
        ("since", "Compared with, from", before.since),
        ("until", "to", before.until),
    ):
        key = f"compare-{name}"
        if st.session_state.get("compare-synced") != (text, before) or key not in st.session_state:
            st.session_state[key] = day
        st.date_input(
            label,
            key=key,
            min_value=_EARLIEST,
            max_value=_LATEST,
            format="YYYY-MM-DD",
            on_change=_days_given,
            width=150,
        )
    st.session_state["compare-synced"] = (text, before)
    if text != BEFORE:
        st.button(
            "Period before",
            key="compare-before",
            type="tertiary",
            on_click=address.compare,
            args=(BEFORE,),
        )


def _days_given() -> None:
    since, until = (st.session_state[f"compare-{name}"] for name in ("since", "until"))
    if since and until:
        address.compare(f"{min(since, until)}..{max(since, until)}")

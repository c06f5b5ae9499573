"""What stands under the timeline: playing time, and the comparison with its other period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import address
from dashboard._draw import notice
from dashboard.compare import BEFORE, comparison, comparison_data, other_period, period_of
from dashboard.play import play
from dashboard.view import toggled
from geodata.errors import InputError

if TYPE_CHECKING:
    from dashboard.answers import Answers
    from dashboard.compare import Period
    from geodata.filters import Filter
    from geodata.palette import Palette

_EARLIEST, _LATEST = date(1, 1, 1), date(9999, 12, 31)
_NO_PERIOD = "Choose a period first: drag over the timeline, or give a day at the left."


def time_tools(
    asked: Answers, where: Filter, palette: Palette, played: dict[str, Any] | None
) -> None:
    """Offer to play time (`play_data`) and to compare; draw what the address asks for."""
    text = address.compared_with()
    now = period_of(where, asked.dates(_timeless(where)))
    with st.container(key="time-tools", horizontal=True):
        if played:
            play(played, key="timeline-play")
        st.button(
            "Close the comparison" if text else "Compare with the period before",
            key="compare-open",
            type="tertiary",
            disabled=not text and now is None,
            help=_NO_PERIOD if now is None else None,
            on_click=address.compare,
            args=("" if text else BEFORE,),
        )
    if not text:
        return
    if now is None:
        notice("note", _NO_PERIOD)
        return
    try:
        before = other_period(text, now)
    except InputError as error:
        notice("error", str(error))
        return
    with st.container(key="compare", horizontal=True, vertical_alignment="bottom"):
        _other_days(before, text)
    compared = comparison_data(asked, where, now, before, palette)
    comparison(compared, key="compare-tables", on_pick=_row_picked)


def _row_picked() -> None:
    if pick := st.session_state["compare-tables"].get("pick"):
        part, name = pick
        address.go(toggled(address.current(), str(part), str(name)))


def _timeless(where: Filter) -> Filter:
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

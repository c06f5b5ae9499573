"""Timeline and sorted bars: small components of our own that answer the same filter as the map.

Their scripts lie in `assets/atlas`; they draw plain SVG and buttons, so that a page of charts
costs the browser little beside the map. `timeline_data` and `bars_data` are pure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard._assets import OURS
from dashboard.view import option_words, timeline_step
from dashboard.wording import count_words, number
from geodata.taxonomy import EVENT_TYPE_OF

if TYPE_CHECKING:
    from dashboard.answers import Answers
    from geodata.filters import Filter
    from geodata.palette import Palette
    from geodata.summary import Totals

TOP = 8
"""Rows of a bar chart."""

STEP_WORDS = {"day": "day", "week": "week", "month": "month", "year": "year"}


def timeline_data(asked: Answers, where: Filter) -> dict[str, Any]:
    """Bars over the whole time of the other filters, with the chosen period marked."""
    whole = replace(where, since=None, until=None)
    step = timeline_step(asked.timeline(whole, "month"))
    bars = asked.timeline(whole, step)
    shown, totals = sum(n for _, n, _ in bars), asked.totals(whole)
    return {
        "step": step,
        "bars": [list(bar) for bar in bars],
        "since": where.since.isoformat() if where.since else None,
        "until": where.until.isoformat() if where.until else None,
        "note": _timeline_note(step, totals, shown),
        "none": "No matching incident has a date.",
        "label": f"Incidents by {step}: {count_words(shown, 'incident')} in {len(bars)} bars",
    }


def _timeline_note(step: str, totals: Totals, shown: int) -> str:
    parts = [f"Incidents by {step}."]
    coarse = totals.matched - totals.undated - shown
    if coarse:
        parts.append(f"{number(coarse)} known less exactly than to the {step}, not drawn.")
    if totals.undated:
        parts.append(f"{number(totals.undated)} without a date.")
    return " ".join(parts)


def bars_data(
    title: str,
    part: str,
    facet: Sequence[tuple[str, int]],
    where: Filter,
    palette: Palette | None = None,
) -> dict[str, Any]:
    """Rows of a bar chart: the most frequent values of a filter part, with counts and colours."""
    chosen = {str(value) for value in getattr(where, part)}
    if part == "type":
        facet = _types_first(facet, chosen)
    return {
        "title": title,
        "none": "None among these incidents.",
        "rows": [
            {
                "name": name,
                "words": option_words(part, name),
                "n": n,
                "count": number(n),
                "chosen": name in chosen,
                "within": part == "type" and name in EVENT_TYPE_OF,
                "colour": palette.colour(name) if palette else "",
            }
            for name, n in facet[:TOP]
        ],
    }


def _types_first(facet: Sequence[tuple[str, int]], chosen: set[str]) -> list[tuple[str, int]]:
    """Order event types so that nothing seems counted twice.

    A chosen type is followed by its sub-types, which its count holds already; the others stand
    for theirs.
    """
    open_types = chosen | {EVENT_TYPE_OF[name] for name in chosen if name in EVENT_TYPE_OF}
    known = dict(facet)
    rows: list[tuple[str, int]] = []
    for row in facet:
        if EVENT_TYPE_OF.get(row[0]) in known:
            continue
        rows.append(row)
        if row[0] in open_types:
            rows += [within for within in facet if EVENT_TYPE_OF.get(within[0]) == row[0]]
    return rows


def timeline(data: dict[str, Any], *, key: str, on_period: Callable[[], None]) -> None:
    """Draw the timeline; `on_period` finds the chosen period in ``st.session_state[key]``."""
    draw = component("atlas_timeline", "timeline")
    draw(key=key, data=data, on_period_change=on_period)


def bars(data: dict[str, Any], *, key: str, on_pick: Callable[[], None]) -> None:
    """Draw sorted bars; `on_pick` finds the clicked name in ``st.session_state[key]``."""
    draw = component("atlas_bars", "bars")
    draw(key=key, data=data, on_pick_change=on_pick)


@st.cache_resource
def component(name: str, script: str, place: str = "") -> Callable[..., Any]:
    """Declare a component whose script is a file of `assets/atlas`; it draws into ``.place``."""
    source = (OURS / f"{script}.js").read_text(encoding="utf-8")
    html = f'<div class="{place or script}"></div>'
    return st.components.v2.component(name, html=html, js=source, isolate_styles=False)

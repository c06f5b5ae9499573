"""Sorted bars, and how components of our own are declared; they answer the same filter as the map.

Their scripts lie in `assets/atlas`; they draw plain SVG and buttons, so that a page of charts
costs the browser little beside the map. `bars_data` is pure. The timeline is in
`dashboard.timeline`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard._assets import OURS
from dashboard.view import option_words
from dashboard.wording import count_words, number
from geodata.taxonomy import EVENT_TYPE_OF

if TYPE_CHECKING:
    from geodata.filters import Filter
    from geodata.palette import Palette
    from geodata.tolls import Tolls

TOP = 8
"""Rows of a bar chart."""

DEADLY = "deadly"
"""Name of the row whose click leaves incidents with at least one killed."""

STANDING_WORDS = {
    "civilians": "Civilians",
    "security_forces": "Security forces",
    "militants": "Militants",
    "unknown": "Not said who",
}


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


def tolls_data(tolls: Tolls, where: Filter) -> dict[str, Any]:
    """Rows of killed, by what the dead were, and injured; the first is the filter of any killed.

    What nobody says is said: the dead of unknown standing, and incidents without a figure.
    """
    standings = [(words, getattr(tolls, name)) for name, words in STANDING_WORDS.items()]
    rows = [
        _toll("Killed", tolls.killed, name=DEADLY, chosen=where.min_killed is not None)
        | {"only": "Only incidents with one or more killed"},
        *(_toll(words, n, within=True) for words, n in standings if n),
        _toll("Injured", tolls.injured),
    ]
    untold = count_words(tolls.untold, "incident")
    note = f"{untold} without a figure of killed." if tolls.untold else ""
    return {"title": "Killed and injured", "rows": rows, "none": "", "note": note}


def _toll(
    words: str, n: int, *, name: str = "", chosen: bool = False, within: bool = False
) -> dict[str, Any]:
    return {
        "name": name,
        "words": words,
        "n": n,
        "count": number(n),
        "chosen": chosen,
        "within": within,
        "colour": "",
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

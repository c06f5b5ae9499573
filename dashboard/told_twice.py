"""Incidents that two sources may both tell of: in the panel of one, and listed on the page Tables.

Nothing is merged and no count changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import combinations
from typing import TYPE_CHECKING

import streamlit as st

from dashboard._draw import incident_link
from dashboard.table_words import apart, has_sources, sources_of, twins_csv
from dashboard.wording import count_words, headline

if TYPE_CHECKING:
    from geodata.incident import Incident
    from geodata.store import Store
    from ingest.match import Twin

MAX_SHOWN = 200


def twins_html(store: Store, incident: Incident) -> str:
    """Name incidents of other sources that look like this one; empty where there are none."""
    if not has_sources(store):
        return ""
    from geodata.actors import default_registry
    from ingest.match import twins_of

    rows = []
    for twin in twins_of(store, incident, default_registry()):
        other = store.incident(twin.second)
        if other is not None:
            source = other.dataset or "a report"
            rows.append(
                f"<li>{incident_link(other.incident_id, headline(other))}"
                f' <span class="fact-note">{escape(source)}: {escape(apart(twin))}</span></li>'
            )
    if not rows:
        return ""
    return (
        '<div class="told-twice"><p class="fact-note">Perhaps told by another source too; counted'
        f" apart:</p><ul>{''.join(rows)}</ul></div>"
    )


def draw_twins(store: Store) -> None:
    """Draw the choice of two sources, and the pairs that look like one incident."""
    pairs = list(combinations(sources_of(store), 2))
    if not pairs:
        return
    st.html('<h2 class="panel-headline feeds-section">Told by two sources</h2>')
    st.caption(
        "Incidents of two sources that may be one: near days and places, and sides and tolls that"
        " do not contradict each other. They are counted apart until you reject one."
    )
    chosen = st.selectbox(
        "Sources", pairs, format_func=" and ".join, key="tables-sources", width=420
    )
    if not st.button("Look for pairs", key="tables-twins") or chosen is None:
        return
    from geodata.actors import default_registry
    from ingest.match import twins_between

    found = twins_between(store, *chosen, default_registry())
    _draw_pairs(store.name, chosen, found)


def _draw_pairs(project: str, sources: tuple[str, str], found: Sequence[Twin]) -> None:
    shown = f"; the first {MAX_SHOWN} are shown" if len(found) > MAX_SHOWN else ""
    st.caption(f"{count_words(len(found), 'pair')}{shown}")
    if not found:
        return
    st.dataframe(
        [
            {
                sources[0]: twin.first,
                sources[1]: twin.second,
                "Alike": f"{twin.score:.0%}",
                "Apart": f"{twin.km:,.1f} km, {twin.days} d",
            }
            for twin in found[:MAX_SHOWN]
        ],
        hide_index=True,
        key="tables-pairs",
    )
    st.download_button(
        "Download pairs (CSV)",
        data=twins_csv(found),
        file_name=f"{project}-pairs.csv",
        mime="text/csv",
        key="tables-pairs-download",
        on_click="ignore",
    )

"""The Places page: what this project remembers of places; see, correct, forget, bring back."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from dashboard._draw import notice, plain
from dashboard.analyst import analyst_name, name_field
from dashboard.mini_map import mini_map
from dashboard.project_page import project_page
from dashboard.remembered import (
    NOT_USED,
    Row,
    incident_of,
    meaning_words,
    moved,
    rows_of,
)
from dashboard.wording import count_words
from geodata.errors import AtlasError
from geodata.precision import LOCATION_WORDS, LocationPrecision

if TYPE_CHECKING:
    from collections.abc import Callable

    from geodata.memory import PlaceMemory
    from geodata.store import Store

PAGE = 50
"""Rows shown at once; a search narrows them."""
_CLASSES: list[LocationPrecision] = [*LocationPrecision]
_CLASSES.remove(LocationPrecision.UNKNOWN)
_HEADS = ("Words of the reports", "Where they count", "Place meant", "Chosen by", "Used for")


def render() -> None:
    """Draw the page."""
    project_page("places", _page)


def _page(store: Store) -> None:
    st.html(
        '<h1 class="page-title">Places</h1>'
        '<p class="fact-note">What this project has learnt from its analysts: these words mean'
        " these places, before the gazetteer is asked.</p>"
    )
    if problem := st.session_state.pop("places-problem", ""):
        notice("error", problem)
    with store.snapshot():
        memories, uses = store.place_memories(), store.place_uses()
        ended = store.place_memories(ended=True)
    if not memories:
        _say_empty(store, forgotten=bool(ended))
    else:
        _remembered(store, memories, uses)
    if ended:
        _ended(store, rows_of(ended[:PAGE], {}), len(ended))


def _say_empty(store: Store, *, forgotten: bool) -> None:
    words = "No place is remembered now." if forgotten else "No place is remembered yet."
    step = (
        "Correct the place of an incident on the page Add or in its panel, and leave “Remember for"
        " this project” ticked."
    )
    notice("note", words, step="" if store.read_only else step)


def _remembered(store: Store, memories: list[PlaceMemory], uses: dict[str, int]) -> None:
    search, _ = st.columns([2, 3])
    wanted = search.text_input("Search", key="places-search", placeholder="Words, country or place")
    rows = rows_of(memories, uses, str(wanted))
    if not rows:
        notice("note", "No remembered place has these words.", step="Clear the search to see all.")
        return
    more = f" The first {PAGE} are shown: search to narrow them." if len(rows) > PAGE else ""
    st.html(f'<p class="fact-note">{count_words(len(rows), "place")}.{more}</p>')
    rows = rows[:PAGE]
    st.html(table_html(rows))
    numbers = {row.memory.memory_id: row for row in rows}
    chosen = st.selectbox(
        "Show one",
        list(numbers),
        format_func=lambda number: f"{numbers[number].words} ({numbers[number].context})",
        key="places-chosen",
    )
    if chosen in numbers:
        _one(store, numbers[chosen])


def table_html(rows: list[Row]) -> str:
    """Remembered places as a table; every cell is somebody's text."""
    head = "".join(f"<th>{escape(words)}</th>" for words in _HEADS)
    body = "".join(
        f'<tr><td dir="auto">{escape(row.words)}</td><td dir="auto">{escape(row.context)}</td>'
        f'<td dir="auto">{escape(row.place)}'
        f"{f'<br><span class=fact-note>{escape(row.precision)}</span>' if row.precision else ''}"
        f'</td><td dir="auto">{escape(row.chosen)}</td><td>{escape(row.used)}</td></tr>'
        for row in rows
    )
    return (
        f'<table class="places-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    )


def _one(store: Store, row: Row) -> None:
    memory = row.memory
    with st.container(border=True, key="places-one"):
        picture, facts = st.columns([1, 3])
        picture.html(mini_map(incident_of(memory)) or "<p class='fact-note'>Not on the map.</p>")
        with facts:
            why = f" Ground: {escape(memory.why)}." if memory.why else ""
            used = "Not used yet" if row.used == NOT_USED else f"Used for {escape(row.used)}"
            st.html(
                f'<h2 class="panel-headline" dir="auto">{escape(meaning_words(row))}</h2>'
                f'<p class="fact-note">Chosen by {escape(row.chosen)}.{why}'
                f" {used}.</p>"
            )
            if store.read_only:
                st.html(
                    '<p class="fact-note">The project is open for reading only: start it without'
                    " --read-only to change what is remembered.</p>"
                )
                return
            _edit(store, memory)


def _edit(store: Store, memory: PlaceMemory) -> None:
    key = memory.memory_id
    if st.toggle("Correct", key=f"{key}-correct"):
        north, east, exact = st.columns(3)
        latitude = north.number_input(
            "Latitude", -90.0, 90.0, memory.latitude, format="%.4f", key=f"{key}-latitude"
        )
        longitude = east.number_input(
            "Longitude", -180.0, 180.0, memory.longitude, format="%.4f", key=f"{key}-longitude"
        )
        start = _CLASSES.index(memory.location_precision) if memory.placed else 1
        precision = exact.selectbox(
            "How exact the place is", _CLASSES, start, format_func=LOCATION_WORDS.__getitem__,
            key=f"{key}-at",
        )  # fmt: skip
        name = st.text_input("Place meant", memory.name, key=f"{key}-name", max_chars=120)
        changed = memory
        if latitude is not None and longitude is not None:
            changed = replace(
                moved(memory, latitude, longitude),
                name=str(name).strip() or memory.alias,
                location_precision=precision or LocationPrecision.SETTLEMENT,
            )
        signed = replace(changed, who=analyst_name(), why="corrected on the page Places")
        if st.button("Save", type="primary", key=f"{key}-save", disabled=changed == memory):
            _write(store, partial(store.remember_place, signed))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if st.button("Forget", key=f"{key}-forget", help="It can be brought back below."):
            _write(store, partial(store.forget_place, key, who=analyst_name()))
        with st.popover(plain(f"Sign as {analyst_name()}")):
            name_field()


def _ended(store: Store, rows: list[Row], number: int) -> None:
    with st.expander(f"Changed or forgotten ({number})"):
        if number > len(rows):
            st.html(f'<p class="fact-note">The latest {len(rows)} are shown.</p>')
        for row in rows:
            words, button = st.columns([6, 1], vertical_alignment="center")
            by = f"; ended by {row.memory.ended_by}" if row.memory.ended_by else ""
            words.html(
                f'<p dir="auto">“{escape(row.words)}” ({escape(row.context)}): {escape(row.place)}'
                f' <span class="fact-note">{escape(row.chosen)}{escape(by)}</span></p>'
            )
            if not store.read_only and button.button(
                "Bring back", key=f"{row.memory.memory_id}-back", width="stretch"
            ):
                _write(
                    store, partial(store.restore_place, row.memory.memory_id, who=analyst_name())
                )


def _write(store: Store, do: Callable[[], PlaceMemory]) -> None:
    try:
        with store.atomic():
            do()
    except AtlasError as error:
        st.session_state["places-problem"] = str(error)
    st.rerun()

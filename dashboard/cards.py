"""The card of one incident on the Add page: what was read, and its correction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from dashboard._add_state import Draft, problems
from dashboard._draw import notice
from dashboard._editor import edit_draft
from dashboard.evidence import FIELDS_OF, Mark, marks_of
from dashboard.facts import facts_html, facts_of
from dashboard.mini_map import mini_map
from dashboard.wording import headline

if TYPE_CHECKING:
    from geodata.incident import Document
    from geodata.place import Geocoder


def incident_card(
    draft: Draft, *, number: int, key: str, published: date | None, geocoder: Geocoder | None
) -> Draft:
    """Draw a card; give the draft back as the analyst leaves it.

    Parameters
    ----------
    number
        The incident's number on the page, as in the text's marks; 0 where there is only one.
    key
        Name that the card's widgets share.
    """
    with st.container(border=True, key=f"card-{key}"):
        facts = st.container()
        keep, correct = st.columns(2, vertical_alignment="center")
        kept = keep.checkbox(
            "Keep this incident",
            draft.keep,
            key=f"{key}-keep",
            help="Left out, it is stored as rejected, so that it can be brought back.",
        )
        if correct.toggle("Correct", draft.by_hand, key=f"{key}-correct"):
            draft = edit_draft(draft, key=key, geocoder=geocoder)
        draft = replace(draft, keep=kept)
        with facts:
            _draw_facts(draft, number)
            for words in problems(draft.incident, published):
                notice("warning", f"{words}.")
    return draft


def _draw_facts(draft: Draft, number: int) -> None:
    incident = draft.incident
    read = None if draft.by_hand else draft.found.incident
    facts = facts_of(incident, draft.found.claims, read=read)
    title = headline(incident)
    if draft.by_hand:
        # Nothing was read: only what the analyst has put in is worth a row.
        title = title if draft.edits else "Incident added by hand"
        facts = [fact for fact in facts if set(draft.edits) & set(FIELDS_OF[fact.kind])]
    badge = f'<span class="card-number">{number}</span>' if number else ""
    out = "" if draft.keep else " card-out"
    st.html(
        f'<div class="card-facts{out}">'
        f'<h2 class="card-headline">{badge}{escape(title)}</h2>'
        f'<div class="card-body">{facts_html(facts)}{mini_map(incident)}</div></div>'
    )


def all_marks(document: Document, drafts: Sequence[Draft]) -> list[Mark]:
    """Marks of every card in the report's text, numbered where there are several."""
    marks: list[Mark] = []
    for number, draft in enumerate(drafts, start=1):
        marks += marks_of(
            document.text, draft.found.claims, incident=number if len(drafts) > 1 else 0
        )
    return marks

"""One incident in full: what is known, the words it was read from, its review, its history.

`panel_data` gathers everything from the store; `incident_panel` only draws it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from dashboard._add_state import Draft, memory_of_draft, problems
from dashboard._draw import notice, plain, web_link
from dashboard._editor import edit_draft, geocoder_or_notice
from dashboard.analyst import analyst_name, name_field
from dashboard.boundary_words import boundary_words
from dashboard.downloads import original_button
from dashboard.evidence import Mark, legend, marks_of, text_box
from dashboard.facts import Fact, before_edits, facts_html, facts_of
from dashboard.ledger import ledger_html
from dashboard.remembered import remember
from dashboard.told_twice import twins_html
from dashboard.wording import (
    STATUS_WORDS,
    count_words,
    headline,
    isolated,
    label,
    spoken_time,
    value_words,
)
from geodata.errors import AtlasError
from geodata.filters import spoken_date
from geodata.incident import Document, ExtractedIncident, Status

if TYPE_CHECKING:
    from geodata.incident import Change, Claim, Document, Incident, Json
    from geodata.memory import PlaceMemory
    from geodata.store import Store

STEPS: dict[Status, tuple[tuple[Status, str], ...]] = {
    Status.DRAFT: ((Status.CONFIRMED, "Confirm"), (Status.REJECTED, "Reject")),
    Status.CONFIRMED: ((Status.DRAFT, "Back to draft"), (Status.REJECTED, "Reject")),
    Status.REJECTED: ((Status.DRAFT, "Back to draft"), (Status.CONFIRMED, "Confirm")),
    Status.MERGED: ((Status.DRAFT, "Back to draft"),),
}
"""What an analyst may do with an incident, by where it stands; every step can be taken back."""


@dataclass(frozen=True, slots=True)
class Source:
    """A report, with the marks of what it says of this incident."""

    document: Document
    marks: tuple[Mark, ...]
    fields: tuple[str, ...]

    @property
    def name(self) -> str:
        """Short name: the outlet and the day."""
        parts = [isolated(self.document.outlet or "Report without an outlet")]
        if self.document.published:
            parts.append(spoken_date(self.document.published))
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class PanelData:
    """Everything the panel shows of one incident."""

    incident: Incident
    facts: tuple[Fact, ...]
    sources: tuple[Source, ...]
    history: tuple[Change, ...]
    ledger: str = ""  # who says how many, as HTML
    twins: str = ""  # who else may tell of it, as HTML

    @property
    def headline(self) -> str:
        """The incident in one line."""
        return headline(self.incident)

    @property
    def steps(self) -> tuple[tuple[Status, str], ...]:
        """Where the incident can be moved from here."""
        return STEPS[self.incident.status]


def panel_data(store: Store, incident_id: str) -> PanelData | None:
    """Gather an incident with its facts, sources and history; None for an unknown id."""
    incident = store.incident(incident_id)
    if incident is None:
        return None
    claims = store.claims(incident_id)
    sources = (*_row_of_table(store, incident), *_sources(store, claims))
    history = store.changes(incident_id)
    several = len(sources) > 1  # with one report, naming it beside every quote would be noise
    names = {one.document.document_id: one.name for one in sources} if several else {}
    facts = facts_of(
        incident,
        claims,
        sources=names,
        read=before_edits(incident, history),
        boundaries=boundary_words(store, incident, history),
    )
    ledger = ledger_html(claims, names)
    return PanelData(
        incident, tuple(facts), sources, tuple(history), ledger, twins_html(store, incident)
    )


def _sources(store: Store, claims: Sequence[Claim]) -> tuple[Source, ...]:
    sources = []
    for document_id in dict.fromkeys(claim.document_id for claim in claims):
        document = store.document(document_id)
        if document is not None:
            said = [claim for claim in claims if claim.document_id == document_id]
            marks = marks_of(document.text, said)
            fields = tuple(mark.field for mark in marks)
            sources.append(Source(document, tuple(marks), fields))
    return tuple(sources)


def _row_of_table(store: Store, incident: Incident) -> tuple[Source, ...]:
    """Show the row of a table that an incident is, as written; none for one from reports."""
    dataset = store.dataset(incident.dataset) if incident.dataset else None
    if dataset is None:
        return ()
    row = next(store.original_rows(dataset.dataset_id, [incident.incident_id]), None)
    if row is None:
        return ()
    made_by = next(
        one for one in store.imports(dataset.dataset_id) if one.import_id == row.import_id
    )
    cells = [f"{name}: {cell}" for name, cell in zip(row.columns, row.cells, strict=True) if cell]
    kept = [
        f"The table says now: {label(field)} {value_words(field, value)}; the edit stands"
        for field, value in store.kept_values(incident.incident_id).items()
    ]
    head = [*([dataset.credit] if dataset.credit else []), *kept]
    document = Document(
        document_id=incident.incident_id,
        title=f"Row of {made_by.source}",
        outlet=dataset.title,
        text="\n".join([*head, *([""] if head else []), *cells]),
    )
    return (Source(document, (), ()),)


def incident_panel(store: Store, incident_id: str) -> None:
    """Draw the panel of an incident, with its review buttons where the project may be written."""
    data = panel_data(store, incident_id)
    if data is None:
        notice(
            "note",
            "This incident is not in the project.",
            step="The link may belong to another project; close the panel to go on.",
        )
        return
    status = data.incident.status
    st.html(
        f'<h2 class="panel-headline">{escape(data.headline)}</h2>'
        f'<span class="status status-{status.value}">{escape(STATUS_WORDS[status])}</span>'
    )
    if not store.read_only:
        _review(store, data)
    st.html(facts_html(data.facts) + _notes_html(data.incident) + data.ledger + data.twins)
    if not store.read_only:
        _correct(store, data)
    st.html(history_html(data.history))
    _draw_sources(store, data)


def _review(store: Store, data: PanelData) -> None:
    key = data.incident.incident_id
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"review-{key}"):
        for status, words in data.steps:
            onward = data.steps[0][0] is status is Status.CONFIRMED
            if st.button(
                words, key=f"{key}-{status.value}", type="primary" if onward else "secondary"
            ):
                _update(store, data.incident, {"status": status.value})
        with st.popover(plain(f"Sign as {analyst_name()}")):
            name_field()
            st.text_input("Why (may stay empty)", key=f"{key}-why", max_chars=300)
    if problem := st.session_state.pop("panel-problem", ""):
        notice("error", problem)


def _update(
    store: Store,
    incident: Incident,
    values: Mapping[str, Json],
    memory: PlaceMemory | None = None,
) -> None:
    why = str(st.session_state.get(f"{incident.incident_id}-why", "")).strip()
    try:
        with store.atomic():
            store.update_incident(incident.incident_id, values, who=analyst_name(), why=why)
            remember(store, [memory])
    except AtlasError as error:
        st.session_state["panel-problem"] = str(error)
    st.rerun()


def _correct(store: Store, data: PanelData) -> None:
    incident = data.incident
    # The key counts the edits: after a save the fields start anew, and closed.
    key = f"{incident.incident_id}-{len(data.history)}"
    if not st.toggle("Correct", key=f"{key}-correct"):
        return
    said = before_edits(incident, data.history).place or ""
    draft = edit_draft(
        Draft(found=ExtractedIncident(incident, ()), said=said), key=key,
        geocoder=geocoder_or_notice(store),
    )  # fmt: skip
    for words in problems(draft.incident, None):
        notice("warning", f"{words}.")
    label_words = f"Save {count_words(len(draft.edits), 'change')}"
    if st.button(label_words, key=f"{key}-save", type="primary", disabled=not draft.edits):
        _update(store, incident, draft.edits, memory_of_draft(draft, analyst_name()))


def _notes_html(incident: Incident) -> str:
    rows = [
        (label(name), value_words(name, value))
        for name, value in (("notes", incident.notes), ("tags", list(incident.tags)))
        if value
    ]
    return "".join(
        f'<p class="fact-note">{escape(name)}: <bdi>{escape(words)}</bdi></p>'
        for name, words in rows
    )


def _draw_sources(store: Store, data: PanelData) -> None:
    if not data.sources:
        notice("note", "No report text is kept for this incident.")
        return
    for number, source in enumerate(data.sources):
        document = source.document
        title = document.title or "Report without a title"
        st.html(
            f'<h3 class="panel-source" dir="auto">{web_link(document.url, title)}</h3>'
            f'<span class="fact-note">{escape(source.name)}</span>'
            f"{legend(source.fields) if source.fields else ''}"
            f"{text_box(document.text, source.marks, name=title, anchor=number == 0)}"
        )
        original_button(store, document)


def history_html(history: Sequence[Change]) -> str:
    """Edits, newest first: what, from, to, who, when, why."""
    if not history:
        return '<p class="fact-note">No edits: every value is as it was read.</p>'
    rows = "".join(_edit(change) for change in reversed(history))
    return (
        f'<details class="history"><summary>Edits ({len(history)})</summary>'
        f"<ol>{rows}</ol></details>"
    )


def _edit(change: Change) -> str:
    before = value_words(change.field, change.before)
    after = value_words(change.field, change.after)
    why = f": {escape(change.why)}" if change.why else ""
    return (
        f"<li>{escape(label(change.field))}: <bdi>{escape(before)}</bdi> → "
        f'<b dir="auto">{escape(after)}</b> '
        f'<span class="fact-note">{escape(change.who)}, {spoken_time(change.when)}{why}</span></li>'
    )

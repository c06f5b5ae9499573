"""Add a report: paste or upload it, check what was read, save.

Three steps on one page: write, check, stored. Nothing is stored before Save.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from dataclasses import field as with_default
from datetime import date
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from dashboard._add_state import Draft, Saved, hand_made, save_drafts, worth_storing
from dashboard._draw import incident_link, notice, web_link
from dashboard._editor import EARLIEST, LATEST, geocoder_or_notice
from dashboard._intake import (
    MAX_PASTE,
    Opened,
    as_opened,
    given_document,
    open_address,
    open_file,
    twin_of,
    unread_words,
)
from dashboard.analyst import analyst_name, name_field
from dashboard.cards import all_marks, incident_card
from dashboard.evidence import legend, text_box
from dashboard.remembered import remembered_words
from dashboard.session import open_project
from dashboard.wording import count_words, headline
from geodata.errors import AtlasError
from geodata.filters import spoken_date
from geodata.incident import Quarantined

if TYPE_CHECKING:
    from geodata.incident import Document, ExtractedIncident, Incident
    from geodata.store import Store

MAX_UPLOAD_MB = 25
TYPES = ("txt", "md", "html", "htm", "mhtml", "mht", "pdf", "docx", "odt", "eml")
"""Kinds of files that hold one report; those of several are for `incidents ingest`."""

FIELD_KEYS = ("add-text", "add-title", "add-outlet", "add-url", "add-published")


@dataclass(slots=True)
class Desk:
    """What lies on the page between two clicks."""

    step: str = "write"  # then "check", then "stored"
    opened: Document | None = None  # as read from a file or from the web
    fetched: Opened | None = None  # of the web, to be put into the fields before they are drawn
    document: Document | None = None  # as given to the machine
    drafts: list[Draft] = with_default(default_factory=list)
    twin: Document | None = None
    saved: Saved | None = None
    problem: str = ""
    run: int = 0  # readings so far: widgets of an earlier reading must not speak for a later one


def render() -> None:
    """Draw the page."""
    try:
        store = open_project()
    except AtlasError as error:
        notice("error", str(error))
        return
    desk = _desk()
    # Head, notices and body keep their places, whatever they hold: Streamlit leaves what an
    # earlier run drew on the page until the next run is through.
    with st.container(key="add-head"):
        _head(desk)
    with st.container(key="add-notices"):
        _say_notices(store, desk)
    with st.container(key="add-body"):
        if desk.step == "write":
            _write(store, desk)
        elif desk.step == "check" and desk.document is not None:
            _check(store, desk.document, desk)
        else:
            _stored(desk)


def _say_notices(store: Store, desk: Desk) -> None:
    if store.read_only:
        notice(
            "warning",
            "This project is open for reading only: you can see what would be read, not save it.",
            step="To save, start the dashboard without --read-only on a file you may write.",
        )
    if desk.problem:
        notice("error", desk.problem)
        desk.problem = ""
    if desk.step == "write":
        _offer_put_away()


def _desk() -> Desk:
    if "add-desk" not in st.session_state:
        st.session_state["add-desk"] = Desk()
    desk: Desk = st.session_state["add-desk"]
    return desk


def _write(store: Store, desk: Desk) -> None:
    if desk.fetched is not None:
        _fill(desk, desk.fetched)
        desk.fetched = None
    left, right = st.columns([5, 3], gap="large")
    with right:
        st.file_uploader(
            "Open a file",
            type=TYPES,
            key=f"add-file-{desk.run}",
            max_upload_size=MAX_UPLOAD_MB,
            on_change=_open_file,
            args=(desk,),
            help="Text, Markdown, PDF, Word or OpenDocument, a mail or a saved web page, "
            f"at most {MAX_UPLOAD_MB} MB.",
        )
        _address_field(store, desk)
        st.text_input("Title", key="add-title", max_chars=300, persist_state="session")
        st.text_input("Outlet", key="add-outlet", max_chars=120, persist_state="session")
        if _date_field() is None:
            notice("note", "Without it, “on Tuesday” or “last week” cannot become a date.")
    with left:
        st.text_area(
            "Text of the report",
            key="add-text",
            height=470,
            max_chars=MAX_PASTE,
            placeholder="Paste the text here, open a file, or fetch an address.",
            persist_state="session",
        )
        if st.button("Read", type="primary", key="add-read"):
            _read(store, desk)
        _say_twin(store, desk)


def _date_field() -> date | None:
    return st.date_input(
        "Day of publication",
        value=None,
        key="add-published",
        min_value=EARLIEST,
        max_value=LATEST,
        format="YYYY-MM-DD",
        persist_state="session",
    )


def _open_file(desk: Desk) -> None:
    """Put what a file holds into the fields, where the analyst sees what will be read."""
    upload = st.session_state.get(f"add-file-{desk.run}")
    if upload is None:
        return
    try:
        opened = open_file(upload.name, upload.getvalue())
    except AtlasError as error:
        desk.problem = str(error)
        return
    _fill(desk, opened)
    if opened.left_out:
        desk.problem = f"Of {upload.name!r} was not read: {'; '.join(opened.left_out)[:300]}"


def _address_field(store: Store, desk: Desk) -> None:
    field, button = st.columns([3, 1], vertical_alignment="bottom")
    url = field.text_input("Address (URL)", key="add-url", max_chars=1000, persist_state="session")
    pressed = button.button(
        "Fetch",
        key="add-fetch",
        width="stretch",
        disabled=store.read_only,
        help="Brings the text of the address here, over the network. Nothing is fetched otherwise.",
    )
    if not pressed or store.read_only:
        return
    try:
        with st.spinner("Fetching the page …"):
            desk.fetched = open_address(str(url))
    except AtlasError as error:
        desk.problem = str(error)
    st.rerun()


def _fill(desk: Desk, opened: Opened) -> None:
    """Put a report into the fields; what it does not say of itself stays as it was typed."""
    document = desk.opened = opened.document
    st.session_state["add-text"] = document.text
    for field in ("title", "outlet", "url", "published"):
        value = getattr(document, field)
        if value:
            st.session_state[f"add-{field}"] = value


def _read(store: Store, desk: Desk) -> None:
    desk.twin = None
    try:
        document = _document(desk)
        desk.twin = twin_of(store, document)
        if desk.twin is None:
            _extract(store, desk, document)
            st.session_state["add-put-away"] = None
    except AtlasError as error:
        desk.problem = str(error)
    st.rerun()


def _extract(store: Store, desk: Desk, document: Document) -> None:
    from ingest.pipeline import extract_documents, project_tools

    before = desk.document
    # Back from a look at the same text: the cards stay as they were left.
    if before is None or _what_counts(before) != _what_counts(document):
        with st.spinner("Reading the report …"):
            (seen,) = extract_documents([document], tools=project_tools(store))
        if isinstance(seen, Quarantined):
            desk.problem = f"{seen.reason}. Its incidents can still be added by hand."
            found: tuple[ExtractedIncident, ...] = ()
        else:
            found, document = seen.extracted, seen.document
        desk.drafts = [Draft(found=one) for one in found]
        desk.run += 1
    else:
        document = replace(document, language=before.language)
    desk.document = document
    desk.step = "check"


def _what_counts(document: Document) -> tuple[object, ...]:
    """Parts of a report that its incidents and their ids depend on."""
    return document.document_id, document.text, document.published


def _document(desk: Desk) -> Document:
    """Report from the fields; a file that was opened and not changed keeps its own bytes."""
    state = st.session_state
    document = given_document(
        str(state["add-text"]),
        title=str(state["add-title"]),
        outlet=str(state["add-outlet"]),
        url=str(state["add-url"]),
        published=state["add-published"],
    )
    if desk.opened is not None and document.text == desk.opened.text:
        return as_opened(document, desk.opened)
    desk.opened = None
    return document


def _say_twin(store: Store, desk: Desk) -> None:
    if desk.twin is None:
        return
    told = store.incidents_of_document(desk.twin.document_id)
    name = desk.twin.title or "a report without a title"
    unread = unread_words(desk.twin.language) or "No incident was found in it."
    step = "Nothing was stored again." if told else unread
    notice("note", f"This text is already in the project, as “{name}”.", step=step)
    st.html(_incident_list(told))


def _incident_list(incidents: Sequence[Incident]) -> str:
    rows = "".join(f"<li>{incident_link(one.incident_id, headline(one))}</li>" for one in incidents)
    return f'<ul class="incident-links">{rows}</ul>'


def _check(store: Store, document: Document, desk: Desk) -> None:
    left, right = st.columns(2, gap="medium")
    with right:
        _draw_cards(store, document, desk)
        if not store.read_only:
            _save_box(store, document, desk)
    marks = all_marks(document, desk.drafts)
    with left, st.container(key="add-report"):
        if marks:
            st.html(legend(mark.field for mark in marks))
        st.html(text_box(document.text, marks, name=document.title or "Text of the report"))


def _head(desk: Desk) -> None:
    document = desk.document
    if desk.step != "check" or document is None:
        st.html('<h1 class="page-title">Add a report</h1>')
        return
    about, change, again = st.columns([6, 1, 1], vertical_alignment="center")
    day = document.published
    parts = [document.outlet, spoken_date(day) if day else "no day of publication"]
    about.html(
        f'<h1 class="page-title">{web_link(document.url, document.title or "Untitled")}</h1>'
        f'<span class="fact-note">{escape(", ".join(part for part in parts if part))}</span>'
    )
    if change.button("Change the text", key="add-change", width="stretch"):
        desk.step = "write"
        st.rerun()
    if again.button("Start again", key="add-again", width="stretch"):
        _start_again(desk)


def _start_again(desk: Desk) -> None:
    state = st.session_state
    fields = {name: state.pop(name) for name in FIELD_KEYS if name in state}
    # What was not saved can be brought back, once.
    state["add-put-away"] = None if desk.step == "stored" else (desk, fields)
    state["add-desk"] = Desk(run=desk.run + 1)
    st.rerun()


def _offer_put_away() -> None:
    if st.session_state.get("add-put-away") is None:
        return
    words, button = st.columns([6, 1], vertical_alignment="center")
    with words:
        notice("note", "The report was put away, and nothing of it was stored.")
    button.button("Bring it back", key="add-back", on_click=_bring_back, width="stretch")


def _bring_back() -> None:
    desk, fields = st.session_state.pop("add-put-away")
    st.session_state["add-desk"] = desk
    st.session_state.update(fields)


def _draw_cards(store: Store, document: Document, desk: Desk) -> None:
    drafts = desk.drafts
    found = sum(not draft.by_hand for draft in drafts)
    if found:
        words = count_words(found, "incident")
        st.html(f'<p class="fact-note">{words} found. Nothing is stored until you save.</p>')
    else:
        notice(
            "note",
            unread_words(document.language) or "No incident was found in this report.",
            step="If it tells of one, add it by hand; or save the report alone, so that it is "
            "known as read.",
        )
    geocoder = geocoder_or_notice(store)
    for index, draft in enumerate(drafts):
        drafts[index] = incident_card(
            draft,
            number=index + 1 if len(drafts) > 1 else 0,
            key=f"{desk.run}-{draft.key}",
            published=document.published,
            geocoder=geocoder,
        )
    if st.button("Add an incident by hand", key="add-by-hand"):
        drafts.append(hand_made())
        st.rerun()


def _save_box(store: Store, document: Document, desk: Desk) -> None:
    kept = sum(draft.keep for draft in worth_storing(desk.drafts))
    with st.container(border=True, key="add-save-box"):
        name_field()
        confirmed = st.checkbox(
            "I have checked them: mark as confirmed",
            key=f"add-confirmed-{desk.run}",
            disabled=not kept,
            help="Otherwise they are saved as drafts, to be reviewed later.",
        )
        words = f"Save {count_words(kept, 'incident')}" if kept else "Save the report alone"
        if st.button(words, type="primary", key="add-save"):
            _save(store, document, desk, confirmed=confirmed)


def _save(store: Store, document: Document, desk: Desk, *, confirmed: bool) -> None:
    try:
        desk.saved = save_drafts(
            store,
            document,
            desk.drafts,
            who=analyst_name(),
            confirmed=confirmed,
        )
        desk.step = "stored"
    except AtlasError as error:
        desk.problem = str(error)
    st.rerun()


def _stored(desk: Desk) -> None:
    saved = desk.saved
    if saved is None:
        _start_again(desk)
        return
    name = saved.document.title or "the report"
    words = f"Stored “{name}” with {count_words(len(saved.kept), 'incident')}."
    left_out = f"{count_words(len(saved.rejected), 'incident')} kept as rejected."
    notice("good", words, step=left_out if saved.rejected else "")
    for memory in saved.remembered:
        st.html(f'<p class="fact-note" dir="auto">{escape(remembered_words(memory))}</p>')
    if saved.kept:
        st.html('<p class="fact-note">Open on the map:</p>' + _incident_list(saved.kept))
    if st.button("Add another report", type="primary", key="add-another"):
        _start_again(desk)

"""The Feeds page: what this project reads regularly; how it is, add, pull, remove.

Nothing is fetched before the analyst presses a button.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from threading import Lock
from typing import TYPE_CHECKING

import streamlit as st

from dashboard._draw import notice, plain
from dashboard.feed_rows import fetcher, outcome_lines, rows_of, table_html
from dashboard.project_page import project_page
from dashboard.wording import count_words
from geodata.errors import AtlasError

if TYPE_CHECKING:
    from geodata.feeds import Feed
    from geodata.store import Store
    from ingest.feeds import Pulled

MAX_LINES = 30
"""Outcomes of a pull that are shown; those that failed come first."""

_PULLING = Lock()
"""Held while this process reads feeds: two sessions would read each item twice."""


def render() -> None:
    """Draw the page."""
    project_page("feeds", _page)


def _page(store: Store) -> None:
    st.html(
        '<h1 class="page-title">Feeds</h1>'
        '<p class="fact-note">Sites whose new reports this project reads. Asking them needs the'
        " network, and happens only when you press a button.</p>"
    )
    if store.read_only:
        notice(
            "warning",
            "This project is open for reading only: feeds can be seen, not added or pulled.",
            step="Start the dashboard without --read-only to change them.",
        )
    if problem := st.session_state.pop("feeds-problem", ""):
        notice("error", problem)
    with st.container(key="feeds-notices"):
        _say_outcomes()
        _offer_removed(store)
    feeds = store.feeds()
    if feeds and not store.read_only:
        _pull_box(store, feeds)
    if feeds:
        st.html(table_html(rows_of(feeds, datetime.now(UTC))))
    else:
        step = "" if store.read_only else "Add the address of a site's RSS, Atom or JSON feed."
        notice("note", "This project has no feeds yet.", step=step)
    if not store.read_only:
        _add_box(store)
        if feeds:
            _remove_box(store, feeds)


def _pull_box(store: Store, feeds: Sequence[Feed]) -> None:
    names = [feed.name for feed in feeds]
    with st.container(border=True, key="feeds-pull-box"):
        which, whole, again, button = st.columns([4, 3, 3, 2], vertical_alignment="bottom")
        wanted = which.multiselect(
            "Feeds to ask", names, key="feeds-wanted", placeholder="All of them", format_func=plain
        )
        full = whole.checkbox(
            "Read the whole pages",
            key="feeds-full",
            help="Fetches the page behind each new item, a second apart. Otherwise the words in"
            " the feed itself are read.",
        )
        force = again.checkbox(
            "Ask even if it is early",
            key="feeds-force",
            help="A feed is asked at most every 15 minutes, and less often after failures. A pause"
            " that its server asks for is kept in any case.",
        )
        pressed = button.button("Pull now", type="primary", key="feeds-pull", width="stretch")
        if pressed:
            chosen = [feed for feed in feeds if not wanted or feed.name in wanted]
            _pull(store, chosen, full=full, force=force)


def _pull(store: Store, chosen: Sequence[Feed], *, full: bool, force: bool) -> None:
    if not _PULLING.acquire(blocking=False):
        st.session_state["feeds-problem"] = "Feeds are being pulled already; wait until it is done."
        st.rerun()
    try:
        from ingest.feeds import pull

        bar = st.progress(0.0, text="Asking the first feed …")
        done: list[Pulled] = []

        def progress(name: str, number: int, total: int) -> None:
            share = (len(done) + number / max(total, 1)) / len(chosen)
            words = f"{name}: item {number:,} of {total:,}"
            bar.progress(min(share, 1.0), text=plain(words))

        for pulled in pull(store, chosen, fetcher(), full=full, force=force, progress=progress):
            done.append(pulled)
            bar.progress(len(done) / len(chosen), text=plain(f"{pulled.feed.name}: done"))
        st.session_state["feeds-outcomes"] = outcome_lines(done)
    except AtlasError as error:
        st.session_state["feeds-problem"] = str(error)
    finally:
        _PULLING.release()
    st.rerun()


def _say_outcomes() -> None:
    lines = st.session_state.get("feeds-outcomes")
    if not lines:
        return
    worst_first = sorted(lines, key=lambda line: line[0] != "error")
    for kind, words in worst_first[:MAX_LINES]:
        notice(kind, words)
    if len(lines) > MAX_LINES:
        notice("note", f"{count_words(len(lines) - MAX_LINES, 'more feed')} asked.")


def _add_box(store: Store) -> None:
    st.html('<h2 class="panel-headline feeds-section">Add a feed</h2>')
    with st.form("feeds-add", clear_on_submit=True, border=False):
        where, name, button = st.columns([5, 3, 2], vertical_alignment="bottom")
        url = where.text_input(
            "Address (URL)", key="feeds-url", max_chars=2_000,
            placeholder="https://example.org/rss.xml",
        )  # fmt: skip
        called = name.text_input(
            "Name", key="feeds-name", max_chars=80, placeholder="Its host, if left empty"
        )
        if button.form_submit_button("Add", width="stretch"):
            _add(store, str(url), str(called))


def _add(store: Store, url: str, name: str) -> None:
    from ingest.feeds import new_feed

    try:
        feed = new_feed(store, url, fetcher(), name=name.strip())
        words = f"{feed.name} was added, and not asked yet: press “Pull now”"
        st.session_state["feeds-outcomes"] = [("good", words)]
    except AtlasError as error:
        st.session_state["feeds-problem"] = str(error)
    st.rerun()


def _remove_box(store: Store, feeds: Sequence[Feed]) -> None:
    with st.expander("Remove a feed"):
        which, button = st.columns([8, 2], vertical_alignment="bottom")
        name = which.selectbox(
            "Feed to remove", [feed.name for feed in feeds], key="feeds-chosen", format_func=plain
        )
        st.html('<p class="fact-note">Reports that were read from it stay in the project.</p>')
        if name and button.button("Remove", key="feeds-remove", width="stretch"):
            try:
                with store.atomic():
                    st.session_state["feeds-removed"] = store.remove_feed(name)
                st.session_state.pop("feeds-outcomes", None)
            except AtlasError as error:
                st.session_state["feeds-problem"] = str(error)
            st.rerun()


def _offer_removed(store: Store) -> None:
    gone: Feed | None = st.session_state.get("feeds-removed")
    if gone is None or store.read_only:
        return
    words, button = st.columns([6, 1], vertical_alignment="center")
    with words:
        notice("note", f"{gone.name} was removed; its reports stay.")
    if button.button("Bring it back", key="feeds-back", width="stretch"):
        st.session_state.pop("feeds-removed")
        try:
            with store.atomic():
                store.add_feed(gone)
        except AtlasError as error:
            st.session_state["feeds-problem"] = str(error)
        st.rerun()

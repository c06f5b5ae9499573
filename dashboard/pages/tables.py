"""The Tables page: drop a table, see how it will be read, import it; what was set aside.

Nothing is stored before the analyst presses Import.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from dashboard._draw import notice, plain
from dashboard.project_page import project_page
from dashboard.table_words import (
    Look,
    look_at,
    quarantine_csv,
    quarantine_rows,
    words_of,
)
from dashboard.wording import count_words, label
from geodata.errors import AtlasError

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from geodata.store import Store

TYPES = ("csv", "tsv", "xlsx", "xls", "ods")
MAX_UPLOAD_MB = 200
MAX_SHOWN = 500
"""Quarantined inputs that are listed; the download has more."""
MAX_TAKEN = 100_000


def render() -> None:
    """Draw the page."""
    project_page("tables", _page)


def _page(store: Store) -> None:
    st.html(
        '<h1 class="page-title">Tables</h1>'
        '<p class="fact-note">ACLED, UCDP GED and GTD are told by their header; of any other sheet'
        " the columns are told by their names. Every row becomes an incident or is set aside with"
        " its reason; its cells are kept as written.</p>"
    )
    if store.read_only:
        notice(
            "warning",
            "This project is open for reading only: tables can be looked at, not imported.",
            step="Start the dashboard without --read-only to import them.",
        )
    with st.container(key="tables-notices"):
        for level, words in st.session_state.pop("tables-outcome", []):
            notice(level, words)
    upload = st.file_uploader(
        "Open a table",
        type=TYPES,
        key=f"tables-file-{st.session_state.get('tables-run', 0)}",
        max_upload_size=MAX_UPLOAD_MB,
        help=f"CSV, TSV, Excel or OpenDocument, at most {MAX_UPLOAD_MB} MB.",
    )
    if upload is not None:
        _opened(store, upload)
    _set_aside(store)


def _opened(store: Store, upload: UploadedFile) -> None:
    """Show how a table will be read, and the button that imports it."""
    try:
        with _on_disk(upload) as path:
            look = look_at(path, upload.name)
    except AtlasError as error:
        notice("error", str(error))
        return
    with st.container(border=True, key="tables-look"):
        _draw_look(look)
        if st.button("Import", type="primary", key="tables-import", disabled=store.read_only):
            _import(store, upload)


def _draw_look(look: Look) -> None:
    st.markdown(plain(look.words))
    for words in look.notes:
        st.caption(plain(words))
    if look.fields:
        st.caption(
            plain("; ".join(f"{label(field)} from “{column}”" for field, column in look.fields))
        )
    st.dataframe(list(look.rows), hide_index=True, key="tables-rows")


def _import(store: Store, upload: UploadedFile) -> None:
    from ingest.pipeline import project_tools
    from ingest.tables.importing import TableOptions, import_table

    bar = st.progress(0.0, text="Reading the first rows …")
    done = 0

    def progress(rows: int) -> None:
        nonlocal done
        done += rows
        bar.progress(0.5, text=plain(f"{done:,} rows"))

    try:
        with _on_disk(upload) as path:
            report = import_table(
                store,
                path,
                project_tools(store),
                TableOptions(shown=upload.name),
                progress=progress,
            )
        first, *rest = (line.strip() for line in words_of(report))
        outcome = [("good", first), *([("note", "; ".join(rest))] if rest else [])]
    except AtlasError as error:
        outcome = [("error", str(error))]
    st.session_state["tables-outcome"] = outcome
    st.session_state["tables-run"] = st.session_state.get("tables-run", 0) + 1
    st.rerun()


@contextmanager
def _on_disk(upload: UploadedFile) -> Iterator[Path]:
    """Keep an upload in a file of our own name while it is read."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"table{Path(upload.name).suffix.lower()}"
        path.write_bytes(upload.getbuffer())
        yield path


def _set_aside(store: Store) -> None:
    """List what could not be read, of tables and reports alike."""
    count = store.count_quarantine()
    if not count:
        return
    st.html('<h3 class="panel-headline feeds-section">Set aside</h3>')
    more = f"; the first {MAX_SHOWN:,} are shown" if count > MAX_SHOWN else ""
    st.caption(
        f"{count_words(count, 'input')} could not become incidents{more}. Mend the file and import"
        " it again, or take them as a table."
    )
    st.dataframe(
        quarantine_rows(store.quarantine(limit=MAX_SHOWN)), hide_index=True, key="tables-aside"
    )
    st.download_button(
        "Download (CSV)",
        data=lambda: quarantine_csv(store.quarantine(limit=MAX_TAKEN)),
        file_name=f"{store.name}-set-aside.csv",
        mime="text/csv",
        key="tables-download",
        on_click="ignore",
    )

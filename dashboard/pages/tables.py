"""The Tables page: drop a table, see how it will be read and what it changes, import it.

Nothing is stored before the analyst presses Import, and every import can be taken back.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import streamlit as st

from dashboard._draw import notice, plain
from dashboard.analyst import analyst_name
from dashboard.data_sets import draw_aside, draw_data_sets, draw_names, say
from dashboard.pace import Pace
from dashboard.project_page import project_page
from dashboard.release_words import changed_rows, gone_rows, new_rows
from dashboard.table_look import draw_first_rows, draw_look, look_at
from dashboard.table_words import words_of
from dashboard.told_twice import draw_twins
from geodata.errors import AtlasError
from ingest.tables.report import MAX_SHOWN_CHANGES

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from geodata.store import Store
    from ingest.tables.importing import Done
    from ingest.tables.opening import Opened, TableOptions
    from ingest.tables.report import TableReport

TYPES = (
    "csv", "tsv", "txt", "xlsx", "xlsm", "xls", "ods", "parquet", "geojson", "gpkg", "kml", "kmz",
    "zip",
)  # fmt: skip
MAX_UPLOAD_MB = 1_000


def render() -> None:
    """Draw the page."""
    project_page("tables", _page)


def _page(store: Store) -> None:
    st.html(
        '<h1 class="page-title">Tables</h1>'
        '<p class="fact-note">ACLED, UCDP GED, GTD, GDELT and HXL are told by their columns; of any'
        " other table the columns are guessed, for you to correct. Every row becomes an incident or"
        " is set aside with its reason; its cells are kept as written.</p>"
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
        help="CSV, Excel, OpenDocument, Parquet, GeoJSON, GeoPackage, KML, or a zipped Shapefile;"
        f" at most {MAX_UPLOAD_MB:,} MB.",
    )
    if upload is not None:
        try:
            _opened(store, upload)
        except AtlasError as error:
            notice("error", str(error))
    draw_data_sets(store)
    draw_names(store)
    draw_aside(store)
    draw_twins(store)


def _opened(store: Store, upload: UploadedFile) -> None:
    """Show how a table will be read, what it would change, and the button that imports it."""
    from ingest.tables.opening import TableOptions

    path = _on_disk(upload)
    known = store.datasets()
    with st.container(border=True, key="tables-look"):
        options = TableOptions(shown=upload.name, who=analyst_name())
        ready = look_at(path, options, known)
        chosen = _options(ready, options)
        if chosen != replace(options, sheet=ready.info.sheet):
            ready = look_at(path, chosen, known)
        options = chosen
        mapping = draw_look(ready)
        if mapping is not None:
            options = replace(options, mapping=mapping)
            ready = look_at(path, options, known)
        draw_first_rows(ready)
        there = any(one.dataset_id == ready.dataset_id for one in known)
        if there:
            options = _release(store, path, options, ready)
        if st.button("Import", type="primary", key="tables-import", disabled=store.read_only):
            _import(store, path, options)


def _options(ready: Opened, options: TableOptions) -> TableOptions:
    """Draw what can be chosen of a table: its sheet, the name of its data set."""
    name, sheet = st.columns(2)
    chosen = ready.info.sheet
    if len(ready.info.sheets) > 1:
        chosen = sheet.selectbox(
            "Sheet",
            ready.info.sheets,
            index=ready.info.sheets.index(chosen) if chosen in ready.info.sheets else 0,
            key="tables-sheet",
        )
    dataset = name.text_input(
        "Data set",
        ready.dataset_id,
        key=f"tables-dataset-{ready.info.sha256[:12]}",
        max_chars=60,
        help="Rows of one data set are compared with its earlier releases.",
    )
    as_incidents = ready.preset.reports and st.checkbox(
        "Rows become incidents, as drafts",
        key="tables-as-incidents",
        help="Else they are kept as reports: many rows tell of one event, or of none.",
    )
    found = str(dataset).strip()
    return replace(
        options,
        sheet=chosen or "",
        dataset=found if found != ready.dataset_id else "",
        as_incidents=as_incidents,
    )


def _release(store: Store, path: Path, options: TableOptions, ready: Opened) -> TableOptions:
    """Draw what a newer release of a data set adds, changes and lacks, before it is applied."""
    withdraw = st.checkbox(
        "This file is the whole data set: reject rows that it no longer has",
        key="tables-withdraw",
        help="They stay in the project, rejected, with the tag “withdrawn”.",
    )
    options = replace(options, withdraw=withdraw)
    if st.button("Compare with the project", key="tables-compare"):
        st.session_state["tables-compared"] = (
            ready.info.sha256,
            _work(store, path, options, compare=True),
        )
    digest, report = st.session_state.get("tables-compared", ("", None))
    if report is not None and digest == ready.info.sha256:
        _draw_comparison(store, report)
    return options


def _draw_comparison(store: Store, report: TableReport) -> None:
    for words in words_of(report):
        st.caption(plain(words.strip()))
    for name, count, rows in (
        ("New", report.added, new_rows(report)),
        ("Changed", report.changed, changed_rows(report)),
        ("Not in this file", report.missing, gone_rows(store, report)),
    ):
        if rows:
            shown = f"; the first {MAX_SHOWN_CHANGES:,} are shown"
            st.markdown(f"**{name}**: {count:,}" + shown * (count > MAX_SHOWN_CHANGES))
            st.dataframe(rows, hide_index=True, key=f"tables-{name.lower().replace(' ', '-')}")


def _import(store: Store, path: Path, options: TableOptions) -> None:
    try:
        first, *rest = (
            line.strip() for line in words_of(_work(store, path, options, compare=False))
        )
        say([("good", first), *([("note", "; ".join(rest))] if rest else [])])
    except AtlasError as error:
        say([("error", str(error))])
    st.session_state["tables-run"] = st.session_state.get("tables-run", 0) + 1
    st.session_state.pop("tables-compared", None)
    st.rerun()


def _work(store: Store, path: Path, options: TableOptions, *, compare: bool) -> TableReport:
    """Import a table or only compare it, with a bar of how much is read."""
    from ingest.pipeline import project_tools
    from ingest.tables.importing import compare_table, import_table

    bar = st.progress(0.0, text="Reading the first rows …")

    pace = Pace()

    def progress(done: Done) -> None:
        words = (f"{done.rows:,} rows", pace.words(done), pace.left(done))
        bar.progress(min(done.share, 1.0), text=plain(", ".join(filter(None, words))))

    work = compare_table if compare else import_table
    report = work(store, path, project_tools(store), options, progress=progress)
    bar.empty()
    return report


def _on_disk(upload: UploadedFile) -> Path:
    """Keep an upload in a file of our own name, once; it goes with the session or the next one."""
    kept = st.session_state.get("tables-kept")
    if kept is None or kept[0] != upload.file_id:
        folder = tempfile.TemporaryDirectory(prefix="atlas-table-")
        path = Path(folder.name) / f"table{Path(upload.name).suffix.lower()}"
        path.write_bytes(upload.getbuffer())
        kept = (upload.file_id, folder, path)
        st.session_state["tables-kept"] = kept
    return cast("Path", kept[2])

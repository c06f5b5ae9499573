"""The data sets of a project on the page Tables: their imports, names to decide, rows to mend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import streamlit as st

from dashboard._draw import notice, plain
from dashboard.analyst import analyst_name
from dashboard.table_words import KINDS, import_words, quarantine_csv, quarantine_rows, words_of
from dashboard.wording import count_words
from geodata.datasets import ValueDecision
from geodata.errors import AtlasError
from geodata.filters import Filter

if TYPE_CHECKING:
    from collections.abc import Callable

    from geodata.datasets import Import
    from geodata.incident import Quarantined
    from geodata.store import Store
    from ingest.tables.unknown import UnknownName

T = TypeVar("T")

MAX_SHOWN = 500
"""Quarantined inputs, and names, that are listed; the download has more."""
MAX_TAKEN = 100_000
MEANS = "Means"


def draw_data_sets(store: Store) -> None:
    """Draw each data set with its imports, the newest first; the last one can be taken back."""
    datasets = store.datasets()
    if not datasets:
        return
    st.html('<h2 class="panel-headline feeds-section">Data sets</h2>')
    for one in datasets:
        imports = store.imports(one.dataset_id)
        standing = [each for each in imports if not each.undone]
        count = store.count(Filter(dataset=(one.dataset_id,)))
        with st.container(border=True, key=f"tables-set-{one.dataset_id}"):
            words, button = st.columns([5, 1], vertical_alignment="center")
            words.markdown(
                plain(f"{one.title} ({one.dataset_id}): {count_words(count, 'incident')}")
            )
            if standing and standing[-1].unfinished:
                _draw_unfinished(standing[-1], read_only=store.read_only)
            for each in reversed(imports[-5:]):
                words.caption(plain(import_words(each).capitalize()))
            if standing and not store.read_only and button.button(
                "Take back",
                key=f"tables-undo-{standing[-1].import_id}",
                help=f"Everything becomes as it was before import {standing[-1].import_id}.",
            ):  # fmt: skip
                write(
                    store,
                    partial(store.undo_import, standing[-1].import_id, who=analyst_name()),
                    _taken_back,
                )


def _taken_back(done: Import) -> str:
    stayed = int(str(done.detail.get("stayed", 0)))
    but = f", but for {count_words(stayed, 'report')} that incidents rest on" if stayed else ""
    return f"Import {done.import_id} was taken back{but}."


def _draw_unfinished(one: Import, *, read_only: bool) -> None:
    step = "Open the same file here and press Import: it goes on there. Or take it back."
    notice(
        "warning",
        f"The import of “{one.source}” was stopped, or is still going on: the project has the"
        f" first {count_words(one.rows, 'row')}.",
        step="" if read_only else step,
    )


def write(store: Store, do: Callable[[], T], words: Callable[[T], str]) -> None:
    """Do it whole or not at all, keep what to say for the next run of the page, and run it."""
    try:
        with store.atomic():
            done = do()
        say([("good", words(done))])
    except AtlasError as error:
        say([("error", str(error))])
    st.rerun()


def say(outcome: Sequence[tuple[str, str]]) -> None:
    """Keep lines for the next run of the page: level and words."""
    st.session_state["tables-outcome"] = list(outcome)


# ---------------------------------------------------------------- names


def name_rows(names: Sequence[UnknownName]) -> list[dict[str, str | int]]:
    """Give unknown names as rows in which an analyst writes what each means."""
    return [
        {
            "Kind": KINDS[one.kind],
            "Name": one.value,
            "Country": one.country,
            "Rows": one.rows,
            MEANS: "",
        }
        for one in names
    ]


def decisions_of(
    names: Sequence[UnknownName], rows: Sequence[Mapping[str, object]], who: str
) -> list[ValueDecision]:
    """Give the decisions that filled rows say, in the order of `names`."""
    return [
        ValueDecision(one.kind, one.value, meaning, context=one.country, who=who)
        for one, row in zip(names, rows, strict=True)
        if (meaning := str(row[MEANS] or "").strip())
    ]


def draw_names(store: Store) -> None:
    """Draw the names that nobody knows; one decision is for all rows, now and later."""
    from ingest.tables.unknown import unknown_names

    names = unknown_names(store)[:MAX_SHOWN]
    if not names:
        return
    st.html('<h2 class="panel-headline feeds-section">Names to decide</h2>')
    st.caption(
        "These stand as written, because neither the registry nor the gazetteer knows them. Write"
        " what one means, and every row follows, also those to come."
    )
    edited = st.data_editor(
        name_rows(names),
        hide_index=True,
        disabled=["Kind", "Name", "Country", "Rows"] if not store.read_only else True,
        height=min(35 * len(names) + 38, 320),
        key=f"tables-names-{len(store.value_decisions())}-{len(names)}",
    )
    decisions = decisions_of(names, edited, analyst_name())
    if not store.read_only and st.button(
        "Apply", key="tables-decide", disabled=not decisions
    ):  # fmt: skip
        write(
            store,
            lambda: [store.decide_value(one) for one in decisions],
            lambda done: (
                f"{count_words(len(done), 'decision')} kept and applied to the rows there are."
            ),
        )


# ---------------------------------------------------------------- set aside


def draw_aside(store: Store) -> None:
    """List what could not be read, of tables and reports alike; a row of a table can be mended."""
    count = store.count_quarantine(unresolved=True)
    if not count:
        return
    st.html('<h2 class="panel-headline feeds-section">Set aside</h2>')
    more = f"; the first {MAX_SHOWN:,} are shown" if count > MAX_SHOWN else ""
    st.caption(
        f"{count_words(count, 'input')} could not become incidents{more}. Choose a row of a table"
        " to mend it here, or mend the file and import it again."
    )
    rows = store.quarantine(limit=MAX_SHOWN, unresolved=True)
    chosen = st.dataframe(
        quarantine_rows(rows),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key="tables-aside",
    )
    st.download_button(
        "Download (CSV)",
        data=lambda: quarantine_csv(store.quarantine(limit=MAX_TAKEN, unresolved=True)),
        file_name=f"{store.name}-set-aside.csv",
        mime="text/csv",
        key="tables-download",
        on_click="ignore",
    )
    picked = chosen["selection"]["rows"]
    if picked and picked[0] < len(rows):
        _mend(store, rows[picked[0]])


def _mend(store: Store, entry: Quarantined) -> None:
    """Draw the cells of a row to be corrected, and the button that reads it again."""
    from ingest.tables.stored import cells_of

    made_by = next((one for one in store.imports() if one.import_id == entry.import_id), None)
    cells = cells_of(entry, made_by.columns) if made_by else None
    if made_by is None or cells is None:
        notice("note", f"{entry.reason}.", step="Mend it in its file, and read the file again.")
        return
    with st.container(border=True, key="tables-mend"):
        where = f"Line {entry.row:,} of {entry.source}: " if entry.row else ""
        st.markdown(plain(f"{where}{entry.reason}"))
        edited = st.data_editor(
            [{"Column": name, "Value": cell}
             for name, cell in zip(made_by.columns, cells, strict=True)],
            hide_index=True,
            disabled=["Column"] if not store.read_only else True,
            key=f"tables-cells-{entry.quarantine_id}",
        )  # fmt: skip
        if not store.read_only and st.button("Read it again", type="primary", key="tables-again"):
            _read_again(store, entry, [str(row["Value"] or "") for row in edited])


def _read_again(store: Store, entry: Quarantined, cells: list[str]) -> None:
    from ingest.pipeline import project_tools
    from ingest.tables.stored import mend

    try:
        done = mend(
            store, entry.dataset_id or "", [(entry, cells)], project_tools(store),
            who=analyst_name(),
        )  # fmt: skip
    except AtlasError as error:
        say([("error", str(error))])
    else:
        report = done[0]
        level = "error" if report.quarantined else "good"
        say([(level, "The row still cannot be read: see its new reason below.")
             if report.quarantined else (level, words_of(report)[0])])  # fmt: skip
    st.rerun()

"""A table before it is imported: how it is read, its columns, what becomes of its first rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard._draw import plain
from dashboard.mapping_rows import ORDERS, choices, column_rows, mapping_of
from dashboard.table_words import how_it_is_read
from dashboard.wording import label

if TYPE_CHECKING:
    from pathlib import Path

    from ingest.presets._base import Mapping
    from ingest.tables.opening import Opened, TableOptions

ROWS = 5
"""Rows of a table that are shown before it is imported."""

_SHOWN = (
    "event_date", "place", "admin2", "admin1", "country", "latitude", "longitude", "event_type",
    "actor1", "actor2", "perpetrator", "killed_best", "injured_best",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FirstRows:
    """The first rows of a table as written and as they will be read, and what is asked of them."""

    written: list[dict[str, str]]
    read: list[dict[str, Any]]
    questions: list[str]


def first_rows(ready: Opened, count: int = ROWS) -> FirstRows:
    """Read the first rows; columns in which none of them tells anything are left out."""
    batch = replace(
        ready.sample, cells=ready.sample.cells.slice(0, count), lines=ready.sample.lines[:count]
    )
    found = ready.reader.read(batch)
    values = found.fields.to_pylist()
    told = [name for name in _SHOWN if any(row[name] is not None for row in values)]
    read = [{label(name): row[name] for name in told} for row in values]
    asked = [f"Line {one.line}, {label(one.field)}: {one.reason}" for one in found.flags]
    asked += [f"Line {one.line} is set aside: {one.reason}" for one in found.faults]
    written = [{name: cell or "" for name, cell in row.items()} for row in batch.cells.to_pylist()]
    return FirstRows(written, read, asked)


def look_at(path: Path, options: TableOptions, known: Any) -> Opened:
    """Open a table; nothing is stored.

    Raises
    ------
    InputError
        It is no table, or has not what an incident needs.
    """
    from ingest.tables.opening import opened

    return opened(path, options, known)


def draw_look(ready: Opened) -> Mapping | None:
    """Draw how a table will be read; gives the mapping as the analyst corrected it, if any."""
    st.markdown(plain(how_it_is_read(ready)))
    for words in (*ready.info.notes, *(ready.guess.questions if ready.guess else ())):
        st.caption(plain(words))
    return _columns(ready) if ready.preset.name == "generic" else None


def draw_first_rows(ready: Opened) -> None:
    """Draw the first rows as they will be read, and folded away as they are written."""
    rows = first_rows(ready)
    st.caption("The first rows, as they will be read:")
    st.dataframe(rows.read, hide_index=True, key="tables-read")
    for words in rows.questions[:ROWS]:
        st.caption(plain(words))
    with st.expander("The same rows as written"):
        st.dataframe(rows.written, hide_index=True, key="tables-rows")


def _columns(ready: Opened) -> Mapping | None:
    """Draw the columns with what each holds, to be corrected."""
    rows = column_rows(ready)
    if ready.mapping is None:
        return None
    with st.expander("Columns: what each holds", expanded=True):
        edited = st.data_editor(
            rows,
            hide_index=True,
            disabled=["Column", "Examples", "Why"],
            column_config={
                "Holds": st.column_config.SelectboxColumn(options=list(choices()), required=True)
            },
            key=f"tables-columns-{ready.info.sha256[:12]}-{ready.info.sheet}",
        )
        order = st.selectbox(
            "Order of day and month in dates",
            list(ORDERS),
            format_func=ORDERS.__getitem__,
            key="tables-order",
            width=280,
        )
    mapping = mapping_of(edited, ready.mapping, order or "")
    return None if mapping == ready.mapping else mapping

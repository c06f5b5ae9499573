"""What can be taken from the page: the filtered incidents as a file, the map as a picture.

Nothing is made before the click.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from geodata.filters import Filter
    from geodata.incident import Document
    from geodata.store import Store

FORMATS: dict[str, tuple[str, str]] = {
    "csv": ("Table (CSV)", "text/csv"),
    "xlsx": (
        "Table (Excel)",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "geojson": ("Map layer (GeoJSON)", "application/geo+json"),
    "gpkg": ("Map layer (GeoPackage)", "application/geopackage+sqlite3"),
    "parquet": ("Map layer (GeoParquet)", "application/vnd.apache.parquet"),
}
"""Formats of the filtered incidents: words and media type."""


def downloads(store: Store, where: Filter) -> None:
    """Draw the menu of downloads of what the filter means."""
    with st.popover("Download"):
        st.download_button(
            "Picture of the map (PNG)",
            data=partial(_picture, store, where),
            file_name=f"{store.name}.png",
            mime="image/png",
            key="download-png",
            on_click="ignore",
            width="stretch",
        )
        for kind, (words, media_type) in FORMATS.items():
            st.download_button(
                words,
                data=partial(_file, store, where, kind),
                file_name=f"{store.name}.{kind}",
                mime=media_type,
                key=f"download-{kind}",
                on_click="ignore",
                width="stretch",
            )


def original_button(store: Store, document: Document) -> None:
    """Draw the button that gives back the bytes a report was read from."""
    st.download_button(
        "Original",
        data=partial(_original, store, document),
        file_name=original_name(document),
        mime="application/octet-stream",  # never opened by the browser: it may be hostile
        key=f"original-{document.document_id}",
        on_click="ignore",
        type="tertiary",
        help="The report as it came in, byte for byte; its text where nothing else was kept.",
    )


def original_name(document: Document) -> str:
    """Name for a report's original: its id, and the ending of the name it was read from."""
    stem = re.sub(r"[^A-Za-z0-9_-]+", "_", document.document_id)[:60]
    ending = re.search(r"\.([a-z0-9]{1,8})(?::\d+)?$", document.path.casefold())
    return f"{stem}.{ending[1] if ending else 'txt'}"


def _original(store: Store, document: Document) -> bytes:
    return store.original(document.document_id) or document.text.encode()


def _file(store: Store, where: Filter, kind: str) -> bytes:
    from geodata.export import export_bytes

    return export_bytes(store, where, kind)


def _picture(store: Store, where: Filter) -> bytes:
    from geodata.export.snapshot import draw_snapshot

    return draw_snapshot(store, where, title=store.name)

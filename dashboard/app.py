"""The pages of the dashboard: run by Streamlit once per session and interaction.

Navigation and the stylesheet only; each page lives in its own file of `dashboard.pages`.
"""

from __future__ import annotations

from importlib import import_module

import streamlit as st

from dashboard._assets import OURS

PAGES = {"map": "Map", "add": "Add", "tables": "Tables", "feeds": "Feeds", "places": "Places"}
"""Module of `dashboard.pages`, each with a function ``render``, and its name in the navigation."""


def main() -> None:
    """Lay out the page that the address names and draw it."""
    st.set_page_config(page_title="Incident Atlas", layout="wide")
    st.html(OURS / "atlas.css")
    pages = {
        name: st.Page(
            import_module(f"dashboard.pages.{name}").render,
            title=title,
            url_path=name,
            default=name == "map",
        )
        for name, title in PAGES.items()
    }
    st.session_state["pages"] = pages  # for a page that sends its reader to another one
    st.navigation(list(pages.values()), position="top").run()


main()

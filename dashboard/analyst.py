"""Who is at the desk: the name that every edit is signed with.

The dashboard has no accounts. The name is the computer's user until the analyst gives another;
it lives as long as the browser session.
"""

from __future__ import annotations

import streamlit as st

from dashboard.who import computer_user

_KEY = "analyst"
MAX_NAME = 80


def analyst_name() -> str:
    """Name to sign edits with; never empty."""
    return " ".join(str(st.session_state.get(_KEY, "")).split())[:MAX_NAME] or computer_user()


def name_field() -> None:
    """Draw the field for the name; once on a page."""
    st.session_state.setdefault(_KEY, computer_user())
    st.text_input(
        "Your name, for the record of edits",
        key=_KEY,
        max_chars=MAX_NAME,
        persist_state="session",
    )

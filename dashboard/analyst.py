"""Who is at the desk: the name that every edit is signed with.

The dashboard has no accounts. The name is the computer's user until the analyst gives another;
it lives as long as the browser session.
"""

from __future__ import annotations

import getpass

import streamlit as st

_KEY = "analyst"
MAX_NAME = 80


def analyst_name() -> str:
    """Name to sign edits with; never empty."""
    given = " ".join(str(st.session_state.get(_KEY, "")).split())[:MAX_NAME]
    return given or computer_user()


def name_field(place: str) -> None:
    """Draw the field for the name; `place` tells apart the fields of one page."""
    key = f"{_KEY}-{place}"

    def remember() -> None:
        # A widget's own state is lost when the page changes: the name is kept beside it.
        st.session_state[_KEY] = st.session_state[key]

    st.text_input(
        "Your name, for the record of edits",
        value=analyst_name(),
        key=key,
        max_chars=MAX_NAME,
        on_change=remember,
    )


def computer_user() -> str:
    """Name of the user of this computer, or "analyst" where it has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no user database entry, as in some containers
        return "analyst"

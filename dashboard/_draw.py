"""Safe drawing of words from outside: HTML that holds only escaped text, Markdown made plain.

Streamlit reads the labels of its widgets and messages as Markdown, where a story's words could
draw a picture from a foreign host or a formula; `plain` stops that. `notice` draws a line that
is not read as Markdown at all.
"""

from __future__ import annotations

import re
from html import escape
from urllib.parse import urlsplit

import streamlit as st

_MARKDOWN = re.compile(r"([!-/:-@\[-`{-~])")  # every ASCII punctuation mark may be escaped


def plain(text: str) -> str:
    """Text whose every mark stands for itself when it is read as Markdown, on one line."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def notice(kind: str, words: str, *, step: str = "") -> None:
    """Draw one line that says something (`kind`: note, good, warning, error) and a next step."""
    role = "alert" if kind == "error" else "status"
    words = words[:1].upper() + words[1:]
    then = f' <span class="notice-step">{escape(step)}</span>' if step else ""
    st.html(f'<div class="notice notice-{escape(kind)}" role="{role}">{escape(words)}{then}</div>')


def web_link(url: str, words: str) -> str:
    """HTML link to a web page, opened in a new tab; plain words for any other scheme."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return escape(words)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return escape(words)
    return f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{escape(words)}</a>'


def incident_link(incident_id: str, words: str) -> str:
    """HTML link to an incident on the Map page; relative, so that any address serves it."""
    return f'<a href="./?incident={escape(incident_id)}" target="_self">{escape(words)}</a>'

"""Properties that office programs write into files: many say nothing of the report."""

from __future__ import annotations

import re

from ingest.readers._source import MAX_OUTLET, MAX_TITLE, line

_NO_TITLE = re.compile(
    r"(?:untitled|document|doc|microsoft word|powerpoint presentation|pdf|print|scan)\b[\s\d]*$"
    r"|microsoft word - |.*\.(?:docx?|odt|rtf|pdf|indd|txt|html?|pages|qxd)$|[\W\d_]+$",
    re.IGNORECASE,
)
_NO_OUTLET = re.compile(
    r"(?:microsoft office user|windows user|user|admin(?:istrator)?|owner|author|unknown|root"
    r"|python-docx|un-named|anonymous)$|\S+@\S+$",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(r"[a-z0-9._\\-]+$")


def title_of_file(stated: str) -> str:
    """Give a title property; empty where it is a file's name or a program's filler."""
    title = line(stated, MAX_TITLE)
    return "" if _NO_TITLE.match(title) else title


def outlet_of(author: str) -> str:
    """Give an author property as the outlet; empty where it is an account's name or filler."""
    name = line(author, MAX_OUTLET)
    return "" if _NO_OUTLET.match(name) or _ACCOUNT.match(name) else name

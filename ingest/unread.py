"""Reports that are kept but were not read, because of their language.

The report is stored as it came, and a row of the quarantine says why nothing was read from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from geodata.incident import Document, Quarantined
from ingest.extract.language import is_supported, not_supported
from ingest.readers._source import MAX_RAW


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A document that is stored but was not read, and why."""

    source: str
    document_id: str
    language: str
    reason: str


def note_of(document: Document) -> str:
    """Say why a document is not read; empty where it is, or where nobody asked its language."""
    code = document.language
    return _note_of(code) if code else ""


@lru_cache(maxsize=256)  # the languages that are read are a folder each, looked for on the disk
def _note_of(code: str) -> str:
    return "" if is_supported(code) else not_supported(code)


def unsupported(document: Document) -> Unsupported:
    """Give the document as a report of an ingest lists it."""
    return Unsupported(document.path, document.document_id, document.language, note_of(document))


def quarantined(document: Document) -> Quarantined:
    """Give the row that lists the document in its project."""
    return Quarantined(
        source=document.path or document.document_id,
        reason=note_of(document),
        column="language",
        value=document.language,
        raw=document.text[:MAX_RAW],
    )

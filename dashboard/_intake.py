"""From the fields and files of the Add page to a report, checked on this side of the wire."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from geodata.errors import InputError
from geodata.incident import Document, Quarantined, derived_id, sha256_hex

if TYPE_CHECKING:
    from geodata.store import Store
    from ingest.readers import ReadDocument

MAX_PARTS = 200
"""Reports and unread parts that are looked at in one uploaded file."""

MAX_PASTE = 2_000_000
"""Characters that the text field takes at all; what may be read is less (`ingest.readers`)."""


def given_document(
    text: str, *, title: str = "", outlet: str = "", url: str = "", published: date | None = None
) -> ReadDocument:
    """Build a report from what was typed and pasted.

    Raises
    ------
    InputError
        There is no text, too much of it, or the address is none.
    """
    from ingest.readers import pasted

    if not text.strip():
        raise InputError(
            "There is no text to read. Paste it into the field, or open a file; a paste of more "
            "than 2 million characters is not taken."
        )
    document = pasted(text, title=title, outlet=outlet, url=url, published=published)
    if url.strip() and not document.url:
        raise InputError(
            f"{url.strip()[:80]!r} is no web address: write it as https://example.org/story, "
            "or leave it empty."
        )
    return document


@dataclass(frozen=True, slots=True)
class Opened:
    """An uploaded file: its one report, and what beside it was not read (pages, attachments)."""

    document: Document
    left_out: tuple[str, ...] = ()


def open_file(name: str, data: bytes) -> Opened:
    """Read an uploaded file by its content, whatever its name says.

    Raises
    ------
    InputError
        It is no report, too large, empty, or holds several reports.
    """
    from ingest.readers import Source, read_source

    found = list(islice(read_source(Source(name, data=data)), MAX_PARTS))
    documents = [one for one in found if isinstance(one, Document)]
    rows = [one for one in found if isinstance(one, Quarantined)]
    if len(documents) > 1:
        raise InputError(
            f"{name!r} holds several reports: read it with the command incidents ingest."
        )
    if not documents:
        raise InputError(f"{name!r} was not read: {rows[0].reason}")
    return Opened(documents[0], tuple(row.reason for row in rows))


def open_address(url: str) -> Opened:
    """Fetch a web address and read the one report there.

    Raises
    ------
    InputError
        It is never fetched, it does not answer, or there is no report or more than one.
    """
    from dashboard.feed_rows import fetcher
    from ingest.web import ITEM, retrieve

    found = list(islice(retrieve(url.strip(), fetcher()), MAX_PARTS))
    documents = [one for one in found if isinstance(one, Document)]
    rows = [one for one in found if isinstance(one, Quarantined)]
    shown = repr(url.strip()[:200])
    if any(one.document_id.startswith(f"{ITEM}_") for one in documents):
        raise InputError(f"{shown} is a feed: add it on the page Feeds.")
    if len(documents) > 1:
        raise InputError(f"{shown} holds several reports: read it with incidents ingest.")
    if not documents:
        raise InputError(f"{shown}: {rows[0].reason}" if rows else f"{shown} is an empty feed.")
    return Opened(documents[0], tuple(row.reason for row in rows))


def unread_words(language: str) -> str:
    """Say calmly that a report was not read for its language; empty where it could be."""
    from ingest.extract.language import is_supported, language_name

    if not language or is_supported(language):
        return ""
    return (
        f"This report is in {language_name(language)}, a language that is not read yet: it was "
        "not searched for incidents."
    )


def as_opened(document: ReadDocument, opened: Document) -> ReadDocument:
    """Give the typed report the identity and bytes of the file whose text it still holds."""
    from ingest.readers import original_of

    return replace(
        document,
        document_id=derived_id("doc", opened.sha256),
        sha256=opened.sha256,
        path=opened.path,
        retrieved=opened.retrieved,
        original=original_of(opened),
    )


def twin_of(store: Store, document: Document) -> Document | None:
    """Report of the project with the same bytes or, as far as that can be told, the same text."""
    text = document.text
    digests = (document.sha256, sha256_hex(text.encode()), sha256_hex(f"{text}\n".encode()))
    found = (store.document_with_sha256(digest) for digest in digests)
    return next((twin for twin in found if twin is not None), None)

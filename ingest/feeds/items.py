"""From an item of a feed to a document: its own words, or the page that it links to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from geodata.errors import InputError
from geodata.incident import Document, Quarantined, derived_id, sha256_hex
from ingest.fetch import Fetched
from ingest.readers._source import Source, Stated, document
from ingest.web import ITEM

if TYPE_CHECKING:
    from ingest.readers.feed import FeedInfo, FeedItem


def documents_of(
    page: Fetched, *, published: date | None = None, source: str | None = None
) -> Iterator[Document | Quarantined]:
    """Read every item of a feed as a document.

    Raises
    ------
    InputError
        It is no feed after all.
    """
    from ingest.readers.feed import items

    info, found = items(page.body, page.url)
    for item in found:
        yield document_of(item, info, page, published=published, source=source)


def document_of(
    item: FeedItem,
    info: FeedInfo,
    page: Fetched,
    *,
    published: date | None = None,
    source: str | None = None,
) -> Document | Quarantined:
    """Read one item of a feed, its headline first, under an id that it keeps."""
    given = Source(item.url or page.url, published=published, outlet=source)
    text = item.text
    if item.title.casefold() not in text[: 2 * len(item.title) + 200].casefold():
        text = f"{item.title}\n\n{text}"  # the headline may hold evidence too
    stated = Stated(
        title=item.title,
        published=item.published.date() if item.published else None,
        outlet=info.title or (urlsplit(page.url).hostname or ""),
        url=item.url,
        document_id=item_document_id(item.item_id, page.url),
    )
    try:
        made = document(given, text, sha256_hex(item.raw), stated, original=item.raw)
    except InputError as error:
        return given.quarantined(f"item {item.item_id!r}: {error}", raw=item.text)
    return replace(made, retrieved=page.retrieved)


def item_document_id(item_id: str, feed_url: str) -> str:
    """Give the id of the document of an item.

    An id such as an address or a tag (RFC 4151) is the world's; a bare one (``17``) is known in
    its feed alone.
    """
    parts = urlsplit(feed_url)
    scope = [parts.hostname or ""] if ":" in item_id else [parts.hostname or "", parts.path]
    return derived_id(ITEM, *scope, item_id)

"""From a web address to documents: a page, a file or a feed, read by what the server says it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from geodata.errors import InputError
from geodata.incident import Document, Quarantined
from ingest.fetch import Fetched, Fetcher, FetchFailedError
from ingest.fetch.address import read_address
from ingest.fetch.errors import shown
from ingest.pipeline import (
    Duplicate,
    Preview,
    Report,
    Tools,
    extract_documents,
    store_preview,
    with_free_id,
    with_opinion,
)

if TYPE_CHECKING:
    from geodata.store import Store
    from ingest.second_opinion import SecondOpinion

_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "message/rfc822": ".eml",
    "text/markdown": ".md",
    "application/x-ndjson": ".jsonl",
    "application/zip": ".zip",
    "text/csv": ".csv",
}
"""What the server says it is, and the ending that the readers know it by."""

_VAGUE = ("", "text/plain", "application/octet-stream", "binary/octet-stream")
"""What a server says that does not know."""

_FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"}
)
_FEED = re.compile(
    rb"\A\s*(?:<\?[^>]{0,500}\?>\s*|<!--(?:(?!-->).){0,2000}-->\s*|<!DOCTYPE[^>]{0,500}>\s*)*"
    rb"<(?:rss|feed|rdf:RDF)\b|\A\s*\{.{0,300}https?://jsonfeed\.org/version/",
    re.DOTALL,
)
ITEM = "item"
"""First part of the id of a document that is an item of a feed."""


def looks_like_feed(page: Fetched) -> bool:
    """Whether an answer is a feed, by what the server says and by its first bytes."""
    start = page.body[:4096].removeprefix(b"\xef\xbb\xbf")
    return page.content_type in _FEED_TYPES or _FEED.match(start) is not None


def retrieve(
    url: str,
    fetcher: Fetcher,
    *,
    published: date | None = None,
    source: str | None = None,
) -> Iterator[Document | Quarantined]:
    """Fetch an address that a person gave and read what is there; a failure is a row.

    Parameters
    ----------
    published
        Day of publication, stronger than what the page says.
    source
        Name of the outlet, stronger than what the page says.
    """
    try:
        page = fetcher.fetch(url)
        if looks_like_feed(page):
            from ingest.feeds.items import documents_of

            yield from documents_of(page, published=published, source=source)
        else:
            yield from read_page(page, published=published, source=source)
    except (FetchFailedError, InputError) as error:
        yield Quarantined(source=url[:2_000], reason=without_address(str(error), url))


def without_address(message: str, url: str) -> str:
    """Take the address off a message that stands beside it."""
    forms = [url]
    with suppress(InputError):
        forms.append(read_address(url).url)
    for form in map(shown, forms):
        for start in (f"{form} was ", f"address {form} is ", f"{form} "):
            message = message.removeprefix(start)
    return message


def read_page(
    page: Fetched, *, published: date | None = None, source: str | None = None
) -> Iterator[Document | Quarantined]:
    """Read an answer that is no feed; the documents know their address and when they came."""
    from ingest.readers import Source
    from ingest.readers._registry import reader_for

    given = Source(_file_name(page), data=page.body, published=published, outlet=source)
    try:
        for found in reader_for(given).read(given):
            if isinstance(found, Quarantined):
                yield replace(found, source=page.url)
            else:
                yield _placed(found, page)
    except InputError as error:
        reason = f"fetched, but not read: {error}"
        yield replace(given.quarantined(reason), source=page.url)


def _placed(document: Document, page: Fetched) -> Document:
    return replace(document, url=document.url or page.url, path=page.url, retrieved=page.retrieved)


def _file_name(page: Fetched) -> str:
    """Give a name that the readers can tell the kind by."""
    from ingest.readers import readers

    suffix = _SUFFIXES.get(page.content_type)
    if suffix is None and page.content_type in _VAGUE:
        # The end of an address means a kind only where it is one: ".php" and ".py" make pages.
        ending = PurePosixPath(unquote(urlsplit(page.url).path)).suffix.casefold()
        suffix = ending if any(ending in reader.suffixes for reader in readers()) else ""
    elif suffix is None and page.content_type.endswith(("/xml", "+xml")):
        suffix = ".xml"
    return "page" + (suffix or "")


def twin_of(store: Store, document: Document) -> Document | None:
    """Report of the project that this one repeats: the same bytes, item of a feed, or address.

    A page that has been rewritten since is another report; an item that has is not.
    """
    twin = store.document_with_sha256(document.sha256)
    item = document.document_id.startswith(f"{ITEM}_")
    if twin is None and item:
        twin = store.document(document.document_id)
    if twin is not None:
        return twin
    known = store.document_with_url(document.url)
    if known is None:
        return None
    read_whole = item and not known.document_id.startswith(f"{ITEM}_")
    return known if read_whole or known.text == document.text else None


def keep(
    retrieved: Iterable[Document | Quarantined],
    store: Store,
    report: Report,
    tools: Callable[[], Tools],
    second: SecondOpinion | None = None,
) -> None:
    """Store what was retrieved, one transaction a document, and count it in the report.

    Parameters
    ----------
    tools
        Gives what extraction works with; called when there is something to extract.
    second
        Is asked for its opinion on each document.
    """
    for found in retrieved:
        one = found
        if isinstance(found, Document):
            twin = twin_of(store, found)
            if twin is not None:
                report.duplicates.append(Duplicate(found.path, twin.document_id))
                continue
            one = with_free_id(found, store)
        result = one if isinstance(one, Quarantined) else _read(one, tools(), second)
        _keep_one(result, store, report)


def _keep_one(result: Preview | Quarantined, store: Store, report: Report) -> None:
    if isinstance(result, Preview):
        try:
            store_preview(store, result, report)
        except InputError as error:
            result = Quarantined(source=result.document.path, reason=str(error))
    if isinstance(result, Quarantined):
        report.quarantined.append(result)
        known = store.quarantine(limit=1_000)
        if not any((row.source, row.reason) == (result.source, result.reason) for row in known):
            with store.atomic():
                store.add_quarantine([result])


def _read(document: Document, tools: Tools, second: SecondOpinion | None) -> Preview | Quarantined:
    (result,) = with_opinion(extract_documents([document], tools=tools), second)
    return result

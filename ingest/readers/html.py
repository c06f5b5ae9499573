"""A saved web page: the article's text, its title, outlet, day of publication and address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from geodata.errors import InputError
from geodata.incident import Document, Quarantined, sha256_hex
from ingest.readers._page import declared, host_of
from ingest.readers._registry import Reader, register
from ingest.readers._source import (
    MAX_HTML_BYTES,
    MAX_HTML_TAGS,
    MAX_TITLE,
    ReadDocument,
    Source,
    Stated,
    clean,
    decode,
    document,
    line,
    web_address,
)

_START = re.compile(
    rb"(?:<\?xml[^>]{0,300}>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE
)


def looks_like(head: bytes) -> bool:
    """Whether the first bytes are those of a web page."""
    return _START.match(head.lstrip(b"\xef\xbb\xbf \t\r\n")) is not None


def read(source: Source) -> Iterator[Document | Quarantined]:
    """Read one page."""
    data = source.read(MAX_HTML_BYTES)
    yield page_document(source, data, original=data)


def page_document(
    source: Source, data: bytes, *, original: bytes, charset: str | None = None, address: str = ""
) -> ReadDocument:
    """Build the document of one page.

    Parameters
    ----------
    data
        The page's HTML.
    original
        What the page came in: the page itself, or the archive of it.
    charset, address
        What that says of the page: its encoding, and where it was saved from.

    Raises
    ------
    InputError
        It has too many tags, cannot be taken apart, or holds no article.
    """
    if data.count(b"<") > MAX_HTML_TAGS:
        raise InputError(f"the page has more than {MAX_HTML_TAGS:,} tags: save the article alone")
    named = _CHARSET.search(data[:4096])
    page = decode(data, charset or (named[1].decode("ascii") if named else None))
    stated, text = _article(page, address)
    body = clean(text)
    if stated.title.casefold() not in body[: 2 * len(stated.title) + 200].casefold():
        body = f"{stated.title}\n\n{body}"  # the headline may hold evidence too
    return document(source, body, sha256_hex(original), stated, original=original)


def article_text(page: str) -> str:
    """Give the article of a page without what stands around it.

    Raises
    ------
    InputError
        The page cannot be taken apart, or holds no article.
    """
    from trafilatura import extract

    try:  # lxml's errors are SyntaxErrors
        text = extract(page, include_comments=False, include_tables=False)
    except (SyntaxError, ValueError, RecursionError) as error:
        raise InputError(f"the page cannot be taken apart: {error}") from error
    if not text or not text.strip():
        raise InputError("there is no article text in the page")
    return str(text)


def _article(page: str, address: str) -> tuple[Stated, str]:
    """What the page says of its article, and the article's text."""
    from trafilatura import extract_metadata

    text = article_text(page)
    try:
        meta = extract_metadata(page, extensive=False)
    except (SyntaxError, ValueError, RecursionError) as error:
        raise InputError(f"the page cannot be taken apart: {error}") from error
    stated = declared(page, address)
    url = stated.url or web_address(meta.url)
    # Its day is not asked for: it may come from a footer, and would be an invented one.
    return replace(
        stated,
        title=stated.title or line(meta.title, MAX_TITLE),
        outlet=stated.outlet or meta.sitename or host_of(url),
        url=url,
    ), text


register(Reader("html", (".html", ".htm", ".xhtml"), looks_like, read))

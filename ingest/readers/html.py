"""A saved web page: the article's text, its title, outlet, day of publication and address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from geodata.errors import InputError
from geodata.incident import Document, Quarantined, sha256_hex
from ingest.readers._registry import Reader, register
from ingest.readers._source import (
    MAX_HTML_BYTES,
    MAX_HTML_TAGS,
    MAX_TITLE,
    Source,
    Stated,
    clean,
    decode,
    document,
    line,
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
    if data.count(b"<") > MAX_HTML_TAGS:
        raise InputError(f"the page has more than {MAX_HTML_TAGS:,} tags: save the article alone")
    declared = _CHARSET.search(data[:4096])
    page = decode(data, declared[1].decode("ascii") if declared else None)
    stated, text = _article(page)
    body = clean(text)
    if stated.title.casefold() not in body[: 2 * len(stated.title) + 200].casefold():
        body = f"{stated.title}\n\n{body}"  # the headline may hold evidence too
    yield document(source, body, sha256_hex(data), stated, original=data)


def _article(page: str) -> tuple[Stated, str]:
    """What the page says of its article, and the article's text."""
    from trafilatura import extract, extract_metadata

    try:  # lxml's errors are SyntaxErrors
        text = extract(page, include_comments=False, include_tables=False)
        # extensive=False: a date guessed from the page's footer would be an invented one.
        meta = extract_metadata(page, extensive=False)
    except (SyntaxError, ValueError, RecursionError) as error:
        raise InputError(f"the page cannot be taken apart: {error}") from error
    if not text or not text.strip():
        raise InputError("there is no article text in the page")
    stated = Stated(
        title=line(meta.title, MAX_TITLE),
        published=date.fromisoformat(meta.date) if meta.date else None,
        outlet=meta.sitename or meta.hostname or "",
        url=meta.url or "",
    )
    return stated, text


register(Reader("html", (".html", ".htm", ".xhtml"), looks_like, read))

"""A web page saved with all its parts in one file (MHTML): the page is read, pictures are not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message

from geodata.errors import InputError
from geodata.incident import Document, Quarantined
from ingest.readers import _mail
from ingest.readers._registry import Reader, register
from ingest.readers._source import MAX_HTML_BYTES, Source, web_address
from ingest.readers.html import page_document

MAX_ARCHIVE_BYTES = 50_000_000
"""Largest saved page, its pictures counted in."""

_START = re.compile(rb"from: <saved by|(?:[^\n]{0,500}\n){0,20}snapshot-content-location:", re.I)


def looks_like(head: bytes) -> bool:
    """Whether a browser saved it."""
    return _START.match(head) is not None


def read(source: Source) -> Iterator[Document | Quarantined]:
    """Read the page: the first HTML part."""
    data = source.read(MAX_ARCHIVE_BYTES)
    message = _mail.parse(data)
    for part in _mail.leaves(message):
        if _mail.kind(part) in ("text/html", "application/xhtml+xml"):
            page = _mail.payload(part)
            if len(page) > MAX_HTML_BYTES:
                raise InputError(f"the page in it is larger than {MAX_HTML_BYTES / 1e6:g} MB")
            yield page_document(
                source,
                page,
                original=data,
                charset=_mail.charset(part),
                address=_address(message, part),
            )
            return
    raise InputError("there is no web page in it")


def _address(message: Message, part: Message) -> str:
    stated = (
        _mail.header(message, "Snapshot-Content-Location", 2_000),
        _mail.header(part, "Content-Location", 2_000),
        _mail.header(message, "Content-Location", 2_000),
    )
    return next(filter(None, map(web_address, stated)), "")


register(Reader("mhtml", (".mhtml", ".mht"), looks_like, read))

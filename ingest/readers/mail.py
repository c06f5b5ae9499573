"""A mail (.eml): its text, subject, sender and day; what is attached is read as files are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
from email.utils import parseaddr
from itertools import islice

from geodata.errors import InputError
from geodata.incident import Document, Quarantined, sha256_hex
from ingest.readers import _mail
from ingest.readers._markup import plain
from ingest.readers._published import read_day
from ingest.readers._registry import Reader, read_source, register
from ingest.readers._source import (
    MAX_HTML_BYTES,
    MAX_OUTLET,
    MAX_TITLE,
    Source,
    Stated,
    clean,
    decode,
    document,
)
from ingest.readers.html import article_text

MAX_MAIL_BYTES = 50_000_000
MAX_ATTACHMENTS = 100

_START = re.compile(
    rb"(?:return-path|received|delivered-to|message-id|mime-version|arc-seal|dkim-signature"
    rb"|x-[a-z0-9-]{1,40}):[^\n]{1,998}\n(?:[A-Za-z0-9-]{1,60}:|[ \t])",
    re.IGNORECASE,
)
_PASSED_OVER = re.compile(
    r"(?:image|audio|video|font)/|application/(?:pgp-|(?:x-)?pkcs7-)|text/(?:calendar|(?:x-)?vcard)"
    r"|message/(?:delivery-status|disposition-notification)"
)
"""Parts that no report is in: pictures, signatures, invitations."""

_SUFFIXES = {
    "text/plain": ".txt",
    "text/html": ".html",
    "message/rfc822": ".eml",
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
"""Endings for attachments without a name."""


def looks_like(head: bytes) -> bool:
    """Whether it begins with the headers that mail servers write."""
    return _START.match(head) is not None


def read(source: Source) -> Iterator[Document | Quarantined]:
    """Read the mail, then what is attached to it."""
    data = source.read(MAX_MAIL_BYTES)
    message = _mail.parse(data)
    parts = list(_mail.leaves(message))
    text = _body(parts)
    attachments = [part for part in parts if _is_file(part)]
    if text or not attachments:
        yield _document(source, message, text, data)
    for number, part in enumerate(islice(attachments, MAX_ATTACHMENTS), start=1):
        yield from _attachment(source, part, number)
    if len(attachments) > MAX_ATTACHMENTS:
        left = len(attachments) - MAX_ATTACHMENTS
        yield source.quarantined(f"{left:,} attachments more than {MAX_ATTACHMENTS}: not read")


def _document(source: Source, message: Message, text: str, data: bytes) -> Document:
    title = _mail.header(message, "Subject", MAX_TITLE)
    name, address = parseaddr(_mail.header(message, "From"))
    day = _mail.header(message, "Date", 100)
    stated = Stated(
        title=title,
        outlet=(name or address)[:MAX_OUTLET],
        published=read_day(day) if day else None,
    )
    told = title.casefold() in text[:1_000].casefold()
    body = text if told else f"{title}\n\n{text}"  # the subject may hold evidence too
    return document(source, body, sha256_hex(data), stated, original=data)


def _body(parts: list[Message]) -> str:
    """Text of the mail: its plain part, else its HTML."""
    inline = [part for part in parts if not _mail.attached(part)]
    for wanted in ("text/plain", "text/html"):
        for part in inline:
            if _mail.kind(part) == wanted:
                text = _text(part, html=wanted == "text/html")
                if any(letter.isalpha() for letter in text):
                    return text
    return ""


def _text(part: Message, *, html: bool) -> str:
    payload = _mail.payload(part)
    if not payload.strip():
        return ""
    if len(payload) > MAX_HTML_BYTES:
        raise InputError(f"its text is longer than {MAX_HTML_BYTES / 1e6:g} MB")
    words = decode(payload, _mail.charset(part))
    if not html:
        return clean(words)
    try:
        return clean(article_text(words))
    except InputError:  # a mail is seldom an article
        return plain(words)


def _is_file(part: Message) -> bool:
    kind = _mail.kind(part)
    if _PASSED_OVER.match(kind) or kind.startswith("multipart/"):
        return False
    return _mail.attached(part) or kind not in ("text/plain", "text/html")


def _attachment(source: Source, part: Message, number: int) -> Iterator[Document | Quarantined]:
    kind = _mail.kind(part)
    name = _mail.file_name(part) or f"attachment {number}{_SUFFIXES.get(kind, '')}"
    if kind == "message/rfc822" and not name.casefold().endswith(".eml"):
        name += ".eml"
    try:
        inside = source.inside(name, _mail.payload(part))
    except InputError as error:
        yield source.quarantined(f"attachment {name[:100]!r}: {error}")
        return
    yield from read_source(inside)


register(Reader("mail", (".eml",), looks_like, read))

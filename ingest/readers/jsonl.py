"""JSON lines: one document a line with `text`, and `id`, `title`, `published`, `source`, `url`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, BinaryIO

import orjson

from geodata.errors import InputError
from geodata.incident import Document, Quarantined, sha256_hex
from ingest.readers._published import read_day
from ingest.readers._registry import Reader, register
from ingest.readers._source import MAX_TEXT_BYTES, Source, Stated, clean, decode, document

SUFFIXES = (".jsonl", ".ndjson")
MAX_LINE_BYTES = 8 * MAX_TEXT_BYTES
"""Longest line: a document of the largest size with every character escaped."""


def looks_like(head: bytes) -> bool:
    """Whether the first line is a JSON object with a text."""
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")[0]
    return first.startswith(b'{"') and b'"text"' in first


def read(source: Source) -> Iterator[Document | Quarantined]:
    """Read each line; a wrong line becomes a quarantine row and the next one is read."""
    seen = False
    with source.open() as file:
        for number, raw in _lines(file):
            if not raw.strip():
                continue
            seen = True
            try:
                yield _document(source, raw, number)
            except InputError as error:
                text = raw[: MAX_TEXT_BYTES // 100].decode("utf-8", "replace")
                yield source.quarantined(str(error), row=number, raw=text)
    if not seen:
        raise InputError("the file is empty")


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    number = 0
    while raw := file.readline(MAX_LINE_BYTES + 1):
        number += 1
        yield number, raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
        while len(raw) > MAX_LINE_BYTES and not raw.endswith(b"\n"):
            raw = file.readline(MAX_LINE_BYTES + 1)  # the rest of the long line


def _document(source: Source, raw: bytes, number: int) -> Document:
    values = _object(raw)
    text = values.get("text")
    if not isinstance(text, str):
        raise InputError(f"'text' is missing or no text: {short(text)}")
    body = clean(text)
    stated = Stated(
        title=_words(values, "title"),
        published=_published(values.get("published")),
        outlet=_words(values, "source") or _words(values, "outlet"),
        url=_words(values, "url"),
        document_id=_words(values, "id"),
    )
    read_as = replace(source, shown=f"{source.shown}:{number}")
    return document(read_as, body, sha256_hex(body.encode()), stated, original=raw)


def _object(raw: bytes) -> dict[str, Any]:
    if len(raw) > MAX_LINE_BYTES:
        raise InputError(f"the line is longer than {MAX_LINE_BYTES / 1e6:g} MB")
    return object_of(_utf8(raw))


def object_of(raw: bytes) -> dict[str, Any]:
    """Read a line of JSON lines.

    Raises
    ------
    InputError
        It is no JSON, or no object.
    """
    try:
        values = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise InputError(f"the line is no JSON: {error.msg} at column {error.colno}") from error
    if not isinstance(values, dict):
        raise InputError(f"the line is no JSON object: {short(values)}")
    return values


def _utf8(raw: bytes) -> bytes:
    """Give a line as UTF-8, whatever its encoding: JSON is UTF-8, exports are not always."""
    try:
        raw.decode()
    except UnicodeDecodeError:
        return decode(raw).encode()
    return raw


def _words(values: dict[str, Any], name: str) -> str:
    value = values.get(name)
    if value is None or isinstance(value, (dict, list)):
        return ""
    return str(value)


def _published(value: Any) -> date | None:
    if value is None or value == "":
        return None
    found = read_day(str(value)) if isinstance(value, str) else None
    if found is None:
        raise InputError(f"'published' is no date: {short(value)}; write it as 2021-08-31")
    return found


def short(value: Any) -> str:
    """Give a value as a message quotes it."""
    return repr(value)[:80]


def count(source: Source) -> int:
    """Count the lines."""
    with source.open() as file:
        return sum(1 for _, raw in _lines(file) if raw.strip())


register(Reader("jsonl", SUFFIXES, looks_like, read, count))

"""Plain text: one report a file. A short first line without a full stop is its title."""

from __future__ import annotations

from collections.abc import Iterator

from geodata.incident import Document, Quarantined, sha256_hex
from ingest.readers._registry import Reader, register
from ingest.readers._source import MAX_TEXT_BYTES, Source, Stated, clean, decode, document

_TITLE_CHARACTERS = 200
_TITLE_WORDS = 30


def title_of(text: str) -> str:
    """Give the first line where it looks like a headline; it stays in the text too."""
    first, _, rest = text.partition("\n")
    first = first.strip()
    looks = 0 < len(first) <= _TITLE_CHARACTERS and len(first.split()) <= _TITLE_WORDS
    return first if looks and rest.strip() and first[-1] not in ".!:;," else ""


def read(source: Source) -> Iterator[Document | Quarantined]:
    """Read one report."""
    data = source.read(MAX_TEXT_BYTES)
    text = clean(decode(data))
    yield document(source, text, sha256_hex(data), Stated(title=title_of(text)), original=data)


register(Reader("text", (".txt", ".text"), lambda _: False, read))

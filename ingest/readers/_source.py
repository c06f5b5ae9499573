"""Bytes to clean text: size caps, encodings, binary files, control characters."""

from __future__ import annotations

import codecs
import os
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from dataclasses import field as with_default
from datetime import date
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from geodata.errors import InputError
from geodata.incident import Document, Quarantined, derived_id

MAX_TEXT_BYTES = 1_000_000
"""Largest story: about 150,000 words; what is larger is an archive, not a report."""

MAX_HTML_BYTES = 10_000_000
"""Largest web page; most of it is markup."""

MAX_HTML_TAGS = 40_000
"""Most tags of a web page that is taken apart; an article's page has a few thousand."""

MAX_UNPACKED_BYTES = 4_000_000_000
"""Most bytes that come out of one archive, whatever is nested in it."""

MAX_DEPTH = 3
"""Archives and mails in one another."""

MAX_NAME = 300
MAX_TITLE = 500
MAX_OUTLET = 200
MAX_URL = 2_000
MAX_ID = 200

MAX_RAW = 2_000
"""Characters of an input kept with its quarantine row."""

_SAMPLE = 65_536  # bytes looked at to tell text from binary, and one encoding from another
_ODD_BYTES = bytes(byte for byte in range(32) if byte < 9 or byte > 13)
_HIGH_BYTES = bytes(range(128, 256))
_BINARY_SHARE = 0.01  # a text holds hardly any control character

_MAGIC = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive, an office document or a spreadsheet"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "an RTF document"),
)
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_NO_ENCODINGS = frozenset({"punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined"})
"""Python's own codecs that no file is written in; some take quadratic time."""

_NEWLINES = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    r"\ufff9-\ufffb\ud800-\udfff]"
)


@dataclass(slots=True)
class Budget:
    """What may still come out of one archive or mail, its nested ones counted in."""

    bytes_left: int = MAX_UNPACKED_BYTES

    def spend(self, count: int) -> None:
        """Take bytes; an `InputError` when there are too few left."""
        if count > self.bytes_left:
            raise InputError(
                f"more than {MAX_UNPACKED_BYTES / 1e6:,g} MB would come out of it: split it"
            )
        self.bytes_left -= count


@dataclass(frozen=True, slots=True)
class Source:
    """One input: the file, or bytes already read, and what the user says of it.

    `shown` is the name for messages and for the document. `depth` counts the archives and
    mails around it, which share one `budget`. `published` and `outlet` are the
    user's words and win over what the file says.
    """

    shown: str
    path: Path | None = None
    data: bytes = b""
    published: date | None = None
    outlet: str | None = None
    depth: int = 0
    budget: Budget = with_default(default_factory=Budget, compare=False)

    def inside(self, name: str, data: bytes) -> Source:
        """Give a member of an archive, or an attachment; its name is shown and is never a path.

        Raises
        ------
        InputError
            It lies in too many archives or mails, or too much came out of them.
        """
        if self.depth >= MAX_DEPTH:
            raise InputError(f"it lies in more than {MAX_DEPTH} archives or mails: unpack them")
        self.budget.spend(len(data))
        shown = f"{self.shown}/{line(name, MAX_NAME) or 'without a name'}"
        return replace(self, shown=shown, path=None, data=data, depth=self.depth + 1)

    @property
    def suffix(self) -> str:
        """Ending of the file's name in lower case, with its dot."""
        return Path(self.shown).suffix.casefold()

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Open for reading bytes; an unreadable file is an `InputError`."""
        if self.path is None:
            yield BytesIO(self.data)
            return
        try:
            file = self.path.open("rb")
        except OSError as error:
            raise InputError(f"cannot be opened: {error.strerror}") from error
        with file:
            yield file

    def head(self) -> bytes:
        """First bytes, to tell what it is."""
        with self.open() as file:
            return _bytes(file, _SAMPLE)

    def read(self, limit: int) -> bytes:
        """Give all bytes; more than `limit`, or none, is an `InputError`."""
        with self.open() as file:
            data = _bytes(file, limit + 1)
        if len(data) > limit:
            size = self.path.stat().st_size if self.path else len(self.data)
            raise InputError(
                f"too large: {size / 1e6:,.1f} MB, and one report may have {limit / 1e6:g} MB; "
                "cut it into single reports"
            )
        if not data.strip():
            raise InputError("the file is empty")
        return data

    def quarantined(
        self, reason: str, *, row: int | None = None, column: str = "", raw: str = ""
    ) -> Quarantined:
        """Give the row that keeps this input, or a line of it, with the reason."""
        return Quarantined(
            source=self.shown, reason=reason, row=row, column=column, raw=clean(raw[:MAX_RAW])
        )


def _bytes(file: BinaryIO, count: int) -> bytes:
    try:
        return file.read(count)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}") from error


def shown_name(path: str | Path) -> str:
    """Name of a path that can be printed and stored, whatever bytes it holds."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def decode(data: bytes, declared: str | None = None) -> str:
    """Turn bytes into text: byte-order mark, declared encoding, UTF-8, then a guess.

    Raises
    ------
    InputError
        It is no text, or in no encoding that can be told.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    _refuse_binary(data)
    for name in (declared, "utf-8", _wide(data), _western(data)):
        text = _try(data, name)
        if text is not None:
            return text
    from charset_normalizer import from_bytes

    guess = from_bytes(data[:_SAMPLE]).best()
    text = _try(data, guess.encoding) if guess else None
    if text is None:
        raise InputError("its character encoding cannot be told: save it as UTF-8")
    return text


def _try(data: bytes, encoding: str | None) -> str | None:
    if encoding is None:
        return None
    try:
        if codecs.lookup(encoding).name in _NO_ENCODINGS:
            return None
        return data.decode(encoding)
    except (ValueError, LookupError):  # "utf\0"; "punycode"; a codec that gives no text
        return None


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: in Western text every other byte is zero."""
    for zeros, letters, encoding in ((1, 0, "utf-16-le"), (0, 1, "utf-16-be")):
        high, low = data[zeros:_SAMPLE:2], data[letters:_SAMPLE:2]
        if high and high.count(0) > 0.7 * len(high) and low.count(0) < 0.1 * len(low):
            return encoding
    return None


def _western(data: bytes) -> str | None:
    """Windows-1252, when nearly all is ASCII: what is left are quotes and accents."""
    sample = data[:_SAMPLE]
    rare = len(sample) - len(sample.translate(None, _HIGH_BYTES))
    return "cp1252" if rare < 0.03 * len(sample) else None


def _refuse_binary(data: bytes) -> None:
    for magic, words in _MAGIC:
        if data.startswith(magic):
            raise InputError(f"it is {words}, not a text; save its text as .txt or .html")
    sample = data[:_SAMPLE]
    odd = len(sample) - len(sample.translate(None, _ODD_BYTES))
    if odd > _BINARY_SHARE * len(sample) and _wide(data) is None:
        raise InputError("it is a binary file, not a text")


def clean(text: str) -> str:
    """Text with one kind of line break and no character that cannot be seen."""
    text = _CONTROLS.sub("", _NEWLINES.sub("\n", text))
    if not text.isascii():
        # Marks are capped first: composing a run of n of them takes n squared steps.
        text = _few_marks(unicodedata.normalize("NFC", _few_marks(text)))
    return "\n".join(part.rstrip() for part in text.split("\n")).strip()


def _few_marks(text: str) -> str:
    """Leave at most eight accents on a letter; no language writes as many."""
    if _marks().isdisjoint(text):  # nearly always, and ten times faster than the expression
        return text
    return _mark_runs().sub(r"\1", text)


@lru_cache(maxsize=1)
def _marks() -> frozenset[str]:
    return frozenset(filter(unicodedata.combining, map(chr, range(0x300, 0x1F000))))


@lru_cache(maxsize=1)
def _mark_runs() -> re.Pattern[str]:
    marks = "".join(sorted(_marks()))
    return re.compile(f"([{marks}]{{8}})[{marks}]+")


def line(text: object, limit: int) -> str:
    """Give one line of clean text, capped."""
    return " ".join(clean(str(text or "")[: 4 * limit]).split())[:limit]


def web_address(text: object) -> str:
    """Give an http(s) address, or nothing: no other scheme is ever kept."""
    address = line(text, MAX_URL)
    if not re.match(r"https?://[^\s<>\"]+$", address, re.IGNORECASE):
        return ""
    try:
        return address if urlsplit(address).hostname else ""
    except ValueError:  # "http://[": no address
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDocument(Document):
    """A document fresh from its reader, with the bytes it was read from.

    `original` is the file, the member of an archive, the attachment, the line or the feed's
    item. It travels with the document until that is stored, and is no part of its value.
    """

    original: bytes = with_default(default=b"", repr=False, compare=False)


def original_of(document: Document) -> bytes:
    """Give the bytes that a document was read from, where it still has them."""
    return document.original if isinstance(document, ReadDocument) else b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a report says of itself; everything may be absent."""

    title: str = ""
    published: date | None = None
    outlet: str = ""
    url: str = ""
    document_id: str = ""


def document(
    source: Source, text: str, sha256: str, stated: Stated, *, original: bytes
) -> ReadDocument:
    """Build a document from what a reader found; the user's own words win.

    Parameters
    ----------
    sha256
        What the report is known by: the digest of `original`, or of the text where the same
        report comes in several wrappings (a line, a feed's item, a paste).

    Raises
    ------
    InputError
        There are no words in the text, or too many.
    """
    from ingest.readers._published import published_in

    body = clean(text)
    if not any(letter.isalpha() for letter in body):
        raise InputError("there are no words in it")
    if len(body) > MAX_TEXT_BYTES:
        raise InputError(f"too long: {len(body):,} characters, at most {MAX_TEXT_BYTES:,}")
    return ReadDocument(
        document_id=line(stated.document_id, MAX_ID) or derived_id("doc", sha256),
        text=body,
        title=line(stated.title, MAX_TITLE),
        url=web_address(stated.url),
        outlet=line(source.outlet or stated.outlet, MAX_OUTLET),
        published=source.published or stated.published or published_in(body),
        sha256=sha256,
        path=source.shown,
        original=original,
    )

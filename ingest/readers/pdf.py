"""A PDF: its text page by page, without headers and footers; title, author and day it states."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from geodata.errors import InputError
from geodata.incident import Document, Quarantined, sha256_hex
from ingest.readers import _pdf_child
from ingest.readers._pages import running_text
from ingest.readers._properties import outlet_of, title_of_file
from ingest.readers._published import published_in
from ingest.readers._registry import Reader, register
from ingest.readers._source import Source, Stated, clean, document
from ingest.readers.text import title_of

MAX_PDF_BYTES = 50_000_000

_WALL_SECONDS = 2 * _pdf_child.MAX_SECONDS
_DAY = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_PRINTED = re.compile(
    r"skia|chrom|mozilla|firefox|safari|webkit|quartz|print to pdf|wkhtmltopdf|cairo|headless"
    r"|scan|ocr|ghostscript|distiller|pdfcreator|ilovepdf|itext|pypdf",
    re.IGNORECASE,
)
"""Programs whose files are made when a page is printed, scanned or converted."""


def looks_like(head: bytes) -> bool:
    """Whether it is a PDF."""
    return head.lstrip()[:5] == b"%PDF-"


def read(source: Source) -> Iterator[Document | Quarantined]:
    """Read one report; a page that cannot be read is a row beside it."""
    data = source.read(MAX_PDF_BYTES)
    found = taken_apart(data)
    pages = [page or "" for page in found["pages"]]
    if not any(letter.isalpha() for page in pages for letter in page):
        raise InputError(
            "there is no text in the PDF, only pictures: run text recognition (OCR) on it first"
        )
    body = clean(running_text(pages))
    said = found["said"]
    title = title_of_file(said.get("/Title", ""))
    if title.casefold() not in body[: 2 * len(title) + 500].casefold():
        body = f"{title}\n\n{body}"  # the headline may hold evidence too
    stated = Stated(
        title=title or title_of(body),
        published=published_in(clean("\n".join(pages[:1]))) or _day(said),
        outlet=outlet_of(said.get("/Author", "")),
    )
    yield document(source, body, sha256_hex(data), stated, original=data)
    for number, page in enumerate(found["pages"], start=1):
        if page is None:
            yield source.quarantined(f"page {number} of the PDF cannot be read", row=number)


def taken_apart(data: bytes) -> dict[str, Any]:
    """Give pages and metadata of a PDF, read in a process with capped memory and time.

    Raises
    ------
    InputError
        It is broken or encrypted, or takes too much memory or time.
    """
    # -P: the folder of the program is no place to import from (it holds an html.py).
    command = [sys.executable, "-P", "-W", "ignore", str(Path(_pdf_child.__file__))]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, no word of the file in the command
            command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=_WALL_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise InputError(f"the PDF takes longer than {_WALL_SECONDS} s to read") from error
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise InputError(f"the PDF takes longer than {_pdf_child.MAX_SECONDS} s to read")
    if done.returncode:
        raise InputError(_pdf_child.BROKEN)
    found: dict[str, Any] = orjson.loads(done.stdout)
    if "error" in found:
        raise InputError(found["error"])
    return found


def _day(said: dict[str, str]) -> date | None:
    """Day the file was made; None where a program made it that prints, scans or converts."""
    if _PRINTED.search(f"{said.get('/Creator', '')} {said.get('/Producer', '')}"):
        return None
    made = _DAY.match(said.get("/CreationDate", ""))
    try:
        return date(*map(int, made.groups())) if made else None
    except ValueError:
        return None


register(Reader("pdf", (".pdf",), looks_like, read))

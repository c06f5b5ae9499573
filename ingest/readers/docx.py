"""A Word document (.docx): paragraphs, tables as lines, the title and author it states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from zipfile import ZipFile

from geodata.errors import InputError
from geodata.incident import Document, Quarantined, sha256_hex
from ingest.readers import _office
from ingest.readers._properties import outlet_of, title_of_file
from ingest.readers._registry import Reader, register
from ingest.readers._source import Source, Stated, clean, document
from ingest.readers.text import title_of

_MARKS = _office.Marks(
    paragraphs=frozenset({"p", "tbl"}),
    rows=frozenset({"tr"}),
    cells=frozenset({"tc"}),
    texts=frozenset({"t"}),
    # Formats, deleted and moved words, and the second copy of a text box.
    skipped=frozenset(
        {"ppr", "rpr", "sectpr", "tblpr", "trpr", "tcpr", "del", "movefrom", "fallback"}
    ),
    spaces={"tab": " ", "br": "\n", "cr": "\n", "nobreakhyphen": "-"},
)
_MAIN = re.compile(r"word/document\d{0,3}\.xml")


def looks_like(head: bytes) -> bool:
    """Whether it is a Word document."""
    return head.startswith(b"PK\x03\x04") and b"word/document" in head


def read(source: Source) -> Iterator[Document | Quarantined]:
    """Read one report."""
    data = source.read(_office.MAX_OFFICE_BYTES)
    with _office.package(source, data) as archive:
        body = clean(_text(archive))
        core = _office.part(archive, "docProps/core.xml")
    said = _office.properties(core, "title", "creator")
    stated = Stated(
        title=title_of_file(said.get("title", "")) or title_of(body),
        outlet=outlet_of(said.get("creator", "")),
    )
    yield document(source, body, sha256_hex(data), stated, original=data)


def _text(archive: ZipFile) -> str:
    name = next(filter(_MAIN.fullmatch, archive.namelist()), "")
    root = _office.part(archive, name)
    if root is None:
        raise InputError("there is no Word text in it")
    return _office.tidy(_office.words(root, _MARKS))


register(Reader("docx", (".docx",), looks_like, read))

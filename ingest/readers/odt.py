"""An OpenDocument text (.odt): paragraphs, tables as lines, the title and author it states."""

from __future__ import annotations

from collections.abc import Iterator
from zipfile import ZipFile

from geodata.errors import InputError
from geodata.incident import Document, Quarantined, sha256_hex
from ingest.readers import _office
from ingest.readers._markup import local_name
from ingest.readers._properties import outlet_of, title_of_file
from ingest.readers._registry import Reader, register
from ingest.readers._source import Source, Stated, clean, document
from ingest.readers.text import title_of

_MARKS = _office.Marks(
    paragraphs=frozenset({"p", "h", "table"}),
    rows=frozenset({"table-row"}),
    cells=frozenset({"table-cell"}),
    texts=None,
    skipped=frozenset({"annotation", "tracked-changes", "note", "object", "object-ole", "scripts"}),
    spaces={"s": " ", "tab": " ", "line-break": "\n"},
)


def looks_like(head: bytes) -> bool:
    """Whether it is an OpenDocument text."""
    return b"mimetypeapplication/vnd.oasis.opendocument.text" in head[:120]


def read(source: Source) -> Iterator[Document | Quarantined]:
    """Read one report."""
    data = source.read(_office.MAX_OFFICE_BYTES)
    with _office.package(source, data) as archive:
        body = clean(_text(archive))
        meta = _office.part(archive, "meta.xml")
    said = _office.properties(meta, "title", "creator", "initial-creator")
    stated = Stated(
        title=title_of_file(said.get("title", "")) or title_of(body),
        outlet=outlet_of(said.get("initial-creator", "") or said.get("creator", "")),
    )
    yield document(source, body, sha256_hex(data), stated, original=data)


def _text(archive: ZipFile) -> str:
    manifest = _office.part(archive, "META-INF/manifest.xml")
    elements = manifest.iter() if manifest is not None else ()
    if any(local_name(element) == "encryption-data" for element in elements):
        raise InputError("it is encrypted: save it without a password")
    root = _office.part(archive, "content.xml")
    if root is None:
        raise InputError("there is no text in it")
    body = next((one for one in root.iter() if local_name(one) == "text" and len(one)), root)
    return _office.tidy(_office.words(body, _MARKS))


register(Reader("odt", (".odt",), looks_like, read))

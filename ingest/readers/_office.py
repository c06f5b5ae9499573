"""Office documents: XML parts in a ZIP archive. Macros, pictures and embedded files stay shut."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from zipfile import ZipFile

from geodata.errors import InputError
from ingest.readers._markup import local_name, parse_xml
from ingest.readers._source import Source
from ingest.readers.archive import opened, unpacked

MAX_OFFICE_BYTES = 50_000_000
"""Largest document, its pictures counted in."""

MAX_PART_BYTES = 20_000_000
"""Largest part that is read: the text, or the properties."""

MAX_PARTS = 5_000


@dataclass(frozen=True, slots=True)
class Marks:
    """Local names of a format: what ends a paragraph, what is a cell, what is no text."""

    paragraphs: frozenset[str]
    rows: frozenset[str]
    cells: frozenset[str]
    texts: frozenset[str] | None  # elements whose text counts; None for all
    skipped: frozenset[str]
    spaces: Mapping[str, str]


@contextmanager
def package(source: Source, data: bytes) -> Iterator[ZipFile]:
    """Open a document that was read.

    Raises
    ------
    InputError
        It is no office document, is encrypted, or has too many parts.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError("it is encrypted or of the old kind (.doc): save it as .docx or .odt")
    if not data.startswith(b"PK"):
        raise InputError("the document is broken, or its ending is wrong: save it again")
    with opened(replace(source, path=None, data=data)) as archive:
        if len(archive.infolist()) > MAX_PARTS:
            raise InputError(f"the document has more than {MAX_PARTS:,} parts")
        yield archive


def part(archive: ZipFile, name: str) -> Any:
    """Give the root element of a part; None where there is none of that name.

    Raises
    ------
    InputError
        It is too large, encrypted, packed as no text is, or no XML.
    """
    try:
        member = archive.getinfo(name)
    except KeyError:
        return None
    try:
        return parse_xml(unpacked(archive, member, MAX_PART_BYTES))
    except InputError as error:
        raise InputError(f"its part {name!r}: {error}") from error


def properties(root: Any, *names: str) -> dict[str, str]:
    """Give the first text of each name in a part of properties."""
    found: dict[str, str] = {}
    for element in root.iter() if root is not None else ():
        name = local_name(element)
        if name in names and (element.text or "").strip():
            found.setdefault(name, element.text.strip())
    return found


def words(root: Any, marks: Marks) -> str:
    """Give the text: a line a paragraph, an empty line between; a row of a table is one line."""
    from lxml import etree

    out: list[str] = []
    in_rows = 0
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        name = local_name(element)
        if event == "start":
            if name in marks.skipped or not name:
                walker.skip_subtree()
                continue
            in_rows += name in marks.rows
            out.append(marks.spaces.get(name, ""))
            if marks.texts is None or name in marks.texts:
                out.append(_flat(element.text))
            continue
        if name not in marks.skipped:
            in_rows -= name in marks.rows
            out.append(_end(name, marks, in_rows))
        if marks.texts is None:
            out.append(_flat(element.tail))
    return "".join(out)


def _flat(text: str | None) -> str:
    return (text or "").replace("\n", " ")


def _end(name: str, marks: Marks, in_rows: int) -> str:
    if name in marks.paragraphs:
        return " " if in_rows else "\n\n"
    if name in marks.cells:
        return "| "
    return "\n" if name in marks.rows and not in_rows else ""


def tidy(text: str) -> str:
    """Give text without empty cells' marks, runs of spaces and heaps of empty lines."""
    lines = (" ".join(line.split()).removesuffix("|").strip() for line in text.split("\n"))
    kept: list[str] = []
    for line in lines:
        if line.strip("| ") or (kept and kept[-1]):
            kept.append(line if line.strip("| ") else "")
    return "\n".join(kept).strip()

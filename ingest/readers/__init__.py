"""From a file, a folder or pasted text to documents; what cannot be read says why.

A reader registers itself the way a plug-in would (`register`); `read` chooses one by content
and suffix. Nothing is lost: an input ends as documents or as `Quarantined` rows.
"""

from __future__ import annotations

import sys
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from geodata.errors import InputError
from geodata.incident import Document, Quarantined, sha256_hex
from ingest.readers import archive, docx, feed, html, jsonl, mail, markdown, mhtml, odt, pdf, text
from ingest.readers._published import read_day
from ingest.readers._registry import (
    SHAPE_PARTS,
    TABLES,
    Reader,
    count_source,
    read_source,
    reader_named,
    readers,
    register,
    unregister,
)
from ingest.readers._source import (
    MAX_TEXT_BYTES,
    ReadDocument,
    Source,
    Stated,
    clean,
    document,
    original_of,
    shown_name,
)

__all__ = [
    "MAX_TEXT_BYTES",
    "ReadDocument",
    "Reader",
    "Source",
    "archive",
    "count",
    "docx",
    "feed",
    "html",
    "jsonl",
    "mail",
    "markdown",
    "mhtml",
    "odt",
    "original_of",
    "pasted",
    "pdf",
    "read",
    "read_all",
    "read_day",
    "read_source",
    "reader_named",
    "readers",
    "register",
    "text",
    "unregister",
]

STDIN = "-"
MAX_STREAM_BYTES = 100_000_000

_OWN = (".gpkg", ".gpkg-wal", ".gpkg-shm", ".gpkg-journal")
"""Files of a project beside the reports: a folder that holds them is walked past them."""


def pasted(
    words: str,
    *,
    title: str = "",
    published: date | None = None,
    outlet: str = "",
    url: str = "",
) -> ReadDocument:
    """Build a document from pasted text.

    Raises
    ------
    InputError
        There are no words in it, or too many.
    """
    if len(words) > MAX_TEXT_BYTES:
        raise InputError(f"the text is too long: {len(words):,} characters, at most "
                         f"{MAX_TEXT_BYTES:,}; cut it into single reports")  # fmt: skip
    body = clean(words)
    stated = Stated(title=title or text.title_of(body), published=published, outlet=outlet, url=url)
    digest = sha256_hex(body.encode())
    given = words.encode(errors="replace")
    return document(Source("pasted text"), body, digest, stated, original=given)


def read(
    path: str | Path,
    *,
    published: date | None = None,
    source: str | None = None,
    but: Container[Path] = (),
) -> Iterator[Document | Quarantined]:
    """Read a file, or every file of a folder in the order of their names; ``-`` is stdin.

    Parameters
    ----------
    published
        Day of publication, stronger than what the file says.
    source
        Name of the outlet, stronger than what the file says.
    but
        Files that are left out, because somebody else reads them (`tables_in`).
    """
    stream = _stream(path)
    if stream is not None and len(stream.data) > MAX_STREAM_BYTES:
        yield stream.quarantined(f"longer than {MAX_STREAM_BYTES / 1e6:g} MB: give it as a file")
        return
    if stream is not None:
        yield from read_source(replace(stream, published=published, outlet=source))
        return
    for found in _walk(Path(path), set()):
        if isinstance(found, Quarantined):
            yield found
        elif found not in but:
            shown = shown_name(found)
            yield from read_source(Source(shown, found, published=published, outlet=source))


def _stream(path: str | Path) -> Source | None:
    """Standard input, or a pipe that the user names: read once, as it cannot be opened again."""
    if str(path) == STDIN:
        return Source("<stdin>", data=sys.stdin.buffer.read(MAX_STREAM_BYTES + 1))
    try:
        known = Path(path).is_fifo()
    except OSError:  # a folder above it may not be read: `_walk` tells why
        known = False
    if not known:
        return None
    with Path(path).open("rb") as pipe:
        return Source(shown_name(path), data=pipe.read(MAX_STREAM_BYTES + 1))


def read_all(
    paths: Iterable[str | Path],
    *,
    published: date | None = None,
    source: str | None = None,
    but: Container[Path] = (),
) -> Iterator[Document | Quarantined]:
    """Read files and folders one after the other; see `read`."""
    for path in paths:
        yield from read(path, published=published, source=source, but=but)


def count(paths: Iterable[str | Path], *, but: Container[Path] = ()) -> int:
    """Count the inputs that `read_all` would give, without reading them: for a progress bar."""
    return sum(
        _count(found) for path in paths for found in _walk(Path(path), set()) if found not in but
    )


def tables_in(folder: Path) -> tuple[list[Path], set[Path]]:
    """Give the tables of a folder and its folders, and every file that belongs to one of them.

    Text, JSON and archives are reports here, whatever they hold: a table of such a suffix is
    named itself. The parts of a shapefile belong to its ``.shp``.
    """
    from ingest.readers.tables import is_table

    files = [found for found in _walk(folder, set()) if isinstance(found, Path)]
    tables = [one for one in files if one.suffix.casefold() in TABLES and is_table(one)]
    shapes = {one.with_suffix("") for one in tables if one.suffix.casefold() == ".shp"}
    parts = {one for one in files
             if one.suffix.casefold() in SHAPE_PARTS and one.with_suffix("") in shapes}  # fmt: skip
    return tables, {*tables, *parts}


def _count(found: Path | Quarantined) -> int:
    return 1 if isinstance(found, Quarantined) else count_source(Source(shown_name(found), found))


def _walk(path: Path, above: set[tuple[int, int]]) -> Iterator[Path | Quarantined]:
    """Files of a folder and its folders; a link back to a folder above is told, not followed."""
    try:
        status = path.stat()
        inside = sorted(path.iterdir()) if path.is_dir() else None
    except OSError as error:
        yield _unreadable(path, f"cannot be read: {error.strerror}")
        return
    if inside is None:
        known = path.is_file()
        yield path if known else _unreadable(path, "it is neither a file nor a folder")
        return
    here = (status.st_dev, status.st_ino)
    if here in above:
        yield _unreadable(path, "the link leads back to a folder that holds it; not followed")
        return
    for entry in inside:
        if not entry.name.startswith(".") and not entry.name.endswith(_OWN):
            yield from _walk(entry, above | {here})


def _unreadable(path: Path, reason: str) -> Quarantined:
    return Quarantined(source=shown_name(path), reason=reason)

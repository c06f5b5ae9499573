"""A .zip of reports: read member by member, like a folder; nothing is unpacked to the disk."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from geodata.errors import InputError
from geodata.incident import Document, Quarantined
from ingest.readers._registry import Reader, count_source, read_source, register
from ingest.readers._source import Source, line

MAX_MEMBERS = 100_000
MAX_MEMBER_BYTES = 50_000_000
MAX_RATIO = 200
"""Most times that a member may be packed; text is packed three to twenty times."""

_SMALL = 1_000_000  # bytes: what unpacks to less can do no harm
_MAX_DIRECTORY = 16_000_000  # bytes of the list of members
_ENCRYPTED = 0x1
_OFFICE = (b"[Content_Types].xml", b"mimetypeapplication/", b"word/document.xml")
_PASSED_OVER = (".gpkg", ".gpkg-wal", ".gpkg-shm", ".gpkg-journal")
_FAULTS = (BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, LookupError,
           NotImplementedError, RuntimeError)  # fmt: skip
"""What the standard library raises on malformed archives."""


class _Bounded:
    """A file of which no single read is long: zipfile reads the list of members at once."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def read(self, count: int = -1) -> bytes:
        if count > _MAX_DIRECTORY:
            raise InputError(f"the list of its members is larger than {_MAX_DIRECTORY / 1e6:g} MB")
        return self._file.read(_MAX_DIRECTORY if count < 0 else count)


def looks_like(head: bytes) -> bool:
    """Whether it is a ZIP archive, and not an office document, which is one too."""
    return head.startswith(b"PK\x03\x04") and not any(mark in head for mark in _OFFICE)


@contextmanager
def opened(source: Source) -> Iterator[ZipFile]:
    """Open an archive; no member of it is read yet.

    Raises
    ------
    InputError
        It is broken, or has too many members.
    """
    with source.open() as file:
        try:
            archive = ZipFile(_Bounded(file))  # type: ignore[call-overload, unused-ignore]
        except InputError:
            raise
        except _FAULTS as error:
            raise InputError("the archive is broken: pack it again") from error
        with archive:
            yield archive


def read(source: Source) -> Iterator[Document | Quarantined]:
    """Read every member in the order of the names; a bad one is a row, the next one is read."""
    with opened(source) as archive:
        members = _members(archive)
        for member in members:
            try:
                inside = source.inside(_name(member), unpacked(archive, member, MAX_MEMBER_BYTES))
            except InputError as error:
                yield source.quarantined(f"member {_name(member)!r}: {error}")
                continue
            yield from read_source(inside)
    if not members:
        raise InputError("the archive is empty")


def unpacked(archive: ZipFile, member: ZipInfo, limit: int) -> bytes:
    """Give the bytes of a member.

    Raises
    ------
    InputError
        It is encrypted, broken, too large, or packed so much that it is an attack.
    """
    if member.flag_bits & _ENCRYPTED:
        raise InputError("it is encrypted: unpack it and give its files")
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise InputError(f"it is packed in a way ({member.compress_type}) that cannot be read")
    if member.file_size > limit:
        raise InputError(f"it is larger than {limit / 1e6:g} MB")
    if member.file_size > max(_SMALL, MAX_RATIO * member.compress_size):
        raise InputError(f"it is packed more than {MAX_RATIO} times, as no text is")
    try:
        with archive.open(member) as file:
            data = file.read(limit + 1)
    except _FAULTS as error:
        raise InputError("it is broken: pack it again") from error
    if len(data) > limit:  # its stated size was a lie
        raise InputError(f"it is larger than {limit / 1e6:g} MB")
    return data


def _members(archive: ZipFile) -> list[ZipInfo]:
    """Files of an archive as a folder's would be walked: by name, hidden ones passed over."""
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise InputError(f"it has {len(members):,} members, at most {MAX_MEMBERS:,}: split it")
    kept = [one for one in members if not one.is_dir() and not _hidden(one.filename)]
    return sorted(kept, key=lambda one: one.filename.split("/"))


def _hidden(name: str) -> bool:
    parts = [part for part in name.split("/") if part not in ("", ".", "..")]
    return (
        not parts
        or name.endswith(_PASSED_OVER)
        or any(part.startswith(".") or part == "__MACOSX" for part in parts)
    )


def _name(member: ZipInfo) -> str:
    return line(member.filename, 300)


def count(source: Source) -> int:
    """Count the members; those that hold several inputs are looked into."""
    with opened(source) as archive:
        members = _members(archive)
        several = (".jsonl", ".ndjson", ".zip")
        total = 0
        for member in members:
            if not member.filename.casefold().endswith(several):
                total += 1
                continue
            try:
                data = unpacked(archive, member, MAX_MEMBER_BYTES)
                total += count_source(source.inside(_name(member), data))
            except InputError:
                total += 1
    return total


register(Reader("zip", (".zip",), looks_like, read, count))

"""Archives around tables (.xlsx, .ods, .kmz, .zip): judged before anything is taken out of them."""

from __future__ import annotations

import shutil
import struct
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from geodata.errors import InputError
from ingest.readers._source import Source
from ingest.readers.archive import opened

MAX_INFLATED = 1_500_000_000
"""Most bytes that may come out of one archive."""

MAX_RATIO = 200
SMALL = 50_000_000
"""Bytes below which it does not matter how much an archive is packed."""

_CHUNK = 1_000_000
_ENCRYPTED = 0x1
_LOCAL = struct.Struct("<4s22xHH")  # signature, then the lengths of the name and of the extra


@contextmanager
def archive_of(path: Path) -> Iterator[ZipFile]:
    """Open an archive; a broken one is an `InputError`."""
    with opened(Source(shown=path.name, path=path)) as archive:
        yield archive


def inflate(path: Path, archive: ZipFile, see: Callable[[ZipInfo, bytes], None]) -> None:
    """Take every member apart piece by piece, to know its true size; `see` is given the pieces.

    Raises
    ------
    InputError
        More would come out than an honest file holds, a member is encrypted or broken.
    """
    members = archive.infolist()
    declared = sum(one.file_size for one in members)
    packed = path.stat().st_size
    _refuse_bomb(declared, packed)
    total = 0
    with path.open("rb") as file:
        for member in members:
            for piece in _pieces(file, member):
                total += len(piece)
                _refuse_bomb(total, packed)
                see(member, piece)


def _refuse_bomb(size: int, packed: int) -> None:
    if size > MAX_INFLATED:
        raise InputError(f"more than {MAX_INFLATED / 1e9:g} GB would come out of it: split it")
    if size > max(SMALL, MAX_RATIO * packed):
        raise InputError(f"it is packed more than {MAX_RATIO} times, as no table is")


def _pieces(file: BinaryIO, member: ZipInfo) -> Iterator[bytes]:
    """Bytes of a member by its packed data alone: the stated size may be a lie."""
    if member.flag_bits & _ENCRYPTED:
        raise InputError("it is encrypted: save it without a password")
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise InputError(f"it is packed in a way ({member.compress_type}) that cannot be read")
    try:
        file.seek(member.header_offset)
        signature, name, extra = _LOCAL.unpack(file.read(_LOCAL.size))
        if signature != b"PK\x03\x04":
            raise InputError("it is broken: save it again")
        file.seek(name + extra, 1)
        yield from _inflated(file, member)
    except (struct.error, zlib.error, OSError, ValueError) as error:
        raise (
            error if isinstance(error, InputError) else InputError("it is broken: save it again")
        ) from error


def _inflated(file: BinaryIO, member: ZipInfo) -> Iterator[bytes]:
    left = member.compress_size
    packer = zlib.decompressobj(-15) if member.compress_type == ZIP_DEFLATED else None
    while left > 0 and (data := file.read(min(_CHUNK, left))):
        left -= len(data)
        if packer is None:
            yield data
            continue
        while data and not packer.eof:
            yield packer.decompress(data, _CHUNK)
            data = packer.unconsumed_tail


def extracted(path: Path, members: dict[str, str]) -> Path:
    """Unpack some members into a new folder of temporary files; the caller removes it.

    Parameters
    ----------
    members
        Name of each member, and the name its file is given: no name of the archive is a path.
    """
    folder = Path(tempfile.mkdtemp(prefix="atlas-table-"))
    try:
        with archive_of(path) as archive:
            files = {name: (folder / plain).open("wb") for name, plain in members.items()}
            try:
                inflate(path, archive, lambda member, piece: _put(files, member, piece))
            finally:
                for file in files.values():
                    file.close()
    except (InputError, OSError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise (
            error
            if isinstance(error, InputError)
            else InputError(f"it cannot be unpacked: {error.strerror}")
        ) from error
    return folder


def _put(files: Mapping[str, BinaryIO], member: ZipInfo, piece: bytes) -> None:
    if (file := files.get(member.filename)) is not None:
        file.write(piece)

"""A file on the disk: its digest, its first bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from geodata.errors import InputError

HEAD = 65_536
_CHUNK = 4_000_000


def digest_of(path: Path, see: Callable[[bytes], None] | None = None) -> str:
    """Give the SHA-256 of a file; `see` is given its bytes piece by piece on the way."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(_CHUNK):
                digest.update(piece)
                if see is not None:
                    see(piece)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}") from error
    return digest.hexdigest()


def head_of(path: Path, count: int = HEAD) -> bytes:
    """Give the first bytes of a file."""
    try:
        with path.open("rb") as file:
            return file.read(count)
    except OSError as error:
        raise InputError(f"cannot be opened: {error.strerror}") from error


def tail_of(path: Path, count: int = HEAD) -> bytes:
    """Give the last bytes of a file."""
    try:
        with path.open("rb") as file:
            file.seek(max(path.stat().st_size - count, 0))
            return file.read(count)
    except OSError as error:
        raise InputError(f"cannot be opened: {error.strerror}") from error

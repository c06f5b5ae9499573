"""Opening and making a project file, and saying in one line why it cannot be.

Nothing is written to a file before it is known to be a project.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from geodata import _migrations as migrations
from geodata import _schema as schema
from geodata._sqlite import connect, open_here, told
from geodata.errors import NotOurStoreError, StoreError, StoreReadOnlyError

if TYPE_CHECKING:
    import sqlite3

    from geodata._sqlite import Connections

PAGE_BYTES = 8_192
"""Of a new project: a million rows go in with an eighth less work than by SQLite's own 4,096."""

_MAGIC = b"SQLite format 3\x00"


def must_be_geopackage(path: Path) -> None:
    """Look at the first bytes alone, so that a file that is not ours is never touched."""
    try:
        if open_here(path):
            return
        head = _first_bytes(path)
    except FileNotFoundError as error:
        raise StoreError(
            f"no project {str(path)!r}; `incidents ingest STORY --store {path.name}` makes one"
        ) from error
    except IsADirectoryError as error:
        raise StoreError(f"{str(path)!r} is a folder; give the path of a .gpkg file") from error
    except OSError as error:
        raise StoreError(f"{str(path)!r} cannot be read: {error.strerror}") from error
    if not head:
        raise NotOurStoreError(f"{str(path)!r} is empty; delete it or give another path")
    if not head.startswith(_MAGIC):
        raise NotOurStoreError(f"{str(path)!r} is not a GeoPackage; give the path of a project")
    if int.from_bytes(head[68:72], "big") != schema.APPLICATION_ID:
        raise NotOurStoreError(
            f"{str(path)!r} is a database but not a GeoPackage; give the path of a project"
        )
    if path.stat().st_size < _size_in_header(head) and not _journals(path):
        raise NotOurStoreError(f"{str(path)!r} is cut short; restore it from a backup")


def _first_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(100)


def _size_in_header(head: bytes) -> int:
    """Bytes that the file says it has (SQLite file format, clause 1.3); 0 where it is not sure."""
    page = int.from_bytes(head[16:18], "big")
    trusted = head[24:28] == head[92:96]  # the last writer kept the count of pages
    return (65_536 if page == 1 else page) * int.from_bytes(head[28:32], "big") * trusted


def _journals(path: Path) -> bool:
    """Whether another program is at work, so that the file's size may lag behind."""
    return any(path.with_name(path.name + suffix).exists() for suffix in ("-wal", "-journal"))


def writing_mode(path: Path) -> str:
    # Asked here, because SQLite would open a file without write permission for reading.
    for where, what in ((path, "may not be written"), (path.parent, "lies in a locked folder")):
        if not os.access(where, os.W_OK):
            raise StoreReadOnlyError(
                f"{str(path)!r} {what}; open it with --read-only or make a copy"
            )
    return "rw"


def reading_mode(path: Path) -> str:
    """Choose how to read: WAL needs two side files, which a read-only folder cannot get."""
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        return "rw"
    try:
        _probe(path, "ro")
    except NotOurStoreError:
        raise
    except StoreError as error:
        wal = path.with_name(path.name + "-wal")
        if wal.exists() and wal.stat().st_size:
            raise StoreError(
                f"{str(path)!r} has changes in {wal.name!r} that cannot be read here;"
                " copy both files to a folder that you may write"
            ) from error
        _probe(path, "ro&immutable=1")
        return "ro&immutable=1"
    return "ro"


def _probe(path: Path, mode: str) -> None:
    with told(path):
        connection = connect(path, mode)
        try:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        finally:
            connection.close()


def create(path: Path) -> None:
    """Make the project beside its final name and move it there whole."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with told(path):
            connection = connect(draft, "rwc")
            try:
                connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("BEGIN IMMEDIATE")
                migrations.apply(connection, list(migrations.MIGRATIONS))
                connection.execute("COMMIT")
            finally:
                connection.close()
        _publish(draft, path)
    except OSError as error:
        if isinstance(error, StoreError) and path.parent.is_dir():
            raise StoreError(
                f"{str(path)!r} cannot be made; check the permissions of {str(path.parent)!r}"
            ) from error
        raise StoreError(
            f"{str(path)!r} cannot be made: is {str(path.parent)!r} a folder you may write?"
        ) from error
    finally:
        for suffix in ("", "-wal", "-shm", "-journal"):
            draft.with_name(draft.name + suffix).unlink(missing_ok=True)


def _publish(draft: Path, path: Path) -> None:
    # Another program may have made the project meanwhile: then theirs is the one to open.
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        if not path.exists():
            draft.rename(path)


def pending(connection: sqlite3.Connection, path: Path) -> list[migrations.Migration]:
    if not migrations.applied(connection):
        raise NotOurStoreError(
            f"{str(path)!r} is a GeoPackage but no project of Incident Atlas; give another path"
        )
    return migrations.pending(connection, path)


def migrate(connections: Connections, path: Path, *, read_only: bool) -> None:
    if read_only:
        raise StoreReadOnlyError(
            f"{str(path)!r} was made by an older version and must be opened for writing once"
        )
    with told(path):
        source = connect(path, "ro")
        try:
            migrations.back_up(source, path)
        finally:
            source.close()
    with connections.transaction() as connection:
        migrations.apply(connection, migrations.pending(connection, path))

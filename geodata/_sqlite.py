"""Connections to one SQLite file, shared by threads and with other programs.

Reading takes an idle connection from a small pool and looks at one snapshot. Writing takes the
file's one write lock (``BEGIN IMMEDIATE``) and pins the connection to the thread until the
outermost block ends; inside it, that thread reads its own changes. A connection of its own
watches for commits (`revision`).
"""

from __future__ import annotations

import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from geodata._fold import fold
from geodata._wkb import decode_box
from geodata.errors import (
    NotOurStoreError,
    StoreError,
    StoreLockedError,
    StoreReadOnlyError,
)
from geodata.polygon import contains_written

BUSY_SECONDS = 5.0
"""How long a statement waits for another program's lock before it gives up."""

_CACHE_KIB = 32_768  # SQLite's own 2 MB makes adding 100,000 rows spill its indexes over and over
# While writing, each row's own undo (constraints and triggers may refuse it) would be a file
# otherwise: 37 small writes a row. Not while reading, where a sort may outgrow the memory.
_KEEP_UNDO_IN_MEMORY = "PRAGMA temp_store = MEMORY"
_IDLE_KEPT = 4  # a connection costs some 100 kB; Streamlit and Starlette rarely read wider

_ADVICE: dict[int, tuple[type[StoreError], str]] = {
    sqlite3.SQLITE_BUSY: (StoreLockedError, "is in use by another program; try again when done"),
    sqlite3.SQLITE_LOCKED: (StoreLockedError, "is in use by another program; try again when done"),
    sqlite3.SQLITE_READONLY: (
        StoreReadOnlyError,
        "may not be written; make a copy or open it to read",
    ),
    sqlite3.SQLITE_PERM: (StoreReadOnlyError, "may not be opened; check its permissions"),
    sqlite3.SQLITE_NOTADB: (
        NotOurStoreError,
        "is not a GeoPackage; give the path of a project file",
    ),
    sqlite3.SQLITE_CORRUPT: (NotOurStoreError, "is damaged or cut short; restore it from a backup"),
    sqlite3.SQLITE_FULL: (StoreError, "cannot grow: the disk is full; nothing was stored"),
    sqlite3.SQLITE_CANTOPEN: (StoreError, "cannot be opened; check the path and its permissions"),
    sqlite3.SQLITE_IOERR: (StoreError, "cannot be read or written; check the disk"),
}


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn an error of SQLite into one line that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise _in_words(path, error) from error


def _in_words(path: Path, error: sqlite3.Error) -> StoreError:
    code = getattr(error, "sqlite_errorcode", None)
    kind, advice = _ADVICE.get((code or 0) & 0xFF, (StoreError, ""))
    if advice:
        return kind(f"{str(path)!r} {advice}")
    return StoreError(f"{str(path)!r}: {error}; run `incidents check` on it")


def _axis(index: int) -> Callable[[bytes | None], float | None]:
    def coordinate(blob: bytes | None) -> float | None:
        box = decode_box(blob)
        return None if box is None else box[index]

    return coordinate


def _is_empty(blob: bytes | None) -> int | None:
    return None if blob is None else int(decode_box(blob) is None)


def _fold_cell(value: object) -> str | None:
    return None if value is None else fold(str(value))


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """Open a connection by a URI `mode` (``ro``, ``rw``, ``rwc``, ``ro&immutable=1``).

    It carries the functions that the R-tree triggers call, ``atlas_fold`` and ``atlas_within``.
    """
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    for name, function in (
        ("ST_MinX", _axis(0)),
        ("ST_MaxX", _axis(1)),
        ("ST_MinY", _axis(2)),
        ("ST_MaxY", _axis(3)),
        ("ST_IsEmpty", _is_empty),
        ("atlas_fold", _fold_cell),
    ):
        connection.create_function(name, 1, function, deterministic=True)
    connection.create_function("atlas_within", 3, contains_written, deterministic=True)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    return connection


_OPEN: Counter[tuple[int, int]] = Counter()
_OPEN_LOCK = threading.Lock()


def open_here(path: Path) -> bool:
    """Whether this process has the file open through this module.

    Then it must not be opened and closed by any other way, not even to look at its first bytes:
    closing a file drops every lock that the process holds on it (POSIX advisory locks; SQLite,
    "How To Corrupt An SQLite Database File", clause 2.2).
    """
    with _OPEN_LOCK:
        return _OPEN[_identity(path)] > 0


def _identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino


class Connections:
    """The pool of one file; safe to use from any thread.

    Parameters
    ----------
    path
        The file, which exists.
    mode
        SQLite's URI mode for every connection.
    query_only
        Refuse changes even where the mode would allow them. Such a connection can still make
        and take away WAL's side files, so that reading leaves nothing beside the project.
    """

    def __init__(self, path: Path, mode: str, *, query_only: bool) -> None:
        self.path = path
        self._mode = mode
        self._query_only = query_only
        self._idle: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._mine = threading.local()
        self._closed = False
        self._alone = False
        with told(path):
            self._watcher = self._connect()
        self._identity = _identity(path)
        with _OPEN_LOCK:
            _OPEN[self._identity] += 1

    @property
    def in_transaction(self) -> bool:
        """Whether the calling thread is inside `transaction`."""
        return self._pinned("writing") is not None

    @property
    def is_pinned(self) -> bool:
        """Whether the calling thread sees a state of its own, in a transaction or snapshot."""
        return (self._pinned("writing") or self._pinned("reading")) is not None

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection that sees one state; the thread's own open one where it has one."""
        pinned = self._pinned("writing") or self._pinned("reading")
        with told(self.path):
            if pinned is not None:
                yield pinned
                return
            with self._lent("BEGIN") as connection:
                yield connection

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let every `reading` of this thread see one state until the block ends."""
        if self._pinned("reading") is not None:
            yield
            return
        with told(self.path), self._lent("BEGIN") as connection:
            # BEGIN alone sees nothing yet: the first read fixes the state.
            connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
            with self._pinning("reading", connection):
                yield

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection that may write; a nested block is a savepoint of the outer one."""
        pinned = self._pinned("writing")
        if pinned is not None:
            with told(self.path), _savepoint(pinned):
                yield pinned
            return
        if not self._writing.acquire(timeout=BUSY_SECONDS):
            raise StoreLockedError(f"{str(self.path)!r} is being written; try again when done")
        try:
            with told(self.path), self._lent(_KEEP_UNDO_IN_MEMORY, "BEGIN IMMEDIATE") as connection:
                with self._pinning("writing", connection):
                    yield connection
                connection.execute("COMMIT")
        finally:
            self._writing.release()

    def prefer_wal(self) -> None:
        """Set the WAL journal, which QGIS takes off when it closes a file; wait for nobody."""
        if self._query_only:
            return
        with self._lock, told(self.path):
            (journal,) = self._watcher.execute("PRAGMA journal_mode").fetchone()
            if journal == "wal":
                return
            self._watcher.execute("PRAGMA busy_timeout = 0")
            # While another program has the file open this has no effect. Both journals are
            # safe: WAL only lets readers and a writer work at once.
            with suppress(sqlite3.OperationalError):
                self._watcher.execute("PRAGMA journal_mode = WAL").fetchone()
            self._watcher.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")

    def prefer_rollback(self) -> None:
        """Fold the WAL into the file and go back to a rollback journal, for a file to hand on."""
        with self._lock, told(self.path):
            while self._idle:
                self._idle.pop().close()
            self._watcher.execute("PRAGMA journal_mode = DELETE").fetchone()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Write each page once in the block, until `share`, if nobody else has the file open.

        With a WAL a page is written to it, found again in it and copied to the file. Another
        program that opens the file meanwhile is told that it is in use. A process that is killed
        leaves a journal, from which the next one restores the file.
        """
        with self._lock, told(self.path):
            while self._idle:
                self._idle.pop().close()
            self._watcher.execute("PRAGMA busy_timeout = 0")
            with suppress(sqlite3.OperationalError):  # somebody has it open: then as ever
                self._watcher.execute("PRAGMA journal_mode = DELETE").fetchone()
                self._alone = True
            self._watcher.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
        try:
            yield
        finally:
            self.share()

    def share(self) -> None:
        """Let others have the file open again, where this was `alone` with it."""
        if self._alone:
            self._alone = False
            self.prefer_wal()

    def revision(self) -> int:
        """Give SQLite's ``data_version`` as seen by a connection that never writes."""
        with told(self.path), self._lock:
            self._must_be_open()
            (number,) = self._watcher.execute("PRAGMA data_version").fetchone()
            return int(number)

    def close(self) -> None:
        """Close every idle connection; one that is lent out closes when it comes back."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            idle, self._idle = self._idle, []
            for connection in (self._watcher, *idle):
                connection.close()
        with _OPEN_LOCK:
            _OPEN[self._identity] -= 1

    def _pinned(self, role: str) -> sqlite3.Connection | None:
        connection: sqlite3.Connection | None = getattr(self._mine, role, None)
        return connection

    @contextmanager
    def _pinning(self, role: str, connection: sqlite3.Connection) -> Iterator[None]:
        setattr(self._mine, role, connection)
        try:
            yield
        finally:
            setattr(self._mine, role, None)

    @contextmanager
    def _lent(self, *begin: str) -> Iterator[sqlite3.Connection]:
        """Take a connection into a transaction; what was not committed is undone."""
        connection = self._take()
        try:
            for statement in begin:
                connection.execute(statement)
            yield connection
        finally:
            self._give(connection)

    def _take(self) -> sqlite3.Connection:
        with self._lock:
            self._must_be_open()
            if self._idle:
                return self._idle.pop()
        return self._connect()

    def _connect(self) -> sqlite3.Connection:
        connection = connect(self.path, self._mode)
        if self._query_only:
            connection.execute("PRAGMA query_only = ON")
        return connection

    def _give(self, connection: sqlite3.Connection) -> None:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute("PRAGMA temp_store = DEFAULT")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")  # an import takes more
        with self._lock:
            if not self._closed and len(self._idle) < _IDLE_KEPT:
                self._idle.append(connection)
                return
        connection.close()

    def _must_be_open(self) -> None:
        if self._closed:
            raise StoreError(f"{str(self.path)!r} has been closed; open it again")


@contextmanager
def _savepoint(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("SAVEPOINT atlas_block")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK TO atlas_block")
        raise
    finally:
        connection.execute("RELEASE atlas_block")

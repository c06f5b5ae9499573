"""Answers of services, kept as they came: service, request as sent, time, text.

One SQLite file in the user's cache folder. Only good answers enter (found, or truly not found);
credentials never do. Where a service's terms forbid keeping, its answers live in memory alone.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from geodata.errors import StoreError

DAY_S = 86_400.0

_SCHEMA = """
CREATE TABLE IF NOT EXISTS answers (
    answer_id TEXT PRIMARY KEY, service TEXT NOT NULL, request TEXT NOT NULL,
    fetched REAL NOT NULL, text TEXT NOT NULL
)
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """One raw answer: its id, the request without credentials, when (Unix seconds), the text."""

    answer_id: str
    service: str
    request: str
    fetched: float
    text: str


def default_path() -> Path:
    """File of the cache: in ``ATLAS_CACHE`` (a folder), else in the user's cache folder."""
    folder = os.environ.get("ATLAS_CACHE")
    if folder:
        return Path(folder) / "services.sqlite"
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "incident-atlas" / "services.sqlite"


def canonical_request(url: str, secret_parameters: frozenset[str]) -> str:
    """Give the address as sent, its parameters in order, without those that carry credentials."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = sorted(pair for pair in pairs if pair[0] not in secret_parameters)
    host = parts.netloc.rpartition("@")[2]  # without user:password@
    return urlunsplit((parts.scheme, host, parts.path, urlencode(kept), ""))


def answer_id(service: str, request: str) -> str:
    """Short name of an answer: sixteen hexadecimal digits of service and request."""
    return hashlib.sha256(f"{service} {request}".encode()).hexdigest()[:16]


class AnswerCache:
    """Raw answers by service and request; may be shared by threads and by processes.

    Parameters
    ----------
    path
        The SQLite file, or None for memory alone.

    Raises
    ------
    StoreError
        The file cannot be made, opened or written (every method).
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self._memory: dict[str, Answer] = {}
        self._lock = threading.Lock()

    def get(
        self, service: str, request: str, *, now: float, keep_days: int | None
    ) -> Answer | None:
        """Give the answer to a request, unless it is older than the terms allow."""
        answer = self.by_id(answer_id(service, request))
        if answer is None:
            return None
        if keep_days and now - answer.fetched > keep_days * DAY_S:
            self.drop(answer.answer_id)
            return None
        return answer

    def by_id(self, key: str) -> Answer | None:
        """Give a raw answer by its id, or None."""
        with self._lock:
            if key in self._memory:
                return self._memory[key]
        if self.path is None or not self.path.exists():
            return None
        query = "SELECT answer_id, service, request, fetched, text FROM answers WHERE answer_id = ?"
        rows = self._run(query, (key,))
        if not rows:
            return None
        key, service, request, fetched, text = rows[0]
        return Answer(str(key), str(service), str(request), float(fetched), str(text))

    def put(
        self, service: str, request: str, text: str, *, now: float, keep_days: int | None
    ) -> None:
        """Keep a good answer; in memory alone where `keep_days` is 0."""
        answer = Answer(answer_id(service, request), service, request, now, text)
        if self.path is None or keep_days == 0:
            with self._lock:
                self._memory[answer.answer_id] = answer
            return
        if keep_days:
            # What the terms no longer let us keep goes, whether it is asked for again or not.
            self._run(
                "DELETE FROM answers WHERE service = ? AND fetched < ?",
                (service, now - keep_days * DAY_S),
            )
        self._run(
            "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?)",
            (answer.answer_id, service, request, now, text),
        )

    def drop(self, key: str) -> None:
        """Forget an answer."""
        with self._lock:
            self._memory.pop(key, None)
        if self.path is not None and self.path.exists():
            self._run("DELETE FROM answers WHERE answer_id = ?", (key,))

    def _run(self, statement: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        assert self.path is not None  # noqa: S101 - callers looked
        try:
            # Answers may tell what an analyst works on: the folder is hers alone.
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with closing(sqlite3.connect(self.path, timeout=10.0)) as connection, connection:
                connection.execute(_SCHEMA)
                return connection.execute(statement, values).fetchall()
        except (sqlite3.Error, OSError) as error:
            raise StoreError(
                f"cannot use the cache {str(self.path)!r} ({error}): set ATLAS_CACHE to a folder"
                " that can be written, or delete the file"
            ) from error

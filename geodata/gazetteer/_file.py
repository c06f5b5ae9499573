"""One gazetteer file, opened for reading; each thread gets a connection of its own."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from geodata.errors import InputError, MissingPartError
from geodata.gazetteer._entry import Entry
from geodata.gazetteer._schema import PLACE_COLUMNS, SCHEMA_VERSION

MOST_BEARERS = 2000  # "San Antonio" has 700; a bound, so that no name can stall a query
_CACHE_KB = 16_384  # pages kept by each thread; the rest is left to the operating system
_COLUMNS = ", ".join(f"place.{column.strip()}" for column in PLACE_COLUMNS.split(","))
_BEARERS = f"SELECT {_COLUMNS}, name.rank FROM name CROSS JOIN place ON place.id = name.place"
_BY_NAME = f"{_BEARERS} WHERE name.fold = ? LIMIT {MOST_BEARERS}"
_BY_NAME_IN = f"{_BEARERS} WHERE name.fold = ? AND name.country = ? LIMIT {MOST_BEARERS}"
_BY_ID = f"SELECT {PLACE_COLUMNS}, 0 FROM place WHERE id = ?"


class GazetteerFile:
    """Rows of one gazetteer file as entries.

    Raises
    ------
    MissingPartError
        There is no such file.
    InputError
        The file is not a gazetteer of ours, or of another version.
    """

    def __init__(self, path: Path, remake: str) -> None:
        self.path = path
        self._remake = remake
        self._local = threading.local()
        self._check()
        self.sources: dict[int, tuple[str, ...]] = {
            number: (name,) for number, name in self.rows("SELECT id, name FROM source")
        }

    def by_name(self, key: str, country: str | None = None) -> list[Entry]:
        """Entries that bear a folded name, anywhere or in one country (ISO alpha-2)."""
        if country is None:
            return self._entries(_BY_NAME, (key,))
        return self._entries(_BY_NAME_IN, (key, country))

    def by_id(self, entry_id: int) -> Entry | None:
        """One entry; None where the file has none of this id."""
        found = self._entries(_BY_ID, (entry_id,))
        return found[0] if found else None

    def within(
        self, country: str, admin1: int | None, admin2: int | None, most: int
    ) -> list[Entry]:
        """At most `most` entries of a country (ISO alpha-2), or of one of its divisions."""
        sql = f"SELECT {PLACE_COLUMNS}, 0 FROM place WHERE country = ?"
        values: list[object] = [country]
        for column, value in (("admin1", admin1), ("admin2", admin2)):
            if value is not None:
                sql += f" AND {column} = ?"
                values.append(value)
        return self._entries(f"{sql} LIMIT ?", (*values, most))

    def near(self, country: str, skeletons: Sequence[str]) -> list[str]:
        """Folded names of a country that have one of these consonant skeletons."""
        marks = ", ".join("?" * len(skeletons))
        sql = f"SELECT fold FROM near WHERE country = ? AND skeleton IN ({marks})"
        return [row[0] for row in self.rows(sql, (country, *skeletons))]

    def meta(self) -> dict[str, str]:
        """Facts about the file: schema version, when it was built."""
        return dict(self.rows("SELECT key, value FROM meta"))

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return self._connection().execute(sql, values).fetchall()

    def _entries(self, sql: str, values: Sequence[object]) -> list[Entry]:
        sources: Callable[[int], tuple[str, ...]] = self.sources.__getitem__
        return [
            Entry(row[0], sources(row[1]), *row[2:])
            for row in self._connection().execute(sql, values)
        ]

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            # The file is never changed in place, only replaced, so SQLite need not lock it.
            uri = f"{self.path.resolve().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(uri, uri=True)
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
            self._local.connection = connection
        return connection

    def _check(self) -> None:
        if not self.path.is_file():
            raise MissingPartError(f"there is no gazetteer at {str(self.path)!r}: {self._remake}")
        try:
            version = self.meta().get("schema")
        except sqlite3.DatabaseError as error:
            raise InputError(
                f"{str(self.path)!r} is not a gazetteer ({error}): {self._remake}"
            ) from error
        if version != str(SCHEMA_VERSION):
            raise InputError(
                f"{str(self.path)!r} is a gazetteer of version {version!r}, this program reads"
                f" {SCHEMA_VERSION}: {self._remake}"
            )

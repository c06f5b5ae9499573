"""Write a gazetteer file: rows in, one packed SQLite file out, in bounded memory.

The built-in gazetteer and every importer write through this one door. The file appears under its
name only when it is complete.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from geodata.gazetteer._schema import (
    INDEXES,
    NAMES,
    NEAR,
    PLACE_COLUMNS,
    SCHEMA_VERSION,
    TABLES,
)
from geodata.gazetteer._spellings import keys_of, useful_aliases
from geodata.gazetteer.names import display_name, skeleton

MAX_NAME = 200
"""Longest name kept, in characters: GeoNames caps its own at this."""
BATCH = 5_000
"""Rows written at a time: enough for speed, few enough for memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One entry on its way into the gazetteer; `admin1` and `admin2` are entry ids.

    `key` is the source's own id where that is not `id`. Coordinates are WGS 84 degrees. A source
    that knows its divisions by name alone gives `admin1_name` and `admin2_name` instead.
    """

    id: int
    name: str
    feature_class: str
    feature_code: str
    country: str
    admin1: int | None = None
    admin2: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    aliases: tuple[str, ...] = ()
    key: str | None = None
    located: str | None = None
    admin1_name: str = ""
    admin2_name: str = ""


class Draft:
    """A gazetteer file in the making."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def source(self, number: int, name: str, attribution: str, version: str) -> None:
        """Name a source; rows are added as coming from it."""
        self.connection.execute(
            "INSERT OR REPLACE INTO source VALUES (?, ?, ?, ?)",
            (number, name, attribution, version),
        )

    def add(self, rows: Iterable[Row], source: int) -> int:
        """Store rows and their keys; an id that is there already is left as it is.

        Gives how many rows were new.
        """
        iterator = iter(rows)
        before = self.connection.total_changes
        spellings = 0
        while batch := list(islice(iterator, BATCH)):
            spellings += self._add_batch(batch, source)
        return self.connection.total_changes - before - spellings

    def _add_batch(self, batch: list[Row], source: int) -> int:
        places, keys = [], []
        for row in batch:
            division = row.feature_class == "A"
            given = _printable(row.name[:MAX_NAME])
            name = display_name(given, row.country, division=division)
            aliases, native = useful_aliases(row.aliases, name)
            places.append(
                (row.id, source, row.key, name, row.feature_class, row.feature_code, row.country,
                 row.admin1, row.admin2, row.latitude, row.longitude, row.population,
                 row.located, "|".join(aliases) or None)
            )  # fmt: skip
            spelled = (name, given, *aliases, *native)
            keys += [
                (key, row.country, row.id, rank)
                for key, rank in keys_of(spelled, division=division)
            ]
        self.connection.executemany(
            f"INSERT OR IGNORE INTO place ({PLACE_COLUMNS})"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            places,
        )
        self.connection.executemany("INSERT INTO spelling VALUES (?, ?, ?, ?)", keys)
        return len(keys)

    def index_names(self) -> None:
        """Sort the keys; after this, rows are added by SQL alone."""
        self.connection.executescript(NAMES)
        self.connection.execute(
            "INSERT INTO name SELECT fold, country, place, min(rank) FROM spelling"
            " GROUP BY fold, country, place ORDER BY fold, country, place"
        )
        self.connection.executescript(INDEXES)

    def index_near(self) -> None:
        """Sort the keys by their consonants, for near spellings; the last step."""
        self.connection.create_function("skeleton", 1, skeleton, deterministic=True)
        self.connection.executescript(NEAR)
        self.connection.execute(
            "INSERT OR IGNORE INTO near SELECT country, skeleton(fold), fold FROM ("
            " SELECT DISTINCT country, fold FROM name WHERE fold NOT GLOB '*[^ -~]*')"
            " ORDER BY 1, 2, 3"
        )

    def meta(self, **facts: str) -> None:
        """Record facts about the file."""
        self.connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", facts.items())


def _printable(name: str) -> str:
    """Take control characters out of a name: it is printed on terminals."""
    if name.isprintable():
        return name
    return " ".join("".join(char if char.isprintable() else " " for char in name).split())


@contextmanager
def drafted(target: Path) -> Iterator[Draft]:
    """Open a draft; at the end of the block it is packed and takes its name in one step."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}-{os.getpid()}.draft")
    packed = target.with_name(f"{target.name}-{os.getpid()}.packed")
    try:
        connection = sqlite3.connect(draft)
        try:
            # The draft is thrown away after a crash, so it needs no journal.
            connection.executescript(
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE;"
                "PRAGMA cache_size = -60000;"
            )
            connection.executescript(TABLES)
            connection.execute(
                "CREATE TEMP TABLE spelling (fold TEXT, country TEXT, place INTEGER, rank INTEGER)"
            )
            writer = Draft(connection)
            yield writer
            built = datetime.now(UTC).isoformat(timespec="seconds")
            writer.meta(schema=str(SCHEMA_VERSION), built=built)
            connection.execute("DROP TABLE spelling")
            connection.execute("ANALYZE")
            connection.commit()
            connection.execute("VACUUM INTO ?", (str(packed),))
        finally:
            connection.close()
        packed.replace(target)
    finally:
        draft.unlink(missing_ok=True)
        packed.unlink(missing_ok=True)

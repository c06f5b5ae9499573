"""Build the embedded gazetteer: one SQLite file from two packages and our own table.

The sources are streamed and joined inside SQLite, so that memory stays bounded. The file appears
under its name only when it is complete.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from geodata.gazetteer import _overlay, _points, overlay_path
from geodata.gazetteer._schema import INDEXES, NAMES, PLACE_COLUMNS, SCHEMA_VERSION, TABLES
from geodata.gazetteer._sources import (
    ATTRIBUTION,
    Divisions,
    Row,
    read_countries,
    read_divisions,
    read_town_links,
    read_towns,
    source_versions,
)
from geodata.gazetteer._spellings import keys_of, useful_aliases
from geodata.gazetteer.names import display_name

Progress = Callable[[str, float], None]
SOURCE_GEONAMES = 1
TOWNS = 235_000
"""About how many towns the sources hold: only the progress bar uses it."""


def build_gazetteer(
    target: Path, progress: Progress | None = None, *, overlay: Path | None = None
) -> None:
    """Build the gazetteer file `target`, replacing an older one in one step.

    Parameters
    ----------
    target
        Where the SQLite file goes; its folder is made where it is missing.
    progress
        Called with what is being done and the share done, 0 to 1.
    overlay
        Our own table, a CSV file or a folder of them; the one of the package where none is given.

    Raises
    ------
    MissingPartError
        One of the two source packages is not installed.
    InputError
        The overlay table cannot be read.
    """
    tell = progress or _silent
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}-{os.getpid()}.draft")
    packed = target.with_name(f"{target.name}-{os.getpid()}.packed")
    try:
        connection = sqlite3.connect(draft)
        try:
            _fill(connection, tell, overlay or overlay_path())
            tell("packing", 0.94)
            connection.execute("VACUUM INTO ?", (str(packed),))
        finally:
            connection.close()
        packed.replace(target)
    finally:
        draft.unlink(missing_ok=True)
        packed.unlink(missing_ok=True)
    tell("done", 1.0)


def _silent(_words: str, _share: float) -> None:
    """Take the place of a progress bar."""


def _fill(connection: sqlite3.Connection, tell: Progress, overlay: Path) -> None:
    # The draft is thrown away after a crash, so it needs no journal.
    connection.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE;"
        "PRAGMA cache_size = -60000;"
    )
    connection.executescript(TABLES)
    connection.executescript(
        "CREATE TEMP TABLE spelling (fold TEXT, place INTEGER, rank INTEGER);"
        "CREATE TEMP TABLE link (id INTEGER PRIMARY KEY, admin1 INTEGER, admin2 INTEGER);"
    )
    connection.execute(
        "INSERT INTO source VALUES (?, 'geonames', ?, ?)",
        (SOURCE_GEONAMES, ATTRIBUTION, source_versions()),
    )
    tell("countries and divisions", 0.0)
    _add_countries(connection)
    divisions = Divisions()
    _add(connection, read_divisions(divisions))
    tell("towns", 0.05)
    _add_towns(connection, divisions, tell)
    tell("names", 0.70)
    connection.executescript(NAMES)
    connection.execute(
        "INSERT INTO name SELECT fold, place, min(rank) FROM spelling"
        " GROUP BY fold, place ORDER BY fold, place"
    )
    connection.executescript(INDEXES)
    tell("division points", 0.85)
    _points.locate_divisions(connection)
    tell("our own table", 0.90)
    _overlay.apply(connection, overlay)
    built = datetime.now(UTC).isoformat(timespec="seconds")
    connection.executemany(
        "INSERT INTO meta VALUES (?, ?)", [("schema", str(SCHEMA_VERSION)), ("built", built)]
    )
    connection.execute("ANALYZE")
    connection.commit()


def _add_countries(connection: sqlite3.Connection) -> None:
    rows = list(read_countries())
    connection.executemany(
        "INSERT INTO country VALUES (?, ?, ?, ?)",
        [(iso2, iso3, row.name, row.id) for iso2, iso3, row in rows],
    )
    _add(connection, (row for _, _, row in rows))


def _add_towns(connection: sqlite3.Connection, divisions: Divisions, tell: Progress) -> None:
    """Join both packages' towns on the GeoNames id: aliases from one, divisions from the other."""
    connection.executemany(
        "INSERT OR REPLACE INTO link VALUES (?, ?, ?)",
        ((row.id, row.admin1, row.admin2) for row in read_town_links(divisions)),
    )
    _add(connection, _counted(read_towns(), tell))
    connection.execute(
        "UPDATE place SET admin1 = link.admin1, admin2 = link.admin2 FROM temp.link AS link"
        " WHERE place.id = link.id AND place.fclass = 'P'"
    )
    known = {number for (number,) in connection.execute("SELECT id FROM place WHERE fclass = 'P'")}
    _add(connection, (row for row in read_town_links(divisions) if row.id not in known))


def _counted(rows: Iterable[Row], tell: Progress) -> Iterator[Row]:
    for number, row in enumerate(rows):
        if number % 2000 == 0:
            tell("towns", min(0.70, 0.05 + 0.65 * number / TOWNS))
        yield row


def _add(connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Store rows and their spellings; an id that is there already is left as it is."""
    for row in rows:
        division = row.feature_class == "A"
        name = display_name(row.name, row.country, division=division)
        aliases = useful_aliases(row.aliases, name)
        cursor = connection.execute(
            f"INSERT OR IGNORE INTO place ({PLACE_COLUMNS}) VALUES"
            " (?, ?, NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)",
            (row.id, SOURCE_GEONAMES, name, row.feature_class, row.feature_code, row.country,
             row.admin1, row.admin2, row.latitude, row.longitude, row.population,
             "|".join(aliases) or None),
        )  # fmt: skip
        if cursor.rowcount:
            spellings = (name, row.name, *aliases)
            connection.executemany(
                "INSERT INTO spelling VALUES (?, ?, ?)",
                [(key, row.id, rank) for key, rank in keys_of(spellings, division=division)],
            )

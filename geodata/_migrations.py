"""Schema changes of a project file: named, applied in order, recorded in the file.

To change the schema, append a function to `MIGRATIONS`; never edit one that has been released.
An existing file is backed up beside itself before the first migration that it lacks.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Container, Mapping
from datetime import UTC, datetime
from pathlib import Path

from geodata import _schema as schema
from geodata import _touched
from geodata._dataset_schema import DATASET_STATEMENTS, DATASETS, FEWER_INDEXES
from geodata._styles import STYLE_NAME, incidents_qml
from geodata.errors import NotOurStoreError, StoreError
from geodata.memory import fold_name

Migration = Callable[[sqlite3.Connection], None]

HISTORY = "atlas_migrations"
"""Table that records the migrations; its presence is what makes a GeoPackage a project."""


def create_project(connection: sqlite3.Connection) -> None:
    """Make the GeoPackage tables, the incidents layer with its R-tree, and all other tables."""
    connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {schema.USER_VERSION}")
    for statement in (*schema.GEOPACKAGE_TABLES, *schema.PROJECT_TABLES):
        connection.execute(statement)
    connection.executemany(
        "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", schema.SPATIAL_REFERENCES
    )
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)"
        " VALUES (?, 'features', ?, 'One row per incident, current values', 4326)",
        (schema.LAYER, schema.LAYER),
    )
    connection.executemany(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description)"
        " VALUES (?, 'attributes', ?, ?)",
        [(name, name, words) for name, words in schema.ATTRIBUTES.items()],
    )
    connection.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?, ?, 'POINT', 4326, 0, 0)",
        (schema.LAYER, schema.GEOMETRY),
    )
    connection.execute(
        "INSERT INTO gpkg_extensions VALUES (?, ?, 'gpkg_rtree_index', ?, 'write-only')",
        (schema.LAYER, schema.GEOMETRY, schema.RTREE_DEFINITION),
    )
    for statement in (*schema.RTREE_STATEMENTS, *schema.INDEXES):
        connection.execute(statement)
    _add_style(connection)


def _add_style(connection: sqlite3.Connection) -> None:
    connection.execute(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name,"
        " f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner,"
        " update_time) VALUES ('', '', ?, ?, ?, ?, '', 1, ?, '', ?)",
        (schema.LAYER, schema.GEOMETRY, STYLE_NAME, incidents_qml(), STYLE_NAME, _now()),
    )


def add_boundaries(connection: sqlite3.Connection) -> None:
    """Make the table of boundary layers; each layer is made when its file is added."""
    connection.execute(
        f"""CREATE TABLE {schema.BOUNDARIES} (
        fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
        name TEXT NOT NULL UNIQUE, level INTEGER NOT NULL, country TEXT NOT NULL,
        title TEXT NOT NULL, source TEXT NOT NULL, licence TEXT NOT NULL, vintage TEXT NOT NULL,
        file TEXT NOT NULL, sha256 TEXT NOT NULL, areas INTEGER NOT NULL,
        columns TEXT NOT NULL, added DATETIME NOT NULL)"""
    )
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description)"
        " VALUES (?, 'attributes', ?, ?)",
        (schema.BOUNDARIES, schema.BOUNDARIES, schema.LATER_ATTRIBUTES[schema.BOUNDARIES]),
    )


def keep_chosen_places(connection: sqlite3.Connection) -> None:
    """Give `place_memory` a column for each part of context and choice; its rows are kept."""
    old = connection.execute(
        "SELECT phrase, context, place_id, latitude, longitude, location_precision, who,"
        ' "when" FROM place_memory ORDER BY fid'
    ).fetchall()
    connection.execute("DROP TABLE place_memory")
    for statement in schema.PLACE_MEMORY:
        connection.execute(statement)
    for number, (phrase, context, *choice) in enumerate(old):
        # No version wrote such rows; one put in by hand keeps its context as the province.
        connection.execute(
            "INSERT INTO place_memory (memory_id, alias, in_country, in_admin1, in_admin2, folded,"
            ' name, place_id, latitude, longitude, location_precision, who, "when", country,'
            " admin1, admin2, source, why)"
            " VALUES (?, ?, '', ?, '', ?, ?, ?, ?, ?, ?, ?, ?, '', '', '', '', '')",
            [
                f"mem_{number}",
                phrase,
                context,
                "\x1f".join((fold_name(phrase), "", fold_name(context), "")),
                phrase,
                *choice,
            ],
        )


def add_particulars(connection: sqlite3.Connection) -> None:
    """Give the incidents weapon, tactic, target, who names the perpetrator, and three counts.

    A column of such a name that somebody made in a GIS is kept as ``own_NAME``.
    """
    _add_columns(connection, schema.PARTICULARS)


def _add_columns(connection: sqlite3.Connection, columns: Mapping[str, str]) -> None:
    taken = {
        str(name).lower(): str(name)
        for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (schema.LAYER,))
    }
    for name, kind in columns.items():
        if name in taken:
            own = _free_name(f"own_{name}", taken)
            connection.execute(
                f'ALTER TABLE {schema.LAYER} RENAME COLUMN "{taken[name]}" TO "{own}"'
            )
            taken[own] = own
        connection.execute(f"ALTER TABLE {schema.LAYER} ADD COLUMN {name} {kind}")


def _free_name(wanted: str, taken: Container[str]) -> str:
    while wanted in taken:
        wanted += "_"
    return wanted


def keep_language_of_documents(connection: sqlite3.Connection) -> None:
    """Give `documents` a column for the language; empty where a report was never asked for it."""
    connection.execute("ALTER TABLE documents ADD COLUMN language TEXT NOT NULL DEFAULT ''")


def add_feeds(connection: sqlite3.Connection) -> None:
    """Make the table of feeds, and let a report be found by its address."""
    for statement in schema.FEED_STATEMENTS:
        connection.execute(statement)
    _register(connection, {schema.FEEDS: schema.LATER_ATTRIBUTES[schema.FEEDS]})


def add_datasets(connection: sqlite3.Connection) -> None:
    """Give incidents their data set, and make the tables of imports and of rows as written."""
    _add_columns(connection, {"dataset": "TEXT"})
    for statement in DATASET_STATEMENTS:
        connection.execute(statement)
    _register(connection, DATASETS)


def need_fewer_indexes(connection: sqlite3.Connection) -> None:
    """Join the indexes of totals and timeline to one."""
    for statement in FEWER_INDEXES:
        connection.execute(statement)


def log_touched(connection: sqlite3.Connection) -> None:
    """Log which incidents change."""
    for statement in _touched.STATEMENTS:
        connection.execute(statement)
    _register(connection, _touched.TOUCHED)


def _register(connection: sqlite3.Connection, tables: Mapping[str, str]) -> None:
    """Tell of tables without geometry, by name and description, in ``gpkg_contents``."""
    connection.executemany(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description)"
        " VALUES (?, 'attributes', ?, ?)",
        [(name, name, words) for name, words in tables.items()],
    )


MIGRATIONS: tuple[Migration, ...] = (
    create_project,
    add_boundaries,
    keep_chosen_places,
    add_particulars,
    keep_language_of_documents,
    add_feeds,
    add_datasets,
    need_fewer_indexes,
    log_touched,
)
"""Every schema change, oldest first."""


def applied(connection: sqlite3.Connection) -> list[str]:
    """Names of the migrations that the file has had; empty for a file that is no project."""
    known = connection.execute(
        "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", (HISTORY,)
    ).fetchone()
    if known is None:
        return []
    return [name for (name,) in connection.execute(f"SELECT name FROM {HISTORY} ORDER BY fid")]


def pending(connection: sqlite3.Connection, path: Path) -> list[Migration]:
    """Give the migrations that the file still lacks.

    Raises
    ------
    NotOurStoreError
        The file has a migration that this version does not know: it was made by a newer one.
    """
    done = applied(connection)
    known = [migration.__name__ for migration in MIGRATIONS]
    if done != known[: len(done)]:
        newer = next(name for name in done if name not in known[: len(done)])
        raise NotOurStoreError(
            f"{str(path)!r} was made by a newer version (schema change {newer!r});"
            " update the program: pip install --upgrade incident-atlas"
        )
    return list(MIGRATIONS[len(done) :])


def apply(connection: sqlite3.Connection, migrations: list[Migration]) -> None:
    """Run migrations and record them, inside the caller's transaction."""
    connection.execute(
        f"CREATE TABLE IF NOT EXISTS {HISTORY} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,"
        " name TEXT NOT NULL UNIQUE, applied DATETIME NOT NULL)"
    )
    for migration in migrations:
        migration(connection)
        connection.execute(
            f"INSERT INTO {HISTORY} (name, applied) VALUES (?, ?)", (migration.__name__, _now())
        )


def back_up(connection: sqlite3.Connection, path: Path) -> Path:
    """Copy a project beside itself with SQLite's backup API, which sees the WAL too.

    Raises
    ------
    StoreError
        The copy could not be written; nothing was migrated.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    copy = path.with_name(f"{path.stem}.before-migration-{stamp}{path.suffix}")
    try:
        target = sqlite3.connect(copy)
        try:
            connection.backup(target)
        finally:
            target.close()
    except sqlite3.Error as error:
        copy.unlink(missing_ok=True)
        raise StoreError(
            f"{str(path)!r} must be migrated but its backup {copy.name!r} cannot be written"
            f" ({error}); make room or open a copy"
        ) from error
    return copy


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"

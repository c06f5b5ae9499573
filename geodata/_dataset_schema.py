"""The tables of imported data sets, as the migration ``add_datasets`` makes them."""

from __future__ import annotations

DATASETS: dict[str, str] = {
    "datasets": "Data sets: tables that were imported",
    "imports": "Each reading of a file into a data set, with its counts",
    "records": "Which row of which import an incident is, by fid",
    "originals": "Rows of imported tables as written, in packed blocks",
    "import_undo": "What imports replaced, so that they can be taken back",
    "value_decisions": "What names of tables mean, by an analyst",
}
"""Tables that the migration ``add_datasets`` brings, and their description."""

DATASET_STATEMENTS: tuple[str, ...] = (
    "CREATE INDEX idx_incidents_dataset ON incidents (dataset, status)",
    # The totals tell how many data sets are counted together.
    "DROP INDEX idx_incidents_injured_best",
    "CREATE INDEX idx_incidents_injured_best ON incidents (injured_best, killed_best, status,"
    " location_precision, latitude, event_date, dataset)",
    "ALTER TABLE changes ADD COLUMN origin TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX idx_changes_origin ON changes (origin) WHERE origin <> ''",
    "ALTER TABLE quarantine ADD COLUMN dataset_id TEXT",
    "ALTER TABLE quarantine ADD COLUMN import_id INTEGER",
    "ALTER TABLE quarantine ADD COLUMN \"key\" TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE quarantine ADD COLUMN resolved DATETIME",
    # Which import mended it, so that taking that back makes it open again.
    "ALTER TABLE quarantine ADD COLUMN resolved_by INTEGER",
    "CREATE INDEX idx_quarantine_import ON quarantine (import_id) WHERE import_id NOTNULL",
    """CREATE TABLE datasets (
        fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
        dataset_id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, preset TEXT NOT NULL,
        mapping TEXT NOT NULL, credit TEXT NOT NULL, added DATETIME NOT NULL)""",
    """CREATE TABLE imports (
        import_id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
        dataset_id TEXT NOT NULL REFERENCES datasets(dataset_id),
        source TEXT NOT NULL, sha256 TEXT NOT NULL, columns TEXT NOT NULL, preset TEXT NOT NULL,
        who TEXT NOT NULL, "when" DATETIME NOT NULL,
        "rows" INTEGER NOT NULL, added INTEGER NOT NULL, changed INTEGER NOT NULL,
        removed INTEGER NOT NULL, unchanged INTEGER NOT NULL, quarantined INTEGER NOT NULL,
        duplicates INTEGER NOT NULL, finished DATETIME, undone DATETIME, detail TEXT NOT NULL)""",
    """CREATE TABLE records (
        fid INTEGER PRIMARY KEY NOT NULL,
        import_id INTEGER NOT NULL, position INTEGER NOT NULL, version INTEGER NOT NULL,
        digest INTEGER NOT NULL, kept TEXT)""",
    """CREATE TABLE originals (
        fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
        import_id INTEGER NOT NULL, first INTEGER NOT NULL, count INTEGER NOT NULL,
        block BLOB NOT NULL, UNIQUE (import_id, first))""",
    """CREATE TABLE import_undo (
        fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
        import_id INTEGER NOT NULL, incident_id TEXT NOT NULL,
        record TEXT, updated TEXT, edits TEXT)""",
    "CREATE INDEX idx_import_undo ON import_undo (import_id, incident_id)",
    "CREATE INDEX idx_import_undo_edits ON import_undo (incident_id) WHERE edits NOTNULL",
    """CREATE TABLE value_decisions (
        decision_id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
        kind TEXT NOT NULL, value TEXT NOT NULL, context TEXT NOT NULL, meaning TEXT NOT NULL,
        who TEXT NOT NULL, "when" DATETIME NOT NULL, UNIQUE (kind, value, context))""",
)
"""What the migration ``add_datasets`` makes, after the column ``dataset`` of the incidents."""

FEWER_INDEXES: tuple[str, ...] = (
    # Totals and timeline of everything from one index. Each index of an import of a million rows
    # costs two to four seconds.
    "DROP INDEX idx_incidents_injured_best",
    "DROP INDEX idx_incidents_event_date",
    "CREATE INDEX idx_incidents_event_date ON incidents (event_date, event_date_end,"
    " date_precision, status, killed_best, injured_best, location_precision, latitude, dataset)",
    # The groups of a large project are counted from its columns in memory.
    "DROP INDEX idx_incidents_actor1",
    "CREATE INDEX idx_incidents_actor1 ON incidents (actor1)",
)
"""What the migration ``need_fewer_indexes`` does."""

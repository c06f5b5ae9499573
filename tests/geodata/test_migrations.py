"""Schema changes: recorded, in order, backed up, all or nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from examples import INCIDENTS
from store_contract import EVERY

from geodata import _migrations as migrations
from geodata import _schema as schema
from geodata._dataset_schema import DATASET_STATEMENTS, DATASETS
from geodata._sqlite import connect
from geodata._touched import TOUCHED, TRIGGERS
from geodata.errors import NotOurStoreError, StoreError, StoreReadOnlyError
from geodata.geopackage import GeoPackageStore


def add_grade(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE documents ADD COLUMN grade TEXT")


def fail_half_way(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM claims")
    raise sqlite3.OperationalError("no such table: somewhere")


@pytest.fixture
def old(filled: GeoPackageStore) -> Path:
    """A closed project of the version before `newer`."""
    filled.close()
    return filled.path


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program with one more migration."""
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, add_grade))


def backups(path: Path) -> list[Path]:
    return sorted(path.parent.glob("*.before-migration-*"))


def names(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        return migrations.applied(connection)


def test_a_new_project_records_every_migration_with_its_time(store: GeoPackageStore) -> None:
    with sqlite3.connect(store.path) as connection:
        rows = connection.execute("SELECT name, applied FROM atlas_migrations").fetchall()
    assert [name for name, _ in rows] == [m.__name__ for m in migrations.MIGRATIONS]
    assert all(applied.endswith("Z") for _, applied in rows)


def test_an_old_project_is_migrated_once_and_backed_up_before(old: Path, newer: None) -> None:
    for _ in range(2):
        with GeoPackageStore.open(old) as store:
            assert store.count(EVERY) == len(INCIDENTS)
    assert names(old)[-1] == "add_grade"
    (backup,) = backups(old)
    assert "add_grade" not in names(backup)


def test_a_backup_holds_what_was_only_in_the_journal(old: Path, newer: None) -> None:
    reader = sqlite3.connect(old)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM incidents").fetchone()  # keeps the WAL from being folded
    writer = sqlite3.connect(old)
    writer.execute("INSERT INTO saved_views (name, query, created) VALUES ('v', '', '')")
    writer.commit()
    GeoPackageStore.open(old).close()
    (backup,) = backups(old)
    with sqlite3.connect(backup) as copy:
        assert copy.execute("SELECT name FROM saved_views").fetchall() == [("v",)]
    reader.close()
    writer.close()


def test_a_migration_that_fails_changes_nothing(old: Path, monkeypatch) -> None:
    failing = (*migrations.MIGRATIONS, add_grade, fail_half_way)
    monkeypatch.setattr(migrations, "MIGRATIONS", failing)
    with pytest.raises(StoreError):
        GeoPackageStore.open(old)
    monkeypatch.undo()
    with GeoPackageStore.open(old) as store:
        assert len(store.claims("raid")) == 1
    assert names(old) == [migration.__name__ for migration in migrations.MIGRATIONS]


def test_a_project_of_a_newer_version_is_refused(old: Path, newer: None, monkeypatch) -> None:
    GeoPackageStore.open(old).close()
    monkeypatch.undo()
    with pytest.raises(NotOurStoreError, match="'add_grade'"):
        GeoPackageStore.open(old)


def test_an_old_project_cannot_be_migrated_by_reading(old: Path, newer: None) -> None:
    with pytest.raises(StoreReadOnlyError, match="opened for writing once"):
        GeoPackageStore.open(old, read_only=True)
    assert backups(old) == []


def test_a_backup_that_cannot_be_written_stops_the_migration(
    old: Path, newer: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "with_name", lambda self, name: Path("/nonexistent") / name)
    with pytest.raises(StoreError, match="backup"):
        GeoPackageStore.open(old)
    monkeypatch.undo()
    assert names(old) == [migration.__name__ for migration in migrations.MIGRATIONS]


def test_a_project_of_the_first_version_gets_the_table_of_boundaries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = tmp_path / "first.gpkg"
    monkeypatch.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:1])
    GeoPackageStore.open(first, create=True).close()
    monkeypatch.undo()
    with GeoPackageStore.open(first) as store:
        assert store.boundaries() == []
        assert store.check() == []
    assert names(first)[:2] == ["create_project", "add_boundaries"]
    assert len(backups(first)) == 1


def test_a_project_of_the_first_version_learns_to_remember_places(tmp_path: Path) -> None:
    path = tmp_path / "first.gpkg"
    with sqlite3.connect(path) as connection:
        migrations.apply(connection, [migrations.create_project])
    connection.close()
    with GeoPackageStore.open(path) as store:
        assert store.place_memories() == []
        assert store.check() == []
    assert len(backups(path)) == 1


def third_version(path: Path, monkeypatch: pytest.MonkeyPatch, *statements: str) -> None:
    """A closed project from before the particulars, with what somebody else did to it."""
    monkeypatch.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:3])
    GeoPackageStore.open(path, create=True).close()
    monkeypatch.undo()
    connection = connect(path, "rw")
    for statement in statements:
        connection.execute(statement)
    connection.close()


ADDED = "INSERT INTO incidents (incident_id, actor1, killed_best) VALUES ('old', 'Rebels', 4)"


def test_an_incident_of_a_project_without_particulars_keeps_its_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "third.gpkg"
    third_version(path, monkeypatch, ADDED)
    with GeoPackageStore.open(path) as store:
        old = store.incident("old")
        assert old is not None
        assert (old.actor1, old.killed_best, old.weapon, old.arrested) == ("Rebels", 4, None, None)
        assert store.check() == []
    assert len(backups(path)) == 1


def test_particulars_can_be_edited_after_the_migration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "third.gpkg"
    third_version(path, monkeypatch, ADDED)
    edits = {"weapon": "mortar", "target": "school", "abducted": 3, "attributed_by": "teachers"}
    with GeoPackageStore.open(path) as store:
        with store.atomic():
            store.update_incident("old", edits, who="Ana")
        assert {c.field: c.after for c in store.changes("old")} == edits


def test_a_column_of_somebody_else_is_kept_under_another_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "third.gpkg"
    theirs = ("ALTER TABLE incidents ADD COLUMN Weapon TEXT", ADDED)
    third_version(path, monkeypatch, *theirs, "UPDATE incidents SET Weapon = 'AK-47'")
    with GeoPackageStore.open(path) as store:
        old = store.incident("old")
        assert old is not None
        assert old.weapon is None
        assert store.check() == []
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT own_weapon FROM incidents").fetchall() == [("AK-47",)]


def test_new_and_migrated_projects_have_the_same_columns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = []
    third_version(tmp_path / "third.gpkg", monkeypatch)
    for name in ("third.gpkg", "new.gpkg"):
        GeoPackageStore.open(tmp_path / name, create=True).close()
        with sqlite3.connect(tmp_path / name) as connection:
            columns.append(connection.execute("PRAGMA table_info(incidents)").fetchall())
    assert columns[0] == columns[1]


def take_back_fewer_indexes(connection: sqlite3.Connection) -> None:
    """What the migrations ``need_fewer_indexes`` and ``log_touched`` did, undone."""
    for name in TRIGGERS:
        connection.execute(f"DROP TRIGGER {name}")
    for name in TOUCHED:
        connection.execute(f"DROP TABLE {name}")
        connection.execute("DELETE FROM gpkg_contents WHERE table_name = ?", [name])
    connection.execute("DELETE FROM atlas_migrations WHERE name = 'log_touched'")
    for name in ("actor1", "event_date"):
        connection.execute(f"DROP INDEX idx_incidents_{name}")
        (before,) = (sql for sql in schema.INDEXES if f"idx_incidents_{name} ON" in sql)
        connection.execute(before)
    (totals,) = (
        sql for sql in DATASET_STATEMENTS if sql.startswith("CREATE INDEX idx_incidents_injured")
    )
    connection.execute(totals)
    connection.execute("DELETE FROM atlas_migrations WHERE name = 'need_fewer_indexes'")


def take_back_datasets(connection: sqlite3.Connection) -> None:
    """What the migration ``add_datasets`` and what came after it did, undone."""
    take_back_fewer_indexes(connection)
    for table in DATASETS:
        connection.execute(f"DROP TABLE {table}")
        connection.execute("DELETE FROM gpkg_contents WHERE table_name = ?", [table])
    for index in (
        "incidents_dataset",
        "incidents_injured_best",
        "changes_origin",
        "quarantine_import",
    ):
        connection.execute(f"DROP INDEX idx_{index}")
    for table, columns in {
        "incidents": ("dataset",),
        "changes": ("origin",),
        "quarantine": ("dataset_id", "import_id", '"key"', "resolved", "resolved_by"),
    }.items():
        for column in columns:
            connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    (totals,) = (sql for sql in schema.INDEXES if "injured_best ON" in sql)
    connection.execute(totals)
    connection.execute("DELETE FROM atlas_migrations WHERE name = 'add_datasets'")


def test_reports_of_an_older_project_have_no_language(old: Path) -> None:
    connection = connect(old, "rw")
    with connection:
        take_back_datasets(connection)
        connection.execute("ALTER TABLE documents DROP COLUMN language")
        connection.execute("DROP TABLE feeds")  # a later migration, undone with it
        connection.execute("DROP INDEX idx_documents_url")
        connection.execute("DELETE FROM gpkg_contents WHERE table_name = 'feeds'")
        connection.execute(
            "DELETE FROM atlas_migrations WHERE fid >= (SELECT fid FROM atlas_migrations"
            " WHERE name = 'keep_language_of_documents')"
        )
    connection.close()
    with GeoPackageStore.open(old) as store:
        assert {document.language for document in store.documents()} == {""}
    assert "keep_language_of_documents" in names(old)


def test_a_project_of_the_third_version_learns_of_feeds_and_keeps_its_reports(
    old: Path, tmp_path: Path
) -> None:
    connection = connect(old, "rw")
    with connection:
        take_back_datasets(connection)
        connection.execute("DROP TABLE feeds")
        connection.execute("DROP INDEX idx_documents_url")
        connection.execute("DELETE FROM gpkg_contents WHERE table_name = 'feeds'")
        connection.execute("DELETE FROM atlas_migrations WHERE name = 'add_feeds'")
    connection.close()
    with GeoPackageStore.open(old) as store:
        assert store.feeds() == []
        assert store.count_documents() > 0
        assert store.check() == []
    assert names(old)[-4:] == ["add_feeds", "add_datasets", "need_fewer_indexes", "log_touched"]


def test_an_older_project_learns_of_data_sets_and_keeps_its_incidents(old: Path) -> None:
    connection = connect(old, "rw")
    take_back_datasets(connection)
    connection.close()
    with GeoPackageStore.open(old) as store:
        assert [store.incident(one.incident_id) for one in INCIDENTS] == list(INCIDENTS)
        assert store.datasets() == store.imports() == []
        assert store.facet("dataset", EVERY) == [("reports", len(INCIDENTS))]
        assert store.check() == []
    assert len(backups(old)) == 1


def test_a_column_named_dataset_of_somebody_else_is_kept(old: Path) -> None:
    connection = connect(old, "rw")
    take_back_datasets(connection)
    connection.execute("ALTER TABLE incidents ADD COLUMN dataset TEXT DEFAULT 'mine'")
    connection.close()
    with GeoPackageStore.open(old) as store:
        assert {incident.dataset for incident in store.each(EVERY)} == {None}
    with sqlite3.connect(old) as connection:
        assert connection.execute("SELECT DISTINCT own_dataset FROM incidents").fetchall() == [
            ("mine",)
        ]

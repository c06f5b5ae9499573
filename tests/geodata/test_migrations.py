"""Schema changes: recorded, in order, backed up, all or nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from examples import INCIDENTS
from store_contract import EVERY

from geodata import _migrations as migrations
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


def test_a_project_of_the_third_version_learns_of_feeds_and_keeps_its_reports(
    old: Path, tmp_path: Path
) -> None:
    with sqlite3.connect(old) as connection:
        connection.execute("DROP TABLE feeds")
        connection.execute("DROP INDEX idx_documents_url")
        connection.execute("DELETE FROM gpkg_contents WHERE table_name = 'feeds'")
        connection.execute("DELETE FROM atlas_migrations WHERE name = 'add_feeds'")
    connection.close()
    with GeoPackageStore.open(old) as store:
        assert store.feeds() == []
        assert store.count_documents() > 0
        assert store.check() == []
    assert names(old)[3] == "add_feeds"

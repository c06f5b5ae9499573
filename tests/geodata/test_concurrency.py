"""Several programs at one file, and a program that is killed."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from examples import INCIDENTS
from store_contract import EVERY

from geodata.errors import StoreLockedError
from geodata.filters import Filter
from geodata.geopackage import GeoPackageStore

WRITER = """
import sys
from pathlib import Path
from geodata.geopackage import GeoPackageStore
from geodata.incident import Incident
path, name = Path(sys.argv[1]), sys.argv[2]
with GeoPackageStore.open(path) as store:
    for number in range(200):
        with store.atomic():
            new = Incident(incident_id=f"{name}{number}", latitude=1.0, longitude=2.0)
            store.add_incidents([new])
"""

HALF_WAY = """
import sys
from pathlib import Path
from geodata.geopackage import GeoPackageStore
from geodata.incident import Document, Incident
with GeoPackageStore.open(Path(sys.argv[1])) as store:
    with store.atomic():
        store.add_document(Document(document_id="new", text="x" * 1_000_000))
        # more than the page cache holds, so that part of it has reached the disk
        store.add_incidents(
            Incident(incident_id=f"new{n}", latitude=1.0, longitude=2.0, notes="y" * 2_000)
            for n in range(5_000)
        )
        print("written", flush=True)
        sys.stdin.read()
"""


FILLING = "import geodata._sqlite; geodata._sqlite._CACHE_KIB = 1_000\n" + HALF_WAY.replace(
    "    with store.atomic():", "    with store.filling(), store.atomic():"
)


def journal_of(path: Path) -> str:
    with sqlite3.connect(path) as connection:
        (found,) = connection.execute("PRAGMA journal_mode").fetchone()
    return str(found)


def start(code: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_two_writers_and_a_reader_lose_nothing(store: GeoPackageStore) -> None:
    writers = [start(WRITER, store.path, name) for name in "ab"]
    seen, revisions = [0], {store.revision()}
    while any(writer.poll() is None for writer in writers):
        totals = store.totals(Filter())
        seen.append(totals.all)
        assert totals.not_located == totals.all, "a reader sees whole transactions"
        revisions.add(store.revision())
    errors = [writer.communicate()[1] for writer in writers]
    assert errors == ["", ""]
    assert store.count(EVERY) == 400
    assert seen == sorted(seen)
    assert len(revisions) > 1
    assert store.check() == []


@pytest.mark.parametrize("reader_is_open", [True, False])
def test_a_writer_killed_in_its_transaction_leaves_the_state_before(
    filled: GeoPackageStore, reader_is_open: bool
) -> None:
    if not reader_is_open:
        filled.close()
    writer = start(HALF_WAY, filled.path)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "written\n"
    writer.send_signal(signal.SIGKILL)
    writer.communicate()
    with GeoPackageStore.open(filled.path) as again:
        assert again.count(EVERY) == len(INCIDENTS)
        assert again.document("new") is None
        assert again.check() == []
        with again.atomic():
            again.update_incident("raid", {"place": "Opava"}, who="Ana")


def test_two_programs_that_make_the_same_project_both_get_it(tmp_path: Path) -> None:
    path = tmp_path / "atlas.gpkg"
    code = WRITER.replace("open(path)", "open(path, create=True)").replace("200", "5")
    writers = [start(code, path, name) for name in "abc"]
    assert [writer.communicate()[1] for writer in writers] == ["", "", ""]
    with GeoPackageStore.open(path) as store:
        assert store.count(EVERY) == 15
    assert [entry.name for entry in tmp_path.iterdir()] == ["atlas.gpkg"]


def new_project(path: Path) -> Path:
    GeoPackageStore.open(path, create=True).close()
    return path


def test_a_program_killed_while_it_fills_a_project_leaves_it_empty_and_sound(
    tmp_path: Path,
) -> None:
    path = new_project(tmp_path / "atlas.gpkg")
    writer = start(FILLING, path)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "written\n"
    assert path.with_name("atlas.gpkg-journal").exists(), "pages were written to the file itself"
    writer.send_signal(signal.SIGKILL)
    writer.communicate()
    with GeoPackageStore.open(path) as again:
        assert again.count(EVERY) == 0
        assert again.check() == []
    assert journal_of(path) == "wal"


def test_who_opens_a_project_that_is_being_filled_is_told_that_it_is_in_use(tmp_path: Path) -> None:
    path = new_project(tmp_path / "atlas.gpkg")
    writer = start(FILLING, path)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "written\n"
    with pytest.raises(StoreLockedError, match="in use by another program"):
        GeoPackageStore.open(path)
    writer.communicate()
    assert writer.returncode == 0
    with GeoPackageStore.open(path) as again:
        assert again.count(EVERY) == 5_000


def test_a_project_that_somebody_reads_is_filled_beside_its_reader(tmp_path: Path) -> None:
    path = new_project(tmp_path / "atlas.gpkg")
    with GeoPackageStore.open(path) as reader:
        assert reader.count(EVERY) == 0
        writer = start(FILLING, path)
        assert writer.stdout is not None
        assert writer.stdout.readline() == "written\n"
        assert reader.count(EVERY) == 0
        writer.communicate()
        assert reader.count(EVERY) == 5_000


def test_a_project_with_incidents_keeps_its_journal_while_it_is_filled(
    filled: GeoPackageStore,
) -> None:
    with filled.filling():
        assert journal_of(filled.path) == "wal"


def test_the_journal_is_wal_again_when_a_project_was_filled(tmp_path: Path) -> None:
    with GeoPackageStore.open(new_project(tmp_path / "atlas.gpkg")) as store:
        with store.filling():
            assert journal_of(store.path) == "delete"
        assert journal_of(store.path) == "wal"


def test_others_may_open_a_project_when_its_first_part_is_filled(tmp_path: Path) -> None:
    with GeoPackageStore.open(new_project(tmp_path / "atlas.gpkg")) as store, store.filling():
        with store.atomic():
            store.add_incidents(INCIDENTS)
        with store.atomic(), GeoPackageStore.open(store.path, read_only=True) as reader:
            store.add_incidents([replace(INCIDENTS[0], incident_id="one more")])
            assert reader.count(EVERY) == len(INCIDENTS)
        assert journal_of(store.path) == "wal"

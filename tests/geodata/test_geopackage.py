"""A project in a GeoPackage file: the contract, and what other programs see."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import geopandas
import pyogrio
import pytest
from boundary_examples import LAYER, areas
from examples import INCIDENTS, RAID, located
from store_contract import EVERY, StoreContract

from geodata._opening import PAGE_BYTES
from geodata._sqlite import connect
from geodata.errors import (
    InputError,
    NotOurStoreError,
    StoreError,
    StoreLockedError,
    StoreReadOnlyError,
)
from geodata.filters import Filter
from geodata.geopackage import GeoPackageStore
from geodata.incident import Incident
from geodata.store import open_store


class TestGeoPackageStore(StoreContract):
    """The store of a GeoPackage file keeps the contract of every store."""


# ---------------------------------------------------------------- other programs


def in_another_program(code: str, path: Path) -> str:
    """Run code that uses GDAL on `path`.

    GDAL brings an SQLite of its own, and two of them in one process drop each other's locks
    when a file is closed: a project that is open is read from another process.
    """
    lines = "import sys\nimport geopandas, pyogrio\npath = sys.argv[1]\n" + code
    done = subprocess.run(
        [sys.executable, "-c", lines, path], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_gdal_reads_the_layer_while_it_is_open_and_written(filled: GeoPackageStore) -> None:
    code = "print(sorted(geopandas.read_file(path, layer='incidents')['incident_id']))"
    with filled.atomic():
        filled.add_incidents([located("not yet", 1, 1)])
        seen = in_another_program(code, filled.path)
    assert seen.strip() == str(sorted(i.incident_id for i in INCIDENTS))
    assert filled.count(EVERY) == len(INCIDENTS) + 1


def test_gdal_reads_what_we_wrote(filled: GeoPackageStore) -> None:
    filled.close()
    layer = geopandas.read_file(filled.path, layer="incidents")
    assert layer.crs.to_epsg() == 4326
    raid = layer.set_index("incident_id").loc["raid"]
    assert (raid.geometry.x, raid.geometry.y) == (18.26, 49.82)
    assert str(raid.event_date)[:10] == "2020-05-01"


def test_gdal_finds_by_box_through_our_index(filled: GeoPackageStore) -> None:
    filled.close()
    found = pyogrio.read_dataframe(filled.path, layer="incidents", bbox=(18, 49.5, 19, 50))
    assert list(found["incident_id"]) == ["raid"]


def test_gdal_knows_the_types_of_the_columns(filled: GeoPackageStore) -> None:
    filled.close()
    info = pyogrio.read_info(filled.path, layer="incidents")
    types = dict(zip(info["fields"], info["dtypes"], strict=True))
    assert info["geometry_type"] == "Point"
    assert types["event_date"] == "datetime64[D]"
    assert types["background"] == "bool"
    assert types["killed_best"].startswith("int")


def test_every_table_is_listed(filled: GeoPackageStore) -> None:
    filled.close()
    layers = {name for name, _ in pyogrio.list_layers(filled.path)}
    wanted = {"incidents", "documents", "claims", "actors", "changes", "quarantine"}
    assert layers >= wanted | {"saved_views", "place_memory", "layer_styles"}


def test_gdal_reads_a_layer_of_boundaries(filled: GeoPackageStore) -> None:
    with filled.atomic():
        filled.add_boundaries(LAYER, areas())
    filled.close()
    info = pyogrio.read_info(filled.path, layer="boundaries_cz")
    assert (info["geometry_type"], info["crs"]) == ("MultiPolygon", "EPSG:4326")
    assert info["total_bounds"] == (17.0, 49.0, 19.0, 51.0)
    found = pyogrio.read_dataframe(
        filled.path, layer="boundaries_cz", bbox=(18.2, 49.2, 18.3, 49.3)
    )
    assert list(found["name"]) == ["Ostrava"]
    assert found["admin1"][0] == "Moravia"


def test_a_gis_draws_boundaries_as_lines(filled: GeoPackageStore) -> None:
    with filled.atomic():
        filled.add_boundaries(LAYER, areas())
    connection = sqlite3.connect(filled.path)
    ((style,),) = connection.execute(
        "SELECT styleQML FROM layer_styles WHERE f_table_name = 'boundaries_cz'"
    ).fetchall()
    connection.close()
    assert ET.fromstring(style).find(".//Option[@name='style']").get("value") == "no"


@pytest.mark.parametrize("task", ["store.add_boundaries(LAYER, doom())", "remove(store)"])
def test_boundaries_survive_a_kill_as_before(filled: GeoPackageStore, task: str) -> None:
    code = """
import os, signal
from pathlib import Path
sys.path.insert(0, "tests/geodata")
from boundary_examples import LAYER, areas
from geodata.geopackage import GeoPackageStore
def die():
    os.kill(os.getpid(), signal.SIGKILL)
def doom():
    yield from areas()
    die()
def remove(store):
    store.remove_boundaries("cz")
    die()
with GeoPackageStore.open(Path(path)) as store, store.atomic():
    """
    with filled.atomic():
        filled.add_boundaries(LAYER, areas())
    before = (filled.boundaries(), filled.boundary_shapes("cz"))
    lines = "import sys\npath = sys.argv[1]\n" + code + task
    done = subprocess.run([sys.executable, "-c", lines, filled.path], check=False)
    assert done.returncode == -9
    assert (filled.boundaries(), filled.boundary_shapes("cz")) == before
    assert filled.check() == []


def test_boundaries_that_another_program_edits_stay_sound(filled: GeoPackageStore) -> None:
    code = """
layer = geopandas.read_file(path, layer="boundaries_cz").iloc[:1]
layer.assign(name="From a GIS").to_file(path, layer="boundaries_cz", mode="a")
"""
    with filled.atomic():
        filled.add_boundaries(LAYER, areas())
    in_another_program(code, filled.path)
    assert [area.name for area in filled.boundary_shapes("cz")][-1] == "From a GIS"
    assert filled.check() == []


def test_a_broken_layer_of_boundaries_is_found(filled: GeoPackageStore) -> None:
    with filled.atomic():
        filled.add_boundaries(LAYER, areas())
    connection = connect(filled.path, "rw")
    connection.execute("DELETE FROM rtree_boundaries_cz_geom WHERE id = 1")
    connection.execute("INSERT INTO boundaries (name, level, country, title, source, licence,"
        " vintage, file, sha256, areas, columns, added)"
        " VALUES ('gone', 2, '', '', '', '', '', '', '', 0, '{}', '')")  # fmt: skip
    connection.close()
    found = [problem.what for problem in filled.check() if problem.where == "boundaries"]
    assert "'gone' is in only one" in found[0]
    assert "4 areas with a shape, but 3 in its R-tree" in found[1]


def test_what_another_program_appends_is_seen_at_once(filled: GeoPackageStore) -> None:
    code = """
layer = geopandas.read_file(path, layer="incidents").iloc[:1]
layer.assign(incident_id="from_gis").to_file(path, layer="incidents", mode="a")
"""
    revision = filled.revision()
    in_another_program(code, filled.path)
    assert filled.revision() != revision
    assert filled.incident("from_gis") is not None
    assert filled.check() == []


def test_opening_a_file_twice_keeps_the_locks_of_the_first(filled: GeoPackageStore) -> None:
    """A look at its first bytes would drop them: another program could take the WAL away."""
    code = """
import fcntl
with open(path, "r+b") as file:
    try:  # the bytes that every reader shares, by SQLite's os.h: PENDING_BYTE + 2
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 510, 0x40000002)
        print("free")
    except OSError:
        print("held")
"""
    filled.count(EVERY)
    assert in_another_program(code, filled.path).strip() == "held"
    GeoPackageStore.open(filled.path, read_only=True).close()
    assert in_another_program(code, filled.path).strip() == "held"


def registered_extent(store: GeoPackageStore) -> tuple[float | None, ...]:
    with sqlite3.connect(store.path) as connection:
        return connection.execute(
            "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = 'incidents'"
        ).fetchone()


def test_the_registered_extent_holds_every_point(store: GeoPackageStore) -> None:
    assert registered_extent(store) == (None, None, None, None)
    with store.atomic():
        store.add_incidents(located(f"i{n}", n / 10, -n / 5) for n in range(400))
    assert registered_extent(store) == pytest.approx((-79.8, 0, 0, 39.9))
    with store.atomic():
        store.update_incident("i0", {"longitude": 50}, who="Ana")
    assert registered_extent(store) == pytest.approx((-79.8, 0, 50, 39.9))


def test_the_style_of_qgis_has_a_look_for_every_precision(filled: GeoPackageStore) -> None:
    with sqlite3.connect(filled.path) as connection:
        (qml,) = connection.execute("SELECT styleQML FROM layer_styles").fetchone()
    style = ET.fromstring(qml)
    categories = {c.get("value"): c.get("symbol") for c in style.iter("category")}
    symbols = {s.get("name"): s for s in style.iter("symbol")}
    assert {"settlement", "district", "unknown"} <= set(categories)
    district = {
        o.get("name"): o.get("value") for o in symbols[categories["district"]].iter("Option")
    }
    assert district["color"].endswith(",0"), "a district is an open ring, not a filled pin"


def test_a_point_added_by_hand_in_a_gis_is_a_draft(store: GeoPackageStore) -> None:
    store.close()
    connection = connect(store.path, "rw")
    connection.execute("INSERT INTO incidents (incident_id, place) VALUES ('hand', 'Opava')")
    connection.close()
    with GeoPackageStore.open(store.path) as again:
        assert again.incident("hand") == Incident(incident_id="hand", place="Opava")
        assert again.check() == []


@pytest.mark.parametrize(
    "spoil", ["event_date = '1 May'", "killed_by_status = 'x'", "status = 'y'", "latitude = 99"]
)
def test_a_row_that_a_gis_spoilt_is_named_in_one_line(filled: GeoPackageStore, spoil: str) -> None:
    connection = connect(filled.path, "rw")
    connection.execute(f"UPDATE incidents SET {spoil} WHERE incident_id = 'raid'")
    connection.close()
    with pytest.raises(StoreError, match=r"'raid'.*incidents check"):
        filled.incident("raid")
    with suppress(StoreError):
        filled.timeline(Filter(), "day")
    assert filled.check() != []


# ---------------------------------------------------------------- opening


def test_open_store_opens_a_geopackage(path: Path) -> None:
    with open_store(path, create=True) as store:
        assert (store.name, store.read_only) == ("atlas", False)
    with open_store(str(path)) as store:
        assert store.count(Filter()) == 0


def test_other_kinds_of_store_are_not_known_yet() -> None:
    with pytest.raises(InputError, match="postgresql"):
        open_store("postgresql://localhost/atlas")


def test_a_missing_file_is_not_made_by_reading(path: Path) -> None:
    for how in ({}, {"read_only": True}, {"read_only": True, "create": True}):
        with pytest.raises(StoreError, match="no project"):
            GeoPackageStore.open(path, **how)
    assert list(path.parent.iterdir()) == []


def test_a_name_with_signs_of_a_uri_is_only_a_name(tmp_path: Path) -> None:
    path = tmp_path / "a?mode=ro&x#y %41.gpkg"
    with GeoPackageStore.open(path, create=True) as store, store.atomic():
        store.add_incidents([RAID])
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def other_geopackage(path: Path) -> None:
    frame = geopandas.GeoDataFrame(
        {"a": [1]}, geometry=geopandas.points_from_xy([1], [2]), crs=4326
    )
    frame.to_file(path, layer="other")


def plain_sqlite(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE incidents (a)")
    connection.close()


def cut_short(path: Path) -> None:
    GeoPackageStore.open(path, create=True).close()
    os.truncate(path, path.stat().st_size // 2)


def scribbled_over(path: Path) -> None:
    GeoPackageStore.open(path, create=True).close()
    data = bytearray(path.read_bytes())
    data[PAGE_BYTES : 10 * PAGE_BYTES] = b"\xff" * (9 * PAGE_BYTES)
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: path.write_text("just words"), "not a GeoPackage"),
        (lambda path: path.write_bytes(b""), "is empty"),
        (lambda path: path.write_bytes(b"SQLite format 3\x00"), "not a GeoPackage"),
        (plain_sqlite, "not a GeoPackage"),
        (other_geopackage, "no project of Incident Atlas"),
        (cut_short, "cut short"),
        (scribbled_over, "damaged or cut short"),
    ],
)
def test_a_file_that_is_not_ours_is_refused_and_untouched(path: Path, make, words: str) -> None:
    make(path)
    before = path.read_bytes()
    for how in ({}, {"create": True}, {"read_only": True}):
        with pytest.raises(NotOurStoreError, match=words) as caught:
            GeoPackageStore.open(path, **how)
        assert "\n" not in str(caught.value)
        assert repr(str(path)) in str(caught.value)
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_folder_is_no_project(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="folder"):
        GeoPackageStore.open(tmp_path)


def test_a_project_cannot_be_made_in_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be made"):
        GeoPackageStore.open(tmp_path / "none" / "a.gpkg", create=True)


def test_opening_to_create_keeps_what_is_there(filled: GeoPackageStore) -> None:
    filled.close()
    with GeoPackageStore.open(filled.path, create=True) as again:
        assert again.count(EVERY) == len(INCIDENTS)


# ---------------------------------------------------------------- reading only


def test_a_store_opened_for_reading_refuses_writes(filled: GeoPackageStore) -> None:
    with GeoPackageStore.open(filled.path, read_only=True) as reader:
        assert reader.count(EVERY) == len(INCIDENTS)
        with pytest.raises(StoreReadOnlyError, match="reading only"), reader.atomic():
            pass
        with pytest.raises(StoreReadOnlyError):
            reader.update_incident("raid", {"place": "x"}, who="A")


def test_reading_leaves_nothing_beside_the_file(filled: GeoPackageStore) -> None:
    filled.close()
    before = filled.path.read_bytes()
    with GeoPackageStore.open(filled.path, read_only=True) as reader:
        reader.totals(Filter())
    assert filled.path.read_bytes() == before
    assert [entry.name for entry in filled.path.parent.iterdir()] == [filled.path.name]


def as_nobody(code: str, path: Path) -> str:
    """Run code as a user without any permission beyond everybody's; `path` is its argument."""
    drop = "import os; os.getuid() or os.setuid(65534)\n"
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from pathlib import Path\n" + OPEN + drop + code, path],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


OPEN = """
from geodata.geopackage import GeoPackageStore
from geodata.errors import StoreError
from geodata.filters import Filter
"""


@pytest.fixture
def locked_folder(filled: GeoPackageStore) -> Iterator[Path]:
    """A project in a folder where nobody may write, outside of pytest's own private folders."""
    filled.close()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "atlas.gpkg"
        path.write_bytes(filled.path.read_bytes())
        path.chmod(0o444)
        path.parent.chmod(0o555)
        yield path
        path.parent.chmod(0o755)


def test_a_file_without_write_permission_can_be_read(locked_folder: Path) -> None:
    code = "print(GeoPackageStore.open(Path(sys.argv[1]), read_only=True).totals(Filter()).all)"
    assert as_nobody(code, locked_folder).strip() == "5"


def test_a_file_without_write_permission_cannot_be_opened_to_write(locked_folder: Path) -> None:
    code = """
try:
    GeoPackageStore.open(Path(sys.argv[1]))
except StoreError as error:
    print(type(error).__name__, error)
"""
    answer = as_nobody(code, locked_folder)
    assert answer.startswith("StoreReadOnlyError")
    assert "--read-only" in answer


def test_a_project_cannot_be_made_in_a_folder_without_permission(locked_folder: Path) -> None:
    code = """
try:
    GeoPackageStore.open(Path(sys.argv[1]).with_name("new.gpkg"), create=True)
except StoreError as error:
    print(error)
"""
    answer = as_nobody(code, locked_folder)
    assert "cannot be made" in answer
    assert answer.count("\n") == 1


# ---------------------------------------------------------------- locks


def test_a_file_held_by_another_writer_says_so(
    filled: GeoPackageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geodata._sqlite.BUSY_SECONDS", 0.05)
    with GeoPackageStore.open(filled.path) as other, filled.atomic():
        filled.add_incidents([located("x", 1, 1)])
        with pytest.raises(StoreLockedError, match="in use by another program"), other.atomic():
            pass
        assert other.count(EVERY) == len(INCIDENTS), "a reader is not kept waiting"


def test_the_journal_is_wal_again_after_a_gis_took_it_off(filled: GeoPackageStore) -> None:
    filled.close()
    connection = sqlite3.connect(filled.path)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    GeoPackageStore.open(filled.path).close()
    assert filled.path.read_bytes()[18:20] == b"\x02\x02"  # SQLite file format 1.3.3: 2 is WAL


def test_a_tidied_file_travels_alone(filled: GeoPackageStore, tmp_path: Path) -> None:
    filled.tidy()
    copy = tmp_path / "copy.gpkg"
    copy.write_bytes(filled.path.read_bytes())
    with GeoPackageStore.open(copy, read_only=True) as again:
        assert again.count(EVERY) == len(INCIDENTS)

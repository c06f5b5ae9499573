"""The check finds what was broken, and only that."""

from __future__ import annotations

from contextlib import suppress

import pytest
from dataset_examples import import_rows, row
from examples import RAID, incidents
from hypothesis import given
from store_contract import ANY_EXAMPLE, UndoError

from geodata._sqlite import connect
from geodata.conformance import CHECKS, check
from geodata.geopackage import GeoPackageStore
from geodata.incident import Incident

SOME_POINT = "x'47500001E61000000101000000000000000000F03F0000000000000040'"  # 1 E, 2 N

BROKEN: dict[str, str] = {
    # what somebody did to the file: the check that must find it
    "DROP TABLE saved_views": "tables",
    "DROP TRIGGER rtree_incidents_geom_update6": "tables",
    "PRAGMA application_id = 5": "geopackage",
    "PRAGMA user_version = 10200": "geopackage",
    "DELETE FROM gpkg_spatial_ref_sys WHERE srs_id = -1": "geopackage",
    "DELETE FROM gpkg_contents WHERE table_name = 'claims'": "contents",
    "UPDATE gpkg_geometry_columns SET geometry_type_name = 'POLYGON'": "contents",
    "DELETE FROM gpkg_extensions": "contents",
    "DELETE FROM documents": "references",
    "UPDATE changes SET incident_id = 'gone'": "references",
    "DELETE FROM rtree_incidents_geom WHERE id = 1": "rtree",
    "INSERT INTO rtree_incidents_geom VALUES (99, 1, 1, 1, 1)": "rtree",
    "UPDATE rtree_incidents_geom SET minx = 5, maxx = 6 WHERE id = 1": "rtree",
    "INSERT INTO boundaries VALUES (1, 'gone', 2, '', '', '', '', '', '', '', 0, '{}', '')": (
        "boundaries"
    ),
    "INSERT INTO feeds (name, url, title, etag, last_modified, added, last_error, failures)"
    " VALUES ('f', 'ftp://x', '', '', '', '', '', 0)": "feeds",
    "UPDATE incidents SET latitude = NULL WHERE fid = 1": "coordinates",
    "UPDATE incidents SET latitude = 91 WHERE fid = 1": "coordinates",
    "UPDATE incidents SET latitude = 'north' WHERE fid = 1": "coordinates",
    f"UPDATE incidents SET geom = {SOME_POINT} WHERE fid = 1": "geometry",
    "UPDATE incidents SET geom = NULL WHERE fid = 1": "geometry",
    "UPDATE incidents SET date_precision = 'roughly'": "date_precision",
    "UPDATE incidents SET location_precision = 'exact'": "location_precision",
    "UPDATE incidents SET attribution = 'rumoured'": "attribution",
    "UPDATE incidents SET status = 'new' WHERE fid = 1": "status",
    "UPDATE incidents SET weapon = 'harsh words' WHERE fid = 1": "weapon",
    "UPDATE incidents SET tactic = 'surprise' WHERE fid = 1": "tactic",
    "UPDATE incidents SET target = 'somebody' WHERE fid = 1": "target",
    "UPDATE incidents SET arrested = -3 WHERE fid = 1": "counts",
    "UPDATE incidents SET released = 'all' WHERE fid = 1": "counts",
    "UPDATE incidents SET event_type = 'Skirmish' WHERE fid = 1": "event_type",
    "UPDATE incidents SET event_type = 'Riots' WHERE fid = 1": "event_type",
    "UPDATE incidents SET event_date = '2020-02-30' WHERE fid = 1": "dates",
    "UPDATE incidents SET event_date = '1 May' WHERE fid = 1": "dates",
    "UPDATE incidents SET event_date_end = '2020-04-30' WHERE fid = 1": "dates",
    "UPDATE incidents SET killed_low = -1 WHERE fid = 1": "counts",
    "UPDATE incidents SET injured_best = 'many' WHERE fid = 1": "counts",
    "UPDATE incidents SET killed_low = 9 WHERE fid = 1": "bounds",
    "UPDATE incidents SET tags = 'night' WHERE fid = 1": "json",
    "UPDATE incidents SET killed_by_status = '[]' WHERE fid = 1": "json",
    "DELETE FROM records WHERE fid = (SELECT max(fid) FROM records)": "records",
    "UPDATE incidents SET dataset = NULL": "records",
    "UPDATE records SET import_id = 9": "records",
    "UPDATE imports SET undone = '2024-01-01T00:00:00.000Z'": "records",
    'UPDATE imports SET "rows" = 9': "imports",
    'UPDATE imports SET "rows" = 9, added = 9': "imports",
    "UPDATE imports SET finished = NULL": "imports",
    "UPDATE imports SET finished = NULL, detail = '{\"progress\": {}}'": "unfinished",
    "DELETE FROM originals": "as_written",
    "UPDATE originals SET first = 1": "as_written",
    "UPDATE originals SET block = x'00'": "as_written",
    "UPDATE records SET digest = digest + 1": "as_written",
    "UPDATE records SET position = 7 WHERE position = 1": "as_written",
    "UPDATE imports SET columns = '[]'": "as_written",
    "UPDATE claims SET \"start\" = 18 WHERE claim_id = 'c2'": "evidence",
    "UPDATE documents SET text = 'other'": "evidence",
    "UPDATE documents SET original = x'00'": "originals",
}


def by_hand(store: GeoPackageStore, statement: str) -> None:
    """Change the file as a program without our rules would."""
    connection = connect(store.path, "rw")
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute(statement)
    connection.close()


@pytest.mark.parametrize("statement", BROKEN)
def test_what_is_broken_is_found(filled: GeoPackageStore, statement: str) -> None:
    with filled.atomic():
        filled.update_incident("raid", {"place": "Opava"}, who="Ana")
    import_rows(filled, [row("1"), row("2")])
    by_hand(filled, statement)
    found = {problem.where for problem in filled.check()}
    assert BROKEN[statement] in found
    assert "integrity" not in found


def test_every_check_is_known_to_find_something() -> None:
    assert set(CHECKS) - set(BROKEN.values()) == {"integrity", "totals"}


def test_damage_is_found_and_nothing_else_is_asked(filled: GeoPackageStore) -> None:
    connection = connect(filled.path, "rw")
    # The index says that it holds another column than it does.
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute(
        "UPDATE sqlite_schema SET sql = 'CREATE INDEX idx_incidents_admin1 ON incidents (notes)'"
        " WHERE name = 'idx_incidents_admin1'"
    )
    connection.close()
    filled.close()
    with GeoPackageStore.open(filled.path, read_only=True) as damaged:
        assert {problem.where for problem in damaged.check()} == {"integrity"}


def test_a_status_that_is_not_ours_breaks_the_totals(filled: GeoPackageStore) -> None:
    by_hand(filled, "UPDATE incidents SET status = 'new' WHERE fid = 1")
    assert {problem.where for problem in filled.check()} >= {"status", "totals"}


def test_a_finding_names_a_few_and_counts_all(store: GeoPackageStore) -> None:
    with store.atomic():
        store.add_incidents(Incident(incident_id=f"i{number}") for number in range(50))
    by_hand(store, "UPDATE incidents SET tags = ''")
    (problem,) = store.check()
    assert (problem.level, problem.where) == ("error", "json")
    assert problem.what == "tags is no JSON array: 50 rows, such as 'i0', 'i1', 'i2'"


def test_two_checks_cannot_share_a_name() -> None:
    with pytest.raises(ValueError, match="'dates'"):
        check("dates")(CHECKS["dates"][1])


@ANY_EXAMPLE
@given(found=incidents())
def test_whatever_can_be_stored_is_sound(store: GeoPackageStore, found: list[Incident]) -> None:
    with suppress(UndoError), store.atomic():
        store.add_incidents(found)
        assert [problem for problem in store.check() if problem.level == "error"] == []
        raise UndoError


def test_edits_keep_it_sound(filled: GeoPackageStore) -> None:
    moves = [{"latitude": 1, "longitude": 2}, {"latitude": None, "longitude": None}]
    for move in (*moves, {"latitude": RAID.latitude, "longitude": RAID.longitude}):
        with filled.atomic():
            filled.update_incident("raid", move, who="Ana")
        assert filled.check() == []

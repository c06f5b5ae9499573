"""Living data: a newer release adds, changes, lacks; edits survive; an import is taken back."""

from __future__ import annotations

from pathlib import Path

from geodata.filters import Filter
from geodata.incident import Incident, Status
from geodata.store import Store
from ingest.pipeline import Tools
from ingest.tables.importing import compare_table
from ingest.tables.opening import TableOptions
from tests.ingest.tables.table_examples import QUETTA, brought, changed, sheet

MACH = changed(QUETTA, Ref="M-1", City="Mach", District="Kachhi", Latitude="29.87",
               Longitude="67.33")  # fmt: skip


def found(store: Store, incident_id: str) -> Incident:
    incident = store.incident(incident_id)
    assert incident is not None
    return incident


def test_a_comparison_says_what_a_release_would_do_and_stores_nothing(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    brought(store, tools, tmp_path, QUETTA, MACH)
    before = store.revision()
    newer = sheet(tmp_path, changed(QUETTA, Killed="5"), changed(QUETTA, Ref="Q-9"))
    report = compare_table(store, newer, tools)
    assert (report.added, report.changed, report.missing, report.removed) == (1, 1, 1, 0)
    (change,) = report.changes
    assert change.fields["killed_best"] == (3, 5)
    assert store.revision() == before


def test_rows_that_a_release_lacks_stay_unless_it_is_the_whole(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    brought(store, tools, tmp_path, QUETTA, MACH)
    assert brought(store, tools, tmp_path, QUETTA).missing == 1
    assert found(store, "log:M-1").status is Status.CONFIRMED
    report = brought(store, tools, tmp_path, QUETTA, withdraw=True)
    assert (report.missing, report.removed) == (1, 1)
    gone = found(store, "log:M-1")
    assert gone.status is Status.REJECTED
    assert "withdrawn" in gone.tags


def test_a_withdrawn_row_comes_back_with_a_later_release(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    brought(store, tools, tmp_path, QUETTA, MACH)
    brought(store, tools, tmp_path, QUETTA, withdraw=True)
    report = brought(store, tools, tmp_path, QUETTA, MACH)
    assert (report.added, report.changed, report.unchanged) == (0, 1, 1)
    back = found(store, "log:M-1")
    assert back.status is Status.CONFIRMED
    assert "withdrawn" not in back.tags


def test_a_row_that_can_no_longer_be_read_is_not_missing(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    brought(store, tools, tmp_path, QUETTA, MACH)
    spoilt = changed(MACH, Date="soon")
    report = brought(store, tools, tmp_path, QUETTA, spoilt, withdraw=True)
    assert (report.quarantined, report.missing, report.removed) == (1, 0, 0)


def test_an_import_is_taken_back_whole(tmp_path: Path, store: Store, tools: Tools) -> None:
    first = brought(store, tools, tmp_path, QUETTA)
    second = brought(store, tools, tmp_path, changed(QUETTA, Killed="5"), MACH)
    with store.atomic():
        store.undo_import(second.import_id, who="Amina")
    assert found(store, "log:Q-1").killed_best == 3
    assert store.incident("log:M-1") is None
    with store.atomic():
        store.undo_import(first.import_id, who="Amina")
    assert store.count(Filter()) == 0
    assert store.check() == []


def test_after_an_undo_the_same_file_can_be_read_again(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    report = brought(store, tools, tmp_path, QUETTA)
    with store.atomic():
        store.undo_import(report.import_id, who="Amina")
    assert brought(store, tools, tmp_path, QUETTA).added == 1


def test_an_edit_survives_and_the_tables_value_is_kept_beside_it(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    brought(store, tools, tmp_path, QUETTA)
    with store.atomic():
        store.update_incident("log:Q-1", {"killed_best": 4}, who="Amina", why="hospital")
    report = brought(store, tools, tmp_path, changed(QUETTA, Killed="7"))
    assert (report.kept, found(store, "log:Q-1").killed_best) == (1, 4)
    assert store.kept_values("log:Q-1")["killed_best"] == 7


def test_the_first_of_two_parts_does_not_miss_the_second(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    brought(store, tools, tmp_path / "a", QUETTA)
    report = brought(store, tools, tmp_path / "b", MACH)
    assert (report.added, report.removed, store.count(Filter())) == (1, 0, 2)


def test_a_mapping_is_remembered_for_the_next_file(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    brought(store, tools, tmp_path, QUETTA)
    dataset = store.dataset("log")
    assert dataset is not None
    assert 'place = "City"' in dataset.mapping
    report = compare_table(
        store, sheet(tmp_path, MACH, name="february.csv"), tools, TableOptions(who="Amina")
    )
    assert report.words == "by the mapping 'log.csv'"

"""A table into a project: no row is lost, the same file changes nothing, analysts' words stay."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import InputError
from geodata.export import about_export
from geodata.filters import Filter
from geodata.geopackage import GeoPackageStore
from geodata.store import Store
from ingest.pipeline import Tools
from ingest.presets.mapping_toml import read_mapping
from ingest.presets.ucdp import CURRENT
from ingest.tables.importing import Done, import_table
from ingest.tables.opening import TableOptions
from ingest.tables.report import TableReport
from tests.conftest import absent
from tests.ingest.presets.preset_tables import ROWS

HEAD = ["Ref", "Date", "City", "District", "Province", "Country", "Latitude", "Longitude", "Killed"]
QUETTA = ["Q-1", "2020-01-02", "Quetta", "Quetta", "Balochistan", "Pakistan", "30.19", "67.01", "3"]
SPLIT = "the id stands in two rows with other values: each is an incident of its own"
MAPPING = read_mapping(
    'key = "Ref"\n[fields]\nevent_date = "Date"\nplace = "City"\nkilled_best = "Killed"'
)
UCDP = Path(__file__).parents[4] / "shared" / "data" / "ucdp_ged_pak.csv"


def sheet(tmp_path: Path, *rows: list[str], name: str = "log.csv") -> Path:
    path = tmp_path / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEAD, *rows])
    return path


def changed(row: list[str], **cells: str) -> list[str]:
    return [cells.get(name, value) for name, value in zip(HEAD, row, strict=True)]


def counted(report: TableReport) -> bool:
    parts = (report.added, report.changed, report.unchanged, report.duplicates, report.quarantined)
    return report.rows == sum(parts)


def test_each_sheet_of_a_workbook_is_read(tmp_path: Path, store: Store, tools: Tools) -> None:
    book = openpyxl.Workbook()
    for title, row in (("2020", QUETTA), ("2021", changed(QUETTA, Ref="Q-2", Date="2021-01-02"))):
        sheet_ = book.create_sheet(title)
        sheet_.append(HEAD)
        sheet_.append(row)
    book.save(tmp_path / "log.xlsx")
    added = [
        import_table(store, tmp_path / "log.xlsx", tools, TableOptions(sheet=title)).added
        for title in ("2020", "2021", "2021")
    ]
    assert added == [1, 1, 0]


def test_a_row_is_an_incident_with_its_cells_beside_it(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    path = sheet(tmp_path, QUETTA)
    report = import_table(store, path, tools)
    assert (report.rows, report.added, report.dataset) == (1, 1, "log")
    incident = store.incident("log:Q-1")
    assert incident is not None
    assert (incident.place, incident.admin1, incident.killed_best) == ("Quetta", "Balochistan", 3)
    (row,) = store.original_rows("log")
    assert (row.incident_id, row.columns, row.cells) == ("log:Q-1", tuple(HEAD), tuple(QUETTA))
    assert store.check() == []


def test_the_same_file_again_changes_nothing(tmp_path: Path, store: Store, tools: Tools) -> None:
    path = sheet(tmp_path, QUETTA)
    import_table(store, path, tools)
    before = store.revision()
    assert import_table(store, path, tools).already
    assert store.revision() == before


def test_a_row_that_cannot_be_read_is_quarantined_with_its_cells(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    bad = changed(QUETTA, Ref="Q-2", Latitude="91")
    report = import_table(store, sheet(tmp_path, QUETTA, bad, [*QUETTA, "x"]), tools)
    assert (report.added, report.quarantined) == (1, 2)
    assert counted(report)
    first, second = sorted(store.quarantine(), key=lambda row: row.row or 0)
    assert (first.row, first.column, first.value) == (3, "Latitude", "91")
    assert "91" in first.raw
    assert "10 cells, and the table 9 columns" in second.reason


def test_a_row_that_stands_twice_is_a_duplicate(tmp_path: Path, store: Store, tools: Tools) -> None:
    report = import_table(store, sheet(tmp_path, QUETTA, QUETTA), tools)
    assert (report.added, report.duplicates) == (1, 1)


def test_a_guessed_id_that_stands_in_two_different_rows_is_asked_about(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    first = [changed(QUETTA, Ref=f"Q-{number}") for number in range(300)]
    twin = changed(QUETTA, Ref="Q-7", Killed="4")
    report = import_table(store, sheet(tmp_path, *first, twin), tools)
    assert (report.added, report.quarantined) == (301, 0)
    assert report.questions["incident_id", SPLIT].examples == [(302, "Q-7 (also line 9)")]


def test_the_id_of_a_mapping_that_stands_in_two_different_rows_is_a_fault(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    twin = changed(QUETTA, Killed="4")
    report = import_table(
        store, sheet(tmp_path, QUETTA, twin), tools, TableOptions(mapping=MAPPING)
    )
    assert (report.added, report.quarantined) == (1, 1)
    assert store.quarantine()[0].reason == "line 2 has the same id and other values"


def test_a_newer_release_changes_what_it_says_otherwise(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    other = changed(QUETTA, Ref="Q-2")
    import_table(store, sheet(tmp_path, QUETTA, other), tools)
    newer = sheet(tmp_path, changed(QUETTA, Killed="5"), other, changed(QUETTA, Ref="Q-3"))
    report = import_table(store, newer, tools)
    assert (report.added, report.changed, report.unchanged) == (1, 1, 1)
    incident = store.incident("log:Q-1")
    assert incident is not None
    assert incident.killed_best == 5
    fields = {change.field: (change.before, change.after) for change in store.changes("log:Q-1")}
    assert fields["killed_best"] == (3, 5)


def test_what_an_analyst_has_changed_stays(tmp_path: Path, store: Store, tools: Tools) -> None:
    import_table(store, sheet(tmp_path, QUETTA), tools)
    with store.atomic():
        store.update_incident("log:Q-1", {"killed_best": 4}, who="Amina", why="hospital")
    report = import_table(store, sheet(tmp_path, changed(QUETTA, Killed="5", City="Mach")), tools)
    incident = store.incident("log:Q-1")
    assert incident is not None
    assert (incident.killed_best, incident.place, report.kept) == (4, "Mach", 1)


def test_a_row_without_a_point_is_placed_by_the_gazetteer_and_says_so(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    lost = changed(QUETTA, Ref="Q-2", City="Xyzzyville", District="", Province="", Country="")
    rows = [changed(row, Latitude="", Longitude="") for row in (QUETTA, lost)]
    report = import_table(store, sheet(tmp_path, *rows), tools)
    assert (report.geocoded, report.not_located) == (1, 1)
    incident = store.incident("log:Q-1")
    assert incident is not None
    assert incident.latitude == pytest.approx(30.2, abs=0.2)
    assert incident.tags == ("geocoded",)


def test_a_point_outside_its_country_is_kept_and_questioned(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    swapped = changed(QUETTA, Latitude="67.01", Longitude="30.19")
    report = import_table(store, sheet(tmp_path, swapped), tools)
    incident = store.incident("log:Q-1")
    assert incident is not None
    assert (report.outside_country, incident.tags) == (
        1,
        ("outside country", "check latitude"),
    )
    assert incident.latitude == 67.01


def test_names_that_nobody_knows_are_kept_and_counted(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    path = tmp_path / "groups.csv"
    path.write_text(
        "Date,City,Country,Group\n"
        "2020-01-02,Quetta,Pakistan,TTP\n"
        "2020-01-03,Quetta,Pakistan,Brotherhood of the Kettle\n"
    )
    report = import_table(store, path, tools)
    names = {incident.actor1 for incident in store.incidents(Filter())}
    assert names == {"Tehrik-i-Taliban Pakistan", "Brotherhood of the Kettle"}
    assert report.unknown == {("actor", "Brotherhood of the Kettle", "Pakistan"): 1}


def test_a_file_that_is_no_table_leaves_the_project_as_it_was(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    path = tmp_path / "colours.csv"
    path.write_text("Colour,Size\nred,3\n")
    before = store.revision()
    with pytest.raises(InputError, match=r"colours.csv: no column is found for a date"):
        import_table(store, path, tools)
    assert store.revision() == before


def test_a_table_is_stored_whole_or_not_at_all(
    tmp_path: Path, store: Store, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.tables._reading.BATCH", 1)

    def stop(done: Done) -> None:
        raise KeyboardInterrupt

    path = sheet(tmp_path, QUETTA, changed(QUETTA, Ref="Q-2"))
    with pytest.raises(KeyboardInterrupt):
        import_table(store, path, tools, progress=stop)
    assert (store.count(Filter()), store.count_documents()) == (0, 0)


def test_the_name_of_a_data_set_may_be_given(tmp_path: Path, store: Store, tools: Tools) -> None:
    import_table(store, sheet(tmp_path, QUETTA), tools, TableOptions(dataset="desk"))
    assert store.incident("desk:Q-1") is not None


@settings(deadline=None, max_examples=25)
@given(st.lists(st.lists(st.text(max_size=8), min_size=9, max_size=9), max_size=6))
def test_every_row_is_counted_once_whatever_it_holds(
    tmp_path_factory: pytest.TempPathFactory, tools: Tools, rows: list[list[str]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    clean = [[cell.replace("\x00", "") for cell in row] for row in rows]
    path = sheet(folder, QUETTA, *[r for r in clean if "\r" not in "".join(r)])
    with GeoPackageStore.open(folder / "atlas.gpkg", create=True) as store:
        try:
            report = import_table(store, path, tools)
        except InputError:  # for instance control characters, which make it a binary file
            assert store.count(Filter()) == 0
            return
        assert counted(report)
        assert report.added == store.count(Filter())
        assert report.quarantined == store.count_quarantine()
        assert [p for p in store.check() if p.level == "error"] == []


@pytest.mark.shared
def test_no_event_of_ucdp_is_lost(store: Store, tools: Tools) -> None:
    if not UCDP.exists():
        absent(f"{UCDP} is not there")
    report = import_table(store, UCDP, tools)
    assert store.table_credits() == [report.credit]
    assert "UCDP" in about_export(store, Filter()).attribution
    assert (report.preset, report.rows, report.added, report.skipped) == ("ucdp", 6416, 6416, 1)
    with UCDP.open(encoding="utf-8", newline="") as file:
        written = {row["id"]: row for row in csv.DictReader(file)}
    for row in list(store.original_rows("ucdp"))[::200]:
        cells = dict(zip(row.columns, row.cells, strict=True))
        key = row.incident_id.removeprefix("ucdp:")
        assert cells == {name: cell for name, cell in written[key].items() if name is not None}


def test_a_table_without_header_is_exported_with_the_names_of_its_layout(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    path = tmp_path / "GEDEvent_v25_0_9.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([list(ROWS["ucdp"].values())] * 2)
    report = import_table(store, path, tools)
    assert (report.preset, report.added, report.duplicates) == ("ucdp", 1, 1)
    (row,) = store.original_rows("ucdp")
    assert row.columns == CURRENT

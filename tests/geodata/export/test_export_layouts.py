"""Published layouts: rows come back as they came, edits written over them, others as they fit."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from examples import AREA, CLAIMS, DOCUMENT, NOWHERE, ORIGINAL, RAID
from hypothesis import given, settings
from hypothesis import strategies as st
from layout_examples import ACLED, GTD, ROWS, UCDP, KeepingStore, Row, filled, row, written

from geodata.datasets import Dataset
from geodata.export._originals import datasets_in
from geodata.filters import Filter
from geodata.geopackage import GeoPackageStore
from geodata.incident import Incident
from geodata.layouts import LAYOUTS, keys_of

EACH = pytest.mark.parametrize("name", sorted(LAYOUTS))


@pytest.fixture
def store(path: Path) -> Iterator[KeepingStore]:
    with KeepingStore.open(path, create=True) as opened:
        yield opened


def edit(store: KeepingStore, of: Row, **values: Any) -> None:
    with store.atomic():
        store.update_incident(of.incident_id, values, who="Ana")


def changed(store: KeepingStore, tmp_path: Path, of: Row) -> dict[str, str]:
    """Cells of the only row that are others than those that came."""
    _, (found,), _ = written(store, tmp_path, of.incident_id.partition(":")[0])
    came = dict(zip(of.columns, of.cells, strict=True))
    return {name: cell for name, cell in found.items() if cell != came[name]}


@pytest.mark.parametrize(("name", "columns"), [("acled", 31), ("ucdp", 49), ("gtd", 135)])
def test_the_published_columns(name: str, columns: int) -> None:
    assert len(LAYOUTS[name].columns) == len(set(LAYOUTS[name].columns)) == columns
    assert LAYOUTS[name].key == LAYOUTS[name].columns[0]


@EACH
def test_an_untouched_import_comes_back(store: KeepingStore, tmp_path: Path, name: str) -> None:
    filled(store, ROWS[name])
    header, rows, report = written(store, tmp_path, name)
    assert tuple(header) == ROWS[name].columns
    assert tuple(rows[0].values()) == ROWS[name].cells
    assert (report.rows, report.neutralised) == (1, 0)


def test_a_cell_that_could_be_run_is_left_and_told(store: KeepingStore, tmp_path: Path) -> None:
    filled(store, ACLED)
    _, _, report = written(store, tmp_path, "acled")
    assert any("1 cell of the imported table could be run" in note for note in report.notes)


def test_columns_keep_their_case_and_order(store: KeepingStore, tmp_path: Path) -> None:
    columns = ("NOTES", "EVENT_ID_CNTY", "my own", "EVENT_DATE")
    filled(store, Row("acled:1", columns, ("n", "1", "x", "2022-06-30")))
    header, rows, _ = written(store, tmp_path, "acled")
    assert tuple(header) == columns
    assert list(rows[0].values()) == ["n", "1", "x", "2022-06-30"]


def test_tables_with_other_columns_are_put_together(store: KeepingStore, tmp_path: Path) -> None:
    one = Row("acled:1", ("event_id_cnty", "event_date"), ("1", "2022-06-30"))
    two = Row("acled:2", ("EVENT_DATE", "EVENT_ID_CNTY", "iso3"), ("2022-07-01", "2", "PAK"))
    filled(store, one, two)
    header, rows, _ = written(store, tmp_path, "acled")
    assert header == ["event_id_cnty", "event_date", "iso3"]
    assert [list(r.values()) for r in rows] == [["1", "2022-06-30", ""], ["2", "2022-07-01", "PAK"]]


def test_the_preset_says_the_layout_of_a_data_set() -> None:
    class Keeps:
        def original_rows(self, dataset_id: str, which: Filter) -> Iterator[Row]:
            return iter(())

    class Knows(Keeps):
        def datasets(self) -> list[Dataset]:
            return [
                Dataset(dataset_id="pakistan", title="Pakistan", preset="acled"),
                Dataset(dataset_id="ged", title="UCDP", preset="ucdp"),
            ]

    assert datasets_in(Knows(), "acled") == ("pakistan",)
    assert datasets_in(Keeps(), "acled") == ("acled",)
    assert datasets_in(object(), "acled") == ()


def test_a_short_row_is_filled_up(store: KeepingStore, tmp_path: Path) -> None:
    filled(store, Row("acled:1", ("event_id_cnty", "event_date", "notes"), ("1", "x", None)))
    assert list(written(store, tmp_path, "acled")[1][0].values()) == ["1", "x", ""]


def test_columns_of_one_name_are_told_apart() -> None:
    assert keys_of(("A", "a", "A (2)", "b ")) == ("a", "a (2)", "a_(2)", "b")


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(st.text(max_size=6), min_size=3, max_size=3), min_size=1, max_size=4))
def test_any_cells_come_back(cells: list[list[str]]) -> None:
    columns = ("event_id_cnty", "notes", "x")
    rows = [Row(f"acled:{n}", columns, tuple(row)) for n, row in enumerate(cells)]
    with (
        tempfile.TemporaryDirectory() as folder,
        KeepingStore.open(Path(folder) / "a.gpkg", create=True) as store,
    ):
        filled(store, *rows)
        found = written(store, Path(folder), "acled")[1]
    assert [list(row.values()) for row in found] == cells


def test_the_filter_counts(store: KeepingStore, tmp_path: Path) -> None:
    filled(store, ACLED, row("acled", "PAK2", {}))
    edit(store, ACLED, country="Pakistan")
    _, rows, report = written(store, tmp_path, "acled", Filter(country=("Pakistan",)))
    assert [r["event_id_cnty"] for r in rows] == ["PAK1"]
    assert report.rows == 1


def test_a_member_without_its_row_is_not_lost(store: KeepingStore, tmp_path: Path) -> None:
    filled(store, ACLED, others=[Incident(incident_id="acled:LOST")])
    _, rows, report = written(store, tmp_path, "acled")
    assert [r["event_id_cnty"] for r in rows] == ["PAK1", "acled:LOST"]
    assert report.rows == 2


# ---------------------------------------------------------------- edits


@pytest.mark.parametrize(
    ("of", "values", "cells"),
    [
        (ACLED, {"killed_best": 5}, {"fatalities": "5"}),
        (ACLED, {"event_date": "2022-07-01"}, {"event_date": "01 July 2022"}),
        (
            ACLED,
            {"event_type": "Riots", "sub_event_type": "Violent demonstration"},
            {
                "event_type": "Riots",
                "sub_event_type": "Violent demonstration",
                "disorder_type": "Demonstrations",
            },
        ),
        (ACLED, {"actor2": "=X"}, {"actor2": "'=X"}),
        (ACLED, {"latitude": -30.5}, {"latitude": "-30.5", "longitude": "67.0014"}),
        (ACLED, {"location_precision": "district"}, {"geo_precision": "3"}),
        (
            ACLED,
            {"location_precision": "country"},
            {"latitude": "", "longitude": "", "geo_precision": ""},
        ),
        (ACLED, {"place": "Mach", "admin1": "Sindh"}, {"location": "Mach", "admin1": "Sindh"}),
        (ACLED, {"tags": ["a", "b"], "notes": "n"}, {"tags": "a; b", "notes": "n"}),
        (UCDP, {"killed_low": 1, "killed_high": 9}, {"low": "1", "high": "9"}),
        (UCDP, {"killed_by_status": {"civilians": 2}},
         {"deaths_a": "0", "deaths_b": "0", "deaths_civilians": "2", "deaths_unknown": "0"}),
        (UCDP, {"actor1": "Taliban"}, {"side_a": "Taliban"}),
        (
            UCDP,
            {"latitude": 0.25, "longitude": -179.9},
            {
                "latitude": "0.25",
                "longitude": "-179.9",
                "geom_wkt": "POINT (-179.9 0.25)",
                "priogrid_gid": "129601",
            },
        ),
        (UCDP, {"notes": "Kel town\nR 4/10 1990"}, {"where_description": "Kel town"}),
        (GTD, {"killed_best": 0, "injured_best": 4}, {"nkill": "0", "nwound": "4"}),
        (GTD, {"perpetrator": "ISIL"}, {"gname": "ISIL"}),
        (
            GTD,
            {"tactic": "hijacking", "weapon": "firearm"},
            {
                "attacktype1": "2",
                "attacktype1_txt": "Hijacking",
                "weaptype1": "5",
                "weaptype1_txt": "Firearms",
            },
        ),
        (GTD, {"location_precision": "near"}, {"vicinity": "1"}),
        (GTD, {"abducted": 3}, {"nhostkid": "3", "ishostkid": "1"}),
        (GTD, {"released": 1}, {"nreleased": "1"}),
    ],
)  # fmt: skip
def test_an_edit_is_written_over_its_cells_alone(
    store: KeepingStore, tmp_path: Path, of: Row, values: dict[str, Any], cells: dict[str, str]
) -> None:
    filled(store, of)
    edit(store, of, **values)
    found = changed(store, tmp_path, of)
    came = dict(zip(of.columns, of.cells, strict=True))
    assert found == {name: cell for name, cell in cells.items() if cell != came[name]}


@pytest.mark.parametrize(
    ("of", "precision", "first", "last", "cells"),
    [
        (ACLED, "week", "2022-07-04", "2022-07-10", ("07 July 2022", "2022", "2")),
        (ACLED, "month", "2022-07-01", "2022-07-31", ("16 July 2022", "2022", "3")),
        (ACLED, "year", "2022-01-01", "2022-12-31", ("", "2022", "")),
        (UCDP, "range", "2022-07-04", "2022-07-08",
         ("2022-07-04 00:00:00.000", "2022-07-08 00:00:00.000", "2")),
        (UCDP, "month", "2022-07-01", "2022-07-31",
         ("2022-07-01 00:00:00.000", "2022-07-31 00:00:00.000", "4")),
        (GTD, "range", "2022-07-04", "2022-07-08", ("2022", "7", "4", "July 4-8, 2022")),
        (GTD, "range", "2022-12-30", "2023-01-02",
         ("2022", "12", "30", "December 30, 2022 - January 2, 2023")),
        (GTD, "month", "2022-07-01", "2022-07-31", ("2022", "7", "0", "")),
        (GTD, "year", "2022-01-01", "2022-12-31", ("2022", "0", "0", "")),
    ],
)  # fmt: skip
def test_dates_are_written_in_the_way_of_the_layout(
    store: KeepingStore, tmp_path: Path, of: Row, precision: str, first: str, last: str, cells: Any
) -> None:
    filled(store, of)
    edit(store, of, event_date=first, event_date_end=last, date_precision=precision)
    name = of.incident_id.partition(":")[0]
    columns = {
        "acled": ("event_date", "year", "time_precision"),
        "ucdp": ("date_start", "date_end", "date_prec"),
        "gtd": ("iyear", "imonth", "iday", "approxdate"),
    }
    _, (found,), _ = written(store, tmp_path, name)
    assert tuple(found[column] for column in columns[name]) == cells


def test_an_edit_that_was_taken_back_changes_nothing(store: KeepingStore, tmp_path: Path) -> None:
    filled(store, ACLED)
    edit(store, ACLED, killed_best=9)
    edit(store, ACLED, killed_best=None)
    assert changed(store, tmp_path, ACLED) == {}


def test_an_edit_without_a_column_is_told(store: KeepingStore, tmp_path: Path) -> None:
    filled(store, ACLED)
    edit(store, ACLED, perpetrator="TTP", injured_best=2, status="confirmed")
    assert changed(store, tmp_path, ACLED) == {}
    notes = written(store, tmp_path, "acled")[2].notes
    lost = "ACLED has no column for what these fields tell: perpetrator (1), injured_best (1)"
    assert lost in notes
    assert lost in (tmp_path / "acled.csv.about.txt").read_text()


def test_an_edit_whose_column_the_table_lacks_is_told(store: KeepingStore, tmp_path: Path) -> None:
    filled(store, Row("acled:1", ("event_id_cnty",), ("1",)))
    edit(store, Row("acled:1", (), ()), notes="seen")
    _, rows, report = written(store, tmp_path, "acled")
    assert list(rows[0].values()) == ["1"]
    assert any("notes (1)" in note for note in report.notes)


# ---------------------------------------------------------------- rows from elsewhere


@pytest.fixture
def reports(store: KeepingStore) -> KeepingStore:
    """A project without any table."""
    with store.atomic():
        store.add_document(DOCUMENT, ORIGINAL)
        store.add_incidents([RAID, AREA])
        store.add_claims(CLAIMS)
    return store


@EACH
def test_without_an_import_the_published_columns_are_filled(
    reports: KeepingStore, tmp_path: Path, name: str
) -> None:
    header, rows, report = written(reports, tmp_path, name)
    assert tuple(header) == LAYOUTS[name].columns
    assert {r[LAYOUTS[name].key] for r in rows} == {"raid", "area"}
    assert (report.rows, report.notes[0]) == (
        2,
        f"2 rows from elsewhere written in the layout of {LAYOUTS[name].title}",
    )


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("acled", {
            "event_date": "2020-05-01", "time_precision": "1", "event_type": "Battles",
            "actor2": "Müller's Men", "latitude": "49.82", "geo_precision": "1",
            "fatalities": "3", "source": "The Courier", "inter1": "", "tags": "night; border",
        }),
        ("ucdp", {
            "date_start": "2020-05-01", "date_end": "2020-05-01", "date_prec": "1",
            "type_of_violence": "1", "side_a": "Border Guard", "best": "3", "where_prec": "1",
            "dyad_name": "Border Guard - Müller's Men", "source_headline": "Raid",
            "number_of_sources": "1", "geom_wkt": "POINT (18.26 49.82)",
        }),
        ("gtd", {
            "iyear": "2020", "imonth": "5", "iday": "1", "gname": "Border Guard", "claimed": "1",
            "attacktype1": "6", "weaptype1_txt": "Firearms", "targtype1": "17", "nkill": "3",
            "city": "Ostrava", "specificity": "1", "scite1": "Raid, The Courier, 2020-05-02",
        }),
    ],
)  # fmt: skip
def test_a_report_in_each_layout(
    reports: KeepingStore, tmp_path: Path, name: str, cells: dict[str, str]
) -> None:
    _, rows, _ = written(reports, tmp_path, name)
    (raid,) = (r for r in rows if r[LAYOUTS[name].key] == "raid")
    assert {column: raid[column] for column in cells} == cells


def test_what_a_layout_has_no_column_for_is_counted(reports: KeepingStore, tmp_path: Path) -> None:
    notes = written(reports, tmp_path, "acled")[2].notes
    assert any("weapon (1), tactic (1)" in note for note in notes)
    assert any("injured_best (1)" in note for note in notes)


def test_rows_from_elsewhere_follow_those_of_the_table(store: KeepingStore, tmp_path: Path) -> None:
    short = Row("acled:1", ("event_id_cnty", "my own"), ("1", "x"))
    filled(store, short, others=[RAID])
    header, rows, _ = written(store, tmp_path, "acled")
    assert header[:2] == ["event_id_cnty", "my own"]
    assert set(LAYOUTS["acled"].columns) <= set(header)
    assert [r["event_id_cnty"] for r in rows] == ["1", "raid"]
    assert rows[0]["my own"] == "x"


def test_a_store_that_keeps_no_tables_will_do(filled: GeoPackageStore, tmp_path: Path) -> None:
    assert written(filled, tmp_path, "ucdp")[2].rows == 3


def test_another_data_set_is_elsewhere(store: KeepingStore, tmp_path: Path) -> None:
    filled(store, UCDP)
    _, (found,), _ = written(store, tmp_path, "acled")
    assert (found["event_id_cnty"], found["event_date"]) == ("ucdp:59553", "2022-06-30")


def test_the_last_possible_day_alone_is_not_lost_in_silence(
    store: KeepingStore, tmp_path: Path
) -> None:
    filled(store, others=[NOWHERE])
    notes = written(store, tmp_path, "acled")[2].notes
    assert any("event_date_end (1)" in note and "background (1)" in note for note in notes)

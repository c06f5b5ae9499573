"""The registry of presets, and what holds for every preset whatever the cells are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import InputError
from geodata.particulars import Tactic, Target, Weapon
from geodata.precision import DatePrecision, LocationPrecision
from geodata.taxonomy import EVENT_TYPE_OF, EVENT_TYPES
from ingest.presets import preset_named, presets, recognised
from ingest.presets._base import SCHEMA, Normalised
from ingest.readers.tables import open_table
from tests.ingest.presets.preset_tables import ROWS, batch, info, read

NAMES = sorted(ROWS)

CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.sampled_from(
        ["", " ", "0", "1", "2", "3", "9", "-9", "-99", "1.0", "2.5", "1e400", "nan", "inf", "NA",
         "abc", "91", "181", "2019-02-30", "31/12/9999", "0001-01-01", "9999999999999999999",
         "1,000", "\x1f", "\u0661", "Unknown", "Riots/Protests", "7", "Civilians"]
    ),
)  # fmt: skip


def test_a_preset_is_found_by_its_name() -> None:
    assert preset_named(" ACLED ").title == "ACLED"
    with pytest.raises(
        InputError, match=r"no preset is named 'acle'; known are atlas, acled, ucdp, gtd"
    ):
        preset_named("acle")


def test_names_are_unique_and_data_have_a_credit() -> None:
    names = [preset.name for preset in presets()]
    assert len(names) == len(set(names))
    assert all(preset_named(name).credit for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_preset_recognises_its_own_layout_and_no_other(name: str) -> None:
    columns = list(ROWS[name])
    found = recognised(info(columns), batch([], columns))
    assert found is not None
    assert found[0].name == name


def test_an_unknown_table_is_recognised_by_none_of_the_published_ones() -> None:
    columns = ["date", "place", "killed"]
    found = recognised(info(columns), batch([["1", "2", "3"]], columns))
    assert found is None or found[0].name not in ROWS


def check(found: Normalised, rows: int) -> None:
    """Every row is an incident or a fault, and the incidents hold what the vocabulary allows."""
    assert found.fields.schema == SCHEMA
    assert found.fields.num_rows == len(found.keys) == len(found.index)
    lines = [fault.line - 2 for fault in found.faults]
    assert sorted([*found.index, *lines]) == list(range(rows))
    assert all(fault.reason and "\n" not in fault.reason for fault in found.faults)
    assert {flag.line - 2 for flag in found.flags} <= set(found.index)
    assert not found.versions or len(found.versions) == len(found.keys)
    # A row has its own key, or is asked about: an id that a spreadsheet shortened is none.
    keyless = {at for key, at in zip(found.keys, found.index, strict=True) if not key}
    assert keyless == {flag.line - 2 for flag in found.flags if flag.field == "incident_id"}
    for row in found.fields.to_pylist():
        check_row(row)


def check_row(row: dict[str, Any]) -> None:
    assert row["event_date"] is not None
    assert row["event_date_end"] is None or row["event_date"] <= row["event_date_end"]
    assert row["date_precision"] in set(DatePrecision)
    assert row["location_precision"] in {None, *LocationPrecision}
    assert row["event_type"] in {None, *EVENT_TYPES}
    assert (
        row["sub_event_type"] is None or EVENT_TYPE_OF[row["sub_event_type"]] == row["event_type"]
    )
    assert (row["latitude"] is None) == (row["longitude"] is None)
    assert row["latitude"] is None or abs(row["latitude"]) <= 90
    assert row["weapon"] in {None, *Weapon}
    assert row["tactic"] in {None, *Tactic}
    assert row["target"] in {None, *Target}
    for kind in ("killed", "injured"):
        bounds = [row[f"{kind}_{bound}"] for bound in ("low", "best", "high")]
        told = [number for number in bounds if number is not None]
        assert told == sorted(told)
        assert all(number >= 0 for number in told)
    assert not row["tags"] or json.loads(row["tags"])
    assert not row["killed_by_status"] or min(json.loads(row["killed_by_status"]).values()) > 0


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_any_cells_become_incidents_or_faults(name: str, data: st.DataObject) -> None:
    columns = st.sampled_from(list(ROWS[name]))
    changes = data.draw(st.lists(st.dictionaries(columns, CELLS, max_size=6), max_size=5))
    check(read(name, *changes), len(changes))


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_rows_of_nothing_but_noise_do_not_stop_a_reader(name: str, data: st.DataObject) -> None:
    width = len(ROWS[name])
    noise = data.draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=3))
    columns = list(ROWS[name])
    cells = batch(noise, columns)
    check(preset_named(name).reader(info(columns), cells).read(cells), len(noise))
    recognised(info(columns, header_line=0), cells)


def test_a_shortened_id_is_no_key() -> None:
    check(read("gtd", {"eventid": "0E0"}, {"eventid": "1.97E+11"}), 2)


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_batch_and_short_rows_are_read(name: str) -> None:
    check(read(name), 0)
    short = dict.fromkeys(list(ROWS[name])[3:])
    check(read(name, short), 1)


def test_a_published_layout_is_known_in_a_file_of_features_too(tmp_path: Path) -> None:
    names = ("event_id_cnty", "event_date", "event_type", "fatalities")
    row = dict(zip(names, ("XYZ1", "2023-01-31", "Battles", 3), strict=True))
    point = {"type": "Point", "coordinates": [70.1, 33.2]}
    feature = {"type": "Feature", "properties": row, "geometry": point}
    path = tmp_path / "events.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    table = open_table(path)
    found = recognised(table.info, table.sample())
    assert found is not None
    assert found[0].name == "acled"

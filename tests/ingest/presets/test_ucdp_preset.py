"""UCDP tables: layouts, precision, sides, tolls."""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ingest.presets import recognised
from ingest.presets._base import Normalised
from ingest.presets.ucdp import CURRENT, PRESET, division
from tests.ingest.presets.preset_tables import ROWS, batch, info, one, question, read, reason

V19 = [
    "id", "year", "active_year", "type_of_violence", "conflict_new_id", "conflict_name",
    "dyad_new_id", "dyad_name", "side_a_new_id", "gwnoa", "side_a", "side_b_new_id", "gwnob",
    "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
    "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b",
    "deaths_civilians", "deaths_unknown", "low", "best", "high",
]  # fmt: skip


def test_a_row_becomes_an_incident() -> None:
    row = one("ucdp")
    assert (row["event_date"], row["event_date_end"]) == (date(2019, 7, 11), date(2019, 7, 14))
    assert (row["date_precision"], row["location_precision"]) == ("range", "district")
    assert (row["event_type"], row["sub_event_type"]) == ("Battles", "Armed clash")
    assert (row["actor1"], row["actor2"]) == ("Government of Xland", "River Front")
    assert (row["perpetrator"], row["attribution"]) == (None, "none")
    assert (row["killed_low"], row["killed_best"], row["killed_high"]) == (7, 7, 9)
    assert json.loads(row["killed_by_status"]) == {
        "security_forces": 1, "militants": 2, "civilians": 3, "unknown": 1,
    }  # fmt: skip
    assert (row["admin1"], row["admin2"]) == ("North province", "Lake")
    assert row["notes"] == "in Lake district\nInvented Wire, 2019"
    assert row["tags"] is None


def test_one_sided_violence_is_the_doing_of_side_a() -> None:
    row = one("ucdp", type_of_violence="3", side_a="River Front", side_b="Civilians")
    assert (row["event_type"], row["sub_event_type"]) == ("Violence against civilians", "Attack")
    assert (row["perpetrator"], row["attribution"]) == ("River Front", "attributed")
    assert row["actor2"] == "Civilians"
    assert json.loads(row["killed_by_status"]) == {"militants": 1, "civilians": 5, "unknown": 1}


@pytest.mark.parametrize(
    ("code", "word"),
    [("1", "settlement"), ("2", "near"), ("3", "district"), ("4", "province"), ("5", "province"),
     ("6", "country"), ("7", "sea"), ("8", None), ("", None)],
)  # fmt: skip
def test_classes_of_places(code: str, word: str | None) -> None:
    assert one("ucdp", where_prec=code)["location_precision"] == word


@pytest.mark.parametrize(
    ("code", "word"),
    [("1", "range"), ("2", "range"), ("3", "week"), ("4", "month"), ("5", "year"), ("", "range")],
)
def test_classes_of_dates(code: str, word: str) -> None:
    assert one("ucdp", date_prec=code)["date_precision"] == word


def test_an_exact_day_has_no_end_and_two_days_are_none() -> None:
    row = one("ucdp", date_prec="1", date_end="2019-07-11")
    assert (row["date_precision"], row["event_date_end"]) == ("day", None)
    assert "range" in question("ucdp", date_prec="1")
    assert reason("ucdp", date_end="2019-07-10")[0] == "date_end"
    assert one("ucdp", date_start="", date_end="")["date_precision"] == "year"


def test_bounds_that_contradict_are_widened_and_asked_about() -> None:
    row = one("ucdp", low="8", high="6")
    assert (row["killed_low"], row["killed_best"], row["killed_high"]) == (6, 7, 8)
    assert "out of order" in question("ucdp", low="8")
    assert one("ucdp", low="")["killed_low"] is None


def test_deaths_that_do_not_add_up_are_asked_about() -> None:
    assert "add up" in question("ucdp", deaths_a="0")


def test_summaries_and_uncleared_rows_are_tagged() -> None:
    assert one("ucdp", event_clarity="2")["tags"] == '["aggregate"]'
    assert one("ucdp", code_status="Check deaths")["tags"] == '["code status: Check deaths"]'


@pytest.mark.parametrize(
    ("written", "name"),
    [("Balochistan province", "Balochistan"), ("Khyber agency", "Khyber"),
     ("Jafarabad Distrcit", "Jafarabad"), ("Sindh", "Sindh"), ("province", "province"),
     ("Eastern province", "Eastern province"), ("FR Tank - Jandola", "FR Tank - Jandola")],
)  # fmt: skip
def test_words_for_divisions_are_left_off(written: str, name: str) -> None:
    assert division(written) == name


def test_the_layout_of_42_columns_is_read_by_name() -> None:
    found = read("ucdp", {}, columns=V19)
    expected = one("ucdp") | {"notes": "Invented Wire, 2019"}
    assert found.fields.to_pylist()[0] == expected
    match = PRESET.match(info(V19), batch([], V19))
    assert match is not None
    assert match.words == "UCDP GED, 42 columns, layout of version 19.1"


def test_a_candidate_file_without_header_is_known_by_its_shape() -> None:
    row = list(ROWS["ucdp"].values())
    columns = [f"column {at}" for at in range(1, 50)]
    about, cells = info(columns, header_line=0), batch([row, row], columns, first=1)
    found = recognised(about, cells)
    assert found is not None
    preset, match = found
    assert match.columns == CURRENT
    assert preset.reader(about, cells).read(cells).fields.to_pylist()[0] == one("ucdp")
    shuffled = batch([row[::-1]], columns, first=1)
    assert recognised(about, shuffled) is None


def test_long_notes_are_cut() -> None:
    notes = one("ucdp", source_article="word " * 900)["notes"]
    assert len(notes) == 1_001
    assert notes.endswith("…")


def read_file(path: Path) -> tuple[list[dict[str, str]], list[Normalised]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))[1:]  # without the HXL tag row
    names = tuple(rows[0])
    batches = [
        batch([list(row.values()) for row in rows[at : at + 2_000]], names, first=at + 3)
        for at in range(0, len(rows), 2_000)
    ]
    found = recognised(info(names), batches[0])
    assert found is not None
    assert found[0].name == "ucdp"
    reader = found[0].reader(info(names), batches[0])
    return rows, [reader.read(cells) for cells in batches]


@pytest.mark.shared
def test_the_events_of_pakistan_lose_no_row(shared_data: Path) -> None:
    rows, found = read_file(shared_data / "ucdp_ged_pak.csv")
    faults = sum(len(part.faults) for part in found)
    assert sum(part.fields.num_rows for part in found) + faults == len(rows)
    assert faults < 0.005 * len(rows)
    fields: list[dict[str, Any]] = [row for part in found for row in part.fields.to_pylist()]
    classes = Counter(row["location_precision"] for row in fields)
    codes = Counter(row["where_prec"] for row in rows)
    assert classes["settlement"] == codes["1"]
    assert classes["near"] == codes["2"]
    assert classes["district"] == codes["3"]
    assert classes["province"] == codes["4"] + codes["5"]
    assert classes["country"] == codes["6"]
    assert sum(row["killed_best"] for row in fields) == sum(int(row["best"]) for row in rows)
    assert all(r["killed_low"] <= r["killed_best"] <= r["killed_high"] for r in fields)

"""ACLED tables: layouts, dates, precision, types before 2019, and who is responsible."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.presets.acled import CURRENT, EXTRAS, PRESET
from tests.ingest.presets.preset_tables import ROWS, batch, info, one, question, read, reason

OLD = [
    "data_id", "iso", "event_id_cnty", "event_id_no_cnty", "event_date", "year",
    "time_precision", "event_type", "sub_event_type", "actor1", "assoc_actor_1", "inter1",
    "actor2", "assoc_actor_2", "inter2", "interaction", "region", "country", "admin1", "admin2",
    "admin3", "location", "latitude", "longitude", "geo_precision", "source", "source_scale",
    "notes", "fatalities", "timestamp", "iso3",
]  # fmt: skip


def words(columns: list[str] | tuple[str, ...]) -> str:
    found = PRESET.match(info(columns), batch([], columns))
    assert found is not None
    return found.words


def test_a_row_becomes_an_incident() -> None:
    row = one("acled")
    assert row["event_date"] == date(2023, 1, 31)
    assert row["event_date_end"] is None
    assert (row["date_precision"], row["location_precision"]) == ("day", "settlement")
    assert (row["event_type"], row["sub_event_type"]) == ("Violence against civilians", "Attack")
    assert (row["killed_low"], row["killed_best"], row["killed_high"]) == (3, 3, 3)
    assert row["injured_best"] is None
    assert (row["place"], row["admin2"], row["admin1"]) == ("Reedham", "Lake", "North")
    assert row["tags"] == '["local", "market"]'


def test_without_a_column_of_precision_the_names_tell_it() -> None:
    names = [name for name in ROWS["acled"] if name != "geo_precision"]
    found = read("acled", {}, {"location": ""}, {"latitude": "", "longitude": ""}, columns=names)
    precision = found.fields.column("location_precision").to_pylist()
    assert precision == ["settlement", "district", None]


def test_key_and_version() -> None:
    found = read("acled", {}, {"event_id_cnty": "XYZ2", "timestamp": "?"})
    assert list(found.keys) == ["XYZ1", "XYZ2"]
    assert list(found.versions) == [1675200000, 0]
    assert list(found.index) == [0, 1]


def test_layouts_are_recognised_in_any_case() -> None:
    assert words(CURRENT) == "ACLED, 31 columns"
    assert words([name.upper() for name in CURRENT]) == "ACLED, 31 columns, upper-case names"
    assert words(OLD) == "ACLED, 31 columns, older layout"
    assert words([*CURRENT, *EXTRAS]) == "ACLED, 35 columns, with population"


def test_names_that_a_shapefile_cut_are_known() -> None:
    cut = [name[:10] for name in ROWS["acled"]]
    found = PRESET.match(info(cut, kind="shp"), batch([], cut))
    assert found is not None
    assert "event_id_cnty" in found.columns
    assert PRESET.match(info(cut), batch([], cut)) is None


def test_the_older_layout_is_read() -> None:
    found = read("acled", {"data_id": "7"}, columns=OLD)
    assert found.fields.to_pylist()[0] == one("acled") | {"tags": None}


@pytest.mark.parametrize(
    "text",
    [
        "2022-06-30",
        "30 June 2022",
        "30-Jun-2022",
        "30-06-2022",
        "30/06/2022",
        "2022-06-30 00:00:00",
    ],
)
def test_dates_are_read_as_acled_has_written_them(text: str) -> None:
    assert one("acled", event_date=text)["event_date"] == date(2022, 6, 30)


def test_the_month_comes_first_where_the_rows_show_it() -> None:
    found = read("acled", {"event_date": "6/30/2022"}, {"event_date": "6/5/2022"})
    assert found.fields.column("event_date").to_pylist() == [date(2022, 6, 30), date(2022, 6, 5)]
    assert not found.flags


@pytest.mark.parametrize(
    "text", ["30/06/22", "44742", "Thursday, June 30, 2022", "30 juin 2022", "30.6.2022"]
)
def test_dates_that_another_program_wrote_are_read_too(text: str) -> None:
    assert one("acled", event_date=text)["event_date"] == date(2022, 6, 30)


def test_a_date_of_the_other_order_is_read_with_a_question() -> None:
    found = read("acled", {"event_date": "6/30/2022"}, {"event_date": "30/6/2022"})
    assert found.fields.column("event_date").to_pylist() == [date(2022, 6, 30)] * 2
    assert "another order" in found.flags[0].reason


def test_a_date_that_could_be_two_days_is_asked_about() -> None:
    assert "exchanged" in question("acled", event_date="6/5/2022")
    assert not read("acled", {"event_date": "06-05-2022"}).flags


def test_a_week_runs_from_monday_to_sunday_and_a_month_is_whole() -> None:
    week = one("acled", time_precision="2", event_date="2023-01-04")
    assert (week["event_date"], week["event_date_end"]) == (date(2023, 1, 2), date(2023, 1, 8))
    month = one("acled", time_precision="3", event_date="2024-02-15")
    assert (month["event_date"], month["event_date_end"]) == (date(2024, 2, 1), date(2024, 2, 29))
    before = one("acled", time_precision="2", event_date="1969-12-31")
    assert before["event_date"] == date(1969, 12, 29)


def test_a_row_with_a_year_alone_is_known_to_the_year() -> None:
    row = one("acled", event_date="")
    assert (row["event_date"], row["date_precision"]) == (date(2023, 1, 1), "year")
    assert "the year is all" in question("acled", event_date="")
    assert reason("acled", event_date="", year="") == (
        "event_date", "no date at all: event_date and year are empty",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("written", "event_type", "sub_event_type"),
    [
        ("Strategic Developments", "Strategic developments", None),
        ("Battle-No change of territory", "Battles", "Armed clash"),
        ("battle-government regains territory", "Battles", "Government regains territory"),
        ("Remote violence", "Explosions/Remote violence", None),
        ("Strategic development", "Strategic developments", None),
    ],
)
def test_types_in_both_spellings_and_before_2019(
    written: str, event_type: str, sub_event_type: str | None
) -> None:
    row = one("acled", event_type=written, sub_event_type="")
    assert (row["event_type"], row["sub_event_type"]) == (event_type, sub_event_type)


def test_the_other_spelling_of_a_sub_event_type() -> None:
    row = one("acled", event_type="Protests", sub_event_type="excessive force against protestors")
    assert row["sub_event_type"] == "Excessive force against protesters"


@pytest.mark.parametrize(("inter", "kind"), [("5", "Riots"), ("Protesters", "Protests")])
def test_riots_and_protests_are_told_apart_by_the_actors(inter: str, kind: str) -> None:
    assert one("acled", event_type="Riots/Protests", sub_event_type="", inter1=inter)[
        "event_type"
    ] == kind  # fmt: skip


def test_unknown_types_are_left_out_with_a_question() -> None:
    assert one("acled", event_type="Quarrel")["event_type"] is None
    assert "vocabulary" in question("acled", event_type="Quarrel")
    assert one("acled", sub_event_type="Quarrel")["sub_event_type"] is None
    assert "another event_type" in question("acled", sub_event_type="Armed clash")
    assert "another" not in question("acled", event_type="Riots/Protests", sub_event_type="")


@pytest.mark.parametrize(
    ("changes", "who"),
    [
        ({}, "River Front"),
        ({"inter1": "2", "inter2": "7"}, "River Front"),
        ({"inter1": "", "inter2": ""}, "River Front"),
        ({"actor1": "Civilians (Xland)", "inter1": "CIVILIANS", "actor2": "B", "inter2": "3"}, "B"),
        ({"actor2": "", "inter2": "0"}, "River Front"),
        ({"actor2": "Gang", "inter2": "Political militia"}, None),
        ({"event_type": "Battles", "sub_event_type": "Armed clash"}, None),
        ({"event_type": "Explosions/Remote violence", "sub_event_type": "Grenade"}, "River Front"),
        (
            {"event_type": "Explosions/Remote violence", "sub_event_type": "", "actor2": "",
             "inter2": ""},
            None,
        ),
        ({"event_type": "Riots", "sub_event_type": "Mob violence"}, None),
    ],
)  # fmt: skip
def test_a_perpetrator_is_named_by_the_safe_rule_alone(
    changes: dict[str, str], who: str | None
) -> None:
    row = one("acled", **changes)
    assert row["perpetrator"] == who
    assert row["attribution"] == ("attributed" if who else "none")


def test_what_cannot_be_read_is_a_fault_with_its_reason() -> None:
    assert reason("acled", event_id_cnty=" ")[1] == "event_id_cnty is empty: no key"
    assert reason("acled", fatalities="abc") == (
        "fatalities", "'abc' is no number; write the count in digits or leave it empty",
    )  # fmt: skip
    assert "negative" in reason("acled", fatalities="-1")[1]
    assert "whole" in reason("acled", fatalities="1.5")[1]
    assert reason("acled", latitude="91") == (
        "latitude", "'91' lies outside -90 to 90 degrees",
    )  # fmt: skip
    assert "no calendar" in reason("acled", event_date="2023-02-31")[1]


def test_one_reason_per_row_and_the_others_named() -> None:
    found = read("acled", {}, {"fatalities": "abc", "latitude": "north"})
    (fault,) = found.faults
    assert (fault.line, fault.column, fault.value) == (3, "fatalities", "abc")
    assert fault.reason.endswith("also at fault: latitude")
    assert '"abc"' in fault.raw
    assert found.fields.num_rows == 1


def test_points_that_are_none_are_left_out() -> None:
    assert one("acled", latitude="0", longitude="0.0")["latitude"] is None
    assert "0/0" in question("acled", latitude="0", longitude="0.0")
    assert one("acled", longitude="")["latitude"] is None
    assert one("acled", latitude="30,5", longitude="66,9")["latitude"] == 30.5


def test_the_raw_row_is_capped_and_still_a_list() -> None:
    import json

    (fault,) = read("acled", {"fatalities": "abc", "notes": "x" * 90_000}).faults
    assert len(fault.raw) <= 20_000
    assert len(json.loads(fault.raw)) == 31

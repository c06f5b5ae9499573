"""The mapping of a table that nobody has told about."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import InputError
from ingest.presets._headers import candidates, words_of
from ingest.presets.generic import Generic
from ingest.presets.guess import guess_mapping
from ingest.presets.monthly import Monthly
from ingest.readers.tables._batch import TableInfo
from tests.ingest.presets.messy_tables import (
    TABLES,
    TODAY,
    Messy,
    batch_of,
    messy,
    read,
    rules,
    table,
)


@pytest.mark.parametrize("case", TABLES, ids=lambda case: case.name)
def test_the_mapping_of_a_messy_table(case: Messy) -> None:
    guess = guess_mapping(*messy(case.name))
    found = rules(guess.mapping)
    wanted = {field: tuple(columns.split("|")) for field, columns in case.fields.items()}
    assert {field: found.get(field) for field in wanted} == wanted
    assert guess.mapping.key == case.key


@pytest.mark.parametrize("case", TABLES, ids=lambda case: case.name)
def test_no_field_of_one_value_is_filled_twice(case: Messy) -> None:
    guess = guess_mapping(*messy(case.name))
    fields = [rule.field for rule in guess.mapping.rules if rule.field != "killed_by_status"]
    assert len(fields) == len(set(fields))
    columns = [name for rule in guess.mapping.rules for name in rule.columns]
    assert len(columns) == len(set(columns))


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Date of Attack", "event_date"),
        ("IncidentDate", "event_date"),
        ("EVENT_DATE", "event_date"),
        ("Fecha", "event_date"),
        ("Date de l'incident", "event_date"),
        ("Datum", "event_date"),
        ("End Date", "event_date_end"),
        ("Killed Max", "killed_high"),
        ("killed_min", "killed_low"),
        ("KilledMax", "killed_high"),
        ("Total Fatalities", "killed_best"),
        ("# Killed", "killed_best"),
        ("No. of persons killed", "killed_best"),
        ("Muertos", "killed_best"),
        ("Tués", "killed_best"),
        ("Injured Min", "injured_low"),
        ("Nombre de blessés", "injured_best"),
        ("Heridos", "injured_best"),
        ("Civilians Killed", "killed_by_status"),
        ("Killed (SF)", "killed_by_status"),
        ("City", "place"),
        ("Location", "place"),
        ("Province", "admin1"),
        ("Wilaya", "admin1"),
        ("Departamento", "admin1"),
        ("State", "admin1"),
        ("LGA", "admin2"),
        ("Upazila", "admin2"),
        ("Municipio", "admin2"),
        ("Latitude", "latitude"),
        ("LAT", "latitude"),
        ("Longtitude", "longitude"),
        ("Target Type", "target"),
        ("Victim", "actor2"),
        ("Perpetrator", "perpetrator"),
        ("Auteur présumé", "perpetrator"),
        ("Claimed by", "perpetrator"),
        ("Weapon Type", "weapon"),
        ("Tipo de incidente", "event_type"),
        ("Hostages", "abducted"),
        ("Killed/Wounded", "casualties"),
        ("S#", "serial"),
        ("Sr. No.", "serial"),
        ("Incident ID", "key"),
        ("Comments", "notes"),
        ("País", "country"),
        ("Country Code", "country"),
        ("GPS coordinates", "coordinates"),
    ],
)
def test_a_name_speaks_for_a_field(header: str, field: str) -> None:
    assert candidates(header)[0].field == field


@pytest.mark.parametrize(
    "header", ["Date of Birth", "Temperature(C)", "Explosive Weight (max)", ""]
)
def test_a_name_that_speaks_for_none(header: str) -> None:
    assert not candidates(header)


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("KilledMax", "killed max"),
        ("event_date", "event date"),
        ("N°", "n"),
        ("# Killed", "no killed"),
    ],
)
def test_words_of_a_name(header: str, words: str) -> None:
    assert words_of(header) == words


def test_every_column_has_its_reason_and_samples() -> None:
    guess = guess_mapping(*table("Date,City,Colour\n2017-02-16,Quetta,red\n2017-02-17,Karachi,red"))
    city, colour = guess.columns[1:]
    assert (city.field, city.samples) == ("place", ("Quetta", "Karachi"))
    assert "100% of its values fit" in city.why
    assert (colour.field, colour.why, colour.samples) == ("", "not used", ("red",))


def test_a_second_column_of_places_goes_to_the_notes() -> None:
    guess = guess_mapping(*table("Date,City,Location\n2017-02-16,Quetta,near the bus stop"))
    assert rules(guess.mapping)["notes"] == ("Location",)
    assert "another column fills place" in guess.columns[2].why


def test_victims_in_numbers_are_no_names() -> None:
    text = "Date,Place,Victims\n2017-02-16,Quetta,{}\n2017-02-17,Quetta,{}"
    assert "actor2" in rules(guess_mapping(*table(text.format("police", "teachers"))).mapping)
    counted = guess_mapping(*table(text.format("3", "7")))
    assert "actor2" not in rules(counted.mapping)
    assert any("'Victims' does not say" in question for question in counted.questions)


def test_a_date_is_known_by_its_content() -> None:
    guess = guess_mapping(*table("Wann,Ort,Tote\n16.02.2017,Kunduz,3\n17.02.2017,Kunduz,1"))
    assert rules(guess.mapping)["event_date"] == ("Wann",)
    assert "by its content alone" in guess.questions[0]


def test_a_location_that_holds_coordinates() -> None:
    text = 'Date,Location,Killed\n2017-02-16,"33.5, 70.1",3\n2017-02-17,"33.6, 70.2",1'
    found = rules(guess_mapping(*table(text)).mapping)
    assert found["coordinates"] == ("Location",)


def test_day_and_month_without_the_year_are_joined_to_it() -> None:
    text = "Year,Date,Place,Killed\n2017,16 Feb,Quetta,3\n2017,17 Feb,Quetta,1"
    assert rules(guess_mapping(*table(text)).mapping)["event_date"] == ("Year", "Date")


def test_an_open_order_of_dates_is_a_question() -> None:
    guess = guess_mapping(*table("Date,Place,Killed\n03/04/2017,Quetta,3\n04/03/2017,Quetta,1"))
    assert guess.questions == ("'Date' could be day first or month first: read day first.",)


def test_eastings_without_a_zone_are_a_question() -> None:
    text = "Date,Place,Easting,Northing\n2017-02-16,Quetta,512345,3456789"
    assert "UTM zone" in guess_mapping(*table(text)).questions[0]


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Name,Colour\nA,red", "a date or a place or coordinates"),
        ("Date,Price\n2017-02-16,3.50", "a place or coordinates"),
        ("Country,Price\nPakistan,3.50", "a date"),
    ],
)
def test_a_table_of_something_else_is_refused(text: str, missing: str) -> None:
    with pytest.raises(InputError, match=missing) as error:
        guess_mapping(*table(text, "prices.csv"))
    assert "prices.csv" in str(error.value)


def test_an_empty_table_is_guessed_by_its_names() -> None:
    found = rules(guess_mapping(*table("Date,City,Killed")).mapping)
    assert found == {"event_date": ("Date",), "place": ("City",), "killed_best": ("Killed",)}


def test_a_column_whose_values_do_not_fit_its_name_is_a_question() -> None:
    guess = guess_mapping(*table("Date,Place,Killed\n4-Mar,Idlib,3\n5-Mar,Idlib,1"))
    assert (
        guess.questions[0]
        == "'Date' is named like event_date, but its values do not fit: not used."
    )


def test_a_count_known_by_a_part_of_its_name_is_a_question() -> None:
    guess = guess_mapping(*table("Date,Place,deaths_b\n2017-02-16,Quetta,3"))
    assert "'deaths_b' is taken for killed_best, by a part of its name." in guess.questions


NAMES = st.text(max_size=14) | st.sampled_from(
    [
        "Date",
        "City",
        "Killed",
        "Killed Min",
        "Lat",
        "Lon",
        "Total",
        "Civilians",
        "Year",
        "Month",
        "Type",
    ]
)
VALUES = st.text(max_size=8) | st.sampled_from(
    ["2017-02-16", "3", "33.5", "Quetta", "", "2017", "Feb"]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=7, unique=True), st.data())
def test_no_table_breaks_the_guess(names: list[str], data: st.DataObject) -> None:
    rows = data.draw(st.integers(0, 4))
    columns = {name: data.draw(st.lists(VALUES, min_size=rows, max_size=rows)) for name in names}
    info = TableInfo(name="t", kind="csv", columns=tuple(columns))
    try:
        guess = guess_mapping(info, batch_of(columns))
    except InputError:
        return
    assert [column.column for column in guess.columns] == names
    assert all(0 <= column.score <= 1 for column in guess.columns)
    for preset in (Generic(today=TODAY), Monthly(today=TODAY)):
        if preset.match(info, batch_of(columns)):
            read(preset, info, batch_of(columns))


def test_headers_and_words_of_other_scripts() -> None:
    info, batch = table(
        "Дата;Область;Місто;Тип події;Загинуло;Широта;Довгота\n"
        "03.01.2021;Харківська;Харків;Обстріл;2;49,99;36,23"
    )
    found = rules(guess_mapping(info, batch).mapping)
    assert found["event_date"] == ("Дата",)
    assert (found["admin1"], found["place"]) == (("Область",), ("Місто",))
    assert (found["latitude"], found["longitude"]) == (("Широта",), ("Довгота",))
    assert read(Generic(today=TODAY), info, batch).fields["event_type"].to_pylist() == [
        "Explosions/Remote violence"
    ]


def test_a_decimal_comma_is_no_pair_of_coordinates() -> None:
    guess = guess_mapping(*table("Date;Town;North value;Dead\n2021-01-03;Kharkiv;49,99;2"))
    assert "coordinates" not in rules(guess.mapping)


def test_nobody_is_named_none() -> None:
    result = read(Generic(), *table("Date,City,Target,Killed\n2021-01-03,Quetta,None,2"))
    assert result.fields["actor2"].to_pylist() == [None]


def test_a_column_that_is_used_after_all_is_not_called_unfit() -> None:
    guess = guess_mapping(*table("Year,Date,Town,Dead\n2015,5 Jan,Kano,2\n2015,March 3 & 4,Jos,1"))
    assert rules(guess.mapping)["event_date"] == ("Year", "Date")
    assert not any("do not fit" in question for question in guess.questions)

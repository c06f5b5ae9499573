"""What the screen says of an incident."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.wording import (
    FIELD_LABELS,
    coordinate_words,
    count_words,
    date_words,
    headline,
    number,
    place_line,
    precision_words,
    span_words,
    toll_words,
    value_words,
)
from geodata.incident import FIELDS, Attribution, Claim, Incident
from geodata.precision import DatePrecision, LocationPrecision

RAID = Incident(
    incident_id="inc_1",
    event_date=date(2021, 8, 31),
    date_precision=DatePrecision.DAY,
    event_type="Battles",
    sub_event_type="Armed clash",
    actor1="Counter-Terrorism Department",
    actor2="Islamic State",
    place="Mastung",
    admin2="Mastung",
    admin1="Balochistan",
    country="Pakistan",
    latitude=29.8,
    longitude=66.845,
    location_precision=LocationPrecision.DISTRICT,
    killed_low=11,
    killed_best=11,
    killed_high=11,
)
BARE = Incident(incident_id="inc_2")


def test_the_headline_says_what_who_where_when_how_many():
    assert headline(RAID) == (
        "Armed clash: Counter-Terrorism Department vs Islamic State, "
        "Mastung district, 31 Aug 2021, 11 killed"
    )


def test_a_bare_incident_still_has_a_headline():
    assert headline(BARE) == "Incident"


def test_background_is_said():
    assert headline(replace(BARE, background=True)) == "Incident (background)"


def test_a_victim_without_a_named_attacker():
    attack = replace(BARE, sub_event_type="Suicide bomb", actor2="Police Forces of Pakistan")
    assert headline(attack) == "Suicide bomb against Police Forces of Pakistan"


def test_an_attack_is_against_somebody():
    attack = replace(BARE, event_type="Violence against civilians", actor1="A", actor2="Civilians")
    assert headline(attack) == "Violence against civilians: A against Civilians"


@pytest.mark.parametrize(
    ("low", "best", "high", "words"),
    [
        (None, None, None, ""),
        (None, 11, None, "11 killed"),
        (11, 11, 11, "11 killed"),
        (8, 9, 11, "8–11 killed"),
        (8, 8, None, "at least 8 killed"),
        (None, None, 11, "up to 11 killed"),
        (0, 0, 0, "nobody killed"),
        (1200, 1200, 1200, "1\u202f200 killed"),
    ],
)
def test_killed(low, best, high, words):
    assert toll_words(replace(BARE, killed_low=low, killed_best=best, killed_high=high)) == words


def test_injured_alone():
    assert toll_words(replace(BARE, killed_best=0, injured_best=3)) == "3 injured"


@pytest.mark.parametrize(
    ("precision", "last", "words"),
    [
        ("day", None, "31 Aug 2021"),
        ("day", date(2021, 8, 31), "31 Aug 2021"),
        ("range", date(2021, 9, 2), "31 Aug – 2 Sep 2021"),
        ("week", date(2021, 9, 6), "week of 31 Aug 2021"),
        ("month", date(2021, 8, 31), "Aug 2021"),
        ("year", None, "2021"),
    ],
)
def test_dates_are_as_exact_as_they_are_known(precision, last, words):
    dated = replace(RAID, event_date_end=last, date_precision=DatePrecision(precision))
    assert date_words(dated) == words


def test_an_unknown_date_is_bounded_by_the_publication():
    assert date_words(replace(BARE, event_date_end=date(2021, 8, 31))) == "on or before 31 Aug 2021"
    assert date_words(BARE) == "date unknown"


def test_spans():
    assert span_words(date(2021, 8, 3), date(2021, 8, 5)) == "3–5 Aug 2021"
    assert span_words(date(2020, 12, 30), date(2021, 1, 2)) == "30 Dec 2020 – 2 Jan 2021"


def test_place_line_names_each_division_once():
    assert place_line(RAID) == "Mastung district, Balochistan, Pakistan"
    city = replace(
        RAID, place="Kabul", admin1="Kabul", location_precision=LocationPrecision("site")
    )
    assert place_line(city) == "Kabul, Pakistan"


def test_district_precision_in_words():
    assert precision_words(RAID) == "placed at the district; the report names no town"


def test_a_town_that_was_not_found_is_named():
    village = replace(RAID, place="Kund Sar")
    assert precision_words(village) == "placed at the district; Kund Sar itself was not found"


def test_near_takes_the_radius_of_the_place_claim():
    claim = Claim(
        claim_id="c",
        incident_id="i",
        document_id="d",
        field="location",
        value={},
        detail={"radius_km": 30.0},
    )
    near = replace(RAID, place="Quetta", location_precision=LocationPrecision.NEAR)
    assert precision_words(near, claim) == "placed near a named place, within about 30 km"
    assert place_line(near).startswith("near Quetta")


def test_unplaced_incidents_say_why():
    assert precision_words(BARE) == "not placed; the report names no place"
    lost = replace(BARE, place="Zarkhel")
    assert precision_words(lost) == "not placed; Zarkhel was not found"
    claim = Claim(
        claim_id="c",
        incident_id="i",
        document_id="d",
        field="location",
        value="",
        detail={"outcome": "declined"},
    )
    assert precision_words(lost, claim).endswith("too close to call")


def test_country_is_not_drawn_and_says_so():
    country = replace(BARE, country="Mali", location_precision=LocationPrecision.COUNTRY)
    assert "not on the map" in precision_words(country)


def test_coordinates_are_no_finer_than_known():
    assert coordinate_words(RAID) == "29.80° N, 66.84° E"
    south = replace(RAID, latitude=-1.5, longitude=-70.25)
    assert coordinate_words(south) == "1.50° S, 70.25° W"
    assert coordinate_words(BARE) == ""


def test_every_field_has_a_label_without_internal_names():
    assert set(FIELDS) <= set(FIELD_LABELS)
    assert not [words for words in FIELD_LABELS.values() if "_" in words or "admin" in words]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("status", "draft", "Draft, not reviewed"),
        ("event_date", "2021-08-31", "31 Aug 2021"),
        ("event_date", "no date", "no date"),
        ("background", True, "yes"),
        ("killed_best", 1200, "1\u202f200"),
        ("killed_best", None, "not stated"),
        ("tags", ["raid", "drone"], "raid, drone"),
        (
            "killed_by_status",
            {"security_forces": 2, "civilians": 1},
            "2 of the security forces, 1 civilian",
        ),
        ("attribution", Attribution.DENIED.value, "named, but denies it"),
    ],
)
def test_stored_values_in_words(field, value, words):
    assert value_words(field, value) == words


def test_counts():
    assert count_words(1, "incident") == "1 incident"
    assert count_words(2000, "incident") == "2\u202f000 incidents"


@settings(deadline=None)
@given(st.integers(min_value=0))
def test_a_number_keeps_its_digits(value):
    assert int(number(value).replace("\u202f", "")) == value


@settings(deadline=None)
@given(
    st.builds(
        Incident,
        incident_id=st.just("x"),
        event_date=st.none() | st.dates(),
        date_precision=st.sampled_from(DatePrecision),
        place=st.none() | st.text(),
        latitude=st.none() | st.floats(-90, 90),
        longitude=st.none() | st.floats(-180, 180),
        location_precision=st.sampled_from(LocationPrecision),
        killed_low=st.none() | st.integers(0, 99),
        killed_high=st.none() | st.integers(0, 99),
    )
)
def test_any_incident_can_be_said(incident):
    assert headline(incident)
    assert precision_words(incident)


def test_names_from_right_to_left_are_set_off_so_that_a_line_keeps_its_order() -> None:
    incident = replace(RAID, actor1="جماعة", actor2="Police", place="صنعاء")
    assert "\u2068جماعة\u2069 " in headline(incident)
    assert "\u2068" not in headline(RAID)

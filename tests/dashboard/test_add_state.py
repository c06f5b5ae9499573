"""Drafts of the Add page: edits beside what was read, and how they are stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard._add_state import (
    PLACE_FIELDS,
    Draft,
    as_read,
    date_values,
    edited,
    hand_made,
    no_place_values,
    place_values,
    problems,
    save_drafts,
    type_values,
    worth_storing,
)
from geodata.errors import InputError
from geodata.incident import Incident, Status, to_json
from geodata.place import Candidate, Place
from geodata.precision import DatePrecision, LocationPrecision
from geodata.store import Store, open_store
from tests.dashboard._add_examples import found, raid, report

DAY = date(2021, 8, 17)


@pytest.fixture
def store(tmp_path: Path):
    with open_store(tmp_path / "p.gpkg", create=True) as opened:
        yield opened


def test_only_what_differs_is_an_edit():
    draft = Draft(found=found()).with_values({"killed_best": 12, "actor2": "Islamic State"})
    assert draft.edits == {"killed_best": 12}
    assert draft.incident.killed_best == 12
    assert draft.found.incident.killed_best == 11


def test_an_edit_taken_back_is_no_edit():
    draft = Draft(found=found()).with_values({"killed_best": 12}).with_values({"killed_best": 11})
    assert draft.edits == {}


@pytest.mark.parametrize(
    ("precision", "first", "last"),
    [
        (DatePrecision.DAY, "2021-08-17", None),
        (DatePrecision.WEEK, "2021-08-17", "2021-08-23"),
        (DatePrecision.MONTH, "2021-08-01", "2021-08-31"),
        (DatePrecision.YEAR, "2021-01-01", "2021-12-31"),
    ],
)
def test_a_picked_day_at_each_precision(precision, first, last):
    assert date_values(precision, DAY, None) == {
        "event_date": first,
        "event_date_end": last,
        "date_precision": precision.value,
    }


def test_without_a_day_the_date_is_unknown_and_keeps_its_bound():
    values = date_values(DatePrecision.DAY, None, DAY)
    assert values == {
        "event_date": None,
        "event_date_end": "2021-08-17",
        "date_precision": "unknown",
    }


@settings(deadline=None)
@given(st.sampled_from(DatePrecision), st.none() | st.dates(), st.none() | st.dates())
def test_date_values_can_always_be_held(precision, first, last):
    incident = edited(raid(), date_values(precision, first, last))
    assert (incident.event_date is None) == (incident.date_precision is DatePrecision.UNKNOWN)


def test_a_kind_of_another_type_is_dropped():
    assert type_values("Riots", "Armed clash")["sub_event_type"] is None
    assert type_values("Riots", "Mob violence")["sub_event_type"] == "Mob violence"
    assert type_values(None, None) == {"event_type": None, "sub_event_type": None}


def test_a_chosen_candidate_gives_all_place_fields():
    place = Place(
        place_id="g:1",
        name="Quetta",
        feature_class="P",
        feature_code="PPLA",
        country="PK",
        country_name="Pakistan",
        admin1="Balochistan",
        admin2="Quetta",
    )
    candidate = Candidate(
        place=place,
        latitude=30.2,
        longitude=67.0,
        location_precision=LocationPrecision.SETTLEMENT,
        radius_km=5,
        score=0.9,
        matched_name="Quetta",
    )
    values = place_values(candidate, "Quetta city")
    assert set(values) == set(PLACE_FIELDS)
    assert edited(raid(), values).place == "Quetta city"
    assert edited(raid(), values).located


def test_no_place_keeps_the_words_and_no_coordinate():
    incident = edited(raid(), no_place_values("Zarkhel"))
    assert (incident.place, incident.latitude, incident.located) == ("Zarkhel", None, False)


def test_contradictions_are_said():
    wrong = replace(raid(), killed_low=12, event_date_end=date(2021, 8, 1))
    words = " ".join(problems(wrong, date(2021, 8, 30)))
    assert "Killed" in words
    assert "before the first" in words
    assert "after the day of publication" in words
    assert problems(raid(), date(2021, 8, 31)) == []


def test_saving_keeps_the_machines_value_beside_the_edit(store: Store):
    draft = Draft(found=found()).with_values({"killed_high": 13})
    saved = save_drafts(store, report(), [draft], who="Amna")
    assert [one.killed_high for one in saved.kept] == [13]
    assert store.incident("inc_1").killed_high == 13
    (change,) = store.changes("inc_1")
    assert (change.field, change.before, change.after) == ("killed_high", 11, 13)
    assert change.who == "Amna"
    assert {claim.field for claim in store.claims("inc_1")} == {
        "event_type",
        "location",
        "date",
        "killed",
        "actor2",
    }


def test_what_is_left_out_is_kept_as_rejected(store: Store):
    saved = save_drafts(store, report(), [Draft(found=found(), keep=False)], who="Amna")
    assert saved.kept == ()
    assert store.incident("inc_1").status is Status.REJECTED
    assert store.changes("inc_1")[0].why == "left out while adding the report"


def test_checked_incidents_are_confirmed(store: Store):
    save_drafts(store, report(), [Draft(found=found())], who="Amna", confirmed=True)
    assert store.incident("inc_1").status is Status.CONFIRMED


def test_an_incident_by_hand_belongs_to_the_report(store: Store):
    draft = hand_made().with_values({"event_type": "Riots", "killed_best": 2})
    save_drafts(store, report(), [draft], who="Amna")
    (told,) = store.incidents_of_document("doc_1")
    assert (told.event_type, told.killed_best) == ("Riots", 2)
    assert {claim.method for claim in store.claims(told.incident_id)} == {"analyst"}


def test_empty_cards_by_hand_are_not_stored(store: Store):
    saved = save_drafts(store, report(), [hand_made()], who="Amna")
    assert saved.kept == saved.rejected == ()
    assert store.count_documents() == 1
    assert worth_storing([replace(hand_made(), edits={"notes": "x"}, keep=False)]) == []


def test_a_report_that_came_in_meanwhile_is_not_stored_twice(store: Store):
    save_drafts(store, report(), [Draft(found=found())], who="Amna")
    with pytest.raises(InputError, match="in the project already"):
        save_drafts(store, report(), [Draft(found=found("inc_2"))], who="Amna")
    assert store.incident("inc_2") is None


def test_as_read_is_json():
    incident: Incident = raid()
    assert as_read(incident, ("event_date",)) == {"event_date": to_json(incident)["event_date"]}

"""When values and incidents agree with the gold."""

from __future__ import annotations

import pytest

from ingest.evaluation.agreement import fields_of, has, pairs, value_agrees


def test_an_incident_within_a_day_and_50_km_is_right(raid) -> None:
    near = raid | {"event_date": "2021-08-31", "latitude": 30.5, "admin2": "Pishin"}
    assert pairs([near], [raid], strict=True) == [(0, 0)]


@pytest.mark.parametrize(
    "other",
    [
        {"event_date": "2021-09-01"},
        {"event_type": "Protests"},
        {"latitude": 33.0, "admin2": "Zhob"},
    ],
)
def test_one_of_three_wrong_still_pairs_but_is_not_right(raid, other: dict) -> None:
    assert pairs([raid | other], [raid], strict=True) == []
    assert pairs([raid | other], [raid]) == [(0, 0)]


def test_the_same_district_is_the_same_place(raid) -> None:
    assert pairs([raid | {"latitude": None}], [raid], strict=True) == [(0, 0)]


def test_two_of_three_wrong_is_another_incident(raid) -> None:
    assert pairs([raid | {"event_type": "Riots", "event_date": "2020-01-01"}], [raid]) == []


def test_the_best_agreeing_pair_comes_first(raid) -> None:
    other = raid | {"killed_best": 9}
    assert pairs([other, raid], [raid]) == [(1, 0)]


def test_a_subset_matches_by_what_is_there(raid) -> None:
    assert pairs([raid], [{"country": "PK", "killed_best": 2}], strict=True) == [(0, 0)]
    assert pairs([raid], [{"country": "India", "killed_best": 2}]) == []
    assert pairs([raid], [{"killed_best": 3}], strict=True) == [(0, 0)]


@pytest.mark.parametrize(
    ("field", "mine", "gold", "same"),
    [
        ("actor1", "TTP", "Tehreek-e-Taliban Pakistan", True),
        ("actor1", None, "", True),
        ("actor1", "A band", "Another band", False),
        ("country", "Pakistan", "PK", True),
        ("sub_event_type", "Armed clash", "armed clash ", True),
        ("killed_by_status", {"civilians": 2, "unknown": 0}, {"civilians": 2}, True),
        ("weapon", ["rifle", "bomb"], ["Bomb", "Rifle"], True),
        ("background", False, True, False),
    ],
)
def test_values(field: str, mine: object, gold: object, same: bool) -> None:
    assert value_agrees(field, {field: mine}, {field: gold}) is same


def test_a_range_is_right_when_both_ends_are(raid) -> None:
    week = raid | {"event_date_end": "2021-09-05"}
    assert not value_agrees("event_date", raid, week)
    assert value_agrees("event_date", week, {"event_date": "2021-08-30"})


def test_a_location_is_right_within_25_km(raid) -> None:
    assert value_agrees("location", raid | {"latitude": 30.38}, raid)
    assert not value_agrees("location", raid | {"latitude": 30.48}, raid)
    assert not value_agrees("location", raid | {"latitude": None}, raid)


def test_fields_of_the_gold_in_order_others_last() -> None:
    rows = [{"weapon": "IED", "killed_best": 1, "notes": "n"}, {"latitude": 1.0, "longitude": 2.0}]
    assert fields_of(rows) == ("killed_best", "location", "weapon")


@pytest.mark.parametrize("value", [None, "", "unknown", [], {}])
def test_nothing_is_no_value(value: object) -> None:
    assert not has("x", {"x": value})
    assert has("x", {"x": 0})
    assert has("x", {"x": False})

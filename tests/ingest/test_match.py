"""One incident told twice by different sources: what speaks for it, and what against it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.actors import default_registry
from geodata.incident import Incident
from geodata.precision import LocationPrecision
from geodata.store import Store
from ingest.match import ENOUGH, MAX_DAYS, Twin, twins_between, twins_of

REGISTRY = default_registry()
RAID = Incident(
    incident_id="one",
    event_date=date(2021, 8, 31),
    event_type="Battles",
    actor1="Islamic State Khorasan Province",
    latitude=29.80,
    longitude=66.85,
    location_precision=LocationPrecision.SETTLEMENT,
    killed_best=11,
)


def told_by(store: Store, *incidents: Incident) -> None:
    with store.atomic():
        store.add_incidents(incidents)


def twins(store: Store, other: Incident) -> list[Twin]:
    told_by(store, RAID, replace(other, incident_id="other", dataset="ucdp"))
    return twins_of(store, RAID, REGISTRY)


def test_the_same_day_place_side_and_toll_are_one_incident(store: Store) -> None:
    (twin,) = twins(store, RAID)
    assert (twin.first, twin.second, twin.score, twin.km, twin.days) == ("one", "other", 1, 0, 0)


def test_sources_may_differ_by_a_day_a_few_kilometres_and_a_life(store: Store) -> None:
    (twin,) = twins(
        store, replace(RAID, event_date=date(2021, 9, 1), latitude=29.82, killed_best=10)
    )
    assert ENOUGH < twin.score < 1


@pytest.mark.parametrize(
    "other",
    [
        replace(RAID, event_date=date(2021, 9, 4)),
        replace(RAID, latitude=31.5),
        replace(RAID, actor1="Al Shabaab"),
        replace(RAID, event_date=date(2021, 9, 2), killed_best=0, event_type="Protests", actor1=""),
    ],
    ids=["other days", "another place", "another side", "too little in common"],
)
def test_what_differs_too_much_is_another_incident(store: Store, other: Incident) -> None:
    assert twins(store, other) == []


def test_an_umbrella_is_no_other_side(store: Store) -> None:
    (twin,) = twins(store, replace(RAID, actor1="Islamic State"))
    assert twin.score == 1


def test_a_district_may_lie_farther_from_its_town(store: Store) -> None:
    (twin,) = twins(
        store, replace(RAID, latitude=29.4, location_precision=LocationPrecision.DISTRICT)
    )
    assert twin.km > 40


def test_an_interval_that_holds_the_day_is_the_same_day(store: Store) -> None:
    (twin,) = twins(
        store, replace(RAID, event_date=date(2021, 8, 25), event_date_end=date(2021, 9, 3))
    )
    assert twin.days == 0


def test_incidents_of_one_source_are_not_compared(store: Store) -> None:
    told_by(store, RAID, replace(RAID, incident_id="two"))
    assert twins_of(store, RAID, REGISTRY) == []


def test_each_incident_has_one_twin_in_another_data_set(store: Store) -> None:
    second = replace(RAID, incident_id="u-2", dataset="ucdp", killed_best=9)
    told_by(store, RAID, replace(RAID, incident_id="u-1", dataset="ucdp"), second)
    (twin,) = twins_between(store, "reports", "ucdp", REGISTRY)
    assert (twin.first, twin.second) == ("one", "u-1")


def test_incidents_without_day_or_point_are_no_twins(store: Store) -> None:
    told_by(
        store,
        replace(RAID, incident_id="a", event_date=None),
        replace(RAID, incident_id="b", latitude=None, longitude=None),
        replace(RAID, incident_id="c", dataset="ucdp"),
    )
    assert twins_between(store, "reports", "ucdp", REGISTRY) == []


@settings(max_examples=30)
@given(st.integers(-4, 4), st.floats(-1.5, 1.5), st.integers(0, 30))
def test_a_pair_is_found_from_either_side(days: int, off: float, killed: int) -> None:
    from ingest.match import _pairs, _told

    other = replace(
        RAID,
        incident_id="other",
        event_date=date(2021, 8, 31) + timedelta(days),
        latitude=29.80 + off,
        killed_best=killed,
    )
    one, two = _told(RAID, REGISTRY), _told(other, REGISTRY)
    assert one is not None
    assert two is not None
    there = [(twin.score, twin.km, twin.days) for twin in _pairs([one], [two])]
    back = [(twin.score, twin.km, twin.days) for twin in _pairs([two], [one])]
    assert there == back
    assert abs(days) <= MAX_DAYS or not there

"""What an analyst chose wins, where its context agrees."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.memory import PlaceMemory
from geodata.place import Outcome, PlaceQuery, Resolution
from geodata.precision import LocationPrecision
from ingest.geocode.memory import FixedMemories, MemoryGeocoder

BRIDGE = PlaceMemory(
    memory_id="mem_1",
    alias="Old Bridge",
    in_country="Pakistan",
    in_admin1="Balochistan",
    name="Old Bridge",
    latitude=30.0,
    longitude=67.0,
    location_precision=LocationPrecision.SETTLEMENT,
    country="Pakistan",
    admin1="Balochistan",
    who="Ann",
    when=datetime(2026, 3, 3, tzinfo=UTC),
    why="court file",
)
ANYWHERE = replace(BRIDGE, memory_id="mem_2", in_country="", in_admin1="")


class Nothing:
    """An empty gazetteer."""

    def geocode(self, query: PlaceQuery, *, limit: int = 5) -> Resolution:
        return Resolution(query=query, outcome=Outcome.NOT_FOUND, gazetteer="empty")


def ask(text: str, *memories: PlaceMemory, **hints: str) -> Resolution:
    geocoder = MemoryGeocoder(Nothing(), FixedMemories(memories))
    return geocoder.geocode(PlaceQuery(text=text, **hints))  # type: ignore[arg-type]  # test shorthand


def test_the_same_words_are_placed_as_chosen() -> None:
    best = ask("old  BRIDGE", BRIDGE, country="PK", admin1="Balochistan").best
    assert best is not None
    assert (best.latitude, best.longitude, best.score) == (30.0, 67.0, 1.0)
    assert best.reasons[0].words == "chosen by Ann on 3 Mar 2026: court file"


@pytest.mark.parametrize(
    "hints",
    [{"country": "Nigeria"}, {"country": "PK", "admin1": "Sindh"}, {"outlet_country": "Nigeria"}],
)
def test_a_context_that_differs_is_not_captured(hints: dict[str, str]) -> None:
    for memory in (BRIDGE, ANYWHERE):
        assert ask("Old Bridge", memory, **hints).gazetteer == "empty"


@pytest.mark.parametrize(
    ("district", "answered"), [("Quetta", True), ("Kachhi", True), ("Zhob", False)]
)
def test_the_district_it_was_chosen_in_or_lies_in_agrees(district: str, answered: bool) -> None:
    moved = replace(BRIDGE, in_admin2="Quetta", admin2="Kachhi")
    answer = ask("Old Bridge", moved, country="PK", admin1="Balochistan", admin2=district)
    assert (answer.outcome is Outcome.FOUND) is answered


def test_the_closest_context_wins_and_a_tie_answers_nothing() -> None:
    other = replace(BRIDGE, memory_id="mem_3", in_admin1="", latitude=10.0, admin1="")
    best = ask("Old Bridge", other, BRIDGE, country="Pakistan", admin1="Balochistan").best
    assert best is not None
    assert best.latitude == 30.0
    assert ask("Old Bridge", other, BRIDGE, country="Pakistan").gazetteer == "empty"


@pytest.mark.parametrize(
    "text", ["near Old Bridge", "Old Bridge area", "near Old Bridge, Pakistan"]
)
def test_a_relation_starts_from_the_remembered_point(text: str) -> None:
    best = ask(text, BRIDGE, country="Pakistan").best
    assert best is not None
    assert (best.location_precision, best.radius_km) == (LocationPrecision.NEAR, 25.0)


def test_an_offset_moves_the_remembered_point() -> None:
    best = ask("30 km south of Old Bridge", BRIDGE).best
    assert best is not None
    assert best.latitude == pytest.approx(29.73, abs=0.01)


def test_a_district_of_the_name_is_another_place() -> None:
    assert ask("Old Bridge district", BRIDGE).gazetteer == "empty"


def test_what_is_left_off_the_map_is_declined() -> None:
    off = PlaceMemory(memory_id="mem_4", alias="the border", who="Ann")
    answer = ask("the border", off)
    assert (answer.outcome, answer.note) == (Outcome.DECLINED, "left off the map by Ann")


NAMES = st.sampled_from(["", "Pakistan", "Nigeria", "Balochistan", "Sindh", "Quetta"])


@given(NAMES, NAMES, NAMES, NAMES, NAMES)
def test_no_choice_crosses_a_contradicting_context(
    country: str, admin1: str, own_country: str, own_admin1: str, of_choice: str
) -> None:
    memory = replace(
        BRIDGE, in_country=own_country, in_admin1=own_admin1, country=of_choice, admin1=""
    )
    best = ask("Old Bridge", memory, country=country, admin1=admin1).best
    if best is not None and country:
        assert country == (own_country or of_choice or country)
    if best is not None and admin1 and own_admin1:
        assert admin1 == own_admin1

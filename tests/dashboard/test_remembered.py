"""What is remembered of a corrected place, and how the page Places shows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dashboard._add_state import Draft, divisions_at, memory_of_draft
from dashboard.facts import memory_words
from dashboard.remembered import (
    meaning_words,
    memory_of,
    moved,
    place_changed,
    remembered_words,
    rows_of,
)
from geodata.incident import Claim, ExtractedIncident, Incident
from geodata.memory import PlaceMemory
from geodata.precision import LocationPrecision as P

READ = Incident(
    incident_id="inc", place="the old bridge", country="Pakistan", admin1="Balochistan",
    latitude=30.0, longitude=67.0, location_precision=P.DISTRICT,
)  # fmt: skip
MOVED = replace(READ, admin2="Kachhi", latitude=29.86, longitude=67.33, location_precision=P.SITE)


def test_the_reports_own_words_are_remembered_where_they_count() -> None:
    memory = memory_of(READ, MOVED, phrase="the old bridge", who="Ann")
    assert memory is not None
    assert (memory.alias, memory.in_country, memory.in_admin1) == (
        "the old bridge", "Pakistan", "Balochistan",
    )  # fmt: skip
    assert (memory.latitude, memory.longitude, memory.location_precision) == (29.86, 67.33, P.SITE)
    assert memory.who == "Ann"


def test_another_province_is_no_context() -> None:
    memory = memory_of(READ, replace(MOVED, admin1="Sindh"), phrase="the old bridge", who="Ann")
    assert memory is not None
    assert (memory.in_admin1, memory.admin1) == ("", "Sindh")


def test_left_off_the_map_counts_where_it_was_read_to_be() -> None:
    nowhere = replace(
        READ, country=None, admin1=None, latitude=None, longitude=None,
        location_precision=P.UNKNOWN,
    )  # fmt: skip
    memory = memory_of(READ, nowhere, phrase="the old bridge", who="Ann")
    assert memory is not None
    assert not memory.placed
    assert memory.in_country == "Pakistan"


@pytest.mark.parametrize(
    ("phrase", "now"),
    [("the bridge", READ), ("the bridge", replace(READ, place="Bridge")), (" ", MOVED)],
    ids=["nothing changed", "only the words", "the report named no place"],
)
def test_nothing_else_is_remembered(phrase: str, now: Incident) -> None:
    assert memory_of(READ, now, phrase=phrase, who="Ann") is None


def test_only_a_moved_place_offers_to_be_remembered() -> None:
    assert place_changed({"latitude": 1.0})
    assert not place_changed({"place": "Bridge", "killed_best": 3})


KEPT = PlaceMemory(
    memory_id="mem_1", alias="the old bridge", in_country="Pakistan", name="Bolan bridge",
    latitude=29.86, longitude=67.33, location_precision=P.SITE, country="Pakistan",
    who="Ann", when=datetime(2026, 3, 3, tzinfo=UTC),
)  # fmt: skip


@pytest.mark.parametrize(("search", "found"), [("", 1), ("BRIDGE", 1), ("bolan", 1), ("Quetta", 0)])
def test_rows_hold_what_is_searched_for(search: str, found: int) -> None:
    assert len(rows_of([KEPT], {}, search)) == found


def test_a_row_says_it_in_words() -> None:
    (row,) = rows_of([KEPT], {"mem_1": 2})
    assert row.context == "Pakistan"
    assert row.place == "Bolan bridge, Pakistan"
    assert row.chosen == "Ann, 3 Mar 2026"
    assert row.used == "2 incidents"
    assert remembered_words(KEPT) == (
        "Remembered for this project: “the old bridge” in Pakistan is Bolan bridge, Pakistan."
    )


def test_words_left_off_the_map_say_so() -> None:
    (row,) = rows_of([PlaceMemory(memory_id="m", alias="the front", who="Ann")], {})
    assert (row.place, row.context, row.used) == ("left off the map", "anywhere", "not yet")
    assert meaning_words(row) == "“the front” is left off the map"


def draft(**more: object) -> Draft:
    found = ExtractedIncident(replace(READ, place="Renamed since"), ())
    edits = {"latitude": 29.86, "longitude": 67.33}
    return Draft(found=found, edits=edits, **more)  # type: ignore[arg-type]  # test shorthand


def test_the_reports_words_are_those_before_an_earlier_rename() -> None:
    memory = memory_of_draft(draft(said="the old bridge"), "Ann")
    assert memory is not None
    assert memory.alias == "the old bridge"


def test_unticked_nothing_is_remembered() -> None:
    assert memory_of_draft(draft(remember=False), "Ann") is None
    assert memory_of_draft(draft(keep=False), "Ann") is None


def test_a_point_that_is_moved_away_leaves_its_divisions() -> None:
    paris = moved(KEPT, 48.86, 2.35)
    assert (paris.country, paris.admin2) == ("France", "")
    assert paris.admin1
    assert moved(KEPT, 29.86, 67.33) is KEPT


def test_a_point_that_is_moved_a_little_keeps_them() -> None:
    near = divisions_at(replace(READ, admin2="Kachhi"), 30.01, 67.01)
    assert near == {"admin2": "Kachhi", "admin1": "Balochistan", "country": "Pakistan"}
    assert divisions_at(replace(READ, admin2="Kachhi"), 28.0, 65.0)["admin2"] is None
    assert set(divisions_at(READ, 22.0, 63.0).values()) == {None}


def test_the_panel_says_that_memory_chose() -> None:
    claim = Claim(
        claim_id="c", incident_id="inc", document_id="d", field="location", value=None,
        method="rules",
        detail={"gazetteer": "project memory", "note": "chosen by Ann on 3 Mar 2026"},
    )  # fmt: skip
    assert memory_words(claim) == "; remembered by this project, chosen by Ann on 3 Mar 2026"
    assert memory_words(replace(claim, detail={"gazetteer": "geonames"})) == ""

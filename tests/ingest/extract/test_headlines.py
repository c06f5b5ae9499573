"""Headlines: the present tense, and their merging with the lead that tells the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geodata.incident import ExtractedIncident

Read = Callable[..., list[ExtractedIncident]]
DAY = "2014-05-08"


@pytest.mark.parametrize(
    ("headline", "killed"),
    [
        ("Gunmen kill two traders in Karachi", 2),
        ("Militants kill at least six soldiers in Pakistan's North Waziristan", 6),
        ("Indian shells kill two in Kashmir", 2),
        ("13 Pakistani militants die in fresh infighting", 13),
        ("Blast in Quetta leaves five dead", 5),
        ("Suicide bomber kills 12 in Kabul mosque", 12),
        ("Man killed in Indian firing along Line of Control in Kashmir", 1),
    ],
)
def test_a_headline_alone_tells_an_incident(read: Read, headline: str, killed: int) -> None:
    (found,) = read(headline, DAY)
    assert found.incident.killed_best == killed


@pytest.mark.parametrize(
    "headline",
    [
        "Government vows to kill the bill",
        "Police plan to kill stray dogs",
    ],
)
def test_a_headline_that_borrows_the_words_tells_none(read: Read, headline: str) -> None:
    assert read(headline, DAY) == []


def test_a_headline_with_the_next_city_is_of_the_lead(read: Read) -> None:
    text = (
        "Gunmen kill four soldiers in ambush near Maiduguri\n\n"
        "Boko Haram fighters ambushed an army convoy near the town of Konduga, in Nigeria's Borno"
        " State, on Monday, killing four soldiers, the military said."
    )
    (found,) = read(text, DAY)
    assert (found.incident.place, found.incident.killed_best) == ("Konduga", 4)


def test_another_toll_far_away_is_another_incident(read: Read) -> None:
    text = (
        "Gunmen kill four soldiers in ambush near Maiduguri\n\n"
        "A bomb killed nine people at a market in Jos, in Nigeria, on Monday, police said."
    )
    assert [one.incident.killed_best for one in read(text, DAY)] == [4, 9]


@pytest.mark.parametrize(
    "text",
    [
        "Three soldiers were on Monday injured after their vehicle hit a landmine near Maroua.",
        "Three soldiers were injured when their lorry ran over an improvised explosive device"
        " near Maroua on Monday.",
        "Three soldiers were injured on Monday after their patrol vehicle struck the buried mine"
        " near Maroua.",
    ],
)
def test_what_a_vehicle_ran_over_is_the_event_and_not_its_background(read: Read, text: str) -> None:
    found = read(text, DAY)
    assert [f.incident.sub_event_type for f in found] == ["Remote explosive/landmine/IED"]
    assert found[0].incident.injured_best == 3

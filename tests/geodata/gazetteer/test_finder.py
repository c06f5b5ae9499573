"""Which words of a text are names of places, and which only look like it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.gazetteer.finder import Finder
from geodata.gazetteer.lookup import Gazetteer


@pytest.fixture(scope="module")
def finder(gazetteer: Gazetteer) -> Finder:
    return Finder(gazetteer)


def names(finder: Finder, text: str) -> list[str]:
    return [hit.name for hit in finder.find_names(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gunmen killed two in Quetta, Pakistan.", ["Quetta", "Pakistan"]),
        ("QUETTA: Two were killed near Mach town in Pakistan.", ["QUETTA", "Mach", "Pakistan"]),
        ("A bomb exploded in Dera Ismail Khan, Pakistan.", ["Dera Ismail Khan", "Pakistan"]),
        ("A raid in D.I. Khan, Pakistan, failed.", ["D.I. Khan", "Pakistan"]),
        ("The al-Bab district of Aleppo in Syria.", ["al-Bab", "Aleppo", "Syria"]),
        ("Clashes in Valle del Cauca, Colombia.", ["Valle del Cauca", "Colombia"]),
        ("Fighters left Mazar-i-Sharif for Kabul.", ["Mazar-i-Sharif", "Kabul"]),
        ("On the Quetta-Karachi road in Pakistan.", ["Quetta", "Karachi", "Pakistan"]),
        ("The US and U.S. allies, not US-led forces or us.", ["US", "U.S."]),
        ("FATA and the NWFP in Pakistan.", ["FATA", "NWFP", "Pakistan"]),
    ],
)
def test_places_are_found(finder: Finder, text: str, found: list[str]) -> None:
    assert names(finder, text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Police said the tank was hit. March was bad.",
        "Most of them were killed. May they rest.",
        "General Khan and Mr Ali spoke on Friday.",
        "The Pakistani Taliban and Iraqi forces clashed.",
        "The Washington Post and the New York Times reported it.",
        "Imran Khan, Nadeem Shahwani and John Smith were present.",
        "Hub of the network. Bar owners said so.",
        "",
    ],
)
def test_what_only_looks_like_a_place(finder: Finder, text: str) -> None:
    assert names(finder, text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A Nashua woman and a Longview man met.", ["Nashua", "Longview"]),
        ("Ohio was wet. In Salem and Derry schools closed.", ["Ohio", "Salem", "Derry"]),
        ("She leaves a son, Lee Hill of Auburn, and a dog.", ["Auburn"]),
        ("The UK-based firm asked the EU.", ["UK"]),
        ("They came from Port-au-Prince and Côte d'Ivoire.", ["Port-au-Prince", "Côte d'Ivoire"]),
        ("He drowned in Lake Erie, not near Fort Hood.", ["Lake Erie", "Fort Hood"]),
        ("A Smith County jury in Texas met.", ["Smith County", "Texas"]),
        ("PARIS — A jury met.", ["PARIS"]),
        ("Rome's Gemelli clinic and Houston Mayor Lee.", ["Rome", "Houston"]),
    ],
)
def test_places_in_local_news(finder: Finder, text: str, found: list[str]) -> None:
    assert names(finder, text) == found


@pytest.mark.parametrize(
    "text",
    [
        "The University of Calgary and the Bank of Ireland agreed.",
        "Boston Red Sox fans and Manchester United fans fought.",
        "Coach Jordan Madison and Chief Austin Lima spoke.",
        "Real Madrid won. Radio Pyongyang said nothing.",
        "It cost US$460 million on U.S. Highway 82.",
        "The Houston Police Department and the Aberdeen University said so.",
        "Maya Harden won. Harden was glad.",
    ],
)
def test_bodies_teams_and_people(finder: Finder, text: str) -> None:
    assert names(finder, text) == []


def test_a_street_is_no_town_where_towns_are_named_after_people(finder: Finder) -> None:
    assert names(finder, "A fire on Troy Road in Ohio.") == ["Ohio"]
    assert "Quetta" in names(finder, "A bomb on Quetta Road in Pakistan.")


def test_a_common_word_needs_a_sign_that_a_place_is_meant(finder: Finder) -> None:
    assert "Tank" in names(finder, "A blast in Tank district of Pakistan killed four.")
    assert "Tank" not in names(finder, "Tank fire killed four in Pakistan.")
    assert "Sui" in names(finder, "The pipeline at Sui in Pakistan was blown up.")


def test_a_small_town_needs_its_country(finder: Finder) -> None:
    assert "Wana" in names(finder, "Pakistan said the raid took place. Wana was quiet.")
    assert "Wana" not in names(finder, "The raid took place. Wana was quiet.")


def test_kinds_are_those_of_the_countries_the_text_is_about(finder: Finder) -> None:
    (balochistan, _) = finder.find_names("Balochistan is a province of Pakistan.")
    assert balochistan.kinds == {"admin1"}
    (mali,) = finder.find_names("Mali is at war.")
    assert mali.kinds == {"country"}


@settings(deadline=None)
@given(st.text(alphabet="QuetaMch Pksn.,'-\n\"AB(é", max_size=120))
def test_hits_quote_the_text_in_order_and_apart(gazetteer: Gazetteer, text: str) -> None:
    end = 0
    for hit in Finder(gazetteer).find_names(text):
        assert hit.start >= end
        assert text[hit.start : hit.end] == hit.name
        end = hit.end

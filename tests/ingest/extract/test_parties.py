"""Actors in text: the registry's, unknown groups, acronyms a text introduces."""

from __future__ import annotations

from datetime import date

from geodata.actors import default_registry
from geodata.countries import countries_named
from ingest.extract.lexicon import load
from ingest.extract.parties import Party, Side, find_parties


def parties(text: str, published: date | None = None) -> list[Party]:
    return find_parties(text, default_registry(), load("en"), published, countries_named(text))


def names(text: str, country: str | None = None) -> list[str]:
    return [p.canonical(default_registry(), country) for p in parties(text)]


def test_a_group_and_its_men_are_one_party() -> None:
    assert names("IS militants attacked") == ["Islamic State"]


def test_men_of_a_group_are_the_group() -> None:
    assert names("guerrillas of the ELN attacked") == ["National Liberation Army (ELN)"]


def test_a_group_the_registry_lacks_is_kept_as_written() -> None:
    assert "Red Lake Liberation Front" in names("the Red Lake Liberation Front said")


def test_an_acronym_introduced_in_brackets_is_the_group() -> None:
    found = names("The Red Lake Liberation Front (RLLF) attacked. The RLLF said so.")
    assert found.count("Red Lake Liberation Front") == 2


def test_a_country_decides_whose_police() -> None:
    assert names("police", "Kenya") == ["Police (Kenya)"]


def test_who_holds_a_state_is_a_state() -> None:
    before, after = date(2020, 1, 1), date(2022, 1, 1)
    assert parties("the Taliban attacked", before)[0].side is Side.ARMED
    assert parties("the Taliban attacked", after)[0].side is Side.STATE


def test_a_country_accused_stands_for_its_forces() -> None:
    (party, *_) = parties("Kabul accused Pakistan of firing shells")
    assert party.side is Side.STATE

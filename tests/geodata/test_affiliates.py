"""Umbrellas: who belongs to whom, and filters that take a group with its affiliates."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest
from examples import RAID

from geodata.actors import default_registry
from geodata.affiliates import affiliate_names, affiliates_of, with_affiliates
from geodata.errors import InputError
from geodata.filters import Filter

REGISTRY = default_registry()


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("ISKP", "Islamic State"),
        ("Jamaat-ul-Ahrar", "TTP"),
        ("Katiba Macina", "JNIM"),
        ("Katiba Macina", "al-Qaeda"),
        ("Balochistan Liberation Front", "BRAS"),
        ("Second Marquetalia", "FARC dissidents"),
        ("Kataib Hezbollah", "Popular Mobilization Forces"),
        ("Kataib Hezbollah", "Islamic Resistance in Iraq"),
        ("Ulster Freedom Fighters (UFF)", "UDA"),
        ("Counter Terrorism Department (Pakistan)", "Pakistani police"),
    ],
)
def test_a_part_is_among_the_affiliates_of_its_whole(part: str, whole: str) -> None:
    actor = REGISTRY.resolve(part)
    assert actor is not None
    assert actor.name in affiliate_names(whole)


def test_police_of_one_country_have_the_units_of_that_country_alone() -> None:
    kenyan = REGISTRY.resolve("Kenyan police")
    assert kenyan is not None
    assert {a.country for a in affiliates_of(REGISTRY, kenyan)} == {"Kenya"}


def test_nobody_is_an_affiliate_of_itself() -> None:
    for actor in REGISTRY:
        assert actor not in affiliates_of(REGISTRY, actor)


def test_an_unknown_group_has_no_affiliates() -> None:
    assert affiliate_names("Owls of the Night") == ()
    assert with_affiliates(["Owls of the Night"]) == ("Owls of the Night",)


def test_a_group_is_kept_as_written_and_under_its_canonical_name() -> None:
    assert with_affiliates(["ISIS"])[:2] == ("ISIS", "Islamic State")


def test_a_filter_takes_one_group_or_its_affiliates_too() -> None:
    branch = replace(RAID, actor1="Islamic State Khorasan Province", perpetrator=None)
    assert not Filter(group=("Islamic State",)).matches(branch)
    assert Filter(group=("Islamic State",), with_affiliates=True).matches(branch)


def test_the_clause_says_the_same_as_the_sentence() -> None:
    where = Filter(perpetrator=("Islamic State",), with_affiliates=True)
    clause, values = where.clause()
    assert "Islamic State Khorasan Province" in values
    assert clause.count("?") == len(values)
    assert where.sentence() == "by Islamic State and its affiliates"


def test_the_affiliates_of_many_groups_are_no_deep_expression() -> None:
    groups = tuple(a.name for a in REGISTRY if affiliates_of(REGISTRY, a))[:100]
    clause, values = Filter(group=groups, with_affiliates=True).clause()
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE TABLE t (actor1, actor2, perpetrator, status)")
        assert connection.execute(f"SELECT * FROM t WHERE {clause}", values).fetchall() == []
    connection.close()


def test_the_url_keeps_the_switch_and_forgets_it_without_a_group() -> None:
    where = Filter(group=("TTP",), with_affiliates=True)
    assert where.to_query() == "group=TTP&with_affiliates=yes"
    assert Filter.from_query(where.to_query()) == where
    assert Filter.from_query("with_affiliates=yes").is_empty


def test_a_switch_is_yes_or_no() -> None:
    with pytest.raises(InputError, match="with_affiliates: 'maybe' is neither yes nor no"):
        Filter.from_query("group=TTP&with_affiliates=maybe")

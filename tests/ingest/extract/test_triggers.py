"""Words that tell of events, and those that only seem to."""

from __future__ import annotations

import pytest

from geodata.taxonomy import EVENT_TYPE_OF
from ingest.extract.lexicon import load
from ingest.extract.triggers import VIOLENCE, find_triggers


def first(text: str) -> str | None:
    found = find_triggers(text, load("en"))
    return found[0].kind if found else None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A roadside bomb struck a van", "Remote explosive/landmine/IED"),
        ("a bomber blew himself up at a gate", "Suicide bomb"),
        ("warplanes bombed a village", "Air/drone strike"),
        ("a drone dropped explosives on a house", "Air/drone strike"),
        ("mortar shells landed on a market", "Shelling/artillery/missile attack"),
        ("men hurled a hand grenade at a shop", "Grenade"),
        ("rebels overran the town", "Non-state actor overtakes territory"),
        ("troops retook the town", "Government regains territory"),
        ("gunmen kidnapped two nurses", "Abduction/forced disappearance"),
        ("an angry mob lynched a man", "Mob violence"),
        ("hundreds marched through the city", "Peaceful protest"),
        ("protesters threw stones at police", "Violent demonstration"),
        ("police defused a bomb", "Disrupted weapons use"),
        ("two clans signed a peace covenant", "Agreement"),
        ("men set fire to eight trucks", "Looting/property destruction"),
        ("the two groups clashed", "Armed clash"),
        ("police arrested two suspects", "Arrests"),
        ("fighters raped four women", "Sexual violence"),
        ("gunmen ambushed a patrol", VIOLENCE),
    ],
)
def test_reads_the_type(text: str, kind: str) -> None:
    assert first(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "The group vowed to attack again",
        "They could attack at any time",
        "he warned of attacks",
        "a plan to prevent attacks",
        "the minister came under fire for his remarks",
        "to recover four kidnapped drivers",
        "the slain militants",
        "we were bombarded with emails",
    ],
)
def test_no_event(text: str) -> None:
    assert first(text) is None


def test_the_month_of_may_is_no_condition() -> None:
    assert first("On 9 May 2019, police defused a bomb") == "Disrupted weapons use"


def test_weapons_that_were_found_explode_nowhere() -> None:
    text = "Suicide belts, hand grenades and rifles were confiscated"
    assert first(text) in (None, "Disrupted weapons use")


def test_every_kind_is_in_the_taxonomy() -> None:
    kinds = set(load("en").table("triggers.order")) - {VIOLENCE}
    assert kinds <= set(EVENT_TYPE_OF)

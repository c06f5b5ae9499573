"""Who was killed and injured, in the ways that reports tell it."""

from __future__ import annotations

import pytest

from ingest.extract.casualties import find_tolls
from ingest.extract.lexicon import load


def tolls(text: str) -> list[tuple[str, int, str]]:
    return [(t.kind, t.best, t.status) for t in find_tolls(text, load("en"))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("killing three officers", [("killed", 3, "security_forces")]),
        ("Two soldiers were killed in Gao", [("killed", 2, "security_forces")]),
        ("11 militants killed in raid", [("killed", 11, "militants")]),
        ("four policemen embraced martyrdom", [("killed", 4, "security_forces")]),
        ("Six villagers lost their lives", [("killed", 6, "civilians")]),
        ("gunmen shot dead a teacher", [("killed", 1, "civilians")]),
        ("left two officers dead", [("killed", 2, "security_forces")]),
        ("the deaths of six soldiers", [("killed", 6, "security_forces")]),
        ("five rebels were sent to hell", [("killed", 5, "militants")]),
        ("three bandits were neutralised", [("killed", 3, "militants")]),
        ("The death toll has risen to 14", [("killed", 14, "unknown")]),
        ("the ministry put the toll at eight", [("killed", 8, "unknown")]),
        ("survivors counted 20 bodies", [("killed", 20, "unknown")]),
        ("wounding more than a dozen", [("injured", 13, "unknown")]),
        ("a nurse sustained minor injuries", [("injured", 1, "civilians")]),
        ("five others were wounded", [("injured", 5, "unknown")]),
        ("a student was hit in the leg", [("injured", 1, "civilians")]),
        ("counted the bodies of 40 soldiers", [("killed", 40, "security_forces")]),
        ("the beheaded body of a teacher was found", [("killed", 1, "civilians")]),
        ("dragged him out and slit his throat", [("killed", 1, "unknown")]),
        ("a boy of 14 was killed by a stray bullet", [("killed", 1, "civilians")]),
        ("five people from one family were killed", [("killed", 5, "unknown")]),
        (
            "a constable and three Maoists, one of them a woman, were killed",
            [("killed", 1, "security_forces"), ("killed", 3, "militants")],
        ),
        ("The toll of the raid goes up from three to five", [("killed", 5, "unknown")]),
        (
            "The death toll from the blast climbed from at least 12 to 15",
            [("killed", 15, "unknown")],
        ),
        ("The toll from the storming of the fort has reached nine", [("killed", 9, "unknown")]),
        ("the farmer Abdou K., 52, was found dead", [("killed", 1, "civilians")]),
        ("Six soldiers fell on Friday in an ambush", [("killed", 6, "security_forces")]),
        ("Fatalities unknown, coded as 10", [("killed", 10, "unknown")]),
    ],
)
def test_reads_a_toll(text: str, wanted: list[tuple[str, int, str]]) -> None:
    assert tolls(text) == wanted


def test_a_list_gives_each_status() -> None:
    assert tolls("Four of the attackers and one constable were killed") == [
        ("killed", 4, "militants"),
        ("killed", 1, "security_forces"),
    ]


def test_verbs_share_no_victims() -> None:
    assert tolls("killing a woman and two of her children and wounding four relatives") == [
        ("killed", 1, "civilians"),
        ("killed", 2, "civilians"),
        ("injured", 4, "civilians"),
    ]


def test_a_subject_with_words_behind_it() -> None:
    text = "A constable guarding a vaccination team was killed and a nurse injured"
    assert tolls(text) == [("killed", 1, "security_forces"), ("injured", 1, "civilians")]


def test_a_breakdown_is_not_counted() -> None:
    text = "At least 39 people, including two officers, were injured"
    assert tolls(text) == [("injured", 39, "unknown")]


def test_who_speaks_is_not_hurt() -> None:
    text = "wounding dozens, a guard and a health worker said"
    assert tolls(text) == [("injured", 24, "unknown")]


def test_no_casualties_are_zero() -> None:
    assert tolls("causing no casualties") == [("killed", 0, "unknown"), ("injured", 0, "unknown")]


def test_no_figures_are_nothing() -> None:
    assert tolls("He gave no casualty figures.") == []


@pytest.mark.parametrize("text", ["killed the contest", "the show was killed by rising costs"])
def test_only_people_die(text: str) -> None:
    assert tolls(text) == []


def test_own_losses_are_marked() -> None:
    (toll,) = find_tolls("acknowledged losing just one man", load("en"))
    assert toll.own


@pytest.mark.parametrize(
    "words",
    [
        "hurting nobody",
        "no one was hit",
        "No residents were harmed",
        "no casualty was recorded",
    ],
)
def test_nobody_hurt_is_none_killed_and_none_injured(words: str) -> None:
    assert {(kind, best) for kind, best, _ in tolls(f"A shell fell on a field, {words}.")} == {
        ("killed", 0),
        ("injured", 0),
    }


@pytest.mark.parametrize("words", ["no life was lost", "no passengers died", "claimed no lives"])
def test_no_death_says_nothing_of_the_injured(words: str) -> None:
    assert tolls(f"The blast on the line caused delays; {words}.") == [("killed", 0, "unknown")]

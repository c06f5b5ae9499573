"""Tolls in words nobody listed: any way of dying or being hurt, in lists and corrections."""

from __future__ import annotations

import pytest

from ingest.extract.casualties import find_tolls
from ingest.extract.ledger import BODIES, OFFICIAL, WITNESS, Count, Said, settle
from ingest.extract.lexicon import load
from ingest.extract.numbers import find_quantities
from tests.ingest.extract.conftest import Read


def best(text: str) -> tuple[int | None, int | None]:
    """Killed and injured of a clause, as the ledger adds them up."""
    said = [Said(toll, OFFICIAL) for toll in find_tolls(text, load("en"))]
    return settle(said, "killed").best, settle(said, "injured").best


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("Eleven people suffocated after gas filled the tunnel.", 11),
        ("The attack cost nine villagers their lives.", 9),
        ("Seven men were put to death by the militants.", 7),
        ("Five passengers did not survive the blast.", 5),
        ("At least six have been reported killed in the shelling.", 6),
        ("The number of victims rose to 17.", 17),
        ("Reporters counted 14 graves in the village.", 14),
        ("Ten recruits were torn apart by the blast.", 10),
        ("Two villagers bled to death.", 2),
        ("A tailor had his throat slit.", 1),
        ("Six travellers were dragged from a bus and shot.", 6),
        ("The drone strike wiped out a family of five.", 5),
        ("Two soldiers were felled by sniper fire.", 2),
    ],
)
def test_ways_of_dying(text: str, killed: int) -> None:
    assert best(text) == (killed, None)


@pytest.mark.parametrize(
    ("text", "injured"),
    [
        ("12 people were treated for breathing difficulties.", 12),
        ("Four police officers were taken to hospital.", 4),
        ("Two of the workers remain in hospital.", 2),
        ("33 wounded men had been evacuated to Gao.", 33),
        ("Some 20 survivors were being treated at the clinic.", 20),
        ("Three children are in critical condition.", 3),
        ("Two guards suffered fractures.", 2),
        ("The boy lost a leg.", 1),
        ("About 40 people were affected by tear gas.", 40),
    ],
)
def test_ways_of_being_hurt(text: str, injured: int) -> None:
    assert best(text) == (None, injured)


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("Eight civilian auxiliaries and six soldiers were killed in the ambush.", 14),
        ("Gunmen fired at a boat, killing a fisherman and his two sons.", 3),
        ("They killed a beekeeper, his wife and their three daughters.", 5),
        ("They hacked to death a village chief, two of his wives and a guest.", 4),
        ("Three people, a mother and her two sons, were killed.", 3),
        ("Two civilians were killed: a 71-year-old woman and her son.", 2),
        ("Rebels executed 12 youths, and 8 others are missing.", 12),
    ],
)
def test_lists_add_up_and_breakdowns_do_not(text: str, killed: int) -> None:
    assert best(text)[0] == killed


def test_a_numeral_in_brackets_repeats_the_word() -> None:
    assert best("Three (03) people died and seven (07) others were wounded.") == (3, 7)
    assert [q.best for q in find_quantities("twelve (12) dead", load("en"))] == [12]


@pytest.mark.parametrize(
    "text", ["The mayor escaped unhurt.", "All passengers escaped unscathed.", "No one was hurt."]
)
def test_nobody_hurt_is_zero(text: str) -> None:
    assert best(text) == (0, 0)


def test_who_died_of_a_wound_is_not_injured_too() -> None:
    assert best("A mother of four was hit by a stray bullet and died at the scene.") == (1, None)


def test_kin_of_a_speaker_is_no_second_victim() -> None:
    assert best("A man who said he lost his brother spoke by telephone.") == (None, None)


def test_counted_bodies_only_raise_the_high_figure() -> None:
    official = Said(find_tolls("six people were killed", load("en"))[0], OFFICIAL)
    for words, high in (("nine bodies", 9), ("four bodies", 6)):
        bodies = Said(find_tolls(f"{words} were received", load("en"))[0], WITNESS, BODIES)
        assert _bounds(settle([official, bodies], "killed")) == (6, 6, high)


def _bounds(count: Count) -> tuple[int | None, int | None, int | None]:
    return count.low, count.best, count.high


def test_first_reports_are_superseded(read: Read) -> None:
    text = (
        "A bomb exploded at a bus stop in Jalalabad on Tuesday, killing five people, the governor "
        "said. Officials had first reported three dead."
    )
    (found,) = read(text, "2023-06-14")
    assert _killed(found.incident) == (5, 5, 5)


def test_a_count_over_several_events_belongs_to_none(read: Read) -> None:
    text = (
        "A series of car bombs hit Iraq on Tuesday, killing at least 30 people, officials said.\n\n"
        "In Mosul, a car bomb near a mosque killed nine people on Tuesday. In Basra, a car bomb "
        "outside a bank killed four people on Tuesday, police said."
    )
    assert 30 not in [x.incident.killed_best for x in read(text, "2023-06-14")]


def _killed(incident: object) -> tuple[int | None, ...]:
    return tuple(getattr(incident, f"killed_{k}") for k in ("low", "best", "high"))

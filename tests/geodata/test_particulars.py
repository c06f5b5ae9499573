"""Weapon, tactic, target: closed words, a published table, a crosswalk to the GTD."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

import pytest

from geodata import particulars as p
from geodata.incident import Incident, from_json, to_json, with_field
from geodata.particulars import Tactic, Target, Weapon

PAGE = (Path(__file__).parents[2] / "docs" / "particulars.md").read_text(encoding="utf-8")
TABLES: dict[str, tuple[type[StrEnum], dict[str, int]]] = {
    "Weapon": (Weapon, {w.value: code for w, code in p.GTD_WEAPON.items()}),
    "Tactic": (Tactic, {t.value: code for t, code in p.GTD_TACTIC.items()}),
    "Target": (Target, {t.value: code for t, code in p.GTD_TARGET.items()}),
}


def published(title: str) -> dict[str, str]:
    """Words of a table of the page, with their GTD column."""
    section = PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]
    return dict(re.findall(r"^\| ([^|]+?) \| [^|]+ \| (\d+|none) \|$", section, re.M))


@pytest.mark.parametrize("title", TABLES)
def test_the_page_tells_every_word_and_its_gtd_code(title: str) -> None:
    words, codes = TABLES[title]
    assert published(title) == {w.value: str(codes.get(w.value, "none")) for w in words}


@pytest.mark.parametrize("words", [Weapon, Tactic, Target])
def test_words_are_plain(words: type[StrEnum]) -> None:
    assert all(re.fullmatch(r"[a-z]+( [a-z]+)*", word.value) for word in words)


@pytest.mark.parametrize("code", range(1, 14))
def test_every_weaptype_of_the_gtd_has_a_weapon(code: int) -> None:
    weapon = p.weapon_of_gtd(code)
    assert weapon is Weapon.OTHER or (weapon and p.GTD_WEAPON[weapon] == code)


@pytest.mark.parametrize("code", range(1, 10))
def test_every_attacktype_of_the_gtd_has_a_tactic_of_that_type(code: int) -> None:
    tactic = p.tactic_of_gtd(code)
    assert tactic is not None
    assert p.GTD_TACTIC[tactic] == code


@pytest.mark.parametrize("code", range(1, 23))
def test_every_targtype_of_the_gtd_has_a_target(code: int) -> None:
    target = p.target_of_gtd(code)
    assert target is not None
    assert code == 5 or p.GTD_TARGET[target] == code


@pytest.mark.parametrize("code", [0, -9, 99])
def test_a_code_that_the_gtd_lacks_has_none_of_ours(code: int) -> None:
    assert (p.weapon_of_gtd(code), p.tactic_of_gtd(code), p.target_of_gtd(code)) == (None,) * 3


def test_json_carries_the_words_and_brings_them_back() -> None:
    raid = Incident(
        incident_id="raid", weapon=Weapon.CAR_BOMB, tactic=Tactic.SUICIDE_ATTACK,
        target=Target.POLICE, attributed_by="the governor", arrested=0, abducted=7, released=2,
    )  # fmt: skip
    values = to_json(raid)
    assert (values["weapon"], values["tactic"], values["arrested"]) == (
        "car bomb", "suicide attack", 0,
    )  # fmt: skip
    assert from_json(values) == raid


@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_told_is_none(nothing: str | None) -> None:
    told = with_field(Incident(incident_id="x", weapon=Weapon.FIRE), "weapon", nothing)
    assert told.weapon is None
    assert with_field(Incident(incident_id="x"), "arrested", nothing).arrested is None


@pytest.mark.parametrize(
    ("field", "value"), [("weapon", "Car bomb"), ("tactic", "x"), ("target", 3), ("abducted", -1)]
)
def test_other_words_and_negative_counts_are_refused(field: str, value: object) -> None:
    with pytest.raises(ValueError, match=str(value)):
        with_field(Incident(incident_id="x"), field, value)

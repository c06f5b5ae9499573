"""The registry is in order, and its check names what would not be."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.countries import DATA
from scripts.check_actors import faults

HEADING = "name,kind,country,aliases,parent,note\n"


def test_the_registry_is_in_order() -> None:
    assert faults([DATA / "actors.csv", *sorted((DATA / "actors").glob("*.csv"))]) == []


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ("Owls,armedgroup,,,,", "kind 'armedgroup'"),
        ("Owls,militia,Atlantis,,,", "country 'Atlantis'"),
        ("Owls,militia,,,Hawks,", "parent 'Hawks' is no actor"),
        ("Night Owls,militia,,,Night Owls,", "belongs to itself"),
        ("Aa Xx,militia,,,Bb Xx,\nBb Xx,militia,,,Aa Xx,", "'Bb Xx' belongs to itself"),
        ("Aa Xx,militia,Mali,QQQ,,\nBb Xx,militia,Mali,QQQ,,", "no country tells them apart"),
        ("Night Owls,militia,Mali,Hawk|Hawk,,", "alias 'Hawk' is there twice"),
        ("Night Owls,militia,,!NO,,", "'!' needs a home country"),
        ("Night Owls,militia,Mali,village,,", "'village' of 'Night Owls' is an everyday word"),
        ("Owls,militia,,,,\nOwls,militia,,,,", "'Owls' is there twice"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, rows: str, fault: str) -> None:
    file = tmp_path / "own.csv"
    file.write_text(HEADING + rows, encoding="utf-8")
    found = faults([file])
    assert any(fault in line and line.startswith("own.csv line ") for line in found), found


def test_countries_tell_one_abbreviation_apart(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text(
        HEADING + "Aa Xx,militia,Mali,QQQ,,\nBb Xx,militia,Chad,QQQ,,", encoding="utf-8"
    )
    assert faults([file]) == []

"""Whether two names mean one division."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata._area_names import DOUBT, SAME, NameTable, likeness

LAYER = [
    ["Kech", "Turbat"],
    ["Upper Dir"],
    ["Lower Dir"],
    ["Killa Saifullah"],
    ["Khyber Pakhtunkhwa"],
    ["North Waziristan"],
    ["South Waziristan"],
]
TABLE = NameTable(LAYER)


def meant(name: str) -> list[str]:
    return [LAYER[number][0] for number in sorted(TABLE.find(name)[0])]


@pytest.mark.parametrize(
    ("name", "area"),
    [
        ("KECH DISTRICT", "Kech"),
        ("district of Kech", "Kech"),
        ("Turbat", "Kech"),
        ("Upper Dir district", "Upper Dir"),
        ("Qilla Saifullah", "Killa Saifullah"),
        ("Killa Saif Ullah", "Killa Saifullah"),
        ("KP", "Khyber Pakhtunkhwa"),
        ("Khyber-Pakhtunkhwa Province", "Khyber Pakhtunkhwa"),
        ("Khyber Pakhtoonkhwa", "Khyber Pakhtunkhwa"),
        ("North Waziristan Agency", "North Waziristan"),
    ],
)
def test_a_name_is_found_in_another_spelling(name: str, area: str) -> None:
    assert meant(name) == [area]


@pytest.mark.parametrize("name", ["Lahore", "", "District", "???", "Dir", "Quetta"])
def test_an_unknown_name_means_nothing(name: str) -> None:
    assert meant(name) == []


def test_a_name_that_is_there_never_means_its_neighbour() -> None:
    assert likeness("North Waziristan", "South Waziristan") > DOUBT
    assert TABLE.find("South Waziristan")[1] is True
    assert meant("South Waziristan") == ["South Waziristan"]


def test_a_likely_name_is_not_sure() -> None:
    numbers, sure = TABLE.find("Qilla Saifulah")
    assert (len(numbers), sure) == (1, False)


def test_initials_alone_do_not_meet() -> None:
    assert likeness("Khyber Pakhtunkhwa", "Kalat Panjgur") < SAME
    assert likeness("Khyber Pakhtunkhwa", "KP") == 100


def test_two_areas_of_one_name_are_both_meant() -> None:
    assert NameTable([["Aurangabad"], ["Aurangabad"]]).find("aurangabad")[0] == {0, 1}


def test_a_gazetteer_is_asked_for_names_that_are_not_there() -> None:
    table = NameTable([["Kachhi"]], lambda name, country: ["Kachhi"] if name == "Bolan" else [])
    assert table.find("Bolan", "PK") == (frozenset({0}), True)


@given(st.text(max_size=20), st.text(max_size=20))
def test_likeness_is_a_share_and_goes_both_ways(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) == likeness(other, one) <= 100

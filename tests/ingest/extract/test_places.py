"""Place phrases: the name, what holds it, and what is only spoken of."""

from __future__ import annotations

import pytest

from ingest.extract.context import country_of
from ingest.extract.demonyms import is_demonym
from ingest.extract.lexicon import load
from ingest.extract.places import PlacePhrase, find_places


def places(text: str) -> list[PlacePhrase]:
    return find_places(text, load("en"), country_of=country_of)


def used(text: str) -> list[str]:
    return [p.head.name for p in places(text) if not p.excluded]


def test_a_name_after_a_word_of_place() -> None:
    assert used("A bomb exploded in Gao on Monday") == ["Gao"]


def test_the_chain_of_holders() -> None:
    (place,) = places("attacked a post in the Absar area of Turbat, Kech district")
    assert place.head.name == "Absar"
    assert [p.name for p in place.parents] == ["Turbat", "Kech"]


@pytest.mark.parametrize("text", ["in the district of Mastung", "in Mastung district"])
def test_a_district_is_known_as_one(text: str) -> None:
    (place,) = places(text)
    assert (place.head.name, place.head.kind) == ("Mastung", "district")


def test_near_is_kept() -> None:
    (place,) = places("near the town of Mach")
    assert place.near


def test_an_offset_is_kept_apart_from_the_place() -> None:
    first, second = places("at Konduga, some 35 kilometres southeast of Maiduguri")
    assert first.head.name == "Konduga"
    assert "35 kilometres" in second.offset


def test_a_road_between_two_towns_is_one_place() -> None:
    (place,) = places("on the road between Bankass and Koro")
    assert [p.name for p in place.parents] == ["Koro"]


@pytest.mark.parametrize(
    "text",
    [
        "three men belonging to Rahim Yar Khan district",
        "was taken to the hospital in Quetta",
        "a group based in North Waziristan",
        "Quetta is the capital of Balochistan",
        "told reporters in Cucuta",
    ],
)
def test_places_that_are_only_spoken_of(text: str) -> None:
    assert used(text) == []


@pytest.mark.parametrize("text", ["Pakistani Taliban", "on Tuesday", "in May", "Iraqi forces"])
def test_no_places(text: str) -> None:
    assert used(text) == []


def test_a_state_named_like_a_country_is_whole() -> None:
    assert used("in Munya area of Niger State")[0] == "Munya"
    assert is_demonym("Afghan")
    assert not is_demonym("Niger")

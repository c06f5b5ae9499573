"""Short forms of provinces behind a town."""

from __future__ import annotations

import pytest

from geodata.gazetteer.abbreviations import spelled_out
from geodata.gazetteer.finder import Finder
from geodata.gazetteer.lookup import Gazetteer


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("Tex.", "Texas"),
        ("N.C.", "North Carolina"),
        ("NSW", "New South Wales"),
        ("Pa", "Pennsylvania"),
    ],
)
def test_dots_do_not_count(short: str, name: str) -> None:
    assert name in {known for known, _ in spelled_out(short)}


@pytest.mark.parametrize("word", ["ill", "miss", "in", "or", "Fill", ""])
def test_words_are_no_short_forms(word: str) -> None:
    assert spelled_out(word) == ()


def test_every_short_form_is_a_province_of_its_country(gazetteer: Gazetteer) -> None:
    from geodata.gazetteer.abbreviations import _table

    for short, meanings in _table().items():
        for name, country in meanings:
            kinds = {entry.kind for entry in gazetteer.lookup(name, country=country)}
            assert "admin1" in kinds, (short, name, country)


def test_they_are_read_behind_a_comma_only(gazetteer: Gazetteer) -> None:
    names = [hit.name for hit in Finder(gazetteer).find_names("In Tyler, Tex. and Macon, Ga., OK?")]
    assert names == ["Tyler", "Tex.", "Macon", "Ga."]

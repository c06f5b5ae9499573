"""Folding: what a search takes as the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata import _names
from geodata._fold import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller", "MULLER"),
        ("Bāzār", "bazar"),
        ("Łódź", "lodz"),
        ("İzmir", "izmir"),
        ("Diyarbakır", "diyarbakir"),
        ("Straße", "STRASSE"),
        ("Ma’rib", "Ma'rib"),
        ("Qa\u02bcim", "qa'im"),
        ("Al\u2011Shabaab", "al-shabaab"),
        ("مُحَمَّد", "محمد"),
        ("ＡＢＣ", "abc"),
    ],
)
def test_spellings_that_are_the_same_to_a_search(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_different_words_stay_different() -> None:
    assert len({fold(word) for word in ("Mach", "Mac", "كابل", "कि", "का")}) == 5


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_case_makes_no_difference(text: str) -> None:
    assert fold(text.casefold()) == fold(text)


@given(st.lists(st.sampled_from(["Al", "_", "'", "’s", "x", "É", "٣", " ", "-", "9"])).map("".join))
def test_words_are_cut_as_by_the_expression_for_one(text: str) -> None:
    expected = [match.start() for match in _names._WORD.finditer(text)]
    assert [word.start for word in _names.words(text)] == expected

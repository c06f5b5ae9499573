"""Names in Arabic, Cyrillic and other scripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.gazetteer._scripts import native_fold, script_of, transliterated
from geodata.gazetteer.lookup import Gazetteer
from geodata.gazetteer.names import core_fold, fold


@pytest.mark.parametrize(
    ("one", "other"),
    [("كوئٹہ", "کوئٹہ"), ("الموصل", "الموصل"), ("حلب\u200c", "حَلَب"), ("Артёмовск", "Артемовск")],
)
def test_letters_that_keyboards_exchange_are_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("name", "core"),
    [("ضلع خضدار", "خضدار"), ("محافظة نينوى", "نینوی"), ("Донецкая область", "донецкая"),
     ("город Бахмут", "бахмут")],
)  # fmt: skip
def test_division_words_come_off(name: str, core: str) -> None:
    assert core_fold(fold(name))[0] == core


@pytest.mark.parametrize(
    ("name", "country", "english"),
    [("خضدار", "PK", "Khuzdar"), ("الموصل", "IQ", "Mosul"), ("Бахмут", "UA", "Bakhmut"),
     ("کابل", "AF", "Kabul"), ("حلب", "SY", "Aleppo")],
)  # fmt: skip
def test_they_are_found_as_they_are_written(
    gazetteer: Gazetteer, name: str, country: str, english: str
) -> None:
    assert english in {entry.name for entry in gazetteer.lookup(name, country=country)}


def test_a_transliteration_keeps_the_consonants() -> None:
    assert transliterated("خضدار") == "khzdar"
    assert transliterated("Днепр") == "Dnepr"


def test_latin_letters_with_marks_are_no_other_script() -> None:
    assert script_of("Khuzdār") is None
    assert script_of("Łódź") is None


@given(st.text(max_size=30))
def test_a_fold_is_its_own_fold(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert native_fold(native_fold(text)) == native_fold(text)

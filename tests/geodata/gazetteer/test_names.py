"""Names are compared by what two spellings of one name share."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geodata.gazetteer._scripts import script_of
from geodata.gazetteer.names import (
    core_fold,
    display_name,
    fold,
    skeleton,
    without_article,
)


@pytest.mark.parametrize(
    ("spelling", "key"),
    [
        ("Khuzdār", "khuzdar"),
        ("KHUZDAR", "khuzdar"),
        ("D.I. Khan", "di khan"),
        ("D. I. Khan", "di khan"),
        ("Dar‘ā", "dara"),
        ("Fada N'Gourma", "fada ngourma"),
        ("Sant Julià de Lòria", "sant julia de loria"),
        ("Mazar-i-Sharif", "mazar i sharif"),
    ],
)
def test_fold(spelling: str, key: str) -> None:
    assert fold(spelling) == key


@settings(deadline=None)
@example("A\ufe70A")
@example("\u2f00\ufe70")
@given(st.text(max_size=80))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@settings(deadline=None)
@given(st.text(max_size=80))
def test_a_fold_is_plain(text: str) -> None:
    assert fold(text).isascii() or script_of(text) is not None
    assert fold(text) == " ".join(fold(text).split())


@pytest.mark.parametrize(
    ("key", "core"),
    [
        ("kech district", ("kech", "district")),
        ("kech distrcit", ("kech", "district")),
        ("donetska oblast", ("donetska", "oblast")),
        ("comuna de albac", ("albac", "comuna")),
        ("birnin gwari local government area", ("birnin gwari", "local government area")),
        ("northern province", ("northern province", None)),
        ("district", ("district", None)),
        ("quetta", ("quetta", None)),
    ],
)
def test_the_division_word_comes_off(key: str, core: tuple[str, str | None]) -> None:
    assert core_fold(key) == core


def test_display_names_are_spelled_as_in_english_reports() -> None:
    assert display_name("Khuzdār District", "PK", division=True) == "Khuzdar"
    assert display_name("Shahrestān-e Tabas", "IR", division=True) == "Tabas"
    assert display_name("Ḩalab", "SY", division=True) == "Halab"
    assert display_name("Guz̄arah", "AF", division=False) == "Guzarah"


def test_a_country_keeps_the_letters_of_its_own_alphabet() -> None:
    assert display_name("Nariño", "CO", division=True) == "Nariño"
    assert display_name("Rēzekne", "LV", division=False) == "Rēzekne"
    assert display_name("Diyarbakır", "TR", division=True) == "Diyarbakır"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("qandahar", "kandahar"),
        ("noshki", "nushki"),
        ("dnipro", "dnepr"),
        ("miranshah", "miramshah"),
    ],
)
def test_transliterations_share_their_consonants(one: str, other: str) -> None:
    assert skeleton(one)[:2] == skeleton(other)[:2]


def test_small_words_come_off() -> None:
    assert without_article("ar raqqah") == "raqqah"
    assert without_article("alabama") == "alabama"

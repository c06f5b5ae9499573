"""The gloss: Spanish in plain English, and the way back to the report's own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.gloss import gloss
from ingest.extract.gloss.dictionary import dictionary, spelled
from ingest.extract.gloss.english import plural_of, verb_forms
from ingest.extract.gloss.inflect import Inflection
from ingest.extract.gloss.words import Fixed
from ingest.extract.lexicon import load


@pytest.mark.parametrize(
    ("spanish", "english"),
    [
        ("el ELN mató a tres soldados", "the ELN killed three soldiers"),
        ("murieron cinco civiles", "five civilians died"),
        ("fueron asesinados dos policías", "two policemen were killed"),
        ("dejó cuatro muertos y diez heridos", "left four dead and ten wounded"),
        ("dejó heridos a otros cinco", "wounded five others"),
        ("un ataque de la guerrilla", "an attack by the guerrillas"),
        ("hombres armados", "armed men"),
        ("al estallar una bomba", "when a bomb exploded"),
        ("al pisar una mina", "after stepping on a mine"),
        ("los atacaron", "attacked them"),
        ("Matan a tres soldados", "Three soldiers were killed"),
        ("no mató a nadie", "did not kill nobody"),
        ("se incautaron armas", "weapons were seized"),
        ("nadie se ha atribuido el ataque", "nobody has claimed responsibility for the attack"),
        ("presuntos guerrilleros", "suspected guerrillas"),
        ("en el municipio Páez", "in Páez municipality"),
        ("una veintena de hombres", "about 20 men"),
        ("al menos once personas", "at least eleven people"),
        ("treinta y dos heridos", "32 wounded"),
        ("más de 3 000 habitantes", "more than 3,000 residents"),
        ("10.500 personas", "10,500 people"),
    ],
)
def test_phrases(spanish: str, english: str) -> None:
    assert gloss(spanish, "es").text == english


@pytest.mark.parametrize(
    ("spanish", "english"),
    [
        ("el pasado martes", "on Tuesday"),
        ("el martes pasado", "last Tuesday"),
        ("la noche del lunes", "on Monday night"),
        ("el sábado por la noche", "on Saturday night"),
        ("el 3 de mayo de 2021", "on 3 May 2021"),
        ("este domingo 14 de agosto", "on Sunday, 14 August"),
        ("ayer", "yesterday"),
        ("ayer jueves", "on Thursday"),
        ("anoche", "last night"),
        ("hace dos días", "two days ago"),
        ("un día antes", "one day earlier"),
        ("horas después", "hours later"),
        ("en julio de 2020", "in July 2020"),
        ("la semana pasada", "last week"),
    ],
)
def test_expressions_of_time(spanish: str, english: str) -> None:
    assert gloss(spanish, "es").text == english


def test_said_by_whom_stands_before_the_verb() -> None:
    text = "Hubo dos heridos, informó este domingo la Defensoría del Pueblo."
    assert gloss(text, "es").text.endswith("the ombudsman's office said on Sunday.")


def test_names_stay_as_they_are() -> None:
    text = "Un soldado murió en San Miguel del Ene y otro en La Pava, dijo Andrés de la Torre."
    english = gloss(text, "es").text
    assert all(name in english for name in ("San Miguel del Ene", "La Pava", "Andrés de la Torre"))


def test_a_name_that_is_known_is_no_word() -> None:
    text = "La Victoria fue atacada"
    assert gloss(text, "es", [Fixed(0, 11)]).text == "La Victoria was attacked"


def test_a_headline_in_capitals_is_read() -> None:
    assert gloss("MUERTOS TRES POLICÍAS EN EL CAUCA", "es").text.endswith(
        "three policemen in the CAUCA"
    )


def test_a_moved_word_leads_back_to_its_own_words() -> None:
    text = "Ayer murieron cinco civiles en Cali."
    english = gloss(text, "es")
    at = english.text.index("five civilians died")
    start, end = english.source(at, at + len("five civilians died"))
    assert text[start:end] == "murieron cinco civiles"


def test_part_of_a_name_leads_back_to_that_part() -> None:
    text = "murió en San Miguel del Ene"
    english = gloss(text, "es")
    at = english.text.index("Miguel")
    start, end = english.source(at, at + 6)
    assert text[start:end] == "Miguel"


WORDS = sorted(" ".join(key) for key in list(dictionary("es")._entries)[::7])


@given(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=8)), max_size=30))
def test_every_span_leads_back_into_the_text(words: list[str]) -> None:
    text = " ".join(words)
    english = gloss(text, "es")
    for start in range(0, len(english.text), 7):
        first, last = english.source(start, min(len(english.text), start + 9))
        assert 0 <= first <= last <= len(text)


def test_lines_stay_lines() -> None:
    text = "Tres muertos en Cali\n\nUn ataque dejó tres muertos.\nHay dos heridos."
    assert gloss(text, "es").text.count("\n") == text.count("\n")


def test_verbs_have_the_forms_of_reports() -> None:
    forms = dict.fromkeys(form for form, _, _ in _inflection().verb("matar"))
    assert {"mata", "mató", "mataron", "matando", "matado", "matar"} <= set(forms)
    irregular = [form for form, _, _ in _inflection().verb("morir")]
    assert {"murió", "murieron", "muere", "muertos"} <= set(irregular)
    assert "se ha atribuido" in [form for form, _, _ in _inflection().verb("atribuirse")]


def test_nouns_have_plurals() -> None:
    plural = _inflection().plural
    assert plural("explosión") == "explosiones"
    assert plural("grupo armado") == "grupos armados"
    assert plural("heridas de bala") == "heridas de bala"


def _inflection() -> Inflection:
    return Inflection(load("es").table("inflection"))


def test_numbers_in_words() -> None:
    numbers = spelled(load("es").table("numbers"))
    assert numbers["once"] == 11
    assert numbers["ciento veinte"] == 120
    assert numbers["doscientos treinta y uno"] == 231
    assert numbers["dos mil"] == 2000


def test_english_forms() -> None:
    assert verb_forms("open fire")["past"] == "opened fire"
    assert verb_forms("shoot dead")["participle"] == "shot dead"
    assert (plural_of("man/men"), plural_of("city"), plural_of("clash")) == (
        "men",
        "cities",
        "clashes",
    )


def test_accents_may_be_missing() -> None:
    text = "Dos policias murieron el sabado en un ataque del ejercito"
    assert gloss(text, "es").text == "Two policemen died on Saturday in an attack by the army"


def test_decimal_commas_become_points() -> None:
    assert gloss("3,5 por ciento", "es").text == "3.5 percent"


@pytest.mark.parametrize("words", ["de ", "mató a ", "la noche del ", "\n", "San de ", "1.000"])
def test_endless_repetition_is_read(words: str) -> None:
    assert gloss(words * 2_000, "es").text

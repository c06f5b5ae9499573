"""Sentences keep their offsets; noise and datelines are set apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract import sentences
from ingest.extract.lexicon import Lexicon, load
from ingest.extract.sentences import SentenceKind, clauses, split


def texts(text: str, kind: SentenceKind = SentenceKind.BODY) -> list[str]:
    return [s.text for s in split(text, load("en")).sentences if s.kind is kind]


def test_splits_at_stops() -> None:
    assert texts("Two men died. Nobody claimed it.") == ["Two men died.", "Nobody claimed it."]


def test_splits_glued_sentences() -> None:
    assert texts("We tell the story.Pakistan’s police raided a house.") == [
        "We tell the story.",
        "Pakistan’s police raided a house.",
    ]


def test_splits_words_that_a_scraper_glued() -> None:
    assert texts("A roof collapseThe attackers let them go.")[-1] == "The attackers let them go."


@pytest.mark.parametrize(
    "text",
    [
        "Lt. Col. Amadou Diallo said so.",
        "Police in D.I. Khan said so.",
        "It began at 5 a.m. in Jos and lasted.",
        "The U.S. Army said so.",
    ],
)
def test_abbreviations_end_no_sentence(text: str) -> None:
    assert texts(text) == [text]


def test_a_dateline_is_no_sentence(lexicon: Lexicon) -> None:
    layout = split("GAO, Mali (AP) — Two soldiers died on Monday.", lexicon)
    assert layout.dateline == (0, 17)
    assert layout.sentences[0].text == "Two soldiers died on Monday."


@pytest.mark.parametrize(
    "line",
    [
        "Your support makes all the difference.",
        "Advertisement",
        "Also read: Rains likely from Friday",
        "(Image caption: Policemen at a snap-checking point.)",
        "SHARE THIS STORY Facebook Twitter Email",
        "We use cookies to improve your experience.",
    ],
)
def test_noise_is_not_read(line: str) -> None:
    text = f"Two soldiers died in Gao on Monday.\n{line}\nNobody claimed it."
    assert texts(text, SentenceKind.NOISE) == [line]


def test_a_headline_after_a_link_mark_is_noise() -> None:
    text = "Two soldiers died.\nRead more\nFive dead in roof collapse\nNobody claimed it."
    assert "Five dead in roof collapse" in texts(text, SentenceKind.NOISE)


def test_a_correction_in_brackets_is_a_note() -> None:
    text = "(Corrects toll to two)\n\nGAO, Mali (AP) - Two soldiers died on Monday."
    assert texts(text, SentenceKind.NOTE) == ["(Corrects toll to two)"]
    assert texts(text) == ["Two soldiers died on Monday."]


def test_bullets_lose_their_mark() -> None:
    assert texts("• Two soldiers died in Gao.") == ["Two soldiers died in Gao."]


def test_a_clause_that_tells_an_earlier_event_is_cut(lexicon: Lexicon) -> None:
    text = "Troops raided Gao, where rebels had recently killed two officers."
    sentence = split(text, lexicon).sentences[0]
    parts = [text[a:b] for a, b in clauses(sentence, lexicon)]
    assert parts[0] == "Troops raided Gao"
    assert parts[1].endswith("where rebels had recently killed two officers.")


@given(st.text(max_size=300))
def test_offsets_point_at_the_words(text: str) -> None:
    for sentence in split(text, load("en")).sentences:
        assert text[sentence.start : sentence.end] == sentence.text


GLUED = ("story", ".", "Pakistan", "collapse", "The attackers ", "ADVERTISE", "Click here ", "...",
         "”", " “A", "!", " 12", "%", "…", " and ", "\n")  # fmt: skip


@given(st.lists(st.sampled_from(GLUED), max_size=12).map("".join), st.integers(0, 20))
def test_stops_are_those_of_the_whole_expression(text: str, start: int) -> None:
    expected = [m.span() for m in sentences._STOP.finditer(text, start, len(text))]
    assert [m.span() for m in sentences._stops(text, start, len(text))] == expected

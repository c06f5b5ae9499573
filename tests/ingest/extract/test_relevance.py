"""Paragraphs about something else are not searched; all others are, and offsets stay."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from geodata.incident import ExtractedIncident
from ingest.extract._word_pattern import Indexed
from ingest.extract.lexicon import load
from ingest.extract.relevance import HEAD, SHORT, TAIL, told_layout
from ingest.extract.sentences import split

Read = Callable[..., list[ExtractedIncident]]

NEWS = "Gunmen killed two teachers in Gao, Mali, on Monday, officials said."
BUDGET = (
    "Parliament is to debate the budget of the coming year in the second week of October, when"
    " members return from the recess and the speaker has named the chairs of all committees."
)
FLOUR = (
    "Traders said the price of a sack of flour had risen by a fifth since the spring, and that"
    " lorries now wait four days at the crossing near Ansongo before they are let through at all."
)
BLAST = (
    "Later on Tuesday a bomb went off under a bridge in Ansongo, Mali, and killed three of the few"
    " drivers who had dared to take the road again, according to a man who sells diesel there."
)


def told(*paragraphs: str) -> str:
    text = Indexed("\n\n".join(paragraphs))
    return told_layout(text, split(text, load()), load())[0]


def test_a_paragraph_about_prices_is_left_out() -> None:
    assert "flour" not in told(*[NEWS] * HEAD, FLOUR, BLAST, *[BUDGET] * TAIL)


def test_a_paragraph_with_a_word_of_violence_is_read() -> None:
    assert "bridge" in told(*[NEWS] * HEAD, FLOUR, BLAST, *[BUDGET] * TAIL)


def test_the_head_and_the_end_are_always_read() -> None:
    text = told(*[BUDGET] * (HEAD + TAIL))
    assert text.count("Parliament") == HEAD + TAIL


def test_what_may_be_a_label_or_an_item_of_a_list_is_read() -> None:
    label, item = FLOUR[: SHORT - 20], f"- {FLOUR}"
    text = told(*[NEWS] * HEAD, label, item, *[BUDGET] * TAIL)
    assert text.count("flour") == 2


@given(st.permutations([NEWS, BUDGET, FLOUR, BLAST] * 3))
def test_what_is_left_stands_where_it_stood(paragraphs: list[str]) -> None:
    whole = "\n\n".join(paragraphs)
    left = told(*paragraphs)
    assert len(left) == len(whole)
    assert all(a in (b, " ") for a, b in zip(left, whole, strict=True))


def test_quotes_point_into_the_text_as_it_is(read: Read) -> None:
    text = "\n\n".join([NEWS, BUDGET, FLOUR, FLOUR, BUDGET, BLAST, BUDGET])
    found = read(text, "2024-05-08")
    assert len(found) == 2
    for one in found:
        for quote in one.evidence().values():
            assert text[quote.start : quote.end] == quote.quote


def test_a_text_of_sport_is_none_of_war_though_most_of_it_is_left_out(read: Read) -> None:
    match = (
        "The home side won by four wickets after their captain had hit an unbeaten century, with"
        " the last pair of batsmen taking the score past two hundred runs in the final over."
    )
    lead = "City bowlers attacked early in Lahore, Pakistan, and killed off the match on Sunday."
    assert read("\n\n".join([lead, *[match] * 6]), "2024-05-08") == []

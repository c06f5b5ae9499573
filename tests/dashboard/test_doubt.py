"""Words for how sure the machine is, beside the rows of a card."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.doubt import doubts, sure_word
from dashboard.facts import facts_html, facts_of
from geodata.incident import Status
from tests.dashboard._add_examples import claim, raid


def said(field: str, confidence: float | None, method: str = "rules"):
    return replace(claim(field, "Mastung", ""), confidence=confidence, method=method)


@pytest.mark.parametrize(
    ("confidence", "word"), [(0.95, "sure"), (0.9, "sure"), (0.7, "likely"), (0.69, "unsure")]
)
def test_words(confidence: float, word: str) -> None:
    assert sure_word(confidence) == word


def test_only_what_is_unsure_is_told() -> None:
    assert doubts([said("location", 0.42), said("event_date", 0.8), said("actor2", None)]) == {
        "place": "unsure: about 4 in 10 such readings are right"
    }


def test_the_least_sure_part_of_a_row_decides() -> None:
    assert "held" in doubts([said("perpetrator", 0.9), said("attribution", 0.5)])


def test_one_good_report_is_enough() -> None:
    assert doubts([said("location", 0.3), said("location", 0.9)]) == {}


def test_what_an_analyst_chose_is_not_doubted() -> None:
    assert doubts([said("location", 0.3, method="Amna")]) == {}


def test_a_row_tells_its_doubt_until_somebody_has_looked() -> None:
    claims = [said("location", 0.3)]
    told = facts_html(facts_of(raid(), claims))
    assert "unsure: about 3 in 10 such readings are right" in told
    confirmed = replace(raid(), status=Status.CONFIRMED)
    assert "unsure" not in facts_html(facts_of(confirmed, claims))


def test_an_edited_row_is_not_doubted() -> None:
    claims = [said("killed_best", 0.3)]
    edited = facts_of(replace(raid(), killed_high=13), claims, read=raid())
    assert not any(fact.doubt for fact in edited)

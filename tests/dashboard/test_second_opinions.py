"""Second opinions beside the rows of a card: quiet where they agree, escaped always."""

from __future__ import annotations

from dataclasses import replace

from dashboard.evidence import marks_of
from dashboard.facts import facts_html, facts_of
from geodata.incident import SECOND_OPINION, Claim
from tests.dashboard._add_examples import claim, raid

BY = "second opinion (tiny <b> at 127.0.0.1)"


def opinion(verdict: str, words: str = "it reads 'Mastung' as a person") -> Claim:
    value = {"field": "place", "verdict": verdict, "value": "Mastung"}
    said = claim(SECOND_OPINION, "Mastung", value)
    return replace(said, method=BY, detail={"words": words})


def shown(*claims: Claim) -> str:
    return facts_html(facts_of(raid(), claims))


def test_disagreement_stands_beside_the_value_and_is_escaped() -> None:
    html = shown(opinion("disagrees"))
    assert "second opinion (tiny &lt;b&gt; at 127.0.0.1): disagrees" in html
    assert "it reads &#x27;Mastung&#x27; as a person" in html


def test_a_proposal_is_shown_and_agreement_is_silent() -> None:
    assert "proposes" in shown(opinion("proposes"))
    assert "second opinion" not in shown(opinion("agrees"))


def test_an_incident_of_the_opinion_alone_says_so() -> None:
    alone = replace(claim("place", "Mastung", "Mastung"), method=BY)
    assert "proposes; the rules read nothing" in shown(alone)


def test_an_opinion_marks_no_words_of_the_text() -> None:
    said = opinion("disagrees")
    assert said.evidence is not None
    text = " " * said.evidence.start + said.evidence.quote
    assert marks_of(text, [said]) == []

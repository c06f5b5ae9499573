"""An opinion is joined as claims of its own; values and evidence of the rules stay."""

from __future__ import annotations

from geodata.incident import SECOND_OPINION, Evidence
from ingest.second_opinion import Opinion, Remark, Verdict, joined, opinions_of
from tests.ingest.second_opinion.reports import DOCUMENT, DRAFT


def remark(verdict: Verdict, field: str = "place") -> Remark:
    return Remark(
        incident_id="inc_1",
        field=field,
        verdict=verdict,
        value="Quetta",
        evidence=Evidence("Quetta", 37, 43),
        words="it reads 'Quetta' as a person",
    )


def opinion(verdict: Verdict, *, weighing: bool = True) -> Opinion:
    return Opinion(by="Somebody", remarks=(remark(verdict),), weighing=weighing)


def test_the_incident_and_its_evidence_stay() -> None:
    (one,) = joined(DOCUMENT, [DRAFT], opinion(Verdict.DISAGREES))
    assert one.incident == DRAFT.incident
    assert one.evidence() == DRAFT.evidence()


def test_the_opinion_is_a_claim_with_its_method() -> None:
    (one,) = joined(DOCUMENT, [DRAFT], opinion(Verdict.DISAGREES))
    claim = one.claims[-1]
    assert (claim.field, claim.method) == (SECOND_OPINION, "second opinion (Somebody)")
    assert claim.value == {"field": "place", "verdict": "disagrees", "value": "Quetta"}
    assert [said.sentence for said in opinions_of(one.claims)] == [
        "second opinion (Somebody): disagrees; it reads 'Quetta' as a person"
    ]


def test_a_vote_moves_the_confidence_a_little_and_keeps_that_of_the_rules() -> None:
    for verdict, expected in ((Verdict.AGREES, 0.82), (Verdict.DISAGREES, 0.78)):
        (one,) = joined(DOCUMENT, [DRAFT], opinion(verdict))
        place = one.claims[0]
        assert (place.confidence, place.detail["confidence_of_rules"]) == (expected, 0.8)
        assert one.claims[1] == DRAFT.claims[1]


def test_an_opinion_that_does_not_weigh_moves_nothing() -> None:
    (one,) = joined(DOCUMENT, [DRAFT], opinion(Verdict.AGREES, weighing=False))
    assert one.claims[: len(DRAFT.claims)] == DRAFT.claims


def test_without_remarks_nothing_changes() -> None:
    assert joined(DOCUMENT, [DRAFT], Opinion(by="Somebody")) == (DRAFT,)

"""Join a second opinion to what the rules found: claims beside theirs, never in their place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from geodata.incident import (
    SECOND_OPINION,
    Claim,
    Document,
    ExtractedIncident,
    derived_id,
)
from ingest.second_opinion.opinion import Opinion, Remark, Verdict, method_of

STEP = {Verdict.AGREES: 0.02, Verdict.DISAGREES: -0.02, Verdict.PROPOSES: 0.0}
"""What a vote adds to the confidence of the rules: hardly anything, as `benchmarks/` measured."""

_LEAST, _MOST = 0.01, 0.99


@dataclass(frozen=True, slots=True)
class Said:
    """One remark as a stored claim tells it."""

    field: str
    verdict: Verdict
    sentence: str


def joined(
    document: Document, extracted: Sequence[ExtractedIncident], opinion: Opinion
) -> tuple[ExtractedIncident, ...]:
    """Give the incidents with the opinion's claims, and the incidents that it proposes.

    Values of the rules stay as they are. Where the opinion weighs, the confidence of a claim that
    was voted on moves by `STEP`, and its `detail` keeps the confidence of the rules alone.
    """
    out = []
    for one in extracted:
        said = [r for r in opinion.remarks if r.incident_id == one.incident.incident_id]
        claims = _weighed(one.claims, said) if opinion.weighing else one.claims
        own = {claim.claim_id: claim for r in said for claim in [_claim(document, r, opinion.by)]}
        out.append(ExtractedIncident(one.incident, (*claims, *own.values())) if said else one)
    return (*out, *opinion.extra)


def _weighed(claims: tuple[Claim, ...], said: Sequence[Remark]) -> tuple[Claim, ...]:
    steps = {remark.field: STEP[remark.verdict] for remark in said}
    return tuple(
        claim
        if claim.confidence is None or not steps.get(claim.field)
        else replace(
            claim,
            confidence=round(min(_MOST, max(_LEAST, claim.confidence + steps[claim.field])), 3),
            detail={**claim.detail, "confidence_of_rules": claim.confidence},
        )
        for claim in claims
    )


def _claim(document: Document, remark: Remark, by: str) -> Claim:
    where = f"{remark.evidence.start}-{remark.evidence.end}" if remark.evidence else ""
    return Claim(
        claim_id=derived_id("clm", remark.incident_id, SECOND_OPINION, by, remark.field, where),
        incident_id=remark.incident_id,
        document_id=document.document_id,
        field=SECOND_OPINION,
        value={
            "field": remark.field,
            "verdict": remark.verdict.value,
            "value": remark.value,
        },
        evidence=remark.evidence,
        method=method_of(by),
        detail={"words": remark.words},
    )


def opinions_of(claims: Iterable[Claim]) -> list[Said]:
    """Say what second opinions hold of the values of an incident, in the order of the claims."""
    out = []
    for claim in claims:
        if claim.field == SECOND_OPINION and isinstance(claim.value, dict):
            verdict = Verdict(claim.value["verdict"])
            words = str(claim.detail.get("words") or "")
            sentence = f"{claim.method}: {verdict}" + (f"; {words}" if words else "")
            out.append(Said(str(claim.value["field"]), verdict, sentence))
        elif claim.method.startswith(method_of("")[:-1]):
            sentence = f"{claim.method}: {Verdict.PROPOSES}; the rules read nothing"
            out.append(Said(claim.field, Verdict.PROPOSES, sentence))
    return out

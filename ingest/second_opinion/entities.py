"""Votes by the entities that spaCy's small English model sees: weak, and said to be so.

The model was trained on American news and telephone talk. It takes Quetta for a person and
Baluchistan for a nationality: it votes on the words that the rules read, and never more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from geodata.incident import Claim, Document, Evidence, ExtractedIncident
from ingest.second_opinion._compat import load_model
from ingest.second_opinion.opinion import Opinion, Remark, Verdict

LONGEST = 5_000
"""Characters of a piece of text that the model reads at a time: bounds its memory."""

_SUPPORT = {
    "place": frozenset({"GPE", "LOC", "FAC"}),
    "actor1": frozenset({"ORG", "NORP"}),
    "actor2": frozenset({"ORG", "NORP"}),
    "event_date": frozenset({"DATE", "TIME"}),
    "killed_best": frozenset({"CARDINAL"}),
    "injured_best": frozenset({"CARDINAL"}),
}
"""Labels that support the value of a field, for every field that is voted on."""

_AGAINST = {
    "place": frozenset({"PERSON", "ORG", "DATE", "CARDINAL"}),
    "actor1": frozenset({"PERSON", "DATE", "CARDINAL"}),
    "actor2": frozenset({"PERSON", "DATE", "CARDINAL"}),
    "event_date": frozenset({"PERSON", "ORG", "GPE", "CARDINAL"}),
    "killed_best": frozenset({"DATE", "TIME", "MONEY", "PERCENT", "ORDINAL"}),
    "injured_best": frozenset({"DATE", "TIME", "MONEY", "PERCENT", "ORDINAL"}),
}
"""Labels that speak against it; any other label is no vote."""

_WORDS = {
    "PERSON": "a person", "ORG": "an organisation", "NORP": "a nationality or a group",
    "GPE": "a country, state or town", "LOC": "a place", "FAC": "a building or a road",
    "DATE": "a date", "TIME": "a time", "CARDINAL": "a number", "MONEY": "a sum of money",
    "PERCENT": "a percentage", "ORDINAL": "a rank",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Entity:
    start: int
    end: int
    label: str


class EntityVotes:
    """Votes of one loaded model.

    Parameters
    ----------
    by
        What the model is called in claims.
    pipeline
        The loaded spaCy pipeline with its ``ner``.
    """

    def __init__(self, by: str, pipeline: Any) -> None:
        self.by = by
        self._pipeline = pipeline

    @classmethod
    def installed(cls) -> EntityVotes:
        """Give the votes of the installed model; without one it is a `MissingPartError`."""
        return cls(*load_model())

    def opinion(self, document: Document, extracted: Sequence[ExtractedIncident]) -> Opinion:
        """Vote on places, actors, dates and counts of an English document."""
        claims = [claim for one in extracted for claim in one.claims if _asked(claim)]
        if not claims or document.language not in ("", "en"):
            return Opinion(by=self.by, weighing=True)
        seen = list(self._entities(document.text, claims))
        remarks = (remark for claim in claims for remark in _vote(document.text, claim, seen))
        return Opinion(by=self.by, remarks=tuple(remarks), weighing=True)

    def _entities(self, text: str, claims: Sequence[Claim]) -> Iterator[_Entity]:
        spots = [claim.evidence for claim in claims if claim.evidence is not None]
        pieces = [
            (start, end)
            for start, end in _pieces(text)
            if any(spot.start < end and start < spot.end for spot in spots)
        ]
        read = self._pipeline.pipe(text[start:end] for start, end in pieces)
        for (start, _), piece in zip(pieces, read, strict=True):
            for entity in piece.ents:
                yield _Entity(
                    start + entity.start_char, start + entity.end_char, str(entity.label_)
                )


def _asked(claim: Claim) -> bool:
    return claim.field in _SUPPORT and claim.evidence is not None and claim.value is not None


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Cut a text into its lines, and very long lines between words."""
    start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        while end - start > LONGEST:
            cut = text.rfind(" ", start + 1, start + LONGEST)
            cut = start + LONGEST if cut < 0 else cut
            yield start, cut
            start = cut
        yield start, end
        start = end


def _vote(text: str, claim: Claim, seen: Sequence[_Entity]) -> Iterator[Remark]:
    """One vote at most: support outweighs, and no entity over the words is no vote."""
    evidence = claim.evidence
    if evidence is None:
        return
    over = [one for one in seen if one.start < evidence.end and evidence.start < one.end]
    for labels, verdict in (
        (_SUPPORT[claim.field], Verdict.AGREES),
        (_AGAINST[claim.field], Verdict.DISAGREES),
    ):
        found = next((one for one in over if one.label in labels), None)
        if found is not None:
            quote = text[found.start : found.end]
            yield Remark(
                incident_id=claim.incident_id,
                field=claim.field,
                verdict=verdict,
                value=claim.value,
                evidence=Evidence(quote, found.start, found.end),
                words=f"it reads {quote!r} as {_WORDS.get(found.label, found.label)}",
            )
            return

"""Something that gives an opinion on a document and the incidents drafted from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from geodata.incident import Document, Evidence, ExtractedIncident, Json


class Verdict(StrEnum):
    """What a second opinion says of a value of the rules."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    PROPOSES = "proposes"  # a value where the rules have none, or another one


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One word on one field of one incident; `value` is the rules' own, or the proposed one.

    `evidence` is verbatim in the document. `words` say why, for people.
    """

    incident_id: str
    field: str
    verdict: Verdict
    value: Json = None
    evidence: Evidence | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A proposal that was not taken, and why."""

    field: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What one second opinion says of one document.

    `by` names who says it, with version or model. `extra` are incidents that the rules did not
    find. `failure` says why there is no opinion; it is empty where there is one. The votes of a
    `weighing` opinion move the confidence of the rules a little.
    """

    by: str
    remarks: tuple[Remark, ...] = ()
    extra: tuple[ExtractedIncident, ...] = ()
    refused: tuple[Refusal, ...] = ()
    failure: str = ""
    weighing: bool = False


class SecondOpinion(Protocol):
    """Something that gives an opinion on a document and its drafted incidents."""

    @property
    def by(self) -> str:
        """Who says it, with version or model."""
        ...

    def opinion(self, document: Document, extracted: Sequence[ExtractedIncident]) -> Opinion:
        """Say what it thinks; trouble is a `failure` of the opinion, never an exception."""
        ...


def method_of(by: str) -> str:
    """Name of the method in claims."""
    return f"second opinion ({by})"

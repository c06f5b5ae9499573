"""Ask the second opinion that the user chose, document by document, and count what it says."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, field, replace

from geodata.incident import Quarantined
from ingest._extraction import FORESEEN, Preview
from ingest.second_opinion import Opinion, SecondOpinion, Verdict, joined

Results = Generator[Preview | Quarantined, None, None]


@dataclass(frozen=True, slots=True)
class Failure:
    """A document without an opinion, and why."""

    source: str
    reason: str


@dataclass(slots=True)
class Tally:
    """What a second opinion said in one run, counted over the documents stored."""

    by: str
    documents: int = 0
    agrees: int = 0
    disagrees: int = 0
    proposes: int = 0
    extra: int = 0
    refused: int = 0
    failures: list[Failure] = field(default_factory=list)

    def count(self, result: Preview) -> None:
        """Count what was said of one document."""
        opinion = result.opinion
        if opinion is None:
            return
        if opinion.failure:
            source = result.document.path or result.document.document_id
            self.failures.append(Failure(source, opinion.failure))
            return
        self.documents += 1
        for remark in opinion.remarks:
            self.agrees += remark.verdict is Verdict.AGREES
            self.disagrees += remark.verdict is Verdict.DISAGREES
            self.proposes += remark.verdict is Verdict.PROPOSES
        self.extra += len(opinion.extra)
        self.refused += len(opinion.refused)


def with_opinion(results: Results, second: SecondOpinion | None) -> Results:
    """Give the results with a second opinion on each document that was read; none changes a value.

    Without `second`, which is the default everywhere, they are given as they come.
    """
    with closing(results):
        for result in results:
            if second is None or isinstance(result, Quarantined) or result.note:
                yield result
            else:
                yield _asked(result, second)


def _asked(result: Preview, second: SecondOpinion) -> Preview:
    try:
        opinion = second.opinion(result.document, result.extracted)
        extracted = joined(result.document, result.extracted, opinion)
    except FORESEEN as error:
        # An optional part must cost no document.
        opinion = Opinion(by=second.by, failure=f"{type(error).__name__}: {error}")
        extracted = result.extracted
    return replace(result, extracted=extracted, opinion=opinion)

"""spaCy votes on the words that the rules read, with the real model."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geodata.incident import Document, ExtractedIncident
from ingest.second_opinion import Opinion, Verdict, _compat, joined
from ingest.second_opinion.entities import LONGEST, EntityVotes, _pieces
from tests.conftest import absent
from tests.ingest.second_opinion.reports import DOCUMENT, DRAFT, TEXT


@pytest.fixture(scope="module")
def votes() -> EntityVotes:
    if not _compat.model_package():
        absent("spaCy and its English model are not installed (extra nlp)")
    return EntityVotes.installed()


def vote_on(votes: EntityVotes, field: str) -> Verdict | None:
    opinion = votes.opinion(DOCUMENT, [DRAFT])
    return next((one.verdict for one in opinion.remarks if one.field == field), None)


def test_it_agrees_with_a_number_and_a_date(votes: EntityVotes) -> None:
    assert vote_on(votes, "killed_best") is Verdict.AGREES
    assert vote_on(votes, "event_date") is Verdict.AGREES


def test_words_without_an_entity_get_no_vote(votes: EntityVotes) -> None:
    assert vote_on(votes, "actor1") is None


def test_a_count_that_it_reads_as_a_day_is_doubted(votes: EntityVotes) -> None:
    wrong = replace(DRAFT.claims[3], evidence=DRAFT.claims[2].evidence)  # "on Monday"
    opinion = votes.opinion(DOCUMENT, [ExtractedIncident(DRAFT.incident, (wrong,))])
    (remark,) = opinion.remarks
    assert remark.verdict is Verdict.DISAGREES
    assert remark.words == "it reads 'Monday' as a date"


def test_its_evidence_is_verbatim_and_values_stay(votes: EntityVotes) -> None:
    opinion = votes.opinion(DOCUMENT, [DRAFT])
    for one in opinion.remarks:
        assert one.evidence is not None
        assert TEXT[one.evidence.start : one.evidence.end] == one.evidence.quote
    (after,) = joined(DOCUMENT, [DRAFT], opinion)
    assert after.incident == DRAFT.incident


def test_the_opinion_names_the_model_and_its_version(votes: EntityVotes) -> None:
    assert votes.by.startswith("spaCy en_core_web_sm")
    assert votes.by[-1].isdigit()


def test_it_has_nothing_to_say_of_another_language(votes: EntityVotes) -> None:
    spanish = replace(DOCUMENT, language="es")
    assert votes.opinion(spanish, [DRAFT]) == Opinion(by=votes.by, weighing=True)


def test_the_pieces_make_the_text_and_none_is_long() -> None:
    text = "word " * 3_000 + "\n\n" + "x" * 12_000 + "\r\nend"
    pieces = list(_pieces(text))
    assert "".join(text[start:end] for start, end in pieces) == text
    assert max(end - start for start, end in pieces) <= LONGEST


def test_a_report_without_text_has_no_pieces() -> None:
    assert list(_pieces(Document(document_id="d", text="").text)) == []

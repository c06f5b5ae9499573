"""Whose word a toll is: the narrative and officials, other sources, or a side of the fight."""

from __future__ import annotations

import re

from ingest.extract.casualties import Toll
from ingest.extract.context import Context
from ingest.extract.ledger import GROUP, NARRATIVE, OFFICIAL, WITNESS, Said
from ingest.extract.mentions import Mention
from ingest.extract.merge import Draft
from ingest.extract.parties import Side


def accounts(context: Context, draft: Draft) -> list[Said]:
    """Every toll of a draft with the rank of its source."""
    out = []
    for m in draft.mentions:
        for toll in m.tolls:
            rank, source = _source(context, m, toll)
            text = context.document.text[m.start : toll.end]
            updates = bool(context.lexicon.pattern("casualties.correction.update").search(text))
            out.append(Said(toll, rank, source, updates))
    return out


_GROUP_SAYS = re.compile(
    r"(?:(?!\b(?:killed|attacked|fighters|militants|gunmen|rebels|were|was)\b)[^.;]){0,110}?"
    r"\b(?:said|claimed(?! (?:the )?responsib)|claims|stated|announced)\b"
)


def _source(context: Context, m: Mention, toll: Toll) -> tuple[int, str]:
    """Rank and name of the source of a toll: by the words of its sentence, or of the one before."""
    text = context.document.text
    for p in context.parties_in(m.sentence.start, toll.start):
        if p.side is Side.ARMED and p.named and _GROUP_SAYS.match(text[p.end : toll.start]):
            return GROUP, "group"
    begin = m.sentence.start
    if context.lexicon.pattern("sources.pronoun").search(m.sentence.text):
        begin = max(0, begin - 250)
    for start in (m.start, begin):  # the clause's own source before the sentence's
        before = text[start : m.sentence.end if begin < m.sentence.start else toll.end]
        for rank, name in ((GROUP, "group"), (WITNESS, "witness"), (OFFICIAL, "official")):
            if context.lexicon.pattern(f"sources.{name}").search(before):
                return rank, name
    return NARRATIVE, ""

"""Whose word a toll is: the narrative and officials, other sources, or a side of the fight."""

from __future__ import annotations

from ingest.extract.casualties import Toll
from ingest.extract.context import Context
from ingest.extract.ledger import Said
from ingest.extract.merge import Draft
from ingest.extract.mentions import Mention
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


def _source(context: Context, m: Mention, toll: Toll) -> tuple[int, str]:
    before = context.document.text[m.sentence.start : toll.start]
    lexicon = context.lexicon
    for p in m.roles.speakers:
        if p.side is Side.ARMED and p.end <= toll.start:
            return 0, p.alias
    if lexicon.pattern("sources.witness").search(before):
        return 1, "witness"
    if lexicon.pattern("sources.group").search(before):
        return 0, "group"
    return 2, ""

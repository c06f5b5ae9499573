"""Whose word a toll is: the narrative and officials, other sources, or a side of the fight."""

from __future__ import annotations

import re

from ingest.extract._word_pattern import part_of
from ingest.extract.casualties import Toll
from ingest.extract.context import Context
from ingest.extract.drafts import PROTESTS, Draft
from ingest.extract.ledger import BODIES, GROUP, NARRATIVE, OFFICIAL, WITNESS, Said
from ingest.extract.mentions import Mention
from ingest.extract.parties import Side


def accounts(context: Context, draft: Draft) -> list[Said]:
    """Every toll of a draft with the rank of its source.

    Where the story tells of several incidents, the count of a sentence over several events
    ("a string of car bombs") belongs to none of them.
    """
    out = []
    for m in draft.mentions:
        if context.incidents > 1 and _of_several(context, m) and len(draft.mentions) > 1:
            continue
        for toll in m.tolls:
            if draft.kind in PROTESTS and _is_cause(context, m, toll):
                continue
            rank, source = _source(context, m, toll)
            text = part_of(context.document.text, m.start, toll.end)
            whole = toll.total or not any(t.total and t.kind == toll.kind for t in m.tolls)
            cue = context.lexicon.pattern("casualties.correction.update").search(text)
            if not whole and toll.more and cue is not None:
                continue  # "the toll goes up to five after two more were found"
            updates = whole and cue is not None
            out.append(Said(toll, rank, source, updates))
    return out


def _is_cause(context: Context, m: Mention, toll: Toll) -> bool:
    """Whether a crowd only protests against the death told: "over the killing of a driver"."""
    before = context.document.text[m.sentence.start : toll.start]
    return bool(context.lexicon.pattern("cues.protested", whole=False).search(before))


def _of_several(context: Context, m: Mention) -> bool:
    """Whether a clause counts over several events of the story."""
    several = context.lexicon.pattern("sources.several")
    if not several.search(context.document.text, m.start, m.end):
        return False
    told = context.lexicon.pattern("cues.latest").sub(" ", context.document.text[m.start : m.end])
    return bool(several.search(told))  # "in the latest of a string of killings" counts one


_GROUP_SAYS = re.compile(
    r"(?:(?!\b(?:killed|attacked|fighters|militants|gunmen|rebels|were|was)\b)[^.;]){0,110}?"
    r"\b(?:said|says|claimed(?! (?:the )?responsib)|claims|stated|announced|boast(?:ed|ing|s))\b"
)


def _source(context: Context, m: Mention, toll: Toll) -> tuple[int, str]:
    """Rank and name of the source of a toll: by the words of its sentence, or of the one before."""
    text = context.document.text
    counted = part_of(text, m.start, min(m.end, toll.end + 40))
    if toll.kind == "killed" and context.lexicon.pattern("sources.bodies").search(counted):
        return WITNESS, BODIES
    for p in context.parties_in(m.sentence.start, toll.start):
        if p.side is Side.ARMED and p.named and _GROUP_SAYS.match(text[p.end : toll.start]):
            return GROUP, "group"
    begin = m.sentence.start
    if context.lexicon.pattern("sources.pronoun").search(m.sentence.text):
        begin = max(0, begin - 250)
    for start in (m.start, begin):  # the clause's own source before the sentence's
        before = part_of(text, start, m.sentence.end if begin < m.sentence.start else toll.end)
        for rank, name in ((GROUP, "group"), (WITNESS, "witness"), (OFFICIAL, "official")):
            if context.lexicon.pattern(f"sources.{name}").search(before):
                return rank, name
    tail = m.sentence.text.rsplit(",", 1)[-1]  # "…, residents said."
    if context.lexicon.pattern("sources.witness").match(tail.strip()):
        return WITNESS, "witness"
    return NARRATIVE, ""

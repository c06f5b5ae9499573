"""Which incident a statement of responsibility speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.extract.attribution import Statement
from ingest.extract.context import Context
from ingest.extract.drafts import Draft
from ingest.extract.mentions import Mention
from ingest.extract.triggers import EXPLOSIVE, VIOLENCE

_DEEDS = {
    "gun": frozenset({VIOLENCE, "Armed clash", "Attack"}),
    "bomb": EXPLOSIVE,
    "seizure": frozenset({"Abduction/forced disappearance"}),
    "air": frozenset({"Air/drone strike", "Shelling/artillery/missile attack"}),
}


def _is_of(context: Context, draft: Draft, statement: Statement) -> bool:
    """Whether a statement calls the deed what a draft is: "behind the killing", "the blast"."""
    for deed, kinds in _DEEDS.items():
        words = context.lexicon.pattern(f"attribution.deeds.{deed}")
        if words.search(statement.sentence.text) and draft.kind in kinds:
            return True
    return False


def share_out(
    context: Context, drafts: Sequence[Draft], statements: Sequence[Statement]
) -> list[list[Statement]]:
    """Give each statement to the incidents it speaks of."""
    given: list[list[Statement]] = [[] for _ in drafts]
    for statement in statements:
        placed = _placed(drafts, statement)
        if placed:
            for i in placed:
                given[i].append(statement)
            continue
        own = _own_clause(drafts, statement)
        if own is not None and statement.scope != "all":
            given[own].append(statement)
            continue
        before = [
            i
            for i, draft in enumerate(drafts)
            if any(_told_at(m) <= statement.start for m in draft.mentions)
        ]
        before = (
            before
            or [
                i
                for i, draft in enumerate(drafts)
                if any(m.end >= statement.start for m in draft.mentions)
            ][:1]
        )
        if not before:
            continue
        if statement.scope == "all":
            for i in before:
                if not drafts[i].background:
                    given[i].append(statement)
            continue
        named = [i for i in before if _is_of(context, drafts[i], statement)]
        given[_meant(drafts, named or before, statement)].append(statement)
    return given


def _placed(drafts: Sequence[Draft], statement: Statement) -> list[int]:
    """The incidents of the town that a statement names with the deed: "the attacks in Raman"."""
    text = statement.sentence.text
    out, others = [], False
    for i, draft in enumerate(drafts):
        name = draft.place.phrase.head.name if draft.place else ""
        told_here = any(m.sentence == statement.sentence and not m.definite for m in draft.mentions)
        if told_here:
            return []  # the sentence tells of an event itself
        told_before = draft.mentions[0].start < statement.start
        if len(name) > MIN_NAME and told_before and name in text:
            town = re.escape(name)
            deed = rf"\b(?:the|both|all) (?:{town} {_DEED}|{_DEED} (?:in|at|near|on) {town})\b"
            if re.search(deed, text):
                out.append(i)
                continue
        others = True
    return out if others else []


MIN_NAME = 3
_DEED = (
    r"(?:attacks?|killings?|blasts?|bombings?|incidents?|ambush|raid|murders?|massacre|shootings?|"
    r"explosions?|abductions?)"
)


def _own_clause(drafts: Sequence[Draft], statement: Statement) -> int | None:
    """The one incident that is told in the words of the statement itself."""
    holding = [
        i
        for i, draft in enumerate(drafts)
        for m in draft.mentions
        if m.trigger is not None and m.start <= statement.start < m.end
    ]
    return holding[0] if len(set(holding)) == 1 else None


def _told_at(mention: Mention) -> int:
    return mention.trigger.start if mention.trigger else mention.start


def _meant(drafts: Sequence[Draft], before: Sequence[int], statement: Statement) -> int:
    """The incident told last before the words; a background one only in its own paragraph."""

    def last(i: int) -> int:
        told = [_told_at(m) for m in drafts[i].mentions]
        return max((at for at in told if at <= statement.start), default=-1)

    ordered = sorted(before, key=last, reverse=True)
    for i in ordered:
        own = any(m.sentence.paragraph == statement.sentence.paragraph for m in drafts[i].mentions)
        if own or not drafts[i].background or statement.scope == "this":
            return i
    return ordered[0]

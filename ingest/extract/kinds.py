"""The sub-event type of a draft: generic violence becomes a battle or an attack on civilians."""

from __future__ import annotations

from ingest.extract.context import Context
from ingest.extract.merge import Draft
from ingest.extract.parties import Side
from ingest.extract.triggers import VIOLENCE

BATTLE = "Armed clash"
ATTACK = "Attack"


def decide_kind(context: Context, draft: Draft) -> str:
    """Give the taxonomy's sub-event type.

    An attack on forces on duty is a battle; on people off duty or without arms it is violence
    against civilians; fighting between armed sides is a battle.
    """
    kind = draft.kind
    if kind not in (VIOLENCE, BATTLE):
        return kind
    if any(
        context.lexicon.pattern("people.off_duty.cues").search(
            context.document.text[m.start : m.end]
        )
        for m in draft.mentions
    ):
        return ATTACK
    if kind == BATTLE:
        return BATTLE
    return _by_target(draft)


def _by_target(draft: Draft) -> str:
    """Who was hit: the patient told first, else the status of the dead and injured."""
    for m in draft.mentions:
        patient, agent = m.roles.patient, m.roles.agent
        if patient is not None:
            if patient.side is Side.STATE:
                return BATTLE
            if patient.side is Side.CIVIL:
                return ATTACK
            if patient.side in (Side.ARMED, Side.UNIDENTIFIED) and agent is not None:
                return BATTLE
        statuses = [t.status for t in m.tolls if t.best]
        if "security_forces" in statuses or "militants" in statuses:
            return BATTLE
        if "civilians" in statuses or (statuses and agent is not None and patient is None):
            return ATTACK
    return ATTACK

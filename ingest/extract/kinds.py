"""The sub-event type of a draft: generic violence becomes a battle or an attack on civilians."""

from __future__ import annotations

import re

from geodata.actors import ActorKind
from ingest.extract._word_pattern import part_of
from ingest.extract.acted_upon import among_themselves
from ingest.extract.choosing import ABDUCTION
from ingest.extract.context import Context
from ingest.extract.drafts import Draft
from ingest.extract.mentions import Mention
from ingest.extract.parties import Party, Side
from ingest.extract.triggers import FROM_AFAR, VIOLENCE

BATTLE = "Armed clash"
ATTACK = "Attack"
EXCESSIVE = "Excessive force against protesters"
PEACEFUL = "Peaceful protest"
REGAINED = "Government regains territory"
OVERTAKEN = "Non-state actor overtakes territory"


def decide_kind(context: Context, draft: Draft) -> str:
    """Give the taxonomy's sub-event type.

    An attack on forces on duty is a battle; on people off duty or without arms it is violence
    against civilians; fighting between armed sides is a battle.
    """
    kind = _told_kind(context, draft)
    if kind not in (VIOLENCE, BATTLE):
        return kind
    if _upon_crowd(context, draft):
        return EXCESSIVE
    if _off_duty(context, draft):
        return ATTACK
    if kind == BATTLE:
        return BATTLE
    return _by_target(context, draft)


def _off_duty(context: Context, draft: Draft) -> bool:
    """Whether the victims were off duty, by the telling or by the sentence behind it."""
    cues = context.lexicon.pattern("people.off_duty.cues")
    if any(cues.search(part_of(context.document.text, m.start, m.end)) for m in draft.mentions):
        return True
    first = draft.mentions[0].sentence
    after = [s for s in context.layout.sentences if s.start >= first.end][:1]
    return any(s.paragraph == first.paragraph and _DUTY.search(s.text) for s in after)


_DUTY = re.compile(r"\boff[- ]duty\b|\bunarmed\b", re.IGNORECASE)


def _told_kind(context: Context, draft: Draft) -> str:
    """Give the sort that the words tell, where who acted and who died say more than they do."""
    kind = draft.kind
    if kind in (OVERTAKEN, REGAINED):
        return VIOLENCE if _is_massacre(context, draft) else _by_taker(draft, kind)
    if kind == PEACEFUL and _broken_up(context, draft):
        return "Protest with intervention"
    if kind == "Remote explosive/landmine/IED" and _from_the_air(context, draft):
        return FROM_AFAR[0]
    if kind == ABDUCTION and _deaths(draft) and not _is_kidnapping(context, draft):
        return VIOLENCE  # dragged from their homes and shot
    if kind == "Looting/property destruction" and _deaths(draft):
        return VIOLENCE
    return kind


def _by_taker(draft: Draft, kind: str) -> str:
    """Ground goes to the state where its force acts, and to others where they do."""
    agent = next((m.roles.agent for m in draft.mentions if m.roles.agent is not None), None)
    if agent is None or agent.side is Side.CIVIL:
        return kind
    return REGAINED if agent.side is Side.STATE else OVERTAKEN


def _broken_up(context: Context, draft: Draft) -> bool:
    """Whether the paragraph goes on to tell that the police stepped in."""
    told = draft.mentions[0].sentence
    force = context.lexicon.pattern("triggers.intervention.force")
    police = context.lexicon.pattern("triggers.intervention.police")
    rest = (
        s.text
        for s in context.layout.sentences
        if s.paragraph == told.paragraph and s.start >= told.start
    )
    return any(force.search(s) and (police.search(s) or _DETAINED.search(s)) for s in rest)


def _upon_crowd(context: Context, draft: Draft) -> bool:
    """Whether a force fired on people who protested: "soldiers fired on demonstrators"."""
    text = context.document.text
    for m in draft.mentions:
        agent, patient = m.roles.agent, m.roles.patient
        if agent is None or patient is None or agent.side is not Side.STATE:
            continue
        if patient.side is Side.PROTEST:
            return True
        if patient.side is Side.CIVIL and _PROTESTING.match(text, patient.end):
            return True
    return False


_PROTESTING = re.compile(
    r"\s+(?:who\s+)?(?:were\s+|had been\s+|had\s+)?(?:\w+ly\s+)?"
    r"(?:protest|demonstrat|march|rall|chant|"
    r"block|barricad|occup|picket|sitting (?:in|down)\b|shouting slogans|gathered to\b|"
    r"burning ty|throwing stones|demand)"
)


def _from_the_air(context: Context, draft: Draft) -> bool:
    """Whether a state's armed forces "bombed" it: they come by air."""
    first = next((m for m in draft.mentions if m.roles.agent is not None), None)
    agent = first.roles.agent if first else None
    if first is None or first.trigger is None or agent is None or agent.side is not Side.STATE:
        return False
    word = context.document.text[first.trigger.start : first.trigger.end].lower()
    force = bool(agent.actors) and agent.actors[0].kind is ActorKind.STATE_FORCE
    return force and word in ("bombed", "bombing", "bombs")


def _is_kidnapping(context: Context, draft: Draft) -> bool:
    words = context.document.text[draft.mentions[0].start : draft.mentions[0].end]
    return bool(_KIDNAPPED.search(words))


_KIDNAPPED = re.compile(r"\b(?:kidnap|abduct|hostage|captive|disappear)", re.IGNORECASE)
_DETAINED = re.compile(r"\b(?:detained|arrested|dispersed|taken into custody)\b", re.IGNORECASE)


def _deaths(draft: Draft) -> bool:
    return any(t.best and t.kind == "killed" for m in draft.mentions for t in m.tolls)


def _is_massacre(context: Context, draft: Draft) -> bool:
    """Whether "overran" is said of people's camp, with dead and no force that lost ground."""
    told = draft.mentions[0]
    word = context.document.text[told.trigger.start : told.trigger.end] if told.trigger else ""
    sides = {m.roles.patient.side for m in draft.mentions if m.roles.patient is not None}
    hit = {t.status for m in draft.mentions for t in m.tolls if t.best and t.kind == "killed"}
    fought = Side.STATE in sides or Side.ARMED in sides or "security_forces" in hit
    return bool(hit) and not fought and word.lower().startswith("overr")


def _by_target(context: Context, draft: Draft) -> str:
    """Who was hit: the patient told first, else the status of the dead and injured."""
    return next(
        (kind for m in draft.mentions if (kind := _by_mention(context, m)) is not None), ATTACK
    )


def _by_mention(context: Context, m: Mention) -> str | None:
    """Battle or attack as one telling has it, None where it leaves that open."""
    patient, agent = m.roles.patient, m.roles.agent
    hit = {t.status for t in m.tolls if t.best}
    forces = bool(hit & {"security_forces", "militants"})
    if patient is not None and patient.side in (Side.STATE, Side.CIVIL):
        if patient.side is Side.CIVIL and not patient.named and _on_position(context, m):
            return BATTLE
        return BATTLE if patient.side is Side.STATE else ATTACK
    armed = patient is not None and patient.side in (Side.ARMED, Side.UNIDENTIFIED)
    if armed and not forces and ("civilians" in hit or _one_member(context, m, patient)):
        return ATTACK  # "an activist of the Front was gunned down"
    if _on_position(context, m):
        return BATTLE
    if forces or (armed and agent is not None) or among_themselves(context, m):
        return BATTLE
    bare = bool(hit) and agent is not None and patient is None
    return ATTACK if "civilians" in hit or bare else None


def _on_position(context: Context, m: Mention) -> bool:
    """Whether what was attacked is a position, a garrison or a patrol."""
    if m.trigger is None:
        return False
    after = context.document.text[m.trigger.end : min(m.end, m.trigger.end + 80)].lstrip()
    after = after.removeprefix("on ").removeprefix("against ")
    return bool(context.lexicon.pattern("triggers.military.targets").match(after))


def _one_member(context: Context, m: Mention, patient: Party | None) -> bool:
    """Whether one man of a group was killed, as such: "a member of the Front was shot dead"."""
    if patient is None or sum(t.best for t in m.tolls) != 1:
        return False
    before = context.document.text[max(m.start, patient.start - 40) : patient.start]
    return bool(_MEMBER.search(before))


_MEMBER = re.compile(
    r"\b(?:an?|former|ex-?)\s+(?:\w+\s+){0,2}(?:members?|activists?|leaders?|workers?|supporters?|"
    r"organi[sz]ers?|officials?|candidates?)\s+of\s+(?:the\s+)?$",
    re.IGNORECASE,
)

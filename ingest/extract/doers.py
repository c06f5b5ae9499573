"""Who did it where no words say so outright: the force that tells of it, a group's own branch."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.extract._word_pattern import part_of
from ingest.extract.context import Context
from ingest.extract.deeds import acts
from ingest.extract.drafts import Draft
from ingest.extract.mentions import Mention
from ingest.extract.parties import Party, Side
from ingest.extract.sentences import Sentence
from ingest.extract.triggers import FROM_AFAR, VIOLENCE


def doer_of(context: Context, draft: Draft) -> Party | None:
    """The state force that fought militants whose dead are told in the passive.

    "31 rebels were killed when troops took the hill"; "the army said 12 militants were killed in
    a raid", where nobody else is named.
    """
    if draft.kind not in (VIOLENCE, "Armed clash", *FROM_AFAR):
        return None
    fought = [m for m in draft.mentions if _hits_militants(m)]
    if not fought or any(t.status == "civilians" and t.best for m in fought for t in m.tolls):
        return None
    for m in fought:
        found = _in_operation(context, m) or _teller(context, m)
        if found is not None:
            return found
    return None


def _hits_militants(m: Mention) -> bool:
    patient = m.roles.patient
    if m.roles.agent is not None or (patient is not None and patient.side is not Side.ARMED):
        return False
    return patient is not None or any(t.status == "militants" and t.best for t in m.tolls)


def _in_operation(context: Context, m: Mention) -> Party | None:
    """ "… were killed when troops captured the ridge"."""
    if m.trigger is None:
        return None
    text = context.document.text
    for p in context.parties_in(m.trigger.end, m.end):
        if p.side is Side.STATE and _WHEN.search(text, m.trigger.end, p.start):
            return p if acts(text, p.end) else None
    return None


def _teller(context: Context, m: Mention) -> Party | None:
    """The force that tells of its own strike, raid or fight."""
    words = part_of(context.document.text, m.start, m.end)
    if _AMONG.search(words):
        return None
    own = m.kind in FROM_AFAR or _NEUTRALISED.search(words)
    if not own and not context.lexicon.pattern("triggers.state_operation.cues").search(words):
        return None
    forces = (p for p in m.roles.speakers if p.side is Side.STATE)
    return next(forces, None) or next(_ministries(context, m), None)


def _ministries(context: Context, m: Mention) -> Iterator[Party]:
    """ "Turkey's defence ministry", "the General Staff": the armed forces of its country."""
    text = context.document.text
    for found in _MINISTRY.finditer(text, m.sentence.start, m.sentence.end):
        owners = [c for at, c in context.countries if 0 <= found.start() - at <= OWNED]
        country = owners[-1] if owners else context.country
        if country is not None:
            force = context.registry.for_country("military", country)
            yield Party(*found.span(1), found[1], Side.STATE, (force,), force.name)


OWNED = 16
"""Letters between a country's name and the ministry that is its own."""

_MINISTRY = re.compile(
    r"\b(defen[cs]e ministry|ministry of (?:national )?defen[cs]e|general staff)\b"
    r"[^.;:]{0,40}?\b(?:said|says|announced|reported|confirmed|claimed)\b",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\b(?:when|after|as|while|where|in which)\s+(?:(?:the|some|about|\d+)\s+)*(?:[\w-]+\s+){0,2}$"
)
_AMONG = re.compile(
    r"\b(?:rival|in-?fighting|between|each other|one another|premature\w*|own bomb|"
    r"by unknown|by unidentified)\b",
    re.IGNORECASE,
)
_NEUTRALISED = re.compile(
    r"\b(?:neutrali[sz]ed|eliminated|rendered ineffective|liquidated)\b", re.I
)


def they(context: Context, draft: Draft) -> Party | None:
    """The group that "they" are: "the day before, they had killed 48 men"."""
    text = context.document.text
    for m in draft.mentions:
        if m.trigger is None or m.roles.agent is not None or m.roles.speakers:
            continue
        if _THEY.search(text, max(m.start, m.trigger.start - LEAD), m.trigger.start):
            near = [p for p in context.parties if p.named and 0 <= m.start - p.end <= NEARBY]
            return near[-1] if near and near[-1].side is Side.ARMED else None
    return None


LEAD, NEARBY = 30, 600
"""Characters before a deed in which "they" do it, and before those in which they are named."""

_THEY = re.compile(r"\bthey\s+(?:(?:had|have|also|then|later|first|even|\w+ly)\s+)*$", re.I)


def branch_of(agents: Sequence[Party]) -> Party | None:
    """The group itself where a report first names the movement that it belongs to.

    "Militants linked to Islamic State … members of the ADF": the ADF.
    """
    first = agents[0]
    whole = {a.name for a in first.actors[:1]}
    for party in agents[1:]:
        if party.named and party.actors[:1] and whole & set(party.actors[0].parents):
            return party
    return None


def _told_beside(context: Context, draft: Draft) -> list[Sentence]:
    """Sentences of the paragraphs that tell a deed."""
    paragraphs = {m.sentence.paragraph for m in draft.mentions}
    return [s for s in context.layout.sentences if s.paragraph in paragraphs]


def pitted(context: Context, draft: Draft) -> tuple[Party, Party] | None:
    """Two sides that the paragraphs of a fight name beside it: "the fight between A and B"."""
    if draft.kind not in (VIOLENCE, "Armed clash"):
        return None
    text = context.document.text
    for sentence in _told_beside(context, draft):
        inside = context.parties_in(sentence.start, sentence.end)
        armed = [p for p in inside if p.side in (Side.ARMED, Side.STATE)]
        for one, two in pairwise(armed):
            before, gap = text[sentence.start : one.start], text[one.end : two.start]
            met = _FIGHT_BETWEEN.search(before) and _AND_THE.fullmatch(gap)
            if one.side is Side.ARMED and (
                met or (_PIT.search(before) and _AGAINST.fullmatch(gap))
            ):
                return one, two
    return None


_FIGHT_BETWEEN = re.compile(
    r"\b(?:fight|fights|fighting|confrontations?|clash(?:es)?|battles?|shoot-?outs?|gun ?battles?|"
    r"gunfights?|firefights?|exchanges? of (?:fire|gunfire|shots)|skirmish(?:es)?|hostilities)\b"
    r"[^.;]{0,60}?\bbetween\s+(?:[\w-]+\s+){0,3}?(?:(?:of|from)\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_AND_THE = re.compile(r"\s*(?:\w+\s+){0,2}?and\s+(?:[a-z-]+\s+){0,4}?(?:the\s+)?")
_PIT = re.compile(r"\bpit(?:s|ted|ting)?\s+(?:[a-z-]+\s+){0,3}?(?:the\s+)?$")
_AGAINST = re.compile(r"[^.;]{0,90}?\bagainst\s+(?:[a-z-]+\s+){0,3}?(?:the\s+)?")


def from_abroad(context: Context, draft: Draft, country: str | None) -> Party | None:
    """The one foreign force whose guns a report tells of, for a strike by nobody named.

    "Two guided bombs hit the town", in a report of Russian artillery elsewhere in Ukraine.
    """
    if draft.kind not in FROM_AFAR or country is None:
        return None
    text = context.document.text
    forces = {
        p.canonical(context.registry, country): p
        for p in reversed(context.parties)
        if p.side is Side.STATE
        and p.actors[:1]
        and p.actors[0].country not in (None, country)
        and _GUNS.search(text, p.start, p.end + GUNS_WITHIN)
    }
    return next(iter(forces.values())) if len(forces) == 1 else None


GUNS_WITHIN = 30
"""Characters behind a force in which its guns or aircraft are named."""

_GUNS = re.compile(
    r"\b(?:drones?|missiles?|artillery|shell\w*|air ?strikes?|strikes?|jets?|warplanes?|aircraft|"
    r"bomb\w*|rockets?|gunships?|mortars?|fired|struck|pounded)\b",
    re.IGNORECASE,
)


def force_against(context: Context, draft: Draft) -> Party | None:
    """The force that a crowd met, told beside its deed: "Police pushed them back"."""
    text = context.document.text
    for sentence in _told_beside(context, draft):
        for p in context.parties_in(sentence.start, sentence.end):
            near = text[max(sentence.start, p.start - MET_BEFORE) : p.end + MET_BEHIND]
            if p.side is Side.STATE and _MEETS_CROWD.search(near):
                return p
    return None


MET_BEFORE, MET_BEHIND = 50, 80
"""Characters around a force in which it is told what it did to a crowd, or the crowd to it."""

_MEETS_CROWD = re.compile(
    r"\b(?:tear[- ]?gas\w*|water[- ]cannons?|pressuri[sz]ed water|batons?|rubber bullets|"
    r"warning shots|stun grenades?|pushed (?:them|the \w+) back|dispers\w+|broke up|charged|"
    r"opened fire|fired|"
    r"(?<!no )clash\w*|fought|battled|pelted|threw (?:stones|rocks)|stones? at|"
    r"lobbed|hit by stones)\b",
    re.IGNORECASE,
)

"""Actors of an incident: who did it, to whom, and on whose word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geodata.incident import Attribution
from ingest.extract.attribution import Statement
from ingest.extract.context import Context
from ingest.extract.merge import PROTESTS, Draft
from ingest.extract.parties import UNIDENTIFIED, Party, Side
from ingest.extract.triggers import EXPLOSIVE, QUIET

_STRENGTH = {
    Attribution.CLAIMED: 4,
    Attribution.ATTRIBUTED: 3,
    Attribution.SUSPECTED: 2,
    Attribution.DENIED: 1,
    Attribution.NONE: 0,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A named actor with the words it was read from; None where the text has none."""

    name: str | None
    start: int | None = None
    end: int | None = None
    side: Side = Side.UNIDENTIFIED


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Both actors and on what ground the first is named."""

    actor1: Answer
    actor2: Answer
    attribution: Attribution


def share_out(drafts: Sequence[Draft], statements: Sequence[Statement]) -> list[list[Statement]]:
    """Give each statement to the incidents it speaks of."""
    given: list[list[Statement]] = [[] for _ in drafts]
    for statement in statements:
        before = [
            i
            for i, draft in enumerate(drafts)
            if any(m.start <= statement.end for m in draft.mentions)
        ]
        if not before:
            continue
        if statement.scope == "all":
            for i in before:
                if not drafts[i].background:
                    given[i].append(statement)
            continue
        given[_meant(drafts, before, statement)].append(statement)
    return given


def _meant(drafts: Sequence[Draft], before: Sequence[int], statement: Statement) -> int:
    """The incident told last before the words; a background one only in its own paragraph."""

    def last(i: int) -> int:
        return max(m.start for m in drafts[i].mentions if m.start <= statement.end)

    ordered = sorted(before, key=last, reverse=True)
    for i in ordered:
        own = any(m.sentence.paragraph == statement.sentence.paragraph for m in drafts[i].mentions)
        if own or not drafts[i].background or statement.scope == "this":
            return i
    return ordered[0]


def decide(
    context: Context, draft: Draft, statements: Sequence[Statement], kind: str, country: str | None
) -> Responsibility:
    """Name both actors of a draft."""
    place = country or context.country
    if kind in PROTESTS or kind in ("Mob violence",):
        return _crowd(context, draft, kind, place)
    told = _agent(draft)
    if told is None and kind == "Armed clash" and not any(s.party for s in statements):
        told = _first(draft, context, Side.STATE)  # of two sides that meet, the state's comes first
    actor1, attribution = _weigh(context, draft, statements, told, place)
    if actor1.name is None:
        actor1 = Answer(UNIDENTIFIED, *(_span(told)))
    actor2 = _second(context, draft, actor1, kind, place)
    return Responsibility(actor1, actor2, attribution)


def _span(party: Party | None) -> tuple[int | None, int | None]:
    return (party.start, party.end) if party else (None, None)


def _agent(draft: Draft) -> Party | None:
    """The agent told: a named one before "gunmen"; a civilian never."""
    agents = [m.roles.agent for m in draft.mentions if m.roles.agent is not None]
    agents = [a for a in agents if a.side in (Side.ARMED, Side.STATE, Side.UNIDENTIFIED)]
    if draft.kind in EXPLOSIVE - {"Air/drone strike", "Shelling/artillery/missile attack"}:
        agents = [a for a in agents if a.side is not Side.STATE]
    if agents and agents[0].side is Side.UNIDENTIFIED:  # "gunmen", whom a later line may name
        armed = [a for a in agents if a.side is Side.ARMED]
        return (armed or agents)[0]
    return agents[0] if agents else None


def _weigh(
    context: Context,
    draft: Draft,
    statements: Sequence[Statement],
    told: Party | None,
    country: str | None,
) -> tuple[Answer, Attribution]:
    named = [s for s in statements if s.party is not None]
    denials = {
        s.party.canonical(context.registry, country)
        for s in named
        if s.party and s.attribution is Attribution.DENIED
    }
    held = [s for s in named if s.attribution is not Attribution.DENIED]
    held.sort(key=lambda s: -_STRENGTH[s.attribution])
    if told is not None and told.side is Side.STATE:
        return _answer(context, told, country), _own_word(context, draft)
    if held and (told is None or told.side is Side.UNIDENTIFIED or held[0].party is not None):
        best = held[0]
        if best.party is not None and best.party.side is not Side.STATE:
            answer = _answer(context, best.party, country, best)
            denied = answer.name in denials and best.attribution is not Attribution.CLAIMED
            return answer, Attribution.DENIED if denied else best.attribution
    if told is None or told.side is Side.UNIDENTIFIED:
        return Answer(None), Attribution.DENIED if denials else Attribution.NONE
    answer = _answer(context, told, country)
    if answer.name in denials:
        return answer, Attribution.DENIED
    hedged = any(m.roles.suspected for m in draft.mentions if m.roles.agent == told)
    return answer, Attribution.SUSPECTED if hedged else Attribution.ATTRIBUTED


def _answer(
    context: Context, party: Party, country: str | None, statement: Statement | None = None
) -> Answer:
    span = (statement.start, statement.end) if statement else (party.start, party.end)
    return Answer(party.canonical(context.registry, country), *span, party.side)


def _own_word(context: Context, draft: Draft) -> Attribution:
    """A state force that tells of its own operation claims it."""
    for m in draft.mentions:
        if any(p.side is Side.STATE for p in m.roles.speakers):
            return Attribution.CLAIMED
        if context.lexicon.pattern("cues.reporting").search(m.sentence.text):
            return Attribution.CLAIMED
    return Attribution.ATTRIBUTED


def _crowd(context: Context, draft: Draft, kind: str, country: str | None) -> Responsibility:
    violent = kind in ("Mob violence", "Violent demonstration")
    generic = "rioters" if violent else "protesters"
    first = draft.mentions[0]
    trigger = first.trigger
    span = (trigger.start, trigger.end) if trigger else (first.start, first.end)
    name = context.registry.for_country(generic, country).name if country else generic.title()
    actor2 = Answer(None)
    if kind in ("Protest with intervention", "Excessive force against protesters"):
        force = _first(draft, context, Side.STATE)
        actor2 = _answer(context, force, country) if force else Answer(None)
    elif kind == "Mob violence":
        actor2 = _civilians(context, draft, country)
    return Responsibility(
        Answer(name, *span, Side.RIOT if violent else Side.PROTEST), actor2, Attribution.NONE
    )


def _first(draft: Draft, context: Context, side: Side) -> Party | None:
    for m in draft.mentions:
        for p in context.parties_in(m.start, m.end):
            if p.side is side and p not in m.roles.speakers:
                return p
    return None


def _second(
    context: Context, draft: Draft, actor1: Answer, kind: str, country: str | None
) -> Answer:
    """Who was acted upon: the patient told, the force of the dead, else civilians."""
    wanted = (Side.ARMED, Side.UNIDENTIFIED) if actor1.side is Side.STATE else (Side.STATE, Side.ARMED)
    candidates: list[Party] = []
    for m in draft.mentions:
        if m.roles.patient is not None:
            candidates.append(m.roles.patient)
    for m in draft.mentions:
        inside = context.parties_in(m.start, m.end)
        candidates += [p for p in inside if p not in m.roles.speakers and p != m.roles.agent]
    for side in (wanted, (Side.CIVIL,)):
        for p in candidates:
            answer = _answer(context, p, country)
            if p.side in side and answer.name != actor1.name:
                if p.side is Side.UNIDENTIFIED:
                    return _named_foe(context, draft, country) or answer
                return answer
    if kind in QUIET:
        return _named_foe(context, draft, country) or Answer(UNIDENTIFIED)
    return _civilians(context, draft, country)


def _named_foe(context: Context, draft: Draft, country: str | None) -> Answer | None:
    """The armed group that "the militants" are: named in the same sentences, or in the next."""
    paragraphs = {m.sentence.paragraph for m in draft.mentions}
    for sentence in context.layout.sentences:
        if sentence.paragraph in paragraphs:
            for p in context.parties_in(sentence.start, sentence.end):
                if p.side is Side.ARMED and p.named:
                    return _answer(context, p, country)
    return None


def _civilians(context: Context, draft: Draft, country: str | None) -> Answer:
    party = _first(draft, context, Side.CIVIL)
    name = context.registry.for_country("civilians", country).name if country else "Civilians"
    if party is not None:
        return Answer(name, party.start, party.end, Side.CIVIL)
    for m in draft.mentions:
        for toll in m.tolls:
            return Answer(name, toll.start, toll.end, Side.CIVIL)
    return Answer(name, side=Side.CIVIL)

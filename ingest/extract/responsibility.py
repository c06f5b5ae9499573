"""Actors of an incident: who did it, to whom, and on whose word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geodata.actors import STATE_KINDS
from geodata.incident import Attribution
from ingest.extract.acted_upon import (
    Answer,
    answer_of,
    first_of,
    named_foe,
    second_side,
    set_upon,
    unarmed_of,
)
from ingest.extract.attribution import Statement, called
from ingest.extract.context import Context
from ingest.extract.deeds import acts
from ingest.extract.doers import branch_of, doer_of, force_against, from_abroad, pitted, they
from ingest.extract.drafts import PROTESTS, Draft
from ingest.extract.grounds import first_person, is_accused, of_office, only_group, own_word
from ingest.extract.mentions import Mention
from ingest.extract.parties import UNIDENTIFIED, Party, Side
from ingest.extract.roles import ACTS
from ingest.extract.triggers import EXPLOSIVE, QUIET

_STRENGTH = {
    Attribution.CLAIMED: 4,
    Attribution.ATTRIBUTED: 3,
    Attribution.SUSPECTED: 2,
    Attribution.DENIED: 1,
    Attribution.NONE: 0,
}


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Both actors and on what ground the first is named."""

    actor1: Answer
    actor2: Answer
    attribution: Attribution


def decide(
    context: Context, draft: Draft, statements: Sequence[Statement], kind: str, country: str | None
) -> Responsibility:
    """Name both actors of a draft."""
    place = country or context.country
    if kind in PROTESTS or kind in ("Mob violence",):
        return _crowd(context, draft, kind, place)
    if kind in QUIET:
        return _quiet(context, draft, kind, place)
    told = _agent(context, draft) or _agent_of_sentence(context, draft)
    told = _meant(context, told) or doer_of(context, draft) or they(context, draft)
    if told is None and draft.kind == "Armed clash" and not any(s.party for s in statements):
        # Of two sides that meet, the state's comes first.
        told = first_of(draft, context, Side.STATE)
    pair = pitted(context, draft) if told is None and not any(s.party for s in statements) else None
    if pair is not None:
        one, two = (answer_of(context, p, place) for p in pair)
        return Responsibility(one, two, Attribution.ATTRIBUTED)
    actor1, attribution = _weigh(context, draft, statements, told, place)
    if actor1.name is None:
        actor1 = Answer(UNIDENTIFIED, *(_span(told)))
    actor2 = second_side(context, draft, actor1, place)
    return Responsibility(actor1, actor2, attribution)


def _span(party: Party | None) -> tuple[int | None, int | None]:
    return (party.start, party.end) if party else (None, None)


def _agent(context: Context, draft: Draft) -> Party | None:
    """The agent told: a named one before "gunmen"; a civilian never."""
    agents = [m.roles.agent for m in draft.mentions if m.roles.agent is not None]
    agents = [a for a in agents if a.side in (Side.ARMED, Side.STATE, Side.UNIDENTIFIED)]
    if draft.kind in EXPLOSIVE - {"Air/drone strike", "Shelling/artillery/missile attack"}:
        hands = [m.roles.agent for m in draft.mentions if m.roles.hand or _by_hand(context, m)]
        agents = [a for a in agents if a.side is not Side.STATE or a in hands]
    if agents and agents[0].side is Side.UNIDENTIFIED:  # "gunmen", whom a later line may name
        armed = [a for a in agents if a.side is Side.ARMED and _is_group(a)]
        return (armed or agents)[0]
    return (branch_of(agents) or agents[0]) if agents else None


def _agent_of_sentence(context: Context, draft: Draft) -> Party | None:
    """The force that a sentence tells of before the dead it made: "… intercepted a convoy,
    in an action in which nine assailants were killed"."""
    for m in draft.mentions:
        if m.start == m.sentence.start or not any(t.status == "militants" for t in m.tolls):
            continue
        for p in context.parties_in(m.sentence.start, m.start):
            if p.side is Side.STATE and acts(context.document.text, p.end):
                return p
    return None


def _meant(context: Context, told: Party | None) -> Party | None:
    """The group that "the rebels" are: the one named last, if nearby."""
    if told is None or told.named or told.side not in (Side.ARMED, Side.UNIDENTIFIED):
        return told
    text = context.document.text
    again = _THE_GROUP.search(text[max(0, told.start - 10) : told.end])
    if not again and not _ALSO.match(text, told.start):
        return told
    named = [p for p in context.parties if p.end <= told.start and p.named]
    near = [p for p in named if p.side is Side.ARMED and told.start - p.end <= _NEARBY]
    return replace(called(near, told.alias), start=told.start, end=told.end) if near else told


_THE_GROUP = re.compile(
    r"\bthe (?:(?:same )?(?:group|outfit|rebels|insurgents|guerrillas|separatists|militia|"
    r"jihadists|faction|movement)|same (?:militants|fighters|gunmen|men|bandits|gang|band))$",
    re.IGNORECASE,
)
_ALSO = re.compile(r"(?:rebels|insurgents|guerrillas|militants|separatists) also\b", re.IGNORECASE)
_NEARBY = 900
"""Characters within which a group keeps being "the rebels"."""


def _by_hand(context: Context, m: Mention) -> bool:
    """Whether the words are of a deed, not of something that went off."""
    at = m.trigger
    return at is not None and bool(ACTS.match(context.document.text[at.start : at.end]))


def _is_group(party: Party) -> bool:
    """A group, or bandits; "criminals" is a word of abuse more often than an actor."""
    return party.named or not any(a.name.startswith("Gangs") for a in party.actors)


def _weigh(
    context: Context,
    draft: Draft,
    statements: Sequence[Statement],
    told: Party | None,
    country: str | None,
) -> tuple[Answer, Attribution]:
    denied = {
        s.party.canonical(context.registry, country)
        for s in statements
        if s.party is not None and s.attribution is Attribution.DENIED
    }
    answer, attribution = _named(context, draft, statements, told, country)
    own = any(m.roles.own_word and m.roles.agent == told for m in draft.mentions)
    if attribution is Attribution.CLAIMED and (own or answer.side is not Side.STATE):
        return answer, attribution  # who tells of his own deed denies only what is said of it
    if answer.name in denied or (answer.name is None and denied):
        return answer, Attribution.DENIED
    return answer, attribution


def _named(
    context: Context,
    draft: Draft,
    statements: Sequence[Statement],
    told: Party | None,
    country: str | None,
) -> tuple[Answer, Attribution]:
    """Who is named, and on what ground, before any denial is heard."""
    if told is not None and told.side is Side.STATE:
        answer = answer_of(context, told, country)
        if is_accused(context, statements, answer.name, country):
            return answer, Attribution.ATTRIBUTED
        return answer, own_word(context, draft, told, country)
    held = [
        (s, s.party)
        for s in statements
        if s.party is not None and s.attribution is not Attribution.DENIED
    ]
    held.sort(
        key=lambda pair: (
            -_STRENGTH[pair[0].attribution],
            pair[1].side is Side.UNIDENTIFIED,
        )
    )
    state_accused = told is None or told.side is Side.UNIDENTIFIED
    if held and (held[0][1].side is not Side.STATE or state_accused):
        statement, party = held[0]
        return answer_of(context, party, country, statement), statement.attribution
    if told is None or told.side is Side.UNIDENTIFIED:
        return _unnamed(context, draft, statements, country)
    own = [m.roles for m in draft.mentions if m.roles.agent == told]
    answer = answer_of(context, told, country)
    itself = any(set(p.actors) & set(told.actors) for r in own for p in r.speakers if p is not told)
    if itself or any(r.own_word for r in own) or (first_person(context) and not of_office(context)):
        return answer, Attribution.CLAIMED
    hedged = any(r.suspected for r in own)
    return answer, Attribution.SUSPECTED if hedged else Attribution.ATTRIBUTED


def _unnamed(
    context: Context, draft: Draft, statements: Sequence[Statement], country: str | None
) -> tuple[Answer, Attribution]:
    """Who did what is told without a name: the author of a communiqué, a state that denies."""
    author = _author(context)
    if author is not None:
        return answer_of(context, author, country), Attribution.CLAIMED
    state = _accused_state(context, statements, country)
    alone = only_group(context, draft) if state.name is None and not statements else None
    if state.name is None and not statements:
        alone = alone or from_abroad(context, draft, country)
    if alone is not None:
        return answer_of(context, alone, country), Attribution.ATTRIBUTED
    return state, Attribution.NONE


def _author(context: Context) -> Party | None:
    """The group whose own communiqué a text is: of all sides the first that it names."""
    sides = (Side.ARMED, Side.STATE)
    named = next((p for p in context.parties if p.named and p.side in sides), None)
    if named is None or named.side is not Side.ARMED or named.start > AUTHOR_AT:
        return None
    return named if first_person(context) and not of_office(context) else None


AUTHOR_AT = 400
"""Characters within which a communiqué names whose it is."""


def _accused_state(
    context: Context, statements: Sequence[Statement], country: str | None
) -> Answer:
    """The state that denies what nobody else is named for; armed groups are not taken at that."""
    for s in statements:
        denies = s.attribution is Attribution.DENIED and s.party is not None
        if (
            denies
            and s.party is not None
            and s.party.actors[:1]
            and (s.party.actors[0].kind in STATE_KINDS)
        ):
            return answer_of(context, s.party, country, s)
    return Answer(None)


def _quiet(context: Context, draft: Draft, kind: str, country: str | None) -> Responsibility:
    """Arrests, seizures, agreements: a state force acts upon an armed group."""
    inside = [p for m in draft.mentions for p in context.parties_in(m.start, m.end)]
    armed = [p for p in inside if p.side is Side.ARMED]
    if kind == "Agreement":
        return _agreement(context, draft, inside, country)
    if kind == "Non-violent transfer of territory":
        given_up = _transfer(context, draft, inside, country)
        if given_up is not None:
            return given_up
    told = next((m.roles.agent for m in draft.mentions if m.roles.agent is not None), None)
    if told is not None and kind in _BY_ANYBODY and _holds_ground(told, inside):
        return _by_group(context, inside, told, country)
    return _by_state(context, draft, kind, (told, inside, armed), country)


def _by_state(
    context: Context,
    draft: Draft,
    kind: str,
    parties: tuple[Party | None, Sequence[Party], Sequence[Party]],
    country: str | None,
) -> Responsibility:
    """What a state force does without a fight; ground may go to a group."""
    told, inside, armed = parties
    if kind == "Non-violent transfer of territory" and told and told.side is Side.ARMED:
        force = context.registry.for_country("military", country).name if country else None
        return Responsibility(
            answer_of(context, told, country), Answer(force), Attribution.ATTRIBUTED
        )
    begin = draft.mentions[0].start
    if told is None or told.side is not Side.STATE:
        state = [p for p in inside if p.side is Side.STATE]
        state += [p for p in reversed(context.parties) if p.side is Side.STATE and p.end <= begin]
        told = state[0] if state else None
    if kind == "Change to group/activity" and armed:
        return Responsibility(
            answer_of(context, armed[0], country),
            answer_of(context, told, country) if told else Answer(None),
            Attribution.ATTRIBUTED,
        )
    foe = named_foe(context, draft, country, before=False)
    foe = foe or (answer_of(context, armed[0], country) if armed else None)
    foe = foe or unarmed_of(context, draft, inside, country) or Answer(UNIDENTIFIED)
    if told is None:
        name = context.registry.for_country("security forces", country).name if country else None
        return Responsibility(Answer(name), foe, Attribution.ATTRIBUTED)
    return Responsibility(
        answer_of(context, told, country), foe, own_word(context, draft, told, country)
    )


def _agreement(
    context: Context, draft: Draft, inside: Sequence[Party], country: str | None
) -> Responsibility:
    """Both sides of a truce: two groups, or a government and one."""
    armed = [p for p in inside if p.side is Side.ARMED]
    sides = armed or [p for p in inside if p.side is Side.STATE]
    first = answer_of(context, sides[0], country) if sides else Answer(UNIDENTIFIED)
    second = answer_of(context, sides[1], country) if len(sides) > 1 else first
    text = context.document.text
    ruled = any(_GOVERNMENT.search(text, m.start, m.end) for m in draft.mentions)
    home = next((a.country for p in armed for a in p.actors if a.country), None) or country
    if ruled and len(armed) == 1 and home:
        state = context.registry.for_country("military", home)
        first = Answer(state.name, side=Side.STATE)
    return Responsibility(first, second, Attribution.NONE)


_GOVERNMENT = re.compile(r"\bgovernment\b", re.IGNORECASE)
_BY_ANYBODY = ("Arrests", "Headquarters or base established")
"""Quiet deeds that an armed group does as a state does: it arrests, it sets up a base."""


def _holds_ground(told: Party, inside: Sequence[Party]) -> bool:
    """Whether a group acts where no force of a state is told of."""
    return told.side is Side.ARMED and told.named and all(p.side is not Side.STATE for p in inside)


def _by_group(
    context: Context, inside: Sequence[Party], told: Party, country: str | None
) -> Responsibility:
    """What a group that holds ground does there, and to which other group."""
    first = answer_of(context, told, country)
    others = (answer_of(context, p, country) for p in inside if p.side is Side.ARMED and p.named)
    foe = next((other for other in others if other.name != first.name), Answer(None))
    return Responsibility(first, foe, Attribution.ATTRIBUTED)


_LEAVES = re.compile(
    r"\s+(?:[\w-]+\s+){0,4}?(?:withdr\w+|pull\w* out|abandon\w*|retreat\w*|fled|left|ceded|vacated|"
    r"handed over|evacuated|melted away|relinquish\w*|gave up)\b"
)


def _transfer(
    context: Context, draft: Draft, inside: Sequence[Party], country: str | None
) -> Responsibility | None:
    """Who takes ground without a fight, and who leaves it."""
    text = context.document.text
    sides = [p for p in inside if p.side in (Side.ARMED, Side.STATE)]
    leavers = [p for p in sides if _LEAVES.match(text, p.end)]
    takers = [p for p in sides if p not in leavers and leavers and p.side is not leavers[0].side]
    if not leavers or not takers:
        return None
    taker = takers[0]
    ground = Attribution.ATTRIBUTED
    if taker.side is Side.STATE:
        ground = own_word(context, draft, taker, country)
    return Responsibility(
        answer_of(context, taker, country), answer_of(context, leavers[0], country), ground
    )


def _crowd(context: Context, draft: Draft, kind: str, country: str | None) -> Responsibility:
    violent = kind in ("Mob violence", "Violent demonstration")
    generic = "rioters" if violent else "protesters"
    first = draft.mentions[0]
    trigger = first.trigger
    span = (trigger.start, trigger.end) if trigger else (first.start, first.end)
    name = context.registry.for_country(generic, country).name if country else generic.title()
    actor2 = Answer(None)
    if kind in ("Protest with intervention", "Excessive force against protesters"):
        force = first_of(draft, context, Side.STATE) or force_against(context, draft)
        actor2 = answer_of(context, force, country) if force else Answer(None)
        if force is None and kind == "Protest with intervention" and country:
            actor2 = Answer(context.registry.for_country("police", country).name)
        if force is not None and kind == "Excessive force against protesters":
            return Responsibility(  # the force does the violence
                actor2, Answer(name, *span, Side.PROTEST), Attribution.ATTRIBUTED
            )
    elif kind == "Violent demonstration":
        hit = next((m.roles.patient for m in draft.mentions if m.roles.patient), None)
        if hit is None or hit.side is not Side.STATE:
            fights = context.lexicon.pattern("triggers.crowd.fights_force")
            fought = any(
                fights.search(context.document.text[m.start : m.end]) for m in draft.mentions
            )
            hit = first_of(draft, context, Side.STATE) if fought else None
            hit = hit or force_against(context, draft)
        if hit is not None:
            actor2 = answer_of(context, hit, country)
    elif kind == "Mob violence":
        actor2 = set_upon(context, draft, country)
    rivals = context.lexicon.pattern("triggers.crowd.rivals")
    if violent and rivals.search(context.document.text[first.start : first.end]):
        actor2 = Answer(name, *span, Side.RIOT)
    return Responsibility(
        Answer(name, *span, Side.RIOT if violent else Side.PROTEST), actor2, Attribution.NONE
    )

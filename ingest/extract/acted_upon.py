"""Who was acted upon: the other side of an incident, and names for those who are hurt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.extract._word_pattern import part_of
from ingest.extract.attribution import Statement
from ingest.extract.casualties import Toll
from ingest.extract.choosing import ABDUCTION, GROUND
from ingest.extract.context import Context
from ingest.extract.deeds import RIVALS
from ingest.extract.drafts import Draft
from ingest.extract.mentions import Mention
from ingest.extract.parties import STATUS_OF_SIDE, UNIDENTIFIED, Party, Side
from ingest.extract.people import find_people
from ingest.extract.triggers import FROM_AFAR
from ingest.extract.victims import of_act


@dataclass(frozen=True, slots=True)
class Answer:
    """A named actor with the words it was read from; None where the text has none."""

    name: str | None
    start: int | None = None
    end: int | None = None
    side: Side = Side.UNIDENTIFIED


def answer_of(
    context: Context, party: Party, country: str | None, statement: Statement | None = None
) -> Answer:
    """Give a party's name where it acts, with the words of a statement or its own."""
    span = (statement.start, statement.end) if statement else (party.start, party.end)
    return Answer(party.canonical(context.registry, country), *span, party.side)


def first_of(draft: Draft, context: Context, side: Side) -> Party | None:
    """First party of a side that a draft's clauses name and that does not only speak."""
    for m in draft.mentions:
        for p in context.parties_in(m.start, m.end):
            if p.side is side and p not in m.roles.speakers:
                return p
    return None


def second_side(context: Context, draft: Draft, actor1: Answer, country: str | None) -> Answer:
    """Who was acted upon: the patient told, else those of the dead, else civilians."""
    rival = next((p for m in draft.mentions if (p := _rival(context, m, country))), None)
    if rival is not None and actor1.side is Side.ARMED:
        return answer_of(context, rival, country)
    civil = any(t.status == "civilians" and t.best for m in draft.mentions for t in m.tolls)
    if not civil and any(among_themselves(context, m) for m in draft.mentions):
        return actor1
    if draft.kind == FROM_AFAR[0] and actor1.side is Side.UNIDENTIFIED:  # only states fly jets
        actor1 = replace(actor1, side=Side.STATE)
    state = actor1.side is Side.STATE and draft.kind != ABDUCTION
    if state and _militants_first(draft):  # before any bystander who was hit too
        hurt = _of_the_hurt(context, draft, actor1, country)
        if hurt is not None:
            return hurt
    return _struck(context, draft, actor1, country)


def _rival(context: Context, m: Mention, country: str | None) -> Party | None:
    """The other of two groups of one name that meet: two communal militias."""
    one, two = m.roles.agent, m.roles.patient
    if one is None or two is None or one.side is not Side.ARMED or two.side is not Side.ARMED:
        return None
    apart = one.end <= two.start or two.end <= one.start
    same = one.canonical(context.registry, country) == two.canonical(context.registry, country)
    return two if apart and same and not one.named else None


def _struck(context: Context, draft: Draft, actor1: Answer, country: str | None) -> Answer:
    state = actor1.side is Side.STATE
    wanted = (Side.ARMED, Side.UNIDENTIFIED) if state else (Side.STATE, Side.ARMED)
    patients = [m.roles.patient for m in draft.mentions if m.roles.patient is not None]
    if draft.kind == ABDUCTION and _off_duty(context, draft):
        return civilians_of(context, draft, country)
    for p in patients:
        answer = answer_of(context, p, country)
        if p.side is Side.CIVIL or _civilians_before(draft, p):
            return civilians_of(context, draft, country)
        foreign = state and p.side is Side.STATE and _abroad(p, actor1, context, country)
        if (p.side in wanted or foreign) and answer.name != actor1.name:
            return _foe(context, draft, p, country)
    hurt = _of_the_hurt(context, draft, actor1, country)
    hurt = hurt or (_taken(context, draft, country) if not patients else None)
    if hurt is not None:
        return hurt
    for m in draft.mentions:
        for p in context.parties_in(m.start, m.end):
            answer = answer_of(context, p, country)
            spoke = p in m.roles.speakers or p == m.roles.agent
            ahead = m.trigger is not None and p.start >= m.trigger.end
            ahead = ahead and not _by(context, p)
            if p.side in wanted and ahead and not spoke and answer.name != actor1.name:
                return _foe(context, draft, p, country)
    return _by_kind(context, draft, country, state=state)


def _militants_first(draft: Draft) -> bool:
    """Whether the first words that count anybody count militants and name no victim besides."""
    first = next((m for m in draft.mentions if m.tolls or m.roles.patient), None)
    if first is None or first.roles.patient is not None:
        return False
    return any(t.status == "militants" and t.best for t in first.tolls[:1])


def _civilians_before(draft: Draft, patient: Party) -> bool:
    """Whether civilians are counted dead before the party is named: "20 fishermen were killed …
    the air force said it had struck terrorists"."""
    first = draft.mentions[0]
    if first.roles.patient is not None or patient.start < first.end:
        return False
    dead = {t.status for m in draft.mentions for t in m.tolls if t.best and t.start < patient.start}
    return "civilians" in dead and dead <= {"civilians", "unknown"}


def _off_duty(context: Context, draft: Draft) -> bool:
    """Whether who was taken was on leave: "took a soldier on leave off a bus"."""
    cues = context.lexicon.pattern("people.off_duty.cues")
    text = context.document.text
    return any(cues.search(part_of(text, m.start, m.end)) for m in draft.mentions)


def _by_kind(context: Context, draft: Draft, country: str | None, *, state: bool) -> Answer:
    """The other side where no words name it: ground is lost by an army, fights have a foe."""
    dead = any(t.best and t.kind == "killed" for m in draft.mentions for t in m.tolls)
    if draft.kind in GROUND and not state and not dead and country:
        return Answer(context.registry.for_country("military", country).name, side=Side.STATE)
    if draft.kind in ("Armed clash", *GROUND) and state:
        return named_foe(context, draft, country) or Answer(UNIDENTIFIED)
    return civilians_of(context, draft, country)


def among_themselves(context: Context, m: Mention) -> bool:
    """Whether men of one side fight: "soldiers fired on one another", "between two clans"."""
    if m.trigger is None or m.roles.patient is not None:
        return False
    agent, text = m.roles.agent, context.document.text
    if agent is not None and _BETWEEN.search(text[max(0, agent.start - 24) : agent.end]):
        return True
    if agent is not None and _SEVERAL.match(agent.alias):
        return bool(_FOUGHT.match(text, m.trigger.start))
    return bool(_EACH_OTHER.match(context.document.text, m.trigger.end))


_SEVERAL = re.compile(
    r"(?:two|three|four|several|rival|warring|feuding)\b.*(?:clans|tribes|families|gangs|groups|men)$",
    re.IGNORECASE,
)
_FOUGHT = re.compile(r"(?:fought|clash\w*|battl\w*|exchang\w*|traded)\b", re.IGNORECASE)
_BETWEEN = re.compile(rf"\bbetween (?:the )?{RIVALS.pattern}", re.IGNORECASE)
_EACH_OTHER = re.compile(r"\s+(?:(?:on|at|with|against)\s+)?(?:one another|each other)\b")


def _foe(context: Context, draft: Draft, party: Party, country: str | None) -> Answer:
    """Name the other side; where it is only "gunmen", by the group that they are told to be."""
    found = named_foe(context, draft, country) if party.side is Side.UNIDENTIFIED else None
    return found or answer_of(context, party, country)


def _abroad(party: Party, actor1: Answer, context: Context, country: str | None) -> bool:
    """Whether two forces are of different states: soldiers and police of one are no two sides."""
    first = context.registry.resolve(actor1.name or "", country)
    second = context.registry.resolve(party.canonical(context.registry, country), country)
    return first is not None and second is not None and first.country != second.country


def _by(context: Context, party: Party) -> bool:
    before = context.document.text[max(0, party.start - 12) : party.start]
    return bool(re.search(r"\bby (?:the |an? )?$", before))


def _of_the_hurt(
    context: Context, draft: Draft, actor1: Answer, country: str | None
) -> Answer | None:
    """The side of the first dead or injured whose status is told and not the agent's own."""
    own = STATUS_OF_SIDE[actor1.side]
    for m in draft.mentions:
        for toll in m.tolls:
            if not toll.best or toll.status in (own, "unknown"):
                continue
            if toll.status == "civilians":
                return civilians_of(context, draft, country)
            if toll.status == "militants":
                return named_foe(context, draft, country) or Answer(
                    UNIDENTIFIED, toll.start, toll.end
                )
            inside = context.parties_in(toll.start, toll.end)
            foes = [p for p in inside if p.side is Side.ARMED and p.named]
            if foes and (name := foes[0].canonical(context.registry, country)) != actor1.name:
                return Answer(name, foes[0].start, foes[0].end, Side.ARMED)  # "UNITA soldiers"
            party = next((p for p in inside if p.side is Side.STATE), None)
            party = party or _whose(context, m, toll) or first_of(draft, context, Side.STATE)
            if party is not None:
                return answer_of(context, party, country)
            if country:
                return _force_told(context, toll.start, toll.end, country)
    return None


def _force_told(context: Context, start: int, end: int, country: str) -> Answer:
    """The force that words for its men stand for: officers of no force named are policemen."""
    officers = _OFFICERS.search(context.document.text[start:end])
    name = context.registry.for_country("police" if officers else "security forces", country).name
    return Answer(name, start, end, Side.STATE)


def _taken(context: Context, draft: Draft, country: str | None) -> Answer | None:
    """The force whose men were abducted: "two officers on duty were kidnapped"."""
    lexicon = context.lexicon
    for m in draft.mentions:
        if m.trigger is None or m.kind != ABDUCTION or country is None:
            continue
        text = part_of(context.document.text, m.start, m.end)
        verb = (m.trigger.start - m.start, m.trigger.end - m.start)
        for p in of_act(text, *verb, find_people(text, lexicon), lexicon):
            if p.status == "security_forces":
                return _force_told(context, m.start + p.start, m.start + p.end, country)
    return None


def _whose(context: Context, m: Mention, toll: Toll) -> Party | None:
    """The force that tells of its own dead: "NATO said two of its members were killed"."""
    if not _ITS.search(context.document.text, toll.start, toll.end):
        return None
    return next((p for p in m.roles.speakers if p.side is Side.STATE and p.named), None)


_ITS = re.compile(r"\b(?:its|their)\b")
_OFFICERS = re.compile(
    r"(?<!security )(?<!prison )(?<!army )\b(?:officers?|constables?|cops?)\b", re.IGNORECASE
)
"""Officers of no force named are of the police."""


_NO_MEMBER = re.compile(r"\b(?:of|to|for|with)\s+(?:the\s+|an?\s+)?$")
"""Before a group: "an informer of the gang", "bringing bullets to the gangs" are of no member."""


def set_upon(context: Context, draft: Draft, country: str | None) -> Answer:
    """Whom a mob fell upon: a force or a group where its men were hit, else civilians."""
    for m in draft.mentions:
        patient = m.roles.patient
        if patient is not None and patient.side in (Side.STATE, Side.ARMED):
            before = context.document.text[max(0, patient.start - 12) : patient.start]
            if not _NO_MEMBER.search(before):
                return answer_of(context, patient, country)
        if any(t.best and t.status == "security_forces" for t in m.tolls):
            hurt = _of_the_hurt(context, draft, Answer(None, side=Side.RIOT), country)
            if hurt is not None:
                return hurt
    return civilians_of(context, draft, country)


def named_foe(
    context: Context, draft: Draft, country: str | None, *, before: bool = True
) -> Answer | None:
    """The armed group that "the militants" are: named in the same sentences, or in the next."""
    paragraphs = {m.sentence.paragraph for m in draft.mentions}
    for sentence in context.layout.sentences:
        if sentence.paragraph in paragraphs:
            for p in context.parties_in(sentence.start, sentence.end):
                if p.side is Side.ARMED and p.named:
                    return answer_of(context, p, country)
    anaphor = context.lexicon.pattern("attribution.anaphor.group")
    spoken = any(
        anaphor.search(part_of(context.document.text, m.start, m.end)) for m in draft.mentions
    )
    if not before and not spoken:
        return None
    begin = draft.mentions[0].start
    told = [p for p in context.parties if p.end <= begin and p.side is Side.ARMED and p.named]
    return answer_of(context, told[-1], country) if told else None


def civilians_of(context: Context, draft: Draft, country: str | None) -> Answer:
    """Name the civilians of a country, with the words that tell of them."""
    party = first_of(draft, context, Side.CIVIL)
    name = context.registry.for_country("civilians", country).name if country else "Civilians"
    if party is not None:
        own = party.actors[0] if party.actors else None
        apart = own is not None and own.name.startswith("Civilians (")
        if own is not None and apart and own.name in context.registry:
            name = own.name  # a population that is told apart there: "two Israelis"
        return Answer(name, party.start, party.end, Side.CIVIL)
    for m in draft.mentions:
        for toll in m.tolls:
            return Answer(name, toll.start, toll.end, Side.CIVIL)
    return Answer(name, side=Side.CIVIL)


def unarmed_of(
    context: Context, draft: Draft, inside: Sequence[Party], country: str | None
) -> Answer | None:
    """Who was arrested, where no group is told of: protesters, rioters, civilians."""
    begin = next((m.trigger.start for m in draft.mentions if m.trigger), draft.mentions[0].start)
    sides = (Side.CIVIL, Side.PROTEST, Side.RIOT)
    party = next((p for p in inside if p.side in sides and p.start >= begin), None)
    if party is None or draft.kind != "Arrests":
        return None
    if party.side is Side.CIVIL:
        return civilians_of(context, draft, country)
    return answer_of(context, party, country)

"""Whether a force stands by its own deed: it speaks, an office does, or only witnesses do."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geodata.incident import Attribution
from ingest.extract.attribution import Statement
from ingest.extract.context import Context
from ingest.extract.drafts import Draft
from ingest.extract.mentions import Mention
from ingest.extract.parties import Party, Side
from ingest.extract.triggers import EXPLOSIVE


def own_word(context: Context, draft: Draft, told: Party, country: str | None) -> Attribution:
    """A state force that tells of its own operation claims it.

    One from abroad must itself be quoted; harm to civilians is never an own claim.
    """
    patient = draft.mentions[0].roles.patient
    if patient is not None and patient.side is Side.CIVIL:
        return Attribution.ATTRIBUTED
    for m in draft.mentions:  # a monitor or a witness accuses
        if m.roles.agent == told and _witnessed(context, m):
            return Attribution.ATTRIBUTED
    anywhere = told.actors[:1] and told.actors[0].generic  # "army troops", of no country named
    home = {a.country for a in told.actors if a.country}
    if anywhere and country:
        home = {country}
    heard = context.speakers if context.incidents == 1 else []
    said = {a.country for p in heard for a in p.actors}
    said |= {a.country for m in draft.mentions for p in m.roles.speakers for a in p.actors}
    own = first_person(context) or of_office(context)
    spoke = _office_near(context, draft) or any(m.roles.speakers for m in draft.mentions)
    spoke = spoke or any(set(p.actors) & set(told.actors) for p in context.speakers)
    if context.incidents == 1:
        spoke = spoke or bool(context.speakers) or context.officials_speak
    if country in home or not (home or told.named):
        return Attribution.CLAIMED if spoke or own else Attribution.ATTRIBUTED
    if not home:  # a coalition must speak for itself
        itself = any(set(p.actors) & set(told.actors) for p in context.speakers)
        return Attribution.CLAIMED if itself or own else Attribution.ATTRIBUTED
    if any(_speaks_from(context, m, home) or _its_mouth(context, m, told) for m in draft.mentions):
        return Attribution.CLAIMED
    near = {a.country for m in draft.mentions for p in m.roles.speakers for a in p.actors}
    itself = bool(home & said) or (None in near and context.country in home)
    return Attribution.CLAIMED if itself or own else Attribution.ATTRIBUTED


_MINISTRY = re.compile(
    r"(?:['’]s)?\s+(?:[\w-]+\s+){0,3}?(?:ministry|army|military|officials?|forces|"
    r"general staff|command|"
    r"authorities|state media|police|government)\b[^.;:]{0,40}?"
    r"\b(?:said|says|announced|reported|confirmed)\b",
    re.IGNORECASE,
)


def _speaks_from(context: Context, m: Mention, home: set[str]) -> bool:
    """Whether an office of the force's own country speaks: "Turkey's defence ministry said"."""
    for at, country in context.countries:
        if country in home and m.sentence.start <= at < m.sentence.end:
            words = re.match(r"[\w.]+", context.document.text[at:])
            if words and _MINISTRY.match(context.document.text, at + words.end()):
                return True
    return False


def _its_mouth(context: Context, m: Mention, told: Party) -> bool:
    """ "The Ugandan air force bombed hideouts, its spokesman said"."""
    inside = m.sentence.start <= told.start < m.sentence.end
    found = _ITS_MOUTH.search(context.document.text, told.end, m.sentence.end) if inside else None
    between = context.parties_in(told.end, found.start()) if found else []
    return found is not None and not any(p.side is Side.STATE for p in between)


_ITS_MOUTH = re.compile(
    r"\bits\s+(?:\w+\s+)?(?:spokes\w+|commanders?|chief|headquarters|command|press\s+office)\s+"
    r"(?:said|says|announced|confirmed|reported|told|tweeted)\b"
)


def first_person(context: Context) -> bool:
    """Whether the text is a side's own communiqué; what it quotes is not its own voice."""
    pattern = context.lexicon.pattern("attribution.sources.first_person")
    starts = pattern.starts(context.document.text)
    if starts is not None and not starts:
        return False  # nor does it begin in what is left without the quotes
    return bool(pattern.search(_QUOTED.sub(" ", context.document.text)))


def of_office(context: Context) -> bool:
    """Whether the text is the press note of a force or a ministry, by the name of its outlet."""
    outlet = context.document.outlet
    return bool(_OFFICE.search(outlet)) and not _PAPER.search(outlet)


_OFFICE = re.compile(
    r"\b(?:police|superintendent of|armed forces|army|(?:infantry )?(?:division|battalion|brigade)|"
    r"joint (?:command|staff)|general staff|ministry of (?:defen[cs]e|interior|the interior)|"
    r"coalition|NATO|ISAF|AFRICOM|CENTCOM|gendarmerie|directorate of public relations)\b",
    re.IGNORECASE,
)
_PAPER = re.compile(
    r"\b(?:news\w*|times|post|herald|journal|daily|gazette|press(?! (?:office|note|service|"
    r"release))|observatory|watch|radio|rights|tribune|salvation|liberation|people['’]s)\b",
    re.IGNORECASE,
)


def only_group(context: Context, draft: Draft) -> Party | None:
    """The one armed group that the paragraphs of an incident name, in a text of several."""
    agents = [m.roles.agent.alias for m in draft.mentions if m.roles.agent is not None]
    nobody = any(_NOBODY.search(alias) for alias in agents)
    if context.incidents < 2 or draft.kind in EXPLOSIVE or nobody:
        return None
    paragraphs = {m.sentence.paragraph for m in draft.mentions}
    told = [
        p
        for s in context.layout.sentences
        if s.paragraph in paragraphs
        for p in context.parties_in(s.start, s.end)
        if p.named and p.side is Side.ARMED and not _MEMBER.match(context.document.text, p.end)
    ]
    names = {p.canonical(context.registry, context.country) for p in told}
    patients = (m.roles.patient for m in draft.mentions)
    hurt = {(p.start, p.end) for p in patients if p is not None}
    struck = any((p.start, p.end) in hurt for p in told)
    return told[0] if len(names) == 1 and not struck else None


_MEMBER = re.compile(
    r"\s+(?:workers?|activists?|leader|member|supporters?|official|councillor|candidate|lawmaker|"
    r"politician|deputy|senator|mayor)\b"
)
"""Behind a group's name: a man of it who was the victim as likely as not."""
_NOBODY = re.compile(
    r"\b(?:gunm[ae]n|armed m[ae]n|unknown|unidentified|assailants?|attackers?|hitm[ae]n|masked)\b",
    re.IGNORECASE,
)
"""Men of whom the text says that it does not know whose they are."""


_QUOTED = re.compile(r"[\"“][^\"“”]{0,600}[\"”]")


def _witnessed(context: Context, m: Mention) -> bool:
    """Whether only witnesses stand for the words of a mention."""
    sides = {p.side for p in m.roles.speakers}
    if Side.STATE in sides:
        return False
    if Side.ARMED in sides:
        return True  # its foe tells of it
    return bool(context.lexicon.pattern("sources.witness").search(m.sentence.text))


def _office_near(context: Context, draft: Draft) -> bool:
    """Whether an office speaks in the paragraphs in which the incident is told."""
    office = context.lexicon.pattern("attribution.sources.office")
    official = context.lexicon.pattern("cues.officials_say")
    paragraphs = {m.sentence.paragraph for m in draft.mentions}
    near = [s.text for s in context.layout.sentences if s.paragraph in paragraphs]
    return any(office.search(text) or official.search(text) for text in near)


def is_accused(
    context: Context, statements: Sequence[Statement], name: str | None, country: str | None
) -> bool:
    """Whether others accuse a force of the deed: then its own words on it are no claim."""
    return any(
        s.attribution is Attribution.ATTRIBUTED
        and s.party is not None
        and s.party.canonical(context.registry, country) == name
        for s in statements
    )

"""Which tellings open an incident of their own, and which are too vague for it."""

from __future__ import annotations

from dataclasses import replace

from ingest.extract.choosing import CEDED, GENERIC
from ingest.extract.context import Context
from ingest.extract.drafts import PROTESTS, Draft
from ingest.extract.live import headed, posted
from ingest.extract.located import Located
from ingest.extract.mentions import Mention
from ingest.extract.sentences import SentenceKind
from ingest.extract.triggers import EXPLOSIVE, QUIET, VIOLENCE

APART = frozenset(
    {
        "Mob violence", "Sexual violence", "Abduction/forced disappearance", "Air/drone strike",
        "Non-state actor overtakes territory", "Government regains territory",
    }
)  # fmt: skip
"""Sorts of deeds that are no mere detail of a fight told before, when another party does them."""


def too_weak(
    context: Context, mention: Mention, place: Located | None, drafts: list[Draft]
) -> bool:
    """Whether a mention cannot open an incident: a detail of the one before, or too vague."""
    day = mention.date is not None and mention.date.precision.value in ("day", "range")
    hurt = any(t.best for t in mention.tolls)
    alone = not drafts and hurt and mention.sentence.kind is SentenceKind.HEADLINE
    if mention.trigger is None and _counted(context, mention, place, day):
        return False
    if (mention.trigger is None and not alone) or mention.kind in QUIET:
        more = bool(drafts) and headed(context, mention.start) is None
        return _too_quiet(mention, place, more)
    if not drafts:
        someone = hurt or mention.roles.agent or mention.roles.patient or mention.kind in EXPLOSIVE
        headline = mention.sentence.kind is SentenceKind.HEADLINE
        if mention.definite and not (hurt or day or headline):
            return True  # "condemned the attack in …": told elsewhere
        return not (headline or hurt or (someone and (place or mention.date)) or (place and day))
    if mention.background:
        harm = hurt or (mention.kind in APART and _spoken_of_there(context, mention))
        return place is None and not (harm and mention.date is not None)
    told = day or hurt or mention.new or mention.date is not None
    told = told or _sequel(mention, drafts) or _fired(mention) or _entered(context, mention)
    told = told or _framed(mention, place, drafts)
    grave = hurt or (mention.kind in EXPLOSIVE and mention.sentence.first_in_paragraph)
    nowhere = place is None and not mention.new and not (mention.date is not None and grave)
    nowhere = nowhere and not (day and _there(context, mention))
    crowd = mention.kind in PROTESTS and (day or _met_with_force(mention, drafts[-1]))
    return not crowd and (not told or nowhere)


def _there(context: Context, mention: Mention) -> bool:
    """An exact deed of a party at a place told before: "troops burnt houses in the village"."""
    if mention.definite or mention.kind in GENERIC or mention.roles.agent is None:
        return False
    return _spoken_of_there(context, mention)


def _spoken_of_there(context: Context, mention: Mention) -> bool:
    """Whether words such as "there" or "in the village" set a telling where the last one was."""
    text = context.document.text[mention.start : mention.end]
    return bool(context.lexicon.pattern("places.told.there").search(text))


def _counted(context: Context, mention: Mention, place: Located | None, day: bool) -> bool:
    """ "Three bodies were left by the road at X on Friday": dead of a day and place of its own.

    Its paragraph must speak of arms: two who died of a fire were not attacked.
    """
    if place is None or not place.fine or mention.background:
        return False
    dead = [t for t in mention.tolls if t.kind == "killed" and t.best]
    exact = any(t.low == t.high and not t.more and not t.part for t in dead)
    exact = exact and (day or posted(context, mention.start) is not None)
    hard = context.lexicon.pattern("nonevents.hard")
    paragraph = mention.sentence.paragraph
    told = (s.text for s in context.layout.sentences if s.paragraph == paragraph)
    return exact and any(hard.search(text) for text in told)


def _entered(context: Context, mention: Mention) -> bool:
    """An exact deed that an entry of a live page or of a dated list tells, or opens with."""
    if mention.definite:
        return False
    sides = (mention.roles.agent, mention.roles.patient)
    named = any(p is not None and p.named for p in sides) and mention.sentence.first_in_paragraph
    at = mention.start
    if not named and mention.kind in GENERIC:
        return False
    return posted(context, at) is not None or headed(context, at) is not None


def _fired(mention: Mention) -> bool:
    """Fire from afar by a named side at the head of a paragraph, as live pages tell it."""
    afar = mention.kind in ("Air/drone strike", "Shelling/artillery/missile attack")
    agent = mention.roles.agent
    return afar and mention.sentence.first_in_paragraph and agent is not None and agent.named


def _framed(mention: Mention, place: Located | None, drafts: list[Draft]) -> bool:
    """A deed at a town that opens its sentence and is new: "In Kharkiv, a missile hit a school"."""
    if mention.definite or place is None or place.grade < 3 or place.phrase.near:
        return False
    head = (
        place.phrase.start - mention.sentence.start < HEAD and mention.start <= place.phrase.start
    )
    names = {d.place.phrase.head.name for d in drafts if d.place is not None}
    someone = mention.roles.patient is not None or mention.kind not in GENERIC
    return head and someone and place.phrase.head.name not in names


HEAD = 12
"""Characters from the head of a sentence within which its town opens it."""


def _sequel(mention: Mention, drafts: list[Draft]) -> bool:
    """An exact deed told as following the last one, or under a label of its own."""
    if mention.definite:
        return False
    fresh = mention.item is not None and all(other_item(mention, d) for d in drafts)
    return fresh or (mention.sequel and mention.kind in APART | EXPLOSIVE)


def _met_with_force(mention: Mention, last: Draft) -> bool:
    """A crowd's fight with the forces in the wake of the deed just told: a riot of its own."""
    near = mention.sentence.paragraph - last.mentions[-1].sentence.paragraph <= 2
    violent = mention.kind in PROTESTS and mention.kind != "Peaceful protest"
    return (
        near and violent and not mention.definite and last.kind not in PROTESTS | {"Mob violence"}
    )


def _too_quiet(mention: Mention, place: Located | None, more: bool) -> bool:
    """Arrests, withdrawals and the like need a place, and a date beside other incidents."""
    if mention.trigger is None or place is None:
        return True
    if mention.kind == CEDED and not mention.background:
        return False
    agent = mention.roles.agent
    opens = mention.sentence.first_in_paragraph and not mention.definite and agent is not None
    if opens and mention.kind == "Disrupted weapons use" and place.grade == 3 and more:
        return mention.background  # "Gendarmes in X defused …"
    return mention.date is None and more and (mention.said is None or mention.definite)


def other_item(mention: Mention, draft: Draft) -> bool:
    """Whether they stand under different labels of a list, or one behind the list."""
    items = {m.item for m in draft.mentions if m.item is not None}
    if mention.item is None and mention.date is not None and not mention.definite:
        return len(items) == 1 and all(m.item is not None for m in draft.mentions)
    if mention.outcome and not mention.places and mention.date is None:
        return False  # "2. Fourteen soldiers were killed": more of what "1." has told
    return mention.item is not None and bool(items) and mention.item not in items


def count_in(last: Draft | None, mention: Mention) -> None:
    """Give those hurt by a weapon that opens nothing ("a soldier hit by a drone") to the last."""
    if last is None or mention.summary or mention.new or mention.background or mention.dates:
        return
    same = mention.sentence.paragraph == last.mentions[-1].sentence.paragraph
    weapon = mention.kind in EXPLOSIVE and last.kind in (VIOLENCE, "Armed clash")
    if same and weapon and not mention.places and any(t.best for t in mention.tolls):
        last.mentions.append(replace(mention, trigger=None, kind=VIOLENCE))


def of_old(mention: Mention, drafts: list[Draft]) -> Mention:
    """Tell what lies long before the news as an earlier event: "it was there that in May …"."""
    lead = next((d.date for d in drafts if not d.background and d.date is not None), None)
    day = mention.date
    if mention.background or mention.definite or lead is None or day is None:
        return mention
    if lead.first is None or day.last is None or (lead.first - day.last).days < OLD:
        return mention
    return replace(mention, background=True)


OLD = 45
"""Days before the first event told from which another is no news."""

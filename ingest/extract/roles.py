"""Who acts and who is acted upon around an event's words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.extract._word_pattern import part_of
from ingest.extract.deeds import RIVALS, acts, comes_after, meets, stays
from ingest.extract.parties import Party, Side
from ingest.extract.speaking import speaks, speaks_of_itself
from ingest.extract.triggers import FROM_AFAR, Trigger

if TYPE_CHECKING:
    from ingest.extract.context import Context


@dataclass(frozen=True, slots=True)
class Roles:
    """Agent and patient of an event, and those who only spoke of it."""

    agent: Party | None = None
    patient: Party | None = None
    speakers: tuple[Party, ...] = ()
    suspected: bool = False
    own_word: bool = False  # the agent itself says so
    hand: bool = False  # it is told to do it, by an active verb with an object


def find_roles(
    context: Context,
    start: int,
    end: int,
    triggers: Sequence[Trigger],
    hurt: Sequence[tuple[int, int]],
) -> Roles:
    """Sort the parties of a clause into agent, patient and speakers.

    `triggers` are the clause's words for one event, the chosen one first: what it leaves open
    the others may tell ("two were killed when gunmen opened fire"). `hurt` are the spans of the
    tolls: who is in them was acted upon.
    """
    text = context.document.text
    parties = [p for p in context.parties_in(start, end) if not _is_part(text, p)]
    speakers = tuple(p for p in parties if speaks(context, p, end))
    acting = [p for p in parties if p not in speakers and not comes_after(text, p.end)]
    agent = patient = None
    for i, trigger in enumerate(triggers):
        near = [p for p in acting if p is not patient and (i == 0 or p.start > triggers[0].start)]
        one, two = _around(context, start, trigger, near)
        if one is not None and _FACILITY.search(one.alias):
            one, two = None, two or one
        struck = one is not None and any(a <= one.start and one.end <= b for a, b in hurt)
        if one is not None and struck and not (_by_word(text, one) or _within(one, trigger)):
            one, two = None, two or one
        agent = agent or one
        patient = patient or (two if two is not agent else None)
    own_word = hand = False
    if patient is None or agent is None:
        doer = _doer(text, start, triggers, acting, hurt)
        agent = agent or (doer if doer is not patient else None)
    hand = agent is not None and acts(text, agent.end)
    foe = patient or next((p for p in acting if p.side is Side.STATE), None)
    if agent is not None and foe is not None and _met(text, triggers, agent, foe):
        agent, patient = foe, agent
    if agent is None and triggers:
        agent = next((p for p in speakers if speaks_of_itself(context, p, end)), None)
        own_word = agent is not None
    suspected = False
    if agent is not None:
        before = part_of(text, max(start, agent.start - 50), agent.end)
        suspected = bool(context.lexicon.pattern("people.modifiers.suspected").search(before))
    return Roles(agent, patient, speakers, suspected, own_word, hand)


def _met(text: str, triggers: Sequence[Trigger], agent: Party, patient: Party) -> bool:
    """Whether a force only met its foe: "a soldier was wounded in a firefight with rebels"."""
    if patient.side is not Side.STATE or agent.side is Side.STATE:
        return False
    return any(meets(text, t.start, t.end, agent.start) for t in triggers)


def _doer(
    text: str,
    start: int,
    triggers: Sequence[Trigger],
    acting: Sequence[Party],
    hurt: Sequence[tuple[int, int]],
) -> Party | None:
    """The fighters whose deed a clause tells by any active verb: "rebels derailed a train"."""
    if not triggers:
        return None
    at = max(t.end for t in triggers)
    for p in acting:
        if p.side not in (Side.ARMED, Side.UNIDENTIFIED) or p.start >= at:
            continue
        if any(a <= p.start and p.end <= b for a, b in hurt) or _FACILITY.search(p.alias):
            continue
        if _is_governed(text, start, p):
            continue
        gap = text[p.end : min(t.start for t in triggers)]
        if acts(text, p.end) and not _AWAY.search(gap) and not _PASSIVE.search(gap):
            return p
    return None


def _is_part(text: str, party: Party) -> bool:
    """ "Including one police officer" names some of those hurt, not who was attacked.

    Nor does who is only accused ("accused the army of the attack") act in his sentence.
    """
    before = text[max(0, party.start - 40) : party.start]
    blamed = _ACCUSED.search(before) and _OF_THAT.match(text, party.end)
    return bool(blamed or _PART.search(before))


_AUXILIARY = re.compile(r"(?:was|were|been)\s", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:was|were|been|being|is|are)\s+(?:\w+\s+){0,2}$")
_SUFFERS = re.compile(
    r"\b(?:(?:fell|walked|ran|drove|sailed|stumbled) into|came under|coming under|caught in|"
    r"subjected to|"
    r"victims? of|targets? of|hit by|struck by|suffered|sustained|survived|escaped|object of)\s+"
    r"(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:by|with)\s+[\"“”‘]?(?:(?:the|an?|some|about|two|three|several|suspected|unidentified|\d+)\s+)*"
    r"(?:[\w-]+\s+){0,2}(?:of\s+(?:the\s+)?)?(?:[\w-]+\s+)?$"
)

_HAPPENS = re.compile(
    r"\b(?:embrac|lost|died|succumb|perish|found dead|came under|under attack)", re.I
)
_RECIPROCAL = re.compile(r"\b(?:clash|fought|exchang|traded|battl)", re.IGNORECASE)
_AWAY = re.compile(
    r"[;:.]|,\s+(?:as|when|while|according|said|police|officials|who|which|but)\b"
    r"|\b(?:who|whose|whom|when|after|while|before|according to|as (?:he|she|they|it)|lodged|"
    r"said|because|where)\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:including|among (?:them|those)|of whom|of them)\W+(?:[\w-]+\s+){0,2}$", re.I
)
_ACCUSED = re.compile(r"\baccus(?:ed|es|ing)\s+(?:the\s+)?$", re.IGNORECASE)
_OF_THAT = re.compile(r"\s+of\s+(?:the|this|that|both|these|those|doing|being)\b")

BLIND = ("Remote explosive/landmine/IED", "Suicide bomb", "Grenade")
"""What goes off by itself: who stands before the words is not the one who did it."""

ACTS = re.compile(
    r"\s*(?:(?:had|have|has)\s+)?(?:blew up|blown up|detonated|hurled|lobbed|threw|tossed|planted|"
    r"bombed|dynamited|mined|"
    r"set off|dropped|attacked|targeted|rammed)\b",
    re.IGNORECASE,
)


def _object(text: str, trigger: Trigger, party: Party) -> bool:
    """Whether a party on the right is near enough to be what the event was done to."""
    gap = text[trigger.end : party.start]
    return len(gap) <= 90 and not _AWAY.search(gap) and not _BLAMED.search(gap)


_BLAMED = re.compile(
    r"\b(?:attributed to|blamed on|claimed by|claimed responsib|work of|hallmarks? of|responsib\w+|"
    r"(?<!by )(?<!by some )(?<!by the )suspect\w*)\b",
    re.IGNORECASE,
)
_FACILITY = re.compile(
    r"(?:station|post|outpost|checkpoint|headquarters|base|camp|barracks|van|vehicle|pickup|truck|"
    r"convoy|recruits|cadets|hospital)s?$",
    re.IGNORECASE,
)
"""What stands or rolls of a force is hit, and never acts."""


def _is_governed(text: str, start: int, party: Party) -> bool:
    """Whether a preposition takes a party out of the subject; "men of the FPRC" stay in it."""
    before = text[max(start, party.start - 70) : party.start]
    return bool(_GOVERNED.search(before)) and not _MEN_OF.search(before)


_MEN_OF = re.compile(
    r"(?:^|[,:;.\d]|\b(?:on|when|after|as|while|and|that|where|suspected|armed|some|two|three|four|"
    r"several|about|the|\w+day|\w+ly))\s*"
    r"(?:men|members|fighters|elements|gunmen|soldiers|units|cadres|militants|militiamen|troops|"
    r"guerrillas|rebels|commandos|forces|combatants|operatives|supporters)\s+"
    r"(?:of|from|with|loyal to)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_GOVERNED = re.compile(
    r"\b(?:(?:backed|supported|aided|assisted|accompanied|helped|followed) by|"
    r"of|on|against|at|with|to|from|for|targeting|near|about|into)\s+"
    r"(?:(?:the|an?|some|its|their|suspected|alleged|\d+|two|three|several)\s+)*$",
    re.IGNORECASE,
)
_OTHER_BY = re.compile(
    r"\b(?:displaced|held|known|run|controlled|backed|used|owned|said|hit|occupied|seized|claimed|"
    r"guarded|manned|staffed|patrolled|operated|dominated|led|described|considered|wanted)\s+by\s+(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
_MEANS = re.compile(r"\bby\s+(?:[\w-]+\s+){1,3}(?:as|when|while)\b", re.IGNORECASE)


def _by_whom(text: str, trigger: Trigger, party: Party) -> bool:
    """Whether a party on the right is named by "by" as the one that did it."""
    if party.side is Side.CIVIL or not _object(text, trigger, party):
        return False
    gap = text[trigger.end : party.start]
    if _FALLEN.search(text, trigger.start, trigger.end):
        return not gap.strip() or gap.strip() == "the"  # "the town fell to the rebels"
    if _FROM.fullmatch(gap) and _UNDER.search(text, trigger.start, trigger.end):
        return True  # "came under fire from the guerrillas"
    if _MEANS.search(gap):
        return False  # "detonated by radio as a police pickup passed"
    done = _BY.search(gap)
    if done is None or _OTHER_BY.search(gap):
        return False
    # Who is only fought "with" does nothing: "took the town following clashes with the army".
    mutual = _RECIPROCAL.search(text, trigger.start, trigger.end)
    return done[0].startswith("by") or mutual is not None or not _FIGHT_WITH.search(gap)


_FALLEN = re.compile(r"\bf[ae]ll\w* .*\b(?:to|of)$|\bhands of$", re.IGNORECASE)
_UNDER = re.compile(r"\bunder (?:\w+ )?(?:fire|attack|gunfire)", re.IGNORECASE)
_FROM = re.compile(r"\s+from\s+(?:(?:the|suspected|alleged|some|about|a|unidentified)\s+)*")
_FIGHT_WITH = re.compile(r"\b(?:clash\w*|fighting|battles?|firefight|encounter)\s+with\b")
_DONE_TO = re.compile(
    r"(?:.*\b)?(?:killed|slain|martyred|wounded|injured|arrested|detained|abducted|kidnapped|"
    r"dead|down|"
    r"murdered|assassinated|beheaded|executed|ambushed|attacked|shot|stabbed|hacked)$",
    re.IGNORECASE,
)
_PLACED = re.compile(
    r"\s*(?:[,;.]|$|(?:in|by(?! firing)|when|during|after|as|on|at(?! least| most)|near|outside)\b)"
)


def _reduced(text: str, trigger: Trigger, left: Sequence[Party]) -> bool:
    """A passive without its auxiliary: "11 militants killed in raid"."""
    if not left or not _DONE_TO.match(text[trigger.start : trigger.end]):
        return False
    if len(text[left[-1].end : trigger.start].split()) > 2:
        return False
    return bool(_PLACED.match(text, trigger.end))


def _around(
    context: Context, start: int, trigger: Trigger, parties: Sequence[Party]
) -> tuple[Party | None, Party | None]:
    """Agent and patient of one event word, by what stands on either side of it."""
    text = context.document.text
    word = text[trigger.start : trigger.end]
    # Words such as "took 14 soldiers prisoner" hold a party themselves.
    left = [p for p in parties if p.start <= trigger.start]
    right = [p for p in parties if p.start > trigger.start]
    by = next((p for p in right if _by_whom(text, trigger, p)), None)
    if by is None:  # "attacked by a Russian drone"
        by = next((p for p in parties if _within(p, trigger) and _by_word(text, p)), None)
    between = word.endswith("between") or text[trigger.end :].startswith(" between")
    if between and right and (len(right) > 1 or RIVALS.search(text[trigger.end : right[0].end])):
        return right[0], right[1] if len(right) > 1 else None
    before = text[max(start, trigger.start - 40) : trigger.start]
    passive = _PASSIVE.search(before) or (
        left and _AUXILIARY.match(word)
    )  # "were taken from a convent"
    if passive or _SUFFERS.search(before) or _reduced(text, trigger, left):
        return by, _head_of(text, left, trigger) if left else None
    if trigger.kind in BLIND and not ACTS.search(text[trigger.start - 1 : trigger.end]):
        hands = [p for p in left if _handles(text, p, trigger)]
        agent = by or (hands[-1] if hands else None) or _theirs(text, trigger, right)
        hit = _first_object(text, trigger, right, by)
        return agent, hit or _ran_over(text, trigger, [p for p in left if p is not agent])
    return _active(text, start, trigger, word, (parties, left, right, by))


def _within(party: Party, trigger: Trigger) -> bool:
    return party.start < trigger.end and trigger.start < party.end


def _by_word(text: str, party: Party) -> bool:
    return bool(
        re.search(r"\bby\s+(?:an?\s+|the\s+)?$", text[max(0, party.start - 10) : party.start])
    )


def _head_of(text: str, left: Sequence[Party], trigger: Trigger) -> Party:
    """The subject of a passive: "a convoy that was escorting traders was ambushed" is a convoy.

    Of soldiers and civilians who are hit together, the soldiers.
    """
    last = left[-1]
    for party in reversed(left[:-1]):
        both = last.side is Side.CIVIL and party.side is Side.STATE
        if both and _AND_A.fullmatch(text, party.end, last.start):
            return party
        within = _RELATIVE.match(text, party.end) and "," not in text[party.end : last.start]
        if within and _PASSIVE.search(text[last.end : trigger.start]):
            return party
    return last


_AND_A = re.compile(r"\s+and\s+(?:an?|one|two|three|four|five|\d+)\s+(?:[\w-]+\s+){0,2}")
_RELATIVE = re.compile(r"\s+(?:that|which|who)\b")


def _theirs(text: str, trigger: Trigger, right: Sequence[Party]) -> Party | None:
    """Whose men the word names: "suicide bombers of the ADF"."""
    if not text[: trigger.end].endswith(("bomber", "bombers", "attacker", "attackers")):
        return None
    return next((p for p in right if _OF_WHOM.fullmatch(text, trigger.end, p.start)), None)


_OF_WHOM = re.compile(r"\s+(?:of|from|for|belonging to|loyal to|linked to|sent by)\s+(?:the\s+)?")


def _handles(text: str, party: Party, trigger: Trigger) -> bool:
    """Whether a party does it by its own hand; who fights a state sets off what it laid."""
    gap = text[party.end : trigger.start].strip()
    if ACTS.match(gap + " "):
        return True
    irregular = party.side in (Side.ARMED, Side.UNIDENTIFIED)
    own = _SETS_OFF.match(f"{gap} {text[trigger.start : trigger.end]}".strip())
    return irregular and bool(own)


_SETS_OFF = re.compile(
    r"(?:(?:had|have|has|later|then|also)\s+)*"
    r"(?:(?:(?:were|was) able|managed)\s+(?:on\s+\w+\s+)?to\s+(?:detonate|trigger|explode|plant|"
    r"set off|blow up)|succeeded in \w+ing|triggered|exploded|set off|detonated|fixed|laid|buried|"
    r"rigged|launched|fired|used|carried out|staged|mounted|conducted)\b",
    re.IGNORECASE,
)
_RUNS = re.compile(
    r"\b(?:ran (?:over|into)|hit|struck|drove (?:over|into|onto)|rolled over|stepped on|trod on|"
    r"set off|tripped|triggered|escaped)\b",
    re.IGNORECASE,
)


def _ran_over(text: str, trigger: Trigger, left: Sequence[Party]) -> Party | None:
    """Whose vehicle or foot set off what lay there: "officers … ran over a landmine"."""
    forces = [p for p in left if p.side in (Side.STATE, Side.ARMED)]
    if forces and _RUNS.search(text[forces[-1].end : trigger.end]):
        return forces[-1]
    return None


_Sides = tuple[Sequence[Party], list[Party], list[Party], Party | None]


def _active(
    text: str, start: int, trigger: Trigger, word: str, sides: _Sides
) -> tuple[Party | None, Party | None]:
    """The subject acts, the object is acted upon; two sides may meet."""
    parties, left, right, by = sides
    actors = [p for p in left if p.side is not Side.CIVIL]
    actors = [p for p in actors if not stays(text, p.end)] or actors
    if not actors and trigger.kind in FROM_AFAR:
        actors = [p for p in parties if p.start < trigger.end and trigger.start < p.end]
    subjects = [p for p in actors if not _is_governed(text, start, p)] or actors
    if _RECIPROCAL.search(word) and subjects and by is not None:
        return _leading(text, subjects), by  # "the rebels clashed with the army"
    if _RECIPROCAL.search(word) and len(subjects) > 1:
        return subjects[0], subjects[1]
    if _HAPPENS.search(word):
        victims = subjects or left
        return by, victims[-1] if victims else None
    agent = by or (_leading(text, subjects) if subjects else None)
    return agent, _first_object(text, trigger, right, agent)


def _leading(text: str, subjects: Sequence[Party]) -> Party:
    """The subject next to the verb; of several joined by "and" the one named first."""
    chosen = subjects[-1]
    for party in reversed(subjects[:-1]):
        if not _AND.fullmatch(text, party.end, chosen.start):
            break
        chosen = party
    return chosen


_AND = re.compile(
    r"\s+(?:(?:members|fighters|militants|soldiers|troops|forces|militiamen|mercenaries)\s+)?"
    r"(?:and|along with|together with|alongside)\s+(?:(?:the|their|its|allied|local)\s+)*"
)


def _first_object(
    text: str, trigger: Trigger, right: Sequence[Party], agent: Party | None
) -> Party | None:
    for p in right:
        by = re.search(
            r"\bby\s+(?:[\w-]+\s+){0,4}$", text[max(trigger.end, p.start - 40) : p.start]
        )
        if p is not agent and not by and _object(text, trigger, p):
            return p
    return None

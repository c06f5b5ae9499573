"""Which of its event words a clause is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from geodata.precision import DatePrecision
from ingest.extract._word_pattern import part_of
from ingest.extract.casualties import Toll, no_tolls
from ingest.extract.context import Context
from ingest.extract.holders import places_in
from ingest.extract.locate import locate
from ingest.extract.parties import Party, Side
from ingest.extract.sentences import Sentence, clauses
from ingest.extract.triggers import (
    DEMONSTRATIONS,
    FROM_AFAR,
    QUIET,
    VIOLENCE,
    Trigger,
    no_triggers,
)

GENERIC = (VIOLENCE, "Armed clash")


ABDUCTION = "Abduction/forced disappearance"


LOOTED = "Looting/property destruction"


CEDED = "Non-violent transfer of territory"


PRECISE = (DatePrecision.DAY, DatePrecision.RANGE)


GROUND = ("Non-state actor overtakes territory", "Government regains territory")


_TAKEN = re.compile(r"took|(?:captur|seiz|conquer|occup)\w+", re.IGNORECASE)


def clauses_of(context: Context, sentence: Sentence) -> list[tuple[int, int]]:
    """Clauses of a sentence; none where no word of it tells of an event or of people hurt."""
    lexicon = context.lexicon
    if no_triggers(sentence.text, lexicon) and no_tolls(sentence.text, lexicon):
        return []
    return clauses(sentence, lexicon)


def with_ground(context: Context, start: int, triggers: Sequence[Trigger]) -> Iterator[Trigger]:
    """Triggers at the document's offsets; who captures a town arrests nobody.

    "Captured" with the name of a place behind it is of ground, with people it is an arrest.
    """
    text = context.document.text
    for t in triggers:
        moved = Trigger(t.start + start, t.end + start, t.kind)
        if t.kind != "Arrests" or not _TAKEN.fullmatch(text[moved.start : moved.end].strip()):
            yield moved
            continue
        article = re.match(r"\s+(?:the\s+)?", text[moved.end : moved.end + 8])
        at = moved.end + (article.end() if article else 1)
        named = [
            p
            for p in places_in(context, start, moved.end + 90)
            if p.head.start == at and locate(context, p).best is not None
        ]
        if named and not any(p.start == at for p in context.parties_in(at, at + 60)):
            yield replace(moved, kind=GROUND[0])
        elif text[moved.start : moved.start + 6].lower() == "captur":
            yield moved


def choose(
    context: Context,
    text: str,
    start: int,
    triggers: Sequence[Trigger],
    tolls: Sequence[Toll],
    parties: Sequence[Party],
) -> Trigger | None:
    """The clause's event word: the first in precedence that the clause bears out."""
    hurt = any(t.best for t in tolls)
    someone = hurt or len(parties) > 0 or bool(context.lexicon.pattern("cues.targets").search(text))
    days = [d for d in context.dates_in(start, start + len(text)) if d.precision in PRECISE]
    triggers = _in_order(_foremost(context, triggers))
    quiet = [t for t in triggers if t.kind in QUIET and t.kind != "Disrupted weapons use"]
    quiet = [t for t in quiet if not _AFTER_IT.search(text[: t.start - start])]
    for trigger in triggers:
        word = text[trigger.start - start : trigger.end - start]
        plural = not (hurt or days) and context.lexicon.pattern("cues.generic_plural")
        if plural and plural.fullmatch(word) and not _numbered(text, trigger, start):
            continue
        if trigger.kind in QUIET and hurt:
            continue
        if trigger.kind in GENERIC and quiet and not hurt and _by_state(parties, quiet[0]):
            continue
        if trigger.kind in DEMONSTRATIONS and _armed_before(
            context.document.text, parties, trigger
        ):
            continue
        if _is_detail(context, trigger, triggers) or _is_riot(context, text, trigger, triggers):
            continue
        if trigger.kind == VIOLENCE and not (someone or is_definite(context, trigger, start)):
            continue
        if _is_beside_harm(trigger.kind, text, tolls):
            continue
        if trigger.kind in DEMONSTRATIONS:
            return _demonstration(context, text, trigger)
        return _earliest(trigger, triggers) if trigger.kind in GENERIC else trigger
    return None


def _is_beside_harm(kind: str, text: str, tolls: Sequence[Toll]) -> bool:
    """Whether people were taken from among the dead, or goods where people were hurt."""
    if kind == ABDUCTION:
        return any(t.kind == "killed" and t.best for t in tolls)
    return kind == LOOTED and (any(t.best for t in tolls) or bool(_HARMED.search(text)))


_HARMED = re.compile(
    r"\b(?:shot|stabbed|hacked|beat|clubbed|whipped|flogged|speared|slashed)\s+(?:and \w+ )?"
    r"(?:at least |some )?(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|several|"
    r"dozens|him|them|its?|their|his) ?(?!\w*(?:tyre|tire|tree|crop|cow|goat|dog|animal))"
)
"""Words of people who came to harm, beside which what was burnt or stolen is a detail."""


def _numbered(text: str, trigger: Trigger, start: int) -> bool:
    """Whether attacks are counted and have a target: "four raids on the checkpoint"."""
    before, after = text[: trigger.start - start], text[trigger.end - start :]
    return bool(_NUMBER.search(before)) and after.startswith(" on ")


_AFTER_IT = re.compile(r"\bafter\s+(?:[\w’'-]+\s+){1,8}(?:was|were|being|been)\s+$")
"""Words before a quiet deed that only led to a fight: "clashes erupted after a man was held"."""
_NUMBER = re.compile(r"\b(?:\d+|two|three|four|five|six)\s+(?:\w+\s+)?$", re.IGNORECASE)


def _is_detail(context: Context, trigger: Trigger, triggers: Sequence[Trigger]) -> bool:
    """Whether a weapon is only how a raid was made: "attacked the town, firing mortars"."""
    if trigger.kind not in ("Grenade", "Shelling/artillery/missile attack"):
        return False
    word = context.document.text[trigger.start : trigger.end]
    used = context.lexicon.pattern("triggers.means.words").match(word)
    return bool(used) and any(t.kind in GENERIC and t.start < trigger.start for t in triggers)


def _is_riot(context: Context, text: str, trigger: Trigger, triggers: Sequence[Trigger]) -> bool:
    """Whether a mob's deed is a riot told in the same words: it fights the police."""
    if trigger.kind != "Mob violence" or all(t.kind != DEMONSTRATIONS[1] for t in triggers):
        return False
    return bool(context.lexicon.pattern("triggers.crowd.fights_force").search(text))


def _foremost(context: Context, triggers: Sequence[Trigger]) -> Sequence[Trigger]:
    """Put what only led to the event ("following clashes with …") behind what is told."""
    text = context.document.text
    after = context.lexicon.pattern("cues.aftermath")
    front = [
        t
        for t in triggers
        if not after.search(part_of(text, max(0, t.start - 70), t.start))
        or _DAYS_AFTER.search(text[max(0, t.start - 40) : t.start])
    ]
    return [*front, *(t for t in triggers if t not in front)]


_DAYS_AFTER = re.compile(
    r"\b(?:days?|weeks?|hours?|months?|years?|night)\s+after\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)
"""What lies days before the news is an event of its own."""


def _in_order(triggers: Sequence[Trigger]) -> list[Trigger]:
    """Of taking and retaking ground, what the clause tells first comes first.

    Ground that was given up "without a fight" changed hands without violence.
    """
    ceded = [t for t in triggers if t.kind == CEDED]
    if len(ceded) > 1 or any(t.kind in GROUND for t in triggers):
        triggers = [*ceded, *(t for t in triggers if t.kind != CEDED)]
    ground = sorted((t for t in triggers if t.kind in GROUND), key=lambda t: t.start)
    out = list(triggers)
    places = [i for i, t in enumerate(out) if t.kind in GROUND]
    for i, trigger in zip(places, ground, strict=True):
        out[i] = trigger
    held = [t for t in out if t.kind == "Arrests"]
    if held and all(t.start > held[0].start for t in out if t.kind == "Disrupted weapons use"):
        # "Arrested four men and seized two pistols" is of the arrest.
        return [t for t in out if t.kind != "Disrupted weapons use"]
    return out


def _by_state(parties: Sequence[Party], trigger: Trigger) -> bool:
    return any(p.side is Side.STATE for p in parties) or trigger.kind == "Arrests"


def _armed_before(text: str, parties: Sequence[Party], trigger: Trigger) -> bool:
    """Armed men who block a road hold no demonstration, nor is what was ransacked by them one."""
    armed = (Side.ARMED, Side.UNIDENTIFIED)
    return any(
        p.side in armed and (p.end <= trigger.start or _BY.fullmatch(text[trigger.end : p.start]))
        for p in parties
    )


_BY = re.compile(r"\s+by\s+(?:the\s+|suspected\s+|some\s+)?", re.IGNORECASE)


def _earliest(trigger: Trigger, triggers: Sequence[Trigger]) -> Trigger:
    """Of words for fighting, the first in the clause carries who did it ("raided … a shootout")."""
    first = min((t for t in triggers if t.kind in GENERIC), key=lambda t: t.start)
    return Trigger(first.start, first.end, trigger.kind)


def _demonstration(context: Context, text: str, trigger: Trigger) -> Trigger:
    """Peaceful, met with force, or fired upon: the sub-type of a protest."""
    lexicon = context.lexicon
    forced = lexicon.pattern("triggers.intervention.force").search(text)
    kind = trigger.kind
    if kind == "Peaceful protest" and lexicon.pattern("triggers.intervention.excessive").search(
        text
    ):
        kind = "Excessive force against protesters"
    elif kind == "Peaceful protest" and forced:
        kind = "Protest with intervention"
    return Trigger(trigger.start, trigger.end, kind)


def says_more(context: Context, trigger: Trigger | None, start: int, end: int) -> bool:
    """Whether words say more of the event just told: "the attack took place near …".

    So they do where the clause opens so, whatever it goes on to tell ("… when a bomber blew up").
    """
    if trigger is None:
        return False
    text, verb = context.document.text, context.lexicon.pattern("cues.took_place")
    if context.lexicon.pattern("cues.same_event").search(part_of(text, start, end)):
        return True
    opening = context.lexicon.pattern("cues.definite_event").match(text[start : start + 60])
    told = verb.match(text[start + opening.end() : end].lstrip()) if opening else None
    if told and not told[0].lower().startswith("came"):  # "came a day after bombs …" links two
        return True
    if not is_definite(context, trigger, max(0, trigger.start - 40)):
        return False
    return bool(verb.match(text[trigger.end : min(end, trigger.end + 30)].lstrip()))


def is_definite(context: Context, trigger: Trigger, start: int) -> bool:
    """Whether the words speak of an event already told: "the blast", "in the raid"."""
    text = context.document.text
    begin = max(start, trigger.start - 40)
    around = part_of(text, begin, trigger.end + 15)
    at = trigger.start - begin
    if _QUOTE.search(around):
        before = around[:at].translate(_UNQUOTED)
        around = before + around[at:].translate(_UNQUOTED)
        at = len(before)
    if _WAS_A.search(part_of(text, begin, trigger.start)):
        return True  # "the blast was a suicide bombing"
    if trigger.kind in FROM_AFAR and _DOWNED.match(text, trigger.end):
        return True  # "288 of the 310 drones launched that night were shot down"
    found = context.lexicon.pattern("cues.definite").finditer(around)
    return any(m.start() <= at < m.end() for m in found)


_WAS_A = re.compile(
    r"\b(?:the|this|that) (?:\w+ )?(?:blast|attack|explosion|bombing|incident) (?:was|had been) "
    r"(?:an?|the work of an?) (?:\w+ )?$"
)
_DOWNED = re.compile(
    r"[^.;:]{0,60}?\b(?:were|was|had been)\s(?:also\s)?(?:shot down|intercepted|downed|suppressed|"
    r"neutrali[sz]ed|brought down)\b"
)
_QUOTE = re.compile('["“”‘]')
_UNQUOTED = str.maketrans("", "", '"“”‘')

"""Words that tell of an event, and the type they stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.extract._word_pattern import FirstLook, part_of
from ingest.extract.lexicon import Lexicon

VIOLENCE = "violence"
"""Armed violence whose event type depends on who did it to whom."""

QUIET = frozenset(
    {
        "Disrupted weapons use", "Agreement", "Arrests", "Change to group/activity",
        "Headquarters or base established", "Non-violent transfer of territory",
    }
)  # fmt: skip
"""Sub-event types in which nobody is attacked."""

EXPLOSIVE = frozenset(
    {
        "Suicide bomb", "Air/drone strike", "Grenade", "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED", "Chemical weapon",
    }
)  # fmt: skip

FROM_AFAR = ("Air/drone strike", "Shelling/artillery/missile attack")
"""Whose weapon it is stands in the words themselves: "a Russian missile strike"."""

DEMONSTRATIONS = ("Peaceful protest", "Violent demonstration")


@dataclass(frozen=True, slots=True)
class Trigger:
    """An event word at offsets into the text read, and its sub-event type (or `VIOLENCE`)."""

    start: int
    end: int
    kind: str


def find_triggers(text: str, lexicon: Lexicon) -> list[Trigger]:
    """Event words of a clause, in the lexicon's order of precedence.

    Words under a condition, a plan, a threat or a negation are left out, and so are weapons
    that were only found, worn or carried.
    """
    out = []
    for kind, pattern in _look(lexicon).possible(text):
        for m in pattern.finditer(text):
            trigger = Trigger(m.start(), m.end(), kind)
            if not _unreal(text, trigger, lexicon) and not _inert(text, trigger, lexicon):
                out.append(trigger)
    labels = [t for t in out if t.start == 0 and text[t.end : t.end + 1] == ":"]
    if len(labels) < len(out):  # "Looting: on 4 March, soldiers looted …"
        out = [t for t in out if t not in labels]
    return out or _definite_events(text, lexicon)


def no_triggers(text: str, lexicon: Lexicon) -> bool:
    """Whether a text is known to hold no event words, nor any of its parts."""
    return _look(lexicon).nothing(text) and lexicon.pattern("cues.definite_event").nowhere(text)


def _look(lexicon: Lexicon) -> FirstLook:
    return lexicon.first_look("triggers.words", lexicon.table("triggers.order"))


def _definite_events(text: str, lexicon: Lexicon) -> list[Trigger]:
    """ "The strikes took place …": words that only point to an event already told."""
    found = lexicon.pattern("cues.definite_event").finditer(text)
    return [Trigger(m.start(), m.end(), VIOLENCE) for m in found if not _LABOUR.search(m[0])][:1]


_LABOUR = re.compile(
    r"\b(?:wildcat|hunger|general|miners|teachers|transport|labou?r|rail|nationwide|indefinite|student|"
    r"doctors|nurses|sit-down|drivers)['’]? strikes?$",
    re.IGNORECASE,
)


def _unreal(text: str, trigger: Trigger, lexicon: Lexicon) -> bool:
    before = part_of(text, max(0, trigger.start - 60), trigger.start)
    if lexicon.pattern("triggers.harmless.words").search(text[trigger.start : trigger.end + 4]):
        return trigger.kind not in DEMONSTRATIONS
    if lexicon.pattern("cues.negated").search(before[-25:]) or (
        trigger.kind in DEMONSTRATIONS and lexicon.pattern("nonevents.business").search(before)
    ):  # "no attack", "shares rallied"
        return True
    way = trigger.kind in DEMONSTRATIONS and _ON_THE_WAY.search(before)
    if way or lexicon.pattern("cues.figurative").match(text[trigger.end :].lstrip()):
        return True  # "shot dead on his way to a rally"
    if _PURPOSE.search(before) or _attributive(text, trigger, before, lexicon):
        return True
    cues = [
        m for m in lexicon.pattern("cues.hypothetical").finditer(before) if m.group() != "May"
    ]  # the month is no "may"
    if not cues:
        return False
    gap = before[cues[-1].end() :]
    return len(gap.split()) <= 4 and not lexicon.pattern("cues.hypothetical_end").search(gap)


_ON_THE_WAY = re.compile(
    r"\b(?:way|heading|driving|going|travelling|returning|returned|home|back)\s+(?:to|from)\s+"
    r"(?:(?:an?|the|his|her|their)\s+)?(?:[\w-]+\s+){0,2}$"
)
_PURPOSE = re.compile(
    r"(?<!continued )(?<!began )(?<!started )(?<!managed )(?<!proceeded )(?<!went on )\bto\s+$",
    re.I,
)
_COUNTED = re.compile(
    r"(?<![\w-])(?:the|an?|those|these|two|three|four|five|six|seven|eight|nine|ten|\d+|other|all)\s+$",
    re.I,
)


def _attributive(text: str, trigger: Trigger, before: str, lexicon: Lexicon) -> bool:
    """ "Four kidnapped drivers", "the slain militants": a participle that tells nothing new."""
    word = text[trigger.start : trigger.end]
    if " " in word or not word.lower().endswith(("ed", "slain", "shot")):
        return False
    after = text[trigger.end : trigger.end + 40]
    return bool(_COUNTED.search(before)) and bool(
        lexicon.pattern("cues.people_follow").match(after.lstrip())
    )


def _inert(text: str, trigger: Trigger, lexicon: Lexicon) -> bool:
    """A weapon that was found, worn or carried is no explosion."""
    word = text[trigger.start : trigger.end]
    if not lexicon.pattern("triggers.inert.weapons").fullmatch(word):
        return False
    around = part_of(text, max(0, trigger.start - 90), trigger.end + 60)
    return bool(lexicon.pattern("triggers.inert.found").search(around))

"""Verbs of doing, told by their form: whether somebody acts, and whether he still speaks."""

from __future__ import annotations

import re

_OTHER_CLAUSE = re.compile(r"[,;:]|\b(?:who|that|were|was|in|on|at)\b")
_IRREGULAR = (
    "blew|threw|shot|hit|struck|fought|burnt|slew|drove|laid|broke|stole|beat|overran|set|took|"
    "fired|opened|stormed|slit|cut|hung|held|seized|sprayed|fell|kept|put|sank|sent|strung|dug|"
    "left|shelled|sabotaged|mined"
)
_PAST = re.compile(rf"(?<![\w-])(?:[a-z]+ed|{_IRREGULAR})(?![\w-])")
"""Verbs of the past by their form."""
_MODIFIERS = frozenset(
    {
        "armed", "united", "allied", "affiliated", "linked", "aligned", "suspected", "alleged",
        "retired", "unnamed", "backed", "based", "wounded", "detained", "captured", "related",
        "exiled", "renamed", "hundred", "combined", "unidentified", "masked", "appointed",
    }
)  # fmt: skip
"""Words of that form that belong to a name or a rank."""

_MEN = (
    "members|militants|fighters|guerrillas|rebels|gunmen|men|militiamen|cadres?|elements|terrorists|"
    "separatists|bombers?|commandos|supporters|forces|troops|soldiers|helicopters?|jets|warplanes|"
    "aircraft"
)
_LEAD = (
    rf"\s+(?:(?:{_MEN})\s+)?(?:\((?:[\w’'-]+\s?){{1,4}}\)\s+)?"
    r"(?:(?:had|have|has|also|later|then|again|first|both|together|jointly|\w+ly)\s+)*"
)
_ACTIVE = re.compile(
    rf"{_LEAD}(?:[a-z]+ed|{_IRREGULAR})\s+"
    r"(?!(?:in|on|by|at|near|during|after|before|when|while|as|since|from|outside|inside|dead|"
    r"wounded|and|or|over the weekend|overnight)\b)[\w\"“'‘]"
)
_ENDURES = re.compile(
    rf"{_LEAD}(?:died|suffered|sustained|survived|escaped|fled|lost|triggered|walked|stepped|"
    r"received|arrived|faced|feared|accused|denied|rejected|vowed|threatened|condemned|praised|"
    r"wanted|needed|seemed|appeared|believed|suspected|arrested|wounded|injured|killed|slain|"
    r"returned|left|fell|held|kept|based|used|allied|loyal|linked|blamed|disguised|dressed)\b"
)


def still_subject(between: str) -> bool:
    """Whether the words between a party and a verb of saying leave the party its subject."""
    if len(between.split()) > 6 or _OTHER_CLAUSE.search(between):
        return False
    return not any(m[0].lower() not in _MODIFIERS for m in _PAST.finditer(between))


def acts(text: str, end: int) -> bool:
    """Whether a verb of doing follows, with what it is done to."""
    return bool(_ACTIVE.match(text, end)) and not _ENDURES.match(text, end)


_MEETING = re.compile(
    r"(?:fire ?-?fights?|gun ?-?(?:battles?|fights?)|shoot-?outs?|skirmish(?:es)?|clash(?:es)?|"
    r"exchanges? of (?:fire|gunfire|shots))",
    re.IGNORECASE,
)
_WITH = re.compile(r"\s+with\s+(?:(?:the|some|about|an?|suspected|alleged|\d+|[a-z]+)\s+){0,3}")


def meets(text: str, start: int, end: int, other: int) -> bool:
    """Whether words at two offsets are of a fight "with" the party at a third."""
    fight = _MEETING.fullmatch(text, start, end)
    return fight is not None and bool(_WITH.fullmatch(text, end, other))


RIVALS = re.compile(r"(?:rival|two|warring|feuding|opposing|competing|hostile)\b", re.IGNORECASE)
"""Before men of one sort who fight each other: "fighting between two clans"."""

_FINDS_DEAD = re.compile(
    r"(?:\s+of\s+the\s+[A-Z][\w-]+)?\s+(?:\w+ly\s+|later\s+|have\s+|had\s+)*(?:found|discovered|recovered|"
    r"collected|retrieved|counted|exhumed|buried|gathered)\b[^.;]{0,60}?"
    r"\b(?:bod(?:y|ies)|corpses?|remains)\b"
)


_ENDS = re.compile(
    r"\s+(?:have\s+|had\s+|later\s+)*(?:ended|ends|broke|lifted|put an end to)\s+(?:an?|the)\s+"
    r"(?:[\w-]+\s+)?"
    r"(?:siege|standoff|stand-off|hostage|hijacking)\b"
)


def comes_after(text: str, end: int) -> bool:
    """Whether who ends at an offset only came upon it: "police found bodies", "ended a siege"."""
    return bool(_FINDS_DEAD.match(text, end) or _ENDS.match(text, end))


def stays(text: str, end: int) -> bool:
    """Whether words for fighters only tell where they stay: "came upon an insurgent camp"."""
    return bool(_GROUND.match(text, end))


_GROUND = re.compile(
    r"(?:['’]s?)?\s+(?:\w+\s+)?(?:camps?|bases?|hide-?outs?|dens?|positions?|strongholds?|outposts?|"
    r"lairs?|bunkers?|bastions?|safe houses?|trenches|enclaves?|workshops?|bomb factory)\b"
)

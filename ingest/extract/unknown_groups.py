"""Armed groups that no registry knows, told by the form of their name and by its company."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geodata.actors import countries
from ingest.extract._word_pattern import WordPattern
from ingest.extract.lexicon import Lexicon


def _words(pattern: str) -> WordPattern:
    return WordPattern(re.compile(pattern))


_CAP = r"[A-ZÀ-Þ][\w'’-]*\w"
_LINK = r"(?:(?:of|for|the|and|de|del|da|do|la|las|los|du|des|al|el|y|e|in)\s+){0,3}"
_NAME = rf"{_CAP}(?:\s+{_LINK}{_CAP}){{0,5}}"
_RUN = rf"(?:{_CAP}\s+){{0,3}}{_CAP}"

_FORMAL = _words(
    rf"(?<![\w-])(?:{_CAP}\s+){{1,4}}(?:Army|Front|Guards?|Brigades?|Movement|Militia|Group|"
    r"Fighters|Alliance|Resistance|Battalions?|Cartel|Defen[cs]e (?:Forces?|Units?)|Armed Forces|"
    r"Liberation Forces?|Fronts|Legion|Insurgents|Tigers|Rebels|Commandos?|Column|Gang|Clan|"
    r"Organi[sz]ation|Vanguard|Avengers|Warriors|Faction|Squad|Jihad|Caliphate|Syndicate|"
    r"Liberation (?:Party|Union|Council|Organi[sz]ation))(?![\w-])"
)
_HEADED = _words(
    r"(?<![\w-])(?:(?:[A-Z][\w-]+\s+){0,2}(?:Movement|Front|Army|Alliance|Resistance|Brigades?|"
    r"Soldiers|Sons|Guardians|Lions|Defenders|Warriors|Knights|Hand|Partisans|Battalions?|"
    r"Volunteers|Avengers|Forces|Coalition)\s+(?:of|for)\s+(?:the\s+)?"
    rf"{_CAP}(?:\s+{_LINK}{_CAP}){{0,4}})(?![\w-])"
    r"(?!\s+(?:garrison|base|battalion|post|brigade|regiment|camp|district|province|area|region))"
)
_GROUP_NOUNS = r"(?:gang|cartel|faction|movement|group|outfit|organi[sz]ation|band|network|crew)"
_MEN = (
    r"(?:rebels|fighters|militants|insurgents|guerrillas|gunmen|militiamen|militias?|separatists|"
    r"raiders|warriors|jihadists)"
)
_BEFORE_NOUN = _words(rf"(?<![\w-])(?P<name>{_NAME})\s+(?P<noun>{_GROUP_NOUNS}|{_MEN})(?![\w-])")
_AFTER_NOUN = _words(
    r"\b(?:armed|rebel|militant|guerrilla|insurgent|jihadist|separatist|dissident|secessionist|"
    r"paramilitary|criminal|terrorist|extremist|Islamist|vigilante|outlawed|banned)\s+"
    r"(?:group|movement|outfit|faction|organi[sz]ation|militia|alliance|coalition|gang|network|"
    rf"front|band)\s*,?\s+(?:the\s+)?(?P<name>{_NAME})"
)
_CALLED = _words(
    r"\b(?:groups?|gangs?|militias?|factions?|outfits?|organi[sz]ations?|movements?|bands?|cells?|"
    r"rebels|fighters|militants|alliances?|coalitions?)\b[^.;\n]{0,40}?"
    r"\b(?:known as|calling (?:itself|themselves)|called|named|styl\w+ (?:itself|themselves)|"
    rf"under the name(?: of)?)\s+(?:the\s+)?[\"“'‘]?(?P<name>{_NAME})"
)
_APPOSED = _words(
    rf"(?<![\w-])(?P<name>{_NAME}(?:\s+(?:brigade|battalion|militia|division))?),\s+an?\s+"
    r"(?:[\w-]+\s+){0,3}?(?:rebel|insurgent|militant|guerrilla|jihadist|armed|separatist|Islamist|"
    r"opposition|vigilante)\s+(?:unit|group|faction|outfit|movement|organi[sz]ation|brigade|militia|"
    r"alliance|coalition|force)\b"
)
_MEN_OF = _words(
    r"\b(?:fighters|rebels|militants|combatants|guerrillas|insurgents|jihadists|gunmen|armed men|"
    r"armed elements|commandos|operatives|partisans|"
    rf"militiamen)\s+(?:of|loyal to)\s+(?:the\s+)?(?P<name>{_NAME})"
)
_WHO_CLAIMED = _words(
    rf"(?:\b[Tt]he\s+(?P<the>{_CAP}(?:\s+{_LINK}{_CAP}){{1,5}})"
    rf"|(?<![\w-])(?P<linked>{_CAP}(?:\s+{_CAP}){{0,2}}\s+(?:of|for|de|del|da|do|des|du)\s+"
    rf"(?:the\s+|la\s+|los\s+)?{_CAP}(?:\s+{_LINK}{_CAP}){{0,3}}))"
    r"(?:\s*\([A-Z][\w-]{1,9}\))?,?\s+(?:has\s+|had\s+|later\s+|also\s+)*"
    r"(?:claimed (?:the |full |sole )?(?:responsib\w+|credit|attack|bombing|killing)|"
    r"claimed (?:that )?(?:it|its|they|to have)\b|"
    r"took (?:responsibility|credit)|said it carried out)\b"
)
_SIGNED = _words(
    r"\b(?:messages?|notes?|banners?|pamphlets?|leaflets?|cards?|placards?|posters?|flyers?)\b"
    r"[^.;\n]{0,40}?\b(?:signed (?:by|in the name of)|in the name of)\s+(?:the\s+)?[\"“'‘]?"
    rf"(?P<name>{_NAME})(?![\w’'-]|\s+[A-Z]|[\"”’]?\s+of\b)"
)
_PLURAL_NAME = _words(
    r"\b(?:gang|group|band|members of|blamed|suspects?|gunmen from|leader of|belong\w* to|"
    rf"attributed to|gangs)\s+(?:the\s+)?(?P<name>(?:Los|Las)\s+{_CAP}(?:\s+{_CAP})?)"
    rf"|(?<![\w-])(?P<named>(?:Los|Las)\s+{_CAP}(?:\s+{_CAP})?)\s+"
    r"(?:members|gunmen|claimed|hitmen|leaders?|gang)\b"
)


_ACCORDING = re.compile(r"\baccording to (?:the )?$")
_NUMBERED = re.compile(
    r"(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|\d+(?:st|nd|rd|th)) "
    r"(?:[A-Z]\w+ ){0,3}(?:Army|Corps|Division|Brigade|Battalion|Regiment)"
)
"""Units of a state's army are told by their number; so are some rebels', seldom."""
_ALIGNED = re.compile(
    r"-(?:aligned|backed|linked|allied|based|led|affiliated|inspired|held|run|trained)$"
)
_BEGIN = "attribution.unknown.begin"


def find_unknown(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
    """Offsets and names of what reads as an armed group, in no order and possibly overlapping."""
    for pattern in (_FORMAL, _HEADED):
        for m in pattern.finditer(text):
            start = m.start() + _skipped(m.group(), lexicon)
            name = text[start : m.end()]
            if (
                "\n" not in name
                and len(name.split()) > 1
                and not _sober(name, lexicon)
                and not _NUMBERED.match(name)
            ):
                yield start, m.end(), name
    for m in _BEFORE_NOUN.finditer(text):
        start = m.start("name") + _skipped(m["name"], lexicon)
        name = text[start : m.end("name")]
        if not _is_name(name, lexicon) or _ACCORDING.search(text, max(0, start - 20), start):
            continue  # "according to the X group": who counts the dead
        one = len(name.split()) == 1 and re.fullmatch(_MEN + "|cartel|faction", m["noun"])
        yield start, m.end(), f"{name} {m['noun']}" if one else name
    for pattern in (_AFTER_NOUN, _APPOSED, _CALLED, _MEN_OF, _SIGNED, _PLURAL_NAME, _WHO_CLAIMED):
        for m in pattern.finditer(text):
            group = str(m.lastgroup)
            if _is_name(m[group], lexicon, claims=pattern is _WHO_CLAIMED):
                yield m.start(group), m.end(group), m[group]


def _skipped(words: str, lexicon: Lexicon) -> int:
    """Length of the words before a name that are no part of it: "The", "On Monday Suspected"."""
    at = 0
    skipped = lexicon.words("attribution.unknown.openings") - lexicon.words(_BEGIN)
    for m in re.finditer(r"\S+\s+", words):
        if m.group().strip().lower() not in skipped:
            break
        at = m.end()
    return at


def _sober(name: str, lexicon: Lexicon) -> bool:
    return any(word.lower() in lexicon.words("attribution.unknown.sober") for word in name.split())


def _is_name(name: str, lexicon: Lexicon, *, claims: bool = False) -> bool:
    """Whether a capitalised run can name a group: no country, demonym, day or charity.

    Who `claims` an attack may begin with any word: "the Armed Nuclei for …".
    """
    tokens = name.split()
    if _sober(name, lexicon) or countries()[name] is not None or _ALIGNED.search(name):
        return False
    openings = lexicon.words("attribution.unknown.openings")
    if all(t.lower() in openings or countries()[t] is not None for t in tokens):
        return False
    begins = claims or tokens[0].lower() not in openings - lexicon.words(_BEGIN)
    return len(name) > 2 and begins

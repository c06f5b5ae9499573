"""Armed groups that no registry knows, told by the form of their name and by its company."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geodata.actors import countries

_CAP = r"[A-ZÀ-Þ][\w'’-]*\w"
_LINK = r"(?:(?:of|for|the|and|de|del|da|do|la|las|los|du|des|al|el|y|e|in)\s+){0,3}"
_NAME = rf"{_CAP}(?:\s+{_LINK}{_CAP}){{0,5}}"
_RUN = rf"(?:{_CAP}\s+){{0,3}}{_CAP}"

_FORMAL = re.compile(
    rf"(?<![\w-])(?:{_CAP}\s+){{1,4}}(?:Army|Front|Guards?|Brigades?|Movement|Militia|Group|"
    r"Fighters|Alliance|Resistance|Battalions?|Cartel|Defen[cs]e (?:Forces?|Units?)|Armed Forces|"
    r"Liberation Forces?|Fronts|Legion|Insurgents|Tigers|Rebels|Commandos?|Column|Gang|Clan|"
    r"Organi[sz]ation|Vanguard|Avengers|Warriors|Faction|Squad|Jihad|Caliphate|Syndicate|"
    r"Liberation (?:Party|Union|Council|Organi[sz]ation))(?![\w-])"
)
_HEADED = re.compile(
    r"(?<![\w-])(?:(?:[A-Z][\w-]+\s+){0,2}(?:Movement|Front|Army|Alliance|Resistance|Brigades?|"
    r"Soldiers|Sons|Guardians|Lions|Defenders|Warriors|Knights|Hand|Partisans|Battalions?|"
    r"Volunteers|Avengers|Forces|Coalition)\s+(?:of|for)\s+(?:the\s+)?"
    rf"{_CAP}(?:\s+{_LINK}{_CAP}){{0,4}})(?![\w-])"
)
_GROUP_NOUNS = r"(?:gang|cartel|faction|movement|group|outfit|organi[sz]ation|band|network|crew)"
_MEN = r"(?:rebels|fighters|militants|insurgents|guerrillas|gunmen|militiamen|militias?|separatists|raiders|warriors|jihadists)"  # noqa: E501 - one list
_BEFORE_NOUN = re.compile(rf"(?<![\w-])(?P<name>{_NAME})\s+(?P<noun>{_GROUP_NOUNS}|{_MEN})(?![\w-])")
_AFTER_NOUN = re.compile(
    r"\b(?:armed|rebel|militant|guerrilla|insurgent|jihadist|separatist|dissident|secessionist|"
    r"paramilitary|criminal|terrorist|extremist|Islamist|vigilante|outlawed|banned)\s+"
    r"(?:group|movement|outfit|faction|organi[sz]ation|militia|alliance|coalition|gang|network|"
    rf"front|band)\s*,?\s+(?:the\s+)?(?P<name>{_NAME})"
)
_CALLED = re.compile(
    r"\b(?:groups?|gangs?|militias?|factions?|outfits?|organi[sz]ations?|movements?|bands?|cells?|"
    r"rebels|fighters|militants|alliances?|coalitions?)\b[^.;\n]{0,40}?"
    r"\b(?:known as|calling (?:itself|themselves)|called|named|styl\w+ (?:itself|themselves)|"
    rf"under the name(?: of)?)\s+(?:the\s+)?[\"“'‘]?(?P<name>{_NAME})"
)
_MEN_OF = re.compile(
    r"\b(?:fighters|rebels|militants|combatants|guerrillas|insurgents|jihadists|gunmen|"
    rf"militiamen)\s+(?:of|loyal to)\s+(?:the\s+)?(?P<name>{_NAME})"
)
_PLURAL_NAME = re.compile(
    r"\b(?:gang|group|band|members of|blamed|suspects?|gunmen from|leader of|belong\w* to|"
    rf"attributed to|gangs)\s+(?:the\s+)?(?P<name>(?:Los|Las)\s+{_CAP}(?:\s+{_CAP})?)"
    rf"|(?<![\w-])(?P<named>(?:Los|Las)\s+{_CAP}(?:\s+{_CAP})?)\s+"
    r"(?:members|gunmen|claimed|hitmen|leaders?|gang)\b"
)

_NO_NAME = frozenset(
    """
    the a an on in at by of for from with and or but as after before when while two three four five
    six seven eight nine ten dozens several some many few most all both another other one no new
    suspected alleged armed unidentified unknown masked heavily masked hundreds scores local
    foreign former this that these those his her their its he she they it islamist islamic muslim
    christian shia shiite sunni sufi jewish hindu buddhist islamists jihadist communist marxist
    leftist maoist separatist rebel rebels militant ethnic tribal pro anti government state federal
    regional provincial national united nations international world global human rights watch
    health medical aid relief red cross crescent oxfam amnesty monitoring observatory crisis labour
    trade mining oil energy media news press radio television telegram whatsapp facebook twitter
    signal social student students women opposition protest bank company university parliament
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december president minister prime general colonel major
    captain lieutenant commander police army african european western eastern northern southern
    central north south east west un u.n us u.s uk eu nato african shanghai contact working minority
    farmers workers teachers civil society charity church local banditry peace migration
    """.split()
)
"""Words that make a capitalised run no group's name: openings of sentences, faiths, charities."""

_SOBER = frozenset(
    """
    united nations international world global human rights watch health medical aid relief cross
    crescent oxfam amnesty observatory crisis labour trade mining oil energy media news press radio
    television telegram whatsapp facebook twitter minority monitoring cooperation treaty children
    parliament bank company university migration humanitarian atlantic salvation economic shipping
    """.split()
)


def find_unknown(text: str) -> Iterator[tuple[int, int, str]]:
    """Offsets and names of what reads as an armed group, in no order and possibly overlapping."""
    for pattern in (_FORMAL, _HEADED):
        for m in pattern.finditer(text):
            start = m.start() + _skipped(m.group())
            name = text[start : m.end()]
            if len(name.split()) > 1 and not _sober(name):
                yield start, m.end(), name
    for m in _BEFORE_NOUN.finditer(text):
        start = m.start("name") + _skipped(m["name"])
        name = text[start : m.end("name")]
        if not _is_name(name):
            continue
        one = len(name.split()) == 1 and re.fullmatch(_MEN + "|cartel|faction", m["noun"])
        yield start, m.end(), f"{name} {m['noun']}" if one else name
    for pattern in (_AFTER_NOUN, _CALLED, _MEN_OF, _PLURAL_NAME):
        for m in pattern.finditer(text):
            group = "named" if pattern is _PLURAL_NAME and m["named"] else "name"
            if _is_name(m[group]):
                yield m.start(group), m.end(group), m[group]


def _skipped(words: str) -> int:
    """Length of the words before a name that are no part of it: "The", "On Monday Suspected"."""
    at = 0
    for m in re.finditer(r"\S+\s+", words):
        if m.group().strip().lower() not in _NO_NAME - _FIRST_OF_NAMES:
            break
        at = m.end()
    return at


_FIRST_OF_NAMES = frozenset(
    "new united national people's islamic red western eastern northern southern central communist"
    " african world international tribal army state federal regional students workers one".split()
)


def _sober(name: str) -> bool:
    return any(word.lower() in _SOBER for word in name.split())


def _is_name(name: str) -> bool:
    """Whether a capitalised run can name a group: no country, demonym, day or charity."""
    tokens = name.split()
    if _sober(name) or countries()[name] is not None:
        return False
    if all(t.lower() in _NO_NAME or countries()[t] is not None for t in tokens):
        return False
    return len(name) > 2 and tokens[0].lower() not in _NO_NAME - _FIRST_OF_NAMES

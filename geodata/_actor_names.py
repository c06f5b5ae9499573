"""How data sets write an actor: the spellings of one name that may stand in the registry."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geodata._names import Word
from geodata.countries import countries

_YEARS = re.compile(r"\s*\(\d{4}-(?:\d{4})?\)")  # ACLED: "Military Forces of Mali (2021-)"
_BRACKETS = re.compile(r"(.+?)\s*\(([^()]+)\)\s*")  # GTD: "New People's Army (NPA)"
_GOVERNMENT = re.compile(r"Government of ([^()]+?)\s*(?:\([^()]*\))?")  # UCDP
_MILITIA = re.compile(r" (?:Ethnic|Communal|Sub-Clan|Clan|Tribal) Militia\b")  # ACLED
_NOUNS = (" group", " militants", " fighters", " movement", " militant group")


def plain(name: str) -> str:
    """Write an actor's name of ACLED or UCDP as the registry does.

    "Military Forces of Mali (2021-)" loses its years, "Dinka Clan Militia (South Sudan)" its
    clan; the "Government of Mali" fights by the "Military Forces of Mali".
    """
    name = _MILITIA.sub(" Militia", _YEARS.sub("", name.strip()))
    return _GOVERNMENT.sub(r"Military Forces of \1", name) if _GOVERNMENT.fullmatch(name) else name


def spellings(name: str) -> Iterator[str]:
    """A name, then as data sets write it, then without its article or a closing common noun.

    "Police Forces of India (2014-) Border Security Force" (ACLED: the unit after the years),
    "TTP: Tehreek-i-Taliban Pakistan", "New People's Army (NPA)", "the Islamic State group".
    """
    yield name
    years = _YEARS.search(name)
    if years is not None:
        yield name[years.end() :].strip()
    name = plain(name)
    yield name
    acronym, _, full = name.partition(": ")
    if full:
        yield from (full, acronym)
    brackets = _BRACKETS.fullmatch(name)
    if brackets is not None and not countries()[brackets[2]]:
        yield from (brackets[1], brackets[2])
    bare = name.removeprefix("the ").removeprefix("The ")
    for noun in _NOUNS:
        bare = bare.removesuffix(noun)
    if bare != name:
        yield bare


def shouted(at: list[Word], first: int, stop: int) -> bool:
    """Whether a short acronym stands in a headline that is all in capitals ("POLICE IS …")."""
    if stop - first > 1 or len(at[first].spelling) > 2 or not at[first].spelling.isupper():
        return False
    around = [*at[max(first - 2, 0) : first], *at[stop : stop + 2]]
    long = [word.spelling for word in around if len(word.spelling) > 3]
    return bool(long) and all(spelling.isupper() for spelling in long)

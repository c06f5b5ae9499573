"""Groups that the registry does not know, and the acronyms that a text introduces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from geodata.actors import STATE_KINDS, Actor, ActorRegistry
from ingest.extract.lexicon import Lexicon
from ingest.extract.party import Party, Side, as_party, is_free
from ingest.extract.unknown_groups import find_unknown

_ACRONYM = re.compile(r"\s*\(\s*(?:the\s+)?[\"“]?([A-Z][A-Za-z-]{1,9})[\"”]?\s*\)")


def unknown_groups(
    text: str, taken: Sequence[Party], registry: ActorRegistry, lexicon: Lexicon
) -> list[Party]:
    """Groups told by their names alone, where no known actor is named; `taken` are those."""
    out: list[Party] = []
    for start, end, name in sorted(find_unknown(text, lexicon), key=lambda g: (g[0] - g[1], g[0])):
        inside = [p for p in taken if p.start < end and start < p.end]
        covered = any(p.named or p.end - p.start >= end - start for p in inside)
        if covered or not is_free(start, end, out):
            continue
        acronym = _ACRONYM.match(text, end)
        twin = next((p for p in taken if acronym and p.start == acronym.start(1) and p.named), None)
        if twin is not None and _same_name(name, twin):  # the registry knows it by the acronym
            out.append(replace(twin, start=start, end=end))
        elif (known := _militia(name, registry)) is not None:
            out.append(as_party(start, end, known.name, (known,), None))
        else:
            out.append(Party(start, end, name, Side.ARMED, name=name))
    return sorted(out + _told_again(text, [*taken, *out], out), key=lambda p: p.start)


def acronyms_of(text: str, groups: Sequence[Party]) -> set[str]:
    """Acronyms that a text introduces for groups of its own: the registry's bearers give way."""
    found = (_ACRONYM.match(text, g.end) for g in groups if g.name)
    return {acronym[1] for acronym in found if acronym is not None}


def _same_name(name: str, party: Party) -> bool:
    """Whether a name written out may be that of the bearer of its acronym."""
    from rapidfuzz import fuzz

    spellings = [s for a in party.actors for s in (a.name, *a.aliases)]
    return any(fuzz.token_sort_ratio(name, s) >= SAME_NAME for s in spellings)


SAME_NAME = 75.0
"""Likeness (0-100) from which a name written out is one of an acronym's bearer."""


def _militia(name: str, registry: ActorRegistry) -> Actor | None:
    """Give the known militia of a people: "Fulani militiamen", "the Zaire group"."""
    people = name.split(maxsplit=1)[0] if len(name.split()) <= 2 else name
    for spelling in (name, f"{people} Militia", f"{people} militia"):
        found = registry.resolve(spelling)
        if found is not None and not found.generic and found.kind not in STATE_KINDS:
            return found
    return None


def _told_again(text: str, taken: Sequence[Party], groups: Sequence[Party]) -> list[Party]:
    """Give the other places where the name of a group found by its company stands."""
    out: list[Party] = []
    for name in dict.fromkeys(g.name for g in groups if g.name):
        for m in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text):
            if is_free(m.start(), m.end(), [*taken, *out]):
                out.append(Party(m.start(), m.end(), name, Side.ARMED, name=name))
    return out


def introduced(text: str, known: Sequence[Party]) -> list[Party]:
    """Acronyms that the text itself introduces: "Revolutionary Front (RF)"."""
    out: list[Party] = []
    for party in known:
        acronym = _ACRONYM.match(text, party.end)
        if acronym is None or not party.named:
            continue
        for m in re.finditer(rf"(?<![\w-]){re.escape(acronym[1])}(?![\w-])", text):
            if is_free(m.start(), m.end(), [*known, *out]):
                out.append(
                    Party(m.start(), m.end(), party.alias, party.side, party.actors, party.name)
                )
    return out


def as_introduced(text: str, known: Sequence[Party]) -> list[Party]:
    """Read an acronym as the text introduces it, whoever else bears it.

    "The Stability Support Apparatus (SSA) … the SSA opened fire" is of no Shan State Army.
    """
    bearers: dict[str, Party] = {}
    for party in known:
        acronym = _ACRONYM.match(text, party.end)
        if acronym is not None and party.named:
            bearers.setdefault(acronym[1], party)
    out = []
    for party in known:
        own = bearers.get(party.alias)
        other = own is not None and own.start < party.start and own.actors != party.actors
        out.append(replace(own, start=party.start, end=party.end) if own and other else party)
    return out

"""Armed men told of by their people: "raiders from the Pokot community", "Murle gunmen"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from geodata.actors import ActorRegistry
from ingest.extract.party import HERE, Party, Side

_BEFORE = re.compile(r"(?:([^\W\d_a-z][\w’'-]+)\s+)?([^\W\d_a-z][\w’'-]+)\s+$")
_AFTER = re.compile(
    r"\s+(?:(?:who\s+(?:were|are)\s+)?(?:believed|suspected|thought|alleged|said|reported)\s+to\s+"
    r"(?:be|have\s+been|have\s+come|come)\s+)?(?:members\s+)?(?:of|from|belonging\s+to)\s+"
    r"(?:the\s+)?(?:neighbou?ring\s+|rival\s+)?(?P<one>[^\W\d_a-z][\w’'-]+)"
    r"(?:\s+and\s+(?P<two>[^\W\d_a-z][\w’'-]+))?"
    r"\s+(?:community|communities|tribes?|(?:sub-)?clans?|ethnic\s+groups?|tribesmen)\b"
)


def of_people(text: str, party: Party, registry: ActorRegistry) -> Iterator[Party]:
    """Give armed men without a name as the militia of the people they are told to be of.

    Only peoples whose militia the registry knows: a village is no people.
    """
    if party.named or party.side not in (Side.ARMED, Side.UNIDENTIFIED):
        yield party
        return
    behind = _AFTER.match(text, party.end)
    first = _militia(behind["one"], registry) if behind else None
    if behind is not None and first is not None:
        two = behind["two"]
        second = _militia(two, registry) if two else None
        end = behind.end("one") if second else behind.end()
        yield replace(first, start=party.start, end=end)
        if second is not None:
            yield replace(second, start=behind.start("two"), end=behind.end())
        return
    before = _BEFORE.search(text, max(0, party.start - 40), party.start)
    yield _named_before(before, party, registry) if before else party


_BETWEEN = re.compile(
    r"\bbetween\s+(?:[a-z-]+\s+){0,5}?(?:the\s+)?(?P<one>[^\W\d_a-z][\w’'-]+(?:\s[^\W\d_a-z][\w’'-]+)?)"
    r"\s+and\s+(?:the\s+)?(?P<two>[^\W\d_a-z][\w’'-]+(?:\s[^\W\d_a-z][\w’'-]+)?)\s+"
    r"(?P<sort>(?:sub-)?clans|tribes|communities|ethnic\s+groups)\b"
)
_SORTS = {"clans": "Clan Militia", "tribes": "Tribal Militia"}


def feuding(text: str, registry: ActorRegistry) -> list[Party]:
    """Two peoples that fight: "clashes between the Hilaliya and Daboudiya clans".

    One that the registry lacks is named after its people and the country.
    """
    out: list[Party] = []
    for m in _BETWEEN.finditer(text):
        sort = _SORTS.get(m["sort"].removeprefix("sub-"), "Militia")
        for group in ("one", "two"):
            name = f"{m[group]} {sort} ({HERE})"
            party = _militia(m[group], registry) or Party(0, 0, name, Side.ARMED, name=name)
            out.append(replace(party, start=m.start(group), end=m.end(group)))
    return out


def _named_before(before: re.Match[str], party: Party, registry: ActorRegistry) -> Party:
    """Read "Lou Nuer gunmen": the people by two words, else by the last."""
    both = _militia(f"{before[1]} {before[2]}", registry) if before[1] else None
    if both is not None:
        return replace(both, start=before.start(1), end=party.end)
    own = _militia(before[2], registry)
    return replace(own, start=before.start(2), end=party.end) if own else party


def _militia(people: str, registry: ActorRegistry) -> Party | None:
    alias = f"{people} militia"
    actor = registry.resolve(alias)
    if actor is None or actor.generic or actor.name.startswith("Communal"):
        return None
    return Party(0, 0, alias, Side.ARMED, (actor,))

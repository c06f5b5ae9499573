"""An actor at its place in a text: who may be meant, and on which side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from geodata.actors import STATE_KINDS, Actor, ActorKind, ActorRegistry


class Side(StrEnum):
    """Which side a party stands on, for the event type and the status of its dead."""

    ARMED = "armed"
    STATE = "state"
    CIVIL = "civil"
    PROTEST = "protest"
    RIOT = "riot"
    UNIDENTIFIED = "unidentified"


UNIDENTIFIED = "Unidentified armed group"

HERE = "{country}"
"""Stands in the name of a party for the country in which it acts."""


REVOLTED: dict[str, date] = {"Rapid Support Forces": date(2023, 4, 15)}
"""Forces of a state that turned against it, and since when."""


DE_FACTO_STATES: dict[str, date] = {"Taliban": date(2021, 8, 15)}
"""Armed groups that took over a state, and since when: their men then are security forces."""


_SIDES = {
    ActorKind.POPULATION: Side.CIVIL,
    ActorKind.PROTESTERS: Side.PROTEST,
    ActorKind.RIOTERS: Side.RIOT,
    ActorKind.UNIDENTIFIED: Side.UNIDENTIFIED,
} | dict.fromkeys(STATE_KINDS, Side.STATE)


STATUS_OF_SIDE = {
    Side.ARMED: "militants",
    Side.UNIDENTIFIED: "militants",
    Side.STATE: "security_forces",
    Side.CIVIL: "civilians",
    Side.PROTEST: "civilians",
    Side.RIOT: "civilians",
}


@dataclass(frozen=True, slots=True)
class Party:
    """An actor at offsets into the document's text; `actors` are who may be meant."""

    start: int
    end: int
    alias: str
    side: Side
    actors: tuple[Actor, ...] = ()
    name: str = ""  # for a group the registry does not know: as written

    @property
    def named(self) -> bool:
        """Whether it is a group or a force by name, not "gunmen" or "police"."""
        return bool(self.name) or (any(
            not a.generic and not a.name.startswith("Civilians") for a in self.actors
        ) and self.side in (Side.ARMED, Side.STATE))  # fmt: skip

    def canonical(self, registry: ActorRegistry, country: str | None) -> str:
        """Name the actor, its country deciding between forces and affiliates of one alias."""
        if self.name:
            return self.name.replace(HERE, country or "").replace(" ()", "")
        found = registry.resolve(self.alias, country)
        if found is not None and (found in self.actors or not found.generic):
            return found.name
        own = next((a for a in self.actors if a.country == country), self.actors[0])
        return own.name


def as_party(
    start: int, end: int, alias: str, actors: tuple[Actor, ...], published: date | None
) -> Party:
    """Put known actors at offsets; `published` decides whether a group is a government by then."""
    side = _SIDES.get(actors[0].kind, Side.ARMED)
    since = DE_FACTO_STATES.get(actors[0].name)
    if since is not None and published is not None and published >= since:
        side = Side.STATE
    turned = REVOLTED.get(actors[0].name)
    if turned is not None and published is not None and published >= turned:
        side = Side.ARMED
    if actors[0].name.startswith("Private Security"):
        side = Side.CIVIL  # guards of a mine or a bank bear no arms for a state
    return Party(start, end, alias, side, actors)


def is_free(start: int, end: int, taken: Sequence[Party]) -> bool:
    """Whether no party stands between two offsets."""
    return not any(p.start < end and start < p.end for p in taken)

"""Who belongs to whom: a group with its splinters, wings and affiliates, for filters and lists."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from geodata.actors import Actor, ActorRegistry, default_registry


def affiliates_of(registry: ActorRegistry, actor: Actor) -> tuple[Actor, ...]:
    """Give the actors that belong to an actor, directly or through others, nearest first.

    A generic actor of one country ("Police (Kenya)") has the units of that country alone.
    """
    found: dict[str, Actor] = {}
    generic = _generic_of(registry, actor)
    queue = [actor] if generic is None else [actor, generic]
    for whole in queue:  # it grows while it is read
        for part in registry.parts(whole):
            if whole is generic and part.country != actor.country:
                continue
            if part.name not in found and part.name != actor.name:
                found[part.name] = part
                queue.append(part)
    return tuple(found.values())


def _generic_of(registry: ActorRegistry, actor: Actor) -> Actor | None:
    """Give the generic actor that one country's own is made from: "Police (Kenya)"."""
    for ending in (f" ({actor.country})", f" of {actor.country}"):
        name = actor.name.removesuffix(ending)
        if name != actor.name and name in registry and registry[name].generic:
            return registry[name]
    return None


@lru_cache(maxsize=256)
def affiliate_names(group: str) -> tuple[str, ...]:
    """Give the names of a group's affiliates, by the registry of the program; () for none.

    `group` may be any spelling that the registry knows.
    """
    registry = default_registry()
    actor = registry.resolve(group)
    return tuple(part.name for part in affiliates_of(registry, actor)) if actor else ()


def with_affiliates(groups: Iterable[str]) -> tuple[str, ...]:
    """Give groups as they are written, under their canonical names, and their affiliates."""
    names: list[str] = []
    for group in groups:
        actor = default_registry().resolve(group)
        names += [group, *([actor.name] if actor else ()), *affiliate_names(group)]
    return tuple(dict.fromkeys(names))

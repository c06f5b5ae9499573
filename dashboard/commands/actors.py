"""`incidents actors`: groups and forces that the program knows, their aliases and affiliates."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from geodata.actors import Actor, ActorRegistry


@click.group(epilog='Example: incidents actors show "Islamic State"')
def command() -> None:
    """Look at the groups, forces and populations that the extractor knows."""


@command.command("list", epilog="Example: incidents actors list --country Mali --kind militia")
@click.option("--country", metavar="NAME", help="At home in this country: name or two-letter code.")
@click.option("--kind", metavar="KIND", help="Of this kind, as armed_group, militia, police.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array.")
def list_(country: str | None, kind: str | None, as_json: bool) -> None:
    """List actors: name, kind, home country."""
    from geodata.actors import default_registry

    registry = default_registry()
    home = registry.country_name(country) if country else None
    wanted = _kind(kind) if kind else None
    found = [
        actor
        for actor in registry
        if (home is None or actor.country == home) and (wanted is None or actor.kind == wanted)
    ]
    if as_json:
        click.echo(json.dumps([_values(registry, a) for a in found], ensure_ascii=False, indent=1))
        return
    for actor in sorted(found, key=lambda a: (a.country or "", a.name)):
        click.echo(f"{actor.name} · {_what(actor)}")
    click.echo(f"{len(found):,} of {len(registry):,} actors")


@command.command("show", epilog="Example: incidents actors show TTP --country Pakistan")
@click.argument("name")
@click.option("--country", metavar="NAME", help="Where it acts: decides what a name means.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
def show(name: str, country: str | None, as_json: bool) -> None:
    """Show whom NAME, in any spelling, means: aliases, umbrellas, splinters and affiliates."""
    from geodata.actors import default_registry
    from geodata.errors import InputError

    registry = default_registry()
    actor = registry.resolve(name, country)
    if actor is None:
        raise InputError(f"no actor is called {name!r}; see: incidents actors list")
    values = _values(registry, actor)
    if as_json:
        click.echo(json.dumps(values, ensure_ascii=False, indent=1))
        return
    click.echo(f"{actor.name} · {_what(actor)}")
    for key, label in (
        ("aliases", "Also written"), ("parents", "Belongs to"), ("affiliates", "Affiliates"),
    ):  # fmt: skip
        if values[key]:
            click.echo(f"{label}: {', '.join(values[key])}")


def _kind(word: str) -> str:
    from geodata.actors import ActorKind

    if word not in set(ActorKind):
        raise click.BadParameter(f"--kind {word!r} is none of {', '.join(ActorKind)}")
    return word


def _what(actor: Actor) -> str:
    home = "every country" if actor.generic else actor.country or "no one country"
    return f"{actor.kind.replace('_', ' ')} · {home}"


def _values(registry: ActorRegistry, actor: Actor) -> dict[str, Any]:
    from geodata.affiliates import affiliates_of

    return {
        "name": actor.name,
        "kind": actor.kind.value,
        "country": actor.country,
        "aliases": list(actor.aliases),
        "parents": [whole.name for whole in registry.parents(actor)],
        "affiliates": [part.name for part in affiliates_of(registry, actor)],
    }

"""Online services on the command line: which to ask, what each needs, what one answered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from geodata.errors import InputError

if TYPE_CHECKING:
    from geodata.memory import PlaceMemory
    from geodata.place import Geocoder


def chosen_geocoder(
    services: Sequence[str],
    urls: Sequence[str],
    *,
    only: bool,
    memories: tuple[PlaceMemory, ...] = (),
) -> Geocoder:
    """Give the gazetteer, the services named after it, or (with `only`) the services alone.

    What a project remembers comes before all of them.

    Raises
    ------
    click.UsageError
        There are more addresses than services, or `only` without a service.
    InputError
        A service is unknown, or lacks a credential or an address.
    """
    if len(urls) > len(services):
        raise click.UsageError("--service-url needs a --service that it is for")
    if only and not services:
        raise click.UsageError("--service-only needs a --service")
    from ingest.geocode import default_geocoder

    if not services:
        return _with_memory(default_geocoder(), memories)
    from ingest.geocode.services import FirstFound
    from ingest.geocode.services.online import open_service

    places = [*urls, *[None] * (len(services) - len(urls))]
    online = [open_service(name, url=url) for name, url in zip(services, places, strict=True)]
    chain = FirstFound(online if only else [default_geocoder(), *online])
    return _with_memory(chain, memories)


def _with_memory(geocoder: Geocoder, memories: tuple[PlaceMemory, ...]) -> Geocoder:
    if not memories:
        return geocoder
    from ingest.geocode.memory import FixedMemories, MemoryGeocoder

    return MemoryGeocoder(geocoder, FixedMemories(memories))


def print_services(*, as_json: bool) -> None:
    """List the registered services."""
    from ingest.geocode.services import SERVICES

    for service in SERVICES.values():
        record = {
            "service": service.name,
            "needs": service.needs,
            "limit": service.limit_words,
            "storing": service.storing,
            "attribution": service.attribution,
            "rule": service.rule,
        }
        if as_json:
            click.echo(json.dumps(record, ensure_ascii=False))
            continue
        click.echo(f"{service.name}: needs {service.needs}; {service.limit_words}")
        click.echo(f"    {service.attribution}; storing: {service.storing}; {service.rule}")


def print_attributions(names: Sequence[str]) -> None:
    """Say whose answers a table may hold: the attribution to show with it."""
    if not names:
        return
    from ingest.geocode.services import find_service

    for name in dict.fromkeys(names):
        click.echo(f"{name}: {find_service(name).attribution}")


def print_raw(key: str) -> None:
    """Print one raw answer from the cache as JSON; an unknown id is an `InputError`."""
    from ingest.geocode.services.cache import AnswerCache, default_path

    answer = AnswerCache(default_path()).by_id(key)
    if answer is None:
        raise InputError(
            f"no answer {key!r} in the cache: take the id from a result's note (services"
            " whose terms forbid storing leave none)"
        )
    record = {
        "service": answer.service,
        "request": answer.request,
        "fetched": answer.fetched,
        "text": answer.text,
    }
    click.echo(json.dumps(record, ensure_ascii=False))

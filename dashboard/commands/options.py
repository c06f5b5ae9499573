"""Options that several commands share: the filter, the store, the workers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from geodata.filters import Filter
from geodata.incident import Status
from geodata.precision import LocationPrecision

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

_FILTERS: dict[str, tuple[str, str, bool]] = {
    # name: (metavar, empty for a switch, help, may be repeated)
    "group": ("NAME", "Group involved in any role.", True),
    "with_affiliates": ("", "Splinters, wings and affiliates of the group, too.", False),
    "perpetrator": ("NAME", "Group held responsible.", True),
    "since": ("DATE", "First day, as 2021-08-01.", False),
    "until": ("DATE", "Last day, as 2021-08-31.", False),
    "country": ("NAME", "Country.", True),
    "province": ("NAME", "Province or other first-order division.", True),
    "district": ("NAME", "District or other second-order division.", True),
    "type": ("TYPE", "Event type or sub-event type (ACLED).", True),
    "min_killed": ("N", "At least N killed (best figure).", False),
    "precision": ("CLASS", "Of this location precision: " + ", ".join(LocationPrecision), True),
    "status": ("STATUS", "Of this review status: " + ", ".join(Status), True),
    "bbox": ("W,S,E,N", "Inside this box, in degrees.", False),
    "polygon": ("LON,LAT;…", "Inside this area: 3 to 100 corners, in degrees.", False),
    "text": ("WORDS", "With these words in place, actors or notes.", False),
    "dataset": ("NAME", "Of this data set; 'reports' for what was read from reports.", True),
}


def filter_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add every filter option to a command; `filter_from` turns them into a `Filter`."""
    for name, (metavar, words, multiple) in reversed(_FILTERS.items()):
        flag = "--" + name.replace("_", "-")
        if metavar:
            option = click.option(
                flag, f"filter_{name}", metavar=metavar, multiple=multiple, help=words
            )
        else:
            option = click.option(flag, f"filter_{name}", is_flag=True, help=words)
        function = option(function)
    return function


def filter_from(options: dict[str, Any]) -> Filter:
    """Take the filter options out of a command's options and read the filter."""
    params: dict[str, list[str]] = {}
    for name in _FILTERS:
        value = options.pop(f"filter_{name}", None)
        if value:
            many = list(value) if isinstance(value, tuple) else [value]
            params[name] = ["yes" if item is True else item for item in many]
    return Filter.from_params(params)


def workers_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--workers N``."""
    return click.option(
        "--workers",
        metavar="N",
        type=click.IntRange(1, 64),
        default=1,
        show_default=True,
        help="Processes that read.",
    )(function)


def memory_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--store FILE`` to a command that stores nothing."""
    return click.option(
        "--store",
        "store_path",
        metavar="FILE",
        help="Use the places that this project remembers.",
    )(function)


def store_option(*, required: bool = True) -> Decorator:
    """Add ``--store FILE``."""
    return click.option(
        "--store",
        "store_path",
        metavar="FILE",
        required=required,
        default=None if required else "atlas.gpkg",
        show_default=not required,
        help="The project: a GeoPackage file.",
    )

"""The map of a large project: what is in view, gathered into cells of eight pixels.

Below `MOST_POINTS` the browser gets every incident (`dashboard.map.points`). Above, it gets for
each view the cells that it shows: where, how many, by which groups, how exactly known. The bytes
depend on the screen, not on the number of incidents. Groups without a colour of their own are one
here, as they are on the screen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import orjson

from dashboard.answers import columns_of, is_large_project, rows_of
from dashboard.map.colours import GROUP, other_label, recoloured
from dashboard.map.points import palette_of, terms
from dashboard.remember import remembered
from geodata import columns as c
from geodata.errors import InputError
from geodata.filters import Filter
from geodata.map_index import (
    Cells,
    MapIndex,
    Points,
    build_index,
    cells,
    degrees,
    mercator,
    stacks,
)
from geodata.palette import OTHER, OTHER_LABEL
from geodata.precision import DRAWN

if TYPE_CHECKING:
    from geodata.palette import Palette
    from geodata.store import Store

MOST_POINTS = 20_000
"""Incidents up to which the browser gets each of them: it stays fluid to there."""

MAX_ZOOM = 18
MAX_MEMBERS = 40
"""Incidents of a cell that a pop-up lists."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a filter shows: sharp points and stacked ones, their groups as they are coloured."""

    sharp: Points
    stacked: Points
    groups: tuple[dict[str, Any], ...]

    def __len__(self) -> int:
        return len(self.sharp) + len(self.stacked)


@remembered(1)
def index_of(store: Store) -> MapIndex:
    """Everything that a map can draw, put in order once for all sessions."""
    return build_index(columns_of(store))


@remembered(64)
def is_large(store: Store, where: Filter) -> bool:
    """Whether the browser gets cells for a filter, not incidents."""
    if not is_large_project(store):
        return False
    return len(shown(store, where)) > MOST_POINTS


@remembered(8)
def shown(store: Store, where: Filter) -> Shown:
    """What a filter shows, chosen once and shared."""
    index = index_of(store)
    groups, codes = _display_groups(index, palette_of(store))
    sharp, stacked = (
        replace(part, group=codes[part.group].astype(np.int32))
        for part in index.chosen(rows_of(store, where))
    )
    return Shown(sharp, stacked, groups)


def _display_groups(
    index: MapIndex, palette: Palette
) -> tuple[tuple[dict[str, Any], ...], npt.NDArray[np.int64]]:
    """Groups with a colour, and two for all others (forces of states are squares); the code of
    each group of the index among them."""
    found: dict[tuple[str, bool], int] = {}
    codes = np.zeros(max(1, len(index.groups)), dtype=np.int64)
    for at, name in enumerate(index.groups):
        own = name in palette.colours
        key = (name if own else OTHER_LABEL, palette.is_state(name))
        codes[at] = found.setdefault(key, len(found))
    groups = tuple(
        {
            "name": name,
            "colour": palette.colour(name) if name != OTHER_LABEL else OTHER,
            "state": state,
            "other": name == OTHER_LABEL,
        }
        for name, state in found
    )
    return groups, codes


@remembered(4)
def painted(store: Store, where: Filter, colour: str) -> Shown:
    """What a filter shows, coloured by something else than groups (`dashboard.map.colours`)."""
    what = shown(store, where)
    return what if colour == GROUP else recoloured(store, what, colour)


@remembered(64)
def cells_of(store: Store, where: Filter, zoom: int, colour: str) -> Cells:
    """Sharp incidents of a filter in the cells of a zoom level."""
    what = painted(store, where, colour)
    return cells(what.sharp, zoom, max(1, len(what.groups)))


@remembered(16)
def stacks_of(store: Store, where: Filter, colour: str) -> Cells:
    """Districts and provinces of a filter with what is known no better."""
    what = painted(store, where, colour)
    return stacks(what.stacked, max(1, len(what.groups)))


@remembered(32)
def head_json(store: Store, where: Filter, colour: str) -> bytes:
    """What the map needs of a large answer before it asks for a view; ``cells`` is true.

    ``bounds`` is [west, south, east, north], absent without points; ``legend`` are pairs of
    group and count.
    """
    revision = store.revision()
    what = painted(store, where, colour)
    both = np.concatenate([what.sharp.group, what.stacked.group])
    counts = np.bincount(both, minlength=len(what.groups)).tolist()
    answer: dict[str, Any] = {
        "cells": True,
        "revision": revision,
        "count": len(what),
        "groups": what.groups,
        **terms(other_label(colour)),
        "legend": [[at, n] for at, n in enumerate(counts) if n],
    }
    x = np.concatenate([what.sharp.x, what.stacked.x])
    y = np.concatenate([what.sharp.y, what.stacked.y])
    if len(x):
        lon, lat = degrees(np.array([x.min(), x.max()]), np.array([y.max(), y.min()]))
        answer["bounds"] = [*map(float, (lon[0], lat[0], lon[1], lat[1]))]
    return orjson.dumps(answer)


@remembered(32)
def loose(store: Store, where: Filter) -> int:
    """Of what a filter with a period shows, how many may have happened outside the period."""
    if where.since is None or where.until is None:
        return 0
    columns = columns_of(store)
    drawn = columns.words["location_precision"].exactly(DRAWN) & ~np.isnan(columns.latitude)
    beyond = c.beyond(columns, where.since, where.until)
    return int(np.count_nonzero(rows_of(store, where) & drawn & beyond))


def view_json(store: Store, where: Filter, zoom: int, view: Box, colour: str = GROUP) -> bytes:
    """Cells and stacks in a view (west, south, east, north in degrees), as columns.

    ``mix`` holds for each cell its groups and their counts in turn, the most frequent first;
    ``key`` is how `members` knows the cell: below 0 for a district or province; ``total`` counts
    the incidents of the filter in any view, ``loose`` those that may be of days outside its period.
    """
    index = index_of(store)
    parts = [
        (cells_of(store, where, zoom, colour), False),
        (stacks_of(store, where, colour), True),
    ]
    answer: dict[str, list[Any]] = {name: [] for name in _COLUMNS}
    areas: list[dict[str, str]] = []
    for gathered, stacked in parts:
        at = np.flatnonzero(_inside(gathered, view))
        longitude, latitude = degrees(gathered.x[at], gathered.y[at])
        answer["lat"] += latitude.round(5).tolist()
        answer["lon"] += longitude.round(5).tolist()
        answer["n"] += (gathered.start[at + 1] - gathered.start[at]).tolist()
        answer["draft"] += gathered.draft[at].tolist()
        answer["precision"] += gathered.precision[at].tolist()
        answer["mix"] += [_mix(gathered, cell) for cell in at.tolist()]
        keys = gathered.key[at].tolist()
        answer["key"] += [-1 - key for key in keys] if stacked else keys
        answer["area"] += (
            list(range(len(areas), len(areas) + len(at))) if stacked else [-1] * len(at)
        )
        if stacked:
            areas += [{"kind": index.areas[key][0], "name": index.areas[key][1]} for key in keys]
    about: dict[str, Any] = {"zoom": zoom, "count": len(answer["n"]), "areas": areas}
    about |= {"total": len(shown(store, where)), "loose": loose(store, where)}
    return orjson.dumps(about | answer)


_COLUMNS = ("lat", "lon", "n", "draft", "precision", "mix", "key", "area")


def _mix(gathered: Cells, cell: int) -> list[int]:
    part = slice(gathered.mix_start[cell], gathered.mix_start[cell + 1])
    found: list[int] = (
        np.stack([gathered.mix_group[part], gathered.mix_count[part]], 1).ravel().tolist()
    )
    return found


def _inside(gathered: Cells, view: Box) -> npt.NDArray[np.bool_]:
    """Which cells lie in a view, over the date line too."""
    west, south, east, north = view
    _, (top, bottom) = mercator(np.zeros(2), np.array([north, south]))
    tall: npt.NDArray[np.bool_] = (gathered.y >= top) & (gathered.y <= bottom)
    if east - west >= 360:
        return tall
    found: npt.NDArray[np.bool_] = tall & (
        (gathered.x - (west / 360 + 0.5)) % 1.0 <= (east - west) / 360
    )
    return found


def members(store: Store, where: Filter, zoom: int, keys: tuple[int, ...]) -> list[str]:
    """Ids of incidents in some cells, at most `MAX_MEMBERS`, those entered last first.

    Raises
    ------
    InputError
        None of the cells is there: the project has changed.
    """
    what = shown(store, where)
    found: list[int] = []
    for key in keys:
        stacked = key < 0
        gathered = (
            stacks_of(store, where, GROUP) if stacked else cells_of(store, where, zoom, GROUP)
        )
        wanted = -1 - key if stacked else key
        at = int(np.searchsorted(gathered.key, wanted))
        if at < len(gathered) and gathered.key[at] == wanted:
            rows = slice(int(gathered.start[at]), int(gathered.start[at + 1]))
            found += (what.stacked if stacked else what.sharp).fid[rows].tolist()
    if not found:
        raise InputError("these incidents are no longer in the project as they were")
    return store.incident_ids(sorted(found, reverse=True)[:MAX_MEMBERS])


def read_view(text: str) -> Box:
    """Read ``west,south,east,north`` in degrees; west and east may lie on copies of the world.

    Raises
    ------
    InputError
        It is none.
    """
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        raise InputError(f"a view is west,south,east,north in degrees, not {text[:80]!r}") from None
    sane = all(abs(part) < 10_000 for part in (west, south, east, north))
    if not sane or west > east or south > north:
        raise InputError(f"a view is west,south,east,north in degrees, not {text[:80]!r}")
    return west, south, east, north

"""Incidents added up by district or province: how many, how many killed, per inhabitants.

With boundaries of that level in the project, an incident counts where its point lies. Without,
it counts for the district or province that it names, and a circle stands in the middle of that
one's incidents. What is known too coarsely is told beside, never shared out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import orjson

from dashboard.answers import answers
from dashboard.map.area_shapes import layers_of, people_of, read_areas
from dashboard.map.cells import Shown, shown
from dashboard.map.classes import equal_count
from dashboard.map.hexagons import EVERYTHING
from dashboard.map.rows import Column, division_column, killed_column
from dashboard.remember import remembered
from geodata.admin_areas import AreaIndex
from geodata.errors import InputError
from geodata.map_index import PRECISIONS, degrees, mercator
from geodata.precision import LocationPrecision

if TYPE_CHECKING:
    from geodata.filters import Filter
    from geodata.store import Store

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

OUTSIDE, COARSE = -1, -2
"""Instead of an area's number: its point lies in none; it is known to something larger alone."""

PER_PEOPLE = 100_000
_NAMED = {"districts": ("country", "admin1", "admin2"), "provinces": ("country", "admin1")}
_PROVINCE = PRECISIONS.index(LocationPrecision.PROVINCE)


@dataclass(frozen=True, slots=True)
class Areas:
    """Districts or provinces, and which one each incident on the map counts for.

    `x`, `y` are a place in each in the unit square, `people` its inhabitants (NaN: not known);
    `words` cites the boundaries, empty where the areas are names alone. `number` gives for an
    incident the position of its area, or `OUTSIDE` or `COARSE`.
    """

    names: tuple[str, ...]
    parents: tuple[str, ...]
    x: Floats
    y: Floats
    people: Floats
    words: str
    number: Column

    def __len__(self) -> int:
        return len(self.names)


@dataclass(frozen=True, slots=True)
class Sums:
    """What a filter has in each area, arrays of one length, and what is in none of them."""

    n: Ints
    killed: Ints
    untold: Ints
    outside: int
    coarse: int


@remembered(2)
def areas_of(store: Store, kind: str) -> Areas:
    """Areas of a kind (`area_shapes.KINDS`) for the whole project."""
    whole = shown(store, EVERYTHING)
    return _bounded(store, kind, whole) if layers_of(store, kind) else _named(store, kind, whole)


def _bounded(store: Store, kind: str, whole: Shown) -> Areas:
    import shapely

    found = read_areas(store, kind)
    index = AreaIndex(found)
    sharp, stacked = (
        index.assign(*degrees(part.x, part.y)) for part in (whole.sharp, whole.stacked)
    )
    inside = shapely.point_on_surface([area.shape for area in found])
    x, y = mercator(shapely.get_x(inside), shapely.get_y(inside))
    return Areas(
        names=tuple(area.name for area in found),
        parents=tuple((area.admin1 or "") if kind == "districts" else "" for area in found),
        x=x,
        y=y,
        people=np.array([people_of(area.attributes) for area in found]),
        words="; ".join(layer.words for layer in layers_of(store, kind)),
        number=_column(whole, kind, sharp, stacked),
    )


def _named(store: Store, kind: str, whole: Shown) -> Areas:
    column, parts = division_column(store, *_NAMED[kind])
    number = np.array([at if names[-1] else COARSE for at, names in enumerate(parts)], np.int64)
    sharp, stacked = (number[column.of(part.fid)] for part in (whole.sharp, whole.stacked))
    of = _column(whole, kind, sharp, stacked)
    every = np.concatenate([whole.sharp.fid, whole.stacked.fid])
    at = of.of(every)
    x, y = (
        _mean(np.concatenate([getattr(part, axis) for part in (whole.sharp, whole.stacked)]), at,
              len(parts))
        for axis in ("x", "y")
    )  # fmt: skip
    return Areas(
        names=tuple(names[-1] for names in parts),
        parents=tuple(", ".join(name for name in names[-2::-1] if name) for names in parts),
        x=x,
        y=y,
        people=np.full(len(parts), np.nan),
        words="",
        number=of,
    )


def _mean(values: Floats, at: Ints, areas: int) -> Floats:
    inside = at >= 0
    count = np.bincount(at[inside], minlength=areas)
    total = np.bincount(at[inside], values[inside], minlength=areas)
    found: Floats = total / np.maximum(count, 1)
    return found


def _column(whole: Shown, kind: str, sharp: Ints, stacked: Ints) -> Column:
    if kind == "districts":
        # The point of a province is in some district only by chance.
        stacked = np.where(whole.stacked.precision == _PROVINCE, COARSE, stacked)
    fid = np.concatenate([whole.sharp.fid, whole.stacked.fid])
    order = np.argsort(fid)
    return Column(fid[order], np.concatenate([sharp, stacked])[order])


def _numbers(store: Store, where: Filter, kind: str) -> tuple[Ints, Ints]:
    """Numbers of the incidents that a filter has on the map, and of their areas."""
    what = shown(store, where)
    fids = np.concatenate([what.sharp.fid, what.stacked.fid])
    return fids, areas_of(store, kind).number.of(fids)


@remembered(16)
def sums_of(store: Store, where: Filter, kind: str) -> Sums:
    """Add up a filter by area; all of it is what the filter has on the map."""
    fids, at = _numbers(store, where, kind)
    areas = len(areas_of(store, kind))
    inside = at >= 0
    toll = killed_column(store).of(fids)[inside]
    at_inside = at[inside]
    return Sums(
        n=np.bincount(at_inside, minlength=areas),
        killed=np.bincount(at_inside, np.maximum(toll, 0), minlength=areas).astype(np.int64),
        untold=np.bincount(at_inside, toll < 0, minlength=areas).astype(np.int64),
        outside=int((at == OUTSIDE).sum()),
        coarse=int((at == COARSE).sum()),
    )


def areas_json(store: Store, where: Filter, kind: str) -> bytes:
    """Numbers of the areas in which a filter has incidents, as columns; the others have none.

    ``at`` are positions in the list of areas; ``classes`` gives the limits for each measure. The
    sum of ``n`` with ``outside`` and ``coarse`` is what the filter has on the map, with
    ``unplaced`` all that matches.
    """
    areas, sums = areas_of(store, kind), sums_of(store, where, kind)
    at = np.flatnonzero(sums.n)
    rate = sums.n[at] / areas.people[at] * PER_PEOPLE
    measures = {"incidents": sums.n[at], "killed": sums.killed[at], "rate": rate}
    mapped = len(shown(store, where))
    answer: dict[str, Any] = {
        "kind": kind,
        "count": len(areas),
        "words": areas.words,
        "people": bool(np.isfinite(areas.people).any()),
        "at": at.tolist(),
        "name": [areas.names[one] for one in at.tolist()],
        "parent": [areas.parents[one] for one in at.tolist()],
        "x": areas.x[at].round(7).tolist(),
        "y": areas.y[at].round(7).tolist(),
        "incidents": sums.n[at].tolist(),
        "killed": sums.killed[at].tolist(),
        "rate": [value if np.isfinite(value) else None for value in rate.tolist()],
        "classes": {name: equal_count(values) for name, values in measures.items()},
        "outside": sums.outside,
        "coarse": sums.coarse,
        "unplaced": max(0, answers(store).count(where) - mapped),
    }
    return orjson.dumps(answer)


def members_of_area(store: Store, where: Filter, kind: str, number: int) -> Ints:
    """Numbers of a filter's incidents in one area, shape (n,).

    Raises
    ------
    InputError
        There is no such area.
    """
    if not 0 <= number < len(areas_of(store, kind)):
        raise InputError(f"there is no area {number} among the {kind}; load the map again")
    fids, at = _numbers(store, where, kind)
    members: Ints = fids[at == number]
    return members

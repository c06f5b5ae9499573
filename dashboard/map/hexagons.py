"""Incidents in H3 hexagons of a size that suits the zoom level: how many, how many killed.

Only incidents with a place of their own are in them; those known to a district or a province alone
are told beside, never spread. A point's hexagon is found once per project and resolution, so that
a filter only adds up.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import orjson

from dashboard.map.cells import Box, shown
from dashboard.map.classes import equal_factor
from dashboard.map.outline import packed
from dashboard.map.rows import killed_column
from dashboard.remember import remembered
from geodata.errors import InputError
from geodata.filters import Filter
from geodata.incident import Status
from geodata.map_index import MAX_LATITUDE, degrees, mercator

if TYPE_CHECKING:
    from geodata.store import Store

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

EVERYTHING = Filter(status=tuple(Status))
"""Every incident, rejected and merged ones too."""

EDGE_PIXELS = 16
"""Wanted length of a hexagon's side on the screen, at 30 degrees of latitude."""

EDGE_KM = 1281.256
"""Mean length of a side at resolution 0 (H3); each resolution divides it by the root of 7."""

_EQUATOR_KM = 40075.017
_FINEST = 10


def resolution_of(zoom: int) -> int:
    """H3 resolution whose hexagons are nearest to `EDGE_PIXELS` at a zoom level."""
    km = EDGE_PIXELS * _EQUATOR_KM * math.cos(math.radians(30)) / (256 * 2**zoom)
    return min(_FINEST, max(0, round(math.log(EDGE_KM / km) / math.log(math.sqrt(7)))))


@dataclass(frozen=True, slots=True)
class Hexagons:
    """Hexagons of a filter, arrays with one item each, sorted by `cell`, the H3 index.

    `x`, `y` are the mean place of the incidents in the unit square; `killed` adds up the known
    tolls, `untold` counts the incidents without one. The numbers of the incidents are
    ``fid[start[i]:start[i + 1]]``.
    """

    cell: Ints
    n: Ints
    killed: Ints
    untold: Ints
    x: Floats
    y: Floats
    start: Ints
    fid: Ints

    def __len__(self) -> int:
        return len(self.cell)

    def at(self, cell: int) -> int:
        """Position of a hexagon; -1 where it has no incident."""
        at = int(np.searchsorted(self.cell, cell))
        return at if at < len(self) and self.cell[at] == cell else -1


@remembered(4)
def _places(store: Store, resolution: int) -> tuple[Ints, Ints]:
    """Places of the project as sorted numbers, and the hexagon of each."""
    import h3.api.basic_int as h3

    points = shown(store, EVERYTHING).sharp
    keys, first = np.unique(_place(points.x, points.y), return_index=True)
    longitude, latitude = degrees(points.x[first], points.y[first])
    found = (
        h3.latlng_to_cell(lat, lon, resolution)
        for lat, lon in zip(latitude.tolist(), longitude.tolist(), strict=True)
    )
    return keys, np.fromiter(found, dtype=np.int64, count=len(keys))


def _place(x: Floats, y: Floats) -> Ints:
    """One number for a place of the unit square, exact to a centimetre or two."""
    side = 2**31 - 1
    found: Ints = (np.rint(x * side).astype(np.int64) << 31) | np.rint(y * side).astype(np.int64)
    return found


@remembered(16)
def hexagons_of(store: Store, where: Filter, resolution: int) -> Hexagons:
    """Hexagons of a resolution in which a filter has incidents."""
    points = shown(store, where).sharp
    keys, cells = _places(store, resolution)
    if not len(points):
        none, nowhere = np.zeros(0, dtype=np.int64), np.zeros(0)
        return Hexagons(none, none, none, none, nowhere, nowhere, np.zeros(1, np.int64), none)
    cell = cells[np.minimum(np.searchsorted(keys, _place(points.x, points.y)), len(keys) - 1)]
    order = np.argsort(cell, kind="stable")
    fid = points.fid[order]
    starts = np.flatnonzero(np.r_[True, np.diff(cell[order]) != 0])
    toll = killed_column(store).of(fid)
    start = np.append(starts, len(fid))
    n = np.diff(start)
    return Hexagons(
        cell=cell[order][starts],
        n=n,
        killed=np.add.reduceat(np.maximum(toll, 0), starts),
        untold=np.add.reduceat((toll < 0).astype(np.int64), starts),
        x=np.add.reduceat(points.x[order], starts) / n,
        y=np.add.reduceat(points.y[order], starts) / n,
        start=start,
        fid=fid,
    )


def hexagons_json(store: Store, where: Filter, zoom: int, view: Box) -> bytes:
    """Hexagons in a view (west, south, east, north in degrees), as columns.

    ``classes`` are those of all hexagons of the filter, so that a colour means the same wherever
    the map is moved; ``inside`` and ``stacked`` add up to what the filter has on the map.
    """
    resolution = resolution_of(zoom)
    found = hexagons_of(store, where, resolution)
    at = np.flatnonzero(near_view(found.x, found.y, view, resolution))
    answer: dict[str, Any] = {
        "zoom": zoom,
        "resolution": resolution,
        "count": len(found),
        "inside": int(found.n.sum()),
        "stacked": len(shown(store, where).stacked),
        "classes": equal_factor(found.n),
        "id": [f"{cell:x}" for cell in found.cell[at].tolist()],
        "n": found.n[at].tolist(),
        "killed": found.killed[at].tolist(),
        "shape": [shape_of(cell) for cell in found.cell[at].tolist()],
    }
    return orjson.dumps(answer)


def near_view(x: Floats, y: Floats, view: Box, resolution: int) -> npt.NDArray[np.bool_]:
    """Which places lie in a view or less than a hexagon's width outside it, over the date line."""
    west, south, east, north = view
    # In the square, lengths grow towards the poles as the parallels shrink.
    widest = min(80.0, max(abs(south), abs(north)))
    edge = EDGE_KM / math.sqrt(7) ** resolution / _EQUATOR_KM
    pad = 2 * edge / math.cos(math.radians(widest))
    _, (top, bottom) = mercator(np.zeros(2), np.array([north, south]))
    tall: npt.NDArray[np.bool_] = (y >= top - pad) & (y <= bottom + pad)
    wide = (east - west) / 360 + 2 * pad
    if wide >= 1:
        return tall
    found: npt.NDArray[np.bool_] = tall & ((x - (west / 360 + 0.5) + pad) % 1.0 <= wide)
    return found


def shape_of(cell: int) -> list[int]:
    """Outline of a hexagon (`outline.packed`); one across the date line goes on beyond it."""
    import h3.api.basic_int as h3

    corners = np.array(h3.cell_to_boundary(cell))
    latitude, longitude = np.clip(corners[:, 0], -MAX_LATITUDE, MAX_LATITUDE), corners[:, 1]
    longitude = longitude - 360 * np.rint((longitude - longitude[0]) / 360)
    _, y = mercator(np.zeros(len(latitude)), latitude)
    return packed(longitude / 360 + 0.5, y)


def read_cell(text: str, zoom: int) -> int:
    """Read the H3 index of a hexagon as it is drawn at a zoom level.

    Raises
    ------
    InputError
        It is none.
    """
    import h3.api.basic_int as h3

    try:
        cell = int(text, 16) if len(text) == 15 else 0
    except ValueError:
        cell = 0
    if not h3.is_valid_cell(cell) or h3.get_resolution(cell) != resolution_of(zoom):
        raise InputError(f"{text[:40]!r} is no hexagon of zoom level {zoom}")
    return cell


def members_of(store: Store, where: Filter, zoom: int, cell: int) -> Ints:
    """Numbers of the incidents of a filter in one hexagon, shape (n,)."""
    found = hexagons_of(store, where, resolution_of(zoom))
    at = found.at(cell)
    return found.fid[found.start[at] : found.start[at + 1]] if at >= 0 else found.fid[:0]

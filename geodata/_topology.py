"""Read a topology into arrays and shapely geometries.

A topology keeps each stretch of border once (an arc), so that neighbours cannot drift apart and a
border can be drawn once, as what it is. The format is TopoJSON's
(https://github.com/topojson/topojson-specification), with the arcs flattened: `lengths` holds the
number of points of each arc, `steps` the x and y steps of all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

Floats = npt.NDArray[np.float64]
Json = Any


@dataclass(frozen=True, slots=True)
class Arcs:
    """All arcs of a topology: `points` is (n, 2), x = longitude, y = latitude in degrees.

    Arc `i` is ``points[starts[i]:starts[i + 1]]``.
    """

    points: Floats
    starts: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def line(self, arc: int) -> Floats:
        """Points of one arc, (n, 2); ``~arc`` gives it backwards."""
        if arc >= 0:
            return self.points[self.starts[arc] : self.starts[arc + 1]]
        return self.points[self.starts[~arc] : self.starts[~arc + 1]][::-1]

    def ring(self, arcs: Sequence[int]) -> Floats:
        """Closed ring of consecutive arcs, (n, 2)."""
        first = self.line(arcs[0])
        return np.concatenate([first, *(self.line(arc)[1:] for arc in arcs[1:])])


def read_arcs(topology: Json) -> Arcs:
    """Decode the delta-coded, quantised arcs of a topology."""
    lengths = np.array(topology["lengths"], dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(lengths)])
    flat = np.array(topology["steps"], dtype=np.int64).reshape(-1, 2)
    total = np.cumsum(flat, axis=0)
    # Each arc starts its own sum: take off what had been summed before it.
    before = np.concatenate([[[0, 0]], total])[starts[:-1]]
    steps = total - np.repeat(before, lengths, axis=0)
    transform = topology["transform"]
    points = steps * np.array(transform["scale"]) + np.array(transform["translate"])
    return Arcs(points, starts)


def polygons(arcs: Arcs, geometries: Iterable[Json]) -> list[BaseGeometry]:
    """Polygons and multipolygons of a geometry collection, in its order."""
    import shapely

    rings: list[Floats] = []
    ring_of: list[int] = []
    polygon_of: list[int] = []
    count = 0
    for count, geometry in enumerate(geometries, start=1):
        parts = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        for part in parts:
            rings += [arcs.ring(ring) for ring in part]
            ring_of += [len(polygon_of)] * len(part)
            polygon_of.append(count - 1)
    owner = np.repeat(np.arange(len(rings)), [len(ring) for ring in rings])
    made = _many(shapely.linearrings(np.concatenate(rings), indices=owner))
    flat = _many(shapely.polygons(made, indices=np.array(ring_of)))
    out = _many(shapely.multipolygons(flat, indices=np.array(polygon_of)))
    single = np.bincount(polygon_of, minlength=count) == 1
    out[single] = shapely.get_geometry(out[single], 0)
    return list(out)


def _many(made: object) -> npt.NDArray[np.object_]:
    # shapely's constructors give one geometry for one, an array for several.
    assert isinstance(made, np.ndarray)  # noqa: S101 - with `indices` it is always an array
    return made

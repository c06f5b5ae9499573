"""Administrative areas from boundary files: what a layer holds, and which area a point lies in.

Pure: layers come from a store (`Store.boundary_shapes`) or a file, points from anywhere.
Coordinates are WGS 84 degrees, x = longitude and y = latitude.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from geodata.boundaries import KM_PER_DEGREE

if TYPE_CHECKING:
    from numpy.typing import ArrayLike
    from shapely import STRtree
    from shapely.geometry.base import BaseGeometry

    from geodata.incident import Json

COAST_KM = 5.0
"""A point outside every area takes the nearest one this close: coasts are drawn coarsely."""

LEVELS = (1, 2, 3)
"""First-order divisions (provinces), second-order (districts), third-order (tehsils)."""

_CORNERS = 24  # of the circle around a point that is known only to a radius


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundaryLayer:
    """What a layer of boundaries is and where it comes from.

    `name` is the short name that commands take; `country` the ISO 3166-1 alpha-2 codes of its
    areas, parted by commas; `vintage` the year or day that the boundaries are of; `columns` which
    column of the file became which of ours. Empty text says that the file does not tell.
    """

    name: str
    level: int
    country: str = ""
    title: str = ""
    source: str = ""
    licence: str = ""
    vintage: str = ""
    file: str = ""
    sha256: str = ""
    areas: int = 0
    columns: Mapping[str, str] = field(default_factory=dict)
    added: datetime | None = None

    @property
    def words(self) -> str:
        """The layer as a source to cite: "Pakistan districts, 2022"."""
        named = self.title or self.name
        return f"{named}, {self.vintage}" if self.vintage else named


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminArea:
    """One area: a multipolygon in degrees with its names.

    `admin1` and `admin2` are the names of the first- and second-order division that the area is
    or lies in, None where the file does not tell. `attributes` are the file's own columns.
    """

    name: str
    level: int
    shape: BaseGeometry
    variants: tuple[str, ...] = ()
    admin1: str | None = None
    admin2: str | None = None
    country: str = ""
    code: str = ""
    area_km2: float = 0.0
    attributes: Mapping[str, Json] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The name and its variants."""
        return (self.name, *self.variants)


class AreaIndex:
    """The areas of one layer, ready to be asked about many points."""

    def __init__(self, areas: Iterable[AdminArea]) -> None:
        import shapely

        self.areas: tuple[AdminArea, ...] = tuple(areas)
        self._shapes = np.array([area.shape for area in self.areas], dtype=object)
        self._tree: STRtree = shapely.STRtree(self._shapes)

    def assign(
        self, xs: ArrayLike, ys: ArrayLike, *, within_km: float = COAST_KM
    ) -> npt.NDArray[np.int64]:
        """Number of the area that each point lies in; -1 where there is none.

        Parameters
        ----------
        xs, ys
            Longitudes and latitudes in degrees, of the same length; NaN gives -1.
        within_km
            A point outside every area takes the nearest one that is no farther than this.

        Returns
        -------
        Shape (points,): index into `areas`. A point on a border goes to the first of its areas.
        """
        import shapely

        x, y = np.asarray(xs, dtype=np.float64), np.asarray(ys, dtype=np.float64)
        found = np.full(len(x), -1, dtype=np.int64)
        if not len(self.areas):
            return found
        known = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
        points = shapely.points(x[known], y[known])
        # Boxes first, then each polygon once against all of its points: a prepared polygon
        # answers for a point in logarithmic time, a prepared point does not.
        at, area = self._tree.query(points)
        order = np.argsort(area, kind="stable")[::-1]
        at, area = known[at[order]], area[order]
        starts = np.flatnonzero(np.r_[True, area[1:] != area[:-1]][: len(area)])
        for start, end in pairwise([*starts.tolist(), len(area)]):
            group, number = at[start:end], area[start]
            shape = self._shapes[number]
            shapely.prepare(shape)
            inside = group[shapely.intersects_xy(shape, x[group], y[group])]
            found[inside] = number
            shapely.destroy_prepared(shape)
        missed = known[found[known] < 0]
        found[missed] = self._nearest(x[missed], y[missed], within_km)
        return found

    def _nearest(
        self, x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], within_km: float
    ) -> npt.NDArray[np.int64]:
        found = np.full(len(x), -1, dtype=np.int64)
        if within_km <= 0 or not len(x):
            return found
        circles = circles_around(x, y, np.full(len(x), within_km))
        at, area = self._tree.query(circles, predicate="intersects")
        if not len(at):
            return found
        away = self.distance_km(x[at], y[at], area)
        # The last write to a point wins: nearest last, and of equals the first area.
        order = np.lexsort((area, away))[::-1]
        found[at[order]] = area[order]
        return found

    def distance_km(
        self, xs: ArrayLike, ys: ArrayLike, areas: Sequence[int] | npt.NDArray[np.int64]
    ) -> npt.NDArray[np.float64]:
        """Kilometres from each point to the area of the same row; 0 inside."""
        import shapely

        x, y = np.asarray(xs, dtype=np.float64), np.asarray(ys, dtype=np.float64)
        number = np.asarray(areas, dtype=np.int64)
        km = np.zeros(len(x))
        # A degree of longitude is shorter than one of latitude: each band of one degree is
        # measured on a plane of its own, where both are alike.
        groups = np.stack((number, np.round(y).astype(np.int64)), axis=1)
        kinds, member = np.unique(groups, axis=0, return_inverse=True)
        for kind, (area, band) in enumerate(kinds.tolist()):
            rows = np.flatnonzero(member.ravel() == kind)
            narrow = max(float(np.cos(np.radians(band))), 0.01)
            plane = _narrowed(self._shapes[area], narrow)
            # A point just across the 180th meridian is near, not a world away.
            km[rows] = KM_PER_DEGREE * np.min(
                [
                    shapely.distance(plane, shapely.points((x[rows] + turn) * narrow, y[rows]))
                    for turn in (0.0, -360.0, 360.0)
                ],
                axis=0,
            )
        return km

    def reached(
        self, xs: ArrayLike, ys: ArrayLike, radius_km: ArrayLike
    ) -> list[npt.NDArray[np.int64]]:
        """Numbers of all areas within a radius of each point."""
        x, y = np.asarray(xs, dtype=np.float64), np.asarray(ys, dtype=np.float64)
        circles = circles_around(x, y, np.broadcast_to(np.asarray(radius_km, float), x.shape))
        at, area = self._tree.query(circles, predicate="intersects")
        order = np.argsort(at, kind="stable")
        bounds = np.searchsorted(at[order], np.arange(len(x) + 1))
        return [area[order][a:b] for a, b in pairwise(bounds.tolist())]


def _narrowed(shape: BaseGeometry, factor: float) -> BaseGeometry:
    import shapely

    return shapely.transform(shape, lambda xy: xy * (factor, 1.0))


def circles_around(
    x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], radius_km: npt.NDArray[np.float64]
) -> npt.NDArray[np.object_]:
    """Polygons in degrees that hold everything within `radius_km` of each point."""
    import shapely

    turn = np.linspace(0.0, 2 * np.pi, _CORNERS, endpoint=False)
    outer = radius_km / KM_PER_DEGREE / np.cos(np.pi / _CORNERS)  # the sides touch the circle
    across = outer / np.maximum(np.cos(np.radians(y)), 0.01)
    ring = np.stack(
        (x[:, None] + across[:, None] * np.cos(turn), y[:, None] + outer[:, None] * np.sin(turn)),
        axis=-1,
    )
    return np.asarray(shapely.polygons(ring), dtype=object)

"""Which part of the Earth a snapshot shows, and in which projection.

Up to about a continent: Lambert azimuthal equal-area around the data, true in area everywhere and
nearly true in shape and distance. Beyond: Equal Earth (Šavrič, Patterson and Jenny 2018).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from pyproj import Proj

Floats = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]

LEAST_WIDTH_M = 250_000.0
"""One incident is shown in the width of a province, not of a street."""

PADDING = 0.09
"""Share of the extent left free on each side."""

_WORLD_SPREAD = 50.0  # degrees from the centre beyond which the whole-Earth projection is used
_WHOLE_EARTH = np.array([[-170.0, 0.0], [180.0, 0.0], [0.0, -56.0], [0.0, 80.0]])
"""Corners of its inhabited part."""


@dataclass(frozen=True, slots=True)
class View:
    """A rectangle of a map projection: metres on the map, x east and y north."""

    proj: Proj
    west: float
    south: float
    east: float
    north: float
    world: bool

    @property
    def width(self) -> float:
        """Width in metres on the map."""
        return self.east - self.west

    @property
    def height(self) -> float:
        """Height in metres on the map."""
        return self.north - self.south

    def project(self, points: Floats) -> Floats:
        """Degrees (n, 2), x = longitude, to metres on the map (n, 2)."""
        x, y = self.proj(points[:, 0], points[:, 1])
        return np.column_stack([x, y])

    def degrees(self, points: Floats) -> Floats:
        """Metres on the map (n, 2) to degrees (n, 2), x = longitude."""
        x, y = self.proj(points[:, 0], points[:, 1], inverse=True)
        return np.column_stack([x, y])

    def metres_across(self) -> float:
        """Distance on the ground per metre on the map, along the middle parallel."""
        middle = np.array([[(self.west + self.east) / 2, (self.south + self.north) / 2]])
        step = self.width / 100
        (x0, y0), (x1, y1) = self.degrees(middle + np.array([[-step, 0.0], [step, 0.0]]))
        return _ground_metres(x0, y0, x1, y1) / (2 * step)

    def windows(self) -> list[Box]:
        """Boxes in degrees that cover the view: one, or two where it crosses 180 degrees."""
        if self.world:
            return [(-180.0, -90.0, 180.0, 90.0)]
        grid = self.degrees(self._grid())
        centre = self.degrees(np.array([[0.0, 0.0]]))[0, 0]
        offset = (grid[:, 0] - centre + 180) % 360 - 180
        south, north = grid[:, 1].min() - 1, grid[:, 1].max() + 1
        west, east = centre + offset.min() - 1, centre + offset.max() + 1
        for pole in (-90.0, 90.0):
            if self._shows(0.0, pole):
                west, east = -180.0, 180.0
                south, north = min(south, pole), max(north, pole)
        south, north = max(south, -90.0), min(north, 90.0)
        if east - west >= 360:
            return [(-180.0, south, 180.0, north)]
        if west < -180:
            return [(west + 360, south, 180.0, north), (-180.0, south, east, north)]
        if east > 180:
            return [(west, south, 180.0, north), (-180.0, south, east - 360, north)]
        return [(west, south, east, north)]

    def _grid(self) -> Floats:
        x, y = np.meshgrid(
            np.linspace(self.west, self.east, 25), np.linspace(self.south, self.north, 25)
        )
        return np.column_stack([x.ravel(), y.ravel()])

    def _shows(self, longitude: float, latitude: float) -> bool:
        x, y = self.project(np.array([[longitude, latitude]]))[0]
        return bool(self.west <= x <= self.east and self.south <= y <= self.north)


def choose_view(points: Floats, aspect: float, *, least: float = LEAST_WIDTH_M) -> View:
    """View around points in degrees (n, 2), x = longitude; the whole Earth for none.

    Parameters
    ----------
    points
        What must be inside; NaN rows are left out.
    aspect
        Width over height of the picture.
    least
        Least width in metres.
    """
    from pyproj import Proj

    kept = _kept(points)
    lon, lat, spread = _centre(kept)
    if spread > _WORLD_SPREAD:
        return _whole_earth(Proj("+proj=eqearth +lon_0=0 +datum=WGS84"), kept, aspect)
    view = _fitted(_around(lon, lat), kept, aspect, least)
    # Once more around the middle of what is shown, where the projection is true.
    middle = np.array([[(view.west + view.east) / 2, (view.south + view.north) / 2]])
    lon, lat = view.degrees(middle)[0]
    return _fitted(_around(lon, lat), kept, aspect, least)


def needs_world(points: Floats) -> bool:
    """Whether points in degrees (n, 2) lie too far apart for a regional projection."""
    return _centre(_kept(points))[2] > _WORLD_SPREAD


def _kept(points: Floats) -> Floats:
    kept = points[np.isfinite(points).all(axis=1)]
    return kept if len(kept) else _WHOLE_EARTH


def _around(longitude: float, latitude: float) -> Proj:
    from pyproj import Proj

    return Proj(f"+proj=laea +lat_0={latitude:.6f} +lon_0={longitude:.6f} +datum=WGS84")


def _centre(points: Floats) -> tuple[float, float, float]:
    lon, lat = np.radians(points[:, 0]), np.radians(points[:, 1])
    vectors = np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    mean = vectors.mean(axis=0)
    length = float(np.linalg.norm(mean))
    if length < 1e-6:
        return 0.0, 0.0, 180.0
    mean /= length
    spread = math.degrees(math.acos(float(np.clip((vectors @ mean).min(), -1, 1))))
    longitude = math.degrees(math.atan2(mean[1], mean[0]))
    return longitude, math.degrees(math.asin(float(np.clip(mean[2], -1, 1)))), spread


def _fitted(proj: Proj, points: Floats, aspect: float, least: float) -> View:
    x, y = proj(points[:, 0], points[:, 1])
    width = max((x.max() - x.min()) * (1 + 2 * PADDING), least)
    height = max((y.max() - y.min()) * (1 + 2 * PADDING), least / aspect)
    width, height = max(width, height * aspect), max(height, width / aspect)
    return _centred(proj, (x.min() + x.max()) / 2, (y.min() + y.max()) / 2, width, height)


def _whole_earth(proj: Proj, points: Floats, aspect: float) -> View:
    # The inhabited Earth, and whatever else the points need.
    x, y = proj(*np.vstack([points, _WHOLE_EARTH]).T)
    # A hair's breadth more, so that rounding leaves no point of the edge outside.
    width, height = (x.max() - x.min()) * 1.001, (y.max() - y.min()) * 1.001
    width, height = max(width, height * aspect), max(height, width / aspect)
    middle = (x.min() + x.max()) / 2, (y.min() + y.max()) / 2
    return _centred(proj, *middle, width, height, world=True)


def _centred(
    proj: Proj, x: float, y: float, width: float, height: float, *, world: bool = False
) -> View:
    return View(proj, x - width / 2, y - height / 2, x + width / 2, y + height / 2, world)


def _ground_metres(x0: float, y0: float, x1: float, y1: float) -> float:
    from geodata.boundaries import distance_km

    return float(distance_km(x0, y0, x1, y1)) * 1000


def scale_bar(view: View, *, share: float = 0.22) -> tuple[float, str]:
    """Length in metres on the map, and words, of the longest round distance within a share."""
    per_metre = view.metres_across()
    reach = view.width * share * per_metre
    power = 10 ** math.floor(math.log10(reach))
    metres = max(factor * power for factor in (1, 2, 5) if factor * power <= reach)
    words = f"{metres / 1000:,.0f} km" if metres >= 1000 else f"{metres:,.0f} m"
    return metres / per_metre, words


def north_at(view: View, x: float, y: float) -> float:
    """Direction of north at a place on the map, in degrees clockwise from up."""
    lon, lat = view.degrees(np.array([[x, y]]))[0]
    if not (math.isfinite(lon) and math.isfinite(lat)) or abs(lat) > 89:
        return 0.0
    (x0, y0), (x1, y1) = view.project(np.array([[lon, lat - 0.05], [lon, lat + 0.05]]))
    return math.degrees(math.atan2(x1 - x0, y1 - y0))

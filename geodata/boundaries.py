"""Countries and provinces of the world: outlines, and which one a point lies in.

Source: Natural Earth 1:10m admin-1 states and provinces (public domain), simplified. The outlines
show who holds the ground; country codes follow ISO 3166-1. What the source lacks: `docs/maps.md`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from geodata._base_map import base_labels, base_tile
from geodata._fold import fold
from geodata._outlines import Area, Areas, areas
from geodata._town_labels import town_tile

if TYPE_CHECKING:
    from numpy.typing import ArrayLike
    from shapely.geometry.base import BaseGeometry

__all__ = [
    "BORDER_KM",
    "KM_PER_DEGREE",
    "NEAR_KM",
    "ProvinceHit",
    "base_labels",
    "base_tile",
    "countries",
    "distance_km",
    "extent_of",
    "province_at",
    "province_matches",
    "province_shape",
    "provinces",
    "provinces_at",
    "town_tile",
]

NEAR_KM = 10.0
"""A point this close to a province counts as its coast: outlines are simplified."""

BORDER_KM = 25.0
"""A point this close to a named province is not reported as lying in another one."""

KM_PER_DEGREE = 111.195
"""Of latitude, on a sphere of 6,371 km."""

_KIND_WORDS = re.compile(
    r"\b(?:province|provincia|state|region|governorate|muhafaz[ae]t|department|departamento"
    r"|departement|district|division|oblast|county|prefecture|wilayat|gobolka|territory"
    r"|de|du|del|of|the|la|al|e|d|l)\b"
)
_NOT_NAME = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvinceHit:
    """The province a point lies in, or the nearest one within reach.

    `distance_km` is 0 inside, and says how far off the coast the point lies otherwise. `code` is
    the ISO 3166-2 code where there is one; `country` the ISO 3166-1 alpha-2 code.
    """

    name: str
    code: str
    country: str
    country_name: str
    distance_km: float


def provinces() -> Areas:
    """First-order divisions of the world; read once, shared by all callers."""
    return areas("provinces")


def countries() -> Areas:
    """Countries of the world, over the same lines as the provinces."""
    return areas("countries")


def province_at(
    longitude: float, latitude: float, *, within_km: float = NEAR_KM
) -> ProvinceHit | None:
    """Province of a point in WGS 84 degrees; None at sea.

    Parameters
    ----------
    longitude, latitude
        The point, x first.
    within_km
        A point outside every province takes the nearest one that is no farther than this.
    """
    return provinces_at([longitude], [latitude], within_km=within_km)[0]


def provinces_at(
    xs: ArrayLike, ys: ArrayLike, *, within_km: float = NEAR_KM
) -> list[ProvinceHit | None]:
    """`province_at` for many points: `xs` longitudes and `ys` latitudes, of the same length."""
    import shapely

    layer = provinces()
    x, y = np.asarray(xs, dtype=np.float64), np.asarray(ys, dtype=np.float64)
    found: list[ProvinceHit | None] = [None] * len(x)
    points = shapely.points(x, y)
    inside, area = layer.tree.query(points, predicate="intersects")
    # A point on a border lies in both: the first province of the file takes it.
    order = np.lexsort((area, inside))[::-1]
    for point, index in zip(inside[order].tolist(), area[order].tolist(), strict=True):
        found[point] = _hit(layer.about[index], 0.0)
    missed = np.setdiff1d(np.flatnonzero(np.isfinite(x) & np.isfinite(y)), inside)
    for point in missed.tolist():
        found[point] = _nearest(layer, float(x[point]), float(y[point]), within_km)
    return found


def province_shape(longitude: float, latitude: float) -> BaseGeometry | None:
    """Outline, in degrees, of the province a point lies in; None at sea."""
    import shapely

    found = provinces().tree.query(shapely.Point(longitude, latitude), predicate="intersects")
    return provinces().shapes[found.min()] if len(found) else None


def province_matches(name: str, longitude: float, latitude: float) -> bool | None:
    """Whether a point can lie in a province of this name, in any spelling known to the outlines.

    True when it lies in, or within `BORDER_KM` of, a province that bears the name, bore it, or
    has had the named division split off since; False when all of them are elsewhere; None when
    the outlines know no such name, so that nothing can be said.
    """
    import shapely

    layer = provinces()
    namesakes = _by_name().get(_key(name))
    if not namesakes:
        return None
    if not (np.isfinite(longitude) and np.isfinite(latitude)):
        return None
    nearest = shapely.shortest_line(shapely.Point(longitude, latitude), layer.shapes[namesakes])
    return any(_length_km(line) <= BORDER_KM for line in nearest)


def extent_of(
    country: Sequence[str] = (), province: Sequence[str] = ()
) -> tuple[float, float, float, float] | None:
    """Box (west, south, east, north; degrees) of named provinces, or else of named countries.

    Countries go by name or ISO code; each counts with its largest part, so that an island far
    away does not stretch the box. None when no name is known.
    """
    import shapely

    rows = [row for name in province for row in _by_name().get(_key(name), ())]
    named = {fold(name) for name in country}
    within = [row for row in rows if _country_keys(provinces().about[row]) & named]
    shapes = list(provinces().shapes[within or rows])
    if not shapes:
        known = countries()
        shapes = [
            max(shapely.get_parts(shape).tolist(), key=shapely.area)
            for area, shape in zip(known.about, known.shapes, strict=True)
            if _country_keys(area) & named
        ]
    if not shapes:
        return None
    west, south, east, north = shapely.total_bounds(shapes).tolist()
    return west, south, east, north


def _country_keys(area: Area) -> set[str]:
    return {fold(area.country_name), fold(area.country)}


@lru_cache(maxsize=1)
def _by_name() -> dict[str, list[int]]:
    index: dict[str, list[int]] = {}
    for number, area in enumerate(provinces().about):
        for key in dict.fromkeys(_key(name) for name in area.names):
            if key:
                index.setdefault(key, []).append(number)
    return index


def _key(name: str) -> str:
    plain = _NOT_NAME.sub(" ", fold(name).replace("'", "").replace(".", ""))
    return "".join(_KIND_WORDS.sub(" ", plain).split())


def _hit(area: Area, distance_km: float) -> ProvinceHit:
    return ProvinceHit(
        name=area.name,
        code=area.code,
        country=area.country,
        country_name=area.country_name,
        distance_km=distance_km,
    )


def _nearest(layer: Areas, x: float, y: float, within_km: float) -> ProvinceHit | None:
    import shapely

    # The search radius is in degrees, which are shortest along a parallel.
    reach = within_km / (KM_PER_DEGREE * max(float(np.cos(np.radians(y))), 0.01))
    point = shapely.Point(x, y)
    near = layer.tree.query(point, predicate="dwithin", distance=reach)
    if not len(near):
        return None
    lengths = [_length_km(line) for line in shapely.shortest_line(point, layer.shapes[near])]
    best = int(np.argmin(lengths))
    return _hit(layer.about[near[best]], lengths[best]) if lengths[best] <= within_km else None


def _length_km(line: Any) -> float:
    (x0, y0), (x1, y1) = line.coords[0], line.coords[-1]
    return float(distance_km(x0, y0, x1, y1))


def distance_km(
    x0: ArrayLike, y0: ArrayLike, x1: ArrayLike, y1: ArrayLike
) -> npt.NDArray[np.float64]:
    """Great-circle distance of points in degrees (x = longitude), on a sphere of 6,371 km."""
    lon0, lat0, lon1, lat1 = (np.radians(np.asarray(v, dtype=np.float64)) for v in (x0, y0, x1, y1))
    inner = np.sin((lat1 - lat0) / 2) ** 2
    inner = inner + np.cos(lat0) * np.cos(lat1) * np.sin((lon1 - lon0) / 2) ** 2
    return np.asarray(2 * 6371.0 * np.arcsin(np.sqrt(inner)))

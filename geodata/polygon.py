"""An area drawn by hand: a ring of corners in degrees, its text, and what lies in it.

A point on the edge is inside. Where edges cross, a point is inside when a line from it to the far
outside crosses the ring an odd number of times (even-odd rule). The ring may not reach over the
180th meridian.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from geodata.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Ring = tuple[tuple[float, float], ...]
"""Corners as (longitude, latitude) in degrees, the first not repeated at the end."""

MAX_CORNERS = 100
_CACHED = 100_000  # places; incidents share the towns of a gazetteer
_QUOTED = 80


def read_polygon(option: str, values: Sequence[str]) -> Ring:
    """Read ``lon,lat;lon,lat;…``; the ring may be closed or not.

    Raises
    ------
    InputError
        Naming the option: no such text, corners off the globe, fewer than three or more than
        `MAX_CORNERS`, or all on one line.
    """
    text = values[-1].strip().strip(";")
    quoted = repr(text[:_QUOTED])
    try:
        corners = [tuple(float(part) for part in corner.split(",")) for corner in text.split(";")]
    except ValueError as error:
        raise InputError(_how(option, quoted)) from error
    if any(len(corner) != 2 for corner in corners):
        raise InputError(_how(option, quoted))
    following = [*corners[1:], corners[0]]
    ring = tuple(
        (at[0], at[1]) for at, after in zip(corners, following, strict=True) if at != after
    )
    if not 3 <= len(ring) <= MAX_CORNERS:
        raise InputError(f"{option}: {quoted} has {len(ring)} corners; give 3 to {MAX_CORNERS}")
    if not all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in ring):
        raise InputError(f"{option}: {quoted} has a corner off the globe; longitude comes first")
    if _on_one_line(ring):
        raise InputError(f"{option}: {quoted} has no area; its corners lie on one line")
    return ring


def _how(option: str, quoted: str) -> str:
    return f"{option}: {quoted} is no area; write lon,lat;lon,lat;lon,lat in degrees"


def _on_one_line(ring: Ring) -> bool:
    (x, y), *rest = ring
    far = max(rest, key=lambda corner: math.hypot(corner[0] - x, corner[1] - y))
    return all((far[0] - x) * (b - y) == (far[1] - y) * (a - x) for a, b in rest)


def written(ring: Ring) -> str:
    """Give the text that `read_polygon` reads as the same ring."""
    return ";".join(f"{_degrees(lon)},{_degrees(lat)}" for lon, lat in ring)


def _degrees(value: float) -> str:
    return repr(float(value)).removesuffix(".0")


def bounds(ring: Ring) -> tuple[float, float, float, float]:
    """Give (west, south, east, north) of the corners, degrees."""
    longitudes, latitudes = zip(*ring, strict=True)
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


@functools.lru_cache(maxsize=64)
def _shape(ring: Ring) -> Any:
    import shapely

    shape = shapely.make_valid(shapely.Polygon(ring))
    shapely.prepare(shape)
    return shape


@functools.lru_cache(maxsize=64)
def _ring(text: str) -> Ring:
    return read_polygon("polygon", [text])


@functools.lru_cache(maxsize=_CACHED)
def contains(ring: Ring, longitude: float, latitude: float) -> bool:
    """Whether a point lies in the area or on its edge."""
    import shapely

    return bool(shapely.intersects_xy(_shape(ring), longitude, latitude))


def contains_written(text: str, longitude: float | None, latitude: float | None) -> bool:
    """As `contains`, for a ring as `written` gives it; what has no place is not inside."""
    if longitude is None or latitude is None:
        return False
    return contains(_ring(text), longitude, latitude)


def inside(
    ring: Ring, longitude: npt.NDArray[np.float64], latitude: npt.NDArray[np.float64]
) -> npt.NDArray[np.bool_]:
    """Which of many points lie in the area or on its edge, shape (n,); NaN does not."""
    import shapely

    west, south, east, north = bounds(ring)
    found: npt.NDArray[np.bool_] = (longitude >= west) & (longitude <= east)
    found &= (latitude >= south) & (latitude <= north)
    found[found] = shapely.intersects_xy(_shape(ring), longitude[found], latitude[found])
    return found

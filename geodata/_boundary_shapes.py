"""Shapes of boundary files made fit to keep: polygons of degrees, valid, inside the globe."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from shapely.geometry import MultiPolygon, Polygon
    from shapely.geometry.base import BaseGeometry

Floats = npt.NDArray[np.float64]
ToDegrees = Callable[[Floats], Floats]
"""Coordinates, shape (n, 2), of the file's reference system to longitude and latitude."""

EARTH_KM = 6371.0
_EDGE = 1e-6  # degrees that rounding may put a coordinate off the globe


@dataclass(frozen=True, slots=True)
class Mended:
    """A shape that may be kept, or the reason why not; `how` says what had to be done to it."""

    shape: MultiPolygon | None
    how: str = ""
    reason: str = ""


def mend(wkb: bytes | None, to_degrees: ToDegrees | None) -> Mended:
    """Read a shape, put it into degrees and make it a valid multipolygon.

    Parameters
    ----------
    wkb
        The shape as the file has it; None for a row without one.
    to_degrees
        None where the file is in WGS 84 degrees already.
    """
    import shapely

    if wkb is None:
        return Mended(None, reason="the row has no shape")
    try:
        return _mended(shapely.from_wkb(wkb, on_invalid="fix"), to_degrees)
    except shapely.errors.ShapelyError as error:
        return Mended(None, reason=f"the shape cannot be read: {error}")


def _mended(read: BaseGeometry, to_degrees: ToDegrees | None) -> Mended:
    import shapely

    shape = shapely.force_2d(read)
    if shapely.is_missing(shape) or shape.is_empty:
        return Mended(None, reason="the shape is empty or cannot be read")
    if not _polygons(shape):
        return Mended(None, reason=f"the shape is a {shape.geom_type}, not a polygon")
    if to_degrees is not None:
        shape = shapely.transform(shape, to_degrees)
    reason = _off_globe(shape)
    return Mended(None, reason=reason) if reason else _valid(shape)


def _valid(shape: BaseGeometry) -> Mended:
    import shapely

    how = []
    if shape.geom_type not in ("Polygon", "MultiPolygon"):
        how.append("other shapes beside the polygons left out")
    whole, wrapped = _without_wrap(_polygons(shape))
    if wrapped:
        how.append("cut at the 180th meridian")
    joined: BaseGeometry = shapely.MultiPolygon(whole)
    if not joined.is_valid:
        how.append(f"made valid ({shapely.is_valid_reason(joined)})")
        joined = shapely.make_valid(joined, method="structure", keep_collapsed=False)
    parts = _polygons(joined)
    if not parts:
        return Mended(None, reason="the polygon covers no area")
    return Mended(shapely.MultiPolygon(parts), "; ".join(how))


def _polygons(shape: BaseGeometry) -> list[Polygon]:
    """Polygons in a shape of any kind, collections inside collections too."""
    import shapely

    found: list[Polygon] = []
    waiting: list[Any] = [shape]
    while waiting:
        part = waiting.pop()
        if part.geom_type == "Polygon":
            if not part.is_empty:
                found.append(part)
        elif hasattr(part, "geoms"):
            waiting.extend(reversed(shapely.get_parts(part).tolist()))
    return found


def _off_globe(shape: BaseGeometry) -> str:
    import shapely

    west, south, east, north = shape.bounds
    if not np.isfinite(shapely.get_coordinates(shape)).all():
        return "the shape lies outside the area of its reference system"
    if south < -90 - _EDGE or north > 90 + _EDGE or west < -360 - _EDGE or east > 540 + _EDGE:
        return (
            f"the shape reaches to x {west:g} to {east:g}, y {south:g} to {north:g}:"
            " no longitude and latitude; is its reference system right?"
        )
    return ""


# ---------------------------------------------------------------- the 180th meridian


def _without_wrap(parts: list[Polygon]) -> tuple[list[Polygon], bool]:
    """Cut what crosses the 180th meridian, and bring everything to -180 to 180."""
    whole: list[Polygon] = []
    changed = False
    for part in parts:
        unrolled = _unrolled(part)
        west, _, east, _ = unrolled.bounds
        if unrolled is part and west >= -180 - _EDGE and east <= 180 + _EDGE:
            whole.append(_clamped(part) if west < -180 or east > 180 or _high(part) else part)
            continue
        changed = True
        whole.extend(_cut(unrolled))
    return whole, changed


def _high(part: Polygon) -> bool:
    return part.bounds[1] < -90 or part.bounds[3] > 90


def _clamped(part: Polygon) -> Polygon:
    import shapely

    return shapely.transform(part, lambda xy: np.clip(xy, (-180.0, -90.0), (180.0, 90.0)))


def _unrolled(part: Polygon) -> Polygon:
    """Draw a ring that jumps from 179 to -179 as one that goes on to 181.

    A ring around a pole does not come back to where it began: it is left as it is.
    """
    import shapely

    ring = shapely.get_coordinates(part.exterior)
    steps = np.diff(ring[:, 0])
    # Along the edge of the world itself (-180 to 180 at a pole) there is no jump.
    if not (np.abs(steps) > 180).any() or (np.abs(steps) > 359.9).any():
        return part
    x = np.unwrap(ring[:, 0], period=360.0)
    if abs(x[-1] - x[0]) > 1:
        return part
    holes = []
    for hole in part.interiors:
        inner = shapely.get_coordinates(hole)
        inner[:, 0] = np.unwrap(inner[:, 0], period=360.0)
        turn = np.round((x.mean() - inner[:, 0].mean()) / 360.0) * 360.0
        holes.append(np.add(inner, (turn, 0.0)))
    return shapely.Polygon(np.column_stack((x, ring[:, 1])), holes)


def _cut(part: Polygon) -> list[Polygon]:
    import shapely
    from shapely import affinity

    valid = part if part.is_valid else shapely.make_valid(part, method="structure")
    pieces: list[Polygon] = []
    for turn in (-360.0, 0.0, 360.0):
        world = shapely.box(turn - 180.0, -91.0, turn + 180.0, 91.0)
        inside = _polygons(shapely.intersection(valid, world))
        pieces += [_clamped(affinity.translate(piece, xoff=-turn)) for piece in inside]
    return pieces


def area_km2(shape: BaseGeometry) -> float:
    """Area of a shape in degrees on a sphere of 6,371 km (Lambert's cylindrical equal-area)."""
    import shapely

    def flat(xy: Floats) -> Floats:
        angles = np.radians(xy)
        return EARTH_KM * np.column_stack((angles[:, 0], np.sin(angles[:, 1])))

    return float(shapely.area(shapely.transform(shape, flat)))

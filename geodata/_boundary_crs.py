"""Coordinate reference systems of boundary files, by pyproj; x before y everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geodata.errors import InputError

if TYPE_CHECKING:
    from pyproj import CRS

    from geodata._boundary_shapes import Floats, ToDegrees

WGS84 = "EPSG:4326"


def to_wgs84(crs: str) -> ToDegrees | None:
    """Give the way from a reference system to longitude and latitude; None where it is there.

    Raises
    ------
    InputError
        There is no such reference system.
    """
    from pyproj import Transformer

    given = _parsed(crs)
    if same_crs(crs, WGS84):
        return None
    transformer = Transformer.from_crs(given, WGS84, always_xy=True)

    def to_degrees(xy: Floats) -> Floats:
        x, y = transformer.transform(xy[:, 0], xy[:, 1])
        return np.column_stack((x, y))

    return to_degrees


def same_crs(one: str, other: str) -> bool:
    """Whether two reference systems are the same but for the order of their axes."""
    return _parsed(one).equals(_parsed(other), ignore_axis_order=True)


def _parsed(crs: str) -> CRS:
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        return CRS.from_user_input(crs)
    except CRSError as error:
        raise InputError(
            f"no coordinate reference system {crs[:80]!r}; write it as EPSG:4326"
        ) from error

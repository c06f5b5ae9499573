"""Geometries to latitude and longitude (WGS 84), as text columns beside the attributes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geodata.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

TYPE = "geometry type"
_PLACES = 7  # decimals of a degree after a change of the reference system: a centimetre


@dataclass(frozen=True, slots=True)
class Geometry:
    """How the geometries of a table become columns.

    `crs` is what they are in, None for longitude and latitude; `typed` says that there may be
    other geometries than points, so that a column tells which.
    """

    crs: str | None = None
    typed: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns that come after the attributes."""
        return ("latitude", "longitude", TYPE) if self.typed else ("latitude", "longitude")

    def cells(self, wkb: pa.Array) -> list[pa.Array]:
        """Columns of text for geometries in WKB; an absent or broken one gives empty cells."""
        import numpy as np
        import pyarrow as pa
        import shapely

        given = np.array(wkb.to_pylist(), dtype=object)
        shapes = shapely.from_wkb(given, on_invalid="ignore")
        x, y = self._places(_points(shapes))
        found = [pa.array(_texts(y), pa.string()), pa.array(_texts(x), pa.string())]
        if self.typed:
            kinds = ["" if one is None else str(one.geom_type) for one in shapes]
            found.append(pa.array(kinds, pa.string()))
        return found

    def _places(self, points: Any) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        import numpy as np
        import shapely

        points = np.where(shapely.is_empty(points), None, points)  # GEOS refuses to tell their x
        x, y = shapely.get_x(points), shapely.get_y(points)
        if self.crs is None:
            return x, y
        from pyproj import Transformer

        change = Transformer.from_crs(self.crs, "EPSG:4326", always_xy=True)
        x, y = change.transform(x, y)
        return np.round(x, _PLACES), np.round(y, _PLACES)


def _points(shapes: Any) -> Any:
    """Points as they are; for other geometries a point that lies on them."""
    import shapely

    other = (shapely.get_type_id(shapes) > 0) & ~shapely.is_empty(shapes)
    if other.any():
        shapes = shapes.copy()
        shapes[other] = [_point_on(one) for one in shapes[other]]
    return shapes


def _point_on(shape: Any) -> Any:
    import shapely

    try:
        return shapely.point_on_surface(shape)
    except shapely.errors.GEOSException:  # coordinates that are no numbers
        return None


def _texts(values: Any) -> list[str]:
    """Show coordinates without a useless ``.0``; what is no number is an empty cell."""
    import math

    texts = []
    for value in values.tolist():
        known = value is not None and math.isfinite(value)
        texts.append(repr(value).removesuffix(".0") if known else "")
    return texts


def geometry_in(crs: str | None, typed: bool) -> tuple[Geometry, list[str]]:
    """Judge the reference system, and say what was assumed.

    Raises
    ------
    InputError
        The reference system is one that nobody knows.
    """
    notes = []
    if typed:
        notes.append("a geometry other than a point is shown by one point that lies on it")
    if not crs:
        notes.append("no coordinate reference system is stated: longitude and latitude assumed")
        return Geometry(None, typed), notes
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        stated = CRS.from_user_input(crs)
    except CRSError as error:
        raise InputError(f"its coordinate reference system is unknown: {crs[:80]!r}") from error
    if stated.to_epsg() == 4326 or stated.equals(CRS("OGC:CRS84"), ignore_axis_order=True):
        return Geometry(None, typed), notes
    notes.append(f"coordinates were changed from {stated.name!r} to longitude and latitude")
    return Geometry(crs, typed), notes


def beside(names: Sequence[str], more: Sequence[str]) -> list[str]:
    """Name the geometry's columns so that the table's own columns keep their names."""
    own = {name.strip().casefold() for name in names}
    taken = not own.isdisjoint(("latitude", "longitude"))
    return [f"geometry_{name}" if taken and name != TYPE else name for name in more]

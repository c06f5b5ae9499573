"""Land, borders and names for a web map: small tiles and a list of names, as JSON.

Tiles are in the spherical Mercator of web maps. Each zoom level draws its own detail: lines are
thinned to half a pixel arc by arc, so that neighbours still share them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from geodata._outlines import LINE_KINDS, Area, Outlines, areas, drawn_lines, outlines
from geodata._topology import Arcs, Floats, polygons

if TYPE_CHECKING:
    from shapely import STRtree

EXTENT = 4096
"""Tile coordinates run from 0 to this, y downwards."""

WORLD_ZOOM = 4
"""Up to this zoom level the outlines made for the whole world are enough."""

FULL_ZOOM = 8
"""From this zoom level on nothing is thinned: the data has no more detail."""

PROVINCE_ZOOM = 4
"""From this zoom level on borders of provinces are drawn."""

Box = tuple[float, float, float, float]
Frame = tuple[float, float, float]

_MAX_LATITUDE = 85.0511287798  # where the Mercator square ends
_MARGIN = 0.02  # of a tile, so that line ends and joints lie outside


@dataclass(frozen=True, slots=True)
class _Indexed:
    shapes: npt.NDArray[np.object_]
    tree: STRtree

    def within(self, box: Box, dimension: int) -> npt.NDArray[np.object_]:
        """Give what lies in the box, cut at its edge."""
        import shapely

        near = self.shapes[self.tree.query(shapely.box(*box))]
        cut = shapely.get_parts(shapely.clip_by_rect(near, *box))
        return np.asarray(cut[shapely.get_dimensions(cut) == dimension])


@dataclass(frozen=True, slots=True)
class _Ground:
    """What a zoom level draws, in the unit square of web Mercator (x east, y down)."""

    land: _Indexed
    borders: dict[str, _Indexed]


def to_unit(points: Floats) -> Floats:
    """Project degrees (n, 2), x = longitude, to the unit square of web Mercator, y down."""
    x = points[:, 0] / 360 + 0.5
    latitude = np.radians(np.clip(points[:, 1], -_MAX_LATITUDE, _MAX_LATITUDE))
    y = 0.5 - np.arcsinh(np.tan(latitude)) / (2 * np.pi)
    return np.column_stack([x, y])


@lru_cache(maxsize=8)
def _ground(zoom: int) -> _Ground:
    import shapely

    name = "outlines_world" if zoom <= WORLD_ZOOM else "outlines"
    read = outlines(name)
    arcs = Arcs(to_unit(read.arcs.points), read.arcs.starts)
    if WORLD_ZOOM < zoom < FULL_ZOOM:
        arcs = thinned(arcs, 0.5 / (256 * 2**zoom))
    shapes = np.array(polygons(arcs, read.objects["countries"]["geometries"]), dtype=object)
    land = shapely.get_parts(shapes)
    broken = ~shapely.is_valid(land)
    land[broken] = shapely.buffer(land[broken], 0)
    thin = Outlines(arcs, read.kinds, {})
    borders = {LINE_KINDS[letter]: _indexed(drawn_lines(thin, letter)) for letter in "bdp"}
    return _Ground(_indexed(land), borders)


def _indexed(shapes: npt.NDArray[np.object_]) -> _Indexed:
    import shapely

    return _Indexed(shapes, shapely.STRtree(shapes))


def thinned(arcs: Arcs, tolerance: float) -> Arcs:
    """Arcs with the points left out that lie within `tolerance` of the line (Douglas-Peucker).

    Ends stay, so that arcs still meet; closed arcs keep at least four points.
    """
    import shapely

    arc_of = np.repeat(np.arange(len(arcs)), np.diff(arcs.starts))
    lines = shapely.linestrings(arcs.points, indices=arc_of)
    thin = shapely.simplify(lines, tolerance, preserve_topology=True)
    points, owner = shapely.get_coordinates(thin, return_index=True)
    starts = np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=len(arcs)))])
    return Arcs(points, starts)


@lru_cache(maxsize=4096)
def base_tile(zoom: int, x: int, y: int, *, size: int = 512) -> bytes:
    """Land and borders of one map tile, as JSON.

    Parameters
    ----------
    zoom
        Zoom level of the map, at which the world is ``256 * 2**zoom`` pixels wide.
    x, y
        Column from 180 W and row from the north, of tiles `size` pixels wide.

    Returns
    -------
    bytes
        ``{"extent": 4096, "land": [...], "country": [...], "disputed": [...], "province": [...]}``:
        closed rings (fill by the even-odd rule) and lines, each a flat list ``[x0, y0, x1, y1 …]``
        of whole numbers from the tile's upper left corner. Empty off the world.
    """
    import orjson
    import shapely

    wide = size / (256 * 2**zoom)
    ground = _ground(min(max(zoom, WORLD_ZOOM), FULL_ZOOM))
    margin = wide * _MARGIN
    box = (x * wide - margin, y * wide - margin, (x + 1) * wide + margin, (y + 1) * wide + margin)
    frame = (x * wide, y * wide, EXTENT / wide)
    rings = shapely.get_rings(ground.land.within(box, 2))
    tile: dict[str, Any] = {"extent": EXTENT, "land": _flat(rings, frame, least=3)}
    for kind, lines in ground.borders.items():
        if kind != "province" or zoom >= PROVINCE_ZOOM:
            tile[kind] = _flat(lines.within(box, 1), frame, least=2)
    return orjson.dumps(tile)


def _flat(lines: Iterable[Any], frame: Frame, *, least: int) -> list[list[int]]:
    import shapely

    left, top, scale = frame
    flat = []
    for line in lines:
        points = np.rint((shapely.get_coordinates(line) - (left, top)) * scale).astype(int)
        moved = np.any(np.diff(points, axis=0) != 0, axis=1)
        points = points[np.concatenate([[True], moved])]
        if len(points) >= least:
            flat.append(points.ravel().tolist())
    return flat


@lru_cache(maxsize=1)
def base_labels() -> bytes:
    """Names of countries and provinces for the map, as JSON, the most important first.

    A list of ``{"name", "kind" ("country" or "province"), "lon", "lat", "zoom", "until"}``: the
    zoom levels between which the name is worth its room.
    """
    import orjson

    rows = [_label("country", area, area.zoom, area.zoom + 5) for area in areas("countries").about]
    countries = {area.country_name for area in areas("countries").about}
    for area in areas("provinces").about:
        if area.name and area.name not in countries:  # a country of one province is named once
            zoom = max(area.zoom, PROVINCE_ZOOM + 1)
            rows.append(_label("province", area, zoom, max(zoom + 6, 12)))
    return orjson.dumps(sorted(rows, key=lambda row: (row["kind"], row["zoom"])))


def _label(kind: str, area: Area, zoom: int, until: int) -> dict[str, Any]:
    return {
        "name": area.name,
        "kind": kind,
        "lon": area.longitude,
        "lat": area.latitude,
        "zoom": zoom,
        "until": until,
    }

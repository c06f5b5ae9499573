"""Names of towns for the base map, from the gazetteer: the largest of each patch of the screen."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from geodata.gazetteer import default_path

MIN_ZOOM = 5
"""Below it, names of countries and provinces fill the map."""

SMALLEST = {5: 200_000, 6: 60_000, 7: 20_000, 8: 5_000}
"""Inhabitants that a town needs to be named at a zoom level; deeper ones name every town."""

PATCH = 96
"""Side in pixels of the patches of which each has one name: more would not fit."""

_MOST = 150_000


@dataclass(frozen=True, slots=True)
class _Towns:
    """Towns, the most populous first; x, y are Web Mercator in the unit square."""

    name: npt.NDArray[np.object_]
    longitude: npt.NDArray[np.float64]
    latitude: npt.NDArray[np.float64]
    people: npt.NDArray[np.int64]
    x: npt.NDArray[np.float64]
    y: npt.NDArray[np.float64]


@lru_cache(maxsize=1)
def _towns() -> _Towns:
    from geodata.map_index import mercator

    rows = _read()
    name, latitude, longitude, people = zip(*rows, strict=True) if rows else ((), (), (), ())
    lon, lat = np.array(longitude, dtype=np.float64), np.array(latitude, dtype=np.float64)
    x, y = mercator(lon, lat)
    return _Towns(np.array(name, dtype=object), lon, lat, np.array(people, dtype=np.int64), x, y)


def _read() -> list[tuple[Any, ...]]:
    """Towns of the embedded gazetteer; none where it is not there."""
    path = default_path()
    if not path.exists():
        return []
    with sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True) as file:
        found = file.execute(
            "SELECT name, latitude, longitude, population FROM place WHERE fclass = 'P'"
            " AND latitude NOTNULL AND population > 0 ORDER BY population DESC, id LIMIT ?",
            [_MOST],
        ).fetchall()
    file.close()
    return found


@lru_cache(maxsize=2048)
def town_tile(zoom: int, x: int, y: int, *, size: int = 512) -> bytes:
    """Towns worth a name in one map tile, as JSON, the most populous first.

    Parameters
    ----------
    zoom
        Zoom level of the map, at which the world is ``256 * 2**zoom`` pixels wide.
    x, y
        Column from 180 W and row from the north, of tiles `size` pixels wide.

    Returns
    -------
    bytes
        A list of ``{"name", "lon", "lat", "people"}``.
    """
    import orjson

    if zoom < MIN_ZOOM:
        return b"[]"
    towns, pixels = _towns(), 256 * 2**zoom
    wide = size / pixels
    inside = (towns.x >= x * wide) & (towns.x < (x + 1) * wide)
    inside &= (towns.y >= y * wide) & (towns.y < (y + 1) * wide)
    at = np.flatnonzero(inside & (towns.people >= SMALLEST.get(zoom, 1)))
    across = size // PATCH + 1
    column = ((towns.x[at] - x * wide) * pixels // PATCH).astype(np.int64)
    row = ((towns.y[at] - y * wide) * pixels // PATCH).astype(np.int64)
    _, first = np.unique(row * across + column, return_index=True)
    chosen = at[np.sort(first)]
    return orjson.dumps(
        [
            {
                "name": towns.name[one],
                "lon": float(towns.longitude[one]),
                "lat": float(towns.latitude[one]),
                "people": int(towns.people[one]),
            }
            for one in chosen
        ]
    )

"""The box around all points, read from the root of the R-tree in constant time.

Source: SQLite's rtree.c, "Node format": 16-bit depth (root alone), 16-bit number of cells, then
per cell a 64-bit id and four 32-bit floats, all big-endian; ours are minx, maxx, miny, maxy.
"""

from __future__ import annotations

import sqlite3
import struct

from geodata._schema import RTREE

_CELL = struct.Struct(">q4f")
_HEAD = struct.Struct(">HH")

Box = tuple[float, float, float, float]


def extent(connection: sqlite3.Connection) -> Box | None:
    """Give (west, south, east, north) in degrees, rounded outwards to 32 bits; None if empty."""
    (node,) = connection.execute(f"SELECT data FROM {RTREE}_node WHERE nodeno = 1").fetchone()
    _, count = _HEAD.unpack_from(node)
    if not count:
        return None
    cells = [_CELL.unpack_from(node, _HEAD.size + n * _CELL.size)[1:] for n in range(count)]
    min_x, max_x, min_y, max_y = zip(*cells, strict=True)
    return min(min_x), min(min_y), max(max_x), max(max_y)

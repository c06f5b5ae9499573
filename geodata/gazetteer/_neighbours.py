"""Put places that name no district into that of the nearest place that does.

A dump leaves a few per cent of its places without a district; most lie among others that have
one. A place farther than `REACH_KM` from any such is left as it is.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator
from typing import Any

REACH_KM = 12.0
CHUNK = 100_000
MOST_LABELLED = 400_000
"""Labelled places of one country that are compared, at most: memory stays bounded."""


def adopt_districts(connection: sqlite3.Connection) -> int:
    """Fill the missing districts of settlements and features; gives how many were filled."""
    filled = 0
    for (country,) in connection.execute(
        "SELECT DISTINCT country FROM place WHERE fcode = 'ADM2' AND country <> ''"
    ).fetchall():
        filled += _adopt_in(connection, country)
    return filled


def _adopt_in(connection: sqlite3.Connection, country: str) -> int:
    import shapely

    labelled = next(_chunks(connection, country, "admin2 IS NOT NULL", MOST_LABELLED), None)
    if labelled is None:
        return 0
    tree = shapely.STRtree(shapely.points(labelled[:, 1:3]))
    filled = 0
    for bare in _chunks(connection, country, "admin2 IS NULL", CHUNK):
        filled += _adopt(connection, tree, labelled, bare)
    return filled


def _adopt(connection: sqlite3.Connection, tree: Any, labelled: Any, bare: Any) -> int:
    import numpy as np
    import shapely

    reach = REACH_KM / 111.2
    # Degrees are a rough measure; east of it they are shorter, so the reach is checked again.
    from_bare, to_labelled = tree.query_nearest(
        shapely.points(bare[:, 1:3]), max_distance=2 * reach, all_matches=False
    )
    delta = labelled[to_labelled, 1:3] - bare[from_bare, 1:3]
    shrink = np.cos(np.radians(bare[from_bare, 2]))
    near = np.hypot(delta[:, 0] * shrink, delta[:, 1]) <= reach
    connection.executemany(
        "UPDATE place SET admin1 = coalesce(admin1, ?), admin2 = ? WHERE id = ?",
        [
            (None if math.isnan(admin1) else int(admin1), int(admin2), int(place))
            for place, admin1, admin2 in zip(
                bare[from_bare[near], 0],
                labelled[to_labelled[near], 3],
                labelled[to_labelled[near], 4],
                strict=True,
            )
        ],
    )
    return int(near.sum())


def _chunks(connection: sqlite3.Connection, country: str, which: str, size: int) -> Iterator[Any]:
    """Rows of (id, longitude, latitude, admin1, admin2) as arrays of floats, so many at a time."""
    import numpy as np

    last = -(1 << 62)
    while True:
        # Ids stay below 2^53, so that a float holds them; by id, as rows change on the way.
        rows = connection.execute(
            "SELECT id, longitude, latitude, admin1, admin2 FROM place INDEXED BY place_country"
            " WHERE country = ? AND id > ?"
            f" AND fclass <> 'A' AND latitude IS NOT NULL AND {which} ORDER BY id LIMIT {size}",
            (country, last),
        ).fetchall()
        if not rows:
            return
        last = rows[-1][0]
        yield np.array(rows, dtype=np.float64)

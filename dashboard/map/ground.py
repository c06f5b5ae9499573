"""Base map tiles, made by one thread at a time.

A zoom level's outlines are thinned when its first tile is asked for; a browser asks for six tiles
at once, and each would do the same second of work.
"""

from __future__ import annotations

from threading import Lock

from geodata.boundaries import base_tile

_LOCK = Lock()

WARM_ZOOMS = (2, 5, 6, 4, 3, 7, 8)
"""Zoom levels in the order in which a first look at a project is likely to need them."""


def ground_tile(zoom: int, x: int, y: int) -> bytes:
    """Land and borders of one tile (`geodata.boundaries.base_tile`)."""
    with _LOCK:
        return base_tile(zoom, x, y)


def warm_ground() -> None:
    """Make what the first tiles would wait for."""
    for zoom in WARM_ZOOMS:
        ground_tile(zoom, 0, 0)

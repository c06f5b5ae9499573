"""Rings as the browser gets them: whole numbers of a grid over the Web Mercator square.

The first point stands as it is, every other one as its distance from the one before, which is
short; the browser adds them up (`assets/atlas/shapes.js`).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

GRID = 2**24
"""Steps of the grid along a side of the square: half a pixel at zoom 15."""


def packed(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> list[int]:
    """Write a ring of the unit square, shapes (points,), as x, y, dx, dy, dx, dy …

    The last point is left out where it is the first again; points that fall together are one.
    """
    steps = np.stack([np.rint(x * GRID), np.rint(y * GRID)], 1).astype(np.int64)
    moved = np.diff(steps, axis=0)
    kept = np.r_[True, (moved != 0).any(1)]
    steps = steps[kept]
    if len(steps) > 1 and (steps[0] == steps[-1]).all():
        steps = steps[:-1]
    found: list[int] = np.concatenate([steps[:1], np.diff(steps, axis=0)]).ravel().tolist()
    return found

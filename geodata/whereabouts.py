"""Whether points lie in the countries that a table names beside them.

Most points lie far from any border, so a cell of a grid is asked once: the countries within reach
of the whole cell answer for all its points. Only points in cells at the edge of a country are
measured one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import floor
from typing import Any

import numpy as np
import numpy.typing as npt

from geodata._outlines import areas
from geodata.countries import countries

CELL = 0.25
"""Side of a cell of the grid, degrees."""

_SIDE = 100_000
"""More rows or columns than the grid has on either side of nought, for any degrees there are."""

REACH = 0.25
"""How far outside its country a point may lie, degrees (at most 28 km): the outlines are
generalised, borders are disputed, and a point at sea belongs to the coast beside it."""


EDGE = 0.05
"""How near to another country a point is too near to tell its own by it, degrees."""

REMEMBERED = 100_000
"""Points whose country is remembered, at most."""


class CountryCheck:
    """Tells points outside their countries; remembers the cells it has seen."""

    def __init__(self) -> None:
        import shapely

        known = areas("countries")
        self._tree = known.tree
        self._shapes = known.shapes
        shapely.prepare(self._shapes)
        names = [countries()[one.country] or one.country_name for one in known.about]
        self._codes: dict[str, int] = {}
        self._country = np.array([self._code(name) for name in names])
        self._points: dict[tuple[float, float], str | None] = {}
        self._cells: dict[tuple[int, int], tuple[frozenset[int], frozenset[int]]] = {}

    def _code(self, name: str) -> int:
        return self._codes.setdefault(name, len(self._codes))

    def outside_of(
        self,
        latitude: npt.NDArray[np.float64],
        longitude: npt.NDArray[np.float64],
        country: Sequence[str | None],
    ) -> npt.NDArray[np.bool_]:
        """Which of many points lie outside the countries named beside them.

        Parameters
        ----------
        latitude, longitude
            Degrees, shape (n,); NaN for a row without a point, which is never outside.
        country
            n names as `geodata.countries` writes them, or None.
        """
        few: dict[str | None, int] = {}
        which = np.array([few.setdefault(name, len(few)) for name in country], dtype=np.int64)
        codes = np.array([self._codes.get(name or "", -1) for name in few], dtype=np.int64)
        asked = np.isfinite(latitude) & np.isfinite(longitude)
        found = np.zeros(len(latitude), dtype=bool)
        if not asked.any():
            return found
        at = np.flatnonzero(asked)
        rows = np.floor(latitude[at] / CELL).astype(np.int64)
        columns = np.floor(longitude[at] / CELL).astype(np.int64)
        kind_of = ((rows + _SIDE) * _SIDE * 2 + columns + _SIDE) * (len(few) + 1) + which[at]
        kinds, first, kind = np.unique(kind_of, return_index=True, return_inverse=True)
        order = np.argsort(kind, kind="stable")
        ends = np.searchsorted(kind[order], np.arange(len(kinds) + 1))
        for number, one in enumerate(first.tolist()):
            code = int(codes[which[at[one]]])
            if code < 0:
                continue
            sure, near = self._cell(int(rows[one]), int(columns[one]))
            if code in sure:
                continue
            here = at[order[ends[number] : ends[number + 1]]]
            found[here] = (
                ~self._within(longitude[here], latitude[here], code) if code in near else True
            )
        return found

    def country_at(self, latitude: float, longitude: float) -> str | None:
        """Give the one country that a point lies in or just off; None near a border, at sea."""
        point = (latitude, longitude)
        if point not in self._points:
            if len(self._points) >= REMEMBERED:
                self._points.clear()
            self._points[point] = self._measured(latitude, longitude)
        return self._points[point]

    def _measured(self, latitude: float, longitude: float) -> str | None:
        import shapely

        row, column = floor(latitude / CELL), floor(longitude / CELL)
        _, near = self._cell(row, column)
        if len(near) > 1:
            at = self._tree.query(
                shapely.Point(longitude, latitude), predicate="dwithin", distance=EDGE
            )
            near = self._named(at)
        return list(self._codes)[next(iter(near))] if len(near) == 1 else None

    def _cell(self, row: int, column: int) -> tuple[frozenset[int], frozenset[int]]:
        """Countries that every point of a cell lies in, and those that any is within reach of."""
        found = self._cells.get((row, column))
        if found is None:
            import shapely

            west, south = column * CELL, row * CELL
            box = shapely.box(west, south, west + CELL, south + CELL)
            near = self._tree.query(box, predicate="dwithin", distance=REACH)
            whole = self._tree.query(box, predicate="covered_by")
            found = self._cells[row, column] = (self._named(whole), self._named(near))
        return found

    def _named(self, indices: npt.NDArray[Any]) -> frozenset[int]:
        return frozenset(self._country[indices].tolist())

    def _within(
        self, longitude: npt.NDArray[np.float64], latitude: npt.NDArray[np.float64], code: int
    ) -> npt.NDArray[np.bool_]:
        """Which points lie within reach of a country; by distance to the nearest of its parts."""
        import shapely

        points = shapely.points(longitude, latitude)
        shapes = self._shapes[self._country == code]
        found: npt.NDArray[np.bool_] = np.zeros(longitude.shape, dtype=np.bool_)
        for shape in shapes:
            found |= shapely.dwithin(shape, points, REACH)
        return found

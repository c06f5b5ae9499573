"""Whether points lie in the countries that a table names beside them.

Most points lie far from any border, so a cell of a grid is asked once: the countries within reach
of the whole cell answer for all its points. Only points in cells at the edge of a country are
measured one by one.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from geodata._outlines import areas
from geodata.countries import countries

CELL = 0.25
"""Side of a cell of the grid, degrees."""

REACH = 0.25
"""How far outside its country a point may lie, degrees (at most 28 km): the outlines are
generalised, borders are disputed, and a point at sea belongs to the coast beside it."""


class CountryCheck:
    """Tells points outside their countries; remembers the cells it has seen."""

    def __init__(self) -> None:
        known = areas("countries")
        self._tree = known.tree
        self._shapes = known.shapes
        names = [countries()[one.country] or one.country_name for one in known.about]
        self._codes: dict[str, int] = {}
        self._country = np.array([self._code(name) for name in names])
        self._cells: dict[tuple[int, int], tuple[frozenset[int], frozenset[int]]] = {}

    def _code(self, name: str) -> int:
        return self._codes.setdefault(name, len(self._codes))

    def outside(self, latitude: float, longitude: float, country: str) -> bool:
        """Whether a point lies outside the country named beside it.

        Parameters
        ----------
        latitude, longitude
            Degrees.
        country
            As `geodata.countries` writes it; one that has no outline says nothing.
        """
        code = self._codes.get(country)
        if code is None:
            return False
        sure, near = self._cell(math.floor(latitude / CELL), math.floor(longitude / CELL))
        if code in sure:
            return False
        return code not in near or not self._within(longitude, latitude, code)

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

    def _within(self, longitude: float, latitude: float, code: int) -> bool:
        import shapely

        shapes = self._shapes[self._country == code]
        return bool(shapely.dwithin(shapes, shapely.Point(longitude, latitude), REACH).any())

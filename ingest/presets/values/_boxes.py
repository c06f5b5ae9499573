"""Whether a point can lie in a country, by the rectangle around its outline."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_MARGIN = 1.0
"""Degrees around an outline that still count: waters, borders, rounded coordinates."""


@lru_cache(maxsize=1)
def _boxes() -> dict[str, tuple[float, float, float, float]]:
    """West, south, east, north of each country by its ISO alpha-2 code."""
    import shapely

    from geodata._outlines import areas

    read = areas("countries", "outlines_world")
    boxes: dict[str, tuple[float, float, float, float]] = {}
    for about, bounds in zip(read.about, shapely.bounds(read.shapes).tolist(), strict=True):
        if about.country:
            boxes.setdefault(about.country, tuple(bounds))
    return boxes


@lru_cache(maxsize=4_096)
def box_of(country: str) -> tuple[float, float, float, float] | None:
    """Rectangle of a country by any of its names or its code; None where it is not known."""
    from geodata.countries import countries
    from geodata.country_names import country_in_cell

    code = countries().code_of(country_in_cell(country.strip()) or "")
    return _boxes().get(code) if code else None


def inside(latitude: Floats, longitude: Floats, countries: Sequence[str]) -> tuple[Any, Any]:
    """Say of each row whether its country is known, and whether the point lies in its rectangle."""
    names = sorted(set(countries))
    found = [box_of(name) if name else None for name in names]
    table = np.array([box or (np.nan,) * 4 for box in found], np.float64).reshape(-1, 4)
    position = {name: n for n, name in enumerate(names)}
    rows = table[np.fromiter((position[name] for name in countries), int, len(countries))]
    west, south, east, north = rows.T
    known = ~np.isnan(west) & ~np.isnan(latitude) & ~np.isnan(longitude)
    with np.errstate(invalid="ignore"):
        here = (latitude >= south - _MARGIN) & (latitude <= north + _MARGIN)
        here &= (longitude >= west - _MARGIN) & (longitude <= east + _MARGIN)
    return known, known & here

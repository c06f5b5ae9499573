"""Outlines of a project's districts and provinces for the browser, simpler the farther away.

Neighbours are simplified together, so that no gaps open between them. An answer depends on the
boundary layers alone, and is kept as long as they stay.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson

from dashboard.map.outline import packed
from dashboard.remember import remembered
from geodata.errors import InputError
from geodata.map_index import MAX_LATITUDE, mercator

if TYPE_CHECKING:
    from shapely import Polygon

    from geodata.admin_areas import AdminArea, BoundaryLayer
    from geodata.incident import Json
    from geodata.store import Store

KINDS: Mapping[str, int] = {"provinces": 1, "districts": 2}
"""Layers of areas, and the level of the boundaries that they are drawn from."""

DETAILS = (4, 6, 8, 10, 12)
"""Zoom levels up to which each degree of detail is meant."""

_PIXEL = 0.75  # of the map's pixels: what a simplified border may be off
_POPULATION = re.compile(r"(?:total_?)?pop(?:ulation)?(?:_?(?:total|sum|est|\d{4}))?|t_tl", re.I)
"""Columns of a boundary file that count people (OCHA's statistics call them T_TL)."""


def read_kind(text: str) -> str:
    """Read which areas are meant.

    Raises
    ------
    InputError
        Neither districts nor provinces.
    """
    if text not in KINDS:
        raise InputError(f"areas are {' or '.join(KINDS)}, not {text[:40]!r}")
    return text


def layers_of(store: Store, kind: str) -> tuple[BoundaryLayer, ...]:
    """Layers that areas are drawn from: of each country the one that was added last."""
    level, taken = KINDS[kind], set[str]()
    chosen = []
    for layer in reversed(store.boundaries()):
        countries = set(layer.country.split(","))
        if layer.level == level and not countries <= taken:
            chosen.append(layer)
            taken |= countries
    return tuple(reversed(chosen))


def edition_of(store: Store) -> Hashable:
    """Give what differs after any change of the project's boundaries."""
    return tuple((one.name, one.sha256, one.areas, str(one.added)) for one in store.boundaries())


def read_areas(store: Store, kind: str) -> list[AdminArea]:
    """Areas of the layers of a kind, in a fixed order."""
    return [area for layer in layers_of(store, kind) for area in store.boundary_shapes(layer.name)]


def people_of(attributes: Mapping[str, Json]) -> float:
    """Inhabitants of an area as its file tells them; NaN where it does not."""
    named = sorted((name for name in attributes if _POPULATION.fullmatch(name)), reverse=True)
    for name in named:  # of several years the latest
        try:
            people = float(str(attributes[name]).replace(",", ""))
        except ValueError:
            continue
        if 0 < people < 1e10:
            return people
    return float("nan")


@remembered(10, per=edition_of)
def shapes_json(store: Store, kind: str, detail: int) -> bytes:
    """Names and outlines of all areas, in the order of `areas.areas_of`.

    ``rings`` has for each area its rings (`outline.packed`), holes among them.

    Raises
    ------
    InputError
        There is no such degree of detail.
    """
    if not 0 <= detail < len(DETAILS):
        raise InputError(f"degrees of detail go from 0 to {len(DETAILS) - 1}, not {detail}")
    areas = read_areas(store, kind)
    return orjson.dumps(
        {"names": [area.name for area in areas], "rings": _rings(areas, DETAILS[detail])}
    )


def _rings(areas: Iterable[AdminArea], zoom: int) -> list[list[list[int]]]:
    import shapely

    flat = [shapely.transform(area.shape, _projected) for area in areas]
    if not flat:
        return []
    off = _PIXEL / (256 * 2**zoom)
    return [_packed_rings(shape) for shape in shapely.coverage_simplify(flat, off)]


def _projected(xy: Any) -> Any:
    latitude = np.clip(xy[:, 1], -MAX_LATITUDE, MAX_LATITUDE)
    return np.stack([xy[:, 0] / 360 + 0.5, mercator(np.zeros(len(xy)), latitude)[1]], 1)


def _packed_rings(shape: Any) -> list[list[int]]:
    parts: list[Polygon] = list(getattr(shape, "geoms", [shape]))
    rings = [
        ring for part in parts if not part.is_empty for ring in (part.exterior, *part.interiors)
    ]
    found = [packed(*np.asarray(ring.coords).T) for ring in rings]
    return [flat for flat in found if len(flat) >= 6]  # fewer than three corners hold nothing

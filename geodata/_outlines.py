"""The two outline files of the package, read once: arcs, areas and the kind of each line.

`scripts/derive_outlines.py` writes them; `docs/maps.md` says what they hold.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from geodata._topology import Arcs, Floats, polygons, read_arcs
from geodata.errors import MissingPartError

if TYPE_CHECKING:
    from shapely import STRtree

Layer = Literal["countries", "provinces"]
Detail = Literal["outlines", "outlines_world"]
"""The fine outlines, or those of countries alone, made for the whole world on one screen."""

LINE_KINDS: dict[str, str] = {
    "c": "coast",
    "b": "country",
    "d": "disputed",
    "p": "province",
}
"""Letter in the file to the kind of line that an arc is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A country or a province.

    `country` is the ISO 3166-1 alpha-2 code, "" where none applies; `code` the ISO 3166-2 code of
    a province where it has one. `longitude` and `latitude` are a point inside for its name, and
    `zoom` the least zoom level of a web map at which the name fits. `names` are those to match by.
    """

    area_id: str
    name: str
    code: str
    country: str
    country_name: str
    longitude: float
    latitude: float
    zoom: int
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Areas:
    """Areas with their shapes, in the same order: (multi)polygons in degrees, x = longitude."""

    about: tuple[Area, ...]
    shapes: npt.NDArray[np.object_]
    tree: STRtree

    def __len__(self) -> int:
        return len(self.about)


@dataclass(frozen=True, slots=True)
class Outlines:
    """One outline file: its arcs, the kind letter of each, and its geometry collections."""

    arcs: Arcs
    kinds: npt.NDArray[np.str_]
    objects: dict[str, Any]


@lru_cache(maxsize=2)
def outlines(name: Detail) -> Outlines:
    """Read one file.

    Raises
    ------
    MissingPartError
        When the package was installed without it.
    """
    import orjson

    path = files("geodata").joinpath(f"data/{name}.json.gz")
    try:
        packed = path.read_bytes()
    except FileNotFoundError as error:
        raise MissingPartError(
            f"{path} is missing: install the package again, or run scripts/derive_outlines.py"
        ) from error
    raw = orjson.loads(gzip.decompress(packed))
    return Outlines(read_arcs(raw), np.array(list(raw["lines"])), raw["objects"])


@lru_cache(maxsize=3)
def areas(layer: Layer, detail: Detail = "outlines") -> Areas:
    """Countries or provinces; the outlines of the whole world have no provinces."""
    import shapely

    read = outlines(detail)
    geometries = read.objects[layer]["geometries"]
    shapes = np.array(polygons(read.arcs, geometries), dtype=object)
    # Rounding to the grid of the file can make a ring touch itself.
    broken = ~shapely.is_valid(shapes)
    shapes[broken] = shapely.buffer(shapes[broken], 0)
    about = tuple(_area(geometry["properties"]) for geometry in geometries)
    return Areas(about, shapes, shapely.STRtree(shapes))


def _area(row: dict[str, Any]) -> Area:
    return Area(
        area_id=row.get("id", row["country"] or row["country_name"]),
        name=row.get("name", row["country_name"]),
        code=row.get("iso", ""),
        country=row["country"],
        country_name=row["country_name"],
        longitude=row["point"][0],
        latitude=row["point"][1],
        zoom=row["zoom"],
        names=tuple(row.get("names", ())),
    )


def drawn_lines(read: Outlines, letters: str) -> npt.NDArray[np.object_]:
    """Arcs of some kinds as lines in degrees, without the seams at 180 degrees and the pole."""
    import shapely

    pieces: list[Floats] = []
    for arc in np.flatnonzero(np.isin(read.kinds, list(letters))).tolist():
        line = read.arcs.line(arc)
        pieces += _without_seams(line) if "c" in letters else [line]
    owner = np.repeat(np.arange(len(pieces)), [len(piece) for piece in pieces])
    return np.array(shapely.linestrings(np.concatenate(pieces), indices=owner), dtype=object)


def _without_seams(line: Floats) -> list[Floats]:
    at_edge = (np.abs(line[:, 0]) > 179.99) | (line[:, 1] < -89.9)
    if not at_edge.any():
        return [line]
    # A step along the edge of the world is no coast: cut the line there.
    seam = at_edge[:-1] & at_edge[1:]
    cuts = np.flatnonzero(seam) + 1
    return [piece for piece in np.split(line, cuts) if len(piece) > 1]

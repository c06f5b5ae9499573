"""Base maps to choose from: our own outlines, a plain ground, files of streets, online tiles.

Nothing but our own is asked for unless somebody chooses it on the map; an online map is asked by
the browser, which tells that host where one looks.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geodata.errors import InputError

FILES_VARIABLE = "ATLAS_BASE_MAPS"
"""Environment variable with the PMTiles files that the dashboard offers."""

_MAGIC = b"PMTiles\x03"
_HEADER_BYTES = 127
_TILE_TYPE = 99  # its place in the header
_MAX_ZOOM = 101
_VECTOR = 1


@dataclass(frozen=True, slots=True)
class Provider:
    """Tiles that a host serves to anybody, under terms that allow a map like ours."""

    name: str
    title: str
    url: str
    credit: str
    max_zoom: int


PROVIDERS: tuple[Provider, ...] = (
    Provider(
        "osm",
        "OpenStreetMap (online)",
        "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
        "© OpenStreetMap contributors",
        19,
    ),
    Provider(
        "opentopomap",
        "OpenTopoMap (online)",
        "https://a.tile.opentopomap.org/{z}/{x}/{y}.png",
        "© OpenStreetMap contributors, SRTM; map style © OpenTopoMap (CC BY-SA)",
        17,
    ),
)
"""Named tile providers; their terms ask for the credit and for a true Referer."""


def choose_base_maps(paths: tuple[str, ...]) -> None:
    """Offer PMTiles files on the map, in this process.

    Raises
    ------
    InputError
        One of them is no PMTiles file of vector tiles.
    """
    for path in paths:
        _must_be_pmtiles(Path(path))
    os.environ[FILES_VARIABLE] = os.pathsep.join(str(Path(path).absolute()) for path in paths)


def _must_be_pmtiles(path: Path) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(_HEADER_BYTES)
    except OSError as error:
        raise InputError(f"--base-map {str(path)!r} cannot be read: {error.strerror}") from error
    if len(head) < _HEADER_BYTES or not head.startswith(_MAGIC):
        raise InputError(f"--base-map {str(path)!r} is no PMTiles file, version 3")
    if head[_TILE_TYPE] != _VECTOR:
        raise InputError(f"--base-map {str(path)!r} holds pictures; vector tiles are needed")


def _max_zoom(path: Path) -> int:
    """Deepest zoom level that a file has tiles of."""
    with path.open("rb") as file:
        return file.read(_HEADER_BYTES)[_MAX_ZOOM]


def base_map_files() -> tuple[Path, ...]:
    """PMTiles files that are offered."""
    listed = os.environ.get(FILES_VARIABLE, "")
    return tuple(Path(path) for path in listed.split(os.pathsep) if path)


def base_maps(renderer: str) -> list[dict[str, Any]]:
    """What the map offers, in order.

    Parameters
    ----------
    renderer
        Address of the script that draws vector tiles.
    """
    own: list[dict[str, Any]] = [
        {"name": "own", "title": "Outlines", "kind": "own"},
        {"name": "plain", "title": "Plain", "kind": "plain"},
    ]
    files = [
        {
            "name": f"file-{path.stem}",
            "title": path.stem,
            "kind": "vector",
            "url": f"/base/file/{number}.pmtiles",
            "max_zoom": _max_zoom(path),
            "script": renderer,
            "credit": "© OpenStreetMap contributors, Protomaps",
        }
        for number, path in enumerate(base_map_files())
        if path.is_file()
    ]
    online = [
        {
            "name": one.name,
            "title": one.title,
            "kind": "tiles",
            "url": one.url,
            "credit": one.credit,
            "max_zoom": one.max_zoom,
        }
        for one in PROVIDERS
    ]
    return own + files + online

"""``/base/*``: land, borders and names under the incidents, from our own outlines."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response

from dashboard._assets import vendored
from dashboard.map.base_maps import base_map_files, base_maps
from dashboard.map.ground import ground_tile
from geodata.boundaries import base_labels, town_tile

MAX_ZOOM = 18
"""Deepest zoom level of a map that is answered."""

_RENDERER = "protomaps-leaflet/dist/protomaps-leaflet.js"

# The outlines change only with the program; a day is long enough to make every visit quick.
_HEADERS = {"Cache-Control": "public, max-age=86400", "X-Content-Type-Options": "nosniff"}


def tile(request: Request) -> Response:
    """Land and borders of one tile of 512 pixels; 404 for a tile that is off the world."""
    return _tile(request, ground_tile)


def towns(request: Request) -> Response:
    """Towns worth a name in one tile of 512 pixels; 404 for a tile that is off the world."""
    return _tile(request, town_tile)


def _tile(request: Request, make: Callable[[int, int, int], bytes]) -> Response:
    zoom, x, y = (int(request.path_params[name]) for name in ("zoom", "x", "y"))
    across = 2**zoom // 2  # tiles of 512 pixels in a row, where the world has 256 * 2**zoom
    if not (1 <= zoom <= MAX_ZOOM and x < across and y < across):
        return PlainTextResponse("no such tile", status_code=404)
    return Response(make(zoom, x, y), media_type="application/json", headers=_HEADERS)


def maps(_: Request) -> Response:
    """Base maps to choose from."""
    listed = base_maps(vendored()[_RENDERER].url)
    return JSONResponse(listed, headers={"Cache-Control": "no-cache"})


def file(request: Request) -> Response:
    """A PMTiles file that is offered, in parts as the browser asks for them (Range)."""
    files, number = base_map_files(), int(request.path_params["number"])
    if number >= len(files) or not files[number].is_file():
        return PlainTextResponse("no such base map", status_code=404)
    return FileResponse(files[number], media_type="application/vnd.pmtiles")


def labels(_: Request) -> Response:
    """Names of countries and provinces, with the zoom levels at which they are worth their room."""
    return Response(base_labels(), media_type="application/json", headers=_HEADERS)

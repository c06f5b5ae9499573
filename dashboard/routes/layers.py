"""``/map/layers``, ``/map/hexagons/*``: incidents added up for the layers of the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
from starlette.requests import Request
from starlette.responses import Response

from dashboard.map.cells import MAX_ZOOM, read_view
from dashboard.map.facts import facts_json
from dashboard.map.hexagons import hexagons_json, members_of, read_cell
from dashboard.map.tally import tally
from dashboard.routes.answers import answered
from geodata.errors import InputError

if TYPE_CHECKING:
    from geodata.filters import Filter
    from geodata.store import Store


def layers(request: Request) -> Response:
    """What the layers need to know of the project: colours of numbers."""
    return answered(request, lambda store, _: facts_json(store), "layers")


def hexagons(request: Request) -> Response:
    """Hexagons of a view at a zoom level, with counts; 400 for a view that cannot be read."""
    zoom, view = int(request.path_params["zoom"]), str(request.path_params["view"])

    def answer(store: Store, where: Filter) -> bytes:
        box = read_view(view)
        return hexagons_json(store, where, _zoom(zoom), box)

    return answered(request, answer, f"hexagons/{zoom}/{view}")


def hexagon_members(request: Request) -> Response:
    """What the pop-up of a hexagon says: numbers, groups, at most 40 incidents."""
    zoom, text = int(request.path_params["zoom"]), str(request.path_params["cell"])

    def answer(store: Store, where: Filter) -> bytes:
        cell = read_cell(text, _zoom(zoom))
        return orjson.dumps(tally(store, members_of(store, where, zoom, cell)))

    return answered(request, answer, f"hexagons/{zoom}/members/{text}")


def _zoom(zoom: int) -> int:
    if zoom > MAX_ZOOM:
        raise InputError(f"zoom levels go to {MAX_ZOOM}, not {zoom}")
    return zoom

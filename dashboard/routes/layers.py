"""``/map/layers``, ``hexagons``, ``areas``, ``shapes``, ``change``: what layers of the map draw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from dashboard.map.area_shapes import edition_of, read_kind, shapes_json
from dashboard.map.areas import areas_json, members_of_area
from dashboard.map.cells import MAX_ZOOM, read_view
from dashboard.map.change import (
    area_change_json,
    before_of,
    hexagon_change_json,
    period_before,
)
from dashboard.map.facts import facts_json
from dashboard.map.hexagons import hexagons_json, members_of, read_cell
from dashboard.map.points import etag_of
from dashboard.map.tally import tally
from dashboard.routes.answers import answered
from geodata.errors import InputError

if TYPE_CHECKING:
    from geodata.filters import Filter
    from geodata.store import Store


def layers(request: Request) -> Response:
    """What the layers need to know of the project: colours of numbers, boundaries."""
    return answered(request, lambda store, _: facts_json(store), "layers")


def hexagons(request: Request) -> Response:
    """Hexagons of a view at a zoom level, with counts; 400 for a view that cannot be read."""
    return _hexagons(request, changed=False)


def hexagon_change(request: Request) -> Response:
    """As `hexagons`, with the counts of the period before; 400 for a filter without a period."""
    return _hexagons(request, changed=True)


def _hexagons(request: Request, *, changed: bool) -> Response:
    zoom, view = _zoom_in(request), str(request.path_params["view"])

    def answer(store: Store, where: Filter) -> bytes:
        box = read_view(view)
        make = hexagon_change_json if changed else hexagons_json
        return make(store, where, _known(zoom), box)

    return answered(request, answer, f"hexagons/{changed}/{zoom}/{view}")


def hexagon_members(request: Request) -> Response:
    """What the pop-up of a hexagon says: numbers, groups, at most 40 incidents."""
    zoom, text = _zoom_in(request), str(request.path_params["cell"])
    compared = _compared(request)

    def answer(store: Store, where: Filter) -> bytes:
        cell = read_cell(text, _known(zoom))
        said = tally(store, members_of(store, where, zoom, cell))
        if compared:
            earlier = members_of(store, period_before(where), zoom, cell)
            said["before"] = before_of(store, where, earlier)
        return orjson.dumps(said)

    return answered(request, answer, f"hexagons/{compared}/{zoom}/members/{text}")


def areas(request: Request) -> Response:
    """Counts by district or province; 400 for any other kind of area."""
    kind = str(request.path_params["kind"])

    def answer(store: Store, where: Filter) -> bytes:
        return areas_json(store, where, read_kind(kind))

    return answered(request, answer, f"areas/{kind}")


def area_change(request: Request) -> Response:
    """As `areas`, with the counts of the period before; 400 for a filter without a period."""
    kind = str(request.path_params["kind"])

    def answer(store: Store, where: Filter) -> bytes:
        return area_change_json(store, where, read_kind(kind))

    return answered(request, answer, f"change/areas/{kind}")


def area_members(request: Request) -> Response:
    """What the pop-up of an area says, as `hexagon_members`; 400 for an area that is not there."""
    kind, number = str(request.path_params["kind"]), int(request.path_params["number"])
    compared = _compared(request)

    def answer(store: Store, where: Filter) -> bytes:
        known = read_kind(kind)
        said: dict[str, Any] = tally(store, members_of_area(store, where, known, number))
        if compared:
            earlier = members_of_area(store, period_before(where), known, number)
            said["before"] = before_of(store, where, earlier)
        return orjson.dumps(said)

    return answered(request, answer, f"areas/{compared}/{kind}/members/{number}")


def shapes(request: Request) -> Response:
    """Outlines of areas to a degree of detail; a browser's copy holds while the boundaries stay."""
    kind, detail = str(request.path_params["kind"]), int(request.path_params["detail"])

    def answer(store: Store, _: Filter) -> bytes:
        return shapes_json(store, read_kind(kind), detail)

    def tagged(store: Store, where: Filter, what: str) -> str:
        return etag_of(store, where, what, edition_of(store))

    return answered(request, answer, f"shapes/{kind}/{detail}", tagged=tagged)


def _zoom_in(request: Request) -> int:
    return int(request.path_params["zoom"])


def _compared(request: Request) -> bool:
    return str(request.url.path).startswith("/map/change/")


def _known(zoom: int) -> int:
    if zoom > MAX_ZOOM:
        raise InputError(f"zoom levels go to {MAX_ZOOM}, not {zoom}")
    return zoom

"""``/map/*``: what the map draws, and what a pop-up says.

The filter travels in the address in the words of `geodata.filters`, so an answer needs no
session, can be cached, and is the same for everybody who asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
from starlette.requests import Request
from starlette.responses import Response

from dashboard.map.cells import MAX_ZOOM, head_json, is_large, members, read_view, view_json
from dashboard.map.colours import read_colour
from dashboard.map.points import points_json
from dashboard.map.popup import popup
from dashboard.routes.answers import answered, error_answer, json_answer
from dashboard.session import open_project
from geodata.errors import AtlasError, InputError
from geodata.filters import Filter

if TYPE_CHECKING:
    from geodata.store import Store

MAX_IDS = 50
"""Incidents that one request may ask the words of."""


def points(request: Request) -> Response:
    """Matching incidents that can be drawn, as columns; of very many only what to ask cells by.

    ``colour`` says by what they are coloured (`dashboard.map.colours`), no part of the filter.
    400 with one line for a filter that cannot be read; 304 when the browser's copy still holds.
    """

    colour = request.query_params.get("colour", "")

    def answer(store: Store, where: Filter) -> bytes:
        by = read_colour(colour)
        make = head_json if is_large(store, where) else points_json
        return make(store, where, by)

    return answered(request, answer, f"points/{colour}")


def cells(request: Request) -> Response:
    """Cells of a large answer in a view at a zoom level; 400 for a view that cannot be read."""
    zoom, view = int(request.path_params["zoom"]), str(request.path_params["view"])
    colour = request.query_params.get("colour", "")

    def answer(store: Store, where: Filter) -> bytes:
        box, by = read_view(view), read_colour(colour)
        if zoom > MAX_ZOOM:
            raise InputError(f"zoom levels go to {MAX_ZOOM}, not {zoom}")
        return view_json(store, where, zoom, box, by)

    return answered(request, answer, f"{zoom}/{view}/{colour}")


def cell_members(request: Request) -> Response:
    """What the pop-up says of incidents in some cells: as `incidents`, with no more than 40."""
    zoom, text = int(request.path_params["zoom"]), str(request.path_params["keys"])

    def answer(store: Store, where: Filter) -> bytes:
        try:
            keys = tuple(int(key) for key in text.split(",")[:MAX_IDS])
        except ValueError:
            raise InputError(f"cells are numbers, not {text[:80]!r}") from None
        ids = members(store, where, min(zoom, MAX_ZOOM), keys)
        found = [said for said in (popup(store, name) for name in ids) if said is not None]
        return orjson.dumps({"incidents": found})

    return answered(request, answer, f"members/{zoom}/{text}")


def incidents(request: Request) -> Response:
    """What the pop-up says of the incidents named by ``id``, in that order; unknown ids are left.

    400 for more than `MAX_IDS`, 404 when none of them is there.
    """
    ids = request.query_params.getlist("id")
    if not 1 <= len(ids) <= MAX_IDS:
        return error_answer(f"name 1 to {MAX_IDS} incidents with ?id=…, not {len(ids)}", 400)
    try:
        store = open_project()
        found = [said for said in (popup(store, name) for name in ids) if said is not None]
    except AtlasError as error:
        return error_answer(str(error), 503)
    if not found:
        return error_answer("this incident is no longer in the project", 404)
    return json_answer(orjson.dumps({"incidents": found}), {})

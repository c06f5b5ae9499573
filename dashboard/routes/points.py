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
from dashboard.map_first import map_answers
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

    ``colour`` says by what they are coloured (`dashboard.map.colours`), no part of the filter;
    ``view``, as in `cells` (``zoom/west,south,east,north``), asks for the cells of very many too,
    which are then the answer's ``view``. 400 with one line for a filter that cannot be read; 304
    when the browser's copy still holds.
    """
    colour, view = (request.query_params.get(name, "") for name in ("colour", "view"))

    def answer(store: Store, where: Filter) -> bytes:
        by = read_colour(colour)
        with map_answers.answering(where):
            if not is_large(store, where):
                return points_json(store, where, by)
            head = head_json(store, where, by)
            if not view:
                return head
            return head[:-1] + b',"view":' + _cells(store, where, view, by) + b"}"

    return answered(request, answer, f"points/{colour}/{view}")


def _cells(store: Store, where: Filter, view: str, colour: str) -> bytes:
    zoom, _, box = view.partition("/")
    if not zoom.isdecimal() or int(zoom) > MAX_ZOOM:
        raise InputError(f"zoom levels go from 0 to {MAX_ZOOM}, not {zoom[:20]!r}")
    return view_json(store, where, int(zoom), read_view(box), colour)


def cells(request: Request) -> Response:
    """Cells of a large answer in a view at a zoom level; 400 for a view that cannot be read."""
    view = "{zoom}/{view}".format(**request.path_params)
    colour = request.query_params.get("colour", "")

    def answer(store: Store, where: Filter) -> bytes:
        with map_answers.answering(where):
            return _cells(store, where, view, read_colour(colour))

    return answered(request, answer, f"{view}/{colour}")


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

"""``/map/*``: what the map draws, and what a pop-up says.

The filter travels in the address in the words of `geodata.filters`, so an answer needs no
session, can be cached, and is the same for everybody who asks.
"""

from __future__ import annotations

import orjson
from starlette.requests import Request
from starlette.responses import Response

from dashboard.map.points import etag_of, points_json
from dashboard.map.popup import popup
from dashboard.session import open_project
from geodata.errors import AtlasError, InputError
from geodata.filters import Filter

_MAX_QUERY = 8_000
MAX_IDS = 50
"""Incidents that one request may ask the words of."""

_HEADERS = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}


def points(request: Request) -> Response:
    """Matching incidents that can be drawn, as columns.

    400 with one line for a filter that cannot be read; 304 when the browser's copy still holds.
    """
    query = request.url.query
    try:
        if len(query) > _MAX_QUERY:
            raise InputError(f"the filter is longer than {_MAX_QUERY} characters; shorten it")
        where = Filter.from_query(query)
        store = open_project()
        tag = etag_of(store, where)
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={**_HEADERS, "ETag": tag})
        return _json(points_json(store, where), {"ETag": tag})
    except InputError as error:
        return _error(str(error), 400)
    except AtlasError as error:
        return _error(str(error), 503)


def incidents(request: Request) -> Response:
    """What the pop-up says of the incidents named by ``id``, in that order; unknown ids are left.

    400 for more than `MAX_IDS`, 404 when none of them is there.
    """
    ids = request.query_params.getlist("id")
    if not 1 <= len(ids) <= MAX_IDS:
        return _error(f"name 1 to {MAX_IDS} incidents with ?id=…, not {len(ids)}", 400)
    try:
        store = open_project()
        found = [said for said in (popup(store, name) for name in ids) if said is not None]
    except AtlasError as error:
        return _error(str(error), 503)
    if not found:
        return _error("this incident is no longer in the project", 404)
    return _json(orjson.dumps({"incidents": found}), {})


def _json(body: bytes, headers: dict[str, str]) -> Response:
    return Response(body, media_type="application/json", headers={**_HEADERS, **headers})


def _error(line: str, status: int) -> Response:
    body = orjson.dumps({"error": line})
    return Response(body, status, media_type="application/json", headers=_HEADERS)

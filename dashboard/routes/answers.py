"""How the routes of the map answer: the filter in the address, an ETag, errors in one line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import orjson
from starlette.requests import Request
from starlette.responses import Response

from dashboard.map.points import etag_of
from dashboard.remember import one_look
from dashboard.session import open_project
from geodata.errors import AtlasError, InputError
from geodata.filters import Filter

if TYPE_CHECKING:
    from geodata.store import Store

_MAX_QUERY = 8_000
_HEADERS = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}


def answered(
    request: Request,
    answer: Callable[[Store, Filter], bytes],
    what: str = "",
    *,
    tagged: Callable[[Store, Filter, str], str] = etag_of,
) -> Response:
    """Answer for the filter in the address, or say that the browser's copy still holds.

    `what` tells apart the answers to one filter; `tagged` gives the ETag. 400 with one line for
    what cannot be read, 503 where the project cannot be.
    """
    query = request.url.query
    try:
        if len(query) > _MAX_QUERY:
            raise InputError(f"the filter is longer than {_MAX_QUERY} characters; shorten it")
        where = Filter.from_query(query)
        store = open_project()
        with one_look():
            tag = tagged(store, where, what)
            if request.headers.get("if-none-match") == tag:
                return Response(status_code=304, headers={**_HEADERS, "ETag": tag})
            return json_answer(answer(store, where), {"ETag": tag})
    except InputError as error:
        return error_answer(str(error), 400)
    except AtlasError as error:
        return error_answer(str(error), 503)


def json_answer(body: bytes, headers: dict[str, str]) -> Response:
    """Give JSON that no browser takes for HTML."""
    return Response(body, media_type="application/json", headers={**_HEADERS, **headers})


def error_answer(line: str, status: int) -> Response:
    """Give one line as ``{"error": line}``."""
    body = orjson.dumps({"error": line})
    return Response(body, status, media_type="application/json", headers=_HEADERS)

"""``/assets/*``: scripts and styles, ours and those that npm brought."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from dashboard._assets import served

_KEEP = "public, max-age=31536000, immutable"


def asset(request: Request) -> Response:
    """One known file; the name is looked up, never used as a path.

    A request with the content's digest (``?v=…``) may be kept by the browser for good.
    """
    name = request.path_params["name"]
    found = served().get(name)
    if found is None or not found.is_here:
        return PlainTextResponse("no such file", status_code=404)
    keep = _KEEP if "v" in request.query_params else "no-cache"
    headers = {"Cache-Control": keep, "X-Content-Type-Options": "nosniff"}
    return Response(found.content, media_type=found.media_type, headers=headers)

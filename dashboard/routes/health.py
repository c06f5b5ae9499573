"""``/healthz``: whether the server is up and its project can be read."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse

from dashboard.session import open_project
from geodata.errors import AtlasError


def healthz(_: Request) -> JSONResponse:
    """200 with the project's name and revision; 503 with one line where it cannot be read."""
    try:
        store = open_project()
        return JSONResponse({"ok": True, "project": store.name, "revision": store.revision()})
    except AtlasError as error:
        return JSONResponse({"ok": False, "error": str(error)}, status_code=503)

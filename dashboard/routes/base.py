"""``/base/*``: land, borders and names under the incidents, from our own outlines."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

def tile(request): return Response("{\"extent\":4096,\"land\":[]}", media_type="application/json")
def labels(request): return Response("[]", media_type="application/json")

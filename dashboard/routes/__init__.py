"""Our own addresses beside Streamlit's, in the same process.

The map draws from them, so that a pan, a zoom or a pop-up never runs a page again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.routing import BaseRoute


def all_routes() -> list[BaseRoute]:
    """Every route of the project; paths are listed in `docs/dashboard.md`."""
    from starlette.routing import Route

    from dashboard.routes import assets, base, health, points

    return [
        Route("/healthz", health.healthz),
        Route("/assets/{name:path}", assets.asset),
        Route("/base/labels", base.labels),
        Route("/base/maps", base.maps),
        Route("/base/file/{number:int}.pmtiles", base.file),
        Route("/base/towns/{zoom:int}/{x:int}/{y:int}", base.towns),
        Route("/base/{zoom:int}/{x:int}/{y:int}", base.tile),
        Route("/map/points", points.points),
        Route("/map/cells/{zoom:int}/members/{keys}", points.cell_members),
        Route("/map/cells/{zoom:int}/{view}", points.cells),
        Route("/map/incidents", points.incidents),
    ]

"""Incidents, points and pens for the tests of snapshots."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from geodata.export._snapshot_data import Points
from geodata.export._snapshot_text import Pen
from geodata.incident import Incident, Status
from geodata.precision import LocationPrecision


def incident(number: int, x: float | None, y: float | None, **more: Any) -> Incident:
    values = {
        "actor1": "Reds",
        "location_precision": LocationPrecision.SETTLEMENT,
        "event_date": date(2020, 5, 1 + number % 28),
        "status": Status.CONFIRMED,
    }
    return Incident(incident_id=f"incident_{number}", longitude=x, latitude=y, **(values | more))


def points(*rows: tuple[float, float, str, str], draft: bool = False) -> Points:
    """Points from (longitude, latitude, group, precision)."""
    nothing = np.array([""] * len(rows), dtype=object)
    return Points(
        x=np.array([row[0] for row in rows], dtype=float),
        y=np.array([row[1] for row in rows], dtype=float),
        group=np.array([row[2] for row in rows], dtype=object),
        precision=np.array([row[3] for row in rows], dtype=object),
        draft=np.full(len(rows), draft),
        place=nothing,
        district=nothing,
        province=nothing,
        country=nothing,
    )


def pen() -> Pen:
    figure = Figure(figsize=(4, 3), dpi=72)
    renderer = FigureCanvasAgg(figure).get_renderer()
    return Pen(figure.add_axes((0, 0, 1, 1)), renderer, 72.0)

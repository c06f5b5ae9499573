"""Incidents as Arrow tables with points in WKB, for the formats that are written from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from geodata.export._cells import DATES, DEGREES, WHOLE, flat
from geodata.incident import FIELDS, Incident, to_json

if TYPE_CHECKING:
    import pyarrow as pa


def schema() -> pa.Schema:
    """Give the vocabulary's fields with their types, and ``geometry`` behind them."""
    import pyarrow as pa

    types = {
        **dict.fromkeys(DATES, pa.date32()),
        **dict.fromkeys(DEGREES, pa.float64()),
        **dict.fromkeys(WHOLE, pa.int64()),
        "background": pa.bool_(),
    }
    fields = [(name, types.get(name, pa.string())) for name in FIELDS]
    return pa.schema([*fields, ("geometry", pa.binary())])


def table(incidents: Sequence[Incident]) -> tuple[pa.Table, npt.NDArray[np.float64]]:
    """Give incidents as a table of `schema`, and their points.

    Returns
    -------
    tuple
        The table; tags are JSON lists and deaths by status JSON objects, as text, and an incident
        without coordinates has no geometry. The points, shape (n, 2), x = longitude, in degrees,
        NaN where there is none.
    """
    import pyarrow as pa
    import shapely

    columns: dict[str, list[Any]] = {name: [] for name in FIELDS}
    for incident in incidents:
        for name, value in to_json(incident).items():
            columns[name].append(value if name == "background" else flat(value))
    for name in DATES:
        columns[name] = [value and date.fromisoformat(value) for value in columns[name]]
    points = np.array([(i.longitude, i.latitude) for i in incidents], dtype=np.float64)
    points = points.reshape(-1, 2)
    shapes = shapely.to_wkb(shapely.points(points), flavor="iso")
    geometry = [
        None if bare else shape for bare, shape in zip(np.isnan(points[:, 0]), shapes, strict=True)
    ]
    return pa.Table.from_pydict({**columns, "geometry": geometry}, schema=schema()), points

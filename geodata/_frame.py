"""Rows of incidents as a GeoDataFrame; imported only when one is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import shapely

from geodata.incident import COUNTS

_DATES = frozenset({"event_date", "event_date_end"})
_COUNTS = frozenset(COUNTS)


def make_frame(names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> geopandas.GeoDataFrame:
    """Build the frame.

    Parameters
    ----------
    names
        Columns wanted.
    rows
        Values of `names`, then longitude, then latitude (degrees or None).
    """
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True)) or [()] * (len(names) + 2)
    longitude, latitude = (np.array(values, dtype=float) for values in columns[-2:])
    points = np.asarray(shapely.points(longitude, latitude), dtype=object)
    points[np.isnan(longitude)] = None
    table = {name: _typed(name, values) for name, values in zip(names, columns, strict=False)}
    return geopandas.GeoDataFrame(table, geometry=points, crs="EPSG:4326")


def _typed(name: str, values: Sequence[Any]) -> Any:
    if name in _DATES:
        return pd.to_datetime(pd.Series(values, dtype="object"), format="%Y-%m-%d")
    if name in _COUNTS:
        return pd.array(values, dtype="Int64")
    if name in ("latitude", "longitude"):
        return np.array(values, dtype=float)
    if name == "background":
        return np.array(values, dtype=bool)
    return pd.Series(values, dtype="str")

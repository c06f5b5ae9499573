"""GeoParquet 1.1: points as WKB, a bounding box per row, row groups that stream.

https://geoparquet.org/releases/v1.1.0/ - the coordinate system is the standard's own default,
OGC:CRS84 (WGS 84, longitude before latitude). What the export says about itself is in the
file's metadata under `incident_atlas`.
"""

from __future__ import annotations

import json
import math
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geodata.export import About, ExportReport
from geodata.export._cells import Tally, arrow_type, point_wkb, typed
from geodata.incident import FIELDS, Incident, Json

if TYPE_CHECKING:
    import pyarrow as pa

    from geodata.filters import Filter
    from geodata.store import Store

ROWS = 20_000
"""Rows of a row group: what is held in memory at a time."""

_CORNERS = ("xmin", "ymin", "xmax", "ymax")


def write(store: Store, where: Filter, out: Path, about: About) -> ExportReport:
    """Write one file with the columns of the vocabulary, `geometry` and `bbox`."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    tally = Tally()
    box = [math.inf, math.inf, -math.inf, -math.inf]
    schema = _schema()
    incidents = store.each(where)
    try:
        with pq.ParquetWriter(out, schema, compression="zstd") as writer:
            while batch := list(islice(incidents, ROWS)):
                for incident in batch:
                    tally.see(incident)
                writer.write_batch(record(batch, schema, box))
            writer.add_key_value_metadata(
                {
                    "geo": json.dumps(geo_metadata(box)),
                    "incident_atlas": json.dumps(_said(about), ensure_ascii=False),
                }
            )
    except pa.ArrowException as error:
        raise OSError(0, str(error)) from error
    return tally.report()


def _schema() -> pa.Schema:
    import pyarrow as pa

    corners = pa.struct([(corner, pa.float64()) for corner in _CORNERS])
    fields = [(name, arrow_type(name)) for name in FIELDS]
    return pa.schema([*fields, ("geometry", pa.binary()), ("bbox", corners)])


def record(incidents: list[Incident], schema: pa.Schema, box: list[float]) -> pa.RecordBatch:
    """Give incidents as a batch of the file, and widen `box` (in place) to hold them."""
    import pyarrow as pa

    rows: list[dict[str, Any]] = []
    for incident in incidents:
        row = typed(incident)
        row["geometry"] = point_wkb(incident)
        x, y = incident.longitude, incident.latitude
        row["bbox"] = None
        if x is not None and y is not None:
            row["bbox"] = dict(zip(_CORNERS, (x, y, x, y), strict=True))
            box[:] = min(box[0], x), min(box[1], y), max(box[2], x), max(box[3], y)
        rows.append(row)
    return pa.RecordBatch.from_pylist(rows, schema=schema)


def geo_metadata(box: list[float]) -> dict[str, Json]:
    """Give the standard's metadata; `box` is that of all points, infinite without any."""
    column: dict[str, Json] = {
        "encoding": "WKB",
        "geometry_types": ["Point"] if math.isfinite(box[0]) else [],
        "covering": {"bbox": {corner: ["bbox", corner] for corner in _CORNERS}},
    }
    if math.isfinite(box[0]):
        column["bbox"] = box
    return {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}


def _said(about: About) -> dict[str, Json]:
    return {
        "project": about.project,
        "filter": about.filter,
        "query": about.query,
        "totals": about.totals,
        "made": about.made.isoformat(timespec="seconds"),
        "attribution": about.attribution,
    }

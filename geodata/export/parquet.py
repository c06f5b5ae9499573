"""Parquet for data frames and warehouses: GeoParquet 1.1 with points in WKB and their boxes.

Rows are written in groups, so that a million of them need little memory. The coordinate system is
left out, which by GeoParquet means longitude and latitude in WGS 84 (OGC:CRS84).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from geodata.batches import batched
from geodata.export import About, ExportReport
from geodata.export._arrow import schema, table
from geodata.export._cells import unlocated_note

if TYPE_CHECKING:
    import pyarrow as pa

    from geodata.filters import Filter
    from geodata.store import Store

GROUP_ROWS = 50_000
_BOX = ("xmin", "ymin", "xmax", "ymax")


def write(store: Store, where: Filter, out: Path, about: About) -> ExportReport:
    """Write the vocabulary's fields with their types, then ``bbox`` and ``geometry``.

    Tags are JSON lists and deaths by status JSON objects, as text. A row without coordinates has
    neither geometry nor box.
    """
    import pyarrow.parquet as pq

    rows = unlocated = 0
    box = np.array([np.inf, np.inf, -np.inf, -np.inf])
    with pq.ParquetWriter(out, _schema(), compression="zstd") as writer:
        for batch in batched(store.each(where), GROUP_ROWS):
            plain, points = table(batch)
            writer.write_table(_boxed(plain, points))
            rows += len(batch)
            unlocated += int(np.isnan(points[:, 0]).sum())
            box[:2] = np.fmin(box[:2], np.fmin.reduce(points))
            box[2:] = np.fmax(box[2:], np.fmax.reduce(points))
        writer.add_key_value_metadata(_metadata(box, about))
    return ExportReport(rows, unlocated_note(unlocated))


def _schema() -> pa.Schema:
    import pyarrow as pa

    box = pa.struct([(name, pa.float64()) for name in _BOX])
    own = schema()
    return own.insert(len(own) - 1, pa.field("bbox", box))


def _boxed(plain: pa.Table, points: Any) -> pa.Table:
    """Put the box of each point before the geometry, none where there is no point."""
    import pyarrow as pa

    boxes = [
        None if np.isnan(x) else dict(zip(_BOX, (x, y, x, y), strict=True))
        for x, y in points.tolist()
    ]
    at = plain.num_columns - 1
    return plain.add_column(at, "bbox", pa.array(boxes, _schema().field("bbox").type))


def _metadata(box: Any, about: About) -> dict[str, str]:
    column: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": ["Point"],
        "covering": {"bbox": {name: ["bbox", name] for name in _BOX}},
    }
    if np.isfinite(box).all():
        column["bbox"] = box.tolist()
    geo = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
    return {"geo": json.dumps(geo), "about": "\n".join(about.lines())}

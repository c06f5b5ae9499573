"""Shapefile for older programs, within its limits, which the report and a text file name.

Names of fields have ten characters, text 254 bytes, and there is no truth value: see `NAMES`. A
path that ends in .zip gives one file that holds all parts.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from geodata.batches import batched
from geodata.export import About, ExportReport
from geodata.export._arrow import table
from geodata.export._cells import unlocated_note
from geodata.incident import FIELDS, Incident

if TYPE_CHECKING:
    import pyarrow as pa

    from geodata.filters import Filter
    from geodata.store import Store

MAX_BYTES = 254
"""Longest text of a field, in bytes of UTF-8."""

_SHORT = {
    "incident_id": "incident",
    "event_date": "date",
    "event_date_end": "date_end",
    "date_precision": "date_prec",
    "event_type": "event_type",
    "sub_event_type": "sub_event",
    "perpetrator": "perpetr",
    "attribution": "attrib",
    "attributed_by": "attrib_by",
    "location_precision": "loc_prec",
    "killed_by_status": "kill_stat",
    "background": "backgr",
} | {
    f"{kind}_{bound}": f"{short}_{bound}"
    for kind, short in (("killed", "kill"), ("injured", "inj"))
    for bound in ("low", "best", "high")
}
NAMES: dict[str, str] = {name: _SHORT.get(name, name) for name in FIELDS}
"""Field of the vocabulary to its name in the file, at most ten characters, none twice."""


@dataclass(slots=True)
class _Written:
    rows: int = 0
    unlocated: int = 0
    cut: int = 0

    def notes(self) -> tuple[str, ...]:
        cut = f"{self.cut:,} texts were cut to {MAX_BYTES} bytes, which is all a shapefile holds"
        return (*unlocated_note(self.unlocated), *((cut,) if self.cut else ()))


def write(store: Store, where: Filter, out: Path, about: About) -> ExportReport:
    """Write the files of a shapefile, or one .zip of them, and a text file about it."""
    import pyogrio

    zipped = out.suffix.lower() == ".zip"
    stem = out.name.removesuffix(".zip").removesuffix(".shp") or "incidents"
    layer = out.with_name(f"{stem}.shp")
    done = _Written()
    for batch in batched(store.each(where), 20_000) if store.count(where) else [[]]:
        pyogrio.write_arrow(
            _table(batch, done), layer, driver="ESRI Shapefile", encoding="UTF-8",
            geometry_name="geometry", geometry_type="Point", crs="EPSG:4326",
            append=bool(done.rows),
        )  # fmt: skip
        done.rows += len(batch)
    names = [f"{short}: {name}" for name, short in NAMES.items() if short != name]
    text = "\n".join([*about.lines(), *done.notes(), "", "Names of fields:", *names]) + "\n"
    (out.with_name(f"{stem}.about.txt")).write_text(text, encoding="utf-8")
    if zipped:
        _pack(out, stem)
    elif layer != out:
        layer.replace(out)  # an ending of the user's own; the parts keep theirs
    return ExportReport(done.rows, done.notes())


def _pack(out: Path, stem: str) -> None:
    parts = sorted(p for p in out.parent.iterdir() if p.name.startswith(f"{stem}."))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            if part != out:
                archive.write(part, part.name)
                part.unlink()


def _table(incidents: Sequence[Incident], done: _Written) -> pa.Table:
    """Give incidents as a table that a shapefile can hold."""
    import pyarrow as pa

    plain, points = table(incidents)
    done.unlocated += int(np.isnan(points[:, 0]).sum())
    columns = {}
    for name in FIELDS:
        column = plain.column(name)
        if pa.types.is_boolean(column.type):
            column = column.cast(pa.string())
        if pa.types.is_string(column.type):
            column = pa.array([_cut(text, done) for text in column.to_pylist()], pa.string())
        columns[NAMES[name]] = column
    return pa.table({**columns, "geometry": plain.column("geometry")})


def _cut(text: str | None, done: _Written) -> str | None:
    if text is None or len(raw := text.encode()) <= MAX_BYTES:
        return text
    done.cut += 1
    return raw[:MAX_BYTES].decode(errors="ignore")

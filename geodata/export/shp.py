"""Shapefile: points with the vocabulary's fields under names of at most ten characters.

A shapefile is several files of one name: as one ZIP archive where the path ends in ``.zip`` (or
in anything but ``.shp``), else side by side. What it cannot hold is cut and counted: text beyond
254 bytes of UTF-8, and the difference between empty text and none.
"""

from __future__ import annotations

import tempfile
import zipfile
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geodata.export import About, ExportReport
from geodata.export._cells import Tally, arrow_type, cut_bytes, point_wkb, typed
from geodata.incident import COUNTS, FIELDS, Incident

if TYPE_CHECKING:
    import pyarrow as pa

    from geodata.filters import Filter
    from geodata.store import Store

SHORT_NAMES: dict[str, str] = {
    "incident_id": "incident",
    "event_date": "date",
    "event_date_end": "date_end",
    "date_precision": "date_prec",
    "sub_event_type": "sub_event",
    "perpetrator": "perpetr",
    "attribution": "attrib",
    "attributed_by": "attrib_by",
    "location_precision": "loc_prec",
    "killed_low": "kill_low",
    "killed_best": "kill_best",
    "killed_high": "kill_high",
    "injured_low": "inj_low",
    "injured_best": "inj_best",
    "injured_high": "inj_high",
    "killed_by_status": "kill_stat",
    "background": "backgr",
}
"""Names of the fields that do not fit into the ten characters of a DBF table, and of some more
that read better so; every other field keeps its own name."""

MOST_BYTES = 254
"""Longest text of a DBF field, in bytes of UTF-8."""

_LARGE = 2_147_483_648
_CUT = f"longer than the {MOST_BYTES} bytes that a shapefile keeps, and cut"
_ROWS = 5_000  # held in memory at a time


def short_name(field: str) -> str:
    """Name of a field in a shapefile."""
    return SHORT_NAMES.get(field, field[:10])


def write(store: Store, where: Filter, out: Path, about: About) -> ExportReport:
    """Write the layer, and a README with the names and the limits."""
    tally = Tally(limit=_CUT)
    if out.suffix.lower() == ".shp":
        _layer(store, where, out, tally)
        _readme(out.with_name(f"{out.stem}.README.txt"), about, tally)
        return tally.report()
    stem = out.name.split(".")[0] or "incidents"
    with tempfile.TemporaryDirectory(dir=out.parent) as folder:
        _layer(store, where, Path(folder) / f"{stem}.shp", tally)
        _readme(Path(folder) / "README.txt", about, tally)
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in sorted(Path(folder).iterdir()):
                archive.write(part, part.name)
    return tally.report()


def _layer(store: Store, where: Filter, out: Path, tally: Tally) -> None:
    import pyarrow as pa
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError

    schema = _schema()
    incidents = store.each(where)
    batch = list(islice(incidents, _ROWS))
    begun = False
    try:
        # Part by part, because an error inside an Arrow stream loses its own words.
        while batch or not begun:
            rows = [_row(incident, tally) for incident in batch]
            pyogrio.write_arrow(
                pa.Table.from_pylist(rows, schema=schema),
                out,
                driver="ESRI Shapefile",
                geometry_name="geometry",
                geometry_type="Point",
                crs="EPSG:4326",
                encoding="UTF-8",
                append=begun,
            )
            begun = True
            batch = list(islice(incidents, _ROWS))
    except (DataSourceError, DataLayerError, pa.ArrowException) as error:
        raise OSError(0, str(error)) from error
    if out.with_suffix(".dbf").stat().st_size >= _LARGE:
        tally.more.append(
            "its table is larger than 2 GB, which some programs refuse; a narrower filter, or"
            " another format, avoids it"
        )


def _schema() -> pa.Schema:
    import pyarrow as pa

    kinds = {name: arrow_type(name) for name in FIELDS} | dict.fromkeys(COUNTS, pa.int32())
    # A DBF table of GDAL has no truth values; 0 and 1 are read by every program.
    kinds |= {name: pa.int16() for name, kind in kinds.items() if kind == pa.bool_()}
    return pa.schema(
        [(short_name(name), kind) for name, kind in kinds.items()] + [("geometry", pa.binary())]
    )


def _row(incident: Incident, tally: Tally) -> dict[str, Any]:
    tally.see(incident)
    row: dict[str, Any] = {"geometry": point_wkb(incident)}
    for name, value in typed(incident).items():
        row[short_name(name)] = _cell(value, tally)
    return row


def _cell(value: Any, tally: Tally) -> Any:
    if isinstance(value, str):
        return tally.fit(value, cut_bytes(value, MOST_BYTES))
    return int(value) if isinstance(value, bool) else value


def _readme(path: Path, about: About, tally: Tally) -> None:
    names = [f"{short_name(name):<11} {name}" for name in FIELDS]
    lines = [
        *about.lines(),
        f"Rows: {tally.rows:,}",
        *(note[0].upper() + note[1:] + "." for note in tally.notes()),
        "",
        "A shapefile allows ten characters for the name of a field. Names here, and in full:",
        "",
        *names,
        "",
        f"Limits: text is cut at {MOST_BYTES} bytes of UTF-8 and then ends in …; empty text and",
        "no text are the same; backgr is 0 or 1; an incident without coordinates has an",
        "empty geometry. GeoPackage, GeoJSON and Parquet have none of these limits.",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")

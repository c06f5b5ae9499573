"""Files of features (GeoJSON, GeoPackage, Shapefile, KML), read through GDAL.

GDAL tells a file's kind by its content and has kinds that read other files; so the content is
judged here first, and the kind it found is checked before a feature is read.
"""

from __future__ import annotations

import re
import sqlite3
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geodata.errors import InputError
from ingest.readers.tables._batch import BATCH_ROWS, MAX_COLUMNS, RowBatch, TableInfo
from ingest.readers.tables._file import digest_of, head_of
from ingest.readers.tables._geometry import Geometry, beside, geometry_in
from ingest.readers.tables._layout import named
from ingest.readers.tables._shape import first_rows
from ingest.readers.tables.parquet import text_batch

if TYPE_CHECKING:
    import pyarrow as pa

MAX_TEXT_BYTES = 500_000_000
"""Largest GeoJSON or KML: GDAL holds such a file in memory as a whole."""

_DRIVERS = {
    "geojson": {"GeoJSON", "GeoJSONSeq"},
    "gpkg": {"GPKG"},
    "shp": {"ESRI Shapefile"},
    "kml": {"KML", "LIBKML"},
}
_REFERS = re.compile(rb"gdal_streamed_alg|<OGRVRT|<VRTDataset|<OGRWFS|<GDAL_WMS", re.IGNORECASE)
_ENTITIES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_HAS_ENTITIES = "it declares a document type or entities, which no KML needs: take them out"
_DRAWING = frozenset({"altitudeMode", "tessellate", "extrude", "visibility", "drawOrder", "icon"})
"""Columns that GDAL adds to a KML, with values of its own where the file has none."""
_POINTS = ("Point", "Point Z", "2.5D Point", "3D Point", "Point M", "Point ZM", "PointZ")


@dataclass(frozen=True, slots=True)
class Features:
    """One layer of a file of features."""

    path: Path
    info: TableInfo
    geometry: Geometry | None = None
    encoding: str | None = None
    fields: tuple[str, ...] | None = None
    """Attributes that are read; None for all."""

    def batches(self, *, size: int = BATCH_ROWS) -> Iterator[RowBatch]:
        """Features in the order of the layer, never more than `size` at a time."""
        from pyogrio.raw import open_arrow

        before, total = 0, max(self.info.rows or 1, 1)
        with _spoken_plainly():
            source = open_arrow(
                self.path, layer=self.info.sheet or None, batch_size=min(size, BATCH_ROWS),
                use_pyarrow=True, encoding=self.encoding, columns=self.fields,
            )  # fmt: skip
            meta, reader = source.__enter__()
        try:
            place = _geometry_place(reader.schema, meta.get("geometry_name") or "wkb_geometry")
            while (step := _next(reader)) is not None:
                done = (before + step.num_rows) / total
                yield text_batch(step, before, done, place, self.geometry)
                before += step.num_rows
        finally:
            source.__exit__(None, None, None)

    def sample(self, rows: int = 200) -> RowBatch:
        """Give the first features."""
        return first_rows(self, rows)


def _geometry_place(schema: pa.Schema, name: str) -> int:
    names = list(schema.names)
    return names.index(name) if name in names else -1


def open_features(
    path: Path, *, name: str, kind: str, sheet: str = "", encoding: str = ""
) -> Features:
    """Open a layer of a file of features: the one named, or the one with the most features.

    Raises
    ------
    InputError
        It is broken, refers to other files, is our own project; there is no such layer.
    """
    digest = _judged(path, kind)
    told = encoding or None
    with _spoken_plainly():
        layers, layer = _layers(path, kind, sheet, told)
        said = _said(path, kind, layer, told)
    fields = [one for one in said["fields"] if kind != "kml" or one not in _DRAWING]
    kept = tuple(fields) if kind == "kml" else None
    if len(fields) > MAX_COLUMNS:
        raise InputError(f"it has {len(fields):,} columns, and at most {MAX_COLUMNS:,} are read")
    notes = []
    if not sheet and len(layers) > 1:
        notes.append(f"the layer {layer!r} was taken, which has the most features")
    geometry: Geometry | None = None
    more: list[str] = []
    if said["geometry_type"] is not None:
        geometry, more = geometry_in(said["crs"], typed=said["geometry_type"] not in _POINTS)
        fields += beside(fields, geometry.columns)
    count = int(said["features"])
    info = TableInfo(
        name=name, kind=kind, columns=named(fields), header_line=1, sheet=layer, sheets=layers,
        encoding=said.get("encoding") or "", rows=count if count >= 0 else None,
        size_bytes=path.stat().st_size, sha256=digest, notes=(*notes, *more),
    )  # fmt: skip
    return Features(path, info, geometry, told, kept)


def _judged(path: Path, kind: str) -> str:
    """Refuse what GDAL shall not open; gives the file's digest."""
    if _REFERS.search(head_of(path).replace(b"\0", b"")):
        raise InputError("it refers to other files or services: give the data itself")
    if kind in ("geojson", "kml") and path.stat().st_size > MAX_TEXT_BYTES:
        raise InputError(f"it is larger than {MAX_TEXT_BYTES / 1e9:g} GB: save it as GeoPackage")
    if kind == "gpkg" and is_project(path):
        raise InputError("it is an Incident Atlas project, not a table: open it with --store")
    tail = b""

    def see(piece: bytes) -> None:
        nonlocal tail
        text = (tail + piece).replace(b"\0", b"")  # UTF-16 puts a zero beside every letter
        if _ENTITIES.search(text):
            raise InputError(_HAS_ENTITIES)
        tail = text[-40:]

    return digest_of(path, see if kind == "kml" else None)


def is_project(path: Path) -> bool:
    """Whether a GeoPackage is a project of our own; one that cannot be read is an `InputError`."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            ours = database.execute(
                "SELECT 1 FROM sqlite_master WHERE name = 'atlas_migrations'"
            ).fetchone()
    except (sqlite3.Error, UnicodeDecodeError) as error:  # its message may quote odd bytes
        raise InputError("it is no readable GeoPackage: write it again") from error
    return ours is not None


def _layers(path: Path, kind: str, sheet: str, encoding: str | None) -> tuple[tuple[str, ...], str]:
    import pyogrio

    names = tuple(str(row[0]) for row in pyogrio.list_layers(path))
    if sheet and sheet not in names:
        known = ", ".join(map(repr, names)) or "none"
        raise InputError(f"there is no layer {sheet!r}: its layers are {known}")
    if not names:
        raise InputError("there is no layer in it")
    if sheet or len(names) == 1:
        return names, sheet or names[0]
    counts = {one: int(_said(path, kind, one, encoding)["features"]) for one in names}
    return names, max(names, key=lambda one: counts[one])


def _said(path: Path, kind: str, layer: str, encoding: str | None) -> dict[str, Any]:
    import pyogrio

    said: dict[str, Any] = pyogrio.read_info(
        path, layer=layer, encoding=encoding, force_feature_count=True
    )
    if said["driver"] not in _DRIVERS[kind]:
        raise InputError(f"it is a file of the kind {said['driver']!r}, which is not read")
    return said


@contextmanager
def _spoken_plainly() -> Iterator[None]:
    """What GDAL and its readers say of a file becomes an `InputError`; warnings are passed over."""
    import pyarrow as pa
    from pyogrio.errors import DataLayerError, DataSourceError, FieldError, GeometryError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except InputError:
        raise
    except (
        DataLayerError, DataSourceError, FieldError, GeometryError, pa.ArrowException, OSError,
        ValueError, RuntimeError,
    ) as error:  # fmt: skip
        reason = str(error).splitlines()[0] if str(error) else "broken data"
        if "not recognized" in reason:  # and advice that is meant for programmers
            reason = "its content is of no such kind"
        raise InputError(f"it cannot be read as a file of features: {reason[:150]}") from error


def _next(reader: Any) -> pa.RecordBatch | None:
    with _spoken_plainly():
        return next(iter(reader), None)

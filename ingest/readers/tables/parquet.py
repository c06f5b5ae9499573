"""Parquet and GeoParquet: row groups streamed, every column as text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geodata.errors import InputError
from ingest.readers.tables._arrow_text import as_text
from ingest.readers.tables._batch import BATCH_ROWS, MAX_CELL, MAX_COLUMNS, RowBatch, TableInfo
from ingest.readers.tables._file import digest_of
from ingest.readers.tables._geometry import Geometry, beside, geometry_in
from ingest.readers.tables._layout import named
from ingest.readers.tables._shape import first_rows, raw_json

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

from ingest.readers.tables._batch import RowFault

MAX_ROW_GROUP = 4_000_000_000
"""Most bytes that a row group may say it holds: some of it is in memory at a time."""


@dataclass(frozen=True, slots=True)
class ParquetTable:
    """A Parquet file; `place` is the column of geometries, where it has one."""

    path: Path
    info: TableInfo
    geometry: Geometry | None = None
    place: int = -1

    def batches(self, *, size: int = BATCH_ROWS) -> Iterator[RowBatch]:
        """Rows in the order of the file, never more than `size` at a time."""
        with _opened(self.path) as file:
            before, total = 0, max(file.metadata.num_rows, 1)
            steps = file.iter_batches(batch_size=min(size, BATCH_ROWS), use_threads=False)
            while (step := _next(steps)) is not None:
                done = (before + step.num_rows) / total
                yield text_batch(step, before, done, self.place, self.geometry)
                before += step.num_rows

    def sample(self, rows: int = 200) -> RowBatch:
        """Give the first rows."""
        return first_rows(self, rows)


def text_batch(
    step: pa.RecordBatch, before: int, done: float, place: int, geometry: Geometry | None
) -> RowBatch:
    """Give rows of any types as rows of text, with the place of their geometries after them.

    Parameters
    ----------
    before
        Rows of the file before these: rows are numbered from 1.
    place
        Column of geometries in WKB, -1 where there is none.
    """
    import pyarrow as pa

    columns = [as_text(column) for at, column in enumerate(step.columns) if at != place]
    if geometry is not None and place >= 0:
        columns += geometry.cells(step.column(place))
    names = [str(at) for at in range(len(columns))]
    cells = pa.RecordBatch.from_arrays(columns, names=names)
    lines = range(before + 1, before + 1 + step.num_rows)
    return _without_long(cells, lines, done)


def _without_long(cells: pa.RecordBatch, lines: range, done: float) -> RowBatch:
    """Set apart the rows with a cell that is too long."""
    import pyarrow.compute as pc

    long: set[int] = set()
    for column in cells.columns:
        if column.nbytes > MAX_CELL:
            over = pc.greater(pc.utf8_length(column), MAX_CELL)
            long.update(at for at, one in enumerate(over.to_pylist()) if one)
    if not long:
        return RowBatch(cells, lines, done=min(done, 1.0))
    reason = f"a cell is longer than {MAX_CELL:,} characters"
    faults = tuple(
        RowFault(lines[at], reason, raw=raw_json([column[at].as_py() for column in cells.columns]))
        for at in sorted(long)
    )
    kept = [at for at in range(cells.num_rows) if at not in long]
    return RowBatch(cells.take(kept), [lines[at] for at in kept], faults, done=min(done, 1.0))


def open_parquet(path: Path, *, name: str) -> ParquetTable:
    """Open a Parquet file.

    Raises
    ------
    InputError
        It is broken, or has too many columns.
    """
    with _opened(path) as file:
        schema, meta = file.schema_arrow, file.metadata
        sizes = [meta.row_group(at).total_byte_size for at in range(meta.num_row_groups)]
    if max(sizes, default=0) > MAX_ROW_GROUP:
        raise InputError(f"a row group of it holds more than {MAX_ROW_GROUP / 1e9:g} GB")
    if len(schema.names) > MAX_COLUMNS:
        raise InputError(f"it has {len(schema.names):,} columns, and at most {MAX_COLUMNS:,} "
                         "are read")  # fmt: skip
    place, geometry, notes = _geo(schema)
    names = [one for at, one in enumerate(schema.names) if at != place]
    if geometry is not None:
        names += beside(names, geometry.columns)
    info = TableInfo(
        name=name, kind="parquet", columns=named(names), header_line=1, rows=meta.num_rows,
        size_bytes=path.stat().st_size, sha256=digest_of(path), notes=tuple(notes),
    )  # fmt: skip
    return ParquetTable(path, info, geometry, place)


def _geo(schema: pa.Schema) -> tuple[int, Geometry | None, list[str]]:
    """Column of geometries by the file's GeoParquet metadata."""
    try:
        geo = json.loads((schema.metadata or {}).get(b"geo", b"{}"))
        column = geo.get("primary_column", "")
        said: dict[str, Any] = geo.get("columns", {}).get(column, {})
        encoding, kinds = said.get("encoding"), said.get("geometry_types") or []
    except (ValueError, AttributeError, TypeError, RecursionError):
        return -1, None, ["its GeoParquet metadata cannot be read: geometries stay as they are"]
    place = schema.names.index(column) if column in schema.names else -1
    if place < 0:
        return -1, None, []
    if encoding != "WKB":
        return -1, None, [f"its geometries are written as {str(encoding)[:40]!r}, not as WKB"]
    crs = said.get("crs", "OGC:CRS84")  # by the standard, where nothing is said
    text = crs if isinstance(crs, str) else json.dumps(crs) if crs else None
    points = bool(kinds) and all(str(one).startswith("Point") for one in kinds)
    geometry, notes = geometry_in(text, typed=not points)
    return place, geometry, notes


@contextmanager
def _opened(path: Path) -> Iterator[pq.ParquetFile]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise InputError("it is no readable Parquet file: write it again") from error
    with file:
        yield file


def _next(steps: Iterator[pa.RecordBatch]) -> pa.RecordBatch | None:
    import pyarrow as pa

    try:
        return next(steps, None)
    except (pa.ArrowException, OSError, ValueError) as error:
        reason = str(error).splitlines()[0][:150] if str(error) else "broken data"
        raise InputError(f"it is broken and cannot be read on ({reason})") from error

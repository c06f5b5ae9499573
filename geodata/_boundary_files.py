"""Read a file of boundaries: any polygons that GDAL reads, row by row, none lost in silence.

The file is read in batches through Arrow, so that memory does not grow with it.
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Generator, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from geodata._boundary_columns import Columns, Wanted, cell_text, choose_columns, spellings
from geodata._boundary_countries import CountryCodes
from geodata._boundary_crs import to_wgs84
from geodata._boundary_shapes import area_km2, mend
from geodata._rows import MAX_NAME, clean, dumps
from geodata.admin_areas import AdminArea, BoundaryLayer
from geodata.errors import InputError
from geodata.incident import Json, Quarantined

BATCH = 100
"""Rows held at once."""

READABLE = ("GeoJSON", "GeoJSONSeq", "TopoJSON", "GPKG", "ESRI Shapefile", "KML", "LIBKML",
            "FlatGeobuf", "GML", "Parquet", "Arrow", "OpenFileGDB", "MapInfo File")  # fmt: skip
"""GDAL's drivers that are let in: a file that points to other files or hosts (VRT) is not."""

_VIRTUAL = (b"<OGRVRT", b"<VRTDataset")
_MAX_ATTRIBUTES = 20_000  # characters of JSON for one row's own columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What the user says of a file; None and "" leave it to the file."""

    columns: Wanted = field(default_factory=Wanted)
    layer: str | None = None
    crs: str | None = None
    country: str | None = None
    title: str = ""
    source: str = ""
    licence: str = ""
    vintage: str = ""


@dataclass(slots=True)
class BoundaryFile:
    """A file whose columns and reference system are known; `areas` reads it through.

    `refused` and `mended` grow while it is read: rows that are no usable polygon, with the reason,
    and what had to be done to others (row number, words).
    """

    path: Path
    source_layer: str
    layer: BoundaryLayer
    columns: Columns
    crs: str
    countries: CountryCodes
    features: int  # as the file says; -1 where it does not
    refused: list[Quarantined] = field(default_factory=list)
    mended: list[tuple[int, str]] = field(default_factory=list)
    rows: int = 0

    def areas(self) -> Iterator[AdminArea]:
        """Areas in the order of the file."""
        to_degrees = to_wgs84(self.crs)
        for batch in _batches(self.path, self.source_layer):
            fit = [(mend(wkb, to_degrees), row) for wkb, row in batch]
            self.countries.learn(
                [(mended.shape, row) for mended, row in fit if mended.shape is not None],
                self.columns.country,
            )
            for mended, row in fit:
                self.rows += 1
                name = cell_text(row.get(self.columns.name))
                if mended.shape is None or not name:
                    self._refuse(row, mended.reason or "the row has no name")
                    continue
                if mended.how:
                    self.mended.append((self.rows, mended.how))
                yield self._area(name, mended.shape, row)

    def _area(self, name: str, shape: Any, row: Mapping[str, Any]) -> AdminArea:
        chosen = self.columns
        parent = cell_text(row.get(chosen.parent or "")) or None
        above = cell_text(row.get(chosen.grandparent or "")) or None
        admin1, admin2 = {
            1: (name, None),
            2: (parent, name),
            3: (above, parent),
        }[chosen.level]
        return AdminArea(
            name=name,
            level=chosen.level,
            shape=shape,
            variants=spellings(name, [row.get(column) for column in chosen.variants]),
            admin1=admin1,
            admin2=admin2,
            country=self.countries.code(row, chosen.country, shape),
            code=cell_text(row.get(chosen.code or "")),
            area_km2=round(area_km2(shape), 3),
            attributes=_attributes(row),
        )

    def _refuse(self, row: Mapping[str, Any], reason: str) -> None:
        self.refused.append(
            Quarantined(
                source=self.path.name,
                reason=f"boundaries: {reason}",
                row=self.rows,
                raw=dumps(_attributes(row)),
            )
        )


def open_boundaries(path: Path, ask: Ask) -> BoundaryFile:
    """Look at a file and decide what is what.

    Raises
    ------
    InputError
        One line: it cannot be read, has no or several layers of polygons, no known reference
        system, or no column that is surely the name; says which option to give.
    """
    _must_be_plain_file(path)
    source_layer = _choose_layer(path, ask.layer)
    info = _told(path, "read_info", layer=source_layer)
    if info["driver"] not in READABLE:
        raise InputError(f"{str(path)!r} is of the kind {info['driver']!r}, which is not read")
    names = [str(name) for name in info["fields"]]
    first = _first_rows(path, source_layer)
    columns = choose_columns(path, names, first, ask.columns)
    return BoundaryFile(
        path=path,
        source_layer=source_layer,
        layer=_layer(path, ask, columns, first, info),
        columns=columns,
        crs=_choose_crs(path, info["crs"], ask.crs),
        countries=CountryCodes(ask.country),
        features=int(info["features"]),
    )


def _first_rows(path: Path, layer: str) -> list[dict[str, Any]]:
    with closing(_batches(path, layer)) as batches:
        return [row for _, row in next(batches, [])]


def _must_be_plain_file(path: Path) -> None:
    if not path.exists():
        raise InputError(f"no file {str(path)!r}; give the path of a file on this machine")
    if path.is_file():
        with path.open("rb") as file:
            head = file.read(4096)
        if not head:
            raise InputError(f"{str(path)!r} is empty")
        if any(mark in head for mark in _VIRTUAL):
            raise InputError(
                f"{str(path)!r} only points to other files; give the file with the polygons"
            )


def _choose_layer(path: Path, wanted: str | None) -> str:
    found = [(str(name), kind) for name, kind in _told(path, "list_layers")]
    if wanted is not None:
        if wanted not in [name for name, _ in found]:
            names = ", ".join(repr(name) for name, _ in found)
            raise InputError(f"{str(path)!r} has no layer {wanted!r} (--layer); it has {names}")
        return wanted
    areal = [name for name, kind in found if kind and _may_be_polygons(str(kind))]
    if len(areal) > 1:
        raise InputError(
            f"{str(path)!r} has {len(areal)} layers of polygons: give --layer NAME,"
            f" one of {', '.join(map(repr, areal))}"
        )
    if not areal:
        kinds = ", ".join(f"{name!r} ({kind or 'no shapes'})" for name, kind in found)
        raise InputError(f"{str(path)!r} has no layer of polygons; it has {kinds or 'no layer'}")
    return areal[0]


def _may_be_polygons(kind: str) -> bool:
    return "Polygon" in kind or "Surface" in kind or kind.rsplit(maxsplit=1)[-1] in (
        "Unknown", "Geometry", "GeometryCollection", "Z")  # fmt: skip


def _choose_crs(path: Path, of_file: str | None, given: str | None) -> str:
    from geodata._boundary_crs import same_crs

    if of_file is None:
        if given is None:
            raise InputError(
                f"{str(path)!r} does not say its coordinate reference system; give it,"
                " for example --crs EPSG:4326 for longitude and latitude on WGS 84"
            )
        to_wgs84(given)
        return given
    if given is not None and not same_crs(of_file, given):
        raise InputError(
            f"{str(path)!r} says it is in {of_file[:80]!r}, --crs says {given!r}; leave --crs out,"
            " or correct the file"
        )
    return of_file


def _layer(
    path: Path,
    ask: Ask,
    columns: Columns,
    first: list[dict[str, Any]],
    info: Mapping[str, Any],
) -> BoundaryLayer:
    told = {**(info.get("dataset_metadata") or {}), **(info.get("layer_metadata") or {})}
    told = {str(name).casefold(): cell_text(value) for name, value in told.items()}
    beside = _sidecar(path)

    def of_rows(column: str | None) -> str:
        values = {cell_text(row.get(column)) for row in first} if column else set()
        return values.pop() if len(values) == 1 else ""

    def of_file(*names: str) -> str:
        return next((text for name in names if (text := beside.get(name) or told.get(name))), "")

    return BoundaryLayer(
        name=ask.title or of_rows(columns.title) or path.name.split(".")[0],
        level=columns.level,
        title=ask.title or of_rows(columns.title) or of_file("title"),
        source=ask.source or of_rows(columns.source) or of_file("boundarysource", "source")
        or columns.maker,
        licence=ask.licence or of_rows(columns.licence)
        or of_file("boundarylicense", "licence", "license"),
        vintage=ask.vintage or _vintage(columns, first)
        or of_file("boundaryyearrepresented", "vintage", "year"),
        file=path.name,
        sha256=_digest(path),
        columns=columns.mapping(),
        added=datetime.now(UTC),
    )  # fmt: skip


def _vintage(columns: Columns, first: list[dict[str, Any]]) -> str:
    for column in columns.vintage:
        values = [row[column] for row in first if row.get(column) is not None]
        days = [value.date() if isinstance(value, datetime) else value for value in values]
        known = [day for day in days if isinstance(day, date) and day.year >= 1900]
        if known:
            return max(known).isoformat()
        texts = sorted({cell_text(value)[:20] for value in values} - {""})
        if texts:
            return texts[-1]
    return ""


def _sidecar(path: Path) -> dict[str, str]:
    """Metadata that geoBoundaries puts beside its file: source, licence, year."""
    import orjson

    stem = path.name.split(".")[0].removesuffix("_simplified")
    try:
        raw = orjson.loads(path.with_name(f"{stem}-metaData.json").read_bytes()[:1_000_000])
    except (OSError, ValueError):
        return {}
    if not isinstance(raw, dict):
        return {}
    return {str(name).casefold(): cell_text(value) for name, value in raw.items()}


def _digest(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _attributes(row: Mapping[str, Any]) -> dict[str, Json]:
    """Give the row's own columns as JSON; what is too long is cut, and then left out."""
    if "atlas_level" in row:  # a copy of ours: the columns of the file it came from
        return _kept_attributes(row.get("attributes"))
    kept: dict[str, Json] = {}
    budget = _MAX_ATTRIBUTES
    for name, value in row.items():
        cell = value if isinstance(value, bool | int | None) else _cell(value)
        budget -= len(name) + len(str(cell))
        if budget < 0:
            kept["…"] = "the other columns are too long to keep"
            break
        kept[clean(name)] = cell
    return kept


def _kept_attributes(text: Any) -> dict[str, Json]:
    import orjson

    try:
        found = orjson.loads(str(text))
    except ValueError:
        return {}
    return found if isinstance(found, dict) and len(str(text)) <= 2 * _MAX_ATTRIBUTES else {}


def _cell(value: Any) -> Json:
    if isinstance(value, float):
        return value if value - value == 0 else None  # neither NaN nor infinity is JSON
    if isinstance(value, date):
        return value.isoformat()
    return clean(str(value), MAX_NAME)


# ---------------------------------------------------------------- GDAL


def _batches(
    path: Path, layer: str
) -> Generator[list[tuple[bytes | None, dict[str, Any]]], None, None]:
    """Rows as (shape as WKB, columns), some at a time."""
    import pyogrio

    with ExitStack() as stack:
        with _in_words(path):
            meta, reader = stack.enter_context(
                pyogrio.open_arrow(path, layer=layer, use_pyarrow=True, batch_size=BATCH)
            )
        shapes = meta["geometry_name"] or "wkb_geometry"
        while True:
            with _in_words(path):
                batch = next(reader, None)
                rows = batch.to_pylist() if batch is not None else []
            if batch is None:
                return
            yield [(row.pop(shapes, None), row) for row in rows]


def _told(path: Path, function: str, **options: Any) -> Any:
    import pyogrio

    with _in_words(path):
        return getattr(pyogrio, function)(path, **options)


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    """Say an error of GDAL in one line; its warnings speak of what `mend` sees for itself."""
    import pyarrow as pa
    import pyogrio

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        words = " ".join(str(error).split())[:200]
        raise InputError(f"{str(path)!r} cannot be read as boundaries: {words}") from error
    except (pa.ArrowInvalid, UnicodeDecodeError, OSError) as error:
        words = " ".join(str(error).split())[:200]
        raise InputError(f"{str(path)!r} cannot be read to its end: {words}") from error

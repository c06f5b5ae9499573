"""Any table or layer of named points: CSV, TSV, GeoPackage, GeoJSON, Shapefile, KML …

Columns are recognised by the names that publishers give them, or mapped by the user. A layer in
another coordinate system is brought to WGS 84; one that does not say its system is asked about.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from geodata.errors import InputError
from geodata.gazetteer._writer import Row
from geodata.gazetteer.importers._base import (
    ImportOptions,
    Reading,
    count_of,
    number,
    on_earth,
)
from geodata.gazetteer.names import fold

FIELDS: dict[str, tuple[str, ...]] = {
    "name": (
        "name", "place", "name en", "name eng", "place name", "placename", "settlement",
        "featurename",
        "feature name", "full name", "locality", "location", "city", "town", "village", "label",
        "adm3 en", "adm4 en", "name 3", "name 4", "nom", "nombre", "toponym", "asciiname",
    ),
    "latitude": ("latitude", "lat", "y", "point y", "lat dd", "ycoord", "y coord", "latitud"),
    "longitude": (
        "longitude", "lon", "long", "lng", "x", "point x", "long dd", "lon dd", "xcoord",
        "x coord", "longitud",
    ),
    "country": ("country", "iso2", "iso a2", "country code", "cc", "adm0 pcode", "iso", "cc1"),
    "admin1": (
        "admin1", "adm1", "adm 1", "adm1 en", "name 1", "province", "state", "region",
        "governorate", "adm1 name", "admin1 name", "departamento", "oblast",
    ),
    "admin2": (
        "admin2", "adm2", "adm 2", "adm2 en", "name 2", "district", "county", "adm2 name",
        "admin2 name", "municipality", "municipio", "lga", "raion",
    ),
    "population": ("population", "pop", "pop est", "popn", "tot pop"),
    "feature": ("feature", "feature class", "type", "place type", "fclass", "dsg", "place"),
    "aliases": ("aliases", "alternatenames", "alternate names", "alt name", "variants", "altnames"),
    "id": ("id", "pcode", "code", "geonameid", "uid", "ufi", "osm id", "globalid"),
}  # fmt: skip
"""Field to the column names it goes by, folded, likeliest first."""

FEATURES: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("province", "state", "adm1", "governorate", "region"), ("A", "ADM1")),
    **dict.fromkeys(("district", "county", "adm2", "lga", "raion"), ("A", "ADM2")),
    **dict.fromkeys(("subdistrict", "adm3", "ward", "nahiya", "tehsil"), ("A", "ADM3")),
    **dict.fromkeys(("suburb", "quarter", "neighbourhood", "pplx"), ("P", "PPLX")),
    **dict.fromkeys(("camp", "refugee camp", "idp camp"), ("S", "CMPRF")),
    **dict.fromkeys(("checkpoint", "crossing", "border crossing"), ("S", "PSTB")),
    **dict.fromkeys(("airport", "airfield", "airstrip"), ("S", "AIRP")),
    **dict.fromkeys(("base", "military base", "camp (military)"), ("L", "MILB")),
    **dict.fromkeys(("mountain", "peak", "mt", "hill"), ("T", "MT")),
    **dict.fromkeys(("river", "stream", "stm"), ("H", "STM")),
    "valley": ("T", "VAL"), "forest": ("V", "FRST"), "island": ("T", "ISL"), "dam": ("S", "DAM"),
    "lake": ("H", "LK"), "area": ("L", "RGN"), "mine": ("S", "MN"),
}  # fmt: skip
"""Words in a feature column to GeoNames feature class and code; all else is a populated place."""

ALIAS_MARKS = "|;"
MAX_CELL = 200_000
MOST_LISTED, MOST_SHOWN = 20, 40
"""Columns that a message lists, and characters of each."""
_READ = 20_000


class PointsImporter:
    """Reads a table or a layer of named points."""

    name = "points"
    words = "a table or layer of points with a name (CSV, GeoPackage, GeoJSON, Shapefile …)"

    def recognises(self, path: Path) -> bool:
        """Whether the name is that of a table or a layer that GDAL reads."""
        return path.is_file() and path.suffix.lower() in {
            ".csv", ".tsv", ".txt", ".gpkg", ".geojson", ".json", ".shp", ".kml", ".fgb", ".zip",
            ".gml", ".parquet", ".geojsonl", ".gpx",
        }  # fmt: skip

    def read(self, path: Path, options: ImportOptions, own_ids: Iterator[int]) -> Reading:
        """Match the columns to fields, then stream the rows."""
        reading = Reading(attribution=f"{path.name} (source not said)", version=path.name)
        if path.suffix.lower() in {".csv", ".tsv", ".txt"}:
            header, records = _table(path)
        else:
            header, records = _layer(path, options)
        columns = _columns(header, options.mapping, path)
        reading.places = _rows(records, columns, options, reading, own_ids)
        return reading


def _columns(header: list[str], mapping: Mapping[str, str], path: Path) -> dict[str, str]:
    """Column of each field.

    Raises
    ------
    InputError
        A field or column of the mapping does not exist, or name or coordinates are missing.
    """
    for field_name, column in mapping.items():
        if field_name not in FIELDS:
            raise InputError(f"field {field_name!r} is none of {', '.join(FIELDS)}")
        if column not in header:
            raise InputError(f"{path.name}: no column {column!r}; it has {_listed(header)}")
    folded = {fold(column): column for column in reversed(header)}
    columns = dict(mapping)
    for field_name, known in FIELDS.items():
        found = next((folded[name] for name in known if name in folded), None)
        if found is not None and found not in columns.values():
            columns.setdefault(field_name, found)
    missing = [name for name in ("name", "latitude", "longitude") if name not in columns]
    if missing:
        raise InputError(
            f"{path.name}: which column is the {' and the '.join(missing)}? Its columns are"
            f" {_listed(header)}; say for example --map {missing[0]}={header[0][:MOST_SHOWN]!r}"
        )
    return columns


def _listed(header: list[str]) -> str:
    """Columns for a message: the first, quoted and cut."""
    more = f" and {len(header) - MOST_LISTED} more" if len(header) > MOST_LISTED else ""
    return ", ".join(repr(column[:MOST_SHOWN]) for column in header[:MOST_LISTED]) + more


def _table(path: Path) -> tuple[list[str], Iterator[dict[str, Any]]]:
    csv.field_size_limit(MAX_CELL)
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        sample = file.read(64_000)
    try:
        dialect: type[csv.Dialect] = csv.Sniffer().sniff(sample, delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel

    def records() -> Iterator[dict[str, Any]]:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as rows:
            try:
                yield from csv.DictReader(rows, dialect=dialect)
            except csv.Error as error:
                raise InputError(f"{path.name}: not a readable table ({error})") from error

    try:
        header = next(csv.reader(sample.splitlines(), dialect=dialect), [])
    except csv.Error as error:
        raise InputError(f"{path.name}: not a readable table ({error})") from error
    if not any(header):
        raise InputError(f"{path.name}: an empty table; give one with a header and places")
    return header, records()


def _layer(path: Path, options: ImportOptions) -> tuple[list[str], Iterator[dict[str, Any]]]:
    """Columns of a layer and its rows, with the point as ``latitude`` and ``longitude``."""
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError

    source = f"/vsizip/{path}" if path.suffix.lower() == ".zip" else path
    try:
        info = pyogrio.read_info(source, layer=options.layer or None)
    except (DataSourceError, DataLayerError) as error:
        raise InputError(f"{path.name}: not a layer that can be read ({_brief(error)})") from error
    crs = options.crs or info["crs"]
    if not crs:
        raise InputError(
            f"{path.name} does not say its coordinate system: give --crs, as --crs EPSG:4326"
        )
    if not info["geometry_type"]:
        raise InputError(f"{path.name}: a layer without geometry; give it as CSV")
    header = [*map(str, info["fields"]), "latitude", "longitude"]
    return header, _layer_records(source, options.layer, crs, int(info["features"]))


def _brief(error: Exception) -> str:
    """First words of GDAL's complaint, without its internal paths."""
    return str(error).replace("/vsizip/", "").splitlines()[0][:160]


def _layer_records(
    source: str | Path, layer: str, crs: str, features: int
) -> Iterator[dict[str, Any]]:
    import geopandas as gpd
    import pyogrio

    for start in range(0, max(features, 1), _READ):
        frame = pyogrio.read_dataframe(
            source, layer=layer or None, skip_features=start, max_features=_READ
        )
        if not len(frame):
            return
        shapes = gpd.GeoSeries(frame.geometry.values).set_crs(crs, allow_override=True)
        points = shapes.representative_point().to_crs("EPSG:4326")
        records = frame.drop(columns=frame.geometry.name).astype(object)
        records["latitude"], records["longitude"] = points.y, points.x
        yield from records.where(records.notna(), None).to_dict("records")
        if features < 0 and len(frame) < _READ:
            return


def _rows(
    records: Iterator[dict[str, Any]],
    columns: Mapping[str, str],
    options: ImportOptions,
    reading: Reading,
    own_ids: Iterator[int],
) -> Iterator[Row]:
    for record in records:
        cells = {
            field_name: str(record.get(column) if record.get(column) is not None else "").strip()
            for field_name, column in columns.items()
        }
        latitude, longitude = number(cells["latitude"]), number(cells["longitude"])
        if not cells["name"]:
            reading.left_out["no name"] += 1
        elif not on_earth(latitude, longitude):
            reading.left_out["coordinates that lie on no map"] += 1
        else:
            feature = FEATURES.get(fold(cells.get("feature", "")), ("P", "PPL"))
            aliases = cells.get("aliases", "").replace(ALIAS_MARKS[1], ALIAS_MARKS[0])
            yield Row(
                id=next(own_ids),
                key=cells.get("id") or None,
                name=cells["name"],
                feature_class=feature[0],
                feature_code=feature[1],
                country=cells.get("country") or options.country,
                admin1_name=cells.get("admin1", ""),
                admin2_name=cells.get("admin2", ""),
                latitude=latitude,
                longitude=longitude,
                population=count_of(cells.get("population")),
                aliases=tuple(alias for alias in aliases.split(ALIAS_MARKS[0]) if alias),
            )

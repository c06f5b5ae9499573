"""Layers of boundaries in a project file: their tables, their rows, their register.

Each layer is a multipolygon layer ``boundaries_NAME`` as GeoPackage 1.4 wants it (contents,
geometry columns, R-tree with its triggers), so that a GIS opens it; the table ``boundaries``
says what each one is.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from geodata import _rows as rows
from geodata import _schema as schema
from geodata._styles import OUTLINE_STYLE_NAME, outlines_qml
from geodata._wkb import decode_shape, encode_shape
from geodata.admin_areas import AdminArea, BoundaryLayer

PREFIX = f"{schema.BOUNDARIES}_"

_REGISTER = (
    "name",
    "level",
    "country",
    "title",
    "source",
    "licence",
    "vintage",
    "file",
    "sha256",
    "areas",
    "columns",
    "added",
)
_CELLS = (
    "name",
    "variants",
    "admin1",
    "admin2",
    "country",
    "code",
    "level",
    "area_km2",
    "attributes",
)
_MAX_COUNTRIES = 20
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


def short_name(text: str) -> str:
    """Make a name for a layer from any text: small letters, digits, ``_``; at most 40 long."""
    from geodata.gazetteer.names import fold

    return _NOT_PLAIN.sub("_", fold(text)).strip("_")[:40].strip("_") or "areas"


def layers(connection: sqlite3.Connection) -> list[BoundaryLayer]:
    """Every layer, the oldest first."""
    found = connection.execute(
        f"SELECT {', '.join(_REGISTER)} FROM {schema.BOUNDARIES} ORDER BY fid"
    )
    return [_layer(row) for row in found.fetchall()]


def _layer(row: tuple[Any, ...]) -> BoundaryLayer:
    values = dict(zip(_REGISTER, row, strict=True))
    try:
        values["columns"] = json.loads(values["columns"])
        values["added"] = rows.moment(values["added"])
        return BoundaryLayer(**values)
    except (ValueError, TypeError) as error:
        raise rows.unreadable(f"boundary layer {row[0]!r}", error) from error


def add_layer(
    connection: sqlite3.Connection, layer: BoundaryLayer, areas: Iterable[AdminArea]
) -> BoundaryLayer:
    """Make a layer and fill it, inside the caller's transaction; give it as it is kept."""
    taken = {name for (name,) in connection.execute(f"SELECT name FROM {schema.BOUNDARIES}")}
    name = _free(short_name(layer.name), taken)
    table = PREFIX + name
    _make(connection, table, layer)
    connection.executemany(
        f"INSERT INTO {table} ({schema.GEOMETRY}, {', '.join(_CELLS)})"
        f" VALUES (?{', ?' * len(_CELLS)})",
        map(_area_row, areas),
    )
    (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    countries = connection.execute(
        f"SELECT DISTINCT country FROM {table} WHERE country <> '' ORDER BY 1 LIMIT ?",
        (_MAX_COUNTRIES + 1,),
    ).fetchall()
    kept = replace(
        layer,
        name=name,
        areas=count,
        country=",".join(code for (code,) in countries) if len(countries) <= _MAX_COUNTRIES else "",
    )
    connection.execute(
        f"INSERT INTO {schema.BOUNDARIES} ({', '.join(_REGISTER)})"
        f" VALUES (?{', ?' * (len(_REGISTER) - 1)})",
        _register_row(kept),
    )
    connection.execute(
        "UPDATE gpkg_contents SET (min_x, max_x, min_y, max_y) ="
        f" (SELECT min(minx), max(maxx), min(miny), max(maxy) FROM rtree_{table}_{schema.GEOMETRY})"
        " WHERE table_name = ?",
        (table,),
    )
    return next(one for one in layers(connection) if one.name == name)


def _free(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}_{number}"
    return free


def _make(connection: sqlite3.Connection, table: str, layer: BoundaryLayer) -> None:
    connection.execute(
        f"""CREATE TABLE {table} (
        fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
        {schema.GEOMETRY} MULTIPOLYGON,
        name TEXT NOT NULL, variants TEXT NOT NULL DEFAULT '[]', admin1 TEXT, admin2 TEXT,
        country TEXT NOT NULL DEFAULT '', code TEXT NOT NULL DEFAULT '',
        level INTEGER NOT NULL, area_km2 DOUBLE, attributes TEXT NOT NULL DEFAULT '{{}}')"""
    )
    told = "; ".join(filter(None, (layer.words, layer.source, layer.licence)))
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)"
        " VALUES (?, 'features', ?, ?, 4326)",
        (table, table, rows.clean(told, rows.MAX_NOTES)),
    )
    connection.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?, ?, 'MULTIPOLYGON', 4326, 0, 0)",
        (table, schema.GEOMETRY),
    )
    connection.execute(
        "INSERT INTO gpkg_extensions VALUES (?, ?, 'gpkg_rtree_index', ?, 'write-only')",
        (table, schema.GEOMETRY, schema.RTREE_DEFINITION),
    )
    for statement in schema.rtree_statements(table):
        connection.execute(statement)
    connection.execute(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name,"
        " f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner,"
        " update_time) VALUES ('', '', ?, ?, ?, ?, '', 1, ?, '', ?)",
        (
            *(table, schema.GEOMETRY, OUTLINE_STYLE_NAME, outlines_qml(), OUTLINE_STYLE_NAME),
            rows.timestamp(),
        ),
    )


def _register_row(layer: BoundaryLayer) -> list[Any]:
    return [
        layer.name,
        layer.level,
        layer.country,
        rows.clean(layer.title),
        rows.clean(layer.source),
        rows.clean(layer.licence),
        rows.clean(layer.vintage),
        rows.clean(layer.file),
        layer.sha256,
        layer.areas,
        rows.dumps(dict(layer.columns)),
        rows.timestamp(layer.added),
    ]


def _area_row(area: AdminArea) -> list[Any]:
    return [
        encode_shape(area.shape),
        rows.clean(area.name),
        rows.dumps([rows.clean(name) for name in area.variants]),
        None if area.admin1 is None else rows.clean(area.admin1),
        None if area.admin2 is None else rows.clean(area.admin2),
        rows.clean(area.country),
        rows.clean(area.code),
        area.level,
        area.area_km2,
        rows.dumps(dict(area.attributes)),
    ]


def each_area(
    connection: sqlite3.Connection, name: str, box: tuple[float, float, float, float] | None
) -> Iterator[AdminArea]:
    """Areas of a layer that is there; with a box (west, south, east, north), those it meets."""
    table = PREFIX + name
    sql = f"SELECT {schema.GEOMETRY}, {', '.join(_CELLS)} FROM {table} WHERE {schema.GEOMETRY}"
    sql += " NOTNULL"
    values: tuple[float, ...] = ()
    if box is not None:
        sql += (
            f" AND fid IN (SELECT id FROM rtree_{table}_{schema.GEOMETRY}"
            " WHERE maxx >= ? AND maxy >= ? AND minx <= ? AND miny <= ?)"
        )
        values = box
    for row in connection.execute(f"{sql} ORDER BY fid", values):
        yield _area(row)


def _area(row: tuple[Any, ...]) -> AdminArea:
    values = dict(zip(("shape", *_CELLS), row, strict=True))
    try:
        values["shape"] = decode_shape(values["shape"])
        values["variants"] = tuple(json.loads(values["variants"]))
        values["attributes"] = json.loads(values["attributes"])
        return AdminArea(**values)
    except (ValueError, TypeError) as error:
        raise rows.unreadable(f"boundary {row[1]!r}", error) from error


def remove_layer(connection: sqlite3.Connection, name: str) -> None:
    """Take a layer that is there out of the file, inside the caller's transaction."""
    table = PREFIX + name
    connection.execute("DELETE FROM gpkg_extensions WHERE table_name = ?", (table,))
    connection.execute("DELETE FROM gpkg_geometry_columns WHERE table_name = ?", (table,))
    connection.execute("DELETE FROM gpkg_contents WHERE table_name = ?", (table,))
    connection.execute("DELETE FROM layer_styles WHERE f_table_name = ?", (table,))
    connection.execute(f"DROP TABLE {table}")
    connection.execute(f"DROP TABLE rtree_{table}_{schema.GEOMETRY}")
    connection.execute(f"DELETE FROM {schema.BOUNDARIES} WHERE name = ?", (name,))

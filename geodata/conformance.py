"""Checks of a project file, each a small named function; an empty answer means sound.

GeoPackage rules are those of OGC 12-128r19 (1.4); the others are the promises of the vocabulary.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from enum import StrEnum

from geodata import _dataset_checks as dataset_checks
from geodata import _queries as queries
from geodata import _schema as schema
from geodata._rows import MAX_NOTES
from geodata.filters import Filter
from geodata.incident import COUNTS, Attribution, Status
from geodata.particulars import Tactic, Target, Weapon
from geodata.precision import DatePrecision, LocationPrecision
from geodata.store import Problem
from geodata.taxonomy import EVENT_TYPE_OF, EVENT_TYPES

Check = Callable[[sqlite3.Connection], Iterator[str]]

CHECKS: dict[str, tuple[str, Check]] = {}
"""Name to (level of what it finds, check), in the order they run."""

NAMED = 3
"""Rows that a finding names; the others are counted."""

OLDEST_VERSION = 10300
"""GeoPackage 1.3, the oldest that a project may claim."""


def check(name: str, level: str = "error") -> Callable[[Check], Check]:
    """Enter a function into the registry; a name that is taken is refused."""

    def enter(function: Check) -> Check:
        if name in CHECKS:
            raise ValueError(f"check {name!r} is there already")
        CHECKS[name] = (level, function)
        return function

    return enter


def run_checks(connection: sqlite3.Connection) -> list[Problem]:
    """Run every check on one state of the file.

    A file that fails its integrity check or lacks GeoPackage tables is not asked further, since
    no other answer could be trusted.
    """
    problems: list[Problem] = []
    for name, (level, function) in CHECKS.items():
        problems += [Problem(level, name, what) for what in function(connection)]
        if problems and name in ("integrity", "tables"):
            break
    return problems


def _few(
    connection: sqlite3.Connection, sql: str, values: tuple[object, ...] = ()
) -> Iterator[str]:
    """Say ``3 incidents, first 'a', 'b', 'c'`` for a query of names; nothing for no rows."""
    names = [str(row[0]) for row in connection.execute(sql, values)]
    if names:
        count = f"{len(names):,} row" + ("" if len(names) == 1 else "s")
        yield f"{count}, such as {', '.join(map(repr, names[:NAMED]))}"


def _incidents(
    connection: sqlite3.Connection, condition: str, words: str, values: tuple[object, ...] = ()
) -> Iterator[str]:
    sql = f"SELECT incident_id FROM incidents WHERE {condition} ORDER BY fid"
    for found in _few(connection, sql, values):
        yield f"{words}: {found}"


# ---------------------------------------------------------------- the file


@check("integrity")
def integrity(connection: sqlite3.Connection) -> Iterator[str]:
    """SQLite finds no damage."""
    for (line,) in connection.execute("PRAGMA integrity_check(10)"):
        if line != "ok":
            yield str(line)


@check("tables")
def tables(connection: sqlite3.Connection) -> Iterator[str]:
    """Every table, and the R-tree with its triggers, is there."""
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
    for name in schema.expected_names():
        if name not in there:
            yield f"{name!r} is missing"


@check("geopackage")
def geopackage(connection: sqlite3.Connection) -> Iterator[str]:
    """The file says what it is: application id, version, reference systems, contents."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != schema.APPLICATION_ID:
        yield f"application_id is {application:#x}, not {schema.APPLICATION_ID:#x}"
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version < OLDEST_VERSION:
        yield f"user_version is {version}; at least {OLDEST_VERSION} is needed"
    for _, srs_id, organization, code, *_rest in schema.SPATIAL_REFERENCES:
        known = connection.execute(
            "SELECT 1 FROM gpkg_spatial_ref_sys WHERE srs_id = ? AND organization_coordsys_id = ?"
            " AND organization = ? COLLATE NOCASE",
            (srs_id, code, organization),
        ).fetchone()
        if known is None:
            yield f"gpkg_spatial_ref_sys lacks srs_id {srs_id}"


@check("contents")
def contents(connection: sqlite3.Connection) -> Iterator[str]:
    """Every table is registered as what it is; the layer is a point layer in EPSG:4326."""
    registered = dict(connection.execute("SELECT table_name, data_type FROM gpkg_contents"))
    for name, kind in {
        schema.LAYER: "features",
        **dict.fromkeys((*schema.ATTRIBUTES, *schema.LATER_ATTRIBUTES), "attributes"),
    }.items():
        if registered.get(name) != kind:
            yield f"gpkg_contents has {registered.get(name)!r} for {name!r}, not {kind!r}"
    layer = connection.execute(
        "SELECT column_name, geometry_type_name, srs_id, z, m FROM gpkg_geometry_columns"
        " WHERE table_name = ?",
        (schema.LAYER,),
    ).fetchone()
    if layer != (schema.GEOMETRY, "POINT", 4326, 0, 0):
        yield f"gpkg_geometry_columns has {layer!r} for {schema.LAYER!r}"
    extension = connection.execute(
        "SELECT scope FROM gpkg_extensions WHERE table_name = ? AND column_name = ?"
        " AND extension_name = 'gpkg_rtree_index'",
        (schema.LAYER, schema.GEOMETRY),
    ).fetchone()
    if extension != ("write-only",):
        yield "gpkg_extensions lacks the R-tree of the incidents"


@check("references")
def references(connection: sqlite3.Connection) -> Iterator[str]:
    """Claims and changes name incidents and documents that are there."""
    broken: dict[tuple[str, str], int] = {}
    for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        broken[table, parent] = broken.get((table, parent), 0) + 1
    for (table, parent), count in broken.items():
        yield f"{count:,} of {table} name a row that is not in {parent}"


@check("rtree")
def rtree(connection: sqlite3.Connection) -> Iterator[str]:
    """The spatial index holds exactly the incidents with a point, each in its box."""
    (sound,) = connection.execute(f"SELECT rtreecheck('{schema.RTREE}')").fetchone()
    if sound != "ok":
        yield str(sound)
    yield from _few(
        connection,
        f"SELECT i.incident_id FROM incidents i LEFT JOIN {schema.RTREE} r ON r.id = i.fid"
        " WHERE (ST_IsEmpty(i.geom) IS 0) <> (r.id IS NOT NULL) OR NOT (ST_MinX(i.geom)"
        " BETWEEN r.minx AND r.maxx AND ST_MinY(i.geom) BETWEEN r.miny AND r.maxy)",
    )
    yield from _few(
        connection,
        f"SELECT id FROM {schema.RTREE} WHERE id NOT IN (SELECT fid FROM incidents)",
    )


@check("boundaries")
def boundaries(connection: sqlite3.Connection) -> Iterator[str]:
    """Each layer of boundaries is registered, whole, and found through a sound R-tree."""
    told = {name for (name,) in connection.execute(f"SELECT name FROM {schema.BOUNDARIES}")}
    registered = connection.execute(
        "SELECT table_name FROM gpkg_geometry_columns JOIN gpkg_contents USING (table_name)"
        " WHERE table_name GLOB ? AND data_type = 'features' AND"
        " gpkg_geometry_columns.srs_id = 4326",
        (f"{schema.BOUNDARIES}_*",),
    )
    there = {name.removeprefix(f"{schema.BOUNDARIES}_") for (name,) in registered}
    for name in sorted(told ^ there):
        yield f"layer {name!r} is in only one of {schema.BOUNDARIES!r} and the GeoPackage's lists"
    for name in sorted(told & there):
        yield from _layer(connection, f"{schema.BOUNDARIES}_{name}")


def _layer(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    try:
        rtree = f"rtree_{table}_{schema.GEOMETRY}"
        (drawn,) = connection.execute(
            f'SELECT count(*) FROM "{table}" WHERE ST_IsEmpty({schema.GEOMETRY}) IS 0'
        ).fetchone()
        (indexed,) = connection.execute(f'SELECT count(*) FROM "{rtree}"').fetchone()
        (sound,) = connection.execute("SELECT rtreecheck(?)", (rtree,)).fetchone()
    except sqlite3.OperationalError as error:
        yield f"{table!r} cannot be read: {error}"
        return
    if drawn != indexed:
        yield f"{table!r} has {drawn:,} areas with a shape, but {indexed:,} in its R-tree"
    if sound != "ok":
        yield str(sound)


# ---------------------------------------------------------------- incidents


@check("coordinates")
def coordinates(connection: sqlite3.Connection) -> Iterator[str]:
    """Latitude and longitude come together and lie on the globe."""
    condition = (
        "(latitude IS NULL) <> (longitude IS NULL)"
        " OR latitude NOT BETWEEN -90 AND 90 OR longitude NOT BETWEEN -180 AND 180"
        " OR typeof(latitude) NOT IN ('null', 'real') OR typeof(longitude) NOT IN ('null', 'real')"
    )
    yield from _incidents(connection, condition, "latitude or longitude is no coordinate")


@check("geometry")
def geometry(connection: sqlite3.Connection) -> Iterator[str]:
    """The point that a GIS draws is the latitude and longitude of the table."""
    condition = "ST_MinX(geom) IS NOT longitude OR ST_MinY(geom) IS NOT latitude"
    yield from _incidents(connection, condition, "the geometry is not at latitude and longitude")


def _legal(column: str, words: type[StrEnum]) -> Check:
    def legal(connection: sqlite3.Connection) -> Iterator[str]:
        known = tuple(word.value for word in words)
        condition = f"{column} NOT IN ({', '.join('?' * len(known))})"
        yield from _incidents(connection, condition, f"no {column} of ours", known)

    legal.__doc__ = f"Each `{column}` is a word of the vocabulary."
    return legal


for _column, _words in {
    "date_precision": DatePrecision,
    "location_precision": LocationPrecision,
    "attribution": Attribution,
    "status": Status,
    "weapon": Weapon,
    "tactic": Tactic,
    "target": Target,
}.items():
    check(_column)(_legal(_column, _words))


@check("event_type", "warning")
def event_type(connection: sqlite3.Connection) -> Iterator[str]:
    """Event types are the taxonomy's, and each sub-event type stands under its own."""
    pairs = connection.execute(
        "SELECT event_type, sub_event_type, count(*) FROM incidents GROUP BY 1, 2"
    )
    for kind, sub, count in pairs:
        if kind is not None and kind not in EVENT_TYPES:
            yield f"{count:,} of event type {kind!r}, which the taxonomy does not have"
        elif sub is not None and EVENT_TYPE_OF.get(sub) != kind:
            yield f"{count:,} of sub-event type {sub!r} under {kind!r}"


@check("dates")
def dates(connection: sqlite3.Connection) -> Iterator[str]:
    """Dates are calendar days, and none ends before it starts."""
    for column in ("event_date", "event_date_end"):
        yield from _incidents(
            connection,
            # "+0 days" makes SQLite count the day out: it lets 30 February pass otherwise
            f"{column} IS NOT NULL AND date({column}, '+0 days') IS NOT {column}",
            f"{column} is no calendar day",
        )
    yield from _incidents(connection, "event_date_end < event_date", "ends before it starts")


@check("counts")
def counts(connection: sqlite3.Connection) -> Iterator[str]:
    """Counts of people are whole numbers, none below zero."""
    for column in COUNTS:
        yield from _incidents(
            connection,
            f"{column} IS NOT NULL AND (typeof({column}) <> 'integer' OR {column} < 0)",
            f"{column} is no count",
        )


@check("bounds", "warning")
def bounds(connection: sqlite3.Connection) -> Iterator[str]:
    """The best figure lies between the lowest and the highest."""
    for kind in ("killed", "injured"):
        low, best, high = (f"{kind}_{bound}" for bound in ("low", "best", "high"))
        condition = f"{low} > {best} OR {best} > {high} OR {low} > {high}"
        yield from _incidents(connection, condition, f"{kind}: low, best, high are not in order")


@check("json")
def json_cells(connection: sqlite3.Connection) -> Iterator[str]:
    """Cells that hold JSON hold the right kind of it."""
    for column, kind in (("killed_by_status", "object"), ("tags", "array")):
        condition = f"NOT json_valid({column}) OR json_type({column}) <> '{kind}'"
        yield from _incidents(connection, condition, f"{column} is no JSON {kind}")


@check("feeds")
def feeds(connection: sqlite3.Connection) -> Iterator[str]:
    """Each feed has a web address, a count of failures, and a calendar day of its last item."""
    yield from _few(
        connection,
        f"SELECT name FROM {schema.FEEDS} WHERE (url NOT LIKE 'http://_%' AND"
        " url NOT LIKE 'https://_%') OR typeof(failures) <> 'integer' OR failures < 0"
        " OR (last_item IS NOT NULL AND date(last_item, '+0 days') IS NOT last_item)",
    )


check("records")(dataset_checks.records)
check("imports")(dataset_checks.imports)
check("unfinished", "warning")(dataset_checks.unfinished)
check("as_written")(dataset_checks.as_written)


@check("totals")
def totals(connection: sqlite3.Connection) -> Iterator[str]:
    """Without a filter every incident is on the map, beside it or rejected."""
    found = queries.totals(connection, Filter())
    if found.filtered_out or found.awaiting_review:
        yield f"the totals do not reconcile: {found.sentence()}"


# ---------------------------------------------------------------- evidence


@check("evidence")
def evidence(connection: sqlite3.Connection) -> Iterator[str]:
    """Every quote stands in its document at its offsets, letter by letter."""
    yield from _few(
        connection,
        "SELECT c.claim_id FROM claims c JOIN documents d USING (document_id)"
        ' WHERE c.quote IS NOT NULL AND length(c.quote) < ? AND substr(d.text, c."start" + 1,'
        ' c."end" - c."start") IS NOT c.quote ORDER BY c.fid',
        (MAX_NOTES,),  # a longer quote was cut when it was stored
    )


@check("originals")
def originals(connection: sqlite3.Connection) -> Iterator[str]:
    """The original bytes of every report, or its text, still have the digest they came with.

    What comes in several wrappings (a line, an item of a feed) is known by its text.
    """
    for document_id, sha256, original, text in connection.execute(
        "SELECT document_id, sha256, original, text FROM documents WHERE length(original) > 0"
    ):
        known = (hashlib.sha256(data).hexdigest() for data in (original, text.encode()))
        if sha256 not in known:
            yield f"the original of document {document_id!r} is not the one that was read"

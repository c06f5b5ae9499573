"""The tables of a project file, as GeoPackage 1.4 wants them.

Source: OGC GeoPackage 1.4 (12-128r19), clauses 1.1, 2.1, annex F.3 (R-tree); the table
``layer_styles`` is a convention of QGIS. Columns carry the names of the vocabulary.
"""

from __future__ import annotations

from geodata._dataset_schema import DATASETS
from geodata._touched import TOUCHED, TRIGGERS
from geodata.incident import FIELDS

APPLICATION_ID = 0x47504B47
"""``GPKG``, in the SQLite header of every GeoPackage."""

USER_VERSION = 10400
"""GeoPackage 1.4."""

LAYER = "incidents"
GEOMETRY = "geom"
RTREE = f"rtree_{LAYER}_{GEOMETRY}"

PARTICULARS: dict[str, str] = {
    "weapon": "TEXT",
    "tactic": "TEXT",
    "target": "TEXT",
    "attributed_by": "TEXT",
    "arrested": "INTEGER",
    "abducted": "INTEGER",
    "released": "INTEGER",
}
"""Columns that the migration ``add_particulars`` brings to the incidents, with their types."""

FEATURE_COLUMNS: tuple[str, ...] = (
    *(name for name in FIELDS if name not in (*PARTICULARS, "dataset")),
    "created",
    "updated",
)
"""Columns that the incidents layer is made with, after ``fid`` and ``geom``."""

_NOW = "(strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))"

# The defaults are for rows that somebody adds by hand in a GIS.
_TYPES: dict[str, str] = {
    "incident_id": "TEXT NOT NULL UNIQUE",
    "event_date": "DATE",
    "event_date_end": "DATE",
    "date_precision": "TEXT NOT NULL DEFAULT 'unknown'",
    "attribution": "TEXT NOT NULL DEFAULT 'none'",
    "location_precision": "TEXT NOT NULL DEFAULT 'unknown'",
    "latitude": "DOUBLE",
    "longitude": "DOUBLE",
    "killed_by_status": "TEXT NOT NULL DEFAULT '{}'",
    "status": "TEXT NOT NULL DEFAULT 'draft'",
    "background": "BOOLEAN NOT NULL DEFAULT 0",
    "tags": "TEXT NOT NULL DEFAULT '[]'",
    "notes": "TEXT NOT NULL DEFAULT ''",
    "created": f"DATETIME NOT NULL DEFAULT {_NOW}",
    "updated": f"DATETIME NOT NULL DEFAULT {_NOW}",
} | {
    f"{kind}_{bound}": "INTEGER"
    for kind in ("killed", "injured")
    for bound in ("low", "best", "high")
}

INDEXED: tuple[str, ...] = (
    "actor1",
    "actor2",
    "perpetrator",
    "admin2",
    "admin1",
    "country",
    "event_type",
    "sub_event_type",
)
"""Text columns that an index starts with: their distinct values are read from it."""

ATTRIBUTES: dict[str, str] = {
    "documents": "Reports as read, with their original bytes",
    "claims": "What each report says of each incident, with its words",
    "actors": "Groups, forces and populations known to this project",
    "changes": "Edits: field, before, after, who, when, why",
    "quarantine": "Inputs that could not become incidents, with the reason",
    "saved_views": "Named filters",
    "place_memory": "Places that an analyst chose for a phrase",
    "layer_styles": "Styles that QGIS opens the layer with",
    "atlas_migrations": "Schema changes of this file, in order",
}
"""Tables without geometry that a project is made with, and their description in
``gpkg_contents``."""

BOUNDARIES = "boundaries"
"""Table that says what each layer of boundaries is; the layers are ``boundaries_NAME``."""

FEEDS = "feeds"
"""Table of the feeds that the project reads."""

LATER_ATTRIBUTES: dict[str, str] = {
    BOUNDARIES: "Layers of boundaries: level, source, licence, vintage",
    FEEDS: "Feeds that the project reads, and how their last readings went",
    **DATASETS,
    **TOUCHED,
}
"""Tables without geometry that later migrations bring."""

WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,'
    'AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,'
    'AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],'
    'AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]'
)

SPATIAL_REFERENCES: tuple[tuple[str, int, str, int, str, str], ...] = (
    ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined", "undefined Cartesian coordinates"),
    ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic coordinates"),
    ("WGS 84 geodetic", 4326, "EPSG", 4326, WGS84, "longitude/latitude in decimal degrees"),
)
"""Rows that every GeoPackage must hold in ``gpkg_spatial_ref_sys``."""

RTREE_DEFINITION = "http://www.geopackage.org/spec140/#extension_rtree"

GEOPACKAGE_TABLES: tuple[str, ...] = (
    """CREATE TABLE gpkg_spatial_ref_sys (
        srs_name TEXT NOT NULL,
        srs_id INTEGER NOT NULL PRIMARY KEY,
        organization TEXT NOT NULL,
        organization_coordsys_id INTEGER NOT NULL,
        definition TEXT NOT NULL,
        description TEXT)""",
    """CREATE TABLE gpkg_contents (
        table_name TEXT NOT NULL PRIMARY KEY,
        data_type TEXT NOT NULL,
        identifier TEXT UNIQUE,
        description TEXT DEFAULT '',
        last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
        min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
        srs_id INTEGER,
        CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id))""",
    """CREATE TABLE gpkg_geometry_columns (
        table_name TEXT NOT NULL,
        column_name TEXT NOT NULL,
        geometry_type_name TEXT NOT NULL,
        srs_id INTEGER NOT NULL,
        z TINYINT NOT NULL,
        m TINYINT NOT NULL,
        CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
        CONSTRAINT uk_gc_table_name UNIQUE (table_name),
        CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
        CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id))""",
    """CREATE TABLE gpkg_extensions (
        table_name TEXT,
        column_name TEXT,
        extension_name TEXT NOT NULL,
        definition TEXT NOT NULL,
        scope TEXT NOT NULL,
        CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))""",
)


def _incidents_table() -> str:
    columns = ",\n        ".join(f"{name} {_TYPES.get(name, 'TEXT')}" for name in FEATURE_COLUMNS)
    return f"""CREATE TABLE {LAYER} (
        fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
        {GEOMETRY} POINT,
        {columns})"""


PROJECT_TABLES: tuple[str, ...] = (
    _incidents_table(),
    """CREATE TABLE documents (
        fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
        document_id TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL, text TEXT NOT NULL, url TEXT NOT NULL, outlet TEXT NOT NULL,
        published DATE, sha256 TEXT NOT NULL UNIQUE, retrieved DATETIME, path TEXT NOT NULL,
        original BLOB)""",
    """CREATE TABLE claims (
        fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
        claim_id TEXT NOT NULL UNIQUE,
        incident_id TEXT NOT NULL REFERENCES incidents(incident_id),
        document_id TEXT NOT NULL REFERENCES documents(document_id),
        field TEXT NOT NULL, value TEXT NOT NULL,
        quote TEXT, "start" INTEGER, "end" INTEGER,
        confidence DOUBLE, method TEXT NOT NULL, detail TEXT NOT NULL)""",
    """CREATE TABLE actors (
        fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
        name TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, country TEXT NOT NULL,
        aliases TEXT NOT NULL DEFAULT '[]')""",
    """CREATE TABLE changes (
        change_id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
        incident_id TEXT NOT NULL REFERENCES incidents(incident_id),
        field TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL,
        who TEXT NOT NULL, "when" DATETIME NOT NULL, why TEXT NOT NULL)""",
    """CREATE TABLE quarantine (
        fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
        source TEXT NOT NULL, "row" INTEGER, "column" TEXT NOT NULL, value TEXT NOT NULL,
        reason TEXT NOT NULL, raw TEXT NOT NULL, "when" DATETIME NOT NULL)""",
    """CREATE TABLE saved_views (
        fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
        name TEXT NOT NULL UNIQUE, query TEXT NOT NULL, created DATETIME NOT NULL)""",
    """CREATE TABLE place_memory (
        fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
        phrase TEXT NOT NULL, context TEXT NOT NULL, place_id TEXT NOT NULL,
        latitude DOUBLE, longitude DOUBLE, location_precision TEXT NOT NULL,
        who TEXT NOT NULL, "when" DATETIME NOT NULL, UNIQUE (phrase, context))""",
    """CREATE TABLE layer_styles (
        id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
        f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
        f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
        useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
        update_time DATETIME)""",
)

_COVERING: tuple[tuple[str, ...], ...] = (
    # Each answers a facet from the index alone.
    ("actor1", "actor2", "perpetrator", "status"),
    ("actor2",),
    ("perpetrator", "status"),
    ("admin2", "status"),
    ("admin1", "status"),
    ("country", "status"),
    ("event_type", "sub_event_type", "status"),
    ("sub_event_type",),
    # The timeline of everything, and the order of a list.
    ("event_date", "event_date_end", "date_precision", "status", "killed_best"),
    # Totals of everything. It starts with a column that no filter asks for, so that it is never
    # taken in place of a selective one.
    ("injured_best", "killed_best", "status", "location_precision", "latitude", "event_date"),
)

INDEXES: tuple[str, ...] = (
    *(
        f"CREATE INDEX idx_{LAYER}_{columns[0]} ON {LAYER} ({', '.join(columns)})"
        for columns in _COVERING
    ),
    "CREATE INDEX idx_claims_incident ON claims (incident_id)",
    "CREATE INDEX idx_claims_document ON claims (document_id)",
    "CREATE INDEX idx_changes_incident ON changes (incident_id)",
)


_OLD_DRAWN = f"OLD.{GEOMETRY} NOTNULL AND NOT ST_IsEmpty(OLD.{GEOMETRY})"
_NEW_DRAWN = f"NEW.{GEOMETRY} NOTNULL AND NOT ST_IsEmpty(NEW.{GEOMETRY})"
_OLD_EMPTY = f"OLD.{GEOMETRY} ISNULL OR ST_IsEmpty(OLD.{GEOMETRY})"
_NEW_EMPTY = f"NEW.{GEOMETRY} ISNULL OR ST_IsEmpty(NEW.{GEOMETRY})"
_BOX = ", ".join(f"ST_{part}(NEW.{GEOMETRY})" for part in ("MinX", "MaxX", "MinY", "MaxY"))
_SET_BOX = ", ".join(
    f"{part.lower()} = ST_{part}(NEW.{GEOMETRY})" for part in ("MinX", "MaxX", "MinY", "MaxY")
)
_MOVED = f"UPDATE OF {GEOMETRY}"
_ADD = f"INSERT OR REPLACE INTO {{rtree}} VALUES (NEW.fid, {_BOX})"

PLACE_MEMORY: tuple[str, ...] = (
    """CREATE TABLE place_memory (
        fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
        memory_id TEXT NOT NULL UNIQUE,
        alias TEXT NOT NULL, in_country TEXT NOT NULL, in_admin1 TEXT NOT NULL,
        in_admin2 TEXT NOT NULL, folded TEXT NOT NULL,
        name TEXT NOT NULL, place_id TEXT NOT NULL,
        latitude DOUBLE, longitude DOUBLE, location_precision TEXT NOT NULL, radius_km DOUBLE,
        country TEXT NOT NULL, admin1 TEXT NOT NULL, admin2 TEXT NOT NULL, source TEXT NOT NULL,
        who TEXT NOT NULL, "when" DATETIME NOT NULL, why TEXT NOT NULL,
        ended DATETIME, ended_by TEXT NOT NULL DEFAULT '')""",
    # One choice in force for a phrase in a context; those that ended stay beside it.
    "CREATE UNIQUE INDEX idx_place_memory ON place_memory (folded) WHERE ended IS NULL",
)
"""The table `place_memory` as the migration ``keep_chosen_places`` makes it."""

FEED_STATEMENTS: tuple[str, ...] = (
    f"""CREATE TABLE {FEEDS} (
        fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
        name TEXT NOT NULL UNIQUE, url TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
        etag TEXT NOT NULL, last_modified TEXT NOT NULL,
        added DATETIME NOT NULL, last_checked DATETIME, last_success DATETIME, last_item DATE,
        last_error TEXT NOT NULL, failures INTEGER NOT NULL, failing_since DATETIME,
        next_allowed DATETIME, asked_until DATETIME, stopped DATETIME)""",
    # An item of a feed is known by its address as well.
    "CREATE INDEX idx_documents_url ON documents (url)",
)
"""What the migration ``add_feeds`` makes."""

_TRIGGERS: tuple[tuple[str, str, str, str], ...] = (
    # name, event, condition, action; {rtree} is the index of the layer
    ("insert", "INSERT", _NEW_DRAWN, _ADD),
    (
        "update6",
        _MOVED,
        f"OLD.fid = NEW.fid AND ({_NEW_DRAWN}) AND ({_OLD_DRAWN})",
        f"UPDATE {{rtree}} SET {_SET_BOX} WHERE id = NEW.fid",
    ),
    (
        "update7",
        _MOVED,
        f"OLD.fid = NEW.fid AND ({_NEW_DRAWN}) AND ({_OLD_EMPTY})",
        f"INSERT INTO {{rtree}} VALUES (NEW.fid, {_BOX})",
    ),
    (
        "update2",
        _MOVED,
        f"OLD.fid = NEW.fid AND ({_NEW_EMPTY})",
        "DELETE FROM {rtree} WHERE id = OLD.fid",
    ),
    (
        "update5",
        "UPDATE",
        f"OLD.fid != NEW.fid AND ({_NEW_DRAWN})",
        f"DELETE FROM {{rtree}} WHERE id = OLD.fid; {_ADD}",
    ),
    (
        "update4",
        "UPDATE",
        f"OLD.fid != NEW.fid AND ({_NEW_EMPTY})",
        "DELETE FROM {rtree} WHERE id IN (OLD.fid, NEW.fid)",
    ),
    (
        "delete",
        "DELETE",
        f"OLD.{GEOMETRY} NOTNULL",
        "DELETE FROM {rtree} WHERE id = OLD.fid",
    ),
)
"""By GeoPackage 1.4 annex F.3; update6 and update7 bear UPSERT."""


def rtree_statements(layer: str) -> tuple[str, ...]:
    """Give the statements that make the R-tree of a layer, and then its triggers."""
    rtree = f"rtree_{layer}_{GEOMETRY}"
    return (
        f"CREATE VIRTUAL TABLE {rtree} USING rtree(id, minx, maxx, miny, maxy)",
        *(
            f"CREATE TRIGGER {rtree}_{name} AFTER {event} ON {layer} WHEN {when}"
            f" BEGIN {action.format(rtree=rtree)}; END"
            for name, event, when, action in _TRIGGERS
        ),
    )


RTREE_STATEMENTS: tuple[str, ...] = rtree_statements(LAYER)
"""The R-tree of the incidents and its triggers."""


def expected_names() -> tuple[str, ...]:
    """Names of every table, index structure and trigger that a sound project has."""
    triggers = ("insert", "update2", "update4", "update5", "update6", "update7", "delete")
    return (
        "gpkg_spatial_ref_sys",
        "gpkg_contents",
        "gpkg_geometry_columns",
        "gpkg_extensions",
        LAYER,
        *ATTRIBUTES,
        *LATER_ATTRIBUTES,
        RTREE,
        *(f"{RTREE}_{name}" for name in triggers),
        *TRIGGERS,
    )

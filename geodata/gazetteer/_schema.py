"""The tables of a gazetteer file, and what kind of thing an entry is."""

from __future__ import annotations

from functools import lru_cache

from geodata.gazetteer.divisions import (
    KIND_ADMIN1,
    KIND_ADMIN2,
    KIND_COUNTRY,
    KIND_OTHER,
    KIND_SETTLEMENT,
)

SCHEMA_VERSION = 3

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, attribution TEXT NOT NULL,
    version TEXT NOT NULL
);
CREATE TABLE country (
    iso2 TEXT PRIMARY KEY, iso3 TEXT NOT NULL, name TEXT NOT NULL, place INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE place (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES source (id),
    key TEXT,                     -- the source's own id; NULL where it is `id`
    name TEXT NOT NULL,
    fclass TEXT NOT NULL, fcode TEXT NOT NULL, country TEXT NOT NULL,
    admin1 INTEGER REFERENCES place (id), admin2 INTEGER REFERENCES place (id),
    latitude REAL, longitude REAL, -- WGS 84 degrees
    population INTEGER NOT NULL DEFAULT 0,
    located TEXT,                 -- how the point was got: NULL own, 'table', 'seat', 'mean'
    aliases TEXT                  -- other spellings, as spelled, '|' between them
);
"""

INDEXES = """
CREATE INDEX place_country ON place (country, admin1, admin2);
"""

NAMES = """
CREATE TABLE name (
    fold TEXT NOT NULL, country TEXT NOT NULL, place INTEGER NOT NULL,
    rank INTEGER NOT NULL,        -- 0 the name itself, 1 an alias, 2 derived (no "District")
    PRIMARY KEY (fold, country, place)
) WITHOUT ROWID;
"""

NEAR = """
CREATE TABLE near (
    country TEXT NOT NULL, skeleton TEXT NOT NULL, fold TEXT NOT NULL,
    PRIMARY KEY (country, skeleton, fold)
) WITHOUT ROWID;
"""
"""Keys of a country by their consonants: where near spellings are sought."""

PLACE_COLUMNS = (
    "id, source, key, name, fclass, fcode, country, admin1, admin2, latitude, longitude,"
    " population, located, aliases"
)


@lru_cache(maxsize=4096)
def kind_of(feature_class: str, feature_code: str) -> str:
    """Group a GeoNames feature: country, admin1, admin2, settlement or other."""
    if feature_class == "P":
        return KIND_SETTLEMENT
    if feature_code.startswith("PCL") or feature_code == "CONT":
        return KIND_COUNTRY  # a continent says even less than a country
    if feature_class != "A":
        return KIND_OTHER
    if feature_code.startswith("ADM1"):
        return KIND_ADMIN1
    return KIND_ADMIN2 if feature_code.startswith("ADM2") else KIND_OTHER

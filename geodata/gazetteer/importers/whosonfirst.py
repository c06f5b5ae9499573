"""Who's On First: a folder of GeoJSON records, or one of its SQLite distributions.

Properties: https://github.com/whosonfirst/whosonfirst-properties. A record that carries a
GeoNames id takes it, so that a place known to both is one place.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from geodata.errors import InputError
from geodata.gazetteer._writer import Row
from geodata.gazetteer.importers._base import (
    FOREIGN_IDS,
    GEONAMES_BELOW,
    ImportOptions,
    Reading,
    count_of,
    number,
    on_earth,
)

ATTRIBUTION = "Who's On First (whosonfirst.org), CC BY 4.0 and its sources"
MAX_RECORD = 200_000_000
"""Largest record read, in bytes: a country's outline may have tens of millions."""

_PLACETYPES = {
    "country": ("A", "PCLI"), "dependency": ("A", "PCLI"),
    "macroregion": ("A", "ADMD"), "region": ("A", "ADM1"), "county": ("A", "ADM2"),
    "macrocounty": ("A", "ADMD"), "localadmin": ("A", "ADM3"),
    "locality": ("P", "PPL"), "borough": ("P", "PPLX"), "macrohood": ("P", "PPLX"),
    "neighbourhood": ("P", "PPLX"), "microhood": ("P", "PPLX"), "campus": ("S", "BLDG"),
    "marinearea": ("H", "SEA"), "ocean": ("H", "OCN"), "postalregion": ("", ""),
}  # fmt: skip
_DIVISIONS = ("region", "county")


class WhosOnFirstImporter:
    """Reads Who's On First records."""

    name = "whosonfirst"
    words = "a folder of Who's On First GeoJSON files, or its SQLite distribution (.db)"

    def recognises(self, path: Path) -> bool:
        """Whether the first record has Who's On First's own id."""
        try:
            first = next(_records(path), None)
        except InputError:
            return False
        return first is not None and "wof:id" in first

    def read(self, path: Path, options: ImportOptions, own_ids: Iterator[int]) -> Reading:
        """Read the divisions first, so that places can name them."""
        reading = Reading(attribution=ATTRIBUTION, version=path.name)
        ids: dict[int, int] = {}
        for record in _records(path):
            if record.get("wof:placetype") in _DIVISIONS and "wof:id" in record:
                ids[int(record["wof:id"])] = _identity(record)
        reading.places = _rows(path, ids, options, reading)
        return reading


def _records(path: Path) -> Iterator[dict[str, Any]]:
    """Properties of each record; records that cannot be read come as an empty dict."""
    if path.is_dir():
        for file in sorted(path.rglob("*.geojson")):
            # Alternative outlines of the same place.
            if "-alt-" not in file.name:
                yield _properties(file.read_bytes() if file.stat().st_size <= MAX_RECORD else b"")
        return
    if path.suffix.lower() not in {".db", ".sqlite", ".geojson"}:
        return
    if path.suffix.lower() == ".geojson":
        if path.stat().st_size <= MAX_RECORD:
            yield _properties(path.read_bytes())
        return
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            for (body,) in connection.execute("SELECT body FROM geojson"):
                yield _properties(body)
    except sqlite3.DatabaseError as error:
        raise InputError(f"{path.name}: no Who's On First distribution ({error})") from error


def _properties(body: bytes | str) -> dict[str, Any]:
    try:
        record = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    properties = record.get("properties") if isinstance(record, dict) else None
    return properties if isinstance(properties, dict) else {}


def _identity(record: dict[str, Any]) -> int:
    concordances = record.get("wof:concordances")
    geonames = concordances.get("gn:id") if isinstance(concordances, dict) else None
    if geonames is not None and str(geonames).isdigit() and int(geonames) < GEONAMES_BELOW:
        return int(geonames)
    return FOREIGN_IDS + int(record["wof:id"])


def _rows(
    path: Path, ids: dict[int, int], options: ImportOptions, reading: Reading
) -> Iterator[Row]:
    for record in _records(path):
        row, why = _row(record, ids, options)
        if row is not None:
            yield row
        else:
            reading.left_out[why] += 1


def _row(
    record: dict[str, Any], ids: dict[int, int], options: ImportOptions
) -> tuple[Row | None, str]:
    given = str(record.get("wof:id", ""))
    if not given.lstrip("-").isdigit():
        return None, "not a Who's On First record"
    feature = _PLACETYPES.get(str(record.get("wof:placetype")), ("", ""))
    if not feature[0]:
        return None, "a kind of place that is not used"
    if record.get("wof:superseded_by") or str(record.get("mz:is_current")) == "0":
        return None, "no longer current"
    name = str(record.get("wof:name") or "").strip()
    latitude = number(record.get("lbl:latitude", record.get("geom:latitude")))
    longitude = number(record.get("lbl:longitude", record.get("geom:longitude")))
    if not name or not on_earth(latitude, longitude):
        return None, "no name or no coordinates"
    identity = _identity(record)
    admin1, admin2 = (_parent(record, level, ids) for level in ("region_id", "county_id"))
    english = _names(record, "name:eng_x_preferred")
    return Row(
        id=identity,
        key=None if identity < FOREIGN_IDS else given,
        name=english[0] if english else name,
        feature_class=feature[0],
        feature_code=feature[1],
        country=str(record.get("wof:country") or options.country).upper()[:2],
        admin1=admin1 if admin1 != identity else None,
        admin2=admin2 if admin2 != identity else None,
        latitude=latitude,
        longitude=longitude,
        population=count_of(record.get("wof:population") or record.get("gn:population")),
        aliases=(name, *_all_names(record)),
    ), ""


def _parent(record: dict[str, Any], level: str, ids: dict[int, int]) -> int | None:
    hierarchy = record.get("wof:hierarchy")
    for branch in hierarchy if isinstance(hierarchy, list) else ():
        value = str(branch.get(level, "")) if isinstance(branch, dict) else ""
        if value.isdigit() and int(value) in ids:
            return ids[int(value)]
    return None


def _names(record: dict[str, Any], key: str) -> list[str]:
    names = record.get(key)
    return [str(name) for name in names] if isinstance(names, list) else []


def _all_names(record: dict[str, Any]) -> list[str]:
    """Preferred and variant names in every language, in a stable order."""
    return [
        name
        for key in sorted(record)
        if key.startswith("name:") and key.endswith(("_x_preferred", "_x_variant"))
        for name in _names(record, key)
    ]

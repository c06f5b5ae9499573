"""An OpenStreetMap extract (.osm.pbf): nodes with a name that are places or landmarks.

Read through GDAL's OSM driver, which streams the file. Ways and relations are left to boundary
layers: GDAL must assemble them, which needs far more memory and time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from geodata.errors import InputError
from geodata.gazetteer._writer import Row
from geodata.gazetteer.importers._base import ImportOptions, Reading, count_of, on_earth

ATTRIBUTION = "OpenStreetMap contributors (openstreetmap.org/copyright), ODbL 1.0"
OSM_IDS = 4_000_000_000_000
"""Added to the ids of nodes, so that they never meet those of other gazetteers."""
BATCH = 20_000

_PLACES = {
    "city": ("P", "PPL"), "town": ("P", "PPL"), "village": ("P", "PPL"), "hamlet": ("P", "PPL"),
    "isolated_dwelling": ("P", "PPL"), "suburb": ("P", "PPLX"), "quarter": ("P", "PPLX"),
    "neighbourhood": ("P", "PPLX"), "locality": ("L", "LCTY"), "island": ("T", "ISL"),
    "islet": ("T", "ISL"), "region": ("L", "RGN"),
}  # fmt: skip
_TAG = re.compile(r'"((?:[^"\\]|\\.)*)"=>"((?:[^"\\]|\\.)*)"')


class OsmImporter:
    """Reads the places of an OpenStreetMap extract."""

    name = "osm"
    words = "an OpenStreetMap extract (.osm.pbf or .osm)"

    def recognises(self, path: Path) -> bool:
        """Whether the name is that of an extract."""
        return path.is_file() and path.name.lower().endswith((".osm.pbf", ".osm"))

    def read(self, path: Path, options: ImportOptions, own_ids: Iterator[int]) -> Reading:
        """Stream the nodes that have a place tag and a name."""
        if not options.country:
            raise InputError(
                f"{path.name}: an OpenStreetMap extract does not say its country: give --country"
            )
        reading = Reading(attribution=ATTRIBUTION, version=path.name)
        reading.places = _rows(path, options, reading)
        return reading


def _rows(path: Path, options: ImportOptions, reading: Reading) -> Iterator[Row]:
    for osm_id, name, place, population, tags, longitude, latitude in _nodes(path):
        feature = _PLACES.get(str(place or ""))
        if feature is None or not name:
            reading.left_out["a node that is no named place"] += 1
            continue
        if not on_earth(latitude, longitude):
            reading.left_out["coordinates that lie on no map"] += 1
            continue
        others = {_plain(key): _plain(value) for key, value in _TAG.findall(str(tags or ""))}
        names = [value for key, value in others.items() if _is_name(key)]
        english = others.get("name:en")
        yield Row(
            id=OSM_IDS + int(osm_id),
            key=f"node/{osm_id}",
            name=english or str(name),
            feature_class=feature[0],
            feature_code=feature[1],
            country=options.country,
            latitude=latitude,
            longitude=longitude,
            population=count_of(population or others.get("population")),
            aliases=(str(name), *(part for value in names for part in value.split(";"))),
        )


def _is_name(key: str) -> bool:
    return key.startswith("name:") or key in {"alt_name", "old_name", "int_name", "official_name"}


def _plain(text: str) -> str:
    return text.replace('\\"', '"').replace("\\\\", "\\")


def _nodes(path: Path) -> Iterator[tuple[Any, ...]]:
    """Id, name, place, population, other tags, longitude and latitude of each named node."""
    import pyogrio
    import shapely
    from pyogrio.errors import DataSourceError

    try:
        with pyogrio.open_arrow(
            path, layer="points", where="place IS NOT NULL", batch_size=BATCH, use_pyarrow=True
        ) as (meta, reader):
            for batch in reader:
                data = batch.to_pydict()
                points = shapely.from_wkb(data[meta["geometry_name"] or "wkb_geometry"])
                empty = [None] * len(points)
                yield from zip(
                    data["osm_id"], data["name"], data["place"],
                    data.get("population", empty), data.get("other_tags", empty),
                    shapely.get_x(points).tolist(), shapely.get_y(points).tolist(), strict=True,
                )  # fmt: skip
    except DataSourceError as error:
        raise InputError(f"{path.name}: not an OpenStreetMap extract ({error})") from error

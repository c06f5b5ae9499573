"""OpenStreetMap extracts, through GDAL's own reader."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from geodata.errors import InputError
from geodata.gazetteer.importers import ImportOptions, importer_for
from geodata.gazetteer.importers.osm import OSM_IDS, OsmImporter

EXTRACT = """<?xml version="1.0"?>
<osm version="0.6">
  <node id="11" version="1" lat="42.5" lon="1.5"><tag k="place" v="village"/>
    <tag k="name" v="تول پور"/><tag k="name:en" v="Tolpur"/><tag k="alt_name" v="Tulpur;Tolpoor"/>
    <tag k="population" v="320"/></node>
  <node id="12" version="1" lat="42.6" lon="1.6"><tag k="amenity" v="cafe"/>
    <tag k="name" v="Cafe"/></node>
  <node id="13" version="1" lat="42.7" lon="1.7"><tag k="place" v="hamlet"/></node>
</osm>
"""


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    path = tmp_path / "andorra.osm"
    path.write_text(EXTRACT, encoding="utf-8")
    return path


def test_named_places_come_with_every_spelling(extract: Path) -> None:
    reading = OsmImporter().read(extract, ImportOptions(country="AD"), count(-1, -1))
    (row,) = reading.places
    assert (row.id, row.key, row.name, row.country) == (OSM_IDS + 11, "node/11", "Tolpur", "AD")
    assert {"تول پور", "Tulpur", "Tolpoor"} <= set(row.aliases)
    assert row.population == 320
    assert reading.left_out == {"a node that is no named place": 1}


def test_its_country_must_be_said(extract: Path) -> None:
    with pytest.raises(InputError, match="give --country"):
        OsmImporter().read(extract, ImportOptions(), count(-1, -1))


def test_it_is_recognised_by_its_name(extract: Path) -> None:
    assert importer_for(extract).name == "osm"

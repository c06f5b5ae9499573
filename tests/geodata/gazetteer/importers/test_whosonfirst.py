"""Who's On First records, from a folder or a distribution."""

from __future__ import annotations

import json
import sqlite3
from itertools import count
from pathlib import Path
from typing import Any

from geodata.gazetteer._writer import Row
from geodata.gazetteer.importers import ImportOptions, importer_for
from geodata.gazetteer.importers._base import FOREIGN_IDS, Reading
from geodata.gazetteer.importers.whosonfirst import WhosOnFirstImporter


def record(number: int, name: str, placetype: str, **more: Any) -> dict[str, Any]:
    properties = {
        "wof:id": number, "wof:name": name, "wof:placetype": placetype, "wof:country": "AD",
        "geom:latitude": 42.5, "geom:longitude": 1.5, **more,
    }  # fmt: skip
    return {"type": "Feature", "id": number, "properties": properties}


REGION = record(85600001, "Vall", "region", **{"wof:concordances": {"gn:id": 3041203}})
COUNTY = record(102000001, "Pi", "county", **{"wof:hierarchy": [{"region_id": 85600001}]})
TOWN = record(
    421000001, "Tolpur", "locality",
    **{
        "wof:hierarchy": [{"region_id": 85600001, "county_id": 102000001}],
        "name:eng_x_preferred": ["Tolpoor"], "name:urd_x_preferred": ["تول پور"],
        "wof:population": 1200,
    },
)  # fmt: skip


def write(folder: Path, *records: dict[str, Any]) -> Path:
    for item in records:
        number = str(item["id"])
        target = folder / "data" / number[:3] / f"{number}.geojson"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(item), encoding="utf-8")
    return folder


def read(path: Path) -> tuple[dict[str, Row], Reading]:
    reading = WhosOnFirstImporter().read(path, ImportOptions(), count(-1, -1))
    return {row.name: row for row in reading.places}, reading


def test_a_folder_of_records_is_recognised(tmp_path: Path) -> None:
    assert importer_for(write(tmp_path, TOWN)).name == "whosonfirst"


def test_a_town_has_its_divisions_names_and_population(tmp_path: Path) -> None:
    rows, _ = read(write(tmp_path, REGION, COUNTY, TOWN))
    town = rows["Tolpoor"]
    assert (town.admin1, town.admin2) == (3041203, FOREIGN_IDS + 102000001)
    assert {"Tolpur", "تول پور"} <= set(town.aliases)
    assert town.population == 1200


def test_a_geonames_concordance_is_the_id(tmp_path: Path) -> None:
    rows, _ = read(write(tmp_path, REGION))
    assert rows["Vall"].id == 3041203


def test_what_is_not_current_is_left_out_and_counted(tmp_path: Path) -> None:
    gone = record(421000002, "Gone", "locality", **{"mz:is_current": 0})
    rows, reading = read(write(tmp_path, TOWN, gone))
    assert "Gone" not in rows
    assert reading.left_out == {"no longer current": 1}


def test_a_broken_record_does_not_stop_the_rest(tmp_path: Path) -> None:
    folder = write(tmp_path, TOWN)
    (folder / "data" / "zzz.geojson").write_text("{")
    rows, reading = read(folder)
    assert list(rows) == ["Tolpoor"]
    assert reading.left_out == {"not a Who's On First record": 1}


def test_a_distribution_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "whosonfirst-data-admin-ad.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE geojson (id INTEGER, body TEXT)")
        connection.execute("INSERT INTO geojson VALUES (1, ?)", (json.dumps(TOWN),))
    assert importer_for(path).name == "whosonfirst"
    assert list(read(path)[0]) == ["Tolpoor"]

"""Incidents that were exported are read back as they were, from every format."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from geodata.export import export
from geodata.filters import Filter
from geodata.incident import Attribution, Incident, Status
from geodata.particulars import Tactic, Target, Weapon
from geodata.precision import DatePrecision, LocationPrecision
from geodata.store import Store, open_store
from ingest.pipeline import Tools, default_tools
from ingest.tables.importing import import_table

RAID = Incident(
    incident_id="raid", event_date=date(2021, 8, 30), event_date_end=date(2021, 8, 31),
    date_precision=DatePrecision.RANGE, event_type="Battles", sub_event_type="Armed clash",
    weapon=Weapon.FIREARM, tactic=Tactic.RAID, target=Target.MILITARY, actor1="Pakistan Army",
    actor2="Islamic State Khorasan Province", perpetrator="Pakistan Army",
    attribution=Attribution.CLAIMED, attributed_by="police", place="Mastung", admin2="Mastung",
    admin1="Balochistan", country="Pakistan", latitude=29.8, longitude=66.85,
    location_precision=LocationPrecision.NEAR, killed_low=11, killed_best=11, killed_high=12,
    killed_by_status={"militants": 11}, arrested=3, status=Status.DRAFT, tags=("night", "raid"),
    notes="=1+1 is no sum\nsecond line",
)  # fmt: skip
BARE = Incident(incident_id="bare", event_date=date(2021, 1, 2), country="Pakistan",
                location_precision=LocationPrecision.COUNTRY)  # fmt: skip


@pytest.fixture
def tools() -> Tools:
    return default_tools()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    path = tmp_path / "first.gpkg"
    with open_store(path, create=True) as opened, opened.atomic():
        opened.add_incidents([RAID, BARE])
    return open_store(path)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "geojson", "kml", "shp", "parquet"])
def test_what_was_exported_comes_back(
    tmp_path: Path, store: Store, tools: Tools, kind: str
) -> None:
    path = tmp_path / f"out.{kind}"
    with store:
        export(store, Filter(), path, kind)
    with open_store(tmp_path / "second.gpkg", create=True) as second:
        report = import_table(second, path, tools)
        assert (report.preset, report.added, report.quarantined) == ("atlas", 2, 0)
        raid, bare = (second.incident(f"atlas:{name}") for name in ("raid", "bare"))
    assert raid is not None
    assert bare is not None
    assert replace(raid, incident_id="raid", dataset=None) == RAID
    assert replace(bare, incident_id="bare", dataset=None) == BARE


def test_a_word_that_is_none_of_ours_is_a_fault(tmp_path: Path, store: Store, tools: Tools) -> None:
    path = tmp_path / "out.csv"
    with store:
        export(store, Filter(), path, "csv")
    path.write_text(path.read_text("utf-8-sig").replace("claimed", "boasted"))
    with open_store(tmp_path / "second.gpkg", create=True) as second:
        report = import_table(second, path, tools)
        assert (report.added, report.quarantined) == (1, 1)
        assert second.quarantine()[0].reason.startswith("'boasted' is none of claimed")

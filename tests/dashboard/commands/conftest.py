"""A small project for the commands, and a way to run one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from dashboard.cli import main
from geodata.incident import Incident, Status
from geodata.precision import DatePrecision, LocationPrecision
from geodata.store import open_store


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of three incidents: one mapped, one without a place, one rejected."""
    path = tmp_path / "atlas.gpkg"
    with open_store(path, create=True) as store, store.atomic():
        store.add_incidents(
            [
                Incident(
                    incident_id="raid",
                    event_date=date(2020, 5, 1),
                    date_precision=DatePrecision.DAY,
                    event_type="Battles",
                    sub_event_type="Armed clash",
                    actor1="Border Guard",
                    actor2="Müller's Men",
                    place="Ostrava",
                    country="Examplia",
                    latitude=49.82,
                    longitude=18.26,
                    location_precision=LocationPrecision.SETTLEMENT,
                    killed_best=3,
                ),
                Incident(incident_id="nowhere", actor1="=cmd\x1b[31m\nx", notes="told in passing"),
                Incident(incident_id="rejected", status=Status.REJECTED),
            ]
        )
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run `incidents` with arguments: exit code, output, errors."""

    def command(*arguments: object) -> tuple[int, str, str]:
        code = 0
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as stop:
            code = int(stop.code or 0)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return command

"""Particulars from a report through a project to every export."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from dashboard.cli import incidents
from geodata.filters import Filter
from geodata.store import open_store

STORY = (
    "Gunmen kidnapped seven labourers from a farm near Jos, Nigeria, on Monday, residents said."
    " Security forces arrested five suspects."
)
TOLD = {"weapon": "firearm", "tactic": "kidnapping", "abducted": 7, "arrested": 5}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("particulars")
    (folder / "story.txt").write_text(STORY)
    run("ingest", str(folder / "story.txt"), "--store", str(folder / "p.gpkg"))
    return folder / "p.gpkg"


def run(*arguments: str) -> None:
    result = CliRunner().invoke(incidents, [*arguments, *_day(arguments)])
    assert result.exit_code == 0, result.output


def _day(arguments: tuple[str, ...]) -> tuple[str, ...]:
    return ("--published", "2022-03-02") if arguments[0] == "ingest" else ()


def exported(project: Path, tmp_path: Path, form: str) -> Path:
    out = tmp_path / f"out.{form}"
    run("export", "--store", str(project), "--format", form, "--out", str(out))
    return out


def test_a_project_keeps_values_and_their_words(project: Path) -> None:
    with open_store(project, read_only=True) as store:
        (one,) = store.each(Filter())
        claims = {c.field: c for c in store.claims(one.incident_id)}
        assert store.check() == []
    assert {name: getattr(one, name) for name in TOLD} == TOLD
    evidence = claims["abducted"].evidence
    assert evidence is not None
    assert evidence.quote == "kidnapped seven labourers"


def test_csv_carries_them(project: Path, tmp_path: Path) -> None:
    with exported(project, tmp_path, "csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert {name: row[name] for name in TOLD} == {k: str(v) for k, v in TOLD.items()}


def test_geojson_carries_them(project: Path, tmp_path: Path) -> None:
    layer: Any = json.loads(exported(project, tmp_path, "geojson").read_text())
    values = layer["features"][0]["properties"]
    assert {name: values[name] for name in TOLD} == TOLD


def test_an_exported_project_carries_them_with_their_words(project: Path, tmp_path: Path) -> None:
    with open_store(exported(project, tmp_path, "gpkg"), read_only=True) as store:
        (one,) = store.each(Filter())
        fields = {c.field for c in store.claims(one.incident_id)}
    assert {name: getattr(one, name) for name in TOLD} == TOLD
    assert set(TOLD) <= fields

"""Fixtures for stores: a fresh project, and a small one with something of everything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from examples import CLAIMS, DOCUMENT, INCIDENTS, ORIGINAL

from geodata.geopackage import GeoPackageStore


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "atlas.gpkg"


@pytest.fixture
def store(path: Path) -> Iterator[GeoPackageStore]:
    """A new, empty project."""
    with GeoPackageStore.open(path, create=True) as opened:
        yield opened


@pytest.fixture
def filled(store: GeoPackageStore) -> GeoPackageStore:
    """A project with one report, its claims, and incidents of every kind."""
    with store.atomic():
        store.add_document(DOCUMENT, ORIGINAL)
        store.add_incidents(INCIDENTS)
        store.add_claims(CLAIMS)
    return store

"""Fixtures of the dashboard's tests: a project that is served, a client for our routes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from map_examples import make_project, serving
from starlette.applications import Starlette  # noqa: TID251 - the routes are tested as starlette runs them
from starlette.testclient import TestClient  # noqa: TID251 - the routes are tested as starlette runs them

from dashboard.routes import all_routes
from dashboard.session import close_project
from geodata.store import Store, open_store


@pytest.fixture(scope="module")
def map_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("map") / "atlas.gpkg")


@pytest.fixture
def served(map_project: Path) -> Iterator[Store]:
    with serving(map_project) as store:
        yield store


@pytest.fixture
def client(served: Store) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=all_routes())) as asked:
        yield asked


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Path]:
    """An empty project."""
    path = tmp_path / "atlas.gpkg"
    open_store(path, create=True).close()
    yield path
    close_project()

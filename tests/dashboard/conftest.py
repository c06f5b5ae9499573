"""Fixtures of the dashboard's tests: a project that is served, a client for our routes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from map_examples import make_project, serving
from starlette.applications import Starlette  # noqa: TID251 - the routes are tested as starlette runs them
from starlette.testclient import TestClient  # noqa: TID251 - the routes are tested as starlette runs them

from dashboard.routes import all_routes
from geodata.store import Store


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

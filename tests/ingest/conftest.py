"""A project, the tools of extraction, a web site and a fetcher that may reach it, all real."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from geodata.store import Store, open_store
from ingest import pipeline
from ingest.fetch import Fetcher
from ingest.pipeline import Tools
from tests.local_server import FakeClock
from tests.web_site import Site, site


@pytest.fixture(scope="session")
def tools() -> Tools:
    return pipeline.default_tools()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "atlas.gpkg", create=True) as opened:
        yield opened


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as here:
        yield here


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def fetcher(web: Site, clock: FakeClock) -> Fetcher:
    return Fetcher(allowed=[web.host], clock=clock)

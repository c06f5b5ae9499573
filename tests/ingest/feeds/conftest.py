"""A project, a web site, and a fetcher that may reach it, all real; only the time is played."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from geodata.store import Store, open_store
from ingest import feeds, pipeline
from ingest.feeds import Pulled
from ingest.fetch import Fetcher
from ingest.pipeline import Tools
from tests.web_site import FakeClock, Site, site


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


@pytest.fixture
def pull(store: Store, fetcher: Fetcher, tools: Tools) -> Callable[..., Pulled]:
    """Read the only feed of the project."""

    def once(**how: bool) -> Pulled:
        (pulled,) = feeds.pull(store, store.feeds(), fetcher, tools=tools, **how)
        return pulled

    return once

"""A project, a web site, and a fetcher that may reach it, all real; only the time is played."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geodata.store import Store
from ingest import feeds
from ingest.feeds import Pulled
from ingest.fetch import Fetcher
from ingest.pipeline import Tools


@pytest.fixture
def pull(store: Store, fetcher: Fetcher, tools: Tools) -> Callable[..., Pulled]:
    """Read the only feed of the project."""

    def once(**how: bool) -> Pulled:
        (pulled,) = feeds.pull(store, store.feeds(), fetcher, tools=tools, **how)
        return pulled

    return once

"""Fixtures that every test may use."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
REQUIRE_ALL = os.environ.get("ATLAS_REQUIRE_ALL") == "1"
"""With ATLAS_REQUIRE_ALL=1 (CI), what would be skipped because it is absent fails instead."""

settings.register_profile("atlas", deadline=None)  # the machine may be busy: time tells nothing
settings.load_profile("atlas")

os.environ["ATLAS_GAZETTEERS"] = ""  # tests see the embedded gazetteer alone, whatever was added


def absent(reason: str) -> None:
    """Skip a test whose optional part is absent; fail it where everything is required."""
    if REQUIRE_ALL:
        pytest.fail(reason)
    pytest.skip(reason)


TOGETHER = ("tests/browser/", "tests/geodata/gazetteer/test_gazetteer_build.py")
"""Tests of which one worker runs all, one after the other: two browsers at once are slower than
one after the other, and what a file builds for its tests is built once."""


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Share out single tests between the workers, but keep `TOGETHER` together."""
    from xdist.scheduler import LoadScopeScheduling

    class Sharing(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return next((start for start in TOGETHER if nodeid.startswith(start)), nodeid)

    return Sharing(config, log)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of the real data that tests may read and the product never does."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        absent("../shared/data is not beside the checkout")
    return folder


@pytest.fixture(autouse=True)
def _main_stays() -> Iterator[None]:
    """Keep ``__main__``: Streamlit's AppTest leaves its page there, and a worker process that is
    started later would run that page instead of starting."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main

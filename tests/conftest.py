"""Fixtures that every test may use."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

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

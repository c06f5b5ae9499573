"""The gazetteer in use, opened once."""

from __future__ import annotations

import pytest

from geodata.gazetteer import default_path
from geodata.gazetteer.lookup import Gazetteer
from tests.conftest import absent


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    if not default_path().is_file():
        absent("the gazetteer is not built: run 'incidents gazetteer build'")
    return Gazetteer.open()

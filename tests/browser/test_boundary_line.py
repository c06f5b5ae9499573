"""The line that boundaries add to the open incident, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from geodata.incident import Incident
from geodata.precision import LocationPrecision
from geodata.store import open_store
from tests.geodata.boundary_examples import LAYER, areas

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=alert(1)>"


def test_the_open_incident_says_where_its_point_lies(
    serve: Callable[..., str], open_page: Callable[..., Watched], tmp_path: Path
) -> None:
    raid = Incident(
        incident_id="raid",
        place="Holešov",
        admin2="Karvina",
        latitude=49.5,
        longitude=17.5,
        location_precision=LocationPrecision.SETTLEMENT,
    )
    with open_store(tmp_path / "p.gpkg", create=True) as store, store.atomic():
        store.add_incidents([raid])
        store.add_boundaries(replace(LAYER, title=f"Czech districts {HOSTILE}"), areas())
    page = open_page(f"{serve(tmp_path / 'p.gpkg')}/?incident=raid").page
    line = page.get_by_text("Boundaries: the report says Karvina")
    expect(line).to_be_visible()
    expect(line).to_contain_text(
        f"the point lies in Zlin, Moravia, 66 km from Karvina (Czech districts {HOSTILE}, 2022)"
    )

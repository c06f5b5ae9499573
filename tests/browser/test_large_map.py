"""A project of more incidents than the browser gets one by one: cells, pop-ups, filters."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from playwright.sync_api import expect

from dashboard.wording import number
from geodata.incident import Incident
from geodata.precision import DatePrecision, LocationPrecision
from geodata.store import open_store

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

Serve = Callable[..., str]
Open = Callable[..., "Watched"]
COUNT = 24_000
IN_DISTRICT = 500


def incidents() -> list[Incident]:
    """Towns of Balochistan in a row; every so often one that is known only to its district."""
    chance = np.random.default_rng(1)
    towns = chance.integers(0, 60, COUNT)
    return [
        Incident(
            incident_id=f"i{number}",
            event_date=date(2020, 1, 1) + timedelta(number % 700),
            date_precision=DatePrecision.DAY,
            event_type="Battles",
            actor1="Baloch Liberation Army" if number % 3 else "Pakistan Army",
            place=f"Town {town}",
            admin2="Quetta",
            admin1="Balochistan",
            country="Pakistan",
            latitude=29.0 + town * 0.05,
            longitude=66.0 + town * 0.05,
            location_precision=(
                LocationPrecision.DISTRICT if number < IN_DISTRICT else LocationPrecision.SETTLEMENT
            ),
        )
        for number, town in enumerate(towns.tolist())
    ]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("large") / "atlas.gpkg"
    with open_store(path, create=True) as store, store.atomic():
        store.add_incidents(incidents())
    return path


def copy(project: Path, path: Path) -> None:
    """Copy a project with what its journal holds."""
    with sqlite3.connect(project) as source, sqlite3.connect(path) as target:
        source.backup(target)


def test_a_large_project_is_drawn_in_cells(serve: Serve, open_page: Open, project: Path) -> None:
    watched = open_page(serve(project))
    drawn = watched.drawn("")
    assert (drawn["count"], drawn["inView"]) == (COUNT, COUNT)
    items = watched.map.evaluate("() => atlas.stage.data.lat.length")
    assert items < 200
    legend = watched.page.frame_locator("iframe[title='streamlit_folium.st_folium']").locator(
        ".atlas-legend-groups"
    )
    expect(legend).to_contain_text("Baloch Liberation Army")
    # Closer, the same incidents are in smaller cells; nothing is asked of the page.
    watched.map.evaluate("() => { atlas.drawn = null; atlas.map.setView([29.5, 66.5], 9); }")
    watched.map.wait_for_function("() => atlas.stage.data.zoom === 9 && atlas.drawn")
    assert 0 < watched.drawn("")["inView"] < COUNT


def test_a_cell_lists_its_incidents_and_a_filter_may_leave_few(
    serve: Serve, open_page: Open, project: Path
) -> None:
    watched = open_page(serve(project) + "/?until=2020-01-03")
    few = watched.drawn("until=2020-01-03")
    assert few["count"] == watched.map.evaluate("() => atlas.stage.data.id.length")
    watched = open_page(serve(project))
    watched.drawn("")
    watched.map.evaluate("""() => {
      const stack = atlas.stage.hits.areas[0];
      atlas.openMark(atlas.map, stack.mark, atlas.stage.data, L.latLng(29, 66));
    }""")
    popup = watched.page.frame_locator("iframe[title='streamlit_folium.st_folium']").locator(
        ".leaflet-popup"
    )
    expect(popup).to_contain_text(f"{IN_DISTRICT} incidents known only to Quetta district")
    expect(popup).to_contain_text("460 more in the table below the map")


def test_the_open_incident_is_ringed_within_its_cell(
    serve: Serve, open_page: Open, project: Path
) -> None:
    watched = open_page(serve(project) + f"/?incident=i{COUNT - 1}")
    watched.drawn("")
    last = incidents()[-1]
    assert watched.map.evaluate("() => atlas.stage.point") == [last.latitude, last.longitude]
    expect(watched.page.get_by_role("button", name="Close")).to_be_visible()


def test_what_another_program_adds_is_on_the_open_map_without_a_reload(
    serve: Serve, open_page: Open, project: Path, tmp_path: Path
) -> None:
    path = tmp_path / "atlas.gpkg"
    copy(project, path)
    watched = open_page(serve(path))
    watched.drawn("")
    watched.map.evaluate("() => { window.kept = true; atlas.map.setView([29.5, 66.5], 7); }")
    add = """
import sys
from dashboard.wording import number
from geodata.incident import Incident
from geodata.store import open_store
with open_store(sys.argv[1]) as store, store.atomic():
    store.add_incidents(
        Incident(incident_id=f"new{n}", latitude=30.0, longitude=67.0, actor1="Newcomers",
                 location_precision="settlement")
        for n in range(100)
    )
"""
    subprocess.run([sys.executable, "-c", add, str(path)], check=True)
    watched.map.wait_for_function(
        "count => atlas.drawn && atlas.drawn.count === count", arg=COUNT + 100
    )
    expect(watched.page.get_by_text(f"{number(COUNT + 100)} incidents", exact=True)).to_be_visible()
    assert watched.map.evaluate("() => [window.kept, atlas.map.getZoom()]") == [True, 7]

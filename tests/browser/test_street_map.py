"""The base map is chosen on the map, stays chosen, and asks no foreign host unasked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.street_tiles import write_street_map
from tests.dashboard.map_examples import make_project

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

Serve = Callable[..., str]
Open = Callable[..., "Watched"]
FRAME = "iframe[title='streamlit_folium.st_folium']"


def test_streets_of_a_file_are_drawn_and_a_plain_ground_has_nothing(
    serve: Serve, open_page: Open, tmp_path: Path
) -> None:
    streets = write_street_map(tmp_path / "streets.pmtiles")
    project = make_project(tmp_path / "atlas.gpkg")
    watched = open_page(serve(project, "--base-map", str(streets)))
    watched.drawn("")
    frame = watched.page.frame_locator(FRAME)
    frame.get_by_text("Base map", exact=True).click()
    frame.get_by_label("streets").check()
    expect(frame.locator("#map_div")).to_have_attribute("data-ground", "file-streets")
    watched.map.evaluate("() => atlas.map.setView([0, 0], 2, { animate: false })")
    # Water is bluer than the earth around it, and is drawn on some tile.
    watched.map.wait_for_function(
        """() => [...document.querySelectorAll('.leaflet-tile-pane canvas')].some((tile) => {
          const pixels = tile.getContext('2d').getImageData(0, 0, tile.width, tile.height).data;
          for (let at = 0; at < pixels.length; at += 400)
            if (pixels[at + 3] === 255 && pixels[at + 2] > pixels[at] + 20) return true;
          return false;
        })"""
    )
    expect(frame.locator(".leaflet-control-attribution")).to_contain_text("Protomaps")
    watched.page.reload()
    watched.drawn("")
    expect(frame.locator("#map_div")).to_have_attribute("data-ground", "file-streets")
    frame.get_by_text("Base map", exact=True).click()
    frame.get_by_label("Plain").check()
    expect(frame.locator(".leaflet-tile-pane canvas")).to_have_count(0)
    frame.get_by_label("Outlines").check()
    expect(frame.locator(".leaflet-tile-pane canvas").first).to_be_visible()

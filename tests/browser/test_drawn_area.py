"""An area drawn on the map becomes a part of the filter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.dashboard.map_examples import make_project

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

Serve = Callable[..., str]
Open = Callable[..., "Watched"]

BALOCHISTAN = ((31.5, 65.5), (31.5, 68.5), (28.5, 68.0), (28.5, 65.5))
"""Corners as (latitude, longitude) around Quetta and Mastung."""
PIXEL = "at => { const p = atlas.map.latLngToContainerPoint(at); return [p.x, p.y]; }"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("map") / "atlas.gpkg")


def pixel(watched: Watched, place: tuple[float, float]) -> tuple[float, float]:
    """Where a place lies on the page."""
    box = watched.page.locator("iframe[title='streamlit_folium.st_folium']").bounding_box()
    assert box is not None
    x, y = watched.map.evaluate(PIXEL, list(place))
    return box["x"] + x, box["y"] + y


def begin(watched: Watched) -> None:
    watched.map.get_by_role("button", name="Draw an area and show only what is in it").click()
    expect(watched.map.locator(".atlas-message")).to_contain_text("Click the corners")


def test_an_area_is_drawn_filters_and_is_taken_back(
    serve: Serve, open_page: Open, project: Path
) -> None:
    watched = open_page(serve(project))
    page, everything = watched.page, watched.drawn("")["count"]
    begin(watched)
    for corner in BALOCHISTAN[:-1]:
        page.mouse.click(*pixel(watched, corner))
    zoom = watched.map.evaluate("() => atlas.map.getZoom()")
    page.mouse.dblclick(*pixel(watched, BALOCHISTAN[-1]))
    expect(page.locator(".filter-sentence")).to_have_text("inside a drawn area of 4 corners")
    watched.map.wait_for_function("() => atlas.drawn.query.startsWith('polygon=')")
    assert watched.map.evaluate("() => atlas.drawn.count") == 4  # two in Quetta, two in Mastung
    assert watched.map.evaluate("() => atlas.map.getZoom()") == zoom
    expect(watched.map.locator("path.atlas-area")).to_have_count(1)

    copied = open_page(page.url)
    assert copied.drawn()["count"] == 4
    expect(copied.map.locator("path.atlas-area")).to_have_count(1)

    page.get_by_role("button", name="Leave the drawn area").click()
    assert watched.drawn("")["count"] == everything
    expect(watched.map.locator("path.atlas-area")).to_have_count(0)


def test_escape_gives_up_and_enter_closes(serve: Serve, open_page: Open, project: Path) -> None:
    watched = open_page(serve(project) + "/?incident=town")
    watched.drawn("")
    page = watched.page
    page.get_by_role("button", name="Close").wait_for()
    begin(watched)
    page.mouse.click(*pixel(watched, BALOCHISTAN[0]))
    page.keyboard.press("Enter")
    message = watched.map.locator(".atlas-message")
    expect(message).to_contain_text("at least three corners")
    page.keyboard.press("Escape")
    expect(message).to_be_hidden()
    expect(watched.map.locator("path.atlas-area")).to_have_count(0)
    expect(page.locator(".st-key-panel")).to_be_visible()  # the key was the drawing's
    begin(watched)
    for corner in BALOCHISTAN:
        page.mouse.click(*pixel(watched, corner))
    page.keyboard.press("Enter")
    expect(page.locator(".filter-sentence")).to_have_text("inside a drawn area of 4 corners")


def test_an_area_that_is_none_says_so(serve: Serve, open_page: Open, project: Path) -> None:
    watched = open_page(serve(project) + "/?polygon=1,2;3")
    expect(watched.page.get_by_role("alert")).to_contain_text("is no area")
    assert watched.drawn("")["count"] > 0

"""Playing time in a real browser: the map shows windows, and nothing of it runs the page."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from geodata.precision import DatePrecision
from geodata.store import open_store
from tests.browser.test_large_map import COUNT, incidents
from tests.browser.test_map import COUNT_MESSAGES
from tests.dashboard.map_examples import INCIDENTS, incident

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Route

    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

Serve = Callable[..., str]
Open = Callable[..., "Watched"]

LISTEN = """() => {
  window.windows = [];
  document.addEventListener("atlas:window-drawn", (event) => window.windows.push(event.detail));
}"""
VIEW = "() => [atlas.map.getZoom(), atlas.map.getCenter().lat, atlas.map.getCenter().lng]"
MARCH = {"event_date": date(2021, 3, 1), "event_date_end": date(2021, 3, 31)}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project of the map's tests, and an incident that is known only to March 2021."""
    path: Path = tmp_path_factory.mktemp("play") / "atlas.gpkg"
    with open_store(path, create=True) as store, store.atomic():
        store.add_incidents(INCIDENTS)
        store.add_incidents([incident("vague", date_precision=DatePrecision.MONTH, **MARCH)])
    return path


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("play") / "large.gpkg"
    with open_store(path, create=True) as store, store.filling(), store.atomic():
        store.add_incidents(incidents())
    return path


def sentence(watched: Watched) -> Locator:
    frame = watched.page.frame_locator("iframe[title='streamlit_folium.st_folium']")
    return frame.locator(".atlas-window")


def windows(watched: Watched, least: int) -> list[dict[str, Any]]:
    """The windows that the map has said it drew, once there are so many."""
    watched.page.wait_for_function("n => window.windows.length >= n", arg=least)
    found: list[dict[str, Any]] = watched.page.evaluate("() => window.windows")
    return found


def counted(address: str, window: dict[str, Any]) -> int:
    """How many incidents a filter with the window for its period has on the map."""
    query = urlencode({"since": window["since"], "until": window["until"]})
    with urllib.request.urlopen(f"{address}/map/points?{query}") as answer:
        return int(json.load(answer)["count"])


def test_the_map_plays_windows_without_a_run_of_the_page(
    serve: Serve, open_page: Open, project: Path
) -> None:
    address = serve(project)
    watched = open_page(address)
    everything = watched.drawn("")["count"]
    page = watched.page
    control = page.locator(".play")
    view = watched.map.evaluate(VIEW)
    page.evaluate(COUNT_MESSAGES)
    page.evaluate(LISTEN)
    control.get_by_role("button", name="Play over time").click()
    control.get_by_label("Speed").select_option("fast")
    played = windows(watched, 4)
    assert [window["count"] for window in played] == [counted(address, w) for w in played]
    control.get_by_role("button", name="Pause").click()
    control.get_by_label("Time shown on the map").fill("0")
    expect(sentence(watched)).to_have_text(
        "1 – 7 Mar 2021: 4 incidents, and 1 that may be of these days"
    )
    control.get_by_role("button", name="Stop").click()
    expect(sentence(watched)).to_be_hidden()
    assert watched.drawn("")["count"] == everything
    assert watched.map.evaluate(VIEW) == view
    assert page.evaluate("() => window.sent") == 0


def test_keys_play_step_and_stop(serve: Serve, open_page: Open, project: Path) -> None:
    watched = open_page(serve(project))
    watched.drawn("")
    page, control = watched.page, watched.page.locator(".play")
    control.get_by_role("button", name="Play over time").focus()
    page.keyboard.press("Space")
    expect(control.get_by_role("button", name="Pause")).to_be_focused()
    control.get_by_label("Time shown on the map").focus()
    page.keyboard.press("Space")
    expect(control.get_by_role("button", name="Play", exact=True)).to_be_visible()
    page.keyboard.press("Home")
    expect(sentence(watched)).to_contain_text("1 – 7 Mar 2021")
    page.keyboard.press("ArrowRight")
    expect(sentence(watched)).to_have_text(
        "8 – 14 Mar 2021: 0 incidents, and 1 that may be of these days"
    )
    control.get_by_label("How much is shown at once").select_option("all so far")
    expect(sentence(watched)).to_contain_text("1 – 14 Mar 2021: 4 incidents")
    page.keyboard.press("Escape")
    expect(sentence(watched)).to_be_hidden()


def test_where_motion_is_not_wanted_each_step_is_asked_for(
    serve: Serve, open_page: Open, project: Path
) -> None:
    watched = open_page(serve(project))
    watched.page.emulate_media(reduced_motion="reduce")
    watched.drawn("")
    control = watched.page.locator(".play")
    control.get_by_role("button", name="Play over time").click()
    expect(sentence(watched)).to_contain_text("1 – 7 Mar 2021")
    control.get_by_role("button", name="Next step").click()
    expect(sentence(watched)).to_contain_text("8 – 14 Mar 2021")


def test_a_large_project_is_played_in_cells_and_stops_whole(
    serve: Serve, open_page: Open, large: Path
) -> None:
    address = serve(large)
    watched = open_page(address)
    assert watched.drawn("")["count"] == COUNT
    watched.page.evaluate(LISTEN)
    control = watched.page.locator(".play")
    control.get_by_role("button", name="Play over time").click()
    played = windows(watched, 3)
    assert len({window["since"] for window in played}) >= 3
    for window in played:
        assert window["count"] == counted(address, window)
    control.get_by_role("button", name="Stop").click()
    watched.map.wait_for_function("n => atlas.drawn.count === n", arg=COUNT)
    assert watched.map.evaluate("() => atlas.drawn.inView") == COUNT


def test_an_answer_that_comes_too_late_is_not_drawn(
    serve: Serve, open_page: Open, large: Path
) -> None:
    watched = open_page(serve(large))
    assert watched.drawn("")["count"] == COUNT
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    watched.page.route("**/map/cells/**since=**", hold)
    control = watched.page.locator(".play")
    control.get_by_role("button", name="Play over time").click()
    for _ in range(100):
        if held:
            break
        watched.page.wait_for_timeout(100)
    control.get_by_role("button", name="Stop").click()
    with watched.page.expect_response("**/map/cells/**since=**"):
        held[0].continue_()
    watched.page.wait_for_timeout(300)
    assert watched.map.evaluate("() => [atlas.drawn.count, atlas.drawn.inView]") == [COUNT, COUNT]
    expect(sentence(watched)).to_be_hidden()

"""The Map page as an analyst uses it, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from geodata.filters import Filter
from geodata.store import open_store
from tests.browser.conftest import AT_REST
from tests.dashboard.map_examples import HOSTILE, incident, make_project

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

COUNT_MESSAGES = """() => {
  window.sent = 0;
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (...said) { window.sent++; return send.apply(this, said); };
}"""

Serve = Callable[..., str]
Open = Callable[..., "Watched"]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("map") / "atlas.gpkg")


def choose(watched: Watched, label: str, name: str) -> None:
    """Choose an option of a list in the sidebar by typing its name."""
    field = watched.page.get_by_role("combobox", name=label, exact=True)
    field.click()
    field.fill(name)
    watched.page.get_by_role("option").filter(has_text=name).first.click()
    watched.page.keyboard.press("Escape")


def test_the_walk(serve: Serve, open_page: Open, project: Path) -> None:
    watched = open_page(serve(project))
    page = watched.page
    with open_store(project, read_only=True) as store:
        mapped = store.totals(Filter()).mapped
    assert watched.drawn("")["count"] == mapped
    view = watched.map.evaluate("() => [atlas.map.getZoom(), atlas.map.getCenter().lng]")

    choose(watched, "Group", "Islamic State")
    assert watched.drawn("group=Islamic+State")["count"] == 3
    expect(page.locator(".filter-sentence")).to_have_text("Islamic State")
    assert view == watched.map.evaluate("() => [atlas.map.getZoom(), atlas.map.getCenter().lng]")

    page.get_by_role("spinbutton", name="year, From").click()
    page.keyboard.type("20210801")
    page.keyboard.press("Escape")  # the date counts when its calendar is closed
    watched.drawn("group=Islamic+State&since=2021-08-01")

    choose(watched, "District", "Mastung")
    drawn = watched.drawn("group=Islamic+State&since=2021-08-01&district=Mastung")
    assert drawn["count"] == 1

    watched.click_mark("district-2")
    pop_up = watched.map.locator(".atlas-card")
    expect(pop_up.locator("h3")).to_contain_text("Mastung district")
    pop_up.get_by_role("button", name="Details").click()
    expect(page.locator(".st-key-panel")).to_contain_text("Mastung district")
    page.get_by_role("button", name="Close").click()
    expect(page.locator(".st-key-panel")).to_have_count(0)

    page.get_by_role("button", name="Download").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Picture of the map (PNG)").click()
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")

    copied = open_page(page.url)
    assert copied.drawn()["query"] == drawn["query"]
    expect(copied.page.locator(".filter-sentence")).to_have_text(
        "Islamic State, Mastung, since 1 Aug 2021"
    )


def test_a_stroke_searches_and_escape_closes_from_the_page_and_from_the_map(
    serve: Serve, open_page: Open, project: Path
) -> None:
    watched = open_page(serve(project))
    watched.drawn("")
    page, search = watched.page, watched.page.get_by_role("textbox", name="Search")
    expect(page.locator(".keys[data-ready]")).to_be_attached()
    page.keyboard.press("/")
    expect(search).to_be_focused()
    expect(search).to_have_value("")
    for place in (page, watched.map):
        page.locator(".incidents td button").first.click()
        expect(page.locator(".st-key-panel .facts")).to_be_visible()
        expect(page.locator(AT_REST)).to_be_attached()
        place.evaluate("() => { document.body.tabIndex = -1; document.body.focus() }")
        page.keyboard.press("Escape")
        expect(page.locator(".st-key-panel")).to_have_count(0)


def test_long_names_stay_inside_the_panel(serve: Serve, open_page: Open, tmp_path: Path) -> None:
    project, long = tmp_path / "long.gpkg", "Kh" * 2500
    with open_store(project, create=True) as store, store.atomic():
        store.add_incidents([incident("long", place=long, actor1=long, notes=long)])
    watched = open_page(serve(project) + "/?incident=long")
    watched.drawn("")
    panel = watched.page.locator(".st-key-panel")
    expect(panel.locator(".facts")).to_be_visible()
    assert panel.evaluate("panel => panel.scrollWidth <= panel.clientWidth")
    wide = watched.page.evaluate("() => document.querySelector('.stMain').scrollWidth")
    assert wide <= 1280


def test_a_group_with_affiliates_is_offered_where_it_has_some(
    serve: Serve, open_page: Open, project: Path
) -> None:
    watched = open_page(serve(project))
    box = watched.page.get_by_text("With splinters and affiliates")
    assert watched.drawn("")["count"]
    expect(box).to_have_count(0)
    choose(watched, "Group", "Islamic State")
    box.click()
    assert watched.drawn("group=Islamic+State&with_affiliates=yes")["count"] >= 3
    sentence = watched.page.locator(".filter-sentence")
    expect(sentence).to_have_text("Islamic State and its affiliates")
    box.click()
    expect(sentence).to_have_text("Islamic State")


def test_back_undoes_the_last_filter(serve: Serve, open_page: Open, project: Path) -> None:
    watched = open_page(serve(project))
    watched.drawn("")
    watched.page.locator(".bars button").filter(has_text="Hyderabad").click()
    watched.drawn("district=Hyderabad")
    watched.page.go_back()
    watched.drawn("")
    expect(watched.page.locator(".filter-sentence")).to_have_text("All incidents")


def test_the_killed_are_a_filter_that_a_click_takes_back(
    serve: Serve, open_page: Open, project: Path
) -> None:
    watched = open_page(serve(project))
    watched.drawn("")
    tolls = watched.page.locator(".bars").filter(has_text="Killed and injured")
    killed = tolls.get_by_role("button", name="Killed")
    before = killed.locator(".bar-count").inner_text()
    killed.click()
    watched.drawn("min_killed=1")
    expect(watched.page.locator(".filter-sentence")).to_have_text("1 or more killed")
    expect(killed).to_have_attribute("aria-pressed", "true")
    expect(killed.locator(".bar-count")).to_have_text(before)
    killed.click()
    watched.drawn("")


def test_hostile_text_is_only_text(serve: Serve, open_page: Open, project: Path) -> None:
    watched = open_page(serve(project))
    watched.drawn("")
    watched.click_mark("hostile")
    expect(watched.map.locator(".atlas-card h3")).to_contain_text("<img src=x")
    watched.map.get_by_role("button", name="Details").click()
    expect(watched.page.locator(".st-key-panel")).to_contain_text("<img src=x")
    expect(watched.page.locator(".bars").first).to_contain_text(HOSTILE[:20])
    for place in (watched.map, watched.page):
        assert place.evaluate("() => window.hacked") is None


def test_a_brush_over_the_timeline_filters_and_the_whole_period_returns(
    serve: Serve, open_page: Open, project: Path
) -> None:
    watched = open_page(serve(project))
    watched.drawn("")
    bar = watched.page.locator(".timeline rect.bar").last
    bar.hover()
    watched.page.mouse.down()
    watched.page.mouse.up()
    watched.drawn("since=2021-08-30&until=2021-09-05")
    watched.page.get_by_role("button", name="Whole period").click()
    watched.drawn("")


def test_pan_and_zoom_never_run_the_page(serve: Serve, open_page: Open, project: Path) -> None:
    watched = open_page(serve(project))
    watched.drawn("")
    # Each run of the page starts with a message from the browser over this socket.
    watched.page.evaluate(COUNT_MESSAGES)
    watched.map.evaluate("() => { atlas.map.setZoom(6); atlas.map.panBy([80, 40]) }")
    watched.map.wait_for_function("() => atlas.map.getZoom() === 6 && !atlas.map._animatingZoom")
    # st_folium waits 250 ms after a move before it would tell the page.
    watched.map.evaluate("() => new Promise((done) => setTimeout(done, 400))")
    assert watched.page.evaluate("() => window.sent") == 0


def test_a_stack_of_incidents_opens_a_list(serve: Serve, open_page: Open, project: Path) -> None:
    watched = open_page(serve(project))
    watched.drawn("")
    watched.click_mark("district-1")
    listed = watched.map.locator(".atlas-list")
    expect(listed.locator("h3")).to_have_text("2 incidents known only to Mastung district")
    listed.locator("button").first.click()
    expect(watched.map.locator(".atlas-card h3")).to_contain_text("Mastung district")


def test_an_ingest_shows_on_the_next_run(serve: Serve, open_page: Open, tmp_path: Path) -> None:
    project = make_project(tmp_path / "atlas.gpkg")
    watched = open_page(serve(project))
    before = watched.drawn("")["count"]
    with open_store(project) as store, store.atomic():
        store.update_incident("rejected", {"status": "confirmed"}, who="test")
    watched.page.get_by_role("button", name="rejected or merged").click()
    watched.drawn("status=rejected&status=merged")
    watched.page.get_by_role("button", name="Clear all filters").first.click()
    assert watched.drawn("")["count"] == before + 1


def test_empty_and_unmatched_projects_say_what_next(
    serve: Serve, open_page: Open, tmp_path: Path, project: Path
) -> None:
    empty = tmp_path / "empty.gpkg"
    open_store(empty, create=True).close()
    watched = open_page(serve(empty))
    expect(watched.page.get_by_text("This project has no incidents yet.")).to_be_visible()
    expect(watched.page.get_by_role("button", name="Add a report")).to_be_visible()
    unmatched = open_page(serve(project) + "/?group=Nobody")
    expect(unmatched.page.get_by_text("No incident matches this filter.")).to_be_visible()
    unmatched.page.get_by_role("button", name="Clear all filters").last.click()
    unmatched.drawn("")


def test_a_link_that_cannot_be_read_says_so(serve: Serve, open_page: Open, project: Path) -> None:
    watched = open_page(serve(project) + "/?since=yesterday")
    expect(watched.page.get_by_role("alert")).to_contain_text("'yesterday' is no date")
    assert watched.drawn("")["count"] > 0


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_nothing_is_wider_than_the_screen(
    serve: Serve, open_page: Open, project: Path, width: int
) -> None:
    watched = open_page(serve(project), viewport={"width": width, "height": 844})
    watched.drawn("")
    expect(watched.page.locator(".incidents table")).to_be_attached()
    wide = watched.page.evaluate("() => document.querySelector('.stMain').scrollWidth")
    assert wide <= width

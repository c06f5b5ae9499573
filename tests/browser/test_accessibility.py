"""axe-core on every page, in light and dark, on a laptop and on a phone: nothing serious.

axe-core is brought by npm for the tests alone (`tests/browser/package.json`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Frame, Page, expect

from geodata.store import open_store
from tests.browser.conftest import AT_REST, server_of
from tests.browser.test_add import read
from tests.browser.test_tables import LOG
from tests.browser.use_examples import make_usable_project
from tests.conftest import absent

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

Open = Callable[..., "Watched"]

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
WIDTHS = {1280: 800, 390: 844}
"""Widths of a laptop and a phone, with their heights, in pixels."""
SCHEMES = ("light", "dark")

FAULTS = """() => axe.run(document, { resultTypes: ["violations"], iframes: false }).then((found) =>
  found.violations.filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map((node) => ({
      rule: id, target: node.target.join(" "), html: node.html, why: node.failureSummary }))))"""
IS_PAINTED = """dark => {
  const paper = getComputedStyle(document.querySelector(".stApp")).backgroundColor;
  return (paper.match(/\\d+/g).map(Number)[0] < 128) === dark;
}"""

LOOKS = 20
"""How often a document is looked at before a fault counts: after a change from light to dark each
widget is painted anew in its turn, and turns its colour within a fifth of a second."""


@pytest.fixture(scope="module")
def axe() -> str:
    if not AXE.is_file():
        absent("axe-core was not brought: run 'make setup'")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    project = make_usable_project(tmp_path_factory.mktemp("axe") / "atlas.gpkg")
    with server_of(project) as address:
        yield address


def faults(axe: str, frame: Frame) -> list[dict[str, Any]]:
    """What axe-core finds serious or critical in one document, and goes on finding."""
    if not frame.evaluate("() => Boolean(window.axe)"):
        frame.evaluate(axe)
    found: list[dict[str, Any]] = []
    for _ in range(LOOKS):
        found = frame.evaluate(FAULTS)
        if not found:
            break
        frame.wait_for_timeout(500)
    return found


def hold_that_nothing_is_serious(axe: str, page: Page, *, where: str) -> None:
    """Look at the page and at the map's frame in every scheme and width."""
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.wait_for_function(IS_PAINTED, arg=scheme == "dark")
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            settled(page)
            wide = page.evaluate("() => document.querySelector('.stMain').scrollWidth")
            assert wide <= width, f"{where} scrolls sideways"
            ours = [frame for frame in page.frames if frame.url.startswith("http")]
            for frame in ours:
                if frame is not page.main_frame:
                    frame.wait_for_function(
                        f"document.documentElement.dataset.theme === '{scheme}'"
                    )
                found = faults(axe, frame)
                assert found == [], f"{where}, {scheme}, {width} px, {frame.url}"
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 800})


def settled(page: Page) -> None:
    """Wait until no run of the page fades what it replaces."""
    expect(page.locator(AT_REST)).to_be_attached()
    expect(page.locator("[data-stale='true']")).to_have_count(0)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)))")


def test_the_map_and_an_open_incident(axe: str, open_page: Open, address: str) -> None:
    watched = open_page(f"{address}/?since=2021-01-01&incident=arabic&compare=before")
    watched.drawn()
    page = watched.page
    expect(page.locator(".st-key-panel .facts")).to_be_visible()
    expect(page.locator(".incidents table")).to_be_visible()
    page.emulate_media(reduced_motion="reduce")
    page.get_by_role("button", name="Play over time").click()
    hold_that_nothing_is_serious(axe, page, where="an open incident")
    page.get_by_role("button", name="Close", exact=True).click()
    expect(page.locator(".st-key-panel")).to_have_count(0)
    page.get_by_text("More filters").click()
    page.get_by_role("button", name="Stop", exact=True).last.click()
    watched.drawn()
    watched.click_mark("urdu")
    expect(watched.map.locator(".atlas-card h3")).to_be_visible()
    hold_that_nothing_is_serious(axe, page, where="a pop-up")


def test_every_other_page(axe: str, open_page: Open, address: str) -> None:
    watched = open_page(address)
    watched.drawn("")
    page = watched.page
    page.get_by_role("link", name="Places", exact=True).click()
    expect(page.locator(".places-table")).to_be_visible()
    hold_that_nothing_is_serious(axe, page, where="Places")
    page.get_by_role("link", name="Feeds", exact=True).click()
    expect(page.locator(".feeds-table")).to_be_visible()
    hold_that_nothing_is_serious(axe, page, where="Feeds")
    page.get_by_role("link", name="Tables", exact=True).click()
    page.locator("input[type=file]").set_input_files(
        {"name": "log.csv", "mimeType": "text/csv", "buffer": LOG.encode()}
    )
    expect(page.get_by_role("button", name="Import")).to_be_visible()
    hold_that_nothing_is_serious(axe, page, where="Tables")
    page.get_by_role("link", name="Add", exact=True).click()
    page.get_by_label("Text of the report").wait_for()
    read(page)
    page.get_by_text("Correct", exact=True).click()
    expect(page.get_by_label("Killed, at most")).to_be_visible()
    hold_that_nothing_is_serious(axe, page, where="Add")


def test_an_empty_project(axe: str, open_page: Open, tmp_path: Path) -> None:
    project = tmp_path / "atlas.gpkg"
    open_store(project, create=True).close()
    with server_of(project) as address:
        watched = open_page(address)
        watched.drawn("")
        expect(watched.page.get_by_role("button", name="Add a report")).to_be_visible()
        hold_that_nothing_is_serious(axe, watched.page, where="empty")
        watched.page.context.close()

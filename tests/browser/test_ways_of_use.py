"""The dashboard by keyboard, in narrow and wide windows, and with words from right to left.

Where things lie is told by the rectangles of the document, not by pictures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import server_of
from tests.browser.use_examples import GROUP, PLACE, POLICE, make_usable_project

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Locator, ViewportSize

    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

Open = Callable[..., "Watched"]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""

LAPTOP: ViewportSize = {"width": 1280, "height": 800}
SCREEN: ViewportSize = {"width": 1920, "height": 1080}
PHONE: ViewportSize = {"width": 390, "height": 844}

AROUND_THE_MAP = (
    ".leaflet-control-zoom", ".atlas-bar", ".atlas-legend", ".leaflet-control-scale-line",
    ".leaflet-control-attribution", ".atlas-window", ".atlas-message", ".atlas-grounds",
)  # fmt: skip
BOXES = """names => names.flatMap((name) => [...document.querySelectorAll(name)]
  .filter((node) => node.checkVisibility({ visibilityProperty: true }))
  .map((node) => { const box = node.getBoundingClientRect();
    return [name, [box.left, box.top, box.right, box.bottom]]; })
  .filter(([, box]) => box[2] > box[0]))"""
SIZE = "() => [innerWidth, innerHeight]"
PUT = """([id, x, y]) => new Promise((done) => {
  const { stage, map } = atlas;
  map.closePopup();
  const i = stage.data.id.indexOf(id);
  map.setView([stage.data.lat[i], stage.data.lon[i]], 7, { animate: false });
  const size = map.getSize();
  map.panBy([size.x / 2 - x, size.y / 2 - y], { animate: false });
  const gone = () =>
    (document.querySelector(".leaflet-popup") ? requestAnimationFrame(gone) : done());
  gone(); // the pop-up before fades out
})"""
AT_REST = """() => new Promise((done) => {
  let before = "";
  const look = () => {
    const box = JSON.stringify(document.querySelector(".leaflet-popup").getBoundingClientRect());
    if (box === before) done();
    else { before = box; setTimeout(look, 120); }
  };
  look();
})"""
PLACES_OF_WORDS = """(node, words) => words.map((word) => {
  const walk = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  for (let text = walk.nextNode(); text; text = walk.nextNode()) {
    const at = text.data.indexOf(word);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(text, at);
    range.setEnd(text, at + word.length);
    const box = range.getClientRects()[0];
    return [Math.round(box.top), Math.round(box.left)];
  }
  throw new Error(`not there: ${word}`);
})"""
CONTRASTS = """() => Object.values(atlas.themes).flatMap((theme) => {
  const light = (colour) => {
    const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  return ["label", "sublabel", "ink", "faint"].flatMap((ink) =>
    ["land", "sea"].map((ground) => contrast(theme[ink], theme[ground])));
})"""
FOCUSED = """() => {
  const node = document.activeElement;
  return [node.tagName, node.className.baseVal ?? node.className,
    Boolean(node.closest(".stSidebar")), Boolean(node.closest(".timeline")),
    Boolean(node.closest(".bars")), Boolean(node.closest(".incidents"))];
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    project = make_usable_project(tmp_path_factory.mktemp("use") / "atlas.gpkg")
    with server_of(project) as address:
        yield address


def apart(one: Box, other: Box) -> bool:
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def hold_that_nothing_overlaps(frame: Frame) -> set[str]:
    """What stands around the map lies inside its frame and apart; gives what is there."""
    boxes: list[tuple[str, Box]] = frame.evaluate(BOXES, list(AROUND_THE_MAP))
    width, height = frame.evaluate(SIZE)
    for name, box in boxes:
        assert box[0] >= 0, name
        assert box[1] >= 0, name
        assert box[2] <= width, name
        assert box[3] <= height, name
    for (name, one), (other_name, other) in combinations(boxes, 2):
        assert apart(one, other), f"{name} {one} lies over {other_name} {other}"
    return {name for name, _ in boxes}


@pytest.mark.parametrize("viewport", [LAPTOP, SCREEN, PHONE], ids=["laptop", "screen", "phone"])
def test_nothing_on_the_map_lies_over_another_and_pop_ups_fit(
    open_page: Open, address: str, viewport: ViewportSize
) -> None:
    watched = open_page(address, viewport=viewport, dark=viewport is SCREEN)
    watched.drawn("")
    page, frame = watched.page, watched.map
    expect(frame.locator(".atlas-grounds")).to_be_visible()
    around = hold_that_nothing_overlaps(frame)
    assert around >= {".leaflet-control-zoom", ".atlas-legend", ".leaflet-control-attribution"}
    wide = page.evaluate("() => document.scrollingElement.scrollWidth")
    assert wide <= viewport["width"]

    width, height = frame.evaluate(SIZE)
    # The lower edge is what the credit leaves.
    edges = [(4, height / 2), (width - 4, height / 2), (width / 2, 6), (width / 2, height - 70)]
    for x, y in edges:
        frame.evaluate(PUT, ["urdu", x, y])
        click_inside(watched, x, y)
        expect(frame.locator(".atlas-card h3")).to_be_visible()
        frame.evaluate(AT_REST)
        ((_, box),) = frame.evaluate(BOXES, [".leaflet-popup"])
        assert box[0] >= 0
        assert box[1] >= 0
        assert box[2] <= width
        assert box[3] <= height
        for name, other in frame.evaluate(BOXES, list(AROUND_THE_MAP)):
            assert apart(box, other), f"the pop-up {box} lies under {name} {other}"
        cut = frame.evaluate(
            "() => [...document.querySelectorAll('.leaflet-popup-content, .atlas-card > *')]"
            ".some((node) => node.scrollWidth > node.clientWidth + 1)"
        )
        assert not cut
    page.keyboard.press("Escape")

    play = page.get_by_role("button", name="Play over time")
    play.click()
    expect(frame.locator(".atlas-window")).to_be_visible()
    assert ".atlas-window" in hold_that_nothing_overlaps(frame)
    frame.get_by_role("button", name="Draw an area").press("Enter")
    assert hold_that_nothing_overlaps(frame) >= {".atlas-window", ".atlas-message"}


def click_inside(watched: Watched, x: float, y: float) -> None:
    box = watched.page.locator("iframe[title='streamlit_folium.st_folium']").bounding_box()
    assert box is not None
    watched.page.mouse.click(box["x"] + x, box["y"] + y)


def test_names_on_the_map_never_run_into_each_other_and_can_be_read(
    open_page: Open, address: str
) -> None:
    watched = open_page(address)
    watched.drawn("")
    frame = watched.map
    for zoom in (3, 4, 5, 6, 8, 10):
        frame.evaluate("zoom => atlas.map.setView([30, 67], zoom, { animate: false })", zoom)
        frame.wait_for_function("() => atlas.labelBoxes && atlas.labelBoxes.length > 0")
        boxes: list[Box] = frame.evaluate("() => atlas.labelBoxes")
        assert all(apart(one, other) for one, other in combinations(boxes, 2)), zoom
    assert min(frame.evaluate(CONTRASTS)) >= 4.5


def test_tab_reaches_everything_in_the_order_of_the_page(open_page: Open, address: str) -> None:
    watched = open_page(address)
    watched.drawn("")
    page = watched.page
    expect(page.locator(".incidents table")).to_be_visible()
    page.get_by_role("textbox", name="Search").focus()
    met: list[str] = []
    for _ in range(120):
        met.append(place_of_focus(watched))
        if met[-1] == "table":
            break
        page.keyboard.press("Tab")
    wanted = ["filter", "map", "controls", "legend", "timeline", "bars", "table"]
    assert sorted(wanted, key=met.index) == wanted


def place_of_focus(watched: Watched) -> str:
    tag, name, side, timeline, bars, table = watched.page.evaluate(FOCUSED)
    if tag == "IFRAME":
        tag, name, *_ = watched.map.evaluate(FOCUSED)
        kinds = {"SUMMARY": "legend", "A": "controls"}
        return "map" if "leaflet-container" in name else kinds.get(tag, tag)
    kinds = {"timeline": timeline, "bars": bars, "table": table, "filter": side}
    return next((kind for kind, here in kinds.items() if here), str(tag))


def test_bars_timeline_and_map_answer_to_keys(open_page: Open, address: str) -> None:
    watched = open_page(address)
    watched.drawn("")
    page, frame = watched.page, watched.map
    bar = page.locator(".bars button").filter(has_text="Peshawar")
    bar.focus()
    page.keyboard.press("Enter")
    watched.drawn("district=Peshawar")
    expect(bar).to_be_focused()
    expect(bar).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Space")
    watched.drawn("")
    expect(bar).to_be_focused()

    timeline = page.locator(".timeline svg")
    timeline.focus()
    page.keyboard.press("End")
    expect(timeline).to_have_attribute(
        "aria-valuetext", "30 Aug 2021 – 5 Sept 2021: 2 incidents, 4 killed"
    )
    page.keyboard.press("Enter")
    watched.drawn("since=2021-08-30&until=2021-09-05")
    expect(timeline).to_be_focused()
    page.get_by_role("button", name="Whole period").press("Enter")
    watched.drawn("")

    frame.locator(".leaflet-container").focus()
    before = frame.evaluate("() => atlas.map.getCenter().lng")
    page.keyboard.press("ArrowRight")
    frame.wait_for_function("before => atlas.map.getCenter().lng > before", arg=before)
    zoom = frame.evaluate("() => atlas.map.getZoom()")
    frame.get_by_role("button", name="Zoom in").press("Space")
    frame.wait_for_function("before => atlas.map.getZoom() > before", arg=zoom)
    area = frame.get_by_role("button", name="Draw an area")
    area.press("Space")
    expect(area).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    expect(area).to_have_attribute("aria-pressed", "false")


def test_a_row_opens_its_incident_and_the_keyboard_returns_to_it(
    open_page: Open, address: str
) -> None:
    watched = open_page(address)
    watched.drawn("")
    page = watched.page
    row = page.locator(".incidents td button").nth(2)
    for close in ("Escape", "the button"):
        row.focus()
        page.keyboard.press("Enter")
        panel = page.get_by_role("region", name="The open incident")
        expect(panel).to_be_focused()
        expect(page.locator(".incidents tr[aria-current='true']")).to_have_count(1)
        if close == "Escape":
            page.keyboard.press("Escape")
        else:
            page.keyboard.press("Tab")
            expect(page.get_by_role("button", name="Close", exact=True)).to_be_focused()
            page.keyboard.press("Enter")
        expect(page.locator(".st-key-panel")).to_have_count(0)
        expect(row).to_be_focused()


def test_words_from_right_to_left_keep_their_order(open_page: Open, address: str) -> None:
    watched = open_page(address)
    watched.drawn("")
    page, frame = watched.page, watched.map
    watched.click_mark("arabic")
    card = frame.locator(".atlas-card")
    expect(card.locator("h3")).to_contain_text(GROUP)
    assert direction(card.locator("blockquote")) == "rtl"
    assert direction(card.locator(".atlas-card-group span").nth(1)) == "rtl"
    in_order(card.locator("h3"), ["clash", GROUP, "vs", POLICE, PLACE, "Jun 2021", "killed"])
    in_order(card.locator(".atlas-source"), ["صحيفة", "هجوم", "1 Jun 2021"])
    card.get_by_role("button", name="Details").click()

    panel = page.locator(".st-key-panel")
    headline = panel.locator(".panel-headline")
    expect(headline).to_contain_text(GROUP)
    in_order(headline, ["clash", GROUP, "vs", POLICE, PLACE, "Jun 2021", "killed"])
    assert direction(panel.locator(".fact-value").filter(has_text=POLICE)) == "rtl"
    assert direction(panel.locator("q").first) == "rtl"
    assert direction(panel.locator(".panel-source").first) == "rtl"
    assert direction(panel.locator(".report-text")) == "rtl"
    cell = page.locator(".incidents td").filter(has_text=PLACE).first
    assert direction(cell) == "rtl"
    assert direction(page.locator(".bars .bar-name").filter(has_text=GROUP).first) == "rtl"


def direction(node: Locator) -> str:
    expect(node).to_be_visible()
    return str(node.evaluate("node => getComputedStyle(node).direction"))


def in_order(node: Locator, words: list[str]) -> None:
    """Each word begins after the one before it, on the same line or a later one."""
    places = [tuple(place) for place in node.evaluate(PLACES_OF_WORDS, words)]
    assert places == sorted(places), places

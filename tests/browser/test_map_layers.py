"""The layers of the map in a real browser: chosen in the legend, drawn, in the address, told."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import ViewportSize, expect

from geodata.filters import Filter
from geodata.store import open_store
from tests.browser.conftest import FRAME, LAPTOP
from tests.browser.test_map import COUNT_MESSAGES, choose
from tests.dashboard.layer_examples import scattered
from tests.geodata.boundary_examples import LAYER, areas

if TYPE_CHECKING:
    from playwright.sync_api import FrameLocator

    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

Serve = Callable[..., str]
Open = Callable[..., "Watched"]
DRAWN = (
    "name => window.atlas && atlas.drawn && atlas.drawn.layer === name && atlas.drawn.places > 0"
)
LAYERS = ("heat", "hexagons", "districts", "provinces", "change")
PERIOD = "since=2021-06-01&until=2021-08-31"
PHONE: ViewportSize = {"width": 390, "height": 844}
WIDE: ViewportSize = {"width": 1920, "height": 1080}

COLOUR_AT = """([latitude, longitude]) => {
  const { stage } = atlas;
  const at = stage._map.project([latitude, longitude]);
  const corner = stage._map.getPixelOrigin().add(
    stage._map.latLngToLayerPoint(stage._corner));
  const ratio = stage._node.width / parseFloat(stage._node.style.width);
  const { x, y } = at.subtract(corner).multiplyBy(ratio);
  return [...stage._node.getContext("2d").getImageData(x, y, 1, 1).data];
}"""
FULLEST = """async () => {
  const zoom = Math.round(atlas.map.getZoom());
  const answer = await atlas.ask(`/map/hexagons/${zoom}/-180,-85,180,85`);
  const { box } = atlas.unpacked([answer.shape[answer.n.indexOf(Math.max(...answer.n))]]);
  const middle = L.point((box[0] + box[2]) / 2, (box[1] + box[3]) / 2).multiplyBy(256);
  const { lat, lng } = L.CRS.EPSG3857.pointToLatLng(middle, 0);
  return [answer, [lat, lng]];
}"""
PRESS = """([latitude, longitude]) => atlas.map.fire("click", {
  latlng: L.latLng(latitude, longitude),
  containerPoint: atlas.map.latLngToContainerPoint([latitude, longitude]),
})"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Incidents around four districts whose boundaries the project has."""
    path: Path = tmp_path_factory.mktemp("layers") / "atlas.gpkg"
    with open_store(path, create=True) as store, store.atomic():
        store.add_incidents(scattered(300, west=16.0, south=48.0, wide=4.0))
        store.add_boundaries(LAYER, areas())
    return path


def legend(watched: Watched) -> FrameLocator | Any:
    return watched.page.frame_locator(FRAME).locator(".atlas-legend")


def wait_for(watched: Watched, layer: str) -> None:
    """Wait until the map has drawn a layer."""
    watched.drawn()
    watched.map.wait_for_function(DRAWN, arg=layer)


def show(watched: Watched, title: str) -> None:
    """Choose a layer in the legend and wait until it is drawn."""
    legend(watched).get_by_role("radio", name=title, exact=True).check()
    wait_for(watched, title.lower())


def test_each_layer_is_chosen_drawn_and_in_the_address_without_running_the_page(
    serve: Serve, open_page: Open, project: Path
) -> None:
    watched = open_page(serve(project) + "/?" + PERIOD)
    watched.drawn(PERIOD)
    page = watched.page
    expect(page.locator(".incidents")).to_be_visible()
    page.evaluate(COUNT_MESSAGES)
    where = "() => [atlas.map.getZoom(), atlas.map.getCenter().lat, atlas.map.getCenter().lng]"
    view = watched.map.evaluate(where)
    for name in LAYERS:
        show(watched, name.capitalize())
        expect(page).to_have_url(re.compile(rf"layer={name}$"))
        assert watched.map.evaluate("() => atlas.drawn.discs") == 0
        assert watched.map.evaluate(where) == view
    assert page.evaluate("() => window.sent") == 0
    page.go_back()
    wait_for(watched, "provinces")
    expect(legend(watched).get_by_role("radio", name="Provinces")).to_be_checked()
    copied = open_page(page.url)
    wait_for(copied, "provinces")


def test_a_filter_keeps_the_layer_and_reaches_it(
    serve: Serve, open_page: Open, project: Path
) -> None:
    watched = open_page(serve(project) + "/?layer=hexagons")
    wait_for(watched, "hexagons")
    before = legend(watched).locator(".atlas-legend-body").inner_text()
    choose(watched, "Group", "River Militia")
    watched.drawn("group=River+Militia")
    expect(watched.page).to_have_url(re.compile("group=River.Militia.*layer=hexagons"))
    expect(legend(watched).locator(".atlas-legend-body")).not_to_have_text(before)
    assert watched.map.evaluate("() => atlas.drawn.layer") == "hexagons"


def test_a_hexagon_tells_what_is_in_it(serve: Serve, open_page: Open, project: Path) -> None:
    watched = open_page(serve(project) + "/?layer=hexagons")
    wait_for(watched, "hexagons")
    answer, middle = watched.map.evaluate(FULLEST)
    with open_store(project, read_only=True) as store:
        totals = store.totals(Filter())
    assert sum(answer["n"]) + answer["stacked"] == totals.mapped
    expect(legend(watched)).to_contain_text("known only to a district or province")
    # The hatched stacks lie on top and would be hit before.
    watched.map.evaluate("() => { atlas.layer().keeps = () => false; atlas.stage.redraw(); }")
    watched.map.evaluate(PRESS, middle)
    popup = watched.map.locator(".atlas-list")
    expect(popup.locator("h3")).to_have_text(f"{max(answer['n'])} incidents in this hexagon")
    expect(popup).to_contain_text("killed")
    popup.locator("button.atlas-row").first.click()
    expect(watched.map.locator(".atlas-card h3")).to_be_visible()
    watched.map.get_by_role("button", name="All here").click()
    expect(popup.locator(".atlas-tally li").first).to_be_visible()


def test_districts_are_filled_by_class_and_circles_stand_for_provinces(
    serve: Serve, open_page: Open, project: Path
) -> None:
    watched = open_page(serve(project) + "/?layer=districts")
    wait_for(watched, "districts")
    assert watched.map.evaluate("() => atlas.drawn.places") == 4
    middles = [(49.5, 17.5), (49.5, 18.5), (50.5, 17.5), (50.5, 18.5)]
    assert all(watched.map.evaluate(COLOUR_AT, at)[3] > 150 for at in middles)
    assert watched.map.evaluate(COLOUR_AT, (48.3, 16.3))[3] == 0
    expect(legend(watched)).to_contain_text("Boundaries: Czech districts, 2022")
    expect(legend(watched)).to_contain_text("known only to a province")
    expect(legend(watched)).to_contain_text("outside these districts")
    watched.map.evaluate(PRESS, middles[0])
    popup = watched.map.locator(".atlas-list h3")
    expect(popup).to_have_text(re.compile("incidents in Zlin, Moravia"))
    legend(watched).get_by_label("Number of").select_option("killed")
    expect(watched.page).to_have_url(re.compile("measure=killed"))
    expect(legend(watched)).to_contain_text("People killed in a district")
    show(watched, "Provinces")
    expect(legend(watched)).to_contain_text("no boundaries of provinces")
    expect(legend(watched)).to_contain_text("incidents boundaries add FILE")


def test_change_needs_a_period_and_tells_both(serve: Serve, open_page: Open, project: Path) -> None:
    address = serve(project)
    watched = open_page(address)
    watched.drawn("")
    expect(legend(watched).get_by_role("radio", name="Change")).to_be_disabled()
    expect(legend(watched)).to_contain_text("Change needs a first and a last day")
    watched = open_page(f"{address}/?layer=change")
    assert watched.drawn("")["discs"] > 0
    expect(legend(watched).get_by_role("radio", name="Incidents")).to_be_checked()
    watched = open_page(f"{address}/?{PERIOD}&layer=change&by=districts")
    wait_for(watched, "change")
    expect(legend(watched)).to_contain_text("1 Mar – 31 May 2021")
    watched.map.evaluate(PRESS, (49.5, 17.5))
    popup = watched.map.locator(".atlas-list")
    expect(popup.locator("h3")).to_have_text(re.compile("in Zlin, Moravia, 1 Jun – 31 Aug 2021"))
    expect(popup).to_contain_text(re.compile(r"1 Mar – 31 May 2021: \d+ incident"))


def test_incidents_are_coloured_by_type_and_by_review(
    serve: Serve, open_page: Open, project: Path
) -> None:
    watched = open_page(serve(project))
    watched.drawn("")
    by = legend(watched).get_by_label("Colour by")
    by.select_option("type")
    expect(legend(watched).locator(".atlas-legend-groups")).to_contain_text("Battles")
    expect(watched.page).to_have_url(re.compile("colour=type"))
    by.select_option("status")
    expect(legend(watched).locator(".atlas-legend-groups")).to_contain_text("Confirmed")
    colours = watched.map.evaluate("() => atlas.stage.data.groups.map((group) => group.colour)")
    assert len(set(colours)) == len(colours) == 2
    watched.page.go_back()
    expect(legend(watched).locator(".atlas-legend-groups")).to_contain_text("Battles")


def test_the_keyboard_walks_through_the_layers(
    serve: Serve, open_page: Open, project: Path
) -> None:
    watched = open_page(serve(project))
    watched.drawn("")
    legend(watched).get_by_role("radio", name="Incidents").focus()
    for name in LAYERS[:-1]:  # change is not offered without a period
        watched.page.keyboard.press("ArrowRight")
        watched.map.wait_for_function(DRAWN, arg=name)
    assert watched.map.evaluate("() => document.activeElement.value") == "provinces"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_legend_covers_no_other_control(
    serve: Serve, open_page: Open, project: Path, dark: bool
) -> None:
    address = serve(project) + "/?" + PERIOD
    for viewport in (LAPTOP, WIDE, PHONE):
        watched = open_page(address, viewport=viewport, dark=dark)
        watched.drawn(PERIOD)
        watched.map.evaluate("() => { document.querySelector('.atlas-legend').open = true; }")
        assert watched.map.evaluate(OVERLAPS) == []
        for name in LAYERS:
            show(watched, name.capitalize())
            assert watched.map.evaluate(OVERLAPS) == []


OVERLAPS = """() => {
  const boxOf = (name) => document.querySelector(name).getBoundingClientRect();
  const box = boxOf(".atlas-legend");
  const others = [".leaflet-control-zoom", ".atlas-bar", ".leaflet-control-scale",
                  ".leaflet-control-attribution"];
  const over = others.filter((name) => {
    const other = boxOf(name);
    return other.left < box.right && other.right > box.left
      && other.top < box.bottom && other.bottom > box.top;
  });
  const inside = box.left >= 0 && box.top >= 0
    && box.right <= innerWidth && box.bottom <= innerHeight;
  return inside ? over : ["the edge of the map", ...over];
}"""


def test_paper_is_light(serve: Serve, open_page: Open, project: Path) -> None:
    watched = open_page(serve(project) + "/?layer=heat", dark=True)
    wait_for(watched, "heat")
    html = watched.page.frame_locator(FRAME).locator("html")
    expect(html).to_have_attribute("data-theme", "dark")
    watched.page.emulate_media(media="print")
    expect(html).to_have_attribute("data-theme", "light")
    watched.page.emulate_media(media="screen")
    expect(html).to_have_attribute("data-theme", "dark")

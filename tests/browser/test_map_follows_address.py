"""The map follows the filter in the address of the page; it does not wait for the lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import server_of
from tests.browser.test_large_map import COUNT, copy, project  # noqa: F401 - a fixture

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

Open = Callable[..., "Watched"]
ARMY = "group=Pakistan+Army"


@pytest.fixture(scope="module")
def address(project: Path) -> Iterator[str]:  # noqa: F811
    with server_of(project) as address:
        yield address


def asked(watched: Watched) -> list[str]:
    """Addresses that the map's frame asks for from now on."""
    found: list[str] = []
    watched.page.on("request", lambda request: found.append(request.url))
    return found


def of_the_map(addresses: list[str]) -> list[str]:
    return [one.partition("/map/")[2] for one in addresses if "/map/" in one]


def test_a_chosen_filter_is_asked_for_once_with_its_cells(open_page: Open, address: str) -> None:
    watched = open_page(address)
    watched.drawn("")
    addresses = asked(watched)
    watched.page.locator(".bars button").first.click()  # the larger of the two groups
    drawn = watched.drawn("group=Baloch+Liberation+Army")
    expect(watched.page.locator(".filter-sentence")).to_contain_text("Baloch Liberation Army")
    assert drawn["inView"] == drawn["count"] == COUNT - COUNT // 3
    (one,) = of_the_map(addresses)
    assert one.startswith("points?group=Baloch+Liberation+Army&view=")


def test_the_address_alone_is_enough(open_page: Open, address: str) -> None:
    watched = open_page(address)
    watched.drawn("")
    # What the server does first of all when a filter is chosen; the page is not run.
    watched.page.evaluate(f"history.pushState({{}}, '', '?{ARMY}&layer=heat&incident=i1')")
    assert watched.drawn(ARMY)["count"] == COUNT // 3
    expect(watched.page.locator(".filter-sentence")).to_have_text("All incidents")


def test_another_page_is_no_filter(open_page: Open, address: str) -> None:
    watched = open_page(f"{address}/?{ARMY}")
    watched.drawn(ARMY)
    addresses = asked(watched)
    watched.page.get_by_role("link", name="Places", exact=True).click()
    expect(watched.page.get_by_role("heading", name="Places")).to_be_visible()
    assert of_the_map(addresses) == []


@pytest.mark.parametrize(
    ("search", "query"),
    [
        ("", ""),
        ("?incident=i7&layer=heat", ""),
        ("?group=A&group=B&colour=type&since=2020-01-01", "group=A&group=B&since=2020-01-01"),
        ("?text=caf%C3%A9%20~*'(x)", "text=caf%C3%A9+~%2A%27%28x%29"),
    ],
)
def test_the_filter_of_an_address_is_written_as_the_server_writes_it(
    open_page: Open, address: str, search: str, query: str
) -> None:
    from geodata.filters import Filter

    watched = open_page(address)
    watched.drawn("")
    assert watched.map.evaluate("search => atlas.filterOf(search)", search) == query
    assert Filter.from_query(search).to_query() == query

"""The Feeds page as an analyst uses it: add, pull, see the incident on the map; nothing unasked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from geodata.store import open_store
from ingest.fetch import ALLOW_VARIABLE
from tests.web_feeds import item, rss
from tests.web_site import Site, site

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

Serve = Callable[..., str]
Open = Callable[..., "Watched"]


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    with site() as here:
        monkeypatch.setenv(ALLOW_VARIABLE, here.host)
        yield here


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "atlas.gpkg"
    open_store(path, create=True).close()
    return path


def test_a_feed_is_added_and_pulled(
    serve: Serve, open_page: Open, project: Path, web: Site
) -> None:
    url = web.say("/feed", rss(item(1)))
    page = open_page(serve(project)).page
    page.locator(".st-key-empty").wait_for()
    page.get_by_role("link", name="Feeds", exact=True).click()
    expect(page.get_by_text("has no feeds yet")).to_be_visible()
    page.get_by_role("textbox", name="Address (URL)").fill(url)
    page.get_by_role("textbox", name="Name").fill("Wire")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("Not read yet")).to_be_visible()
    assert web.asked == []
    page.get_by_role("button", name="Pull now").click()
    expect(page.get_by_text("Wire: 1 new report with 1 incident, of 1 item")).to_be_visible()
    assert web.asked == ["/feed"]
    with open_store(project, read_only=True) as store:
        assert store.count_documents() == 1


def test_a_project_for_reading_offers_no_pull(serve: Serve, open_page: Open, project: Path) -> None:
    page = open_page(serve(project, "--read-only")).page
    page.locator(".st-key-empty").wait_for()
    page.get_by_role("link", name="Feeds", exact=True).click()
    expect(page.get_by_text("open for reading only")).to_be_visible()
    expect(page.get_by_role("button", name="Pull now")).to_have_count(0)

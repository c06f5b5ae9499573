"""The table can show only what the map shows, without a run of the page at every move."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.test_map import COUNT_MESSAGES
from tests.dashboard.map_examples import make_project

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

Serve = Callable[..., str]
Open = Callable[..., "Watched"]
MOVE = """at => new Promise((done) => {
  atlas.map.once("moveend", () => setTimeout(done, 50));
  atlas.map.setView(at, 9, { animate: false });
})"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path / "atlas.gpkg")


def test_the_table_follows_the_map_when_it_is_told_to(
    serve: Serve, open_page: Open, project: Path
) -> None:
    watched = open_page(serve(project))
    watched.drawn("")
    page = watched.page
    rows, follow = page.locator(".incidents tbody tr"), page.locator(".follow")
    expect(rows).to_have_count(8)
    watched.map.evaluate(MOVE, [34.0, 71.5])
    follow.get_by_role("button", name="Only what the map shows").click()
    expect(rows).to_have_count(1)
    expect(follow).to_contain_text("1 of 8 incidents: what the map shows")
    update = follow.get_by_role("button", name="Update to the map")
    expect(update).to_be_hidden()

    page.evaluate(COUNT_MESSAGES)
    watched.map.evaluate(MOVE, [30.0, 67.0])
    expect(update).to_be_visible()
    assert page.evaluate("() => window.sent") == 0
    update.click()
    expect(rows).to_have_count(4)

    watched.map.evaluate(MOVE, [0.0, 0.0])
    update.click()
    expect(page.get_by_text("None of the matching incidents is in this view.")).to_be_visible()
    follow.get_by_role("button", name="All of them").click()
    expect(rows).to_have_count(8)
    expect(page.locator(".filter-sentence")).to_have_text("All incidents")

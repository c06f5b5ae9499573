"""A period held against another, opened by a button and kept in the address."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.dashboard.map_examples import HOSTILE, make_project

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

Serve = Callable[..., str]
Open = Callable[..., "Watched"]
PERIOD = "/?since=2021-03-01&until=2021-03-31"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("map") / "atlas.gpkg")


def test_a_period_is_compared_and_a_link_reopens_it(
    serve: Serve, open_page: Open, project: Path
) -> None:
    watched = open_page(serve(project) + PERIOD)
    watched.drawn()
    page = watched.page
    page.get_by_role("button", name="Compare with the period before").click()
    sentence = page.locator(".compare-sentence")
    expect(sentence).to_contain_text("1–31 Mar 2021: 6 incidents, 6 more than in 29 Jan – 28 Feb")
    expect(page.locator(".compare tbody th").filter(has_text=HOSTILE[:12]).first).to_be_visible()
    expect(page.locator(".compare figure")).not_to_have_count(0)
    assert "compare=before" in page.url
    assert page.evaluate("() => window.hacked") is None

    page.locator(".compare th button").filter(has_text="Mastung").click()
    expect(page.locator(".filter-sentence")).to_contain_text("Mastung")
    expect(sentence).to_contain_text("1–31 Mar 2021: 1 incident, 1 more")

    copied = open_page(page.url)
    expect(copied.page.locator(".compare-sentence")).to_contain_text("1 incident, 1 more")
    copied.page.get_by_role("button", name="Close the comparison").click()
    expect(copied.page.locator(".compare-sentence")).to_have_count(0)
    assert "compare" not in copied.page.url


def test_without_a_period_the_button_waits_for_one(
    serve: Serve, open_page: Open, project: Path
) -> None:
    watched = open_page(serve(project))
    watched.drawn("")
    button = watched.page.get_by_role("button", name="Compare with the period before")
    expect(button).to_be_disabled()
    asked = open_page(serve(project) + "/?compare=before")
    expect(asked.page.get_by_text("Choose a period first")).to_be_visible()


def test_other_days_can_be_compared_and_bad_ones_are_told(
    serve: Serve, open_page: Open, project: Path
) -> None:
    address = serve(project) + PERIOD
    watched = open_page(address + "&compare=2021-08-01..2021-08-31")
    expect(watched.page.locator(".compare-sentence")).to_contain_text(
        "4 more than in 1–31 Aug 2021 (2)"
    )
    watched.page.get_by_role("button", name="Period before").click()
    expect(watched.page.locator(".compare-sentence")).to_contain_text("29 Jan – 28 Feb 2021")
    bad = open_page(address + "&compare=yesterday")
    expect(bad.page.get_by_role("alert")).to_contain_text("'yesterday' is no period")
    expect(bad.page.locator(".incidents table")).to_be_attached()

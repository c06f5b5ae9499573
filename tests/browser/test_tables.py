"""The Tables page as an analyst uses it: drop a sheet, look, import, find it on the map."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from geodata.store import open_store

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Serve = Callable[..., str]
Open = Callable[..., "Watched"]
LOG = (
    "Date,City,Country,Killed,Remarks\n"
    "2020-01-02,Quetta,Pakistan,3,<img src=x onerror=alert(1)>\n"
    "soon,Quetta,Pakistan,3,\n"
)


def test_a_sheet_is_looked_at_and_imported(serve: Serve, open_page: Open, tmp_path: Path) -> None:
    project, sheet = tmp_path / "atlas.gpkg", tmp_path / "log.csv"
    open_store(project, create=True).close()
    sheet.write_text(LOG)
    page = open_page(serve(project)).page
    page.locator(".st-key-empty").wait_for()
    page.get_by_role("link", name="Tables", exact=True).click()
    page.locator("input[type=file]").set_input_files(sheet)
    expect(page.get_by_text("It will be read by the names of its columns")).to_be_visible()
    with open_store(project, read_only=True) as store:
        assert store.count_documents() == 0
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_text("2 rows, 1 added, 1 quarantined")).to_be_visible()
    expect(page.get_by_role("heading", name="Set aside")).to_be_visible()
    page.get_by_role("link", name="Map", exact=True).click()
    expect(page.get_by_text("1 incident", exact=True)).to_be_visible()

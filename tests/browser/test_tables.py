"""The Tables page as an analyst uses it: drop a sheet, look, import, mend, find it on the map."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from geodata.filters import Filter
from geodata.store import open_store

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

Serve = Callable[..., str]
Open = Callable[..., "Watched"]
LOG = (
    "Ref,Date,City,Country,Killed,Remarks\n"
    "a1,2020-01-02,Quetta,Pakistan,3,<img src=x onerror=alert(1)>\n"
    "a2,soon,Quetta,Pakistan,3,\n"
)


def dropped(serve: Serve, open_page: Open, folder: Path) -> tuple[Path, Path, Page]:
    """An empty project, a sheet, and the page Tables on which the sheet was dropped."""
    project, sheet = folder / "atlas.gpkg", folder / "log.csv"
    open_store(project, create=True).close()
    sheet.write_text(LOG)
    page = open_page(serve(project)).page
    page.locator(".st-key-empty").wait_for()
    page.get_by_role("link", name="Tables", exact=True).click()
    page.locator("input[type=file]").set_input_files(sheet)
    return project, sheet, page


def test_a_sheet_is_looked_at_imported_and_taken_back(
    serve: Serve, open_page: Open, tmp_path: Path
) -> None:
    project, _, page = dropped(serve, open_page, tmp_path)
    expect(page.get_by_text("Read by the names of its columns")).to_be_visible()
    with open_store(project, read_only=True) as store:
        assert store.datasets() == []
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_text("2 rows, 1 added, 1 set aside").first).to_be_visible()
    expect(page.get_by_role("heading", name="Set aside")).to_be_visible()
    page.get_by_role("link", name="Map", exact=True).click()
    expect(page.get_by_text("1 incident", exact=True)).to_be_visible()
    page.get_by_role("link", name="Tables", exact=True).click()
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_text("Import 1 was taken back.")).to_be_visible()
    with open_store(project, read_only=True) as store:
        assert store.count(Filter()) == 0


def test_a_release_is_compared_before_it_is_applied(
    serve: Serve, open_page: Open, tmp_path: Path
) -> None:
    project, sheet, page = dropped(serve, open_page, tmp_path)
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_text("2 rows, 1 added, 1 set aside").first).to_be_visible()
    expect(page.locator("input[type=file]")).to_have_count(1)
    sheet.write_text(LOG.replace("Pakistan,3,<", "Pakistan,5,<").replace("soon", "2020-01-03"))
    page.locator("input[type=file]").set_input_files(sheet)
    page.get_by_role("button", name="Compare with the project").click()
    expect(page.get_by_text("2 rows, 1 added, 1 changed").first).to_be_visible()
    with open_store(project, read_only=True) as store:
        incident = store.incident("log:a1")
        assert incident is not None
        assert incident.killed_best == 3
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_text("1 rows set aside earlier came right")).to_be_visible()

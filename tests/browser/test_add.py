"""The Add page and the incident panel as an analyst uses them, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from geodata.filters import Filter
from geodata.incident import Incident, Status
from geodata.store import open_store
from tests.dashboard._add_examples import HOSTILE

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

Serve = Callable[..., str]
Open = Callable[..., "Watched"]

STORY = (
    "Gunmen opened fire on a police patrol in the Pakistani city of Quetta on Tuesday, killing "
    "three policemen and wounding two others, police said.\n\n"
    "The Islamic State group claimed responsibility."
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "atlas.gpkg"
    open_store(path, create=True).close()
    return path


@pytest.fixture
def add(serve: Serve, open_page: Open, project: Path) -> Watched:
    watched = open_page(serve(project))
    watched.page.locator(".st-key-empty").wait_for()
    watched.page.get_by_role("link", name="Add", exact=True).click()
    watched.page.get_by_label("Text of the report").wait_for()
    return watched


def read(page: Page, text: str = STORY, title: str = "Patrol attacked in Quetta") -> None:
    page.get_by_label("Text of the report").fill(text)
    page.get_by_label("Title").fill(title)
    page.get_by_role("group", name="Day of publication").click()
    page.keyboard.type("20210901")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Read", exact=True).click()
    page.get_by_role("button", name="Start again").wait_for()


def stored(project: Path) -> list[Incident]:
    with open_store(project, read_only=True) as store:
        return store.incidents(Filter(status=tuple(Status)))


def test_from_a_pasted_story_to_the_map(add: Watched, project: Path) -> None:
    page = add.page
    read(page)
    expect(page.locator(".report-text mark.evidence-killed").first).to_contain_text("three")
    expect(page.locator(".card-headline")).to_contain_text("Quetta, 31 Aug 2021, 3 killed")

    page.get_by_text("Correct", exact=True).click()
    most = page.get_by_label("Killed, at most")
    most.fill("5")
    most.press("Enter")
    expect(page.locator(".card-headline")).to_contain_text("3–5 killed")
    page.get_by_role("button", name="Save 1 incident").click()
    page.locator(".incident-links a").click()

    expect(page.locator(".st-key-panel .panel-headline")).to_contain_text("3–5 killed")
    assert add.drawn()["count"] == 1
    (incident,) = stored(project)
    assert incident.incident_id in page.url

    page.get_by_role("button", name="Confirm").click()
    expect(page.locator(".status-confirmed")).to_be_visible()
    assert stored(project)[0].status is Status.CONFIRMED


def test_a_file_fills_the_fields_and_a_picture_is_refused(add: Watched, tmp_path: Path) -> None:
    story = tmp_path / "patrol.txt"
    story.write_text(f"Patrol attacked in Quetta\n\n{STORY}", encoding="utf-8")
    add.page.locator("input[type=file]").set_input_files(story)
    expect(add.page.get_by_label("Title")).to_have_value("Patrol attacked in Quetta")
    expect(add.page.get_by_label("Text of the report")).to_have_value(
        story.read_text(encoding="utf-8")
    )

    picture = tmp_path / "picture.txt"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    add.page.locator("input[type=file]").set_input_files(picture)
    expect(add.page.locator(".notice-error")).to_contain_text("PNG picture")


def test_hostile_text_runs_nothing_and_fetches_nothing(add: Watched, project: Path) -> None:
    page = add.page
    read(page, f"{STORY}\n{HOSTILE}\nPolice in `{HOSTILE}` said so.", title=HOSTILE)
    expect(page.locator(".report-text")).to_contain_text("<script>window.hacked = 1</script>")
    page.get_by_text("Correct", exact=True).click()
    place = page.get_by_label("Place", exact=True)
    place.fill(HOSTILE[:100])
    place.press("Enter")
    expect(page.get_by_role("radiogroup")).to_contain_text("<script>")
    page.get_by_role("button", name="Save 1 incident").click()
    page.locator(".incident-links a").click()
    expect(page.locator(".panel-headline")).to_contain_text("<script>")
    assert page.evaluate("() => window.hacked") is None
    assert page.locator("img[src*='foreign']").count() == 0
    assert stored(project)[0].place == HOSTILE[:100]


def test_a_corrected_place_is_remembered_forgotten_and_brought_back(
    add: Watched, project: Path
) -> None:
    page = add.page
    text = STORY.replace("city of Quetta", "village of Ziarat Qila near Quetta")
    read(page, text)
    page.get_by_text("Correct", exact=True).click()
    page.get_by_text("Another point, by coordinates").click()
    for name, degrees in (("Latitude", "29.5"), ("Longitude", "66.5")):
        page.get_by_label(name).fill(degrees)
        page.get_by_label(name).press("Enter")
    expect(page.get_by_text("Remember for this project")).to_be_visible()
    page.get_by_role("button", name="Save 1 incident").click()
    expect(page.get_by_text("Remembered for this project:")).to_be_visible()

    page.get_by_role("button", name="Add another report").click()
    read(page, text.replace("three", "four"), title="Another attack")
    page.get_by_text("Correct", exact=True).click()
    expect(page.get_by_role("radiogroup")).to_contain_text("chosen by")
    page.get_by_role("button", name="Save 1 incident").click()
    expect(page.get_by_text("Stored “Another attack”")).to_be_visible()
    assert [(one.latitude, one.longitude) for one in stored(project)] == [(29.5, 66.5)] * 2
    page.locator(".incident-links a").click()
    expect(page.locator(".st-key-panel")).to_contain_text("remembered by this project, chosen by")

    page.get_by_role("link", name="Places", exact=True).click()
    expect(page.locator(".places-table")).to_contain_text("1 incident")
    page.get_by_role("button", name="Forget").click()
    expect(page.get_by_text("No place is remembered now.")).to_be_visible()
    page.get_by_text("Changed or forgotten (1)").click()
    page.get_by_role("button", name="Bring back").click()
    expect(page.locator(".places-table")).to_be_visible()

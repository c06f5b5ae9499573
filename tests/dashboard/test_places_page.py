"""The Places page, as Streamlit runs it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from page_examples import opened_page
from streamlit.testing.v1 import AppTest  # noqa: TID251 - drives the page without a browser

from dashboard.session import close_project
from geodata.memory import PlaceMemory
from geodata.precision import LocationPrecision
from geodata.store import open_store

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "atlas.gpkg"
    with open_store(path, create=True) as store, store.atomic():
        for alias in ("the old bridge", HOSTILE):
            store.remember_place(
                PlaceMemory(
                    memory_id="", alias=alias, in_country="Pakistan", name="Bolan bridge",
                    latitude=29.86, longitude=67.33, country="Pakistan",
                    location_precision=LocationPrecision.SITE, who="Ann",
                )
            )  # fmt: skip
    return path


page_of = partial(opened_page, "places")


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    close_project()


def words(app: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in app.get("html"))


def test_it_lists_what_is_remembered_and_escapes_it(project: Path) -> None:
    app = page_of(project)
    assert not app.exception
    assert "the old bridge" in words(app)
    assert HOSTILE not in words(app)
    assert "&lt;script&gt;" in words(app)


def test_a_search_narrows_and_says_when_nothing_fits(project: Path) -> None:
    app = page_of(project)
    app.text_input(key="places-search").set_value("nowhere").run()
    assert "No remembered place has these words" in words(app)


def test_forgetting_can_be_taken_back(project: Path) -> None:
    app = page_of(project)
    (forget,) = [button for button in app.button if button.label == "Forget"]
    forget.click().run()
    with open_store(project, read_only=True) as store:
        assert len(store.place_memories()) == 1
    (back,) = [button for button in app.button if button.label == "Bring back"]
    back.click().run()
    with open_store(project, read_only=True) as store:
        assert len(store.place_memories()) == 2


def test_a_correction_is_a_new_choice(project: Path) -> None:
    app = page_of(project)
    app.toggle[0].set_value(True).run()
    app.number_input[0].set_value(30.5).run()
    (save,) = [button for button in app.button if button.label == "Save"]
    save.click().run()
    with open_store(project, read_only=True) as store:
        assert 30.5 in {memory.latitude for memory in store.place_memories()}
        assert len(store.place_memories(ended=True)) == 1


def test_a_read_only_project_shows_and_changes_nothing(project: Path) -> None:
    app = page_of(project, read_only=True)
    assert "open for reading only" in words(app)
    assert [button.label for button in app.button] == []


def test_an_empty_project_says_how_to_begin(tmp_path: Path) -> None:
    path = tmp_path / "new.gpkg"
    open_store(path, create=True).close()
    assert "Remember for this project" in words(page_of(path))

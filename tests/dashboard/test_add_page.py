"""The Add page, driven without a browser: write, check, correct, save."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest  # noqa: TID251 - drives the page without a browser

from dashboard.session import choose_project, close_project, open_project
from geodata.filters import Filter
from geodata.gazetteer import PATH_VARIABLE
from geodata.incident import Incident, Status
from geodata.store import open_store
from tests.dashboard._add_examples import HOSTILE

STORY = (
    "Gunmen opened fire on a police patrol in the Pakistani city of Quetta on Tuesday, killing "
    "three policemen and wounding two others, police said.\n\n"
    "The Islamic State group claimed responsibility."
)
NOTHING = "The museum opens a new wing on Friday. Admission is free until the end of the month."


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "p.gpkg"
    open_store(path, create=True).close()
    monkeypatch.setenv("ATLAS_STORE", "")
    monkeypatch.setenv("ATLAS_READ_ONLY", "0")
    choose_project(str(path), read_only=False)
    yield path
    close_project()


@pytest.fixture
def app(project: Path) -> AppTest:
    return opened()


def opened() -> AppTest:
    def page() -> None:
        from dashboard.pages.add import render

        render()

    return AppTest.from_function(page, default_timeout=60).run()


def drawn(app: AppTest) -> str:
    assert not app.exception
    return "".join(str(element.proto.body) for element in app.get("html"))


def read(app: AppTest, text: str = STORY) -> AppTest:
    app.text_area(key="add-text").set_value(text)
    app.text_input(key="add-outlet").set_value("Sample Wire (invented)")
    return app.button(key="add-read").click().run()


def press(app: AppTest, words: str) -> AppTest:
    return next(button for button in app.button if button.label == words).click().run()


def correct(app: AppTest) -> AppTest:
    return app.toggle[0].set_value(True).run()


def ending(widgets: object, end: str) -> object:
    return next(widget for widget in widgets if str(widget.key).endswith(end))


def stored() -> list[Incident]:
    return open_project().incidents(Filter(status=tuple(Status)))


def test_the_page_opens_empty(app: AppTest):
    assert "Add a report" in drawn(app)
    assert "cannot become a date" in drawn(app)


def test_reading_shows_marks_and_cards_and_stores_nothing(app: AppTest):
    html = drawn(read(app))
    assert '<mark class="evidence evidence-killed"' in html
    assert "1 incident found. Nothing is stored until you save." in html
    assert "3 killed" in html
    assert open_project().count_documents() == 0


def test_saving_says_what_was_stored_and_links_to_it(app: AppTest):
    app = press(read(app), "Save 1 incident")
    (incident,) = stored()
    assert f'href="./?incident={incident.incident_id}"' in drawn(app)
    assert (incident.killed_best, incident.status) == (3, Status.DRAFT)
    assert open_project().count_documents() == 1


def test_a_corrected_value_is_saved_as_an_edit_with_its_name(app: AppTest):
    app = correct(read(app))
    ending(app.number_input, "killed_high").set_value(5)
    app.text_input(key="analyst").set_value("Amna")
    app = press(app.run(), "Save 1 incident")
    (incident,) = stored()
    (change,) = open_project().changes(incident.incident_id)
    assert (change.field, change.before, change.after) == ("killed_high", 3, 5)
    assert change.who == "Amna"


def test_opening_the_fields_alone_changes_nothing(app: AppTest):
    press(correct(read(app)), "Save 1 incident")
    (incident,) = stored()
    assert open_project().changes(incident.incident_id) == []


def test_corrections_stay_when_the_fields_are_closed(app: AppTest):
    app = correct(read(app))
    app = ending(app.number_input, "killed_best").set_value(4).run()
    app = app.toggle[0].set_value(False).run()
    assert "changed; read as 3" in drawn(app)


def test_another_event_type_offers_its_own_kinds(app: AppTest):
    app = correct(read(app))
    app = ending(app.selectbox, "-type").set_value("Riots").run()
    assert "Mob violence" in ending(app.selectbox, "-kind-Riots").options
    press(app, "Save 1 incident")
    assert (stored()[0].event_type, stored()[0].sub_event_type) == ("Riots", None)


def test_another_place_is_looked_up_and_its_point_taken(app: AppTest):
    app = correct(read(app))
    app = ending(app.text_input, "-place").set_value("Peshawar").run()
    choice = ending(app.radio, "-choice")
    assert choice.value == "0"
    press(app, "Save 1 incident")
    assert stored()[0].place == "Peshawar"
    assert stored()[0].latitude == pytest.approx(34.0, abs=0.5)


def test_a_place_that_is_nowhere_keeps_its_words_and_no_point(app: AppTest):
    app = correct(read(app))
    app = ending(app.text_input, "-place").set_value("Qwxyzzy Kalay").run()
    press(app, "Save 1 incident")
    assert (stored()[0].place, stored()[0].latitude) == ("Qwxyzzy Kalay", None)


def test_a_corrected_place_can_be_taken_back(app: AppTest):
    app = correct(read(app))
    app = ending(app.text_input, "-place").set_value("Peshawar").run()
    app = app.toggle[0].set_value(False).run()
    app = app.toggle[0].set_value(True).run()
    assert ending(app.radio, "-choice").value == "kept"
    app = ending(app.radio, "-choice").set_value("read").run()
    press(app, "Save 1 incident")
    assert stored()[0].place == "Quetta"
    assert open_project().changes(stored()[0].incident_id) == []


def test_a_point_by_coordinates(app: AppTest):
    app = correct(read(app))
    app = ending(app.radio, "-choice").set_value("point").run()
    ending(app.number_input, "-latitude").set_value(30.5)
    ending(app.number_input, "-longitude").set_value(67.5)
    press(app.run(), "Save 1 incident")
    assert (stored()[0].latitude, stored()[0].longitude) == (30.5, 67.5)


def test_left_out_incidents_are_kept_as_rejected(app: AppTest):
    app = read(app)
    app = ending(app.checkbox, "-keep").set_value(False).run()
    app = press(app, "Save the report alone")
    assert "1 incident kept as rejected" in drawn(app)
    assert [one.status for one in stored()] == [Status.REJECTED]


def test_checked_incidents_are_confirmed(app: AppTest):
    app = read(app)
    ending(app.checkbox, "add-confirmed-1").set_value(True)
    press(app.run(), "Save 1 incident")
    assert stored()[0].status is Status.CONFIRMED


def test_a_report_without_an_incident_explains_itself(app: AppTest):
    app = read(app, NOTHING)
    assert "No incident was found" in drawn(app)
    press(app, "Save the report alone")
    assert (open_project().count_documents(), stored()) == (1, [])


def test_a_report_in_a_language_that_is_not_read_says_so(app: AppTest):
    text = "کوئٹہ: نامعلوم افراد کی فائرنگ سے دو پولیس اہلکار ہلاک ہوگئے۔"
    app = read(app, text)
    assert "This report is in Urdu, a language that is not read yet" in drawn(app)
    app = press(press(app, "Save the report alone"), "Add another report")
    assert open_project().documents()[0].language == "ur"
    assert "in Urdu" in drawn(read(app, text))


def test_an_incident_by_hand(app: AppTest):
    app = press(read(app, NOTHING), "Add an incident by hand")
    ending(app.selectbox, "-type").set_value("Protests")
    press(app.run(), "Save 1 incident")
    assert stored()[0].event_type == "Protests"


def test_the_same_text_again_links_to_its_twin(app: AppTest):
    app = press(press(read(app), "Save 1 incident"), "Add another report")
    html = drawn(read(app))
    assert "already in the project" in html
    assert f"?incident={stored()[0].incident_id}" in html


def test_back_to_the_text_and_forward_keeps_the_corrections(app: AppTest):
    app = correct(read(app))
    app = ending(app.number_input, "killed_best").set_value(4).run()
    app = press(press(app, "Change the text"), "Read")
    assert "changed; read as 3" in drawn(app)


def test_start_again_empties_the_page(app: AppTest):
    app = press(read(app), "Start again")
    assert app.text_area(key="add-text").value == ""


def test_what_was_put_away_can_be_brought_back(app: AppTest):
    app = correct(read(app))
    app = ending(app.number_input, "killed_best").set_value(4).run()
    app = press(press(app, "Start again"), "Bring it back")
    assert "changed; read as 3" in drawn(app)
    app = press(app, "Change the text")
    assert app.text_area(key="add-text").value == STORY


def test_another_title_keeps_the_corrections(app: AppTest):
    app = correct(read(app))
    app = press(ending(app.number_input, "killed_best").set_value(4).run(), "Change the text")
    app.text_input(key="add-title").set_value("Patrol attacked")
    html = drawn(press(app, "Read"))
    assert "changed; read as 3" in html
    assert "Patrol attacked" in html


def test_empty_text_says_what_to_do(app: AppTest):
    assert "Paste it into the field" in drawn(read(app, " "))


def test_too_long_a_text_says_so(app: AppTest):
    assert "too long" in drawn(read(app, "word " * 250_000))


@pytest.fixture
def no_gazetteer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(PATH_VARIABLE, str(tmp_path / "none.sqlite"))


@pytest.mark.usefixtures("no_gazetteer")
def test_without_a_gazetteer_the_page_says_how_to_build_it(app: AppTest):
    html = drawn(read(app))
    assert "incidents gazetteer build" in html
    assert app.text_area(key="add-text").value == STORY


def test_hostile_text_is_only_text(app: AppTest):
    app.text_input(key="add-title").set_value(HOSTILE)
    html = drawn(read(app, f"{STORY}\n{HOSTILE}"))
    assert "<script" not in html
    assert "<img src=x" not in html
    assert "&lt;script&gt;" in html


def test_a_read_only_project_says_so_and_offers_no_save(project: Path):
    choose_project(str(project), read_only=True)
    app = read(opened())
    assert "reading only" in drawn(app)
    assert not [button for button in app.button if button.label.startswith("Save")]


def test_without_a_project_the_page_says_how_to_open_one(project: Path):
    choose_project("", read_only=False)
    assert "incidents serve" in drawn(opened())

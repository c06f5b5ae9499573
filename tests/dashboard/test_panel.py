"""The panel of one incident: data, review, history, sources."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest  # noqa: TID251 - drives the page without a browser

from dashboard._add_state import Draft, save_drafts
from dashboard.panel import STEPS, history_html, panel_data
from dashboard.session import choose_project, close_project, open_project
from geodata.incident import Status
from geodata.store import Store, open_store
from tests.dashboard._add_examples import HOSTILE, found, report


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "p.gpkg"
    with open_store(path, create=True) as store:
        draft = Draft(found=found()).with_values({"killed_high": 13, "actor1": HOSTILE})
        save_drafts(store, report(), [draft], who="Amna")
    return path


@pytest.fixture
def store(path: Path):
    with open_store(path) as opened:
        yield opened


@pytest.fixture
def project(path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ATLAS_STORE", "")
    monkeypatch.setenv("ATLAS_READ_ONLY", "0")
    choose_project(str(path), read_only=False)
    yield path
    close_project()


def panel(incident_id: str = "inc_1") -> AppTest:
    def page(incident_id: str) -> None:
        from dashboard.panel import incident_panel
        from dashboard.session import open_project

        incident_panel(open_project(), incident_id)

    return AppTest.from_function(page, args=(incident_id,), default_timeout=30).run()


def drawn(app: AppTest) -> str:
    return "".join(str(element.proto.body) for element in app.get("html"))


def press(app: AppTest, words: str) -> AppTest:
    return next(button for button in app.button if button.label == words).click().run()


def test_the_data_of_a_panel(store: Store):
    data = panel_data(store, "inc_1")
    assert "Mastung district" in data.headline
    assert [source.name for source in data.sources] == ["Sample Wire (invented), 31 Aug 2021"]
    assert {change.field for change in data.history} == {"killed_high", "actor1"}


def test_the_facts_know_what_was_read_before_the_edit(store: Store):
    facts = {fact.kind: fact for fact in panel_data(store, "inc_1").facts}
    assert facts["first"].as_read == "Police (Pakistan)"
    assert facts["killed"].as_read == "11"


def test_an_unknown_incident_has_no_data(store: Store):
    assert panel_data(store, "inc_none") is None


def test_every_status_has_its_next_steps():
    assert set(STEPS) == set(Status)
    assert all(step is not status for status, steps in STEPS.items() for step, _ in steps)


def test_the_history_says_who_when_and_why(store: Store):
    html = history_html(store.changes("inc_1"))
    assert 'Killed, at most: <bdi>11</bdi> → <b dir="auto">13</b>' in html
    assert "Amna" in html
    assert "corrected while adding the report" in html
    assert "<script" not in html


@pytest.mark.usefixtures("project")
def test_the_panel_draws_facts_text_and_marks():
    app = panel()
    assert not app.exception
    html = drawn(app)
    assert 'class="facts"' in html
    assert '<mark class="evidence evidence-killed"' in html
    assert "<script" not in html
    assert "<img src=x" not in html


@pytest.mark.usefixtures("project")
def test_confirm_and_back_to_draft():
    app = press(panel(), "Confirm")
    assert open_project().incident("inc_1").status is Status.CONFIRMED
    assert 'status-confirmed"' in drawn(app)
    press(app, "Back to draft")
    assert open_project().incident("inc_1").status is Status.DRAFT


@pytest.mark.usefixtures("project")
def test_a_rejection_is_signed_and_says_why():
    app = panel()
    app.text_input(key="analyst").set_value("Amna")
    app.text_input(key="inc_1-why").set_value("told twice")
    press(app, "Reject")
    change = open_project().changes("inc_1")[-1]
    assert (change.after, change.who, change.why) == ("rejected", "Amna", "told twice")


def test_a_read_only_project_has_no_buttons(project: Path):
    choose_project(str(project), read_only=True)
    app = panel()
    assert 'class="facts"' in drawn(app)
    assert not app.button


@pytest.mark.usefixtures("project")
def test_a_stored_incident_can_be_corrected():
    app = panel()
    app = next(toggle for toggle in app.toggle if toggle.label == "Correct").set_value(True).run()
    assert next(b for b in app.button if b.label == "Save 0 changes").disabled
    best = next(n for n in app.number_input if str(n.key).endswith("killed_best"))
    app = press(best.set_value(12).run(), "Save 1 change")
    assert open_project().incident("inc_1").killed_best == 12
    assert not next(toggle for toggle in app.toggle if toggle.label == "Correct").value


@pytest.mark.usefixtures("project")
def test_an_incident_that_is_not_there_says_so():
    app = panel("inc_none")
    assert "not in the project" in drawn(app)
    assert not app.exception


def test_particulars_are_corrected_in_the_panel(project: Path):
    app = panel()
    app.toggle[0].set_value(True).run()
    chosen = next(box for box in app.selectbox if box.label == "Weapon")
    chosen.select("mortar").run()
    next(box for box in app.number_input if box.label == "Arrested").set_value(3).run()
    next(box for box in app.text_input if box.label == "Named by").set_value(" the  mayor ").run()
    press(app, "Save 3 changes")
    with open_store(project) as store:
        incident = store.incident("inc_1")
    assert incident is not None
    assert (incident.weapon, incident.arrested, incident.attributed_by) == (
        "mortar",
        3,
        "the mayor",
    )

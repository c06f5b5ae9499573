"""The marks of all cards in one text; the card of an incident added by hand."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest  # noqa: TID251 - drives the card without a browser

from dashboard._add_state import Draft
from dashboard.cards import all_marks
from tests.dashboard._add_examples import found, report


def test_marks_are_numbered_only_where_there_are_several_cards():
    one = [Draft(found=found())]
    assert {mark.incident for mark in all_marks(report(), one)} == {0}
    two = [*one, Draft(found=found("inc_2"))]
    assert {mark.incident for mark in all_marks(report(), two)} == {1, 2}


def card_of_a_hand_made_draft() -> None:
    import streamlit as st  # noqa: TID251 - the card's own script

    from dashboard._add_state import hand_made
    from dashboard.cards import incident_card

    draft = st.session_state.setdefault("draft", hand_made())
    st.session_state["draft"] = incident_card(
        draft, number=0, key="card", published=None, geocoder=None
    )


def test_an_incident_by_hand_shows_only_what_was_put_in():
    app = AppTest.from_function(card_of_a_hand_made_draft, default_timeout=30).run()
    assert "Incident added by hand" in app.get("html")[0].proto.body
    assert "<dt>" not in app.get("html")[0].proto.body
    app = app.number_input(key="card-killed_best").set_value(2).run()
    html = app.get("html")[0].proto.body
    assert html.count("<dt>") == 1
    assert "2 killed" in html


def test_contradictions_are_said_on_the_card():
    app = AppTest.from_function(card_of_a_hand_made_draft, default_timeout=30).run()
    app.number_input(key="card-killed_low").set_value(5)
    app = app.number_input(key="card-killed_high").set_value(2).run()
    assert any("must not fall" in element.proto.body for element in app.get("html"))


def test_a_picked_day_is_an_exact_day():
    app = AppTest.from_function(card_of_a_hand_made_draft, default_timeout=30).run()
    app.date_input(key="card-event_date").set_value("2021-08-31")
    app = app.run()
    assert app.session_state["draft"].edits["date_precision"] == "day"

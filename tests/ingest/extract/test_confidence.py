"""Confidence: a probability from how a value was read."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ingest.extract.signals
from geodata.incident import Document
from ingest.extract.assemble import explained
from ingest.extract.confidence import BASE, LEAST, MOST, confidence_of, weights
from ingest.pipeline import default_tools

TABLE = {"event_date": {BASE: 0.0, "date_day": 1.386}}
STORY = "QUETTA, Pakistan: Gunmen killed two police officers in Quetta on Monday, officials said."


def test_log_odds_add_up_to_a_probability() -> None:
    signals = {"event_date": ("date_day",)}
    assert confidence_of("event_date", signals, 0.3, TABLE) == pytest.approx(0.8, abs=0.001)


def test_a_signal_that_the_fit_has_not_seen_counts_nothing() -> None:
    assert confidence_of("event_date", {"event_date": ("new",)}, 0.3, TABLE) == 0.5


def test_a_group_of_fields_is_as_sure_as_its_main_field() -> None:
    signals = {"event_date": ("date_day",)}
    assert confidence_of("date", signals, 0.3, TABLE) == confidence_of(
        "event_date", signals, 0.3, TABLE
    )


def test_a_field_that_was_never_fitted_keeps_its_own() -> None:
    assert confidence_of("killed", {"killed_best": ()}, 0.3, TABLE) == 0.3
    assert confidence_of("weapon", {}, 0.3, TABLE) == 0.3


@given(st.floats(-900, 900))
def test_nothing_is_certain(odds: float) -> None:
    assert LEAST <= confidence_of("x", {"x": ()}, 0.5, {"x": {BASE: odds}}) <= MOST


def test_a_story_gives_every_value_a_fitted_confidence(read) -> None:
    tools = default_tools()
    document = Document(document_id="d", text=STORY, published=date(2021, 8, 31))
    ((found, signals),) = explained(
        document, geocoder=tools.geocoder, names=tools.names, registry=tools.registry
    )
    assert {"one", "date_relative", "date_day"} <= set(signals["event_date"])
    assert "side_state" in signals["actor2"]
    given = {c.field: c.confidence for c in found.claims}
    assert all(c is not None and LEAST <= c <= MOST for c in given.values())
    assert given["killed"] == given["killed_best"]


def test_an_incident_has_a_confidence_of_its_own_without_words(read) -> None:
    (found,) = read(STORY, "2021-08-31")
    (claim,) = [c for c in found.claims if c.field == "incident"]
    assert (claim.value, claim.evidence) == (True, None)
    assert claim.confidence is not None


def test_two_tellings_that_differ_differ_in_confidence(read) -> None:
    (sure,) = read(STORY, "2021-08-31")
    text = STORY.replace("in Quetta on Monday", "in the village of Xyzzyqua last month")
    (unsure,) = read(text, "2021-08-31")
    by_field = [{c.field: c.confidence for c in one.claims}["location"] for one in (unsure, sure)]
    assert by_field[0] < by_field[1]


def test_the_table_knows_no_signal_that_is_no_longer_given() -> None:
    """Where this fails, rules have changed: run scripts/calibrate.py."""
    source = Path(ingest.extract.signals.__file__).read_text("utf-8")
    families = tuple(re.findall(r'f"([a-z_]+_)\{', source))
    for table in weights().values():
        for signal in table:
            assert signal == BASE or f'"{signal}"' in source or signal.startswith(families)

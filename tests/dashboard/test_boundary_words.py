"""What the panel says of an incident's place by the project's boundaries."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboard.boundary_words import boundary_words
from dashboard.facts import facts_html, facts_of
from dashboard.panel import panel_data
from geodata.incident import Change, Incident
from geodata.precision import LocationPrecision as At
from geodata.store import Store, open_store
from tests.geodata.boundary_examples import LAYER, areas

RAID = Incident(
    incident_id="raid",
    admin2="Zlin",
    latitude=49.5,
    longitude=17.5,
    location_precision=At.SETTLEMENT,
)


@pytest.fixture
def store(tmp_path: Path):
    with open_store(tmp_path / "p.gpkg", create=True) as opened:
        with opened.atomic():
            opened.add_incidents([RAID])
            opened.add_boundaries(LAYER, areas())
        yield opened


def test_it_says_where_the_point_lies(store: Store) -> None:
    assert boundary_words(store, RAID) == (
        "Boundaries: the point lies in Zlin, Moravia (Czech districts, 2022)"
    )


def test_it_says_when_the_report_names_another_district(store: Store) -> None:
    assert boundary_words(store, replace(RAID, admin2="Karvina")) == (
        "Boundaries: the report says Karvina; the point lies in Zlin, Moravia,"
        " 66 km from Karvina (Czech districts, 2022)"
    )


def test_an_edit_is_not_put_into_the_reports_mouth(store: Store) -> None:
    edit = Change(change_id=1, incident_id="raid", field="admin2", before="Zlin", after="Karvina",
                  who="Ana", when=datetime.now(UTC))  # fmt: skip
    assert "an edit says Karvina" in boundary_words(store, replace(RAID, admin2="Karvina"), [edit])


@pytest.mark.parametrize(
    "silent",
    [
        replace(RAID, latitude=None, longitude=None),
        replace(RAID, location_precision=At.DISTRICT),
        replace(RAID, location_precision=At.COUNTRY),
        replace(RAID, latitude=10.0, admin2=None),
    ],
)
def test_it_is_silent_where_it_has_nothing_to_say(store: Store, silent: Incident) -> None:
    assert boundary_words(store, silent) == ""


def test_a_layer_that_is_removed_says_nothing_more(store: Store) -> None:
    assert boundary_words(store, RAID)
    with store.atomic():
        store.remove_boundaries("cz")
    assert boundary_words(store, RAID) == ""


def test_the_panel_shows_the_line_under_the_place_escaped(store: Store) -> None:
    data = panel_data(store, "raid")
    assert data is not None
    place = next(fact for fact in data.facts if fact.kind == "place")
    assert place.beside.startswith("Boundaries: the point lies in Zlin")
    assert [fact.kind for fact in data.facts if fact.beside] == ["place"]
    drawn = facts_html(facts_of(RAID, (), boundaries="<b>Zlin"))
    assert "&lt;b&gt;Zlin" in drawn

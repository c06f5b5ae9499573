"""Spanish reports, read through the gloss: incidents with the report's own words as evidence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.incident import Attribution, ExtractedIncident
from tests.ingest.extract.conftest import Read

STORIES = Path(__file__).resolve().parents[3] / "benchmarks" / "data" / "spanish_dev.jsonl"
RAID = (
    "Tres soldados murieron y cinco resultaron heridos el lunes en un ataque del ELN en el "
    "municipio de Saravena, departamento de Arauca, Colombia, informó el Ejército."
)


def stories() -> list[dict[str, Any]]:
    return [json.loads(line) for line in STORIES.read_text(encoding="utf-8").splitlines()]


def only(found: list[ExtractedIncident]) -> ExtractedIncident:
    (one,) = found
    return one


def test_fields_of_a_raid(read: Read) -> None:
    incident = only(read(RAID, "2021-05-05")).incident
    assert str(incident.event_date) == "2021-05-03"
    assert (incident.event_type, incident.sub_event_type) == ("Battles", "Armed clash")
    assert incident.actor1 == "National Liberation Army (ELN)"
    assert incident.actor2 == "Military Forces of Colombia"
    assert (incident.place, incident.admin1, incident.country) == ("Saravena", "Arauca", "Colombia")
    assert (incident.killed_best, incident.injured_best) == (3, 5)


def test_evidence_is_spanish(read: Read) -> None:
    evidence = only(read(RAID, "2021-05-05")).evidence()
    assert evidence["killed"].quote == "Tres soldados murieron"
    assert evidence["date"].quote == "el lunes"
    assert "Saravena" in evidence["place"].quote


def test_all_evidence_is_verbatim(read: Read) -> None:
    for story in stories():
        for one in read(story["text"], story["published"], story["title"]):
            for claim in one.claims:
                if claim.evidence is not None:
                    start, end = claim.evidence.start, claim.evidence.end
                    assert story["text"][start:end] == claim.evidence.quote != ""


def test_the_same_report_gives_the_same_ids(read: Read) -> None:
    first, second = (read(RAID, "2021-05-05") for _ in range(2))
    assert first == second


@pytest.mark.parametrize("words", ["reivindicó el ataque", "se atribuyó el atentado"])
def test_a_claim(read: Read, words: str) -> None:
    text = f"Un coche bomba mató a dos soldados el lunes en Cúcuta, Colombia. El ELN {words}."
    incident = only(read(text, "2021-05-05")).incident
    assert incident.actor1 == "National Liberation Army (ELN)"
    assert incident.attribution is Attribution.CLAIMED


def test_two_incidents_of_a_roundup(read: Read) -> None:
    text = (
        "Dos policías fueron asesinados el sábado en Tumaco, Nariño. Por otra parte, en Corinto, "
        "Cauca, una granada lanzada contra la estación de Policía dejó tres heridos el domingo."
    )
    found = [one.incident for one in read(text, "2021-05-05")]
    assert [one.place for one in found] == ["Tumaco", "Corinto"]
    assert [str(one.event_date) for one in found] == ["2021-05-01", "2021-05-02"]


@pytest.mark.parametrize("number", [13, 14, 15])
def test_condemnation_anniversary_and_football_tell_of_no_incident(read: Read, number: int) -> None:
    story = next(s for s in stories() if s["id"] == f"es-d{number}")
    assert read(story["text"], story["published"], story["title"]) == []


KINDS = (Path(__file__).parent / "spanish_kinds.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", KINDS)
def test_kinds_of_event(read: Read, line: str) -> None:
    kind, _, text = line.partition(": ")
    assert only(read(text, "2023-05-10")).incident.sub_event_type == kind


PIECES = st.sampled_from(
    [line for story in stories() for line in story["text"].split(". ")]
    + ["murieron", "el ELN", "\n\n", "“", "¿", "1.000", "San José del Guaviare", "\u200b", "12"]
)


@settings(max_examples=25, deadline=None)
@given(st.lists(PIECES, max_size=12), st.sampled_from([" ", ". ", "\n", ""]))
def test_evidence_of_any_text_is_verbatim(read: Read, pieces: list[str], joint: str) -> None:
    text = joint.join(pieces)
    for one in read(text, "2023-05-10"):
        for claim in one.claims:
            if claim.evidence is not None:
                assert text[claim.evidence.start : claim.evidence.end] == claim.evidence.quote

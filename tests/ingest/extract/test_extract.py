"""From a report to incidents, end to end, over the real gazetteer and registry."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.extraction import run
from geodata.incident import Attribution, ExtractedIncident

Read = Callable[..., list[ExtractedIncident]]
STORIES = Path(__file__).with_name("stories.jsonl")


def stories() -> list[str]:
    return [json.loads(line)["text"] for line in STORIES.read_text("utf-8").splitlines()]


@pytest.mark.shared
def test_a_wire_story_gives_its_two_incidents(read: Read, shared_data: Path) -> None:
    text = (shared_data / "stories" / "mastung_raid.txt").read_text("utf-8")
    raid, earlier = (found.incident for found in read(text, "2021-08-31"))
    assert (str(raid.event_date), raid.sub_event_type) == ("2021-08-31", "Armed clash")
    assert raid.actor1 == "Counter Terrorism Department (Pakistan)"
    assert (raid.actor2, raid.attribution) == ("Islamic State", Attribution.CLAIMED)
    assert (raid.admin2, raid.location_precision.value) == ("Mastung", "district")
    assert (raid.killed_best, dict(raid.killed_by_status)) == (11, {"militants": 11})
    assert (earlier.background, earlier.event_date) == (True, None)
    assert str(earlier.event_date_end) == "2021-08-31"
    assert dict(earlier.killed_by_status) == {"security_forces": 2}


@pytest.mark.shared
def test_every_value_of_the_wire_story_has_its_words(read: Read, shared_data: Path) -> None:
    text = (shared_data / "stories" / "mastung_raid.txt").read_text("utf-8")
    for found in read(text, "2021-08-31"):
        evidence = found.evidence()
        for name in ("date", "place", "actor1", "actor2", "killed", "event_type"):
            quote = evidence[name]
            assert text[quote.start : quote.end] == quote.quote


def test_the_same_text_gives_the_same_ids(read: Read) -> None:
    text = stories()[0]
    assert read(text, "2023-02-20") == read(text, "2023-02-20")


def test_an_attack_on_civilians(read: Read) -> None:
    (found,) = read("Gunmen shot dead two farmers near Gao, Mali, on Monday.", "2023-05-03")
    assert found.incident.sub_event_type == "Attack"
    assert found.incident.actor2 == "Civilians (Mali)"
    assert str(found.incident.event_date) == "2023-05-01"


def test_an_attack_on_forces_is_a_battle(read: Read) -> None:
    (found,) = read("Gunmen killed two soldiers in Gao, Mali, on Monday.", "2023-05-03")
    assert found.incident.sub_event_type == "Armed clash"


def test_off_duty_forces_are_no_battle(read: Read) -> None:
    text = "Gunmen killed two off-duty soldiers in Gao, Mali, on Monday."
    (found,) = read(text, "2023-05-03")
    assert found.incident.sub_event_type == "Attack"


def test_a_claim_names_the_perpetrator(read: Read) -> None:
    text = "A car bomb killed nine people in Baghdad on Monday. Islamic State claimed the attack."
    (found,) = read(text, "2016-07-06")
    assert found.incident.perpetrator == "Islamic State"
    assert found.incident.attribution is Attribution.CLAIMED


def test_police_who_speak_are_no_perpetrator(read: Read) -> None:
    text = "A bomb killed nine people in Baghdad on Monday, police said. No group claimed it."
    (found,) = read(text, "2016-07-06")
    assert found.incident.perpetrator == "Unidentified armed group"
    assert found.incident.attribution is Attribution.NONE


def test_bullets_are_incidents_of_their_own(read: Read) -> None:
    text = (
        "• 24 December: Gunmen killed five farmers in Gwoza, Borno State.\n"
        "• 25 December: A bomb killed two people in Maiduguri, Borno State."
    )
    assert len(read(text, "2023-12-27")) == 2


def test_without_a_publication_date_nothing_is_guessed(read: Read) -> None:
    (found,) = read("Gunmen killed two soldiers in Gao, Mali, on Monday.")
    assert found.incident.event_date is None


@pytest.mark.parametrize(
    "text",
    [
        "The minister condemned the attack in Gao and offered condolences to the families.",
        "Attacks on police have risen sharply in Borno over the past year.",
        "Soldiers held a live-fire drill near Manila on Tuesday, simulating an assault.",
        "Set 188 to win, Lahore came under attack from the first ball and lost four wickets "
        "inside the powerplay before the visiting side's batting collapsed.",
        "The army vowed to attack the rebels in Gao if they did not surrender.",
    ],
)
def test_no_incident(read: Read, text: str) -> None:
    assert read(text, "2023-05-03") == []


def test_stories_of_other_regions_are_read_well(read: Read) -> None:
    scores = run(STORIES).scores
    assert scores["incident"].f1 >= 0.8
    assert scores["killed_best"].f1 >= 0.9


def test_stories_never_tuned_on_are_read_well(read: Read) -> None:
    scores = run(STORIES.with_name("stories_unseen.jsonl")).scores
    assert scores["incident"].f1 >= 0.75


@pytest.mark.shared
def test_development_stories_are_read_well(read: Read, shared_data: Path) -> None:
    report = run(shared_data / "stories" / "dev.jsonl")
    assert report.scores["incident"].f1 >= 0.9
    assert report.quiet_alarms == 0


PIECES = st.one_of(
    st.sampled_from([p for text in stories() for p in text.split(". ")]),
    st.text(max_size=40),
    st.sampled_from(
        ["\x00", "\r\n", "\u2028", "killed", "12", "Gao", "(", "”", "\ud800", "-" * 90]
    ),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(PIECES, max_size=12).map(" ".join), st.sampled_from(["2024-02-29", None]))
def test_any_text_is_read_and_every_quote_is_verbatim(
    read: Read, text: str, published: str | None
) -> None:
    for found in read(text, published):
        incident = found.incident
        for claim in found.claims:
            if claim.evidence is not None:
                span = slice(claim.evidence.start, claim.evidence.end)
                assert text[span] == claim.evidence.quote
        for kind in ("killed", "injured"):
            low, best, high = (getattr(incident, f"{kind}_{x}") for x in ("low", "best", "high"))
            assert best is None or low <= best <= (best if high is None else high)


def test_a_very_long_line_is_read(read: Read) -> None:
    assert isinstance(read("killed 12 men in Gao " * 5000, "2024-02-29"), list)

"""`--second-opinion` on the command line: off by default, named in what is printed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from geodata.filters import Filter
from geodata.incident import SECOND_OPINION
from geodata.store import open_store
from ingest.second_opinion import _compat
from tests.conftest import absent
from tests.model_server import ModelServer, model_server

STORY = (
    "Gunmen killed two police officers in Quetta on Monday, officials said. "
    "The men of the Night fled on motorcycles."
)
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def story(tmp_path: Path) -> Path:
    file = tmp_path / "story.txt"
    file.write_text(STORY)
    return file


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server() as here:
        here.proposes(1, perpetrator=("men of the Night", "The men of the Night fled"))
        yield here


def asked(server: ModelServer) -> tuple[str, ...]:
    return ("--second-opinion", "openai", "--endpoint", server.url, "--model", "tiny")


def test_nobody_is_asked_by_default(run: Run, story: Path, server: ModelServer) -> None:
    code, out, _ = run("extract", story, "--json")
    assert code == 0
    assert "second" not in out
    assert server.asked == []


def test_extract_says_what_is_proposed_and_by_whom(
    run: Run, story: Path, server: ModelServer
) -> None:
    _, out, _ = run("extract", story, *asked(server))
    assert "perpetrator, second opinion (tiny at 127.0.0.1" in out
    assert "proposes; it reads 'men of the Night'" in out


def test_extract_as_json_keeps_the_values_of_the_rules(
    run: Run, story: Path, server: ModelServer
) -> None:
    plain = json.loads(run("extract", story, "--json")[1])["incidents"]
    found: dict[str, Any] = json.loads(run("extract", story, "--json", *asked(server))[1])
    (said,) = found["incidents"][0].pop("second_opinion")
    assert found["incidents"] == plain
    assert (said["field"], said["verdict"]) == ("perpetrator", "proposes")
    assert STORY[said["evidence"]["start"] : said["evidence"]["end"]] == said["evidence"]["quote"]
    assert found["second_opinion"]["refused"] == []


def test_ingest_stores_the_opinion_beside_the_values(
    run: Run, story: Path, server: ModelServer, tmp_path: Path
) -> None:
    path = tmp_path / "atlas.gpkg"
    code, out, _ = run("ingest", story, "--store", path, *asked(server))
    assert code == 0
    assert "second opinion (tiny at 127.0.0.1" in out
    with open_store(path) as store:
        (incident,) = store.incidents(Filter())
        claims = store.claims(incident.incident_id)
    (claim,) = [one for one in claims if one.field == SECOND_OPINION]
    assert claim.value["value"] == "men of the Night"
    assert incident.perpetrator != "men of the Night"


def test_a_proposed_incident_is_stored_as_a_draft_with_its_tag(
    run: Run, story: Path, server: ModelServer, tmp_path: Path
) -> None:
    path = tmp_path / "atlas.gpkg"
    server.proposes("new", sub_event_type=("Other", "fled on motorcycles"),
                    place=("Quetta", "in Quetta"))  # fmt: skip
    run("ingest", story, "--store", path, *asked(server))
    with open_store(path) as store:
        tags = sorted(one.tags for one in store.incidents(Filter()))
    assert tags == [(), ("second opinion",)]


def test_a_server_that_fails_costs_no_report(
    run: Run, story: Path, server: ModelServer, tmp_path: Path
) -> None:
    server.status = 404
    code, out, err = run("ingest", story, "--store", tmp_path / "a.gpkg", *asked(server), "--json")
    report = json.loads(out)
    assert (code, report["documents"], report["incidents"]) == (0, 1, 1)
    assert "HTTP 404" in report["second_opinion"]["failures"][0]["reason"]
    assert "no second opinion" in err


def test_refusals_are_told(run: Run, story: Path, server: ModelServer) -> None:
    server.proposes(1, actor1=("The Blue Army", "The Blue Army did it"))
    _, out, _ = run("extract", story, *asked(server))
    assert "refused actor1: its quote 'The Blue Army did it' is not in the report" in out


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("--endpoint", "http://127.0.0.1/v1"), 2, "--endpoint needs --second-opinion openai"),
        (("--model", "tiny"), 2, "--model needs --second-opinion openai"),
        (("--second-opinion", "oracle"), 2, "oracle"),
        (("--second-opinion", "openai"), 1, "needs --endpoint"),
        (("--second-opinion", "openai", "--endpoint", "file:///etc"), 1, "only http"),
    ],
)
def test_options_that_do_not_fit(
    run: Run, story: Path, options: tuple[str, ...], code: int, words: str
) -> None:
    got, _, err = run("extract", story, *options)
    assert got == code
    assert words in err


def test_spacy_votes_with_the_real_model(run: Run, story: Path) -> None:
    if not _compat.model_package():
        absent("spaCy and its English model are not installed (extra nlp)")
    _, out, _ = run("extract", story, "--second-opinion", "spacy")
    assert "killed_best, second opinion (spaCy en_core_web_sm" in out

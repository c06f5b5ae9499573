"""incidents geocode --service"""

from __future__ import annotations

import csv
import json

import pytest

from geodata.gazetteer import default_path
from ingest.geocode.services import SERVICES
from tests.conftest import absent
from tests.ingest.geocode.services.answers import NOMINATIM
from tests.ingest.geocode.services.conftest import Playing, server

__all__ = ["server"]


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("ATLAS_CACHE", str(tmp_path / "cache"))


def test_a_service_answers_and_its_raw_answer_can_be_read(run, server: Playing) -> None:
    server.say(NOMINATIM)
    asked = ("geocode", "Mach", "--service", "nominatim", "--service-only")
    code, out, _ = run(*asked, "--service-url", server.url, "--json")
    answer = json.loads(out)
    assert (code, answer["outcome"], answer["gazetteer"]) == (0, "found", "nominatim")
    assert "OpenStreetMap" in answer["note"]
    _, raw, _ = run("geocode", "--raw", answer["note"].rpartition(" ")[2])
    assert json.loads(json.loads(raw)["text"]) == NOMINATIM


def test_the_gazetteer_is_asked_first(run, server: Playing) -> None:
    if not default_path().is_file():
        absent("the gazetteer is not built: run 'incidents gazetteer build'")
    server.say([{**NOMINATIM[0], "name": "Xyzzyqua"}])
    asked = ("--service", "nominatim", "--service-url", server.url, "--json")
    _, out, _ = run("geocode", "Quetta", "Xyzzyqua", *asked)
    quetta, unknown = map(json.loads, out.splitlines())
    assert quetta["gazetteer"] != "nominatim"
    assert (unknown["outcome"], unknown["gazetteer"]) == ("found", "nominatim")
    assert len(server.asked) == 1


def test_a_table_names_the_service(run, server: Playing, tmp_path) -> None:
    server.say(NOMINATIM)
    (tmp_path / "in.csv").write_text("where\nMach\nMach\n")
    code, out, _ = run(
        "geocode", "--table", tmp_path / "in.csv", "--place", "where", "--out",
        tmp_path / "out.csv", "--service", "nominatim", "--service-url", server.url,
        "--service-only",
    )  # fmt: skip
    assert code == 0
    assert "nominatim: © OpenStreetMap contributors" in out
    with (tmp_path / "out.csv").open(newline="") as file:
        assert [row["gazetteer"] for row in csv.DictReader(file)] == ["nominatim"] * 2
    assert len(server.asked) == 1


def test_the_list_of_services(run) -> None:
    code, out, _ = run("geocode", "--services", "--json")
    assert code == 0
    assert [json.loads(line)["service"] for line in out.splitlines()] == list(SERVICES)
    assert "geonames: needs ATLAS_GEONAMES_USERNAME" in run("geocode", "--services")[1]


def test_wrong_use(run, monkeypatch) -> None:
    monkeypatch.delenv("ATLAS_GOOGLE_KEY", raising=False)
    assert run("geocode", "Mach", "--service-only")[0] == 2
    assert run("geocode", "Mach", "--service-url", "http://h")[0] == 2
    code, _, err = run("geocode", "Mach", "--service", "google", "--service-only")
    assert (code, err.count("\n")) == (1, 1)
    assert "ATLAS_GOOGLE_KEY" in err
    assert "nominatim, photon" in run("geocode", "Mach", "--service", "x", "--service-only")[2]
    assert run("geocode", "--raw", "nothing")[0] == 1

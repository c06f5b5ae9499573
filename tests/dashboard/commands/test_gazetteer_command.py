"""incidents gazetteer add, remove, info, download"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from geodata.gazetteer import default_path
from geodata.gazetteer.installed import FOLDER_VARIABLE
from tests.conftest import absent
from tests.geodata.gazetteer._examples import VALLEY, dump_row, write_dump


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not default_path().is_file():
        absent("the gazetteer is not built: run 'incidents gazetteer build'")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "added"))


def test_what_is_added_is_found_and_credited(run, tmp_path) -> None:
    path = write_dump(tmp_path, *VALLEY)
    code, out, _ = run("gazetteer", "add", str(path), "--attribution", "Own list, CC0")
    assert code == 0
    assert "Added 'ad': 5 places" in out
    assert "Attribution: Own list, CC0" in out
    found = json.loads(run("geocode", "Tulpur", "--country", "AD", "--json")[1])
    assert found["candidates"][0]["name"] == "Tolpur"
    assert found["candidates"][0]["sources"] == ["ad"]
    info = json.loads(run("gazetteer", "info", "--json")[1])
    assert [source["attribution"] for source in info["sources"]][-1] == "Own list, CC0"
    assert len(info["added"]) == 1


def test_left_out_rows_are_said(run, tmp_path) -> None:
    path = write_dump(tmp_path, *VALLEY, dump_row(5, "Nowhere", 95.0, 1.0))
    added = json.loads(run("gazetteer", "add", str(path), "--json")[1])
    assert added["left_out"] == {"coordinates that lie on no map": 1}


def test_a_csv_with_a_mapping(run, tmp_path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("w;b;l\nTolpur;42,5;1,5\n")
    options = ["--map", "name=w", "--map", "latitude=b", "--map", "longitude=l"]
    code, out, _ = run("gazetteer", "add", str(path), *options, "--country", "Andorra")
    assert (code, "1 places" in out) == (0, True)
    found = json.loads(run("geocode", "Tolpur", "--json")[1])
    assert found["candidates"][0]["country_code"] == "AD"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["add", "nowhere.txt"], 1, "there is no file or folder 'nowhere.txt'"),
        (["add", "nowhere.txt", "--map", "name"], 2, "give FIELD=COLUMN"),
        (["add", "nowhere.txt", "--country", "Atlantis"], 1, "country 'Atlantis' is not known"),
        (["remove", "nothing"], 1, "no gazetteer 'nothing' was added; known: none"),
        (["download", "Pakistan"], 1, "give a two-letter code"),
        (["download", "AD", "--publisher", "http://127.0.0.1:9"], 1, "you seem to be offline"),
    ],
)
def test_what_cannot_be_done_is_one_line(run, arguments, code, words) -> None:
    given, _, err = run("gazetteer", *arguments)
    assert given == code
    assert words in err
    assert "Traceback" not in err


def test_removing_takes_it_away(run, tmp_path) -> None:
    run("gazetteer", "add", str(write_dump(tmp_path, *VALLEY)))
    assert "Removed" in run("gazetteer", "remove", "ad")[1]
    assert json.loads(run("gazetteer", "info", "--json")[1])["added"] == []


def test_the_places_of_a_text(run, tmp_path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("Police in Tyler, Tex. said two men from Quetta were held.")
    code, out, _ = run("geocode", "--text", str(story), "--json")
    told = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert (told[0]["name"], told[0]["start"], told[0]["end"]) == ("Tyler", 10, 15)
    assert told[0]["candidates"][0]["admin1"] == "Texas"
    assert told[-1]["candidates"][0]["country_code"] == "PK"


def test_a_text_takes_no_query(run, tmp_path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("Nothing.")
    assert run("geocode", "Quetta", "--text", str(story))[0] == 2
    assert "No place is named" in run("geocode", "--text", str(story))[1]

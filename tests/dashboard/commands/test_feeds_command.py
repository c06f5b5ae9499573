"""`incidents feeds` and web addresses as inputs, against a real server."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from geodata.store import open_store
from ingest.fetch import ALLOW_VARIABLE
from tests.local_server import FakeClock
from tests.web_feeds import article, item, rss
from tests.web_site import Site, site

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr("ingest.fetch.SystemClock", FakeClock)  # its pauses take no time
    with site() as here:
        monkeypatch.setenv(ALLOW_VARIABLE, f"wiki.example, {here.host}")
        yield here


@pytest.fixture
def atlas(tmp_path: Path) -> Path:
    return tmp_path / "new.gpkg"


@pytest.fixture
def wire(web: Site, atlas: Path, run: Run) -> str:
    """A feed with two items, in a new project."""
    url = web.say("/feed", rss(item(1), item(2, "The council opened a library.")))
    assert run("feeds", "add", url, "--name", "Wire", "--store", atlas)[0] == 0
    return url


# ------------------------------------------------------------ feeds


def test_a_feed_is_added_listed_pulled_and_removed(wire: str, atlas: Path, run: Run) -> None:
    assert run("feeds", "list", "--store", atlas)[1].splitlines() == [
        "Wire: not read yet", f"    {wire}; asked never",
    ]  # fmt: skip
    code, out, _ = run("feeds", "pull", "--store", atlas)
    assert (code, out) == (0, "Wire: 2 new reports with 1 incident, of 2 items\n")
    assert "Wire (The Wire): silent for " in run("feeds", "list", "--store", atlas)[1]
    assert "its reports stay" in run("feeds", "remove", "wire", "--store", atlas)[1]
    with open_store(atlas) as store:
        assert (store.feeds(), store.count_documents()) == ([], 2)


def test_json_of_a_feed(wire: str, atlas: Path, run: Run) -> None:
    run("feeds", "pull", "--store", atlas)
    row = json.loads(run("feeds", "list", "--json", "--store", atlas)[1])
    assert (row["name"], row["url"], row["title"]) == ("Wire", wire, "The Wire")
    assert (row["last_item"], row["failures"], row["health"]) == ("2021-08-31", 0, "warning")
    assert row["silent_days"] > 1_000


def test_json_of_a_pull(wire: str, atlas: Path, run: Run) -> None:
    row = json.loads(run("feeds", "pull", "--json", "--store", atlas)[1])
    assert (row["outcome"], row["items"], row["documents"], row["incidents"]) == ("read", 2, 2, 1)
    row = json.loads(run("feeds", "pull", "--json", "--store", atlas)[1])
    assert row["outcome"] == "waiting"
    row = json.loads(run("feeds", "pull", "--json", "--force", "--store", atlas)[1])
    assert (row["documents"], row["duplicates"]) == (0, 2)


def test_one_that_works_is_enough(wire: str, web: Site, atlas: Path, run: Run) -> None:
    run("feeds", "add", f"{web.url}/gone", "--name", "Bad", "--store", atlas)
    code, out, err = run("feeds", "pull", "--store", atlas)
    assert code == 0
    assert out.startswith("Wire: ")
    assert err.startswith("incidents: feed 'Bad': not fetched: there is no such page")
    code, _, err = run("feeds", "pull", "Bad", "--force", "--store", atlas)
    assert code == 1
    assert err.count("\n") == 1


def test_full_reads_the_pages(wire: str, web: Site, atlas: Path, run: Run) -> None:
    link = web.say("/1", article(), Content_Type="text/html")
    web.say("/feed", rss(item(1, link=link), item(2, link=f"{web.url}/gone")))
    code, out, _ = run("feeds", "pull", "Wire", "--full", "--store", atlas)
    assert code == 0
    assert "no such page (HTTP 404); the feed's own words were read" in out


def test_a_language_that_cannot_be_read_is_told(
    wire: str, web: Site, atlas: Path, run: Run
) -> None:
    words = "Fünf Menschen wurden gestern bei einem Angriff auf einen Markt im Norden getötet. " * 3
    web.say("/feed", rss(item(1, words)))
    code, out, _ = run("feeds", "pull", "--store", atlas)
    assert code == 0
    assert "1 in a language not supported (de)" in out


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/", "ftp://x.example/", "http://user:secret@x.example/", "words"]
)
def test_an_address_that_is_none_makes_no_project(atlas: Path, run: Run, url: str) -> None:
    code, _, err = run("feeds", "add", url, "--store", atlas)
    assert code == 1
    assert err.startswith(f"incidents: address {url!r} is not fetched: ")
    assert not atlas.exists()


def test_a_feed_that_is_there_is_told(wire: str, atlas: Path, run: Run) -> None:
    code, _, err = run("feeds", "add", wire, "--store", atlas)
    assert code == 1
    assert "already, as 'Wire'" in err


@pytest.mark.parametrize("sub", ["pull", "remove"])
def test_an_unknown_feed_is_told(wire: str, atlas: Path, run: Run, sub: str) -> None:
    code, _, err = run("feeds", sub, "Other", "--store", atlas)
    assert code == 1
    assert "no feed 'Other'" in err


def test_a_project_without_feeds_says_what_to_do(project: Path, run: Run) -> None:
    assert run("feeds", "list", "--store", project)[1].startswith("No feeds; add one with: ")
    code, _, err = run("feeds", "pull", "--store", project)
    assert code == 1
    assert "incidents feeds add URL" in err


# ------------------------------------------------------------ addresses as inputs


def test_an_address_is_ingested_beside_files(
    web: Site, atlas: Path, tmp_path: Path, run: Run
) -> None:
    url = web.say("/story", article(), Content_Type="text/html")
    (tmp_path / "a.txt").write_text("The council of Quetta opened a library.")
    code, out, _ = run("ingest", tmp_path / "a.txt", url, "--store", atlas)
    assert code == 0
    assert out.startswith("2 reports with 1 incident stored")
    with open_store(atlas) as store:
        assert store.document_with_url(url) is not None
        assert store.check() == []


def test_an_address_is_extracted(web: Site, run: Run) -> None:
    url = web.say("/story", article(canonical="https://wire.example/s"), Content_Type="text/html")
    code, out, _ = run("extract", url, "--json")
    found = json.loads(out)
    assert code == 0
    assert found["document"]["url"] == "https://wire.example/s"
    assert found["document"]["path"] == url
    assert found["document"]["retrieved"]
    assert found["incidents"][0]["killed_best"] == 2


@pytest.mark.parametrize("url", ["http://169.254.169.254/latest/", "HTTP://localhost/"])
def test_a_refused_address_is_one_line_and_a_row(atlas: Path, run: Run, url: str) -> None:
    code, _, err = run("ingest", url, "--store", atlas)
    assert code == 1
    assert err.startswith(f"incidents: {url!r}: not fetched: ")
    assert err.splitlines()[1:] == []
    with open_store(atlas) as store:
        (row,) = store.quarantine()
    assert row.source == url
    code, out, err = run("extract", url, "--json")
    assert code == 1
    assert json.loads(out)["source"] == url

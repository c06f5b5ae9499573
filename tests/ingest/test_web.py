"""A web address becomes documents, by what the server says it is."""

from __future__ import annotations

from datetime import date

import pytest

from geodata.incident import Document, Quarantined
from geodata.store import Store
from ingest.fetch import Fetcher
from ingest.pipeline import Report, Tally, Tools
from ingest.second_opinion import Options, open_opinion
from ingest.web import keep, retrieve
from tests.model_server import model_server
from tests.web_feeds import article, item, rss
from tests.web_site import Site


def only(url: str, fetcher: Fetcher, **known: object) -> Document | Quarantined:
    (one,) = retrieve(url, fetcher, **known)  # type: ignore[arg-type]
    return one


def test_a_page_is_read_as_an_article(web: Site, fetcher: Fetcher) -> None:
    found = only(web.say("/story.php?id=3", article(), Content_Type="text/html"), fetcher)
    assert isinstance(found, Document)
    assert (found.title, found.outlet, found.published) == (
        "Officers killed", "The Wire", date(2021, 8, 31),
    )  # fmt: skip
    assert found.url == found.path == f"{web.url}/story.php?id=3"
    assert found.retrieved is not None


def test_the_canonical_address_wins_over_the_final_one(web: Site, fetcher: Fetcher) -> None:
    web.say("/b", article(canonical="https://wire.example/story"), Content_Type="text/html")
    found = only(web.say("/a", status=302, Location="/b"), fetcher)
    assert isinstance(found, Document)
    assert (found.url, found.path) == ("https://wire.example/story", f"{web.url}/b")


def test_what_the_user_says_wins(web: Site, fetcher: Fetcher) -> None:
    url = web.say("/a", article(), Content_Type="text/html")
    found = only(url, fetcher, published=date(2020, 1, 1), source="Mine")
    assert isinstance(found, Document)
    assert (found.published, found.outlet) == (date(2020, 1, 1), "Mine")


@pytest.mark.parametrize("kind", ["text/plain", "text/plain; charset=utf-8", "", "text/x-unknown"])
def test_plain_text_is_read_whatever_the_address_ends_in(
    web: Site, fetcher: Fetcher, kind: str
) -> None:
    for path in ("/", "/story", "/story.php", "/story.com.py/"):
        found = only(web.say(path, "Two were killed in Quetta.", Content_Type=kind), fetcher)
        assert isinstance(found, Document), found
        assert found.text == "Two were killed in Quetta."


def test_every_item_of_a_feed_is_a_document(web: Site, fetcher: Fetcher) -> None:
    for kind in ("application/rss+xml", "text/xml", "text/html", ""):
        url = web.say("/feed", rss(item(1), item(2)), Content_Type=kind)
        found = list(retrieve(url, fetcher))
        assert [one.title for one in found if isinstance(one, Document)] == ["Story 1", "Story 2"]


@pytest.mark.parametrize("status", [404, 500])
def test_a_failure_is_a_row_with_one_line(web: Site, fetcher: Fetcher, status: int) -> None:
    url = web.say("/a", status=status)
    found = only(url, fetcher)
    assert isinstance(found, Quarantined)
    assert found.source == url
    assert f"HTTP {status}" in found.reason


def test_a_refusal_is_a_row_with_one_line(fetcher: Fetcher) -> None:
    found = only("http://localhost/", fetcher)
    assert isinstance(found, Quarantined)
    assert found.reason.startswith("not fetched: its host is a name inside")


def test_what_no_reader_knows_is_a_row(web: Site, fetcher: Fetcher) -> None:
    found = only(web.say("/a", b"\x89PNG\r\n\x1a\n" + bytes(50), Content_Type="image/png"), fetcher)
    assert isinstance(found, Quarantined)
    assert found.source.endswith("/a")
    assert "picture" in found.reason


def test_a_page_is_stored_with_its_bytes_and_only_once(
    web: Site, fetcher: Fetcher, store: Store, tools: Tools
) -> None:
    url = web.say("/a", article(), Content_Type="text/html")
    report = Report()
    for more in ("", "<!-- another advertisement -->"):
        web.say("/a", article(more=more), Content_Type="text/html")
        keep(retrieve(url, fetcher), store, report, lambda: tools)
    assert (report.documents, report.incidents, len(report.duplicates)) == (1, 1, 1)
    (document,) = store.documents()
    assert (store.original(document.document_id) or b"").startswith(b"<!doctype html>")
    assert store.check() == []


def test_a_second_opinion_is_asked_for_a_page_as_for_a_file(
    web: Site, fetcher: Fetcher, store: Store, tools: Tools
) -> None:
    found = retrieve(web.say("/a", article(), Content_Type="text/html"), fetcher)
    with model_server() as model:
        model.proposes(1, killed_best=(99, "ninety-nine"))  # words that the report does not hold
        second = open_opinion("openai", Options(endpoint=model.url, model="tiny", timeout_s=5.0))
        report = Report(opinion=Tally(second.by))
        keep(found, store, report, lambda: tools, second)
        assert len(model.asked) == 1
    assert report.opinion is not None
    assert (report.opinion.documents, report.opinion.refused) == (1, 1)


def test_a_page_that_was_rewritten_is_another_report(
    web: Site, fetcher: Fetcher, store: Store, tools: Tools
) -> None:
    report = Report()
    for words in ("Two were killed in Quetta.", "Three were killed in Quetta."):
        url = web.say("/a", article(words), Content_Type="text/html")
        keep(retrieve(url, fetcher), store, report, lambda: tools)
    assert report.documents == 2

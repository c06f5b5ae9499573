"""Feeds against a real server: what is stored, what is passed over, how a feed's health is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from geodata.errors import InputError
from geodata.feeds import Feed
from geodata.filters import Filter
from geodata.store import Store
from ingest import feeds
from ingest.feeds import Outcome, Pulled
from ingest.feeds.visit import back_off
from ingest.fetch import Fetcher
from ingest.pipeline import Tools
from tests.local_server import FakeClock
from tests.web_feeds import STORY, article, item, rss
from tests.web_site import Site

Pull = Callable[..., Pulled]
NOW = datetime.fromtimestamp(1_700_000_000, UTC)


@pytest.fixture
def feed(store: Store, web: Site, fetcher: Fetcher) -> Feed:
    web.say("/feed", rss(item(1), item(2, "The council opened a library.", day="2 Sep 2021")))
    return feeds.new_feed(store, f"{web.url}/feed", fetcher, name="Wire")


# ------------------------------------------------------------ adding


def test_a_new_feed_takes_its_name_from_its_host(store: Store) -> None:
    fetcher = Fetcher()
    first = feeds.new_feed(store, "https://www.news.example.org/a", fetcher)
    second = feeds.new_feed(store, "https://news.example.org/b", fetcher)
    assert (first.name, second.name) == ("news.example.org", "news.example.org 2")


@pytest.mark.parametrize("url", ["http://127.0.0.1/feed", "file:///etc/passwd", "news", ""])
def test_an_address_that_is_never_fetched_is_no_feed(store: Store, url: str) -> None:
    with pytest.raises(InputError):
        feeds.new_feed(store, url, Fetcher())
    assert store.feeds() == []


def test_adding_asks_nobody(feed: Feed, web: Site) -> None:
    assert web.asked == []
    assert feed.last_checked is None


def test_feeds_are_chosen_by_name_or_address(store: Store, feed: Feed) -> None:
    assert feeds.chosen(store, []) == [feed]
    assert feeds.chosen(store, ["WIRE", feed.url]) == [feed]
    with pytest.raises(InputError, match="no feed 'Other' in the project; there are 'Wire'"):
        feeds.chosen(store, ["Other"])


def test_a_project_without_feeds_says_how_to_add_one(store: Store) -> None:
    with pytest.raises(InputError, match="incidents feeds add URL"):
        feeds.chosen(store, [])


# ------------------------------------------------------------ reading


def test_items_become_reports_with_incidents(store: Store, feed: Feed, pull: Pull) -> None:
    pulled = pull()
    assert (pulled.outcome, pulled.items, pulled.worked) == (Outcome.READ, 2, True)
    assert (pulled.report.documents, pulled.report.incidents) == (2, 1)
    (incident,) = store.incidents(Filter())
    assert (incident.killed_best, incident.event_date) == (2, date(2021, 8, 30))
    document = store.documents()[1]
    assert (document.title, document.outlet) == ("Story 1", "The Wire")
    assert document.published == date(2021, 8, 31)
    assert document.retrieved == NOW
    assert b"<guid" in (store.original(document.document_id) or b"")
    assert store.check() == []


def test_how_the_feed_is_is_written_down(store: Store, feed: Feed, web: Site, pull: Pull) -> None:
    web.say("/feed", rss(item(1)), ETag='"7"', Last_Modified="Tue")
    pull()
    (kept,) = store.feeds()
    assert (kept.title, kept.etag, kept.last_modified) == ("The Wire", '"7"', "Tue")
    assert kept.last_item == date(2021, 8, 31)
    assert kept.last_success == kept.last_checked == NOW
    assert kept.next_allowed == NOW + timedelta(minutes=15)


def test_the_same_items_again_change_nothing(
    store: Store, feed: Feed, web: Site, pull: Pull
) -> None:
    pull()
    web.say("/feed", rss(item(1, "Another text."), item(2, "And another.")))
    pulled = pull(force=True)
    assert (pulled.report.documents, len(pulled.report.duplicates)) == (0, 2)
    assert store.count_documents() == 2


def test_new_items_are_read(store: Store, feed: Feed, web: Site, pull: Pull) -> None:
    pull()
    web.say("/feed", rss(item(3, "A bridge was opened."), item(1)))
    assert pull(force=True).report.documents == 1
    assert store.count_documents() == 3


def test_items_of_one_address_with_ids_of_their_own_are_all_read(
    store: Store, feed: Feed, web: Site, pull: Pull
) -> None:
    live = "https://wire.example/live"
    web.say("/feed", rss(item(1, link=live), item(2, "A bridge was opened.", link=live)))
    assert pull().report.documents == 2


def test_a_bare_id_is_known_in_its_feed_alone(
    store: Store, web: Site, fetcher: Fetcher, tools: Tools
) -> None:
    for path, words in (("/a", STORY), ("/b", "A bridge was opened.")):
        web.say(path, rss(item(1, words, guid="1")))
        feeds.new_feed(store, web.url + path, fetcher)
    first, second = feeds.pull(store, store.feeds(), fetcher, tools=tools)
    assert (first.report.documents, second.report.documents) == (1, 1)


def test_an_item_in_two_feeds_is_stored_once(
    store: Store, web: Site, fetcher: Fetcher, tools: Tools
) -> None:
    for path in ("/a", "/b"):
        web.say(path, rss(item(1)))
        feeds.new_feed(store, web.url + path, fetcher)
    first, second = feeds.pull(store, store.feeds(), fetcher, tools=tools)
    assert (first.report.documents, len(second.report.duplicates)) == (1, 1)


def test_an_item_without_words_is_quarantined_once(
    store: Store, feed: Feed, web: Site, pull: Pull
) -> None:
    web.say("/feed", rss("<item><guid>tag:x</guid><description>---</description></item>"))
    assert len(pull().report.quarantined) == 1
    pull(force=True)
    assert store.count_quarantine() == 1
    assert "no words" in store.quarantine()[0].reason


def test_progress_counts_the_items(
    store: Store, feed: Feed, fetcher: Fetcher, tools: Tools
) -> None:
    told: list[tuple[str, int, int]] = []
    list(feeds.pull(store, [feed], fetcher, tools=tools, progress=lambda *at: told.append(at)))
    assert told == [("Wire", 0, 2), ("Wire", 1, 2), ("Wire", 2, 2)]


# ------------------------------------------------------------ manners


def test_an_unchanged_feed_is_not_read_again(
    store: Store, feed: Feed, web: Site, clock: FakeClock, pull: Pull
) -> None:
    web.say("/feed", rss(item(1)), ETag='"7"')
    pull()
    clock.time += 3_600
    web.say("/feed", status=304)
    pulled = pull()
    assert (pulled.outcome, pulled.worked) == (Outcome.UNCHANGED, True)
    assert web.headers[-1]["if-none-match"] == '"7"'
    (kept,) = store.feeds()
    assert (kept.etag, kept.last_item) == ('"7"', date(2021, 8, 31))
    assert kept.last_success == NOW + timedelta(hours=1)


def test_a_feed_is_not_asked_twice_in_a_quarter_of_an_hour(
    feed: Feed, web: Site, clock: FakeClock, pull: Pull
) -> None:
    pull()
    pulled = pull()
    assert (pulled.outcome, pulled.worked) == (Outcome.WAITING, True)
    assert "2023-11-14 22:28 UTC" in pulled.notes[0]
    assert pull(force=True).outcome is Outcome.READ
    clock.time += 901
    assert pull().outcome is Outcome.READ
    assert len(web.asked) == 3


def test_failures_make_the_pauses_longer(
    store: Store, feed: Feed, web: Site, clock: FakeClock, pull: Pull
) -> None:
    web.say("/feed", status=500)
    assert pull().outcome is Outcome.FAILED
    assert pull().outcome is Outcome.WAITING
    clock.time += 1_801
    pull()
    (kept,) = store.feeds()
    assert (kept.failures, kept.failing_since) == (2, NOW)
    assert kept.next_allowed == kept.last_checked + timedelta(hours=1)
    web.say("/feed", rss(item(1)))
    pull(force=True)
    (kept,) = store.feeds()
    assert (kept.failures, kept.failing_since, kept.last_error) == (0, None, "")


def test_a_pause_grows_up_to_a_day() -> None:
    assert [back_off(n) / timedelta(hours=1) for n in (1, 2, 3, 6, 7, 10_000)] == [
        0.5, 1, 2, 16, 24, 24
    ]  # fmt: skip


def test_the_wish_of_a_server_holds_even_when_forced(
    feed: Feed, web: Site, clock: FakeClock, pull: Pull
) -> None:
    web.say("/feed", status=429, Retry_After="7200")
    assert pull().outcome is Outcome.FAILED
    pulled = pull(force=True)
    assert pulled.outcome is Outcome.WAITING
    assert "wants no visit before 2023-11-15 00:13 UTC" in pulled.notes[0]
    clock.time += 7_201
    web.say("/feed", rss(item(1)))
    assert pull().outcome is Outcome.READ


def test_a_feed_that_has_moved_for_good_is_kept_under_its_new_address(
    store: Store, feed: Feed, web: Site, pull: Pull
) -> None:
    web.say("/feed", status=301, Location="/new")
    new = web.say("/new", rss(item(1)))
    assert f"moved for good to {new}" in pull().notes[0]
    assert store.feeds()[0].url == new


def test_a_feed_that_has_moved_for_a_while_keeps_its_address(
    store: Store, feed: Feed, web: Site, pull: Pull
) -> None:
    web.say("/feed", status=302, Location="/new")
    web.say("/new", rss(item(1)))
    assert pull().notes == []
    assert store.feeds()[0].url == feed.url


def test_a_feed_that_moves_onto_another_is_told(
    store: Store, feed: Feed, web: Site, fetcher: Fetcher, pull: Pull, tools: Tools
) -> None:
    other = web.say("/new", rss(item(1)))
    feeds.new_feed(store, other, fetcher, name="Newer")
    web.say("/feed", status=308, Location="/new")
    (pulled,) = feeds.pull(store, [feed], fetcher, tools=tools)
    assert "which is the feed 'Newer'" in pulled.notes[0]
    assert {one.url for one in store.feeds()} == {feed.url, other}


def test_a_feed_that_is_gone_is_not_asked_again(
    store: Store, feed: Feed, web: Site, clock: FakeClock, pull: Pull
) -> None:
    web.say("/feed", status=410)
    assert pull().outcome is Outcome.STOPPED
    clock.time += 10**7
    pulled = pull()
    assert (pulled.outcome, pulled.worked) == (Outcome.STOPPED, False)
    assert len(web.asked) == 1
    web.say("/feed", rss(item(1)))
    assert pull(force=True).outcome is Outcome.READ
    assert store.feeds()[0].stopped is None


# ------------------------------------------------------------ hostile and broken feeds

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><rss><channel><title>&c;</title></channel></rss>'
)


@pytest.mark.parametrize(
    ("body", "why"),
    [("", "empty"), ("no feed", "no"), ("<html><body>hello</body></html>", "no feed"),
     (BOMB, "entities"), ('{"items": []}', "no feed"), ("{", "JSON")],
)  # fmt: skip
def test_what_is_no_feed_is_told_and_counts_as_a_failure(
    store: Store, feed: Feed, web: Site, pull: Pull, body: str, why: str
) -> None:
    web.say("/feed", body, ETag='"8"')
    pulled = pull()
    assert pulled.outcome is Outcome.FAILED
    assert why in pulled.error
    assert "\n" not in pulled.error
    (kept,) = store.feeds()
    assert (kept.failures, kept.last_error, kept.etag) == (1, pulled.error, "")


def test_a_web_page_names_its_feed(feed: Feed, web: Site, pull: Pull) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/rss.xml">'
    web.say("/feed", article(more=link))
    assert f"whose feed is '{web.url}/rss.xml'" in pull().error


def test_one_bad_feed_never_stops_the_others(
    store: Store, web: Site, fetcher: Fetcher, tools: Tools
) -> None:
    web.say("/a", BOMB)
    web.say("/c", rss(item(1)))
    for path in ("/a", "/b", "/c"):
        feeds.new_feed(store, web.url + path, fetcher, name=path)
    outcomes = [one.outcome for one in feeds.pull(store, store.feeds(), fetcher, tools=tools)]
    assert outcomes == [Outcome.FAILED, Outcome.FAILED, Outcome.READ]


def test_a_day_that_is_still_to_come_is_not_believed(
    store: Store, feed: Feed, web: Site, pull: Pull
) -> None:
    web.say("/feed", rss(item(1), item(2, "A library.", day="31 Aug 2099")))
    pull()
    assert store.feeds()[0].last_item == date(2021, 8, 31)


def test_a_feed_does_not_lead_inside(store: Store, feed: Feed, web: Site, pull: Pull) -> None:
    web.say("/feed", status=302, Location="http://169.254.169.254/latest/")
    assert "169.254.169.254" in pull().error


# ------------------------------------------------------------ whole pages


def test_full_reads_the_page_that_an_item_links_to(
    store: Store, feed: Feed, web: Site, pull: Pull
) -> None:
    link = web.say("/1", article(canonical="https://wire.example/1"), Content_Type="text/html")
    web.say("/feed", rss(item(1, "Two killed.", link=link)))
    pulled = pull(full=True)
    assert (pulled.report.documents, pulled.notes) == (1, [])
    (document,) = store.documents()
    assert "near a market" in document.text
    assert document.url == "https://wire.example/1"
    assert b"<article>" in (store.original(document.document_id) or b"")
    assert pull(full=True, force=True).report.documents == 0
    assert web.asked.count("/1") == 1


@pytest.mark.parametrize("link", ["/gone", "http://127.0.0.1:1/", "http://10.0.0.1/", "/empty"])
def test_a_page_that_cannot_be_had_gives_way_to_the_item(
    store: Store, feed: Feed, web: Site, pull: Pull, link: str
) -> None:
    web.say("/empty", "<html><body></body></html>", Content_Type="text/html")
    web.say("/feed", rss(item(1, link=link if ":" in link else web.url + link)))
    pulled = pull(full=True)
    assert (pulled.report.documents, pulled.report.incidents) == (1, 1)
    assert pulled.notes[0].endswith("the feed's own words were read")


def test_many_pages_that_fail_are_told_in_few_lines(feed: Feed, web: Site, pull: Pull) -> None:
    web.say("/feed", rss(*(item(n, link=f"{web.url}/{n}") for n in range(9))))
    notes = pull(full=True).notes
    assert len(notes) == 6
    assert notes[-1] == "4 more were read as the feed gives them"


def test_a_page_read_by_hand_before_is_the_twin_of_its_item(
    store: Store, feed: Feed, web: Site, fetcher: Fetcher, tools: Tools, pull: Pull
) -> None:
    from ingest.pipeline import Report
    from ingest.web import keep, retrieve

    link = web.say("/1", article(), Content_Type="text/html")
    keep(retrieve(link, fetcher), store, Report(), lambda: tools)
    web.say("/feed", rss(item(1, link=link)))
    assert len(pull().report.duplicates) == 1


def test_health_is_kept_when_a_feed_has_no_dates(
    store: Store, feed: Feed, web: Site, pull: Pull
) -> None:
    web.say("/feed", rss("<item><guid>tag:x</guid><title>Words alone</title></item>"))
    pull()
    (kept,) = store.feeds()
    assert (kept.last_item, kept.failures) == (None, 0)
    assert replace(kept, last_item=None) == kept

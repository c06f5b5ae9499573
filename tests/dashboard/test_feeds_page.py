"""The Feeds page, and fetching on the Add page, against a real server, without a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest
from page_examples import drawn, opened_page
from streamlit.testing.v1 import AppTest  # noqa: TID251 - drives the page without a browser

from dashboard.feed_rows import rows_of, table_html
from dashboard.session import choose_project
from geodata.feeds import Feed
from geodata.store import open_store
from ingest.fetch import ALLOW_VARIABLE
from tests.local_server import FakeClock
from tests.web_feeds import STORY, article, item, rss
from tests.web_site import Site, site

HOSTILE = "<script>alert(1)</script>"
NOW = datetime(2021, 8, 31, 12, tzinfo=UTC)

Open = Callable[..., AppTest]


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr("ingest.fetch.SystemClock", FakeClock)  # its pauses take no time
    with site() as here:
        monkeypatch.setenv(ALLOW_VARIABLE, here.host)
        yield here


def keep(project: Path, *feeds: Feed) -> None:
    with open_store(project) as store, store.atomic():
        for feed in feeds:
            store.add_feed(feed)


opened = partial(opened_page, "feeds")


def press(app: AppTest, label: str) -> AppTest:
    (button,) = [one for one in app.button if one.label == label]
    return button.click().run()


# ------------------------------------------------------------ the table


def test_those_that_need_somebody_come_first() -> None:
    well = Feed(name="A", url="https://a.example/", last_success=NOW, last_item=date(2021, 8, 30))
    new = Feed(name="B", url="https://b.example/")
    bad = Feed(name="C", url="https://c.example/", failures=1, last_error="it was down")
    rows = rows_of([well, new, bad], NOW)
    assert [row.name for row in rows] == ["C", "B", "A"]
    assert rows[0].how == "Failing (once): it was down"
    assert (rows[2].newest, rows[2].asked) == ("30 Aug 2021 (yesterday)", "never")


def test_words_of_a_feed_are_only_words() -> None:
    feed = Feed(name=HOSTILE, title=HOSTILE, url=f"http://x.example/{HOSTILE}", last_error=HOSTILE)
    page = table_html(rows_of([feed, Feed(name="J", url="javascript:alert(1)")], NOW))
    assert "<script>" not in page
    assert 'href="javascript' not in page


# ------------------------------------------------------------ the page


def test_an_empty_project_says_what_to_do(project: Path) -> None:
    app = opened(project)
    assert "has no feeds yet" in drawn(app)
    assert "needs the network" in drawn(app)


def test_a_feed_is_added_and_asked_only_when_pulled(project: Path, web: Site) -> None:
    url = web.say("/feed", rss(item(1), item(2, "The council opened a library.")))
    app = opened(project)
    app.text_input(key="feeds-url").set_value(url)
    app.text_input(key="feeds-name").set_value("Wire")
    app = press(app, "Add")
    assert "Not read yet" in drawn(app)
    assert web.asked == []
    app = press(app, "Pull now")
    assert "Wire: 2 new reports with 1 incident, of 2 items" in drawn(app)
    assert web.asked == ["/feed"]
    with open_store(project, read_only=True) as store:
        assert store.count_documents() == 2


def test_looking_at_the_page_asks_nobody(project: Path, web: Site) -> None:
    keep(project, Feed(name="Wire", url=web.say("/feed", rss(item(1)))))
    opened(project).run()
    assert web.asked == []


def test_only_the_chosen_ones_are_pulled(project: Path, web: Site) -> None:
    for path in ("/a", "/b"):
        keep(project, Feed(name=path, url=web.say(path, rss(item(1)))))
    app = opened(project)
    app.multiselect(key="feeds-wanted").set_value(["/b"])
    press(app, "Pull now")
    assert web.asked == ["/b"]


def test_a_bad_feed_is_told_beside_a_good_one(project: Path, web: Site) -> None:
    keep(project, Feed(name="Good", url=web.say("/a", rss(item(1)))))
    keep(project, Feed(name="Bad", url=f"{web.url}/gone"))
    page = drawn(press(opened(project), "Pull now"))
    assert "Good: 1 new report with 1 incident" in page
    assert "no such page (HTTP 404)" in page


def test_an_address_that_is_none_is_told(project: Path) -> None:
    app = opened(project)
    app.text_input(key="feeds-url").set_value("http://localhost/feed")
    assert "is not fetched" in drawn(press(app, "Add"))


def test_a_removed_feed_can_be_brought_back(project: Path) -> None:
    keep(project, Feed(name="Wire", url="https://wire.example/", failures=3, last_error="x"))
    app = press(opened(project), "Remove")
    with open_store(project, read_only=True) as store:
        assert store.feeds() == []
    press(app, "Bring it back")
    with open_store(project, read_only=True) as store:
        assert store.feeds()[0].failures == 3


def test_a_project_for_reading_shows_feeds_and_offers_no_button(project: Path) -> None:
    keep(project, Feed(name="Wire", url="https://wire.example/"))
    app = opened(project, read_only=True)
    assert "Wire" in drawn(app)
    assert "for reading only" in drawn(app)
    assert not app.button
    assert not app.text_input


# ------------------------------------------------------------ the Add page


def add_page(project: Path, *, read_only: bool = False) -> AppTest:
    choose_project(str(project), read_only=read_only)

    def page() -> None:
        from dashboard.pages.add import render

        render()

    return AppTest.from_function(page, default_timeout=60).run()


def fetch(app: AppTest, url: str) -> AppTest:
    app.text_input(key="add-url").set_value(url)
    return app.button(key="add-fetch").click().run()


def test_a_fetched_page_fills_the_fields_and_is_saved_with_its_bytes(
    project: Path, web: Site
) -> None:
    url = web.say("/a", article(canonical="https://wire.example/a"), Content_Type="text/html")
    app = fetch(add_page(project), url)
    assert STORY in app.text_area(key="add-text").value
    assert app.text_input(key="add-title").value == "Officers killed"
    assert app.text_input(key="add-url").value == "https://wire.example/a"
    assert app.date_input(key="add-published").value == date(2021, 8, 31)
    app = app.button(key="add-read").click().run()
    app.button(key="add-save").click().run()
    with open_store(project, read_only=True) as store:
        (document,) = store.documents()
        assert b"<article>" in (store.original(document.document_id) or b"")
        assert document.retrieved is not None
        assert store.check() == []


def test_what_cannot_be_fetched_is_told(project: Path, web: Site) -> None:
    app = add_page(project)
    assert "only http:// and https:// are fetched" in drawn(fetch(app, ""))
    assert "HTTP 404" in drawn(fetch(app, f"{web.url}/gone"))
    assert "add it on the page Feeds" in drawn(fetch(app, web.say("/feed", rss(item(1)))))


def test_nothing_is_fetched_for_a_project_for_reading(project: Path) -> None:
    assert add_page(project, read_only=True).button(key="add-fetch").disabled

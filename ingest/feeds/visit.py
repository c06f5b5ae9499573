"""One reading of one feed: asked, its new items stored, its health written down."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from geodata.errors import InputError
from geodata.feeds import Feed
from geodata.incident import Document, Quarantined
from ingest.feeds.items import document_of
from ingest.fetch import AddressRefusedError, Fetched, Fetcher, FetchFailedError
from ingest.pipeline import Report, Tools
from ingest.web import keep, read_page, twin_of, without_address

if TYPE_CHECKING:
    from geodata.store import Store
    from ingest.readers.feed import FeedInfo, FeedItem

INTERVAL = timedelta(minutes=15)
"""Least time between two readings of a feed."""

FIRST_BACK_OFF = timedelta(minutes=30)
LONGEST_BACK_OFF = timedelta(days=1)
"""Pause after the first failure, doubled after each one that follows, up to this."""

MAX_NOTES = 5
"""Notes on single items that are told; the rest is counted."""

_GONE = 410
_LINK = re.compile(rb"<link\b[^>]{0,1000}>", re.IGNORECASE)
_FEED_LINK = re.compile(
    rb"type\s*=\s*[\"']?application/(?:rss|atom|feed)\+(?:xml|json)", re.IGNORECASE
)
_HREF = re.compile(rb"href\s*=\s*[\"']?([^\"'\s>]{1,1000})", re.IGNORECASE)

Progress = Callable[[str, int, int], None]
"""Called with the name of the feed, its items that are done, and all of them."""


class Outcome(StrEnum):
    """What came of asking a feed."""

    READ = "read"
    UNCHANGED = "unchanged"
    WAITING = "waiting"  # not asked: it is too early
    FAILED = "failed"
    STOPPED = "stopped"  # gone for good, now or before


@dataclass(slots=True)
class Pulled:
    """What came of one feed: how it went, its items, what was stored, and what to tell."""

    feed: Feed
    outcome: Outcome
    items: int = 0
    report: Report = field(default_factory=Report)
    notes: list[str] = field(default_factory=list)
    error: str = ""

    @property
    def worked(self) -> bool:
        """Whether there is nothing to mend."""
        return self.outcome not in (Outcome.FAILED, Outcome.STOPPED)


class Visit:
    """Reads feeds of one project; see `ingest.feeds.pull` for the parameters."""

    def __init__(
        self,
        store: Store,
        fetcher: Fetcher,
        *,
        full: bool,
        tools: Callable[[], Tools],
        progress: Progress,
    ) -> None:
        self._store = store
        self._fetcher = fetcher
        self._full = full
        self._tools = tools
        self._progress = progress

    def run(self, feed: Feed, now: datetime) -> Pulled:
        """Ask one feed, store its new items, and give the feed as it is afterwards."""
        pulled = Pulled(replace(feed, last_checked=now), Outcome.READ)
        try:
            page = self._fetcher.fetch(feed.url, etag=feed.etag, last_modified=feed.last_modified)
            if page.unchanged:
                pulled.outcome = Outcome.UNCHANGED
            else:
                self._read(pulled, page, now)
        except (FetchFailedError, InputError) as error:
            _fail(pulled, error, now)
        else:
            _succeed(pulled, page, now)
            self._move(pulled, page)
        return pulled

    def _read(self, pulled: Pulled, page: Fetched, now: datetime) -> None:
        from ingest.readers.feed import items

        try:
            info, found = items(page.body, page.url)
        except InputError as error:
            raise InputError(f"{page.url!r} was not read: {error}{_hint(page)}") from error
        pulled.items = len(found)
        dates = [one.published.date() for one in found if one.published]
        if pulled.feed.last_item:
            dates.append(pulled.feed.last_item)
        # A day that is still to come is a slip of the feed's clock.
        newest = max((day for day in dates if day <= now.date() + timedelta(days=1)), default=None)
        pulled.feed = replace(pulled.feed, title=info.title, last_item=newest)
        fell_back: list[str] = []
        for number, item in enumerate(found):
            self._progress(pulled.feed.name, number, len(found))
            one = self._retrieved(item, info, page, fell_back)
            keep([one], self._store, pulled.report, self._tools)
        self._progress(pulled.feed.name, len(found), len(found))
        pulled.notes += fell_back[:MAX_NOTES]
        if len(fell_back) > MAX_NOTES:
            more = len(fell_back) - MAX_NOTES
            pulled.notes.append(f"{more:,} more were read as the feed gives them")

    def _retrieved(
        self, item: FeedItem, info: FeedInfo, page: Fetched, fell_back: list[str]
    ) -> Document | Quarantined:
        own = document_of(item, info, page)
        if not self._full or not item.url or isinstance(own, Quarantined):
            return own
        if twin_of(self._store, own) is not None:
            return own  # known: no need to fetch its page
        try:
            whole = next(read_page(self._fetcher.fetch(item.url, via=page.url)))
        except (AddressRefusedError, FetchFailedError) as error:
            fell_back.append(f"{error}; the feed's own words were read")
            return own
        if isinstance(whole, Quarantined):
            fell_back.append(f"{whole.reason}; the feed's own words were read")
            return own
        return replace(
            whole,
            document_id=own.document_id,
            title=whole.title or own.title,
            outlet=whole.outlet or own.outlet,
            published=whole.published or own.published,
        )

    def _move(self, pulled: Pulled, page: Fetched) -> None:
        """Follow a feed that has moved for good, and tell."""
        if not page.moved_to or page.moved_to == pulled.feed.url:
            return
        other = next((one for one in self._store.feeds() if one.url == page.moved_to), None)
        if other is not None:
            pulled.notes.append(f"it has moved to {page.moved_to}, which is the feed "
                                f"{other.name!r}: remove one of them")  # fmt: skip
            return
        pulled.notes.append(f"it has moved for good to {page.moved_to}; kept under that address")
        pulled.feed = replace(pulled.feed, url=page.moved_to)


def _succeed(pulled: Pulled, page: Fetched, now: datetime) -> None:
    feed = pulled.feed
    pulled.feed = replace(
        feed,
        last_success=now,
        etag=page.etag or (feed.etag if page.unchanged else ""),
        last_modified=page.last_modified or (feed.last_modified if page.unchanged else ""),
        last_error="",
        failures=0,
        failing_since=None,
        next_allowed=now + INTERVAL,
        asked_until=None,
        stopped=None,
    )


def _fail(pulled: Pulled, error: Exception, now: datetime) -> None:
    feed, wish = pulled.feed, None
    gone = False
    if isinstance(error, FetchFailedError):
        wish = error.retry_after
        gone = error.status == _GONE
    pulled.error = without_address(str(error), feed.url)
    pulled.outcome = Outcome.STOPPED if gone else Outcome.FAILED
    pulled.feed = replace(
        feed,
        last_error=pulled.error,
        failures=feed.failures + 1,
        failing_since=feed.failing_since or now,
        next_allowed=now + back_off(feed.failures + 1),
        asked_until=None if wish is None else now + timedelta(seconds=wish),
        stopped=now if gone else feed.stopped,
    )


def back_off(failures: int) -> timedelta:
    """Pause after so many failures in a row."""
    factor: int = 2 ** min(max(failures - 1, 0), 20)
    return min(FIRST_BACK_OFF * factor, LONGEST_BACK_OFF)


def _hint(page: Fetched) -> str:
    """Name the feed that a web page points to, for one who gave the page's address."""
    from urllib.parse import urljoin

    for link in _LINK.finditer(page.body[:200_000]):
        href = _HREF.search(link.group())
        if href and _FEED_LINK.search(link.group()):
            try:
                found = urljoin(page.url, href[1].decode("ascii", "replace"))
            except ValueError:
                continue
            return f"; it is a web page, whose feed is {found[:300]!r}"
    return ""

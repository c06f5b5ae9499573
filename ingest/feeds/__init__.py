"""Feeds of a project: added, read politely, their health written down.

A feed is asked again after `INTERVAL`, after a failure ever later, and never before the server
wishes. What it gives is read like any report; an item that the project holds is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from geodata.errors import InputError
from geodata.feeds import MAX_FEED_NAME, Feed
from geodata.filters import spoken_date
from ingest.feeds.visit import INTERVAL, Outcome, Progress, Pulled, Visit
from ingest.fetch import Fetcher
from ingest.fetch._pace import moment_words
from ingest.pipeline import Tools, project_tools

if TYPE_CHECKING:
    from geodata.store import Store

__all__ = ["INTERVAL", "Outcome", "Progress", "Pulled", "chosen", "new_feed", "pull"]


def new_feed(store: Store, url: str, fetcher: Fetcher, *, name: str = "") -> Feed:
    """Add a feed to the project without asking it; its first reading says what it is.

    Raises
    ------
    InputError
        The address is never fetched, or the project has the address or the name.
    """
    address = fetcher.checked_address(url)
    wanted = name or re.sub(r"^www\.", "", address.host)[: MAX_FEED_NAME - 4]
    taken = {feed.name.casefold() for feed in store.feeds()}
    free = wanted
    for number in range(2, 1_000):
        if name or free.casefold() not in taken:
            break
        free = f"{wanted} {number}"
    with store.atomic():
        return store.add_feed(Feed(name=free, url=address.url))


def chosen(store: Store, wanted: Sequence[str]) -> list[Feed]:
    """Give the feeds with these names or addresses, once each; all of them for none.

    Raises
    ------
    InputError
        The project has no feed, or none of this name.
    """
    known = store.feeds()
    if not known:
        raise InputError("the project has no feeds; add one with: incidents feeds add URL")
    if not wanted:
        return known
    found: dict[str, Feed] = {}
    for words in wanted:
        feed = next(
            (one for one in known if words in (one.name, one.url)),
            next((one for one in known if words.casefold() == one.name.casefold()), None),
        )
        if feed is None:
            names = ", ".join(repr(one.name) for one in known[:10])
            raise InputError(f"no feed {words[:200]!r} in the project; there are {names}")
        found[feed.name] = feed
    return list(found.values())


def pull(
    store: Store,
    feeds: Sequence[Feed],
    fetcher: Fetcher,
    *,
    full: bool = False,
    force: bool = False,
    tools: Tools | None = None,
    progress: Progress = lambda _name, _done, _all: None,
) -> Iterator[Pulled]:
    """Read feeds one after the other and store their new items; a bad one never stops the rest.

    Parameters
    ----------
    full
        Fetch the page that each new item links to; where that fails, the item's own text is
        read, and a note says so.
    force
        Ask also where it is early, and where the feed has been gone; a server's own wish to be
        left alone holds.
    """
    give = cache(lambda: tools or project_tools(store))
    for feed in feeds:
        now = datetime.fromtimestamp(fetcher.clock.now(), UTC)
        early = _too_early(feed, now, force=force)
        if early is not None:
            yield early
            continue
        pulled = Visit(store, fetcher, full=full, tools=give, progress=progress).run(feed, now)
        with store.atomic():
            store.keep_feed(pulled.feed)
        yield pulled


def _too_early(feed: Feed, now: datetime, *, force: bool) -> Pulled | None:
    if feed.asked_until is not None and feed.asked_until > now:
        until = moment_words(feed.asked_until.timestamp())
        return Pulled(feed, Outcome.WAITING, notes=[f"its server wants no visit before {until}"])
    if force:
        return None
    if feed.stopped is not None:
        words = f"gone for good since {spoken_date(feed.stopped.date())}; it is not asked again"
        return Pulled(feed, Outcome.STOPPED, error=words)
    if feed.next_allowed is not None and feed.next_allowed > now:
        until = moment_words(feed.next_allowed.timestamp())
        why = "it failed" if feed.failures else "it was read"
        words = f"{why} a short while ago, and may be asked again after {until}"
        return Pulled(feed, Outcome.WAITING, notes=[words])
    return None

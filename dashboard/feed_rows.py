"""Feeds in the words of the page Feeds: rows of its table, and what came of a pull."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from dashboard._draw import web_link
from geodata.filters import spoken_date
from ingest.feeds.health import ago, health, moment_ago, pulled_words, silent_days
from ingest.fetch import ALLOW_VARIABLE, Fetcher

if TYPE_CHECKING:
    from geodata.feeds import Feed
    from ingest.feeds import Pulled

_HEADS = ("Feed", "How it is", "Newest item", "Asked last")


@dataclass(frozen=True, slots=True)
class FeedRow:
    """One feed as the table shows it; `level` is good, note, warning or error."""

    name: str
    title: str
    url: str
    level: str
    how: str
    newest: str
    asked: str


def rows_of(feeds: Sequence[Feed], now: datetime) -> list[FeedRow]:
    """Write feeds down as they are at a moment, those that need somebody first."""
    order = {"error": 0, "warning": 1, "note": 2, "good": 3}
    rows = [_row(feed, now) for feed in feeds]
    return sorted(rows, key=lambda row: order[row.level])


def _row(feed: Feed, now: datetime) -> FeedRow:
    found = health(feed, now)
    quiet = silent_days(feed, now)
    newest = "none yet"
    if feed.last_item is not None and quiet is not None:
        newest = f"{spoken_date(feed.last_item)} ({ago(quiet)})" if quiet else "today"
    return FeedRow(
        name=feed.name,
        title=feed.title if feed.title != feed.name else "",
        url=feed.url,
        level=found.level,
        how=found.words[:1].upper() + found.words[1:],
        newest=newest,
        asked=moment_ago(feed.last_checked, now),
    )


def table_html(rows: Sequence[FeedRow]) -> str:
    """Feeds as a table; every cell is somebody's text."""
    head = "".join(f"<th>{words}</th>" for words in _HEADS)
    body = "".join(
        f'<tr><td dir="auto"><strong>{escape(row.name)}</strong>'
        f'<span class="fact-note">{escape(row.title)}</span>'
        f'<span class="fact-note">{web_link(row.url, row.url)}</span></td>'
        f'<td><span class="feed-health feed-{row.level}">{escape(row.how)}</span></td>'
        f"<td>{escape(row.newest)}</td><td>{escape(row.asked)}</td></tr>"
        for row in rows
    )
    return (
        '<table class="places-table feeds-table"><thead>'
        f"<tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def outcome_lines(pulled: Sequence[Pulled]) -> list[tuple[str, str]]:
    """Say what came of a pull: kind of notice and words, one line a feed."""
    return [_outcome(one) for one in pulled]


def _outcome(pulled: Pulled) -> tuple[str, str]:
    name = pulled.feed.name
    if not pulled.worked:
        return "error", f"{name}: {pulled.error}"
    words = f"{name}: {pulled_words(pulled)}"
    if pulled.notes:
        words += f"; {'; '.join(pulled.notes)}"
    if pulled.report.quarantined:
        return "warning", words
    return ("good" if pulled.report.documents else "note"), words


def fetcher() -> Fetcher:
    """Give the one fetcher of this process, so that all sessions keep one pace at a host."""
    return _fetcher(os.environ.get(ALLOW_VARIABLE, ""))


@lru_cache(maxsize=1)
def _fetcher(allowed: str) -> Fetcher:
    return Fetcher(allowed=allowed.split(","))

"""How a feed is, in plain words: read well, silent, failing, gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from geodata.feeds import Feed
from geodata.filters import spoken_date

if TYPE_CHECKING:
    from ingest.feeds import Pulled

SILENT_DAYS = 7
"""Days without a new item after which a feed is called silent."""


@dataclass(frozen=True, slots=True)
class Health:
    """State of a feed: `level` is good, note, warning or error; `words` say it."""

    level: str
    words: str


def health(feed: Feed, now: datetime) -> Health:
    """Say how a feed is at a moment (with its zone)."""
    if feed.stopped is not None:
        day = spoken_date(feed.stopped.date())
        return Health("error", f"gone for good since {day}; remove it, or add its new address")
    if feed.failures:
        since = f" since {spoken_date(feed.failing_since.date())}" if feed.failing_since else ""
        times = "once" if feed.failures == 1 else f"{feed.failures:,} times"
        return Health("error", f"failing{since} ({times}): {feed.last_error}")
    if feed.last_success is None:
        return Health("note", "not read yet")
    quiet = silent_days(feed, now)
    if quiet is None:
        return Health("warning", "it works, and has had no dated item yet")
    if quiet > SILENT_DAYS:
        return Health("warning", f"silent for {quiet:,} days")
    return Health("good", f"well; last item {ago(quiet)}")


def silent_days(feed: Feed, now: datetime) -> int | None:
    """Whole days since the newest item; None where no item has said its day."""
    if feed.last_item is None:
        return None
    return max((now.astimezone(UTC).date() - feed.last_item).days, 0)


def ago(days: int) -> str:
    """Write a number of days as ``today``, ``yesterday``, ``3 days ago``."""
    return {0: "today", 1: "yesterday"}.get(days, f"{days:,} days ago")


def moment_ago(when: datetime | None, now: datetime) -> str:
    """Write how long ago a moment was: ``never``, ``5 minutes ago``, ``3 days ago``."""
    if when is None:
        return "never"
    seconds = (now - when).total_seconds()
    if seconds < 90:
        return "just now"
    if seconds < 5_400:
        return f"{round(seconds / 60)} minutes ago"
    if seconds < 36 * 3_600:
        return f"{round(seconds / 3_600)} hours ago"
    return f"{round(seconds / 86_400):,} days ago"


def pulled_words(pulled: Pulled) -> str:
    """Say in words what came of asking a feed that worked."""
    report = pulled.report
    if pulled.outcome == "unchanged":
        return "nothing new"
    if pulled.outcome == "waiting":
        return "not asked"
    if not report.documents and not report.quarantined:
        return f"nothing new among {_count(pulled.items, 'item')}"
    words = (
        f"{_count(report.documents, 'new report')} with {_count(report.incidents, 'incident')},"
        f" of {_count(pulled.items, 'item')}"
    )
    if report.unsupported:
        codes = ", ".join(sorted({one.language for one in report.unsupported}))
        words += f"; {len(report.unsupported):,} in a language not supported ({codes})"
    refused = len(report.quarantined)
    return f"{words}; {_count(refused, 'item')} quarantined" if refused else words


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")

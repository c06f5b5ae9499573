"""What a project knows of a feed that it reads: where it is, and how the last readings went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

MAX_FEED_NAME = 80
"""Longest name of a feed, in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One feed of a project. Moments are in UTC; None where it has not happened.

    `title` is what the feed calls itself, `name` what the project does. `etag` and
    `last_modified` are the server's words of the last answer. `last_item` is the day of the
    newest item. `failures` counts those in a row, which began at `failing_since`, and
    `last_error` says the latest. `next_allowed` is when it may be asked again of our own manners,
    `asked_until` when by the server's wish, `stopped` when it was found gone for good.
    """

    name: str
    url: str
    title: str = ""
    etag: str = ""
    last_modified: str = ""
    added: datetime | None = None
    last_checked: datetime | None = None
    last_success: datetime | None = None
    last_item: date | None = None
    last_error: str = ""
    failures: int = 0
    failing_since: datetime | None = None
    next_allowed: datetime | None = None
    asked_until: datetime | None = None
    stopped: datetime | None = None

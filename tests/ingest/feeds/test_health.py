"""The health of a feed in plain words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from geodata.feeds import Feed
from ingest.feeds.health import health, moment_ago

NOW = datetime(2021, 8, 31, 12, tzinfo=UTC)
FEED = {"name": "Wire", "url": "https://wire.example/", "last_success": NOW}


@pytest.mark.parametrize(
    ("values", "level", "words"),
    [
        ({"last_success": None}, "note", "not read yet"),
        ({}, "warning", "it works, and has had no dated item yet"),
        ({"last_item": date(2021, 8, 31)}, "good", "well; last item today"),
        ({"last_item": date(2021, 9, 1)}, "good", "well; last item today"),
        ({"last_item": date(2021, 8, 30)}, "good", "well; last item yesterday"),
        ({"last_item": date(2021, 8, 24)}, "good", "well; last item 7 days ago"),
        ({"last_item": date(2021, 8, 23)}, "warning", "silent for 8 days"),
        ({"failures": 1, "last_error": "it was down"}, "error", "failing (once): it was down"),
        (
            {"failures": 3, "last_error": "it was down", "failing_since": NOW},
            "error",
            "failing since 31 Aug 2021 (3 times): it was down",
        ),
        (
            {"failures": 1, "stopped": NOW},
            "error",
            "gone for good since 31 Aug 2021; remove it, or add its new address",
        ),
    ],
)
def test_health_in_words(values: dict[str, object], level: str, words: str) -> None:
    found = health(Feed(**(FEED | values)), NOW)
    assert (found.level, found.words) == (level, words)


@pytest.mark.parametrize(
    ("ago", "words"),
    [(timedelta(seconds=5), "just now"), (timedelta(minutes=5), "5 minutes ago"),
     (timedelta(hours=5), "5 hours ago"), (timedelta(days=5), "5 days ago"),
     (-timedelta(hours=1), "just now")],
)  # fmt: skip
def test_how_long_ago(ago: timedelta, words: str) -> None:
    assert moment_ago(NOW - ago, NOW) == words
    assert moment_ago(None, NOW) == "never"

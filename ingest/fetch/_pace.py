"""Politeness: one request at a time at each host, a pause between two, and the host's own wish."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Lock

from ingest.clock import Clock
from ingest.fetch.errors import FetchFailedError

PAUSE_S = 1.0
"""Seconds between two requests to one host."""

LONGEST_WAIT_S = 30.0
"""A host that asks for a longer pause is left alone, and the caller told when to come back."""

LONGEST_RETRY_S = 7 * 86_400.0
"""Longest wish of a server that is believed: a week."""


@dataclass(slots=True)
class _Host:
    lock: Lock = field(default_factory=Lock)
    free_at: float = 0.0


class Pace:
    """When the next request may be sent to a host; may be shared by threads."""

    def __init__(self, clock: Clock, pause_s: float = PAUSE_S) -> None:
        self._clock = clock
        self._pause = pause_s
        self._hosts: dict[str, _Host] = {}
        self._lock = Lock()

    @contextmanager
    def turn(self, name: str) -> Iterator[None]:
        """Wait for the host's turn, and let the next one wait for this one and the pause.

        Raises
        ------
        FetchFailedError
            The host has asked for a pause that is too long to wait for here.
        """
        with self._lock:
            host = self._hosts.setdefault(name, _Host())
        with host.lock:
            wait = host.free_at - self._clock.now()
            if wait > LONGEST_WAIT_S:
                raise FetchFailedError(
                    f"{name!r} asked us to come back after {moment_words(host.free_at)}",
                    status=429,
                    retry_after=wait,
                )
            if wait > 0:
                self._clock.sleep(wait)
            try:
                yield
            finally:
                host.free_at = max(host.free_at, self._clock.now() + self._pause)

    def hold(self, name: str, seconds: float) -> None:
        """Leave a host alone for some seconds, as it wished."""
        with self._lock:
            host = self._hosts.setdefault(name, _Host())
        host.free_at = max(host.free_at, self._clock.now() + seconds)


def retry_after(value: str | None, now: float) -> float | None:
    """Read ``Retry-After``: seconds or a date (RFC 9110, 10.2.3); None where it says nothing."""
    if not value:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        seconds = float(text[:9])
    else:
        try:
            when = parsedate_to_datetime(text)
        except (TypeError, ValueError, OverflowError):
            return None
        seconds = (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp() - now
    return min(max(seconds, 0.0), LONGEST_RETRY_S)


def moment_words(seconds: float) -> str:
    """Write a Unix time as ``2021-08-31 14:05 UTC``."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC")

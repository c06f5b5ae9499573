"""How fast a table is read, in words, for the bar of a terminal and of the page."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.tables.importing import Done

_LEAST_S = 0.001
_LONG_S = 90


class Pace:
    """Rows a second in this run; rows that the project has already do not count."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began = clock()
        self._rows, self._share = 0, 0.0

    def words(self, done: Done) -> str:
        """Say the pace so far, or that an earlier import goes on."""
        if done.rows <= done.resumed:
            self._began, self._rows, self._share = self._clock(), done.rows, done.share
            return f"going on at row {done.resumed + 1:,}"
        return f"{(done.rows - self._rows) / self._seconds():,.0f} rows/s"

    def left(self, done: Done) -> str:
        """Say about how long the rest takes; empty where nothing tells yet."""
        read = done.share - self._share
        if done.rows <= done.resumed or read <= 0 or done.share >= 1:
            return ""
        seconds = self._seconds() * (1 - done.share) / read
        if seconds > _LONG_S:
            return f"about {seconds / 60:.0f} min left"
        return f"about {max(round(seconds), 1)} s left"

    def _seconds(self) -> float:
        return max(self._clock() - self._began, _LEAST_S)

"""The map before the lists: a page that shows another filter waits a moment for its map.

The map's frame asks for a filter as soon as the address of the page says it
(`assets/atlas/address.js`). What the page sends of itself keeps the browser busy for longer than
the map takes, so that a map whose answer comes after it would be drawn after it.
"""

from __future__ import annotations

import time
from collections import Counter, OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

from geodata.filters import Filter

ASKS_WITHIN = 0.15
"""Seconds in which a map that follows the address has asked."""

ANSWERS_WITHIN = 0.3
"""Seconds after which the page goes on without it."""

_KEPT = 64


class MapAnswers:
    """Which filters maps are asking for; shared by the routes, which say, and the pages."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._under_way: Counter[Filter] = Counter()
        self._ended: OrderedDict[Filter, float] = OrderedDict()

    @contextmanager
    def answering(self, where: Filter) -> Iterator[None]:
        """Say that a map waits for what the block makes."""
        with self._changed:
            self._under_way[where] += 1
            self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._under_way -= Counter((where,))
                self._ended[where] = time.monotonic()
                self._ended.move_to_end(where)
                while len(self._ended) > _KEPT:
                    self._ended.popitem(last=False)
                self._changed.notify_all()

    def wait_for(self, where: Filter, *, since: float) -> bool:
        """Wait until a map that asked after `since` (`time.monotonic`) has its answer.

        Returns at once when it has it, and after `ASKS_WITHIN` when none asks. Gives whether one
        was answered.
        """

        def asked() -> bool:
            return self._under_way[where] > 0 or self._ended.get(where, since - 1) >= since

        with self._changed:
            if not self._changed.wait_for(asked, ASKS_WITHIN):
                return False
            return self._changed.wait_for(lambda: not self._under_way[where], ANSWERS_WITHIN)


map_answers = MapAnswers()
"""Of this process: its routes and pages are one program."""

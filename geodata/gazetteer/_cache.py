"""A cache of lookups whose size is counted in entries, not in calls.

A name may have one bearer or two thousand: counting calls, as `functools.lru_cache` does, would
bound nothing.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sized
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V", bound=Sized)


class EntryCache(Generic[K, V]):
    """Remembers the answers of a function until they hold more than `most` entries.

    The longest unused go first; an empty answer counts as one. Threads may share it.
    """

    def __init__(self, function: Callable[[K], V], most: int) -> None:
        self._function = function
        self._most = most
        self._held = 0
        self._answers: OrderedDict[K, V] = OrderedDict()
        self._lock = threading.Lock()

    def remembered(self, key: K) -> V | None:
        """Give the answer that is in memory; None where there is none."""
        return self._answers.get(key)

    def __call__(self, key: K) -> V:
        """Answer from memory, or ask the function."""
        with self._lock:
            answer = self._answers.get(key)
            if answer is not None:
                self._answers.move_to_end(key)
                return answer
        answer = self._function(key)
        with self._lock:
            if key not in self._answers:
                self._answers[key] = answer
                self._held += max(1, len(answer))
                while self._held > self._most and len(self._answers) > 1:
                    _, oldest = self._answers.popitem(last=False)
                    self._held -= max(1, len(oldest))
        return answer

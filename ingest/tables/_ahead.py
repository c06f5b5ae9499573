"""Work done ahead in another thread, so that one core reads rows while another stores them."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass
from queue import Full, Queue
from threading import Event, Thread
from typing import Generic, TypeVar

T = TypeVar("T")

_WAIT_S = 0.2


class _Line(Generic[T]):
    """What one thread puts in and another takes out, in order, never more than a few items."""

    def __init__(self, depth: int) -> None:
        self.items: Queue[T | _End] = Queue(depth)
        self.stopped = Event()

    def fill(self, items: Iterable[T]) -> None:
        """Put all items in, then the end with what was raised, until nobody asks any more."""
        end = _End()
        try:
            for item in items:
                if not self._put(item):
                    return
        except BaseException as error:  # noqa: BLE001 - raised again in the caller's thread
            end = _End(error)
        self._put(end)

    def _put(self, item: T | _End) -> bool:
        while not self.stopped.is_set():
            try:
                self.items.put(item, timeout=_WAIT_S)
            except Full:
                continue
            return True
        return False


@dataclass(frozen=True, slots=True)
class _End:
    """The end of a stream, and what it raised."""

    error: BaseException | None = None


def ahead(items: Iterable[T], *, depth: int = 2) -> Generator[T, None, None]:
    """Give the items of a stream, of which `depth` are made ahead.

    What the stream raises is raised here, in its place. The thread ends with the stream, or soon
    after the caller stops asking.
    """
    line: _Line[T] = _Line(depth)
    Thread(target=line.fill, args=(items,), daemon=True, name="read-ahead").start()
    try:
        while not isinstance(item := line.items.get(), _End):
            yield item
        if item.error is not None:
            raise item.error
    finally:
        line.stopped.set()

"""Keep what a store answered for as long as the project stays as it is.

The answers are shared by every session and route of the process, so that ten people who look at
the same view ask the store once.
"""

from __future__ import annotations

import functools
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from geodata.store import Store

Args = ParamSpec("Args")
Answer = TypeVar("Answer")

_Asked = Callable[Concatenate["Store", Args], Answer]


class _Slot(Generic[Answer]):
    """One answer, asked for by the first who needs it while the others wait."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.answers: list[Answer] = []  # one, once it is there


_looks = threading.local()


@contextmanager
def one_look() -> Iterator[None]:
    """Let this thread ask only once in the block whether a project has changed.

    Asking is quick, but gives way to other threads, which may keep the interpreter for
    milliseconds: with ten people at one project most of a page's time was that. Not for a block
    that changes the project and shows what it changed.
    """
    outer = getattr(_looks, "revisions", None)
    _looks.revisions = WeakKeyDictionary() if outer is None else outer
    try:
        yield
    finally:
        _looks.revisions = outer


def revision_of(store: Store) -> Hashable:
    """Give what differs after any change of a project."""
    seen: WeakKeyDictionary[Store, int] | None = getattr(_looks, "revisions", None)
    if seen is None:
        return store.revision()
    if store not in seen:
        seen[store] = store.revision()
    return seen[store]


def remembered(
    size: int, *, per: Callable[[Store], Hashable] = revision_of
) -> Callable[[_Asked[Args, Answer]], _Asked[Args, Answer]]:
    """Keep the last `size` answers of a function of a store and hashable arguments.

    An answer is forgotten when `per` gives something else: by default after any change of the
    project. It is shared: callers must not alter it.
    """

    def wrap(ask: _Asked[Args, Answer]) -> _Asked[Args, Answer]:
        kept: WeakKeyDictionary[Store, OrderedDict[Any, _Slot[Answer]]] = WeakKeyDictionary()
        lock = Lock()

        @functools.wraps(ask)
        def asked(store: Store, /, *args: Args.args, **kwargs: Args.kwargs) -> Answer:
            # What it is kept per is read first: a change while we ask makes the answer one too
            # new, and the next question, at the next revision, asks again.
            key = (per(store), args, tuple(sorted(kwargs.items())))
            with lock:
                slots = kept.setdefault(store, OrderedDict())
                slot = slots.setdefault(key, _Slot())
                slots.move_to_end(key)
                while len(slots) > size:
                    slots.popitem(last=False)
            with slot.lock:
                if not slot.answers:
                    slot.answers.append(ask(store, *args, **kwargs))
                return slot.answers[0]

        return asked

    return wrap

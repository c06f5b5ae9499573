"""Keep what a store answered for as long as the project stays as it is.

The answers are shared by every session and route of the process, so that ten people who look at
the same view ask the store once.
"""

from __future__ import annotations

import functools
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from geodata.store import Store

Args = ParamSpec("Args")
Answer = TypeVar("Answer")

_Asked = Callable[Concatenate["Store", Args], Answer]


def remembered(size: int) -> Callable[[_Asked[Args, Answer]], _Asked[Args, Answer]]:
    """Keep the last `size` answers of a function of a store and hashable arguments.

    An answer is forgotten when `Store.revision` changes. It is shared: callers must not alter it.
    """

    def wrap(ask: _Asked[Args, Answer]) -> _Asked[Args, Answer]:
        kept: WeakKeyDictionary[Store, OrderedDict[Any, Answer]] = WeakKeyDictionary()
        lock = Lock()

        @functools.wraps(ask)
        def asked(store: Store, /, *args: Args.args, **kwargs: Args.kwargs) -> Answer:
            # The revision is read first: a change while we ask makes the answer one too new, and
            # the next question, at the next revision, asks again.
            key = (store.revision(), args, tuple(sorted(kwargs.items())))
            with lock:
                answers = kept.setdefault(store, OrderedDict())
                if key in answers:
                    answers.move_to_end(key)
                    return answers[key]
            answer = ask(store, *args, **kwargs)
            with lock:
                answers[key] = answer
                while len(answers) > size:
                    answers.popitem(last=False)
            return answer

        return asked

    return wrap

"""Worker processes that may die: each task is answered, or its loss is told with the reason.

A worker that dies is replaced. The task it was at is tried once more, because whoever killed it
(the memory killer of the system, a hand) may not have meant the task; tasks that only waited are
given to others. A task that kills its worker again, or needs more than `Limits.seconds` of
processor time, is given up as `Lost`. Answers come in the order of the tasks.

Workers start anew ("spawn"): a forked child would share this process's open database handles.
They heed no Ctrl-C, which a terminal sends to all: this process decides, and a worker whose
parent is gone ends at once.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from geodata.errors import AtlasError, MissingPartError

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

Task = TypeVar("Task")
Answer = TypeVar("Answer")

IN_HAND = 4
"""Tasks given to a worker at a time: it need not wait while this process writes."""

MAX_AHEAD = 1_000
MAX_AHEAD_WEIGHT = 50_000_000
"""Tasks, and the sum of their weights, that are under way at a time: bounds the memory."""

MAX_DEATHS = 2
MAX_FAILED_STARTS = 3
CRASHED = 70  # EX_SOFTWARE of sysexits.h

_STARTED = "started"
_REFUSED = "refused"
_ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one worker may use.

    `seconds` is processor time for one task, which a busy machine does not use up. Above
    `memory` bytes of private data the worker's own requests fail (`MemoryError`); it is replaced
    between two tasks once it holds more than `keep` bytes.
    """

    seconds: float = 60.0
    memory: int = 1_000_000_000
    keep: int = 300_000_000


@dataclass(frozen=True, slots=True)
class Lost:
    """Instead of the answer to a task that no worker could answer: why."""

    reason: str


@dataclass(slots=True)
class _Job(Generic[Task]):
    number: int
    task: Task
    weight: int
    deaths: int = 0


@dataclass(slots=True)
class _Worker(Generic[Task]):
    process: SpawnProcess
    connection: Connection
    jobs: deque[_Job[Task]] = field(default_factory=deque)
    started: bool = False


class Workers(Generic[Task, Answer]):
    """Processes that answer tasks; use it as a context, which ends them.

    Parameters
    ----------
    count
        Number of processes.
    make
        Called once in each process; gives the function that answers a task. It is pickled.
    weigh
        Weight of a task, against `MAX_AHEAD_WEIGHT`.
    pack
        What of a task is sent to a worker.
    """

    def __init__(
        self,
        count: int,
        make: Callable[[], Callable[[Task], Answer]],
        *,
        weigh: Callable[[Task], int] = lambda _: 0,
        pack: Callable[[Task], Task] = lambda task: task,
        limits: Limits | None = None,
    ) -> None:
        self._count = count
        self._make = make
        self._weigh = weigh
        self._pack = pack
        self._limits = limits or Limits()
        self._workers: list[_Worker[Task]] = []
        self._waiting: deque[_Job[Task]] = deque()
        self._done: dict[int, tuple[_Job[Task], Answer | Lost]] = {}
        self._taken = self._given = self._weight = 0
        self._failed_starts = 0

    def __enter__(self) -> Workers[Task, Answer]:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def pids(self) -> list[int]:
        """Process ids of the workers."""
        return [worker.process.pid or 0 for worker in self._workers]

    def answers(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Answer | Lost]]:
        """Give tasks with their answers, in their order; more are taken only as room is made.

        Raises
        ------
        AtlasError
            What `make` raised, or the processes die before they begin.
        """
        coming = iter(tasks)
        more = True
        while more or self._given < self._taken:
            room = self._taken - self._given < MAX_AHEAD and self._weight < MAX_AHEAD_WEIGHT
            if more and room:  # one at a time: reading ahead keeps nobody waiting
                more = self._take(coming)
            self._hand_out()
            busy = (more and room) or self._given in self._done
            self._receive(0.0 if busy else None)
            if self._given in self._done:
                job, answer = self._done.pop(self._given)
                self._weight -= job.weight
                self._given += 1
                yield job.task, answer

    def close(self) -> None:
        """End the processes; what they have in hand is dropped."""
        workers, self._workers = self._workers, []
        for worker in workers:
            worker.connection.close()  # at which a worker ends, whatever it is doing
        for worker in workers:
            worker.process.join(2.0)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()

    def _take(self, coming: Iterator[Task]) -> bool:
        for task in coming:
            job = _Job(self._taken, task, self._weigh(task))
            self._taken += 1
            self._weight += job.weight
            self._waiting.append(job)
            return True
        return False

    def _hand_out(self) -> None:
        wanted = min(self._count - len(self._workers), len(self._waiting))
        self._workers += [self._start() for _ in range(wanted)]
        for worker in sorted(self._workers, key=lambda worker: len(worker.jobs)):
            while self._waiting and len(worker.jobs) < IN_HAND:
                job = self._waiting.popleft()
                worker.jobs.append(job)
                # A worker that is gone is seen, with its jobs, when it is listened to.
                with suppress(BrokenPipeError, ConnectionResetError):
                    worker.connection.send(self._pack(job.task))

    def _start(self) -> _Worker[Task]:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs,), daemon=True)
        with _deaf():
            process.start()
        theirs.close()
        with suppress(BrokenPipeError, ConnectionResetError):
            ours.send((self._make, self._limits))
        return _Worker(process, ours)

    def _receive(self, seconds: float | None) -> None:
        """Take what the workers have said; waits for a word of one unless told how long."""
        if not self._workers:
            return
        by_connection = {worker.connection: worker for worker in self._workers}
        for ready in wait(list(by_connection), seconds):
            worker = by_connection[ready]  # type: ignore[index]
            try:
                word, value = worker.connection.recv()
            except (EOFError, ConnectionResetError, BrokenPipeError):
                self._bury(worker)
            else:
                self._heed(worker, word, value)

    def _heed(self, worker: _Worker[Task], word: str, value: Any) -> None:
        if word == _REFUSED:
            raise value
        if word == _STARTED:
            worker.started = True
            self._failed_starts = 0
            return
        answer, leaving = value
        self._settle(worker.jobs.popleft(), answer)
        if leaving:  # it answers nothing more: what waits in its hand goes to others
            self._dismiss(worker)

    def _settle(self, job: _Job[Task], answer: Answer | Lost) -> None:
        self._done[job.number] = (job, answer)

    def _bury(self, worker: _Worker[Task]) -> None:
        """Judge the job that a dead worker was at; the others are given back."""
        worker.process.join()
        how = _how_ended(worker.process)
        if not worker.started:
            self._failed_starts += 1
            if self._failed_starts >= MAX_FAILED_STARTS:
                raise MissingPartError(
                    f"worker processes end before they begin ({how}): free some memory, or run"
                    " with --workers 1"
                )
        elif worker.jobs and (reason := self._given_up(worker, worker.jobs[0], how)):
            job = worker.jobs.popleft()
            self._settle(job, Lost(reason))
        self._dismiss(worker)

    def _given_up(self, worker: _Worker[Task], job: _Job[Task], how: str) -> str:
        """Why a job is not tried again; empty when it is."""
        job.deaths += 1
        if sys.platform != "win32" and worker.process.exitcode == -signal.SIGPROF:
            return f"gave up after {self._limits.seconds:g} s of processor time"
        if job.deaths >= MAX_DEATHS:
            return f"the process that read it ended {job.deaths} times (the last {how})"
        return ""

    def _dismiss(self, worker: _Worker[Task]) -> None:
        """Part from a worker; the jobs in its hand are given back."""
        self._waiting.extendleft(reversed(worker.jobs))
        self._workers.remove(worker)
        worker.connection.close()
        worker.process.join()


def _how_ended(process: SpawnProcess) -> str:
    code = process.exitcode
    if code is None or code >= 0:
        return f"with code {code}"
    with suppress(ValueError):
        return f"by {signal.Signals(-code).name}"
    return f"by signal {-code}"


@contextmanager
def _deaf() -> Iterator[None]:
    """Let a process that is started here be born with Ctrl-C blocked."""
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # type: ignore[no-untyped-call,unused-ignore]
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# ---------------------------------------------------------------- in the worker


def _work(connection: Connection) -> None:
    """Answer tasks until the parent is gone."""
    if sys.platform != "win32":
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
    try:
        _answer_all(connection)
    finally:
        # An error that nobody foresaw ends this process like any other death: the parent tells.
        os._exit(CRASHED if sys.exc_info()[0] else 0)


def _answer_all(connection: Connection) -> None:
    make, limits = connection.recv()
    inbox: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=_listen, args=(connection, inbox), daemon=True).start()
    try:
        answer = make()
    except AtlasError as error:
        connection.send((_REFUSED, error))
        return
    _cap_memory(limits.memory)
    connection.send((_STARTED, None))
    leaving = False
    while not leaving:
        task = inbox.get()
        with _timed(limits.seconds):
            found = answer(task)
        leaving = _resident() > limits.keep
        connection.send((_ANSWER, (found, leaving)))


def _listen(connection: Connection, inbox: SimpleQueue[Any]) -> None:
    """Take tasks in while others are answered, and end the process when the parent has gone."""
    try:
        while True:
            inbox.put(connection.recv())
    finally:
        os._exit(CRASHED)


@contextmanager
def _timed(seconds: float) -> Iterator[None]:
    """End this process by a signal when it has used so much processor time.

    The timer runs in the kernel, so that it also stops what never comes back to Python, such as
    one regular expression on a hostile text.
    """
    if sys.platform == "win32":
        yield
        return
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _cap_memory(most: int) -> None:
    if sys.platform == "linux":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        if hard == resource.RLIM_INFINITY or hard > most:
            resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def _resident() -> int:
    """Bytes of memory that this process holds now; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")

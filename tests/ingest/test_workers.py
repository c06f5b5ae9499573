"""Worker processes: answers in order, whatever happens to the processes."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from geodata.errors import InputError, MissingPartError
from ingest._workers import Limits, Lost, Workers

Answer = Callable[[str], str]

linux = pytest.mark.skipif(sys.platform != "linux", reason="its limits are those of Linux")


def shouting() -> Answer:
    """Give a function that answers in capitals, and does what some words tell it to."""
    return partial(_answer, Path())


def shouting_in(folder: Path) -> Answer:
    """Give such a function with a folder for its marks."""
    return partial(_answer, folder)


def _answer(folder: Path, word: str) -> str:
    if word == "die" or (word == "die once" and _first_time(folder / "mark")):
        os.kill(os.getpid(), signal.SIGKILL)
    if word == "spin":
        while True:
            pass
    if word == "grow":
        try:
            return str(len(bytearray(2_000_000_000)))
        except MemoryError:
            return "NO MEMORY"
    if word == "break":
        raise KeyError(word)
    return f"{os.getpid()}" if word == "who" else word.upper()


def _first_time(mark: Path) -> bool:
    new = not mark.exists()
    mark.touch()
    return new


def answers(
    tasks: list[str],
    make: Callable[[], Answer] = shouting,
    *,
    count: int = 2,
    limits: Limits | None = None,
) -> list[str | Lost]:
    with Workers(count, make, limits=limits) as crew:
        found = list(crew.answers(tasks))
    assert [task for task, _ in found] == tasks
    return [answer for _, answer in found]


def test_answers_come_in_the_order_of_the_tasks() -> None:
    words = [f"word {number}" for number in range(200)]
    assert answers(words) == [word.upper() for word in words]


def test_no_task_needs_no_process() -> None:
    assert answers([]) == []


def test_what_a_dead_worker_was_at_is_tried_again(tmp_path: Path) -> None:
    words = ["a", "die once", "b", "c"]
    assert answers(words, partial(shouting_in, tmp_path)) == ["A", "DIE ONCE", "B", "C"]


def test_what_kills_two_workers_is_given_up_and_nothing_else() -> None:
    a, lost, *rest = answers(["a", "die", "b", "c", "d", "e"])
    assert (a, rest) == ("A", ["B", "C", "D", "E"])
    assert lost == Lost("the process that read it ended 2 times (the last by SIGKILL)")


def test_killed_from_outside_in_the_middle() -> None:
    words = [f"word {number}" for number in range(100)]
    with Workers(2, shouting) as crew:
        found = []
        for number, (_, answer) in enumerate(crew.answers(words)):
            if number in (0, 50):
                os.kill(crew.pids()[0], signal.SIGKILL)
            found.append(answer)
    assert found == [word.upper() for word in words]


def test_an_error_that_nobody_foresaw_is_quiet(capfd: pytest.CaptureFixture[str]) -> None:
    lost, after = answers(["break", "a"], count=1)
    assert lost == Lost("the process that read it ended 2 times (the last with code 70)")
    assert after == "A"
    assert capfd.readouterr().err == ""


@linux
def test_too_much_processor_time_is_given_up_at_once() -> None:
    found = answers(["a", "spin", "b"], limits=Limits(seconds=0.2))
    assert found == ["A", Lost("gave up after 0.2 s of processor time"), "B"]


@linux
def test_too_much_memory_is_refused() -> None:
    assert answers(["grow", "a"]) == ["NO MEMORY", "A"]


@linux
def test_a_worker_that_holds_much_is_replaced() -> None:
    first, second, third = answers(["who"] * 3, count=1, limits=Limits(keep=1))
    assert len({first, second, third}) == 3


def refusing() -> Answer:
    """Fail as a missing gazetteer would."""
    raise InputError("there is no gazetteer")


def dying() -> Answer:
    """Die before the first task."""
    os._exit(3)


def test_what_no_worker_can_do_without_is_told() -> None:
    with pytest.raises(InputError, match="there is no gazetteer"):
        answers(["a"], refusing)


def test_processes_that_never_begin_end_the_run() -> None:
    with pytest.raises(MissingPartError, match=r"end before they begin \(with code 3\)"):
        answers(["a"], dying)


def test_no_process_outlives_the_context() -> None:
    with Workers(2, shouting) as crew:
        next(crew.answers(["a", "b", "c"]))
        pids = crew.pids()
    assert pids
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)

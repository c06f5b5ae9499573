"""Answers are kept until the project changes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from map_examples import incident

from dashboard.remember import one_look, remembered
from geodata.store import Store, open_store


def counting(size: int = 2) -> tuple[list[int], Callable[[Store, int], int]]:
    asked: list[int] = []

    @remembered(size)
    def ask(store: Store, number: int) -> int:
        asked.append(number)
        return number

    return asked, ask


def test_the_same_question_is_asked_once(served: Store) -> None:
    asked, ask = counting()
    assert [ask(served, 1), ask(served, 1)] == [1, 1]
    assert asked == [1]


def test_a_change_of_the_project_asks_again(tmp_path: Path) -> None:
    asked, ask = counting()
    with open_store(tmp_path / "x.gpkg", create=True) as store:
        ask(store, 1)
        with store.atomic():
            store.add_incidents([incident("a")])
        ask(store, 1)
    assert asked == [1, 1]


def test_only_the_last_answers_are_kept(served: Store) -> None:
    asked, ask = counting(2)
    for number in (1, 2, 3, 1):
        ask(served, number)
    assert asked == [1, 2, 3, 1]


def test_two_projects_do_not_share_answers(served: Store, tmp_path: Path) -> None:
    asked, ask = counting()
    with open_store(tmp_path / "y.gpkg", create=True) as other:
        ask(served, 1)
        ask(other, 1)
    assert asked == [1, 1]


def test_within_one_look_a_project_is_as_it_was_first_seen(tmp_path: Path) -> None:
    asked, ask = counting()
    with open_store(tmp_path / "x.gpkg", create=True) as store:
        with one_look():
            ask(store, 1)
            with store.atomic():
                store.add_incidents([incident("a")])
            with one_look():
                ask(store, 1)
            assert asked == [1]
        ask(store, 1)
    assert asked == [1, 1]


def test_another_thread_looks_for_itself(tmp_path: Path) -> None:
    asked, ask = counting()
    path = tmp_path / "x.gpkg"
    with open_store(path, create=True) as store, ThreadPoolExecutor() as pool, one_look():
        ask(store, 1)
        with store.atomic():
            store.add_incidents([incident("a")])
        pool.submit(ask, store, 1).result()
    assert asked == [1, 1]

"""A page waits for the map of its filter, and for no other."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from dashboard.map_first import MapAnswers
from geodata.filters import Filter

TAMIL = Filter(group=("Tamil Tigers",))
NOBODY = Filter(group=("Nobody",))


def test_a_map_that_has_its_answer_is_not_waited_for() -> None:
    answers, before = MapAnswers(), time.monotonic()
    with answers.answering(TAMIL):
        pass
    assert answers.wait_for(TAMIL, since=before)


def test_an_answer_to_an_earlier_question_does_not_count() -> None:
    answers = MapAnswers()
    with answers.answering(TAMIL):
        pass
    assert not answers.wait_for(TAMIL, since=time.monotonic())


def test_the_map_of_another_filter_does_not_count() -> None:
    answers, before = MapAnswers(), time.monotonic()
    with answers.answering(TAMIL):
        assert not answers.wait_for(NOBODY, since=before)


def test_a_page_goes_on_when_the_answer_is_there() -> None:
    answers, before, ready = MapAnswers(), time.monotonic(), Event()

    def map_asks() -> None:
        with answers.answering(TAMIL), answers.answering(TAMIL):  # head and cells
            ready.wait()

    with ThreadPoolExecutor() as pool:
        asking = pool.submit(map_asks)
        page = pool.submit(answers.wait_for, TAMIL, since=before)
        ready.set()
        assert page.result()
        asking.result()


def test_a_map_whose_answer_failed_is_not_waited_for() -> None:
    answers, before = MapAnswers(), time.monotonic()
    try:
        with answers.answering(TAMIL):
            raise ValueError
    except ValueError:
        assert answers.wait_for(TAMIL, since=before)


def test_a_page_does_not_wait_for_ever() -> None:
    answers, before = MapAnswers(), time.monotonic()
    with answers.answering(TAMIL):
        assert not answers.wait_for(TAMIL, since=before)


def test_only_the_last_filters_are_kept() -> None:
    answers, before = MapAnswers(), time.monotonic()
    for number in range(100):
        with answers.answering(Filter(min_killed=number + 1)):
            pass
    assert answers.wait_for(Filter(min_killed=100), since=before)
    assert not answers.wait_for(Filter(min_killed=1), since=before)

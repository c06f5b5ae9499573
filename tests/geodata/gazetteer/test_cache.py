"""The cache of lookups is bounded by what it holds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from geodata.gazetteer._cache import EntryCache


def test_an_answer_is_asked_for_once() -> None:
    asked: list[str] = []
    cache = EntryCache(lambda key: asked.append(key) or (key,), 10)  # type: ignore[func-returns-value]  # notes the call
    assert cache("a") == cache("a") == ("a",)
    assert asked == ["a"]


def test_the_longest_unused_go_first() -> None:
    asked: list[str] = []
    cache = EntryCache(lambda key: asked.append(key) or (1, 2), 5)  # type: ignore[func-returns-value]  # notes the call
    for key in ("a", "b", "a", "c", "a", "b"):
        cache(key)
    assert asked == ["a", "b", "c", "b"]


@given(st.lists(st.integers(min_value=0, max_value=40)), st.integers(min_value=1, max_value=60))
def test_it_never_holds_more_than_it_may(sizes: list[int], most: int) -> None:
    cache: EntryCache[int, range] = EntryCache(range, most)
    for size in sizes:
        assert cache(size) == range(size)
        assert cache._held == sum(max(1, len(answer)) for answer in cache._answers.values())
        assert cache._held <= most or len(cache._answers) == 1

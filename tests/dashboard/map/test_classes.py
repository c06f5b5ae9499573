"""Classes of a legend: true limits, nought apart, equal values together."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.map.classes import MOST, Limits, Values, equal_count, equal_factor

WAYS = [equal_count, equal_factor]


@pytest.mark.parametrize("way", WAYS)
@given(values=st.lists(st.integers(0, 10**6)))
def test_every_value_but_nought_is_in_one_class_and_limits_are_values(
    way: Callable[[Values], Limits], values: list[int]
) -> None:
    limits = way(np.array(values, dtype=np.int64))
    assert len(limits) <= MOST
    flat = [number for pair in limits for number in pair]
    assert flat == sorted(flat)
    assert {*flat} <= {*values} - {0}
    for value in {*values} - {0}:
        assert sum(least <= value <= most for least, most in limits) == 1


def test_equal_counts_hold_equally_many_places() -> None:
    assert equal_count(np.arange(1, 101)) == [(1, 20), (21, 40), (41, 60), (61, 80), (81, 100)]


def test_equal_factors_keep_the_few_large_numbers_apart() -> None:
    assert equal_factor(np.array([1, 2, 3, 5, 9, 30, 100, 1000])) == [
        (1, 3), (5, 9), (30, 30), (100, 100), (1000, 1000),
    ]  # fmt: skip


def test_rates_may_be_fractions_and_unknown() -> None:
    assert equal_count(np.array([0.0, 0.25, np.nan, 1.5])) == [(0.25, 0.25), (1.5, 1.5)]

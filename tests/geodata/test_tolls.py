"""Sums of killed and injured: what is not said is never shared out, nor lost."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import StoreError
from geodata.tolls import STANDINGS, Tolls, added_up

some = st.integers(0, 1_000)
stated = st.dictionaries(st.sampled_from([*STANDINGS, "unknown"]), some)


def alike(
    by_status: Mapping[str, int], killed: int | None, count: int = 1, injured: int = 0
) -> tuple[str, int | None, int, int]:
    return json.dumps(by_status), killed, count, injured


def test_the_dead_whose_standing_nobody_tells_are_of_unknown_standing() -> None:
    assert added_up([alike({"civilians": 2}, 5)]) == Tolls(
        killed=5, civilians=2, security_forces=0, militants=0, unknown=3, injured=0, untold=0
    )


def test_a_standing_told_as_unknown_is_not_counted_twice() -> None:
    assert added_up([alike({"civilians": 2, "unknown": 3}, 5)]).unknown == 3


def test_incidents_told_alike_are_counted_each() -> None:
    found = added_up([alike({"militants": 4}, 6, count=10, injured=7), alike({}, 0, 3)])
    assert (found.killed, found.militants, found.unknown, found.injured) == (60, 40, 20, 7)


def test_no_figure_is_not_nought() -> None:
    found = added_up([alike({}, None, count=4), alike({}, 0, count=2)])
    assert (found.killed, found.untold) == (0, 4)


def test_more_by_standing_than_in_all_stands_as_it_is_told() -> None:
    found = added_up([alike({"civilians": 3, "militants": 3}, 4)])
    assert (found.killed, found.civilians, found.militants, found.unknown) == (4, 3, 3, 0)


@given(st.lists(st.tuples(stated, st.none() | some, st.integers(1, 9))))
def test_every_one_of_the_dead_is_of_some_standing(
    rows: list[tuple[dict[str, int], int | None, int]],
) -> None:
    found = added_up(alike(*row) for row in rows)
    by_standing = sum(getattr(found, name) for name in (*STANDINGS, "unknown"))
    assert by_standing >= found.killed
    told = sum((killed or 0) * count for _, killed, count in rows)
    assert found.killed == told
    if all(sum(stated.values()) <= (killed or 0) for stated, killed, _ in rows):
        assert by_standing == found.killed


@pytest.mark.parametrize("text", ["[]", "3", "{", '{"civilians": "x"}', '{"civilians": null}'])
def test_what_cannot_be_read_is_told(text: str) -> None:
    with pytest.raises(StoreError, match="killed_by_status"):
        added_up([(text, 1, 1, 0)])

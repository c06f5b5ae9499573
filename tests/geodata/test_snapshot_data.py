"""What a snapshot draws, and what it lists beside the map; nothing is lost between the two."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from snapshot_examples import incident, points

from geodata.export._snapshot_data import (
    COLUMNS,
    badges_of,
    class_counts,
    dots_of,
    group_counts,
    legend_groups,
    outside_of,
    places_of,
    points_from_frame,
)
from geodata.filters import Filter
from geodata.incident import Status
from geodata.precision import LocationPrecision

NAN = float("nan")
PLACES = st.tuples(
    st.sampled_from([10.0, 11.0, NAN]),
    st.sampled_from([50.0, 51.0]),
    st.sampled_from(["Reds", "Blues", "Police"]),
    st.sampled_from([klass.value for klass in LocationPrecision]),
)


@given(st.lists(PLACES, max_size=30))
def test_every_incident_is_a_dot_or_in_a_badge_or_listed(rows) -> None:
    made = points(*rows)
    drawn = int(dots_of(made).count.sum()) + sum(badge.count for badge in badges_of(made))
    assert drawn + sum(count for _, count in outside_of(made)) == len(rows)
    assert drawn == int(made.located.sum()) == sum(class_counts(made).values())


def test_incidents_of_one_group_at_one_point_are_one_dot() -> None:
    here = (10.0, 50.0, "Reds", "settlement")
    dots = dots_of(points(here, here, (10.0, 50.0, "Blues", "settlement")))
    assert dict(zip(dots.group, dots.count, strict=True)) == {"Reds": 2, "Blues": 1}


def test_near_and_exact_stay_apart() -> None:
    dots = dots_of(points((10, 50, "Reds", "near"), (10, 50, "Reds", "site")))
    assert sorted(dots.near.tolist()) == [False, True]


def test_a_district_is_a_badge_and_never_a_dot() -> None:
    made = points((10, 50, "Reds", "district"), (10, 50, "Blues", "district"))
    assert len(dots_of(made)) == 0
    (badge,) = badges_of(made)
    assert (badge.count, badge.shares) == (2, (("Blues", 1), ("Reds", 1)))


def test_a_province_and_a_district_at_one_point_are_two_badges() -> None:
    made = points((10, 50, "Reds", "district"), (10, 50, "Reds", "province"))
    assert {badge.precision.value for badge in badges_of(made)} == {"district", "province"}


def test_a_point_at_the_country_is_listed_not_drawn() -> None:
    assert outside_of(points((10, 50, "Reds", "country"))) == [("place unknown", 1)]


def test_frame_of_a_store_becomes_points(store) -> None:
    with store.atomic():
        store.add_incidents(
            [
                incident(0, 10.0, 50.0, perpetrator="Blues", place="Town", status=Status.DRAFT),
                incident(1, None, None, actor1=None, country="Examplia"),
            ]
        )
    made = points_from_frame(store.frame(Filter(), columns=list(COLUMNS)))
    assert sorted(made.group) == ["Blues", "Unknown"]
    assert made.located.tolist() == (made.place == "Town").tolist()
    assert outside_of(made) == [("Examplia, place not found", 1)]
    assert places_of(made) == [("Town", 10.0, 50.0, 1)]
    assert int(made.draft.sum()) == 1
    assert (made.first.day, made.last.day) == (1, 2)


def test_an_empty_project_has_no_points(store) -> None:
    made = points_from_frame(store.frame(Filter(), columns=list(COLUMNS)))
    assert len(made) == len(dots_of(made)) == 0
    assert made.first is None


def test_a_long_list_of_what_is_missing_ends_with_the_rest() -> None:
    made = points(*[(NAN, NAN, "Reds", "unknown")] * 9)
    made.country[:] = list("abcdefghi")
    listed = outside_of(made)
    assert len(listed) == 5
    assert listed[-1] == ("elsewhere", 5)


def test_single_incidents_are_not_named_on_a_crowded_map() -> None:
    made = points(*[(10 + i / 100, 50.0, "Reds", "settlement") for i in range(50)])
    made.place[:] = [f"Town {i}" for i in range(48)] + ["Twin", "Twin"]
    assert [name for name, *_ in places_of(made)] == ["Twin"]


def test_groups_with_a_colour_come_first_in_the_legend() -> None:
    named, rest = legend_groups([("Grey", 9), ("Reds", 3)], ["Reds"])
    assert named == [("Reds", 3), ("Grey", 9)]
    assert rest == 0


@given(st.lists(st.integers(1, 9), max_size=30))
def test_the_legend_adds_up(counts) -> None:
    groups = [(f"Group {i}", n) for i, n in enumerate(counts)]
    named, rest = legend_groups(groups, [name for name, _ in groups[:8]])
    assert sum(n for _, n in named) + rest == sum(counts)
    assert len(named) + bool(rest) <= 9


def test_groups_are_counted_most_first() -> None:
    rows = [(10.0, 50.0, group, "site") for group in ("b", "a", "b")]
    assert group_counts(points(*rows)) == [("b", 2), ("a", 1)]


@pytest.mark.parametrize("klass", list(LocationPrecision))
def test_classes_are_counted_where_they_are_drawn(klass) -> None:
    made = points((10.0, 50.0, "Reds", klass.value))
    assert sum(class_counts(made).values()) == int(np.count_nonzero(made.located))

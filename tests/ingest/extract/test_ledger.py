"""From what each source says to low, best and high."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.casualties import Toll
from ingest.extract.ledger import GROUP, NARRATIVE, OFFICIAL, WITNESS, Count, Said, settle

SOLDIERS = Toll("killed", 0, 1, 3, 3, 3, "security_forces", "soldiers")
REBELS = Toll("killed", 0, 1, 5, 5, 5, "militants", "rebels")
PEOPLE = Toll("killed", 0, 1, 9, 9, 9, "unknown", "people")


def bounds(count: Count) -> tuple[int | None, int | None, int | None]:
    return count.low, count.best, count.high


def said(*rows: tuple[Toll, int]) -> Count:
    return settle([Said(toll, rank) for toll, rank in rows], "killed")


def test_nothing_said_is_nothing_known() -> None:
    assert bounds(settle([], "killed")) == (None, None, None)


def test_both_sides_add_up() -> None:
    count = said((SOLDIERS, NARRATIVE), (REBELS, NARRATIVE))
    assert bounds(count) == (8, 8, 8)
    assert dict(count.by_status) == {"security_forces": 3, "militants": 5}


def test_the_same_count_again_is_not_added() -> None:
    assert bounds(said((SOLDIERS, NARRATIVE), (SOLDIERS, OFFICIAL))) == (3, 3, 3)


def test_a_part_of_the_whole_is_not_added() -> None:
    assert bounds(said((PEOPLE, NARRATIVE), (SOLDIERS, NARRATIVE))) == (9, 9, 9)


def test_the_whole_replaces_its_parts() -> None:
    assert bounds(said((SOLDIERS, NARRATIVE), (PEOPLE, NARRATIVE))) == (9, 9, 9)


def test_others_are_added() -> None:
    others = replace(SOLDIERS, best=2, low=2, high=2, head="others", more=True)
    assert bounds(said((SOLDIERS, NARRATIVE), (others, NARRATIVE))) == (5, 5, 5)


def test_a_group_claim_widens_the_range() -> None:
    claim = replace(SOLDIERS, low=9, best=9, high=9)
    assert bounds(said((SOLDIERS, OFFICIAL), (claim, GROUP))) == (3, 3, 9)


def test_a_witness_below_the_official_figure_lowers_low() -> None:
    count = replace(PEOPLE, low=4, best=4, high=4)
    assert bounds(said((PEOPLE, OFFICIAL), (count, WITNESS))) == (4, 9, 9)


def test_own_losses_come_beside_the_enemys() -> None:
    own = Toll("killed", 0, 1, 4, 4, 4, "unknown", "", own=True)
    assert bounds(said((SOLDIERS, OFFICIAL), (own, GROUP))) == (3, 3, 7)


def test_an_update_supersedes() -> None:
    count = settle([Said(SOLDIERS, NARRATIVE), Said(PEOPLE, NARRATIVE, updates=True)], "killed")
    assert bounds(count) == (9, 9, 9)


def test_dozens_leave_the_top_open() -> None:
    dozens = Toll("killed", 0, 1, 24, 24, None, "unknown", "people")
    assert bounds(said((dozens, NARRATIVE))) == (24, 24, None)


COUNTS = st.integers(0, 50)
TOLLS = st.builds(
    lambda n, status, more, part, total, own: Toll(
        "killed", 0, 1, n, n, n, status, "", part=part, more=more, total=total, own=own
    ),
    COUNTS,
    st.sampled_from(["civilians", "militants", "security_forces", "unknown"]),
    *[st.booleans()] * 4,
)


@given(st.lists(st.tuples(TOLLS, st.integers(0, 3), st.booleans()), max_size=8))
def test_low_best_high_stay_in_order(rows: list[tuple[Toll, int, bool]]) -> None:
    count = settle([Said(t, rank, updates=up) for t, rank, up in rows], "killed")
    if count.best is not None:
        assert count.low is not None
        assert count.low <= count.best
        assert count.high is None or count.best <= count.high

"""The totals in words."""

from __future__ import annotations

from geodata.summary import Totals

NOTHING = Totals(
    all=0,
    mapped=0,
    not_located=0,
    filtered_out=0,
    awaiting_review=0,
    rejected=0,
    drafts=0,
    area_only=0,
    undated=0,
    killed=0,
    injured=0,
    documents=0,
    quarantined=0,
)


def test_an_empty_project_says_so_in_the_same_words() -> None:
    assert NOTHING.matched == 0
    assert NOTHING.sentence() == (
        "0 incidents: 0 on the map, 0 without a place, 0 filtered out, 0 awaiting review,"
        " 0 rejected; 0 in all"
    )

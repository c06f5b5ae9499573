"""The totals in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

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


@pytest.mark.parametrize(
    ("datasets", "reports", "words"),
    [
        (0, 5, ""),
        (1, 0, ""),
        (1, 5, "; from 1 data set and reports; the same incident may be counted more than once"),
        (2, 0, "; from 2 data sets; the same incident may be counted more than once"),
    ],
)
def test_what_is_counted_together_is_said(datasets: int, reports: int, words: str) -> None:
    totals = replace(NOTHING, datasets=datasets, from_reports=reports)
    assert totals.sentence().partition(" in all")[2] == words


def test_an_empty_project_says_so_in_the_same_words() -> None:
    assert NOTHING.matched == 0
    assert NOTHING.sentence() == (
        "0 incidents: 0 on the map, 0 without a place, 0 filtered out, 0 awaiting review,"
        " 0 rejected; 0 in all"
    )

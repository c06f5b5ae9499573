"""The casualty ledger: one claim for each source told, and the rule that settled them."""

from __future__ import annotations

from typing import Any

BOMB = (
    "A suicide bomber drove a truck packed with explosives into a police station in Mogadishu on"
    " Saturday, killing nine people, police said. "
)
PUBLISHED = "2022-10-31"


def book(read: Any, text: str, kind: str = "killed") -> list[tuple[str, int, bool]]:
    """Source, figure and whether it was replaced, in the order of the text."""
    (one,) = read(text, PUBLISHED)
    return [
        (c.value["source"], c.value["best"], c.value["superseded"])
        for c in one.claims
        if c.field == f"{kind}_said"
    ]


def rule(read: Any, text: str) -> str:
    (one,) = read(text, PUBLISHED)
    return next(str(c.detail["rule"]) for c in one.claims if c.field == "killed")


def test_each_source_keeps_its_own_figure(read: Any) -> None:
    text = BOMB + "Al Shabaab claimed responsibility and said it had killed 20 officers."
    assert book(read, text) == [("police", 9, False), ("Al Shabaab", 20, False)]


def test_a_later_toll_replaces_the_earlier_one_which_stays(read: Any) -> None:
    text = BOMB + "The death toll rose to 14 on Sunday, hospital officials said."
    assert book(read, text) == [("police", 9, True), ("hospital officials", 14, False)]


def test_a_group_is_named_as_written(read: Any) -> None:
    assert ("Al Shabaab", 20, False) in book(
        read, BOMB + "Al Shabaab said it had killed 20 officers."
    )


def test_a_part_is_no_figure_of_its_own(read: Any) -> None:
    text = BOMB + "Officials said two women were among the dead. Five of the dead were soldiers."
    assert [row[0] for row in book(read, text)] == ["police"]


def test_without_a_source_it_is_the_report(read: Any) -> None:
    text = "A roadside bomb killed three soldiers near Gao, Mali, on Monday."
    assert book(read, text) == [("the report", 3, False)]


def test_the_rule_names_the_best_source_and_the_extremes(read: Any) -> None:
    words = rule(read, BOMB + "A local councillor spoke of 16 dead.")
    assert words == "best = police 9; low and high = extremes over police 9, local councillor 16"


def test_one_figure_needs_no_extremes(read: Any) -> None:
    assert rule(read, BOMB) == "one figure: police"


def test_the_injured_have_a_book_too(read: Any) -> None:
    text = BOMB + "A hospital official said 21 people were wounded."
    assert book(read, text, "injured") == [("hospital official", 21, False)]


def test_low_and_high_are_settled_as_before(read: Any) -> None:
    (one,) = read(BOMB + "A local councillor spoke of 16 dead.", PUBLISHED)
    assert (one.incident.killed_low, one.incident.killed_best, one.incident.killed_high) == (
        9,
        9,
        16,
    )

"""Who says how many: figures, their table, and the particulars in one line."""

from __future__ import annotations

from dataclasses import replace

from dashboard.evidence import kind_of
from dashboard.facts import facts_of
from dashboard.ledger import figures_of, ledger_html
from dashboard.particulars import particulars_words
from geodata.incident import Attribution, Claim, Json
from geodata.particulars import Tactic, Target, Weapon
from tests.dashboard._add_examples import HOSTILE, claim, raid


def said(source: str, best: int, *, high: int | None = None, superseded: bool = False) -> Claim:
    value: dict[str, Json] = {
        "source": source, "low": best, "best": best, "high": high, "superseded": superseded,
    }  # fmt: skip
    return replace(claim("killed_said", "11 militants", value), claim_id=f"c-{source}")


def test_a_figure_says_its_bounds_in_words() -> None:
    assert [f.words for f in figures_of([said("police", 11, high=11), said("a group", 3)])] == [
        "11", "at least 3",
    ]  # fmt: skip


def test_figures_are_the_ledger_of_the_json() -> None:
    (row,) = (figure.as_json() for figure in figures_of([said("police", 11, high=11)]))
    assert (row["field"], row["source"], row["best"], row["quote"]) == (
        "killed", "police", 11, "11 militants",
    )  # fmt: skip
    assert row["end"] - row["start"] == len("11 militants")


def test_a_claim_of_another_program_is_skipped() -> None:
    assert figures_of([replace(said("x", 1), value=value) for value in (None, 3, {}, "x")]) == []


def test_nothing_is_drawn_where_nobody_counts() -> None:
    assert ledger_html([], {}) == ""


def test_the_table_opens_where_sources_differ() -> None:
    one = [said("police", 11, high=11)]
    assert '<details class="history ledger">' in ledger_html(one, {})
    assert " open>" in ledger_html([*one, said("the group", 3, high=3)], {})


def test_a_replaced_figure_is_struck_and_stays() -> None:
    html = ledger_html([said("police", 9, high=9, superseded=True)], {})
    assert "<s>9 killed</s>" in html
    assert "replaced later" in html


def test_the_rule_stands_under_the_table() -> None:
    rule = "best = police 9; low and high = extremes over police 9, the group 3"
    settled = replace(claim("killed", "11 militants", {}), detail={"rule": rule})
    assert f"Killed: {rule}" in ledger_html([settled, said("police", 9)], {})


def test_a_hostile_source_is_escaped() -> None:
    assert "<script>" not in ledger_html([said(HOSTILE, 9)], {"doc_1": HOSTILE})


def test_particulars_stand_in_one_line() -> None:
    told = replace(
        raid(), weapon=Weapon.CAR_BOMB, tactic=Tactic.SUICIDE_ATTACK, target=Target.POLICE,
        arrested=5, released=0,
    )  # fmt: skip
    assert particulars_words(told) == (
        "car bomb, suicide attack, aimed at police; 5 arrested, nobody released"
    )
    assert particulars_words(raid()) == ""


def test_particulars_are_a_row_only_where_told() -> None:
    kinds = [fact.kind for fact in facts_of(replace(raid(), abducted=7), ())]
    assert "particulars" in kinds
    assert "particulars" not in [fact.kind for fact in facts_of(raid(), ())]


def test_an_edited_particular_shows_what_was_read() -> None:
    read = replace(raid(), weapon=Weapon.MORTAR)
    (row,) = [f for f in facts_of(raid(), (), read=read) if f.kind == "particulars"]
    assert (row.value, row.as_read) == ("not stated", "mortar")


def test_who_names_the_perpetrator_stands_with_the_ground() -> None:
    told = replace(
        raid(), perpetrator="A", attribution=Attribution.SUSPECTED, attributed_by="police"
    )
    (row,) = [f for f in facts_of(told, ()) if f.kind == "held"]
    assert row.note.endswith("; named by police")


def test_marks_of_particulars_have_a_colour_of_their_own() -> None:
    assert {kind_of(name) for name in ("weapon", "target", "arrested")} == {"particulars"}
    assert (kind_of("killed_said"), kind_of("attributed_by")) == ("killed", "held")

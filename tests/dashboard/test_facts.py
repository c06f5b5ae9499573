"""The rows of a card: values, notes, quotes, and what was read before an edit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from dashboard.facts import Fact, before_edits, facts_html, facts_of
from geodata.incident import Attribution, Change
from tests.dashboard._add_examples import HOSTILE, claim, found, raid


def by_kind(facts: list[Fact]) -> dict[str, Fact]:
    return {fact.kind: fact for fact in facts}


def test_each_row_has_its_value_and_its_quote():
    rows = by_kind(facts_of(raid(), found().claims))
    assert rows["place"].value == "Mastung district, Balochistan, Pakistan"
    assert [said.evidence.quote for said in rows["killed"].quotes] == ["11 militants"]
    assert rows["injured"].value == "not stated"


def test_the_place_says_how_exact_it_is():
    note = by_kind(facts_of(raid(), ()))["place"].note
    assert note == "placed at the district; the report names no town: 29.80° N, 66.85° E"


def test_responsibility_says_on_what_ground():
    suspected = replace(raid(), perpetrator="A", attribution=Attribution.SUSPECTED)
    assert by_kind(facts_of(suspected, ()))["held"].note.startswith("suspected")
    assert by_kind(facts_of(raid(), ()))["held"].note == ""


def test_an_edited_row_shows_what_was_read():
    rows = by_kind(facts_of(replace(raid(), killed_high=13), (), read=raid()))
    assert rows["killed"].as_read == "11"
    assert rows["killed"].value == "at least 11, best figure 11, at most 13"
    assert rows["place"].as_read == ""


def test_a_quote_names_its_report_where_there_are_several():
    rows = by_kind(facts_of(raid(), found().claims, sources={"doc_1": "Sample Wire"}))
    assert rows["date"].quotes[0].source == "Sample Wire"


def test_the_same_words_are_quoted_once():
    claims = [claim("location", "Mastung", ""), claim("admin2", "Mastung", "")]
    assert len(by_kind(facts_of(raid(), claims))["place"].quotes) == 1


def test_edits_are_taken_back_newest_first():
    def change(number: int, before: int, after: int) -> Change:
        return Change(
            change_id=number,
            incident_id="inc_1",
            field="killed_best",
            before=before,
            after=after,
            who="Amna",
            when=datetime(2026, 1, number, tzinfo=UTC),
        )

    history = [change(1, 11, 12), change(2, 12, 13)]
    assert before_edits(replace(raid(), killed_best=13), history) == raid()


def test_everything_is_escaped():
    hostile = replace(raid(), actor1=HOSTILE, place=HOSTILE)
    html = facts_html(facts_of(hostile, (), read=raid()))
    assert "<script" not in html
    assert "<img" not in html


def test_more_quotes_than_fit_are_counted():
    fact = Fact(
        kind="place",
        value="x",
        quotes=by_kind(facts_of(raid(), found().claims))["place"].quotes * 5,
    )
    assert "and 2 more in the text" in facts_html([fact])

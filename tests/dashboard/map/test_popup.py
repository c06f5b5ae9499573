"""What a pop-up says."""

from __future__ import annotations

from map_examples import DOCUMENT, TEXT

from dashboard.map.popup import MAX_QUOTE, popup, quote_around, shortened, source_words, telling
from geodata.incident import Claim, Document, Evidence
from geodata.store import Store


def claim(field: str, quote: str, text: str = TEXT) -> Claim:
    start = text.index(quote)
    return Claim(
        claim_id=field,
        incident_id="x",
        document_id="doc_1",
        field=field,
        value=1,
        evidence=Evidence(quote, start, start + len(quote)),
    )


def test_an_unknown_incident_has_no_pop_up(served: Store) -> None:
    assert popup(served, "gone") is None


def test_an_incident_without_a_report_says_so(served: Store) -> None:
    said = popup(served, "town")
    assert said is not None
    assert (said["quote"], said["source"]) == ("", "entered by hand")


def test_the_quote_is_the_sentence_around_the_evidence() -> None:
    text = "First. Two people died near Quetta. Last."
    report = Document(document_id="d", text=text)
    assert quote_around(report, claim("killed", "people", text)) == "Two people died near Quetta."


def test_the_first_and_the_last_sentence_have_their_ends() -> None:
    text = "A first one. A last one"
    report = Document(document_id="d", text=text)
    assert quote_around(report, claim("a", "first", text)) == "A first one."
    assert quote_around(report, claim("b", "last", text)) == "A last one"


def test_a_long_sentence_is_cut_at_words_around_the_evidence() -> None:
    text = "word " * 200 + "killed " + "word " * 200
    quote = quote_around(Document(document_id="d", text=text), claim("killed", "killed", text))
    assert len(quote) <= MAX_QUOTE
    assert "killed" in quote


def test_evidence_that_no_longer_fits_the_text_is_quoted_as_it_was_read() -> None:
    moved = Claim(
        claim_id="c",
        incident_id="x",
        document_id="d",
        field="killed",
        value=1,
        evidence=Evidence("three", 0, 5),
    )
    assert quote_around(DOCUMENT, moved) == "three"


def test_the_toll_tells_more_than_the_date() -> None:
    chosen = telling([claim("date", "Monday"), claim("killed", "Two")])
    assert chosen is not None
    assert chosen.field == "killed"
    assert telling([]) is None


def test_a_source_is_outlet_title_and_day() -> None:
    assert source_words(DOCUMENT).endswith("31 Aug 2021")
    assert source_words(Document(document_id="d", text="")) == "a report"


def test_short_text_stays() -> None:
    assert shortened("as it is") == "as it is"

"""Lines of printed pages become running text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers._pages import running_text, without_edges

FULL = "a line of a paragraph that is as wide as the column is"


def test_lines_of_a_paragraph_are_joined_and_paragraphs_stay_apart() -> None:
    page = f"{FULL}\n{FULL}\nthe end.\n{FULL}\nand more."
    assert running_text([page]) == f"{FULL} {FULL} the end.\n\n{FULL} and more."


def test_paragraph_goes_on_over_the_page() -> None:
    assert running_text([FULL, "and ends."]) == f"{FULL} and ends."


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("the gun-\nmen came", "the gunmen came"),
        ("the gun\u00ad\nmen came", "the gunmen came"),
        ("the al-\nShabaab men", "the al-Shabaab men"),
        ("an anti-\nterrorism law", "an anti-terrorism law"),
        ("a roadside-bomb and a roadside-\nbomb", "a roadside-bomb and a roadside-bomb"),
        ("in 2019-\n2020 they", "in 2019-2020 they"),
        ("the ﬁght of ofﬁcers", "the fight of officers"),
    ],
)
def test_hyphens_at_the_end_of_a_line(lines: str, text: str) -> None:
    assert running_text([lines]) == text


def test_headers_and_footers_of_most_pages_are_left_out() -> None:
    towns = ("Kuld", "Mast", "Tor")
    pages = [
        ["Daily brief", f"Page {n} of 3", town, f"Wire 31 August 2021 | {n + 4}"]
        for n, town in enumerate(towns, start=1)
    ]
    assert without_edges(pages) == [[town] for town in towns]


def test_number_that_is_not_the_pages_own_stays() -> None:
    pages = [["Incident 4"], ["Incident 9"], ["Incident 11"]]
    assert without_edges(pages) == pages


def test_line_of_one_page_stays() -> None:
    pages = [["Brief", "One."], ["Brief", "Two."], ["A title", "Three."]]
    assert without_edges(pages) == [["One."], ["Two."], ["A title", "Three."]]


def test_headings_and_bullets_stand_alone() -> None:
    page = f"Kuld\n{FULL}\n{FULL} too.\n• {FULL}\n• {FULL}"
    assert running_text([page]).split("\n\n") == [
        "Kuld", f"{FULL} {FULL} too.", f"• {FULL}", f"• {FULL}",
    ]  # fmt: skip


@given(st.lists(st.text(max_size=80), max_size=5))
def test_no_letter_is_lost_on_a_single_page(pages: list[str]) -> None:
    running_text(pages)
    one = "".join(pages).replace("\u00ad", "")
    kept = [letter for letter in running_text([one]) if letter.isalpha()]
    assert len(kept) >= sum(letter.isalpha() for letter in one)

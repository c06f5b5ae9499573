"""The report's text with its evidence marked: safe, complete, readable without colour."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.evidence import (
    FIRST_MARK,
    MAX_SHOWN,
    Mark,
    fits,
    highlight,
    kind_of,
    legend,
    marks_of,
    quote,
    text_box,
)
from dashboard.wording import FIELD_LABELS
from geodata.incident import Claim, Evidence

HOSTILE = "<script>alert(1)</script> `x` $$y$$ </textarea> ![i](http://evil.test/i.png) & \"q\" 'r'"


def without_tags(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


@st.composite
def marked_texts(draw):
    text = draw(st.text(st.sampled_from("ab <>&\"'`$\n\\é;#0x") | st.characters(), max_size=60))
    if not text:
        return text, []
    starts = st.integers(0, len(text) - 1)
    pairs = draw(
        st.lists(st.tuples(starts, starts, st.sampled_from(list(FIELD_LABELS))), max_size=6)
    )
    marks = [Mark(min(a, b), max(a, b) + 1, field, text) for a, b, field in pairs]
    return text, marks


def claim(field: str, evidence: Evidence | None, value: object = 11) -> Claim:
    return Claim(
        claim_id="c",
        incident_id="i",
        document_id="d",
        field=field,
        value=value,
        evidence=evidence,
    )


@settings(deadline=None)
@given(marked_texts())
def test_without_tags_it_is_the_text_again(case):
    text, marks = case
    assert without_tags(highlight(text, marks)) == text


@settings(deadline=None)
@given(marked_texts())
def test_the_only_tags_are_marks_and_they_balance(case):
    html = highlight(*case)
    tags = re.findall(r"<(/?)(\w+)[^<>]*>", html)
    assert html.count("<") == len(tags)
    assert {name for _, name in tags} <= {"mark", "span"}
    assert sum(-1 if slash else 1 for slash, _ in tags) == 0


@settings(deadline=None)
@given(marked_texts())
def test_every_marked_character_is_inside_its_colour(case):
    text, marks = case
    seen: dict[str, set[int]] = {}
    stack: list[str] = []
    position = 0
    for tag, plain in re.findall(r"(<[^>]*>)|([^<]+)", highlight(text, marks)):
        if tag == "</mark>":
            stack.pop()
        elif tag.startswith("<mark"):
            stack.append(re.search(r"evidence-(\w+)", tag)[1])
        elif plain:
            length = len(unescape(plain))
            for kind in stack:
                seen.setdefault(kind, set()).update(range(position, position + length))
            position += length
    wanted: dict[str, set[int]] = {}
    for mark in marks:
        wanted.setdefault(kind_of(mark.field), set()).update(range(mark.start, mark.end))
    assert seen == wanted


def test_one_mark():
    assert highlight("11 militants died", [Mark(0, 2, "killed", "Killed: 11")]) == (
        f'<span id="{FIRST_MARK}"></span>'
        '<mark class="evidence evidence-killed" title="Killed: 11" aria-label="Killed: 11">'
        "11</mark> militants died"
    )


def test_crossing_marks_are_split_so_that_both_show():
    html = highlight("abcd", [Mark(0, 3, "killed"), Mark(2, 4, "place")])
    assert re.sub(r" title.*?>", ">", html).replace(f'<span id="{FIRST_MARK}"></span>', "") == (
        '<mark class="evidence evidence-killed">ab<mark class="evidence evidence-place">c</mark>'
        '</mark><mark class="evidence evidence-place">d</mark>'
    )


def test_event_type_and_kind_of_event_share_one_mark():
    html = highlight("raid", [Mark(0, 4, "event_type", "A"), Mark(0, 4, "sub_event_type", "B")])
    assert html.count("<mark") == 1
    assert 'title="A; B"' in html


def test_only_the_first_mark_has_the_id():
    html = highlight("a b", [Mark(2, 3, "date"), Mark(0, 1, "place")])
    assert html.count(f'id="{FIRST_MARK}"') == 1
    assert html.index(FIRST_MARK) < html.index("evidence-date")


def test_incident_numbers_are_attributes_not_text():
    html = highlight("raid", [Mark(0, 4, "date", "", 2), Mark(0, 4, "date", "", 1)])
    assert 'data-incident="1, 2"' in html
    assert without_tags(html) == "raid"


def test_a_mark_inside_another_of_its_incident_repeats_no_number():
    html = highlight("a raid", [Mark(0, 6, "date", "", 1), Mark(2, 6, "place", "", 1)])
    assert html.count("data-incident") == 1


def test_hostile_text_stays_text():
    html = highlight(HOSTILE, [Mark(0, 8, "place", HOSTILE)])
    assert "<script" not in html
    assert "</textarea" not in html
    assert without_tags(html) == HOSTILE


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (0, 99), (2, 2), (3, 1)])
def test_a_mark_outside_the_text_is_refused(start, end):
    with pytest.raises(ValueError, match="outside a text of 4"):
        highlight("abcd", [Mark(start, end, "place")])


def test_marks_come_from_claims_whose_quote_is_there():
    text = "killing 11 militants"
    here = claim("killed", Evidence("11", 8, 10))
    moved = claim("killed", Evidence("12", 8, 10))
    assert marks_of(text, [here, moved, claim("place", None)]) == [
        Mark(8, 10, "killed", "Killed: 11")
    ]


def test_a_group_of_fields_is_marked_without_its_raw_value():
    (mark,) = marks_of("11 died", [claim("killed", Evidence("11", 0, 2), {"low": 11})])
    assert mark == Mark(0, 2, "killed", "")
    assert 'title="Killed"' in highlight("11 died", [mark])


def test_evidence_fits_only_where_the_words_are():
    assert fits("abc", Evidence("b", 1, 2))
    assert not fits("abc", Evidence("b", 0, 1))
    assert not fits("abc", Evidence("", 1, 1))


def test_the_legend_lists_the_colours_in_use_once():
    html = legend(["place", "location", "killed"])
    assert html.count("<span") == 2
    assert html.index("Place") < html.index("Killed")


def test_a_quote_has_the_colour_of_its_field():
    assert quote(Evidence("<b>", 0, 3), kind_of("admin1")) == (
        '<q class="evidence evidence-place" dir="auto">&lt;b&gt;</q>'
    )


def test_a_long_text_is_cut_and_says_so():
    text = "x" * (MAX_SHOWN + 1)
    box = text_box(text, [Mark(MAX_SHOWN, MAX_SHOWN + 1, "place")])
    assert "not shown here" in box
    assert "<mark" not in box
    assert "not shown here" not in text_box("x", [])

"""The HTML report: everything from outside is text; marks never change the words."""

from __future__ import annotations

import base64
import hashlib
import re
from html import unescape
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from geodata.incident import Evidence
from ingest.evaluation._html_page import SCRIPT, Span, marked
from ingest.evaluation.gold import Fault, GoldStory, Quote
from ingest.evaluation.html import report
from ingest.evaluation.scores import Ours, measure

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>\x00'


class Tags(HTMLParser):
    """Tags of a page, and the names of their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}


def hostile_report() -> str:
    row = {"place": HOSTILE, "killed_best": 2, HOSTILE: HOSTILE}
    story = GoldStory(
        story_id=HOSTILE, title=HOSTILE, source=HOSTILE, text=HOSTILE + " two",
        incidents=(row,), phenomena=(HOSTILE,),
        quotes=((Quote(HOSTILE, HOSTILE, 0, 9), Quote("x", HOSTILE, None, None)),),
    )  # fmt: skip
    ours = Ours(row | {"killed_best": 3}, {HOSTILE: Evidence("x", 2, 12)}, {"killed_best": 0.8})
    faults = [Fault("g", 1, HOSTILE)]
    return report(measure([(story, [ours])]), faults, HOSTILE).decode()


def test_hostile_gold_stays_text() -> None:
    page = Tags(hostile_report())
    assert page.tags.count("script") == 1
    assert "img" not in page.tags
    assert "onerror" not in page.attributes
    assert "\x00" not in hostile_report()


def test_the_policy_names_the_script_by_its_digest() -> None:
    digest = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    page = hostile_report()
    assert f"script-src 'sha256-{digest}'" in page
    assert f"<script>{SCRIPT}</script>" in page
    assert "unsafe-inline" not in page


def test_differences_are_told_in_words_and_colour(compared, raid) -> None:
    page = report(compared([raid | {"killed_best": 3}], [raid]), [], "g.jsonl").decode()
    row = re.search(r'<tr class="wrong"><th scope="row">killed_best</th>.*?</tr>', page)
    assert row is not None
    assert ">3</td>" in row[0]
    assert ">2</td>" in row[0]
    assert "differs" in row[0]


def test_stories_carry_what_they_are_filtered_by(compared, raid) -> None:
    page = report(compared([], [raid], phenomena=("p q",)), [], "g").decode()
    field = re.search(r'<option value="(f\d+)">killed_best</option>', page)
    tokens = re.search(r'data-tokens="([^"]*)"', page)
    assert field
    assert tokens
    assert {"missed", "wrong", field[1], "p0"} <= set(tokens[1].split())


def test_half_of_a_surrogate_pair_is_no_obstacle(compared, raid) -> None:
    assert report(compared([raid], [raid], text="a\ud800b"), [], "g")


SPANS = st.builds(
    Span, st.integers(-2, 30), st.integers(-2, 30), st.booleans(), st.text(max_size=4)
)


@given(st.text(st.characters(min_codepoint=32, exclude_characters="\x7f"), max_size=25),
       st.lists(SPANS, max_size=6))  # fmt: skip
def test_marks_never_change_the_words(text: str, spans: list[Span]) -> None:
    assert unescape(re.sub(r"<[^>]*>", "", marked(text, spans))) == text

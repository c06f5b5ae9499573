"""Text on a snapshot: drawn as it was written, whatever it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from snapshot_examples import pen

from geodata.export._snapshot_text import MOST_CHARACTERS, printable


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Müller’s raid – 11 killed", "Müller’s raid – 11 killed"),
        ("cost $5 and $6_2^", "cost $5 and $6_2^"),
        ("two\nlines\tand\x00 a bell\x07", "two lines and a bell"),
        ("left\u202eright", "leftright"),
        ("北京", "BeiJing"),
        ("\U0010ffff", ""),
        ("", ""),
    ],
)
def test_text_is_made_safe_to_draw(text, drawn) -> None:
    assert printable(text) == drawn


def test_a_very_long_text_is_cut() -> None:
    assert len(printable("x" * 10_000)) == MOST_CHARACTERS


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=60))
def test_any_text_is_drawn_without_a_warning(text) -> None:
    hand = pen()
    hand.write(1.0, 1.0, printable(text), 8.0, "#000000")
    hand.axes.figure.canvas.draw()


def test_a_dollar_sign_is_no_formula() -> None:
    hand = pen()
    hand.write(1.0, 1.0, r"$\frac{1", 8.0, "#000000")
    hand.axes.figure.canvas.draw()


def test_text_that_fits_stays_whole() -> None:
    assert pen().shortened("Reds", 8.0, 2.0) == "Reds"


@settings(deadline=None, max_examples=40)
@given(st.text(alphabet="abc ", max_size=60), st.floats(0.3, 3.0))
def test_shortened_text_fits_its_room(text, room) -> None:
    hand = pen()
    assert hand.width(hand.shortened(text, 8.0, room), 8.0) <= room


def test_long_text_is_wrapped_and_the_last_line_shortened() -> None:
    lines = pen().wrapped("one two three four five six seven eight", 8.0, 0.9, lines=2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert lines[0] == "one two three"


def test_a_word_longer_than_the_line_is_shortened() -> None:
    assert pen().wrapped("x" * 90, 8.0, 1.0, lines=3)[0].endswith("…")

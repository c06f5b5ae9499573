"""Words, numbers and marks of a line, and where its sentences begin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"(?P<number>\d{1,3}(?:[.\u00a0\u202f ]\d{3})+(?!\d)|\d+(?:[.,:]\d+)*)"
    r"|(?P<word>[^\W\d_]+(?:['’-][^\W\d_]+)*)|(?P<mark>[^\w\s]|_)|(?P<line>\n)"
)
_ENDS = ".!?…\n:"
_OPENS = "\"'“«‘(¿¡-–—*•·"
_CLOSES = "\"'”»’)"
_LOOK_BACK = 40
"""Characters before a word in which its sentence's stop must stand."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number, mark or line break; `first` of its sentence, `space` before it."""

    kind: str
    text: str
    start: int
    end: int
    first: bool
    space: bool

    @property
    def lower(self) -> bool:
        """Whether it begins with a small letter."""
        return self.text[0].islower()


def tokens_of(text: str, start: int, end: int) -> Iterator[Token]:
    """Cut a line of a text into tokens with offsets into the text."""
    first = True
    last = start
    for found in _TOKEN.finditer(text, start, end):
        kind = str(found.lastgroup)
        spoken = kind in ("word", "number")
        if spoken and not first:
            first = _begins(text, start, found.start())
        opens = not spoken and found.group() in _OPENS
        space = found.start() > last
        yield Token(kind, found.group(), found.start(), found.end(), first and not opens, space)
        first = first and not spoken
        last = found.end()


def _begins(text: str, start: int, at: int) -> bool:
    """Whether a word stands behind a stop, with a capital or a number, or begins the line."""
    if text[at].islower():
        return False
    before = text[max(start, at - _LOOK_BACK) : at]
    bare = before.rstrip(_OPENS + " ")
    if not bare:
        return at - start <= _LOOK_BACK
    return len(bare) < len(before) and bare.rstrip(_CLOSES)[-1:] in tuple(_ENDS)


def is_shouted(line: str) -> bool:
    """Whether a line is written in capitals throughout."""
    letters = [c for c in line if c.isalpha()]
    return len(letters) > 12 and sum(c.isupper() for c in letters) > 0.7 * len(letters)

"""A text cut into words, and the runs of words in it that bear the name of a place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geodata._once import once

KNOWN_TOWN = 100_000
"""A town of so many people is looked for wherever the text is about; a smaller one only where the
text is about its country, or says that it speaks of a place."""

_TOKEN = re.compile(r"[^\W\d_]+(?:['’ʻ][^\W\d_]+)*")
_GAP = re.compile(r"(?: ?\n ?|[ \u00a0]|\. ?|[-–]| ?- ?)?$")
_SENTENCE_END = re.compile(r"(?:^|[.!?:;][\"'”’)]*\s+|\n\s*|[\"“‘(]\s*|—\s*)$")
_LONGEST_GAP = 3
_LONGEST_HEADLINE = 120
_SHORTEST_WORD = 3


@dataclass(frozen=True)
class Bearers:
    """Who bears a name: kinds by country, and how heavy the heaviest bearer is.

    What follows from it is worked out once: the same names come in many texts.
    """

    kinds: dict[str, frozenset[str]]
    acronym: bool  # somewhere spelled in capitals, such as FATA
    population: int
    heaviest: str  # country of the heaviest bearer

    @once
    def all_kinds(self) -> frozenset[str]:
        """Every kind of place that bears the name somewhere."""
        return frozenset().union(*self.kinds.values())

    @once
    def strong(self) -> bool:
        """Whether the name is a country, a province or a large town somewhere."""
        return (
            self.acronym
            or self.population >= KNOWN_TOWN
            or bool(self.all_kinds & {"country", "admin1"})
        )

    @once
    def country(self) -> bool:
        """Whether the heaviest bearer is a country."""
        return "country" in self.kinds[self.heaviest]


@dataclass(slots=True)
class Span:
    """A run of words that bears a name; token positions are half-open."""

    first: int
    last: int
    start: int
    end: int
    name: str
    bearers: Bearers
    labelled: bool = False  # the province or country behind it says that it is a place
    pattern: bool = False  # found by its form alone: "Snake River"

    @property
    def country(self) -> bool:
        """Whether the heaviest bearer is a country."""
        return self.bearers.country

    @property
    def wide_name(self) -> bool:
        """Whether the name itself says what it is: "Smith County"."""
        return self.name.rpartition(" ")[2].lower() in {"county", "parish", "province", "district"}


class Text:
    """A text cut into tokens.

    `capitals` are the positions of the words that begin with a capital: what looks for names
    goes by them, and passes the rest of the text over.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [(*m.span(), m[0]) for m in _TOKEN.finditer(text)]
        self.words = [word for _, _, word in self.tokens]
        self.capitals = [n for n, word in enumerate(self.words) if word[0].isupper()]
        self.lower_words = {word for word in set(self.words) if word.islower()}

    def word(self, position: int) -> str:
        """Word at a position; empty beyond the ends."""
        return self.words[position] if 0 <= position < len(self.words) else ""

    def gap(self, position: int) -> str:
        """Characters between the token before `position` and the one at it."""
        before = self.tokens[position - 1][1] if position > 0 else 0
        after = self.tokens[position][0] if position < len(self.tokens) else len(self.text)
        return self.text[before:after]

    def joined(self, position: int) -> bool:
        """Whether a token continues the one before it: a space, a hyphen, an initial's dot."""
        gap = self.gap(position)
        if gap == " ":
            return True
        if len(gap) > _LONGEST_GAP or not _GAP.match(gap):
            return False
        return "." not in gap or len(self.word(position - 1)) <= 2

    def starts_sentence(self, position: int) -> bool:
        """Whether a capital here says nothing, because a sentence begins."""
        start = self.tokens[position][0]
        return bool(_SENTENCE_END.search(self.text[max(0, start - 12) : start])) or start == 0

    def headline(self, position: int) -> bool:
        """Whether a position stands in a line whose words are nearly all capitalised."""
        here = self.tokens[position][0]
        before = self.text[max(0, here - _LONGEST_HEADLINE) : here]
        after = self.text[here : here + _LONGEST_HEADLINE]
        line = before.rpartition("\n")[2] + after.partition("\n")[0]
        if len(line) > _LONGEST_HEADLINE or line.endswith("."):
            return False
        words = [word for word in _TOKEN.findall(line) if len(word) > _SHORTEST_WORD]
        return len(words) > _SHORTEST_WORD and all(word[0].isupper() for word in words)

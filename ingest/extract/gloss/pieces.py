"""The pieces of a gloss: English words, and where in the report they come from."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache


def plain(text: str) -> str:
    """Letters without their accents, one for one: offsets stay true."""
    return text if text.isascii() else "".join(map(_plain_letter, text))


@lru_cache(maxsize=4096)
def _plain_letter(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]


@dataclass(frozen=True, slots=True)
class Piece:
    """English for some words of the report, at their offsets.

    `tag` is one letter for the part of speech (see `grammar.toml` of a language), by which the
    grammar knows it. `forms` holds the English forms of a verb: base, present, past, participle,
    gerund. `space` tells whether a blank stands before it.
    """

    text: str
    tag: str
    start: int
    end: int
    forms: Mapping[str, str] = field(default_factory=dict)
    plural: bool = False
    space: bool = False
    verbatim: bool = False  # copied letter by letter


def joined(pieces: Sequence[Piece]) -> str:
    """Write pieces as text."""
    out: list[str] = []
    for piece in pieces:
        if piece.space and out:
            out.append(" ")
        out.append(piece.text)
    return "".join(out)

"""The few orders of words in which a language differs from English, as rules over tags.

Each piece has a tag of one letter, so that a stretch of pieces is a string of tags and a rule is
a regular expression over it. What a rule gives is a list: the name of a group stands for its
pieces, ``name:form`` for its verb in another form, ``'words'`` for English words of their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from ingest.extract.gloss.pieces import Piece
from ingest.extract.lexicon import load


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: where it holds, what it gives, and the tag of the one piece it leaves.

    `fuse` is empty where the pieces stay apart, ``=name`` for the tag of a group's last piece.
    """

    match: re.Pattern[str]
    give: tuple[str, ...]
    fuse: str = ""


def apply(pieces: Sequence[Piece], rules: Sequence[Rule]) -> list[Piece]:
    """Apply the rules in their order, each from left to right."""
    out = list(pieces)
    for rule in rules:
        out = _apply(out, rule)
    return out


def _apply(pieces: list[Piece], rule: Rule) -> list[Piece]:
    tags = "".join(piece.tag for piece in pieces)
    out: list[Piece] = []
    last = 0
    for found in rule.match.finditer(tags):
        if found.end() == found.start():
            continue
        out.extend(pieces[last : found.start()])
        out.extend(_given(pieces, found, rule))
        last = found.end()
    return out + pieces[last:] if last else pieces


def _given(pieces: list[Piece], found: re.Match[str], rule: Rule) -> list[Piece]:
    first = pieces[found.start()]
    made: list[Piece] = []
    for token in rule.give:
        if token.startswith("'"):
            at = made[-1].end if made else first.start
            made.append(Piece(token.strip("'"), "W", at, at))
            continue
        name, _, form = token.partition(":")
        start, end = found.span(name)
        made.extend(_in_form(pieces[start:end], form) if start >= 0 else [])
    if rule.fuse:
        made = [_fused(made, _tag(pieces, found, rule.fuse))]
    made = [replace(piece, space=True) for piece in made]
    made[0] = replace(made[0], space=first.space)
    return made


def _tag(pieces: Sequence[Piece], found: re.Match[str], fuse: str) -> str:
    return pieces[found.end(fuse[1:]) - 1].tag if fuse.startswith("=") else fuse


def _fused(pieces: Sequence[Piece], tag: str) -> Piece:
    whole = [piece for piece in pieces if piece.end > piece.start]
    return Piece(
        " ".join(piece.text for piece in pieces),
        tag,
        min(piece.start for piece in whole),
        max(piece.end for piece in whole),
        plural=any(piece.plural for piece in pieces),
    )


def _in_form(pieces: list[Piece], form: str) -> list[Piece]:
    if form == "reversed":
        return pieces[::-1]
    made = [replace(piece, text=_text(piece, form)) for piece in pieces]
    return [piece for piece in made if piece.text]


def _text(piece: Piece, form: str) -> str:
    """Text of a piece in a form of its verb, or as a small word in another guise."""
    match form:
        case "be":  # "se incautaron armas": seized by nobody named
            past = "were" if piece.plural else "was"
            return f"{past} {piece.forms.get('participle', piece.text)}"
        case "by":
            return re.sub("^of", "by", piece.text)
        case "short":  # "of the" before a name is "of"
            return piece.text.removesuffix(" the")
        case "bare":  # "to the" without its preposition is "the"
            return piece.text.partition(" ")[2]
    return piece.forms.get(form, piece.text)


@lru_cache
def rules(language: str) -> tuple[Rule, ...]:
    """Rules of a language, compiled once."""
    return _read(load(language).table("grammar"))


def _read(table: Mapping[str, Any]) -> tuple[Rule, ...]:
    macros: Mapping[str, str] = table["macros"]
    return tuple(
        Rule(
            re.compile(re.sub(r"\{(\w+)\}", lambda m: macros[m[1]], rule["match"])),
            tuple(rule["give"]),
            rule.get("fuse", ""),
        )
        for rule in table["rules"]
    )

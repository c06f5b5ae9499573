"""From a text in another language to its gloss, and back from a span of it to the text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.extract.gloss import dates, grammar
from ingest.extract.gloss.dictionary import dictionary
from ingest.extract.gloss.pieces import Piece
from ingest.extract.gloss.words import Fixed, Line

_VOWEL = re.compile(r"(?!uni|one)[aeiou]", re.IGNORECASE)
_LINE = re.compile(r"[^\n]*\n?")


@dataclass(frozen=True, slots=True)
class Gloss:
    """English words for a text, and where each of them comes from."""

    text: str
    starts: tuple[int, ...]
    pieces: tuple[Piece, ...]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the report for a span of the gloss: the stretch that its words come from."""
        first = max(0, bisect_right(self.starts, start) - 1)
        spans = []
        for at, piece in zip(self.starts[first:], self.pieces[first:], strict=True):
            if at >= end:
                break
            if at + len(piece.text) > start and piece.end > piece.start:
                spans.append(_part(piece, start - at, end - at))
        if not spans:
            near = self.pieces[first] if self.pieces else None
            return (near.start, near.end) if near else (0, 0)
        return min(a for a, _ in spans), max(b for _, b in spans)


def _part(piece: Piece, start: int, end: int) -> tuple[int, int]:
    """Part of a piece that a span covers: letters of a copied one, else all of it."""
    if not piece.verbatim:
        return piece.start, piece.end
    return piece.start + max(0, start), min(piece.end, piece.start + end)


def gloss(text: str, language: str, fixed: Sequence[Fixed] = ()) -> Gloss:
    """Put a text into plain English, line by line.

    Parameters
    ----------
    text
        The report.
    language
        Code of a language whose folder says ``reads = "gloss"``.
    fixed
        Names in the text that stay as they are, left to right.
    """
    starts: list[int] = []
    pieces: list[Piece] = []
    written: list[str] = []
    length = 0
    for piece in _with_articles(_all_pieces(text, language, fixed)):
        if piece.space and written and not written[-1].endswith("\n"):
            written.append(" ")
            length += 1
        starts.append(length)
        pieces.append(piece)
        written.append(piece.text)
        length += len(piece.text)
    return Gloss("".join(written), tuple(starts), tuple(pieces))


def _with_articles(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Write "an attack" for "a attack", and one article before a name that has its own."""
    held: Piece | None = None
    for found in pieces:
        piece = found
        if held is not None and not held.verbatim:
            if held.text.lower() == "a" and _VOWEL.match(piece.text):
                held = replace(held, text=held.text + "n")
            elif held.text.lower().endswith("the") and piece.text.startswith("the "):
                piece = replace(piece, text=piece.text.removeprefix("the "))
        if held is not None:
            yield held
        held = piece
    if held is not None:
        yield held


def _all_pieces(text: str, language: str, fixed: Sequence[Fixed]) -> Iterator[Piece]:
    words, rules, times = dictionary(language), grammar.rules(language), dates.templates(language)
    begins = [one.start for one in fixed]
    for line in _LINE.finditer(text):
        if not line.group().strip():
            if line.group():
                end = line.end()
                yield Piece(text[end - 1 : end], "\n", end - 1, end, verbatim=True)
            continue
        first, last = bisect_left(begins, line.start()), bisect_left(begins, line.end())
        own = [one for one in fixed[first:last] if one.end <= line.end()]
        spoken = [
            replace(piece, start=piece.start + line.start(), end=piece.end + line.start())
            for piece in times.find(line.group())
        ]
        read = Line(text, line.start(), line.end(), words=words, fixed=own, spoken=spoken)
        for sentence in read.sentences():
            yield from _capital(grammar.apply(sentence, rules), text)


def _capital(pieces: list[Piece], text: str) -> list[Piece]:
    """Begin a sentence with a capital where the report does."""
    first = min((p.start for p in pieces if text[p.start : p.start + 1].isalnum()), default=None)
    if first is None or text[first].islower():
        return pieces
    for index, piece in enumerate(pieces):
        if piece.text[:1].isalpha():
            return [
                *pieces[:index],
                replace(piece, text=piece.text[0].upper() + piece.text[1:]),
                *pieces[index + 1 :],
            ]
        if piece.text[:1].isdigit():
            break
    return pieces

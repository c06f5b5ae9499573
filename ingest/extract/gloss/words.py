"""From a line of a report to the pieces of its sentences, before the order of words is changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.extract.gloss.dictionary import Dictionary, Entry
from ingest.extract.gloss.pieces import Piece
from ingest.extract.gloss.tokens import Token, is_shouted, tokens_of

NAME, GROUP, UNKNOWN, NUMBER = "M", "G", "U", "Q"

MAX_SENTENCE = 300
"""Pieces that the grammar looks at together: no sentence is longer."""

_DECIMAL = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))")
_THOUSANDS = re.compile(r"(?<=\d)[.\u00a0\u202f ](?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Fixed:
    """A name in the report that stays as it is: its offsets and its tag."""

    start: int
    end: int
    tag: str = NAME


class Line:
    """One line of a report, read from left to right.

    Parameters
    ----------
    text, start, end
        The report, and where the line lies in it.
    words
        The dictionary of its language.
    fixed, spoken
        Names and expressions of time in the line.
    """

    def __init__(
        self,
        text: str,
        start: int,
        end: int,
        *,
        words: Dictionary,
        fixed: Sequence[Fixed] = (),
        spoken: Sequence[Piece] = (),
    ) -> None:
        self._text = text
        self._words = words
        self._tokens = list(tokens_of(text, start, end))
        self._shouted = is_shouted(text[start:end])
        self._fixed = {one.start: one for one in fixed}
        self._spoken = {one.start: one for one in spoken}

    def sentences(self) -> Iterator[list[Piece]]:
        """Give the pieces of each sentence."""
        sentence: list[Piece] = []
        index = 0
        while index < len(self._tokens):
            piece, index = self._next(index)
            sentence.append(self._beside_noun(piece, sentence))
            ends = index >= len(self._tokens) or self._tokens[index].first
            if ends or len(sentence) >= MAX_SENTENCE:
                yield sentence
                sentence = []

    def _next(self, index: int) -> tuple[Piece, int]:
        """Give the longest piece that begins with a token, and the index after it."""
        token = self._tokens[index]
        time = self._spoken.get(token.start)
        if time is not None:
            return replace(time, space=token.space), self._after(index, time.end)
        entry, stop = self._entry(index)
        name = self._name(index)
        if name is not None and (entry is None or self._wins(name, entry, index, stop)):
            return name, self._after(index, name.end)
        if entry is None:
            return _plain(token), index + 1
        return _piece(entry, token, self._tokens[stop - 1].end), stop

    def _after(self, index: int, end: int) -> int:
        """Index of the first token from `index` on that begins at an offset or behind it."""
        while index < len(self._tokens) and self._tokens[index].start < end:
            index += 1
        return index

    def _entry(self, index: int) -> tuple[Entry | None, int]:
        """Longest entry of the dictionary that begins with a token, within one sentence."""
        run: list[str] = []
        for token in self._tokens[index : index + self._words.longest]:
            if token.kind != "word" or (run and (token.first or not token.space)):
                break
            run.append(token.text.lower())
        for length in range(len(run), 0, -1):
            found = self._words.find(run[:length])
            if found is not None:
                return found, index + length
        return None, index

    def _wins(self, name: Piece, entry: Entry, index: int, stop: int) -> bool:
        """Whether a name counts rather than a word: inside a sentence, capitals are a name's."""
        token = self._tokens[index]
        if name.end > self._tokens[stop - 1].end:
            return True
        if stop == index + 1 and self._has_article(index):
            return True
        return not (token.first or self._shouted or entry.proper or token.lower)

    def _name(self, index: int) -> Piece | None:
        """Give a name that begins with a token: a known one, or a run of capitals."""
        token = self._tokens[index]
        known = self._fixed.get(token.start)
        if known is not None and (known.tag == GROUP or " " in self._text[known.start : known.end]):
            if known.tag == GROUP or self._shouted:
                return self._copied(token, known.end, known.tag)
            return self._copied(token, self._run(self._after(index, known.end) - 1), known.tag)
        begins = token.first and not self._has_article(index)
        if not self._is_name_like(token) or self._shouted or begins:
            return self._copied(token, known.end, known.tag) if known is not None else None
        return self._copied(token, max(self._run(index), known.end if known else 0), NAME)

    def _is_name_like(self, token: Token) -> bool:
        """Whether a token is a capital word that no office or country has."""
        if token.kind != "word" or token.lower:
            return False
        entry = self._words.find([token.text.lower()])
        return entry is None or not entry.proper

    def _has_article(self, index: int) -> bool:
        """Whether a name begins with its article: "El Bejuco fue atacado"."""
        if self._tokens[index].text.lower() not in self._words.articles:
            return False
        if index + 1 >= len(self._tokens) or not self._is_capital(index + 1):
            return False
        known = self._fixed.get(self._tokens[index + 1].start)
        group = known is not None and known.tag == GROUP
        return not group and self._entry(index + 1)[0] is None

    def _run(self, index: int) -> int:
        """End of a run of capitals, over small words between two: "San Miguel del Ene"."""
        end = self._tokens[index].end
        i = index + 1
        while i < len(self._tokens):
            small = i
            while small - i < 2 and self._is_joint(small):
                small += 1
            if not self._is_capital(small) or not self._is_capital(i - 1, small == i):
                break
            if any(not token.space for token in self._tokens[i : small + 1]):
                break
            known = self._fixed.get(self._tokens[small].start)
            if known is not None and (known.tag == GROUP or small == i + 1):
                break  # "Victoria de Choloma": two places, "de" between them
            end, i = self._tokens[small].end, small + 1
        return end

    def _is_joint(self, index: int) -> bool:
        return index < len(self._tokens) and self._tokens[index].text in self._words.joints

    def _is_capital(self, index: int, anyway: bool = False) -> bool:
        """Whether a token inside a sentence may belong to a name; or `anyway`."""
        if anyway:
            return True
        if index >= len(self._tokens):
            return False
        token = self._tokens[index]
        return not token.first and self._is_name_like(token)

    def _copied(self, token: Token, end: int, tag: str) -> Piece:
        text = self._text[token.start : end]
        return Piece(text, tag, token.start, end, space=token.space, verbatim=True)

    def _beside_noun(self, piece: Piece, before: list[Piece]) -> Piece:
        """Read a word that is noun and adjective as the latter behind a noun: "base militar"."""
        nouns = piece.tag in "NHGL" and before and before[-1].tag in "NHGkL"
        if not nouns or piece.verbatim:
            return piece
        found = self._words.adjective(self._text[piece.start : piece.end].lower().split())
        return piece if found is None else replace(piece, text=found.text, tag="A")


def _piece(entry: Entry, token: Token, end: int) -> Piece:
    return Piece(entry.text, entry.tag, token.start, end, entry.forms, entry.plural, token.space)


def _plain(token: Token) -> Piece:
    """A token that the dictionary lacks: a number, a mark, a word copied as it is."""
    if token.kind == "number":
        digits = _THOUSANDS.sub(",", _DECIMAL.sub(".", token.text))
        return Piece(digits, NUMBER, token.start, token.end, space=token.space, plural=True)
    tags = {"mark": "," if token.text in ",;" else ".", "line": "\n"}
    tag = tags.get(token.kind, UNKNOWN if token.lower else NAME)
    return Piece(token.text, tag, token.start, token.end, space=token.space, verbatim=True)

"""Find names in text: words folded for comparison, and a trie of known names.

A word is compared without accents, apostrophes and the possessive ``'s``; the words of a name
may be parted by a space, a hyphen or one line break. Names that are acronyms keep their case,
so that "IS" is a group and "is" is a verb.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

_WORD = re.compile(r"[^\W_]+(?:['’‘ʼ`´][^\W_]+)*")
_ROUGH = re.compile(r"(\w+(?:['’‘ʼ`´]\w+)*)")  # the same and "_", told faster by `re`
_APOSTROPHES = re.compile(r"['’‘ʼ`´]")
_POSSESSIVE = re.compile(r"['’‘ʼ`´][sS]$")
_GAP = re.compile(r"[^\S\n]{0,3}\n?[^\S\n]{0,3}|[-‐‑–]\s?|[^\S\n]?\(")
_OWNERS = re.compile(r"['’][^\S\n]")  # "Workers' Party"
_PLURAL_ACRONYM = re.compile(r"([A-Z]{2,})s")  # "two VDPs"
_DOT = re.compile(r"\.[^\S\n]?")  # only after an initial: "U.S. troops"


class Word(NamedTuple):
    """One word of a text: offsets without the possessive, its spelling and its folded key."""

    start: int
    end: int
    spelling: str
    key: str


@lru_cache(maxsize=65_536)
def _fold(word: str) -> tuple[int, str, str]:
    bare = _POSSESSIVE.sub("", word)
    plain = _APOSTROPHES.sub("", bare)
    if not plain.isascii():
        plain = "".join(
            letter for letter in unicodedata.normalize("NFKD", plain) if letter.isalnum()
        )
    plural = _PLURAL_ACRONYM.fullmatch(plain)
    if plural is not None:
        plain = plural[1]
    return len(bare), plain, plain.casefold()


def words(text: str) -> list[Word]:
    """Words of a text with their offsets."""
    return list(_words(text))


@lru_cache(maxsize=64)  # actors, countries and places are sought in the same text one by one
def _words(text: str) -> tuple[Word, ...]:
    found = []
    new = tuple.__new__  # what `Word(...)` comes to, by a shorter way
    pieces = _ROUGH.split(text)  # what stands between, a word, what stands between, ...
    ends = accumulate(map(len, pieces))
    for start, end, rough in zip(ends, ends, pieces[1::2], strict=False):
        if "_" in rough:
            found += [_as_word(match) for match in _WORD.finditer(text, start, end)]
            continue
        length, spelling, key = _fold(rough)
        found.append(new(Word, (start, start + length, spelling, key)))
    return tuple(found)


def _as_word(match: re.Match[str]) -> Word:
    length, spelling, key = _fold(match[0])
    return Word(match.start(), match.start() + length, spelling, key)


def is_acronym(name: str) -> bool:
    """Whether a name is written in capitals and so compared with its case: IS, IS-K, M23."""
    letters = [letter for letter in name if letter.isalpha()]
    return bool(letters) and len(letters) <= 8 and all(letter.isupper() for letter in letters)


@dataclass(slots=True)
class _Node(Generic[T]):
    children: dict[str, _Node[T]] = field(default_factory=dict)
    exact: dict[tuple[str, ...], T] | None = None  # most nodes are no name's end
    folded: T | None = None


class NameTrie(Generic[T]):
    """Names to values, found in a sequence of words."""

    def __init__(self) -> None:
        self._root: _Node[T] = _Node()

    def __getitem__(self, name: str) -> T | None:
        """Give the value of a whole name in any case; exact names are tried first."""
        parts = words(name)
        node: _Node[T] | None = self._root
        for part in parts:
            node = node.children.get(part.key) if node else None
        if node is None or not parts:
            return None
        known = node.exact or {}
        exact = known.get(tuple(part.spelling for part in parts))
        if exact is not None:
            return exact
        return node.folded if node.folded is not None else next(iter(known.values()), None)

    def setdefault(self, name: str, value: T, *, exact: bool) -> T:
        """Keep a value under a name, and give the one that is there."""
        parts = words(name)
        node = self._root
        for part in parts:
            following = node.children.get(part.key)
            if following is None:
                following = node.children[part.key] = _Node()
            node = following
        if exact:
            if node.exact is None:
                node.exact = {}
            return node.exact.setdefault(tuple(part.spelling for part in parts), value)
        if node.folded is None:
            node.folded = value
        return node.folded

    @property
    def firsts(self) -> Container[str]:
        """Keys of the words that names begin with: a quick look before `matches`."""
        return self._root.children

    def matches(self, text: str, at: Sequence[Word], first: int) -> Iterator[tuple[int, T]]:
        """Names that begin with word `first`: (index after the last word, value), short first."""
        node = self._root
        for index in range(first, len(at)):
            if index > first and not joined(text, at[index - 1], at[index]):
                return
            found = node.children.get(at[index].key)
            if found is None:
                return
            node = found
            if node.exact:
                value = node.exact.get(tuple(word.spelling for word in at[first : index + 1]))
                if value is not None:
                    yield index + 1, value
            if node.folded is not None:
                yield index + 1, node.folded


def joined(text: str, before: Word, after: Word) -> bool:
    """Whether two words may belong to one name, by what stands between them."""
    gap = text[before.end : after.start]
    if gap in (" ", "-"):
        return True
    if _POSSESSIVE.match(gap[:2]):
        gap = gap[2:]
    if _GAP.fullmatch(gap) or (before.key.endswith("s") and _OWNERS.fullmatch(gap)):
        return True
    return before.end - before.start == 1 and _DOT.fullmatch(gap) is not None

"""How a match of a pattern may begin, told by the pattern's own parse tree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

try:  # the parser of `re` is no public module: a Python without it tries every pattern everywhere
    from re import _constants as sre, _parser  # type: ignore[attr-defined]  # isort: skip
except ImportError:
    sre = _parser = None

_NARROWING = (sre.ASSERT, sre.ASSERT_NOT, sre.AT) if sre else ()
"""What takes up no letter of a match."""

MOST = 6
"""Letters of a word that are looked at."""

_MAX_BEGINNINGS = 20_000
_MAX_CLASS = 40  # letters of a class such as [a-z] that are told apart

# Digits beside 0 to 9, and letters that `re.IGNORECASE` takes for others in ways that `str.lower`
# does not know.
ODD = re.compile("(?![0-9])\\d|[\u0130\u0131\u017f\u1e9e\u2126\u212a\u212b\u00b5\u0345\u0390-\u03ff\u1c80-\u1c88\u1e9b\ufb05\ufb06\u13a0-\u13ff\uab70-\uabbf]")  # fmt: skip  # noqa: E501


@dataclass(frozen=True, slots=True)
class Beginnings:
    """First letters of the words that a match may begin with, or a mark that it begins with.

    All are in lower case, but for one letter where only its capital will do.
    """

    one: frozenset[str]
    two: frozenset[str]
    four: frozenset[str]
    six: frozenset[str]  # and shorter words that do not go on
    marks: frozenset[str]


def joint(several: Iterable[Beginnings]) -> Beginnings:
    """The beginnings of several patterns together."""
    known = list(several)
    kinds = ("one", "two", "four", "six", "marks")
    return Beginnings(*(frozenset().union(*(getattr(b, k) for b in known)) for k in kinds))


class _Untold(Exception):  # noqa: N818 - no error: the pattern is then tried everywhere
    """Where a match may begin cannot be told from the pattern."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a pattern's parse tree tells of its matches; None stands for what it does not.

    An option may begin with any word ("the", "two") and go on to a rarer one ("drones"). Those
    that do begin like `common` and hold a word of `behind`; the others begin like `rare`.
    """

    first: Beginnings | None = None  # how any match begins
    rare: Beginnings | None = None
    common: Beginnings | None = None
    behind: Beginnings | None = None


def beginnings_of(compiled: re.Pattern[str]) -> Told:
    """How a match of a pattern may begin, and what it holds."""
    if _parser is None:
        return Told()
    tree = list(_parser.parse(compiled.pattern, compiled.flags))
    if not tree or not _bounds_word(tree[0]):
        return Told()
    cased = not compiled.flags & re.IGNORECASE
    whole = tree[-1][0] in (sre.AT, sre.ASSERT_NOT) and _bounds_word(tree[-1])
    first: list[Beginnings | None] = []
    rarest: list[Beginnings | None] = []
    for branch, as_cased in _options(tree, cased):
        known = _of_items(list(branch), cased=as_cased, whole=whole)
        first.append(known)
        rarest.append(_rarest(known, list(branch), cased=as_cased, whole=whole))
    return _told(first, rarest)


def _told(first: Sequence[Beginnings | None], rarest: Sequence[Beginnings | None]) -> Told:
    """Put the options of a pattern together, each with its beginnings and its rarest words."""
    begun = _joint_of_all(first)
    both = list(zip(first, rarest, strict=True))
    behind = _joint_of_all([rare for known, rare in both if rare is not known or rare is None])
    if behind is None:
        return Told(begun)
    return Told(
        begun,
        _joint_of_all([known for known, rare in both if rare is known]),
        _joint_of_all([known for known, rare in both if rare is not known]),
        behind,
    )


def _joint_of_all(several: Sequence[Beginnings | None]) -> Beginnings | None:
    known = [one for one in several if one is not None]
    together = joint(known) if known and len(known) == len(several) else None
    return together if together and len(together.six) <= _MAX_BEGINNINGS else None


def _options(tree: Iterable[tuple[Any, Any]], cased: bool) -> Iterator[tuple[Any, bool]]:
    """Sequences of which a match is one, and whether capitals differ from small letters there."""
    core = [item for item in tree if item[0] not in _NARROWING]
    if len(core) != 1 or core[0][0] not in (sre.BRANCH, sre.SUBPATTERN):
        yield core, cased
        return
    op, value = core[0]
    if op is sre.BRANCH:
        for branch in value[1]:
            yield from _options(branch, cased)
    else:
        _, added, taken, items = value
        ignored = added & re.IGNORECASE
        yield from _options(items, (cased or bool(taken & re.IGNORECASE)) and not ignored)


def _rarest(
    first: Beginnings | None, items: list[tuple[Any, Any]], *, cased: bool, whole: bool
) -> Beginnings | None:
    """Of the words that every match of a sequence holds, the beginnings of the rarest."""
    found = [] if first is None or first.marks else [first]
    parted = True
    for at, item in enumerate(items):
        if found and not _is_common(min(found, key=_frequency)):
            break
        if parted and at:
            known = _of_items(items[at:], cased=cased, whole=whole)
            if known is not None and not known.marks:
                found.append(known)
        parted = _parts([item], parted)
    return min(found, key=_frequency, default=None)


def _is_common(known: Beginnings) -> bool:
    return _frequency(known) > len(known.four) + len(known.six)


def _frequency(known: Beginnings) -> int:
    """How often words begin so, roughly: short words are common."""
    common = sum(len(letters) < 4 or letters in _COMMON for letters in known.six)
    rare = len(known.four) + len(known.six)
    return 50 * len(known.one) + 20 * len(known.two) + 20 * common + rare


_COMMON = frozenset({"from", "were", "been", "with", "when", "they", "over", "that", "this"})


def _parts(items: Iterable[tuple[Any, Any]], parted: bool) -> bool:
    """Whether a word can only begin anew behind a sequence; `parted`: so it was before it."""
    for op, value in items:
        if op in (sre.LITERAL, sre.IN):
            letters = {chr(value)} if op is sre.LITERAL else _letters_of(value)
            parted = letters is not None and not any(x.isalnum() or x == "_" for x in letters)
        elif op is sre.SUBPATTERN:
            parted = _parts(value[-1], parted)
        elif op is sre.BRANCH:
            parted = all(_parts(branch, parted) for branch in value[1])
        elif op in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            parted = _parts(value[2], False) and (parted or value[0] > 0)
        elif op not in _NARROWING:
            parted = False
    return parted


def _of_items(items: list[tuple[Any, Any]], *, cased: bool, whole: bool) -> Beginnings | None:
    """Beginnings of a sequence; `whole`: no letter may follow it."""
    walk = _Walk(cased=cased)
    try:
        rest = walk.through(items, {""})
        walk.done.update((beginning, whole) for beginning in rest)
        walk.check()
    except _Untold:
        return None
    begun: dict[int, set[str]] = {1: set(), 2: set(), 4: set(), MOST: set()}
    for beginning, is_word in walk.done:
        length = MOST if is_word else max(n for n in begun if n <= len(beginning))
        begun[length].add(beginning if length == 1 else beginning[:length].lower())
    return Beginnings(*map(frozenset, (*begun.values(), walk.marks)))


def _bounds_word(item: tuple[Any, Any]) -> bool:
    r"""Whether an item of a pattern lets no word character stand beside it: ``\b``, ``(?<!\w)``."""
    op, value = item
    if op is sre.AT:
        return value is sre.AT_BOUNDARY
    if op is sre.SUBPATTERN:
        return len(value[-1]) > 0 and _bounds_word(value[-1][0])
    if op is sre.BRANCH:
        return all(len(branch) > 0 and _bounds_word(branch[0]) for branch in value[1])
    if op is not sre.ASSERT_NOT or len(value[1]) != 1:
        return False
    inner_op, inner = value[1][0]
    return inner_op is sre.IN and (sre.CATEGORY, sre.CATEGORY_WORD) in inner


class _Walk:
    """Goes through a pattern's tree and keeps the beginnings that are complete.

    A beginning is kept with whether it is the whole word ("war" before a space) or may go on.
    """

    def __init__(self, *, cased: bool) -> None:
        self.cased = cased  # whether capitals differ from small letters here
        self.done: set[tuple[str, bool]] = set()
        self.marks: set[str] = set()

    def check(self) -> None:
        """Refuse a pattern that may match without a word, or has too many beginnings."""
        if ("", True) in self.done or ("", False) in self.done or len(self.done) > _MAX_BEGINNINGS:
            raise _Untold

    def through(self, items: Iterable[tuple[Any, Any]], begun: set[str]) -> set[str]:
        """Give the beginnings that are still open after a sequence."""
        for op, value in items:
            if not begun:
                break
            begun = self._step(op, value, begun)
            self.check()
        return begun

    def _step(self, op: Any, value: Any, begun: set[str]) -> set[str]:
        if op in _NARROWING:
            return begun
        if op in (sre.LITERAL, sre.IN):
            letters = {chr(value)} if op is sre.LITERAL else _letters_of(value)
            if letters is None or (" " in letters and "" in begun):  # any blank is meant by one
                return self._cut(begun)
            return self._letters(letters, begun)
        if op in (sre.SUBPATTERN, sre.BRANCH):
            return self._inside(op, value, begun)
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            return self._repeated(value, begun)
        return self._cut(begun)

    def _inside(self, op: Any, value: Any, begun: set[str]) -> set[str]:
        if op is sre.BRANCH:
            return set().union(*(self.through(branch, set(begun)) for branch in value[1]))
        _, added, taken, items = value
        outer = self.cased
        self.cased = (outer or bool(taken & re.IGNORECASE)) and not added & re.IGNORECASE
        still_open = self.through(items, set(begun))
        self.cased = outer
        return still_open

    def _repeated(self, value: Any, begun: set[str]) -> set[str]:
        least, most, item = value
        after = self.through(item, set(begun))
        if most is sre.MAXREPEAT or most > 1:
            after = self._cut(after)  # another round, or what follows
        return after | begun if least == 0 else after

    def _cut(self, begun: set[str]) -> set[str]:
        self.done.update((beginning, False) for beginning in begun)
        return set()

    def _letters(self, letters: set[str], begun: set[str]) -> set[str]:
        longer = set()
        for letter in letters:
            low = letter.lower()
            if len(low) != 1 or ODD.match(letter):
                raise _Untold
            if low.isalnum() or low == "_":
                shown = letter if self.cased else low
                longer |= {beginning + (low if beginning else shown) for beginning in begun}
            else:
                self.done.update((beginning, True) for beginning in begun if beginning)
                self.marks.update({low} if "" in begun else ())
        self.done.update((beginning, False) for beginning in longer if len(beginning) == MOST)
        return {beginning for beginning in longer if len(beginning) < MOST}


def _letters_of(items: Iterable[tuple[Any, Any]]) -> set[str] | None:
    """Letters of a class; None for one that is open or large, which may hold anything."""
    found: set[str] = set()
    for op, value in items:
        if op is sre.LITERAL:
            found.add(chr(value))
        elif op is sre.RANGE and value[1] - value[0] < _MAX_CLASS:
            found |= {chr(code) for code in range(value[0], value[1] + 1)}
        elif op is sre.CATEGORY and value is sre.CATEGORY_SPACE:
            found.add(" ")
        elif op is sre.CATEGORY and value is sre.CATEGORY_DIGIT:
            found.update("0123456789")
        else:
            return None
    return found

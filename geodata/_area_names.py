"""Whether a named division is one of a layer's: in another spelling, shortened, or a slip away.

"Kech District" and "Kech", "KP" and "Khyber Pakhtunkhwa", "Qilla Saifullah" and "Killa Saifullah"
are the same; "Upper Dir" and "Lower Dir" are not, because a layer has both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from geodata.gazetteer.names import core_fold, fold, skeleton, without_article

Spellings = Callable[[str, str], Iterable[str]]
"""Other spellings of a division: name and ISO alpha-2 code (or "") to names, by a gazetteer."""

SAME = 88.0
"""Likeness (0-100) from which a name that the layer does not have means its most similar one."""

DOUBT = 80.0
"""Likeness from which nobody is accused of naming another division."""


@lru_cache(maxsize=65_536)
def keys_of(name: str) -> tuple[str, ...]:
    """Keys that two spellings of one division share, the closest to what is written first."""
    whole = fold(name)
    core = core_fold(whole)[0]
    keys = (key.replace(" ", "") for key in (whole, core, without_article(core)))
    return tuple(dict.fromkeys(key for key in keys if key))


@lru_cache(maxsize=65_536)
def initials(name: str) -> str:
    """First letters of a name of several words ("kp"); empty for one word."""
    words = core_fold(fold(name))[0].split()
    return "".join(word[0] for word in words) if len(words) > 1 else ""


@lru_cache(maxsize=65_536)
def likeness(one: str, other: str) -> float:
    """How alike two names are, 0 to 100: letters, or consonants as transliterations change them."""
    from rapidfuzz.fuzz import ratio

    if set(keys_of(one)) & set(keys_of(other)):
        return 100.0
    if initials(one) in keys_of(other) or initials(other) in keys_of(one):
        return 100.0
    left, right = (core_fold(fold(name))[0].replace(" ", "") for name in (one, other))
    if not left or not right:
        return 0.0
    return 0.6 * ratio(left, right) + 0.4 * ratio(skeleton(left), skeleton(right))


class NameTable:
    """Names of the divisions of a layer, each with the numbers of its areas.

    Parameters
    ----------
    named
        For each area, in order, the names its division goes by; none where the file has none.
    others
        Where to ask for other spellings of a name that the layer does not have.
    """

    def __init__(self, named: Sequence[Sequence[str]], others: Spellings | None = None) -> None:
        self._others = others
        self._by_key: dict[str, list[int]] = {}
        self._by_initials: dict[str, list[int]] = {}
        self._by_name: dict[str, list[int]] = {}
        for number, names in enumerate(named):
            for name in names:
                self._by_name.setdefault(name, []).append(number)
            for key in {key for name in names for key in keys_of(name)}:
                self._by_key.setdefault(key, []).append(number)
            for key in {initials(name) for name in names} - {""}:
                self._by_initials.setdefault(key, []).append(number)
        self._found: dict[tuple[str, str], tuple[frozenset[int], bool]] = {}

    def find(self, name: str, country: str = "") -> tuple[frozenset[int], bool]:
        """Numbers of the areas that a name means, and whether it is sure.

        Empty where the layer has no such name. Not sure where the names are only alike.
        """
        asked = (name, country)
        if asked not in self._found:
            self._found[asked] = self._find(name, country)
        return self._found[asked]

    def _find(self, name: str, country: str) -> tuple[frozenset[int], bool]:
        exact = self._exact(name)
        if not exact and self._others is not None:
            known = (self._exact(other) for other in self._others(name, country))
            exact = frozenset[int]().union(*known)
        if exact:
            return exact, True
        scored = [(likeness(name, other), numbers) for other, numbers in self._by_name.items()]
        best = max((score for score, _ in scored), default=0.0)
        if best < SAME:
            return frozenset(), False
        return frozenset(n for score, numbers in scored if score == best for n in numbers), False

    def _exact(self, name: str) -> frozenset[int]:
        # Initials never meet initials: too many names share them.
        ways = [(key, self._by_key) for key in keys_of(name)]
        ways += [(key, self._by_initials) for key in keys_of(name)]
        ways.append((initials(name), self._by_key))
        return next((frozenset(index[key]) for key, index in ways if key in index), frozenset())

"""Words of dates, counts and coordinates (``words.toml``), ready to look up."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import Any

from geodata._fold import fold

_DIGITS = {
    ord(digit): str(n) for row in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for n, digit in enumerate(row)
}
_SIGNS = {
    ord(sign): plain for signs, plain in (("‐‑‒–—―−﹣－", "-"), ("\u00a0\u2007\u202f\u2009", " "))
    for sign in signs
}  # fmt: skip
_PLAIN = _DIGITS | _SIGNS | dict.fromkeys(map(ord, "\u200b\u200e\u200f\ufeff\x00"), "")


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    text = files("ingest.presets.values").joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def plain(text: str) -> str:
    """Fold a cell: lower case, no accents, one kind of digit, dash and space, no quotes around."""
    if text.isascii() and "\x00" not in text:
        return " ".join(text.lower().replace("`", "'").split()).strip("\"'` ")
    return " ".join(fold(text.translate(_PLAIN)).translate(_SIGNS).split()).strip("\"'` ")


@lru_cache(maxsize=64)
def listed(*path: str) -> frozenset[str]:
    """Give the folded words of a list of the table, by its path."""
    node: Any = _table()
    for step in path:
        node = node[step]
    return frozenset(plain(word) or word for word in node)


@lru_cache(maxsize=8)
def numbered(section: str) -> dict[str, int]:
    """Give the number that each folded word of a section stands for."""
    return {
        plain(word): int(number) for number, words in _table()[section].items() for word in words
    }


@lru_cache(maxsize=1)
def vague() -> dict[str, int]:
    """Give the least number that each vague word stands for."""
    return {plain(word): number for word, number in _table()["vague"].items()}


def one_of(words: Iterable[str]) -> str:
    """Give a pattern that finds any of some words, the longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


def tells_nothing(text: str) -> bool:
    """Whether a folded cell is empty or says that nothing is known."""
    return not text or text in listed("nothing")

"""The language of a report: told by its script, then by small words and letters of its own.

Rules and a table (`lexicon/languages.toml`), no model: the same text always has the same answer.
English wins every doubt in Latin letters, because a report that is left unread for a wrong reason
costs more than one that is read in vain.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from ingest.extract.lexicon import FOLDER, languages

ENGLISH = "en"
UNKNOWN = "und"
"""ISO 639-2 code for a language that nothing is known of."""

MAX_READ = 20_000
"""Characters that decide: the head of a longer text speaks for it."""

_LATIN_SHARE = 0.4
"""Share of Latin letters from which a text is looked at as one in Latin letters."""

_ENGLISH_WORDS = 10
"""English words from which a text mostly in another script is read for its English part."""

_SHARE = 0.12
"""Least share of a language's small words among all words in lower case."""

_LEAD = 2
"""How many times as many as those of English they must be."""

_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f\u0900-\u0dff\u1000-\u109f]+[^\W\d_]*)*")
_ASCII_WORD = re.compile(r"[A-Za-z]+")  # the same in a text of such letters, and faster
_NO_ASCII = re.compile(r"[^\x00-\x7f]+")
_MARKS = frozenset("\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u2022\u00a0£€")


@dataclass(frozen=True, slots=True)
class Known:
    """A language that can be told: its code, its English name, how it is known."""

    code: str
    name: str
    script: str
    words: frozenset[str]
    letters: re.Pattern[str] | None


def language_of(text: str) -> str:
    """ISO 639-1 code of a text's language; `ENGLISH` where Latin letters leave a doubt.

    Languages without such a code have that of ISO 639-3 (``ckb``); `UNKNOWN` is a script that
    is not in the table.
    """
    head = text[:MAX_READ]
    if _has_plain_letters(head):
        return _in_latin(_lower_case(head))
    scripts: Counter[str] = Counter()
    for letter, times in Counter(head).items():
        if letter.isalpha():
            scripts[_script_of(letter)] += times
    letters = scripts.total()
    if not letters:
        return ENGLISH
    words = _lower_case(head)
    latin = scripts["latin"] / letters
    if latin >= _LATIN_SHARE or (latin > 0.1 and _hits(words, _english()) >= _ENGLISH_WORDS):
        return _in_latin(words)
    del scripts["latin"]
    # Japanese is written in both: a text with a fair share of kana is no Chinese.
    if scripts["kana"] * 10 > scripts["han"]:
        scripts["kana"] += scripts["han"]
    script = max(scripts, key=lambda name: (scripts[name], name))
    return _best(words, [one for one in _known() if one.script == script])


def is_supported(code: str) -> bool:
    """Whether reports in a language can be read for incidents."""
    return code in languages()


def language_name(code: str) -> str:
    """English name of a language; the code itself where the table lacks it."""
    return next((one.name for one in _known() if one.code == code), code)


def not_supported(code: str) -> str:
    """Say in one line that a report was kept but not read."""
    return f"language not supported: {code}"


def _has_plain_letters(text: str) -> bool:
    """Whether all letters of a text are ASCII ones; it may hold quotation marks and dashes."""
    return text.isascii() or _MARKS.issuperset("".join(_NO_ASCII.findall(text)))


def _in_latin(words: list[str]) -> str:
    english = _hits(words, _english())
    if 3 * english > len(words):  # no other could have twice as many
        return ENGLISH
    others = [one for one in _known() if one.script == "latin" and one.code != ENGLISH]
    best = _best(words, others)
    hits = max((_hits(words, one) for one in others if one.code == best), default=0)
    wins = hits >= max(2, _SHARE * len(words)) and hits >= _LEAD * english
    return best if wins else ENGLISH


def _best(words: list[str], among: list[Known]) -> str:
    """Language with the most hits; one that can be read, then the first of the table, on a tie."""
    if not among:
        return UNKNOWN
    return max(among, key=lambda one: (_hits(words, one), is_supported(one.code))).code


def _hits(words: list[str], language: Known) -> int:
    pattern = language.letters
    return sum(
        word in language.words or (pattern is not None and bool(pattern.search(word)))
        for word in words
    )


def _lower_case(text: str) -> list[str]:
    """Words without those in capitals, which are names; all of a text in capitals."""
    words = (_ASCII_WORD if _has_plain_letters(text) else _WORD).findall(text)
    lower = [word for word in words if word[0] == word[0].lower()]
    return lower if 3 * len(lower) >= len(words) else [word.lower() for word in words]


@lru_cache(maxsize=4096)
def _script_of(letter: str) -> str:
    code = ord(letter)
    return next((name for name, first, last in _ranges() if first <= code <= last), "other")


@lru_cache(maxsize=1)
def _ranges() -> tuple[tuple[str, int, int], ...]:
    return tuple(
        (name, int(first, 16), int(last, 16))
        for name, ranges in _table()["scripts"].items()
        for first, last in (one.split("-") for one in ranges)
    )


@lru_cache(maxsize=1)
def _known() -> tuple[Known, ...]:
    table = _table()["languages"]
    english = frozenset(table[ENGLISH]["words"])
    return tuple(
        Known(
            code,
            row["name"],
            row["script"],
            frozenset(row.get("words", ())) - (english if code != ENGLISH else frozenset()),
            re.compile(f"[{row['letters']}]") if "letters" in row else None,
        )
        for code, row in table.items()
    )


@lru_cache(maxsize=1)
def _english() -> Known:
    return next(one for one in _known() if one.code == ENGLISH)


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads((FOLDER / "languages.toml").read_text(encoding="utf-8"))

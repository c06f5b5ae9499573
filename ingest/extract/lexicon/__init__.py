"""Words of a language, as data files: a language is a folder of TOML tables.

A table holds lists of regular expressions or words. `Lexicon.pattern` joins a list into one
compiled pattern, `Lexicon.words` gives it as a set, `Lexicon.table` as it stands.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from geodata.errors import InputError
from ingest.extract._word_pattern import FirstLook, WordPattern

FOLDER = Path(__file__).parent


class Lexicon:
    """The tables of one language, addressed as ``file.key.key``."""

    def __init__(self, language: str, tables: Mapping[str, Any]) -> None:
        self.language = language
        self.tables = tables
        self._words: dict[str, frozenset[str]] = {}
        self._patterns: dict[tuple[str, bool, bool], WordPattern] = {}
        self._usual: dict[str, WordPattern] = {}
        self._looks: dict[str, FirstLook] = {}

    def table(self, name: str) -> Any:
        """Give the value at a dotted name; KeyError where the language lacks it."""
        value: Any = self.tables
        for key in name.split("."):
            value = value[key]
        return value

    def words(self, name: str) -> frozenset[str]:
        """Give a list as a set of lower-case words."""
        found = self._words.get(name)
        if found is None:
            found = self._words[name] = frozenset(word.lower() for word in self.table(name))
        return found

    def pattern(self, name: str, *, case: bool = False, whole: bool = True) -> WordPattern:
        """Join a list of expressions into one pattern: over whole words unless told otherwise."""
        if whole and not case:
            usual = self._usual.get(name)
            if usual is not None:  # asked for a thousand times a report
                return usual
        key = (name, case, whole)
        found = self._patterns.get(key)
        if found is None:
            options = "|".join(f"(?:{_either(option)})" for option in self.table(name))
            flags = 0 if case else re.IGNORECASE
            bounded = rf"(?<!\w)(?:{options})(?!\w)" if whole else rf"(?:{options})"
            found = self._patterns[key] = WordPattern(re.compile(bounded, flags))
            if whole and not case:
                self._usual[name] = found
        return found

    def first_look(self, name: str, keys: Sequence[str]) -> FirstLook:
        """Give what tells quickly which of the patterns ``name.key`` a text may hold.

        It is made once for a name: the keys of the first call stay.
        """
        found = self._looks.get(name)
        if found is None:
            found = self._looks[name] = FirstLook({k: self.pattern(f"{name}.{k}") for k in keys})
        return found


def _either(option: str) -> str:
    """An expression that takes a typewriter's apostrophe in a word as it does a printer's."""
    return option.replace(r"[\w’", r"[\w’'")


def languages() -> tuple[str, ...]:
    """Languages that can be read, by ISO 639-1 code."""
    return _languages_in(FOLDER)


@lru_cache(maxsize=8)
def _languages_in(folder: Path) -> tuple[str, ...]:
    return tuple(
        sorted(path.name for path in folder.iterdir() if (path / "language.toml").is_file())
    )


@lru_cache
def load(language: str = "en") -> Lexicon:
    """Read the lexicon of a language.

    Raises
    ------
    InputError
        Where there is no such folder.
    """
    folder = FOLDER / language
    if language not in languages():
        raise InputError(
            f"language not supported: {language!r}; this version reads {', '.join(languages())}"
        )
    tables = {
        path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*.toml"))
    }
    return Lexicon(language, tables)

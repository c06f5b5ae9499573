"""Countries by name, ISO 3166-1 alpha-2 code and demonym, and how such tables are read.

The file ``geodata/data/countries.csv`` has the columns code, country, names, demonyms; several
names or demonyms are parted by ``|``.
"""

from __future__ import annotations

import csv
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from geodata._names import NameTrie, Word, is_acronym, words
from geodata.errors import InputError

DATA = Path(__file__).parent / "data"


class Countries:
    """Countries by name, ISO alpha-2 code and demonym."""

    def __init__(self, rows: Iterable[dict[str, str]]) -> None:
        self._trie: NameTrie[str] = NameTrie()
        self._codes: dict[str, str] = {}
        for row in rows:
            country = row["country"]
            self._codes[row["code"]] = country
            for name in (country, *row["names"].split("|"), *row["demonyms"].split("|")):
                if name:
                    self._trie.setdefault(name, country, exact=is_acronym(name))

    def __getitem__(self, name: str) -> str | None:
        return self._codes.get(name) or self._trie[name]

    def code_of(self, name: str) -> str | None:
        """Give the ISO alpha-2 code of a country by any of its names; None for no country."""
        country = self[name]
        codes = (code for code, known in self._codes.items() if known == country)
        return next(codes, None) if country else None

    @property
    def firsts(self) -> Container[str]:
        """Keys of the words that countries' names begin with."""
        return self._trie.firsts

    def matches(self, text: str, at: list[Word], first: int) -> Iterator[tuple[int, str]]:
        """Give countries named from word `first` on, as `NameTrie.matches` does."""
        return self._trie.matches(text, at, first)


@lru_cache(maxsize=1)
def countries() -> Countries:
    """Names and demonyms of the world's countries (``geodata/data/countries.csv``)."""
    return Countries(read_rows(DATA / "countries.csv", ("code", "country", "names", "demonyms")))


@lru_cache(maxsize=4)
def countries_named(text: str) -> frozenset[str]:
    """Countries that a text names, by name or demonym."""
    at, known = words(text), countries()
    firsts = known.firsts
    return frozenset(
        country
        for first, word in enumerate(at)
        if word.key in firsts
        for _, country in known.matches(text, at, first)
    )


@lru_cache(maxsize=1)
def _capitals() -> dict[str, str]:
    rows = read_rows(DATA / "capitals.csv", ("code", "capital"))
    return {country: row["capital"] for row in rows if (country := countries()[row["code"]])}


def capital_of(country: str) -> str | None:
    """Capital of a country by its name in English (``geodata/data/capitals.csv``), or None."""
    return _capitals().get(country)


@lru_cache(maxsize=1)
def _seats() -> dict[str, str]:
    return {capital: country for country, capital in _capitals().items()}


def country_of_capital(capital: str) -> str | None:
    """Country of a capital by its name (``geodata/data/capitals.csv``), or None."""
    return _seats().get(capital)


def read_rows(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Read a table with a heading; a missing column or a row too long is an `InputError`."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restval="")
            missing = [name for name in columns if name not in (reader.fieldnames or ())]
            if missing:
                raise InputError(f"{path.name}: no column {missing[0]!r}; it needs {columns}")
            rows = list(reader)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read {str(path)!r}: {error}") from error
    for line, row in enumerate(rows, start=2):
        if None in row:
            raise InputError(f"{path.name} line {line}: more cells than columns: quote the commas")
    return rows

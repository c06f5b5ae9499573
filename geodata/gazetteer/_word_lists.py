"""Lists of words that the finder knows: common words, names of people, demonyms."""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=2)
def word_groups(file: str = "common_words.txt") -> dict[str, frozenset[str]]:
    """Words of a list by group."""
    groups: dict[str, set[str]] = {}
    title = ""
    text = (files("geodata.gazetteer") / file).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#:"):
            title = line[2:].strip()
        elif not line.startswith("#"):
            groups.setdefault(title, set()).update(line.split())
    return {title: frozenset(words) for title, words in groups.items()}


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Folded words that are mostly something else than a place."""
    return frozenset().union(*word_groups().values())


def is_common_word(key: str) -> bool:
    """Whether a folded name is mostly something else than a place."""
    return key in common_words()


def calendar() -> frozenset[str]:
    """Folded names of months and weekdays."""
    return word_groups()["calendar"]


@lru_cache(maxsize=1)
def never() -> frozenset[str]:
    """Folded words that are never a place: months, weekdays, movements."""
    return word_groups()["calendar"] | word_groups()["never"]


@lru_cache(maxsize=1)
def demonyms() -> dict[str, str]:
    """Demonym as spelled ("Afghan") to ISO alpha-2 code: it names a people, not a place."""
    text = (files("geodata") / "data" / "countries.csv").read_text(encoding="utf-8")
    return {
        demonym: row["code"]
        for row in csv.DictReader(text.splitlines())
        for demonym in (row["demonyms"] or "").split("|")
        if demonym
    }


@lru_cache(maxsize=1)
def first_names() -> frozenset[str]:
    """Folded first names of people."""
    return word_groups("person_names.txt")["first"]


@lru_cache(maxsize=1)
def surnames() -> frozenset[str]:
    """Folded family names of people."""
    return word_groups("person_names.txt")["last"] | word_groups()["names of persons"]

"""Words of a table's categories to the words of the vocabulary, by the tables of crosswalks.

``geodata/data/crosswalks/words.csv`` holds kinds of event with their weapon and tactic,
``target_words.csv`` kinds of target, ``place_precision_words.csv`` how exactly a place is known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from geodata.countries import DATA, read_rows
from geodata.taxonomy import (
    EVENT_TYPE_OF,
    canonical_event_type,
    canonical_sub_event_type,
)
from ingest.presets.values.words import one_of, plain

_FOLDER = DATA / "crosswalks"
_FILLER = re.compile(
    r"\b(?:attack|attacks|incident|incidents|event|on|at|the|of|a|an|in|by|with|and|or|case|type"
    r"|armed|violent)\b|[\W\d_]"
)

_SHORT = ("ied", "uav", "rpg", "uxo", "erw", "eei", "aei", "ibo", "kfr", "saf", "ngo", "ong")
"""Words of three letters that are looked for inside a cell."""

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a written category means, field by field, and what is doubtful of it."""

    values: Row
    doubt: str = ""


@lru_cache(maxsize=8)
def _rows(name: str) -> dict[str, Row]:
    """Give the values of each folded word of a crosswalk."""
    found: dict[str, Row] = {}
    for row in read_rows(_FOLDER / f"{name}.csv", ("word",)):
        values = {field: value for field, value in row.items() if field != "word" and value}
        for word in row["word"].split("|"):
            found.setdefault(_key(word), values)
    return found


@lru_cache(maxsize=8)
def _pattern(name: str) -> re.Pattern[str]:
    words = [word for word in _rows(name) if len(word) >= 4 or word in _SHORT]
    return re.compile(rf"(?<![^\W_]){one_of(words)}(?:s|es)?(?![^\W_])")


def _key(word: str) -> str:
    return " ".join(re.sub(r"[-_/()]+", " ", plain(word)).split())


@lru_cache(maxsize=16_384)
def meaning(name: str, text: str) -> Meaning:
    """Give what a cell means by a crosswalk: the whole cell, else a word in it.

    `values` is empty where no word is known. More than one meaning in a cell is a doubt, and so
    is a word found among others that are not known.
    """
    told = _key(text)
    if name == "words" and (known := _of_taxonomy(text)):
        return Meaning(known)
    rows = _rows(name)
    for whole in (told, told.removesuffix("s"), re.sub(r" attacks?$| incidents?$", "", told)):
        if whole in rows:
            return Meaning(rows[whole])
    found = _pattern(name).findall(told)
    if not found:
        return Meaning({}, "the word is not in the table of words")
    words = [word if word in rows else re.sub(r"e?s$", "", word) for word in found]
    words = [word for word in words if word in rows]
    best = max(words, key=lambda word: (len(rows[word]), len(word)), default="")
    meanings = {tuple(sorted(rows[word].items())) for word in words}
    if len(meanings) > 1:
        return Meaning(rows[best], f"read by {best!r}; it also says {_others(words, best)}")
    left = _FILLER.sub("", told.replace(best, " ")) if best else ""
    return Meaning(rows.get(best, {}), f"read by the word {best!r}" if left else "")


def _others(words: list[str], best: str) -> str:
    return ", ".join(repr(word) for word in dict.fromkeys(words) if word != best)


def _of_taxonomy(text: str) -> Row | None:
    """Read names of the taxonomy itself; "Attack" and "Other" are plain words of any table."""
    sub = canonical_sub_event_type(text)
    if sub in ("Attack", "Other"):
        return None
    if sub:
        known = _rows("words").get(_key(text), {})
        own = {"event_type": EVENT_TYPE_OF[sub], "sub_event_type": sub}
        return known if known.get("sub_event_type") == sub else own
    kind = canonical_event_type(text)
    return {"event_type": kind} if kind else None

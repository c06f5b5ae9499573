"""What the name of a column says of the field that it fills, by ``columns.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from ingest.presets.values.statuses import Words, words_by_status
from ingest.presets.values.words import plain

LISTED = 0.5
"""Least score of a name that stands in the lists itself, not only among other words."""

_ALONE = frozenset(
    [
        "no",
        "n",
        "s",
        "to",
        "from",
        "x",
        "y",
        "day",
        "type",
        "event",
        "incident",
        "act",
        "text",
        "code",
        "id",
        "year",
        "month",
        "local",
        "site",
        "point",
        "where",
        "group",
        "reason",
        "title",
        "loc",
        "an",
        "dt",
        "mm",
        "dd",
        "mon",
        "geo",
        "crime",
        "attack",
        "action",
        "hecho",
        "incidente",
        "evento",
        "evenement",
        "number",
        "num",
        "numero",
        "sector",
        "claim",
        "east",
        "north",
        "este",
        "norte",
        "sr",
        "target",
        "targets",
        "victim",
        "victims",
        "state",
        "source",
        "zone",
        "land",
        "link",
        "index",
        "item",
        "order",
        "precision",
        "detail",
        "row",
        "ser",
        "activity",
        "party",
        "nature",
        "data",
        "dept",
        "mun",
        "sl",
        "sn",
        "area",
        "lat",
        "long",
        "lon",
        "tag",
        "story",
        "note",
        "until",
        "category",
        "iso",
        "division",
        "camp",
        "agency",
        "categoria",
        "tipo",
        "typ",
        "place",
        "actor",
        "name",
        "ref",
        "ville",
    ]
)
"""Words that mean something as the whole name of a column, and nothing inside another."""

_REGION = ("region", "regiao")
_NEVER = re.compile(
    r"\b(?:birth|nacimiento|naissance|temperature|age|edad|population|weather|phone|movil|genero)\b"
)

_BOUNDS = ("low", "high", "best")
_TAKEN = ("arrested", "abducted", "released")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A field that a column may fill; `part` is the status or the bound of a count."""

    field: str
    score: float
    part: str = ""
    bound: str = ""


def words_of(header: str) -> str:
    """Give a column's name folded, its parts with single spaces: "KilledMax" is "killed max"."""
    parted = re.sub(r"(?<=[a-zà-ÿ0-9])(?=[A-ZÀ-Ý][a-zà-ÿ])|(?<=[a-z])(?=[A-Z]{2,}$)", " ", header)
    told = plain(parted).replace("#", " no ")
    return " ".join(re.sub(r"[\W_]+", " ", told).split())


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    text = files("ingest.presets").joinpath("columns.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@lru_cache(maxsize=1)
def _phrases() -> dict[str, list[tuple[str, float]]]:
    """Give for each listed name the fields that it may stand for, with scores."""
    found: dict[str, list[tuple[str, float]]] = {}
    for field, groups in _table().items():
        if field in ("counts", "statuses"):
            continue
        for score, names in groups.items():
            for name in names:
                found.setdefault(plain(name), []).append((field, float(score)))
    return found


def candidates(header: str) -> list[Candidate]:
    """Give the fields that a column's name speaks for, the likeliest first."""
    told = words_of(header)
    if not told or _NEVER.search(told):
        return []
    found = {field: Candidate(field, score) for field, score in _phrases().get(told, [])}
    words = told.split()
    for begin in range(len(words)):
        for end in range(begin + 1, len(words) + 1):
            phrase, share = " ".join(words[begin:end]), (end - begin) / len(words)
            if phrase in _ALONE or share < 0.25 or share == 1:
                continue
            for field, score in _phrases().get(phrase, []):
                if field in ("serial", "key", "year", "month", "day"):
                    continue
                part = Candidate(field, score * (0.45 + 0.35 * share))
                if field not in found or found[field].score < part.score:
                    found[field] = part
    if told in _REGION and not header.isascii():  # région, región: the first division there
        found["admin1"] = Candidate("admin1", 1.01)
    counted = _count(words)
    out = list(found.values()) + ([counted] if counted else [])
    return sorted(out, key=lambda candidate: -candidate.score)


@lru_cache(maxsize=1)
def _count_words() -> dict[str, frozenset[str]]:
    return {name: frozenset(map(plain, words)) for name, words in _table()["counts"].items()}


def _count(words: list[str]) -> Candidate | None:
    """Read the name of a count from its words: which, of whom, which bound."""
    table = _count_words()
    status, rest = _status(words)
    while status and (more := _status(rest))[0]:  # "Killed (Civ/SF/Mil)" tells all of them
        status, rest = "several", more[1]
    kinds = [kind for kind in ("killed", "injured", *_TAKEN) if table[kind] & set(rest)]
    bound = next((name for name in _BOUNDS if table[name] & set(rest)), "")
    known = set().union(*table.values())
    strange = sum(word not in known for word in rest)
    if strange > 1:
        return None
    score = 1.0 - 0.25 * strange
    if kinds:
        return _kind(kinds, score, status, bound)
    if strange or status == "several":
        return None
    if status:
        return Candidate("status_alone", 0.55, status, bound)
    both = Candidate("casualties", 0.9) if table["both"] & set(rest) else None
    return both or (Candidate("total_alone", 0.5, "", bound) if bound else None)


def _kind(kinds: list[str], score: float, status: str, bound: str) -> Candidate:
    """Give the field of a count whose name says what it counts."""
    if "killed" in kinds and "injured" in kinds:
        return Candidate("casualties", score)
    if kinds[0] in _TAKEN:
        return Candidate(kinds[0], score if not status else score * 0.6)
    if status and status != "several":
        return Candidate(f"{kinds[0]}_by_status", score, status, bound)
    return Candidate(f"{kinds[0]}_{bound or 'best'}", score + (0.01 if bound == "best" else 0))


@lru_cache(maxsize=1)
def _statuses() -> list[tuple[list[str], str]]:
    statuses = _table()["statuses"].items()
    pairs = [(plain(name).split(), status) for status, names in statuses for name in names]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


@lru_cache(maxsize=1)
def status_words() -> Words:
    """Give the words of columns and cells that tell whose dead are counted."""
    return words_by_status(_table()["statuses"])


def _status(words: list[str]) -> tuple[str, list[str]]:
    """Give the status that a name speaks of, and the words without it."""
    for phrase, status in _statuses():
        for at in range(len(words) - len(phrase) + 1):
            if words[at : at + len(phrase)] == phrase:
                return status, words[:at] + words[at + len(phrase) :]
    return "", words

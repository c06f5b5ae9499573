"""A column of tolls: "5", "10-12", "at least 5", "nil", "dozens", "3 killed, 5 injured".

Low, best and high of each row, by the rules of `docs/tables.md`: the best value of a range is its
middle, rounded down; what has no upper bound ("at least 5") has no high.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil
from typing import Any, Literal

import pyarrow as pa

from ingest.presets.values._column import UnreadableError, distinct
from ingest.presets.values.words import listed, numbered, one_of, plain, tells_nothing, vague

MAX_COUNT = 1_000_000
"""No incident has more; a longer number is an identifier."""

MAX_LENGTH = 200
"""Longest text that is tried as a count, in characters."""

Kind = Literal["killed", "injured", "other"]
_KINDS: tuple[Kind, ...] = ("killed", "injured", "other")


@dataclass(frozen=True, slots=True)
class Toll:
    """What a cell counts; all None where it tells nothing. `question` says what is doubtful."""

    low: int | None = None
    best: int | None = None
    high: int | None = None
    question: str = ""


@dataclass(frozen=True, slots=True)
class CountColumn:
    """Counts of a column (`pa.int64()`, null where untold), with faults and questions by row.

    `others` holds what the cells tell besides: the injured in a column of the killed.
    """

    low: Any
    best: Any
    high: Any
    faults: Mapping[int, str]
    questions: Mapping[int, str]
    others: Mapping[Kind, tuple[Any, Any, Any]]


def middle(low: int, high: int) -> int:
    """Best value of a range: its middle, rounded down."""
    return (low + high) // 2


def read_counts(column: Any, kind: Kind = "killed") -> CountColumn:
    """Read a column of written counts; a bare number counts `kind`."""
    read = distinct(column)
    tolls: list[dict[Kind, Toll]] = []
    faults: list[str] = []
    for text in read.texts:
        try:
            tolls.append(read_tolls(text, kind))
            faults.append("")
        except UnreadableError as error:
            tolls.append({})
            faults.append(str(error))

    def of(which: Kind) -> tuple[Any, Any, Any]:
        said = [toll.get(which, Toll()) for toll in tolls]
        low, best, high = ([getattr(t, name) for t in said] for name in ("low", "best", "high"))
        return tuple(read.spread(values, pa.int64()) for values in (low, best, high))

    asked = ["; ".join(t.question for t in toll.values() if t.question) for toll in tolls]
    others = {w: of(w) for w in _KINDS if w != kind and any(w in toll for toll in tolls)}
    return CountColumn(*of(kind), read.rows(faults), read.rows(asked), others)


@lru_cache(maxsize=16_384)
def read_tolls(text: str, kind: Kind = "killed") -> dict[Kind, Toll]:
    """Read a cell that counts; a cell may count both the killed and the injured.

    Raises
    ------
    UnreadableError
        A count below nought, a fraction of a person, or more than anybody counts.
    """
    told = plain(text)
    if tells_nothing(told):
        return {}
    if len(told) > MAX_LENGTH:
        return {kind: Toll(question="too long to be a count")}
    if told in listed("zero"):
        return {kind: Toll(0, 0, 0)}
    named = _named(told)
    if len({which for which, _ in named}) > 1:
        return {which: _toll(part) for which, part in reversed(named)}
    if named and named[0][0] == "other" != kind:
        named = []
    return {named[0][0] if named and named[0][0] != "other" else kind: _toll(told)}


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    words = {name: one_of(listed("counted", name)) for name in _KINDS}
    groups = "|".join(f"(?P<{name}>{pattern})" for name, pattern in words.items())
    numbers = one_of(numbered("numbers"))
    bounds = "|".join(
        f"(?P<{name}>{one_of(listed('bounds', name))})"
        for name in ("least", "over", "most", "under", "about")
    )
    return {
        "kind": re.compile(rf"(?<![^\W\d_])(?:{groups})(?![^\W_])"),
        "word": re.compile(
            rf"(?<![^\W\d_])(?:an?\s+|half a\s+)?{numbers}"
            rf"(?:(?:[-\s]+(?:y|et|and|e|und)?\s*){numbers})*(?![^\W_])"
        ),
        "vague": re.compile(rf"(?<![^\W\d_]){one_of(vague())}(?![^\W_])"),
        "bound": re.compile(rf"^(?:{bounds})(?![^\W\d_])[\s:]*"),
    }


def _named(told: str) -> list[tuple[Kind, str]]:
    """Parts of a cell with what each counts: "3 killed, 5 injured", "killed: 3; injured: 5"."""
    found = list(_patterns()["kind"].finditer(told))
    if len(found) < 2 and not (found and len(found[0].group()) > 1):
        return [(found[0].lastgroup, told)] if found else []  # type: ignore[list-item]
    before = told[: found[0].start()].strip()
    parts: list[tuple[Kind, str]] = []
    for n, match in enumerate(found):
        if before:  # the number stands before its word
            part = told[found[n - 1].end() if n else 0 : match.start()]
        else:
            part = told[match.end() : found[n + 1].start() if n + 1 < len(found) else len(told)]
        part = part.strip(" ,;:/&.-=()+")
        part = re.sub(r"^(?:and|y|et|e|und|&)\s+", "", part)
        if part:
            parts.append((match.lastgroup, part))  # type: ignore[arg-type]
    return parts


_INTEGER = r"[1-9]\d{0,2}(?:[,.' ]\d{3})+(?![\d,.])|\d+"
_RANGE = re.compile(
    rf"({_INTEGER})\s*(?:-|~|\.\.|to|a|or|and|o|ou|bis|until|y|et|&|/)\s*({_INTEGER})(?:\.0+)?"
)
_ARTICLES = ("un", "una", "une", "um", "uma", "ein", "eine")
_ARTICLE = re.compile(rf"{one_of(_ARTICLES)}\s+[^\W\d_]")
_UNCERTAIN = re.compile(
    r"\?$|unconfirm|disputed|sin confirmar|non confirme|nao confirmad|unbestatigt"
)
_INSIDE = re.compile(rf"(?<![\w.])({_INTEGER})(?![\w.])")
_DATE = re.compile(
    r"\b\d{1,2}-(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\b(?:19|20)\d\d-\d\d-\d\d"
)
_NUMBER = re.compile(rf"({_INTEGER})(?:[.,]0+)?")


def _toll(told: str) -> Toll:
    article = _ARTICLE.match(told.strip())
    told = _digits(told.strip())
    if told in listed("zero"):
        return Toll(0, 0, 0)
    if tells_nothing(told):
        return Toll()
    doubt = "the count is marked as uncertain" if _UNCERTAIN.search(told) else ""
    told = told.rstrip("?* ")
    bound = _patterns()["bound"].match(told)
    which, rest = (bound.lastgroup, told[bound.end() :]) if bound else ("", told)
    if rest.startswith("between "):
        rest = rest.removeprefix("between ")
    if not which and re.search(
        r"(?<=\d)\s*(?:\+|plus\b|or more|and above|and over|o mas|ou plus|and up)", rest
    ):
        which = "least"
        rest = re.sub(
            r"\s*(?:\+|plus\b|or more|and above|and over|o mas|ou plus|and up).*$", "", rest
        )
    toll = _plain_toll(rest)
    toll = _bounded(toll, which or "")
    if article and toll.best == 1:
        toll = replace(toll, question="the article is read as the number one")
    return replace(toll, question="; ".join(filter(None, (toll.question, doubt))))


def _plain_toll(told: str) -> Toll:
    """Read a cell without its bound: a number, a range, a vague word, or a number among words."""
    if found := _NUMBER.fullmatch(told):
        return _exactly(_int(found[1]))
    if found := _RANGE.fullmatch(told):
        return _range(_int(found[1]), _int(found[2]), told)
    if re.fullmatch(r"[-+]?\d*[.,]\d+|[-+]?\d+(?:[.,]\d+)?", told):
        return _part(told)
    return _odd_toll(told)


def _odd_toll(told: str) -> Toll:
    """Read what a spreadsheet made of a count, a vague word, or a number among words."""
    if _DATE.search(told):
        return Toll(question="a date stands here: a spreadsheet may have changed a range into it")
    if found := re.fullmatch(r"\((\d+)\)", told):
        return replace(_exactly(_int(found[1])), question="the count is written in brackets")
    if vague_words := _patterns()["vague"].match(told):
        low = vague()[vague_words.group()]
        return Toll(low, low, None)
    return _among_words(told)


def _part(told: str) -> Toll:
    """Read "2.5", which stands where a total was shared out over several rows."""
    if told.startswith("-"):
        raise UnreadableError("a count below nought")
    number = float(told.replace(",", "."))
    low = _exactly(int(number)).low
    why = "a part of a person: the numbers around it are the low and high estimate"
    return Toll(low, int(number + 0.5), ceil(number), why)


def _among_words(told: str) -> Toll:
    """Read "3 (2 civilians)", "5 soldiers", "2 civilians and 1 soldier", "in hospital"."""
    outside = re.sub(r"\([^)]*\)?|\[[^\]]*\]?", " ", told).strip(" ,;:")
    if outside != told and outside:
        inside = re.search(r"[(\[]\s*\w*\D*\d", told)
        toll = _plain_toll(outside)
        asked = "the words in brackets are not read" if inside else ""
        return replace(toll, question="; ".join(filter(None, (toll.question, asked))))
    if re.search(r"(?<![\w)])-\d", told) and not re.search(r"\d\s*-\d", told):
        raise UnreadableError("a count below nought")
    if found := re.match(rf"(?:total\W+)?{_RANGE.pattern}(?=\s+[^\W\d_])", told):
        return _range(_int(found[1]), _int(found[2]), told)
    return _several(told, [_int(n) for n in _INSIDE.findall(told)])


def _several(told: str, numbers: list[int]) -> Toll:
    """Read a text in which none, one or several numbers stand."""
    if not numbers:
        zero = re.match(r"(?:no|zero|sin|aucun|aucune|pas de|sem|keine?)\s", told)
        return Toll(0, 0, 0) if zero else Toll(question="no number is found in it")
    question = ""
    if len(numbers) == 1:
        long = len(re.sub(r"[\W\d]", "", told)) > 24
        question = "the number is taken from a text" if long else ""
    elif re.search(r"\bof (?:whom|which|them)\b|\bincluding\b|\bincl\b", told):
        question = "the first of several numbers is taken"
    elif re.fullmatch(r"(?:\d+ [^\d,;+&]+[,;+&]?\s?)+", told):
        return replace(_exactly(sum(numbers)), question="several numbers are added up")
    else:
        return Toll(question="several numbers stand in it")
    return replace(_exactly(numbers[0]), question=question)


def _exactly(number: int) -> Toll:
    if number > MAX_COUNT:
        raise UnreadableError(f"more than {MAX_COUNT} people")
    return Toll(number, number, number)


def _range(low: int, high: int, told: str) -> Toll:
    question = "read as a range" if "/" in told else ""
    if low > high:
        low, high, question = high, low, "the range is written with its higher end first"
    _exactly(high)
    return Toll(low, middle(low, high), high, question)


def _bounded(toll: Toll, which: str) -> Toll:
    if toll.best is None or not which:
        return toll
    if which == "least":
        return replace(toll, best=toll.low, high=None)
    if which == "over":
        more = (toll.low or 0) + 1
        return replace(toll, low=more, best=more, high=None)
    if which == "about":
        wide = toll.low != toll.high
        return toll if wide else replace(toll, low=None, high=None)
    high = toll.high if which == "most" or not toll.high else toll.high - 1
    asked = "only an upper bound is given: taken as the count"
    return Toll(None, high, high, asked)


def _int(text: str) -> int:
    return int(re.sub(r"\D", "", text)[:12])


def _digits(told: str) -> str:
    """Write numbers in words as digits: "twenty-one" as "21", "a dozen" as "12"."""
    if not re.search(r"[^\W\d_]", told) or _patterns()["vague"].match(told):
        return told
    told = told.replace("quatre-vingt-dix", "nonante").replace("half a dozen", "6")
    told = re.sub(r"quatre-vingts?", "ochenta", told)
    return _patterns()["word"].sub(_word_value, told)


def _word_value(match: re.Match[str]) -> str:
    if not match.group().strip():
        return match.group()
    total = current = 0
    words = re.split(r"[-\s]+", match.group())
    if len(words) > 1 and words[0] in _ARTICLES:
        del words[0]
    for word in words:
        value = numbered("numbers").get(word)
        if value is None:
            continue
        if value == 1000:
            total, current = total + max(current, 1) * 1000, 0
        elif value == 100 or (
            value in (12, 20) and word in ("dozen", "score", "docena", "douzaine")
        ):
            current = max(current, 1) * value
        else:
            current += value
    return str(total + current)

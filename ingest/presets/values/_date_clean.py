"""A written date made ready to read: no weekday, no time of day, months as single letters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.presets.values._column import UnreadableError
from ingest.presets.values.words import listed, numbered, one_of, plain

MONTH_LETTERS = "ABCDEFGHIJKL"
"""January to December in a cleaned text, which is otherwise in lower case."""

HIJRI_LETTERS = "MNOPQRSTUVWX"
"""Muharram to Dhu al-Hijjah."""

_TIME = re.compile(
    r"(?:\bt|\bat\b|\bum\b|\ba las\b|\ba\b|[,\s(]|(?<=\d)t|^)\s*"
    r"(?:\d{1,2}[:h]\d{2}(?::\d{2}(?:[.,]\d+)?)?"
    r"|\d{4}(?=\s*(?:hrs?|hours|h)\b)|\d{1,2}(?=\s*(?:am|pm|a\.m|p\.m)\b))"
    r"\s*(?:[ap]\.?\s?m\b\.?)?\s*(?:hrs?\b|hours\b|uhr\b|h\b)?"
    r"\s*(?:z\b|(?:utc|gmt)?\s?[+-]\d{2}:?\d{2}\b"
    r"|(?:utc|gmt|pkt|pst|ist|wat|cet|eet|local(?: time)?)\b)?"
    r"(?:\s*\([a-z ]+\))?\)?"
)
_DOTTED_TIME = re.compile(r"\s\d{1,2}\.\d{2}\.\d{2}(?:\.\d+)?\s*[ap]m$")
_ORDINAL = re.compile(r"(?<=\d)\s?(?:st|nd|rd|th|er|eme|ero)\b|(?<=\d)[ºª°](?=\W|$)")
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_HIDDEN = re.compile(r"(?<![^\W])(?:xx?|\?\??|nn|dd|mm|--)(?=[\s/.,-]|$)")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned date: what is left to match, and how vaguely it was put."""

    text: str
    about: bool = False  # "about 12 Feb 2017"
    part: bool = False  # "early Feb 2017"
    week: bool = False  # "week of 13 Feb 2017"
    guessed: str = ""  # a month whose spelling was mended


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    edge, end = r"(?<![^\W\d_])", r"(?![^\W\d_])\.?"
    months = {name for name in numbered("months") if name not in ("ab", "out", "des", "set")}
    return {
        "months": re.compile(f"{edge}{one_of(months)}{end}"),
        # These are words of other languages too, so a number has to stand on either side.
        "short": re.compile(r"(?<=\d)[\s\-/.]*(?:ab|out|des|set)[\s\-/.]*(?=\d)|^set(?=[\s-]\d)"),
        "hijri": re.compile(f"{edge}{one_of(numbered('hijri_months'))}{end}"),
        "weekday": re.compile(rf"{edge}{one_of(listed('weekdays', 'names'))}{end}[\s,\-/]*"),
        "mardi": re.compile(rf"^mar[.,]?\s+(?=\d.*{one_of(months)})"),
        "part": re.compile(rf"{edge}{one_of(listed('parts', 'month'))}{end}[\s-]*(?:of\b|de\b)?"),
        "about": re.compile(rf"(?<!\w){one_of(listed('parts', 'about'))}(?![^\W\d_])"),
        "until": re.compile(rf"{edge}{one_of(listed('parts', 'until'))}(?![^\W\d_])"),
        "link": re.compile(rf"{edge}{one_of(listed('parts', 'link'))}{end}"),
    }


def cleaned(text: str) -> Cleaned:
    """Make a written date ready to match.

    Raises
    ------
    UnreadableError
        Words are left that belong to no date.
    """
    found, left = _patterns(), plain(text)
    left = re.sub(r"(?<=\d)\.0+$|(?<=\d)\s+00:00(:00)?(\.0+)?$", "", left)
    left = _HIDDEN.sub("00", left)
    left = _TIME.sub(" ", _DOTTED_TIME.sub("", left)).strip()
    left = found["mardi"].sub("", left)
    left = found["short"].sub(_month_letter, found["months"].sub(_month_letter, left))
    left = found["hijri"].sub(_hijri_letter, left)
    left = found["weekday"].sub(" ", left)
    left = _ORDINAL.sub("", left)
    week = re.search(
        r"\b(?:week|semana|semaine|woche)\b[\s,]*(?:of|beginning|commencing|starting|ending|del?|du)\b",
        left,
    )
    left = left[: week.start()] + left[week.end() :] if week else left
    about = found["about"].search(left) or left.endswith("?")
    left = found["about"].sub(" ", left).rstrip("?")
    part = found["part"].search(left)
    left = found["until"].sub("~", found["part"].sub(" ", left))
    left = re.sub(r"(?<=\d)\s+a\s+(?=\d)", "~", found["link"].sub(" ", left))
    left = re.sub(r"\b(?:the )?(?:night|morning|evening|between|from|entre|desde)\b", " ", left)
    left, guessed = _mended(left)
    left = re.sub(r"[()\[\]]", " ", left)
    left = re.sub(r"(?<=[^\W\d_])'(?=\d)|,", " ", left)
    left = " ".join(left.split()).strip(" -/.,~;:")
    return Cleaned(left, bool(about), bool(part), bool(week), guessed)


def _month_letter(match: re.Match[str]) -> str:
    name = match.group().strip(" -/.")
    letter = MONTH_LETTERS[(numbered("months").get(name) or numbered("months")[name + "."]) - 1]
    return f" {letter} " if match.group() != name and match.group()[0] in " -/." else letter


def _hijri_letter(match: re.Match[str]) -> str:
    return HIJRI_LETTERS[numbered("hijri_months")[match.group().rstrip(".")] - 1]


@lru_cache(maxsize=1)
def _month_names() -> tuple[str, ...]:
    return tuple(name for name in numbered("months") if len(name) >= 5 and name.isascii())


def _mended(text: str) -> tuple[str, str]:
    """Replace a misspelt month ("Febuary"); other words make the date unreadable."""
    from rapidfuzz import process

    guessed = ""
    for word in _LETTERS.findall(text):
        close = process.extractOne(word, _month_names(), score_cutoff=80)
        best = close if len(word) >= 5 else None
        if best is None:
            raise UnreadableError(f"{word!r} belongs to no date that is known here")
        text = text.replace(word, MONTH_LETTERS[numbered("months")[best[0]] - 1], 1)
        guessed = word
    return text, guessed

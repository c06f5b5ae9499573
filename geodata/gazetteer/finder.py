"""Which words of a text are names of places.

Every run of capitalised words is looked up, longest first. Because a quarter of a million towns
bear the names of people, months and things, a name counts only where something speaks for a
place: its weight in the world, a country that the text is about, or the words around it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from geodata.gazetteer._context_words import (
    ARTICLES,
    COMPASS,
    LINKS,
    NAMED_AFTER_PEOPLE,
    NOT_A_PLACE_AFTER,
    PLACE_PREPOSITIONS,
    PLACE_WORDS,
    TITLES,
)
from geodata.gazetteer._schema import kind_of
from geodata.gazetteer.abbreviations import spelled_out
from geodata.gazetteer.lookup import Gazetteer
from geodata.gazetteer.names import fold
from geodata.place import NameHit

MAX_WORDS = 5
KNOWN_TOWN = 100_000
"""A town of so many people is looked for wherever the text is about; a smaller one only where the
text is about its country, or says that it speaks of a place."""

_TOKEN = re.compile(r"[^\W\d_]+(?:['’ʻ][^\W\d_]+)*")
_GAP = re.compile(r"(?: ?\n ?|[ \u00a0]|\. ?|[-–]| ?- ?)?$")
_SENTENCE_END = re.compile(r"(?:^|[.!?:;][\"'”’)]*\s+|\n\s*|[\"“‘(]\s*|—\s*)$")
_SHORT_FORM = re.compile(
    r",\s+(?P<short>(?:[A-Z]\.[ ]?){2,4}|[A-Z]{2,3}|[A-Z][a-z]{1,4}\.?)(?![\w&])"
)
_LABEL = re.compile(r",\s+(?:in )?|\s*\(|\s+in\s+")
_LONGEST_GAP = 3
_SHORTEST_NAME = 2
_LONGEST_ACRONYM = 4


@dataclass(frozen=True, slots=True)
class _Bearers:
    """Who bears a name: kinds by country, and how heavy the heaviest bearer is."""

    kinds: dict[str, frozenset[str]]
    acronym: bool  # somewhere spelled in capitals, such as FATA
    population: int
    heaviest: str  # country of the heaviest bearer

    @property
    def all_kinds(self) -> frozenset[str]:
        return frozenset().union(*self.kinds.values())

    @property
    def strong(self) -> bool:
        """Whether the name is a country, a province or a large town somewhere."""
        return (
            self.acronym
            or self.population >= KNOWN_TOWN
            or bool(self.all_kinds & {"country", "admin1"})
        )


@dataclass(slots=True)
class _Span:
    """A run of words that bears a name; token positions are half-open."""

    first: int
    last: int
    start: int
    end: int
    name: str
    bearers: _Bearers
    labelled: bool = False  # the province or country behind it says that it is a place


class _Text:
    """A text cut into tokens."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [(m.start(), m.end(), m[0]) for m in _TOKEN.finditer(text)]
        self.lower_words = {word for _, _, word in self.tokens if word.islower()}

    def word(self, position: int) -> str:
        """Word at a position; empty beyond the ends."""
        return self.tokens[position][2] if 0 <= position < len(self.tokens) else ""

    def gap(self, position: int) -> str:
        """Characters between the token before `position` and the one at it."""
        before = self.tokens[position - 1][1] if position > 0 else 0
        after = self.tokens[position][0] if position < len(self.tokens) else len(self.text)
        return self.text[before:after]

    def joined(self, position: int) -> bool:
        """Whether a token continues the one before it: a space, a hyphen, an initial's dot."""
        gap = self.gap(position)
        if len(gap) > _LONGEST_GAP or not _GAP.match(gap):
            return False
        return "." not in gap or len(self.word(position - 1)) <= 2

    def starts_sentence(self, position: int) -> bool:
        """Whether a capital here says nothing, because a sentence begins."""
        start = self.tokens[position][0]
        return bool(_SENTENCE_END.search(self.text[max(0, start - 12) : start])) or start == 0


class Finder:
    """Finds place names in a text; threads may share it."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._bearers = lru_cache(maxsize=50_000)(self._read_bearers)

    def find_names(self, text: str) -> list[NameHit]:
        """Longest place names in a text, left to right, not overlapping.

        Names inside other proper names ("Islamabad Accord"), of persons, and common words are
        left out as well as can be told from the words around them.
        """
        cut = _Text(text)
        spans = list(self._spans(cut))
        _label(cut, spans)
        countries = self._countries(cut, spans)
        taken = {position for span in spans for position in range(span.first, span.last)}
        verdicts = [_is_place(cut, span, countries, taken) for span in spans]
        # One name has one meaning in a text: a place by its surroundings once is one throughout.
        known = {fold(span.name) for span, verdict in zip(spans, verdicts, strict=True) if verdict}
        return [
            NameHit(span.start, span.end, span.name, self._kinds(span.bearers, countries))
            for span, verdict in zip(spans, verdicts, strict=True)
            if verdict or (verdict is None and fold(span.name) in known)
        ]

    def _spans(self, cut: _Text) -> Iterator[_Span]:
        position = 0
        while position < len(cut.tokens):
            may_start = cut.word(position)[0].isupper() or cut.word(position) in ARTICLES
            span = self._longest(cut, position) if may_start else None
            if span is None:
                position += 1
                continue
            yield span
            short = self._short_form(cut, span)
            if short is not None:
                span.labelled = True
                yield short
            position = (short or span).last

    def _short_form(self, cut: _Text, span: _Span) -> _Span | None:
        """Read the short form of a province behind a name: "Tyler, Tex."."""
        match = _SHORT_FORM.match(cut.text, span.end)
        if match is None:
            return None
        for name, country in spelled_out(match["short"]):
            bearers = self._bearers(fold(name))
            if bearers is not None and country in span.bearers.kinds:
                last = span.last
                while last < len(cut.tokens) and cut.tokens[last][0] < match.end("short"):
                    last += 1
                start, end = match.span("short")
                return _Span(span.last, last, start, end, match["short"], bearers, labelled=True)
        return None

    def _longest(self, cut: _Text, first: int) -> _Span | None:
        reach = first + 1
        while (
            reach < min(len(cut.tokens), first + MAX_WORDS)
            and cut.joined(reach)
            and (cut.word(reach)[0].isupper() or cut.word(reach) in LINKS)
        ):
            reach += 1
        for last in range(reach, first, -1):
            if not cut.word(last - 1)[0].isupper():  # "al-Bab" may start low, never end so
                continue
            start, end = cut.tokens[first][0], cut.tokens[last - 1][1]
            if "." in cut.text[start:end] and cut.text[end : end + 1] == ".":
                end += 1  # the dot of "U.S." belongs to it
            name = re.sub(r"['’]s?$", "", cut.text[start:end])
            key = fold(name)
            bearers = self._bearers(key.upper() if _is_acronym(name) else key)
            if bearers and _well_spelled(name, bearers):
                return _Span(first, last, start, start + len(name), name, bearers)
        return None

    def _read_bearers(self, key: str) -> _Bearers | None:
        if len(key) < 2:
            return None
        rows = self._gazetteer.bearers(key.lower())
        acronym = key.isupper() and [row for row in rows if key in _capitals(row[4])]
        rows = acronym or rows
        if not rows:
            return None
        kinds: dict[str, set[str]] = {}
        for fclass, fcode, country, _, _ in rows:
            kinds.setdefault(country, set()).add(kind_of(fclass, fcode))
        heaviest = max(rows, key=lambda row: (row[0] == "A" and row[1] == "PCLI", row[3]))
        return _Bearers(
            kinds={country: frozenset(found) for country, found in kinds.items()},
            acronym=bool(acronym),
            population=max((row[3] for row in rows if row[0] == "P"), default=0),
            heaviest=heaviest[2],
        )

    def _countries(self, cut: _Text, spans: list[_Span]) -> frozenset[str]:
        """Countries that the text is about: named, by demonym, or by a large town or province."""
        found = set()
        demonyms = _demonyms()
        for position, (_, _, word) in enumerate(cut.tokens):
            if word[0].isupper():
                code = demonyms.get(word) or demonyms.get(f"{word} {cut.word(position + 1)}")
                found.update([code] if code else [])
        for span in spans:
            if fold(span.name) in _common_words():
                continue
            only_one = len(span.bearers.kinds) == 1 and _cue(cut, span)
            if span.bearers.strong or only_one or _dateline(cut, span):
                found.add(span.bearers.heaviest)
        return frozenset(found - {""})  # a continent lies in no country

    @staticmethod
    def _kinds(bearers: _Bearers, countries: frozenset[str]) -> frozenset[str]:
        if "country" in bearers.kinds[bearers.heaviest]:
            return frozenset({"country"})
        here = [kinds for country, kinds in bearers.kinds.items() if country in countries]
        return frozenset().union(*here) if here else bearers.all_kinds


def _well_spelled(name: str, bearers: _Bearers) -> bool:
    """Two letters are a place only where the gazetteer spells them in capitals: US, UK."""
    return bearers.acronym or sum(char.isalpha() for char in name) > _SHORTEST_NAME


def _capitals(spellings: str) -> list[str]:
    """Spellings without dots and spaces: "U. S." as "US"."""
    return re.sub(r"[. ]", "", spellings).split("|")


def _is_acronym(name: str) -> bool:
    return name.isupper() and " " not in name and len(name.replace(".", "")) <= _LONGEST_ACRONYM


def _label(cut: _Text, spans: list[_Span]) -> None:
    """Mark the names behind which a comma and their own province or country stand."""
    for span, holder in pairwise(spans):
        wide = {
            country
            for country, kinds in holder.bearers.kinds.items()
            if kinds & {"country", "admin1"}
        }
        if wide & span.bearers.kinds.keys() and _LABEL.fullmatch(cut.text[span.end : holder.start]):
            span.labelled = True


def _is_place(cut: _Text, span: _Span, countries: frozenset[str], taken: set[int]) -> bool | None:
    """Weigh what speaks for and against a place; None where nothing decides."""
    key = fold(span.name)
    if span.name in _demonyms() or _part_of_something_else(cut, span, taken):
        return False
    if span.labelled and not _beside_a_capital(cut, span, taken):
        return True
    if _is_acronym(span.name) or key in _never():
        return _is_acronym(span.name) and (span.bearers.acronym or _dateline(cut, span))
    cue = _cue(cut, span)
    if _beside_a_capital(cut, span, taken):
        return " " in key and bool(countries & span.bearers.kinds.keys())
    if key in _common_words() or (" " not in key and key in cut.lower_words):
        return cue
    here = bool((countries - NAMED_AFTER_PEOPLE) & span.bearers.kinds.keys())
    return here or cue or span.bearers.strong or _in_place_position(cut, span) or None


def _part_of_something_else(cut: _Text, span: _Span, taken: set[int]) -> bool:
    """Whether the words around make the name a person's, a paper's, or a half of a compound."""
    before, after = cut.word(span.first - 1), cut.word(span.last)
    if before.lower().rstrip(".") in TITLES and cut.joined(span.first):
        return True
    gap = cut.gap(span.last).lstrip(".") if span.last < len(cut.tokens) else ""
    if after.title() in NOT_A_PLACE_AFTER and gap == " ":
        return True
    if gap == "-" and after and (after[0].islower() or span.last not in taken):
        return True
    hyphen_before = span.first > 0 and cut.gap(span.first) == "-"
    return hyphen_before and span.first - 1 not in taken and before.lower() not in COMPASS


def _cue(cut: _Text, span: _Span) -> bool:
    """Whether the words around say that a place is meant."""
    before, after = cut.word(span.first - 1).lower(), cut.word(span.last).lower()
    if after in PLACE_WORDS and cut.gap(span.last).isspace():
        return True
    if _capital_follows(cut, span):
        return False
    if before in PLACE_PREPOSITIONS and cut.gap(span.first).isspace():
        return True
    if before == "of" and cut.word(span.first - 2).lower() in PLACE_WORDS:
        return True
    return _dateline(cut, span)


def _in_place_position(cut: _Text, span: _Span) -> bool:
    """Whether a kind of place is named directly before: "Wilayat Kandahar"."""
    return cut.word(span.first - 1).lower() in PLACE_WORDS and cut.joined(span.first)


def _dateline(cut: _Text, span: _Span) -> bool:
    """Whether the name stands in capitals where a report says where it was written."""
    if not span.name.isupper() or not cut.starts_sentence(span.first):
        return False
    return bool(re.match(r"\s*[,:(—–-]", cut.text[span.end : span.end + 3]))


def _capital_follows(cut: _Text, span: _Span) -> bool:
    after = cut.word(span.last)
    return bool(after) and after[0].isupper() and cut.gap(span.last) == " "


def _beside_a_capital(cut: _Text, span: _Span, taken: set[int]) -> bool:
    """Whether a capitalised word that is no place stands directly before or after the name."""
    before, after = span.first - 1, span.last
    left = (
        before >= 0
        and cut.word(before)[0].isupper()
        and cut.gap(span.first) == " "
        and before not in taken
        and not span.bearers.strong
        and cut.word(before).lower() not in COMPASS | PLACE_WORDS
        and cut.word(before) not in _demonyms()
        and not (cut.starts_sentence(before) and fold(cut.word(before)) in _common_words())
    )
    right = (
        _capital_follows(cut, span)
        and after not in taken
        and cut.word(after).lower() not in PLACE_WORDS
        and not span.bearers.strong
    )
    return left or right


@lru_cache(maxsize=1)
def _word_groups() -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    title = ""
    text = (files("geodata.gazetteer") / "common_words.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#:"):
            title = line[2:].strip()
        elif not line.startswith("#"):
            groups.setdefault(title, set()).update(line.split())
    return {title: frozenset(words) for title, words in groups.items()}


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    return frozenset().union(*_word_groups().values())


def is_common_word(key: str) -> bool:
    """Whether a folded name is mostly something else than a place."""
    return key in _common_words()


def _never() -> frozenset[str]:
    return _word_groups()["calendar"] | _word_groups()["never"]


@lru_cache(maxsize=1)
def _demonyms() -> dict[str, str]:
    """Demonym as spelled ("Afghan") to ISO alpha-2 code: it names a people, not a place."""
    text = (files("geodata") / "data" / "countries.csv").read_text(encoding="utf-8")
    return {
        demonym: row["code"]
        for row in csv.DictReader(text.splitlines())
        for demonym in (row["demonyms"] or "").split("|")
        if demonym
    }

"""Which words of a text are names of places.

Every run of capitalised words is looked up, longest first. Because a quarter of a million towns
bear the names of people, months and things, a name counts only where something speaks for a
place: its weight in the world, a country that the text is about, or the words around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from geodata.gazetteer._context_words import (
    ARTICLES,
    FEATURE_AFTER,
    FEATURE_BEFORE,
    LINKS,
    NOT_IN_A_NAME,
    PLACE_PREPOSITIONS,
)
from geodata.gazetteer._evidence import (
    after_a_name,
    dateline,
    has_cue,
    is_acronym,
    is_place,
    people_named,
)
from geodata.gazetteer._mentions import Bearers, Span, Text
from geodata.gazetteer._schema import kind_of
from geodata.gazetteer._word_lists import calendar, common_words, demonyms, is_common_word
from geodata.gazetteer.abbreviations import spelled_out
from geodata.gazetteer.lookup import Gazetteer
from geodata.gazetteer.names import fold
from geodata.place import NameHit

__all__ = ["Finder", "is_common_word"]

MAX_WORDS = 5

_SHORT_FORM = re.compile(
    r",\s+(?P<short>(?:[A-Z]\.[ ]?){2,4}|[A-Z]{2,3}|[A-Z][a-z]{1,4}\.?)(?![\w&])"
)
_LABEL = re.compile(r",\s+(?:in )?|\s*\(|\s+in\s+")
_LIST = re.compile(r"(?:, (?:and |or )?|,? (?:and|or|to|&) )")
_JOINED_ARTICLE = re.compile(r"[dl]['’][A-Z]")
_OWNER = re.compile(r"['’]s?$")
_SHORTEST_NAME = 2
_PROVINCE_WEIGHT = 600_000
_FEATURES = FEATURE_AFTER | FEATURE_BEFORE
_OPENINGS = NOT_IN_A_NAME | PLACE_PREPOSITIONS
_NO_BEARER = Bearers(kinds={"": frozenset({"other"})}, acronym=False, population=0, heaviest="")


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
        cut = Text(text)
        spans = list(self._spans(cut))
        _label(cut, spans)
        countries = self._countries(cut, spans)
        people = people_named(cut)
        taken = {
            position
            for span in spans
            if fold(span.name) not in common_words()
            for position in range(span.first, span.last)
        }
        verdicts = [is_place(cut, span, countries, taken, people) for span in spans]
        _spread_along_lists(cut, spans, verdicts)
        _take_back_people(cut, spans, verdicts)
        # One name has one meaning in a text: a place by its surroundings once is one throughout.
        known = {fold(span.name) for span, verdict in zip(spans, verdicts, strict=True) if verdict}
        return [
            NameHit(span.start, span.end, span.name, self._kinds(span.bearers, countries))
            for span, verdict in zip(spans, verdicts, strict=True)
            if verdict or (verdict is None and fold(span.name) in known)
        ]

    def _spans(self, cut: Text) -> Iterator[Span]:
        behind = 0  # where the last name ends
        for position in _openings(cut):
            if position < behind:
                continue
            span = self._longest(cut, position)
            span = _feature(cut, position, span) or span
            if span is None:
                continue
            yield span
            short = self._short_form(cut, span)
            if short is not None:
                span.labelled = True
                yield short
            behind = (short or span).last

    def _short_form(self, cut: Text, span: Span) -> Span | None:
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
                return Span(span.last, last, start, end, match["short"], bearers, labelled=True)
        return None

    def _longest(self, cut: Text, first: int) -> Span | None:
        reach, most = first + 1, min(len(cut.tokens), first + MAX_WORDS)
        while reach < most and _may_go_on(cut.words[reach]) and cut.joined(reach):
            reach += 1
        for last in range(reach, first, -1):
            final = cut.words[last - 1]  # "al-Bab" may start low, never end so
            if not final[0].isupper() and not _JOINED_ARTICLE.match(final):
                continue
            start, end = cut.tokens[first][0], cut.tokens[last - 1][1]
            if "." in cut.text[start:end] and cut.text[end : end + 1] == ".":
                end += 1  # the dot of "U.S." belongs to it
            name = cut.text[start:end]
            if not name[-2:].isalpha():
                name = _OWNER.sub("", name)
            key = fold(name)
            bearers = self._bearers(key.upper() if is_acronym(name) else key)
            if bearers and _well_spelled(name, bearers):
                return Span(first, last, start, start + len(name), name, bearers)
        return None

    def _read_bearers(self, key: str) -> Bearers | None:
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
        heaviest = max(rows, key=_weight)
        return Bearers(
            kinds={country: frozenset(found) for country, found in kinds.items()},
            acronym=bool(acronym),
            population=max((row[3] for row in rows if row[0] == "P"), default=0),
            heaviest=heaviest[2],
        )

    def _countries(self, cut: Text, spans: list[Span]) -> frozenset[str]:
        """Countries that the text is about: named, by demonym, or by a large town or province."""
        found = set()
        peoples = demonyms()
        for position in cut.capitals:
            word = cut.words[position]
            code = peoples.get(word) or peoples.get(f"{word} {cut.word(position + 1)}")
            if code:
                found.add(code)
        for span in spans:
            if fold(span.name) in common_words():
                continue
            only_one = len(span.bearers.kinds) == 1 and has_cue(cut, span)
            if span.bearers.strong or only_one or dateline(cut, span):
                found.add(span.bearers.heaviest)
        return frozenset(found - {""})  # a continent lies in no country

    @staticmethod
    def _kinds(bearers: Bearers, countries: frozenset[str]) -> frozenset[str]:
        if "country" in bearers.kinds[bearers.heaviest]:
            return frozenset({"country"})
        here = [kinds for country, kinds in bearers.kinds.items() if country in countries]
        return frozenset().union(*here) if here else bearers.all_kinds


def _openings(cut: Text) -> list[int]:
    """Positions at which a name may begin: a capital, or the article of "al-Bab"."""
    return sorted({*cut.capitals, *(n for n, word in enumerate(cut.words) if word in ARTICLES)})


def _may_go_on(word: str) -> bool:
    """Whether a word may stand inside a name."""
    return word[0].isupper() or word in LINKS or _JOINED_ARTICLE.match(word) is not None


def _well_spelled(name: str, bearers: Bearers) -> bool:
    """Two letters are a place only where the gazetteer spells them in capitals: US, UK."""
    return bearers.acronym or sum(char.isalpha() for char in name) > _SHORTEST_NAME


def _capitals(spellings: str) -> list[str]:
    """Spellings without dots and spaces: "U. S." as "US"."""
    return re.sub(r"[. ]", "", spellings).split("|")


def _label(cut: Text, spans: list[Span]) -> None:
    """Mark the names behind which a comma and their own province or country stand."""
    for span, holder in pairwise(spans):
        wide = {
            country
            for country, kinds in holder.bearers.kinds.items()
            if kinds & {"country", "admin1"}
        }
        if wide & span.bearers.kinds.keys() and _LABEL.fullmatch(cut.text[span.end : holder.start]):
            span.labelled = True


def _weight(row: tuple[str, str, str, int, str]) -> tuple[bool, int]:
    """How heavy a bearer is: a country first, and a province as a large town."""
    fclass, fcode, _, population, _ = row
    province = _PROVINCE_WEIGHT if (fclass, fcode) == ("A", "ADM1") else 0
    return (fclass, fcode) == ("A", "PCLI"), max(population, province)


def _feature(cut: Text, first: int, known: Span | None) -> Span | None:
    """Read a feature by its form, where the gazetteer knows no longer name: "Fort Hood"."""
    last = first
    if cut.word(first) in FEATURE_BEFORE:
        last = first + 2
    else:
        for end in range(first + 1, min(first + 4, len(cut.tokens))):
            if not cut.word(end)[0].isupper() or cut.gap(end) != " ":
                break
            if cut.word(end) in FEATURE_AFTER:
                last = end + 1
    if last <= first or last > len(cut.tokens) or (known and known.last >= last):
        return None
    names = [cut.word(position) for position in range(first, last)]
    if not all(name[0].isupper() for name in names) or any(
        cut.gap(position) not in {" ", ". "} for position in range(first + 1, last)
    ):
        return None
    rest = [name for name in names if name not in _FEATURES]
    opening = names[0].lower()
    if opening in _OPENINGS or (names[-1] == "Park" and len(names) > 2):
        return None
    if not rest or is_common_word(fold(rest[0])) or rest[0] in demonyms():
        return None
    after = cut.word(last)
    if after and after[0].isupper() and fold(after) not in calendar() and cut.gap(last) == " ":
        return None
    start, end = cut.tokens[first][0], cut.tokens[last - 1][1]
    name = _OWNER.sub("", cut.text[start:end])
    return Span(first, last, start, start + len(name), name, _NO_BEARER, pattern=True)


def _spread_along_lists(cut: Text, spans: list[Span], verdicts: list[bool | None]) -> None:
    """Make a place of an undecided name that a list joins to a place: "Salem and Derry"."""
    numbers = range(len(spans) - 1)
    for order in (numbers, reversed(numbers)):
        for number in order:
            here, there = spans[number], spans[number + 1]
            pair = {verdicts[number], verdicts[number + 1]}
            if pair == {True, None} and _LIST.fullmatch(cut.text[here.end : there.start]):
                verdicts[number] = verdicts[number + 1] = True


def _take_back_people(cut: Text, spans: list[Span], verdicts: list[bool | None]) -> None:
    """Unmake the places whose name stands behind a first name elsewhere: "Maya Harden"."""
    people = {
        fold(span.name)
        for span, verdict in zip(spans, verdicts, strict=True)
        if verdict is False and " " not in span.name and after_a_name(cut, span)
    }
    for number, span in enumerate(spans):
        doubtful = verdicts[number] and fold(span.name) in people and not span.bearers.strong
        if doubtful and not span.labelled and not has_cue(cut, span):
            verdicts[number] = False

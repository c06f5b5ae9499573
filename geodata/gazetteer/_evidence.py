"""What speaks for and against a place, where a run of words bears the name of one."""

from __future__ import annotations

import re

from geodata.gazetteer._context_words import (
    CIVIC_WORDS,
    COMPASS,
    COMPOUND_WITH_PLACE,
    NAMED_AFTER_PEOPLE,
    NOT_A_PLACE_AFTER,
    NOT_A_PLACE_BEFORE,
    OFFICES,
    ORGANISATION_OF,
    ORGANISATIONS,
    PERSON_VERBS,
    PLACE_PREPOSITIONS,
    PLACE_WORDS,
    STREETS,
    TITLES,
)
from geodata.gazetteer._mentions import Span, Text
from geodata.gazetteer._word_lists import (
    calendar,
    common_words,
    demonyms,
    first_names,
    never,
    surnames,
)
from geodata.gazetteer.names import fold

_AGE = re.compile(r",? ?\(?\d{1,3}\b(?! ?(?:,\d|%|per|km|mi|people|dead|January|[A-Z]))")
_OPENS_A_NAME = PLACE_WORDS - {"prison", "capital"}
_NO_SURNAME = PLACE_WORDS | OFFICES
_OF_A_PLACE = PLACE_WORDS | COMPASS
_NO_PART_OF_A_NAME = PLACE_WORDS | COMPASS | never()
_RUN = 4
"""So many capitalised words after a name are read as one name with it."""


def is_acronym(name: str) -> bool:
    """Whether a name is written as one: "FATA", "U.S."."""
    return name.isupper() and " " not in name and len(name.replace(".", "")) <= 4


def people_named(cut: Text) -> frozenset[str]:
    """Surnames of the people that a text names in full, or with their title."""
    found = set()
    for position in cut.capitals:
        word = cut.words[position]
        if not position or word.isupper() or not cut.joined(position):
            continue
        if word.lower() in _NO_SURNAME:
            continue
        before, gap = cut.word(position - 1), cut.gap(position)
        if gap in {" ", ". "} and (
            before.lower() in TITLES
            or (before.istitle() and fold(before) in first_names())
            or (gap == ". " and len(before) == 1 and position > 1)
        ):
            found.add(fold(word))
            after = cut.word(position + 1)
            if after and after.istitle() and cut.gap(position + 1) == " ":
                found.add(fold(after))
    return frozenset(found)


def is_place(
    cut: Text,
    span: Span,
    countries: frozenset[str],
    taken: set[int],
    people: frozenset[str] = frozenset(),
) -> bool | None:
    """Weigh what speaks for and against a place; None where nothing decides.

    `countries` are those the text is about, `taken` the positions of all names, `people` the
    folded surnames of the people named.
    """
    for verdict in (_by_form(cut, span, taken), _by_neighbours(cut, span, countries, taken)):
        if verdict is not None:
            return verdict
    return _by_itself(cut, span, countries, people)


def _by_form(cut: Text, span: Span, taken: set[int]) -> bool | None:
    key = fold(span.name)
    if span.name in demonyms() or span.name in NOT_A_PLACE_AFTER:
        return False
    if _part_of_something_else(cut, span, taken):
        return False
    if span.labelled and not _beside_a_capital(cut, span, taken):
        return True
    if key in ORGANISATIONS:
        return _in_the(cut, span)
    if is_acronym(span.name) or key in never():
        return is_acronym(span.name) and (span.bearers.acronym or dateline(cut, span))
    county = span.wide_name and "admin2" in span.bearers.all_kinds
    return span.pattern or county or None


def _by_neighbours(
    cut: Text, span: Span, countries: frozenset[str], taken: set[int]
) -> bool | None:
    key = fold(span.name)
    if countries & NAMED_AFTER_PEOPLE and cut.word(span.last) in STREETS:
        return not _capital_follows(cut, span)
    if _within_a_name(cut, span, taken):
        return False
    if _beside_a_capital(cut, span, taken):
        return " " in key and bool(countries & span.bearers.kinds.keys())
    return None


def _by_itself(
    cut: Text, span: Span, countries: frozenset[str], people: frozenset[str]
) -> bool | None:
    key = fold(span.name)
    cue = has_cue(cut, span)
    if key in people and not cue and not span.country:
        return False
    if key in common_words() or (" " not in key and key in cut.lower_words):
        return cue or (None if span.country else False)
    if key in surnames() and _speaks(cut, span) and not span.country:
        return cue and None
    personal = key in surnames() or key in first_names() or cut.starts_sentence(span.first)
    told = countries - NAMED_AFTER_PEOPLE if personal and " " not in key else countries
    here = bool(told & span.bearers.kinds.keys())
    return here or cue or span.bearers.strong or _in_place_position(cut, span) or None


def _in_the(cut: Text, span: Span) -> bool:
    before = cut.word(span.first - 1).lower()
    two_before = cut.word(span.first - 2).lower()
    return before == "the" and two_before in PLACE_PREPOSITIONS | {"within"}


def _speaks(cut: Text, span: Span) -> bool:
    """Whether the name speaks or has an age, as people do."""
    after = cut.word(span.last).lower()
    before = cut.word(span.first - 1).lower()
    if after in PERSON_VERBS and cut.gap(span.last).isspace():
        return True
    return before in PERSON_VERBS or bool(_AGE.match(cut.text, span.end))


def _part_of_something_else(cut: Text, span: Span, taken: set[int]) -> bool:
    """Whether the words around make the name a person's, a paper's, or a half of a compound."""
    before, after = cut.word(span.first - 1), cut.word(span.last)
    gap = cut.gap(span.last).lstrip(".") if span.last < len(cut.tokens) else ""
    if gap == "-" and after and (after[0].islower() or span.last not in taken):
        return after not in COMPOUND_WITH_PLACE
    hyphen_before = span.first > 0 and cut.gap(span.first) == "-"
    if hyphen_before and span.first - 1 not in taken and before.lower() not in COMPASS:
        return True
    titled = before.lower().rstrip(".") in TITLES and cut.joined(span.first)
    body = gap == " " and (after.title() if after.isupper() else after) in NOT_A_PLACE_AFTER
    money = "$" in (cut.text[span.end : span.end + 1], cut.text[span.start - 1 : span.start])
    numbered = is_acronym(span.name) and (after in STREETS or after == "Route")
    return titled or body or money or numbered or _of_a_body(cut, span)


def _of_a_body(cut: Text, span: Span) -> bool:
    """Whether an "of" makes the name a part of a body's: "University of Calgary"."""
    body = cut.word(span.first - 2)
    named = cut.word(span.first - 1) == "of" and body[:1].isupper()
    return named and body.title() in ORGANISATION_OF and not span.wide_name


def _within_a_name(cut: Text, span: Span, taken: set[int]) -> bool:
    """Whether capitals around make the name of a person, a body or a team of it."""
    before = cut.word(span.first - 1)
    if _first_name_before(cut, span):
        return True
    if before in NOT_A_PLACE_BEFORE and cut.gap(span.first) == " ":
        return True
    if span.wide_name or not _capital_follows(cut, span):
        return False
    run = _run_of_capitals(cut, span.last)
    if run[0].lower() in _OPENS_A_NAME or run[0] in demonyms():
        return False
    return _names_a_person(span, run, taken) or _names_a_body(cut, span, run, taken)


def _run_of_capitals(cut: Text, first: int) -> list[str]:
    run = []
    for position in range(first, min(len(cut.tokens), first + _RUN)):
        if not cut.word(position)[0].isupper() or cut.gap(position) != " ":
            break
        run.append(cut.word(position))
    return run


def _names_a_person(span: Span, run: list[str], taken: set[int]) -> bool:
    if not span.country and fold(run[0]) in surnames() and not span.name.isupper():
        return True
    first_name = fold(span.name) in first_names()
    return first_name and span.last not in taken and run[0].lower() not in OFFICES


def _names_a_body(cut: Text, span: Span, run: list[str], taken: set[int]) -> bool:
    if any(word.lower() in OFFICES for word in run):
        return False
    if span.last in taken and run[0] not in NOT_A_PLACE_AFTER:
        return any(word in NOT_A_PLACE_AFTER for word in run[1:])
    shouted = run[0].isupper() and not span.name.isupper()
    return not (cut.headline(span.first) or shouted)


def _first_name_before(cut: Text, span: Span) -> bool:
    before = span.first - 1
    if before < 0 or span.country or not cut.word(before)[0].isupper():
        return False
    gap = cut.gap(span.first)
    if gap == ". " and len(cut.word(before)) == 1 and before > 0:
        return cut.word(before - 1)[0].isupper() and cut.gap(before) == " "
    return gap == " " and fold(cut.word(before)) in first_names()


def has_cue(cut: Text, span: Span) -> bool:
    """Whether the words around say that a place is meant."""
    after = cut.word(span.last).lower()
    if after in PLACE_WORDS and cut.gap(span.last).isspace():
        return True
    if cut.gap(span.last).startswith("-") and after in COMPOUND_WITH_PLACE:
        return True
    if _capital_follows(cut, span):
        return False
    civic = after in CIVIC_WORDS and cut.gap(span.last).isspace()
    return civic or _cue_before(cut, span) or dateline(cut, span)


def _cue_before(cut: Text, span: Span) -> bool:
    before, two_before = cut.word(span.first - 1).lower(), cut.word(span.first - 2)
    if before in PLACE_PREPOSITIONS and cut.gap(span.first).isspace():
        return True
    if before != "of":
        return False
    # "41, of Auburn", "Sen. Lee of Auburn", "north of Auburn"
    aside = cut.text.endswith(", of ", 0, cut.tokens[span.first][0])
    of_somebody = two_before[:1].isupper() and two_before.lower() in surnames()
    return aside or of_somebody or two_before.lower() in _OF_A_PLACE


def _in_place_position(cut: Text, span: Span) -> bool:
    """Whether a kind of place is named directly before: "Wilayat Kandahar"."""
    return cut.word(span.first - 1).lower() in PLACE_WORDS and cut.joined(span.first)


def dateline(cut: Text, span: Span) -> bool:
    """Whether the name stands in capitals where a report says where it was written."""
    if not span.name.isupper() or not cut.starts_sentence(span.first):
        return False
    return bool(re.match(r"\s*[,:(—–-]", cut.text[span.end : span.end + 3]))


def _capital_follows(cut: Text, span: Span) -> bool:
    after = cut.word(span.last)
    if fold(after) in calendar():  # "the Choptank River Tuesday"
        return False
    possessive = cut.text[span.end : span.end + 1] in {"'", "’"}
    return bool(after) and after[0].isupper() and cut.gap(span.last) == " " and not possessive


def _beside_a_capital(cut: Text, span: Span, taken: set[int]) -> bool:
    """Whether a capitalised word that is no place stands directly before or after the name."""
    before, after = span.first - 1, span.last
    weak = not span.bearers.strong
    left = (
        before >= 0
        and cut.word(before)[0].isupper()
        and len(cut.word(before)) > 1
        and cut.gap(span.first) == " "
        and cut.gap(before) != "-"
        and before not in taken
        and (weak or not (span.country or cut.starts_sentence(before)))
        and cut.word(before).lower() not in _NO_PART_OF_A_NAME
        and (weak or not _plain_word(cut, cut.word(before)))
        and cut.word(before) not in demonyms()
        and not (cut.starts_sentence(before) and fold(cut.word(before)) in common_words())
    )
    right = (
        _capital_follows(cut, span)
        and after not in taken
        and cut.word(after).lower() not in PLACE_WORDS
        and weak
    )
    return left or right


def _plain_word(cut: Text, word: str) -> bool:
    """Whether a word with a capital is none of a name: known, or small elsewhere in the text."""
    return word.lower() in cut.lower_words or word.lower() in common_words()


def after_a_name(cut: Text, span: Span) -> bool:
    """Whether a capitalised word stands before the name that no sentence begins with."""
    before = cut.word(span.first - 1)
    return before.istitle() and not _plain_word(cut, before) and cut.gap(span.first) == " "

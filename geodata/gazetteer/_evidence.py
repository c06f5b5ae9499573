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
    common_words,
    demonyms,
    first_names,
    never,
    surnames,
)
from geodata.gazetteer.names import fold

_AGE = re.compile(r",? ?\(?\d{1,3}\b(?! ?(?:,\d|%|per|km|mi|people|dead|January|[A-Z]))")
_RUN = 4
"""So many capitalised words after a name are read as one name with it."""


def is_acronym(name: str) -> bool:
    """Whether a name is written as one: "FATA", "U.S."."""
    return name.isupper() and " " not in name and len(name.replace(".", "")) <= 4


def people_named(cut: Text) -> frozenset[str]:
    """Surnames of the people that a text names in full, or with their title."""
    found = set()
    for position in range(1, len(cut.tokens)):
        word = cut.word(position)
        if not word[0].isupper() or word.isupper() or not cut.joined(position):
            continue
        if word.lower() in PLACE_WORDS | OFFICES:
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
    """Weigh what speaks for and against a place; None where nothing decides."""
    key = fold(span.name)
    if (
        span.name in demonyms()
        or span.name in NOT_A_PLACE_AFTER
        or _part_of_something_else(cut, span, taken)
    ):
        return False
    if span.labelled and not _beside_a_capital(cut, span, taken):
        return True
    if is_acronym(span.name) or key in never():
        return is_acronym(span.name) and (span.bearers.acronym or dateline(cut, span))
    if span.pattern:
        return True
    cue = has_cue(cut, span)
    if countries & NAMED_AFTER_PEOPLE and cut.word(span.last) in STREETS:
        return not _capital_follows(cut, span)
    if _within_a_name(cut, span, taken):
        return False
    if _beside_a_capital(cut, span, taken):
        return " " in key and bool(countries & span.bearers.kinds.keys())
    if key in ORGANISATIONS:
        return _in_the(cut, span)
    if key in people and not cue and not span.country:
        return False
    if key in common_words() or (" " not in key and key in cut.lower_words):
        return cue or (None if span.country else False)
    if key in surnames() and _speaks(cut, span) and not span.country:
        return cue and None
    personal = key in surnames() | first_names() or cut.starts_sentence(span.first)
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
    if before.lower().rstrip(".") in TITLES and cut.joined(span.first):
        return True
    gap = cut.gap(span.last).lstrip(".") if span.last < len(cut.tokens) else ""
    if gap == " " and (after.title() if after.isupper() else after) in NOT_A_PLACE_AFTER:
        return True
    if cut.text[span.end : span.end + 1] == "$" or cut.text[: span.start].endswith("$"):
        return True
    if is_acronym(span.name) and after in STREETS | {"Route"}:
        return True
    if gap == "-" and after and (after[0].islower() or span.last not in taken):
        return after not in COMPOUND_WITH_PLACE
    if before == "of" and cut.word(span.first - 2).title() in ORGANISATION_OF:
        return cut.word(span.first - 2)[0].isupper() and not span.wide_name
    hyphen_before = span.first > 0 and cut.gap(span.first) == "-"
    return hyphen_before and span.first - 1 not in taken and before.lower() not in COMPASS


def _within_a_name(cut: Text, span: Span, taken: set[int]) -> bool:
    """Whether capitals around make the name of a person, a body or a team of it."""
    before = cut.word(span.first - 1)
    if _first_name_before(cut, span):
        return True
    if before in NOT_A_PLACE_BEFORE and cut.gap(span.first) == " ":
        return True
    key = fold(span.name)
    if span.wide_name:
        return False
    if not _capital_follows(cut, span):
        return False
    run = []
    for position in range(span.last, min(len(cut.tokens), span.last + _RUN)):
        if not cut.word(position)[0].isupper() or cut.gap(position) != " ":
            break
        run.append(cut.word(position))
    if run[0].lower() in PLACE_WORDS - {"prison", "capital"} or run[0] in demonyms():
        return False
    if not span.country and fold(run[0]) in surnames() and not span.name.isupper():
        return True
    if key in first_names() and span.last not in taken and run[0].lower() not in OFFICES:
        return True
    if any(word.lower() in OFFICES for word in run):
        return False
    if span.last in taken and run[0] not in NOT_A_PLACE_AFTER:
        return any(word in NOT_A_PLACE_AFTER for word in run[1:])
    if fold(run[0]) in never() or cut.headline(span.first):
        return False
    return not (run[0].isupper() and not span.name.isupper())


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
    before, after = cut.word(span.first - 1).lower(), cut.word(span.last).lower()
    if after in PLACE_WORDS and cut.gap(span.last).isspace():
        return True
    if cut.gap(span.last).startswith("-") and after in COMPOUND_WITH_PLACE:
        return True
    if _capital_follows(cut, span):
        return False
    if after in CIVIC_WORDS and cut.gap(span.last).isspace():
        return True
    if before in PLACE_PREPOSITIONS and cut.gap(span.first).isspace():
        return True
    if before == "of":
        two_before = cut.word(span.first - 2).lower()
        # "41, of Auburn", "Sen. Lee of Auburn", "north of Auburn"
        aside = re.search(r", of $", cut.text[max(0, cut.tokens[span.first][0] - 5) :][:5])
        of_somebody = cut.word(span.first - 2)[:1].isupper() and two_before in surnames()
        if two_before in PLACE_WORDS | COMPASS or aside or of_somebody:
            return True
    return dateline(cut, span)


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
    if fold(after) in never():  # "the Choptank River Tuesday"
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
        and cut.word(before).lower() not in COMPASS | PLACE_WORDS | never()
        and not (not weak and cut.word(before).lower() in cut.lower_words | common_words())
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


def after_a_name(cut: Text, span: Span) -> bool:
    """Whether a capitalised word stands before the name that no sentence begins with."""
    before = cut.word(span.first - 1)
    plain = before.istitle() and before.lower() not in cut.lower_words | common_words()
    return plain and cut.gap(span.first) == " "

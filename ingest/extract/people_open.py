"""Anybody a lethal or seizing verb is said of: people whatever their trade ("a beekeeper").

A closed list of professions is never long enough. One person is any singular noun phrase that
such a verb is said of, unless its head is a thing, an animal or a body of people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ingest.extract.lexicon import Lexicon

_LETTER = r"[^\W\d_]"
_WORD = rf"(?:{_LETTER}|\d{{1,3}}-year-old)[\w’'-]*"
_DETERMINER = rf"(?:an?|one|the|his|her|their|its|another|(?:[A-Z][\w-]+|{_LETTER}+)[’']s?)"
_AFTER = (  # what may stand between a person and the verb
    r"(?:\s*,[^.;]{0,90}?,|\s*\([^)]{0,40}\)"
    r"|\s+(?:in|of|at|from|with|near|who|identified|named|known|working|aged|whose|on|for|"
    r"accused|suspected|believed|travelling|traveling|returning|selling|riding)\b[^.;]{0,80}?)?"
)
_PHRASE = re.compile(
    rf"(?<![\w-]){_DETERMINER}\s+(?=((?:{_WORD}\s+){{0,5}}{_WORD}))", re.IGNORECASE
)
_HEADLINE = re.compile(rf"^\W*((?:{_WORD}\s+){{0,4}}{_WORD})\s+")


_TRADE = re.compile(
    r"(?:[eo]r|ist|i?an|[ae]nt|men?|eer|ee|ess|ard|mate|wife|maid|hand|ot|chief)$", re.I
)
"""How nouns for people end: "the show was killed" has none, "the drummer was killed" has."""


@lru_cache
def _verbs(lexicon: Lexicon) -> tuple[re.Pattern[str], ...]:
    """Patterns before and behind a phrase: object of a verb, passive, "died", headline."""
    done, does, dies = (
        "(?:" + "|".join(lexicon.table(f"people.open.{name}")) + ")"
        for name in ("done", "does", "dies")
    )
    aux = r"(?:was|were|is|has been|had been|been|being)\s+(?:\w+ly\s+|also\s+|later\s+|both\s+)?"
    ends = r"\s*(?:$|[,.:]|(?:in|by|at|near|outside|on|after|as|while|along|during)\b)"
    return tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            rf"\b{does}\s+(?:and\s+\w+\s+)?$",
            rf"{_AFTER}\s+{aux}{done}\b",
            rf"{_AFTER}\s+(?:has\s+|had\s+)?{dies}\b",
            rf"\s+{done}{ends}",
        )
    )


def find_open(
    text: str, taken: Sequence[tuple[int, int]], lexicon: Lexicon
) -> Iterator[tuple[int, int, bool]]:
    """People that no list of nouns names: start, end and whether they are definite ("the").

    `taken` are the spans of people already found.
    """
    if not any(
        lexicon.pattern(f"people.open.{name}").search(text) for name in ("done", "does", "dies")
    ):
        return
    known = list(taken)
    for start, end, definite in _candidates(text, lexicon):
        free = not any(a < end and start < b for a, b in known)
        joined = not definite and _joined(text, start, end, known)
        if free and (joined or _harmed(text, start, end, lexicon)):
            known.append((start, end))
            yield start, end, definite


def _joined(text: str, start: int, end: int, known: Sequence[tuple[int, int]]) -> bool:
    """Whether a phrase stands in a list with people: "three tea sellers and a cobbler"."""
    if any(b < start and _JOINT.fullmatch(text[b:start]) for _, b in known):
        return True
    after = any(end < a and _JOINT.fullmatch(text[end:a]) for a, _ in known)
    return after and not _GOVERNED.search(text[max(0, start - 12) : start])


_JOINT = re.compile(r"\s*,?\s+(?:and|as well as|along with|plus)(?:\s+also)?\s+")


def _candidates(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int, bool]]:
    """Noun phrases with a determiner, or bare at the head of a line: offsets, definite."""
    for m in _PHRASE.finditer(text):
        end = _head_end(text, m.start(1), m.end(1), lexicon)
        if end > m.start(1) and _is_person(text[m.start(1) : end], lexicon):
            definite = m.group().lower().startswith("the ")
            if not definite or _TRADE.search(text[m.start(1) : end]):
                yield m.start(), end, definite
    bare = _HEADLINE.match(text)
    if bare:
        end = _head_end(text, bare.start(1), bare.end(1), lexicon)
        words = text[bare.start(1) : end].split()
        plain = words and words[0].lower() not in lexicon.words("cues.determiners")
        if plain and _is_person(" ".join(words), lexicon):
            yield bare.start(1), end, False


def _head_end(text: str, start: int, end: int, lexicon: Lexicon) -> int:
    """Where the phrase ends: before the first stop word, verb of harm or number."""
    stops = lexicon.words("cues.stop_words")
    last = start
    for m in re.finditer(r"[^\s]+", text[start:end]):
        word = m.group().lower()
        if word in stops or word in lexicon.words("people.open.breaks"):
            break
        last = start + m.end()
    return last


def _is_person(phrase: str, lexicon: Lexicon) -> bool:
    head = re.sub(r"[’']s?$", "", phrase.rsplit(maxsplit=1)[-1].lower())
    if head.endswith(("ing", "ed", "ly", "ion", "ment", "ness", "ity", "ism")):
        return False
    plural = head.endswith("s") and not head.endswith(("ss", "us", "is"))
    return not plural and not _is_thing(head, lexicon)


@lru_cache(maxsize=4096)  # a pattern of hundreds of words, asked for the same few nouns
def _is_thing(head: str, lexicon: Lexicon) -> bool:
    return lexicon.pattern("people.open.things").fullmatch(head) is not None


def _harmed(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether a verb of killing, hurting or seizing is said of the phrase."""
    does, passive, dies, bare = _verbs(lexicon)
    if does.search(text[max(0, start - 30) : start]):
        return True
    if _GOVERNED.search(text[max(0, start - 12) : start]):
        return False
    rest = text[end : end + 160]
    return any(pattern.match(rest) for pattern in (passive, dies, bare))


_GOVERNED = re.compile(r"\b(?:in|on|at|of|from|with|near|by|into|after|to|for)\s+$", re.I)

"""The words of a language with their English, looked up longest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from ingest.extract.gloss.english import number_of, plural_of, singular_of, verb_forms
from ingest.extract.gloss.inflect import Inflection
from ingest.extract.gloss.pieces import plain
from ingest.extract.lexicon import load

TENSES = {
    "present": "present", "preterite": "past", "imperfect": "past", "infinitive": "base",
    "gerund": "gerund", "participle": "participle", "future": "base", "conditional": "past",
    "subjunctive": "past",
}  # fmt: skip
"""English form that stands for each tense of a language's verbs."""

BEFORE = {"future": "will ", "conditional": "reportedly "}
"""Words before it. Reports use the conditional for what is said and not known."""


@dataclass(frozen=True, slots=True)
class Entry:
    """English for a word or phrase, its tag, the forms of a verb."""

    text: str
    tag: str
    forms: Mapping[str, str] = field(default_factory=dict)
    plural: bool = False
    proper: bool = False  # written with a capital: an institution, a country


class Dictionary:
    """All forms of a language's words; a key is a sequence of lower-case words."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self._inflection = Inflection(tables["inflection"])
        self._entries: dict[tuple[str, ...], Entry] = {}
        self.joints = frozenset(tables["language"]["joints"])
        self.articles = frozenset(tables["language"]["articles"])
        self.longest = 1
        self._plain: dict[tuple[str, ...], Entry] = {}
        self._adjectives: dict[tuple[str, ...], Entry] = {}
        contractions: Mapping[str, str] = tables["language"]["contractions"]
        entries = list(self._read(tables))
        for words, entry in [*entries, *_contracted(entries, contractions)]:
            key = tuple(words.lower().split(" "))
            self._entries.setdefault(key, entry)
            if not words.isascii():
                self._plain.setdefault(tuple(plain(word) for word in key), entry)
            self.longest = max(self.longest, len(key))
            if entry.tag == "A":
                self._adjectives.setdefault(key, entry)

    def find(self, words: Sequence[str]) -> Entry | None:
        """Entry of these words in lower case; they may lack their accents."""
        key = tuple(words)
        return self._entries.get(key) or self._plain.get(key)

    def adjective(self, words: Sequence[str]) -> Entry | None:
        """Give the adjective among the meanings of exactly these words."""
        return self._adjectives.get(tuple(words))

    def __len__(self) -> int:
        return len(self._entries)

    def _read(self, tables: Mapping[str, Any]) -> Iterator[tuple[str, Entry]]:
        """Give every form, the more particular tables first: the first meaning of a form stays."""
        yield from self._as_they_stand(tables["phrases"], proper=True)
        yield from self._adjectives_of(tables["names"].get("A", {}), "A")
        names = {tag: entries for tag, entries in tables["names"].items() if tag != "A"}
        yield from self._as_they_stand(names, proper=True)
        for words, number in spelled(tables["numbers"]).items():
            yield words, Entry(number_of(number), "Q", plural=True)
        yield from self._as_they_stand(tables["words"])
        for tag, nouns in tables["nouns"].items():
            for words, english in nouns.items():
                yield words, Entry(singular_of(english), tag)
                yield self._inflection.plural(words), Entry(plural_of(english), tag, plural=True)
        for tag in ("P", "A"):
            yield from self._adjectives_of(tables["adjectives"][tag], tag)
        yield from self._verbs(tables["verbs"])

    def _as_they_stand(
        self, table: Mapping[str, Mapping[str, str]], *, proper: bool = False
    ) -> Iterator[tuple[str, Entry]]:
        for tag, entries in table.items():
            for words, english in entries.items():
                yield words, Entry(english, tag, proper=proper)

    def _adjectives_of(self, table: Mapping[str, str], tag: str) -> Iterator[tuple[str, Entry]]:
        for words, english in table.items():
            state, _, event = english.partition("/")
            forms = {"participle": state, "event": event or state} if tag == "P" else {}
            for form, many in self._inflection.adjective(words):
                yield form, Entry(state, tag, forms, many)

    def _verbs(self, table: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, Entry]]:
        for tag, verbs in table.items():
            for infinitive, english in verbs.items():
                forms = verb_forms(english)
                for form, tense, many in self._inflection.verb(infinitive):
                    yield form, _verb(forms, tag, tense, many)


def _verb(forms: Mapping[str, str], tag: str, tense: str, many: bool) -> Entry:
    own = _AUXILIARY if tag in "BX" else _ACTIVE if tag in "VR" else _INTRANSITIVE
    if tense not in TENSES:  # an English auxiliary: a perfect of its own
        return Entry(f"{tense} {forms['participle']}", tag, forms, many)
    text = forms[TENSES[tense]]
    if TENSES[tense] == "present" and many:
        text = forms["base"]
    first, space, rest = text.partition(" ")
    text = _AGREEING.get((first, many), first) + space + rest
    return Entry(BEFORE.get(tense, "") + text, own.get(tense, tag), forms, many)


_ACTIVE = {"participle": "P", "infinitive": "I", "gerund": "J"}
_INTRANSITIVE = {"participle": "p", "infinitive": "i", "gerund": "J"}
_AUXILIARY = {"participle": "b", "infinitive": "h", "gerund": "J"}
_AGREEING = {("was", True): "were", ("be", True): "are"}


def _contracted(
    entries: Iterable[tuple[str, Entry]], contractions: Mapping[str, str]
) -> Iterator[tuple[str, Entry]]:
    """Give phrases that end in a preposition with its article: "salir de" makes "salir del"."""
    for words, entry in entries:
        head, space, last = words.rpartition(" ")
        if space and last in contractions:
            forms = {name: f"{form} the" for name, form in entry.forms.items()}
            text = f"{entry.text} the"
            yield f"{head} {contractions[last]}", replace(entry, text=text, forms=forms)


def spelled(table: Mapping[str, Any]) -> dict[str, int]:
    """Numbers in words up to 999, and thousands up to 99, from a language's words for their parts.

    `joint` stands between tens and ones ("treinta y dos"), `hundred` before what follows 100.
    """
    small: dict[str, int] = dict(table["small"])
    ones = {word: n for word, n in (small | table["one"]).items() if n < 10}
    for ten, value in table["tens"].items():
        small[ten] = value
        small |= {
            f"{ten} {table['joint']} {one}".replace("  ", " "): value + n for one, n in ones.items()
        }
    out = dict(small)
    for hundred, value in table["hundreds"].items():
        out[hundred] = value
        out |= {f"{hundred} {word}": value + n for word, n in (small | table["one"]).items()}
    out |= {table["hundred"]: 100, table["thousand"]: 1000}
    out |= {f"{word} {table['thousand']}": n * 1000 for word, n in small.items()}
    return out


@lru_cache
def dictionary(language: str) -> Dictionary:
    """Dictionary of a language that is read through a gloss, built once."""
    return Dictionary(load(language).tables)

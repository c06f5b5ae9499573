"""Forms of a language's words from their base forms, by the endings in its `inflection.toml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


class Inflection:
    """The endings of one language.

    `plural` lists pairs (ending, ending of the plural); the first that fits counts. `agreement`
    maps the ending of an adjective to its endings for one and for many. `verbs` maps the ending
    of an infinitive to the endings of its tenses; `irregular` maps an infinitive to forms that
    replace them.
    """

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self._plural: list[list[str]] = tables["plural"]["endings"]
        self._agreement: dict[str, dict[str, list[str]]] = tables["agreement"]
        self._verbs: dict[str, dict[str, list[str]]] = tables["verbs"]
        self._irregular: dict[str, dict[str, list[str]]] = tables["irregular"]
        self._links = frozenset(tables["plural"]["links"])
        self._pronoun: str = tables["pronominal"]["pronoun"]
        self._perfect: dict[str, str] = tables["pronominal"]["perfect"]

    def plural(self, noun: str) -> str:
        """Plural of a noun; of a phrase, every word before a linking word ("grupos de …")."""
        words = noun.split(" ")
        stop = next((i for i, word in enumerate(words) if word in self._links), len(words))
        return " ".join([self._plural_word(w) for w in words[:stop]] + words[stop:])

    def _plural_word(self, word: str) -> str:
        for ending, many in self._plural:
            if word.endswith(ending):
                return word[: len(word) - len(ending)] + many
        return word

    def adjective(self, word: str) -> Iterator[tuple[str, bool]]:
        """Forms of an adjective or participle, each with whether it is a plural."""
        head, space, rest = word.partition(" ")
        for ending, forms in self._agreement.items():
            if head.endswith(ending):
                stem = head[: len(head) - len(ending)]
                for many, endings in ((False, forms["one"]), (True, forms["many"])):
                    yield from ((f"{stem}{e}{space}{rest}", many) for e in endings)
                return
        yield word, False

    def verb(self, infinitive: str) -> Iterator[tuple[str, str, bool]]:
        """Forms of a verb: (form, tense, plural); the tense is a key of the verb's endings.

        Of a phrase the first word changes alone. A verb that ends in the pronoun ("atribuirse")
        has it before its forms, and perfect tenses of its own: their tense is the English
        auxiliary, as in ("se ha atribuido", "has").
        """
        head, space, rest = infinitive.partition(" ")
        pronoun = self._pronoun if self._pronoun and head.endswith(self._pronoun) else ""
        bare = head[: len(head) - len(pronoun)]
        for form, tense, many in self._forms(bare):
            if not pronoun:
                yield f"{form}{space}{rest}", tense, many
            elif tense == "participle" and not many:
                for before, auxiliary in self._perfect.items():
                    yield f"{before} {form}{space}{rest}", auxiliary, False
            elif tense == "infinitive":
                yield f"{form}{pronoun}{space}{rest}", tense, many
            elif tense not in ("participle", "gerund"):
                yield f"{pronoun} {form}{space}{rest}", tense, many

    def _forms(self, infinitive: str) -> Iterator[tuple[str, str, bool]]:
        irregular = self._irregular.get(infinitive, {})
        for ending, tenses in self._verbs.items():
            if infinitive.endswith(ending):
                stem = infinitive[: len(infinitive) - len(ending)]
                for tense, endings in tenses.items():
                    forms = irregular.get(tense) or [stem + one for one in endings]
                    yield from self._of_tense(tense, forms)
                return

    def _of_tense(self, tense: str, forms: list[str]) -> Iterator[tuple[str, str, bool]]:
        if tense == "participle":
            for form in forms:
                yield from ((word, tense, many) for word, many in self.adjective(form))
            return
        for number, form in enumerate(forms):
            yield form, tense, number % 2 == 1

"""English forms of words that a language's folder names in their base form."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from ingest.extract.lexicon import FOLDER

_HEAD = re.compile(r"(.+?) (?:of|with|on|in|by|from|for|without|loaded) ")


@lru_cache(maxsize=4096)
def verb_forms(phrase: str) -> Mapping[str, str]:
    """Forms of a verb, whose first word alone changes: "open fire", "opened fire"."""
    verb, _, rest = phrase.partition(" ")
    irregular = _english()["verbs"].get(verb)
    if irregular is None:
        past, gerund = _with(verb, "ed"), _with(verb, "ing")
        forms = [_present(verb), past, past, gerund]
    elif len(irregular) == 3:
        forms = [_present(verb), *irregular]
    else:
        forms = irregular
    names = ("present", "past", "participle", "gerund")
    tail = f" {rest}" if rest else ""
    return {"base": phrase} | {name: form + tail for name, form in zip(names, forms, strict=True)}


def plural_of(noun: str) -> str:
    """Plural of a noun, whose last word alone changes ("bomb disposal expert"), or the last one
    before a preposition ("burst of gunfire"); "man/men" names its own."""
    one, slash, many = noun.partition("/")
    if slash:
        return many
    head = _HEAD.match(one)
    if head:
        return plural_of(head[1]) + one[head.end(1) :]
    *before, last = one.split(" ")
    if last.endswith("s") and not last.endswith(("ss", "us")):
        pass  # "talks", "barracks"
    elif last.endswith(("s", "x", "ch", "sh")):
        last += "es"
    elif last.endswith("y") and last[-2:-1] not in "aeiou":
        last = last[:-1] + "ies"
    else:
        last += "s"
    return " ".join([*before, last])


def singular_of(noun: str) -> str:
    """Singular of a noun as the folder writes it."""
    return noun.partition("/")[0]


def number_of(number: int) -> str:
    """Number as reports write it: small ones in words."""
    words = _english()["small_numbers"]
    return words[number] if number < len(words) else f"{number:,}"


def _present(verb: str) -> str:
    return plural_of(verb)


def _with(verb: str, ending: str) -> str:
    if verb.endswith("e") and not verb.endswith("ee"):
        return verb[:-1] + ending
    if verb.endswith("y") and verb[-2:-1] not in "aeiou" and ending == "ed":
        return verb[:-1] + "ied"
    return verb + ending


@lru_cache(maxsize=1)
def _english() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "english.toml").read_text(encoding="utf-8"))

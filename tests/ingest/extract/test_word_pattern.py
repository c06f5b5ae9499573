"""`WordPattern` finds what `re` finds, in fewer steps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.extract._word_pattern import WordPattern
from ingest.extract.lexicon import languages, load

PATTERNS = (
    r"(?<!\w)(?:kill(?:ed|s)?|shot dead|no one|\d+ dead)(?!\w)",
    r"(?<!\w)(?:[\"“]?neutrali[sz]ed[\"”]?|war|a|of the|(?:the )?army)(?!\w)",
    r"\b(?i:on\s+)?(?:sun|mon)day\b",
    r"(?<![\w-])(?:ex-)?soldiers?(?![\w-])",
    r"(?<!\w)(?:\w*bomb|,\s+who|é(?:lite)?|straße)(?!\w)",
    r"(?:kill|maim)ed",
)
PIECES = (
    "killed", "kills", "Shot dead", "no one", "12 dead", "٣ dead", "war", "wars", "a",
    "of the army", "Neutralised", "“neutralized”", "Sunday", "on monday", "ex-soldiers", "carbomb",
    ", who", "Élite", "strasse", "STRASSE", "\u212aills", "\u017fhot dead", "İn", " ", "\n", ".",
    "-", "'s", "_", "word",
)  # fmt: skip
LONG = " and so on, to make the text long" * 2
texts = st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join) | st.lists(
    st.sampled_from(PIECES), max_size=30
).map("".join)


def spans(found: Iterator[re.Match[str]]) -> list[tuple[int, int]]:
    return [match.span() for match in found]


def same(pattern: WordPattern, text: str) -> None:
    expected = spans(pattern.compiled.finditer(text))
    assert spans(pattern.finditer(text)) == expected
    first = pattern.search(text)
    assert (first.span() if first else None) == (expected[0] if expected else None)
    assert pattern.findall(text) == pattern.compiled.findall(text)


@pytest.mark.parametrize("flags", [0, re.IGNORECASE])
@pytest.mark.parametrize("expression", PATTERNS)
@settings(deadline=None, max_examples=50)
@given(text=texts)
def test_finds_what_re_finds(expression: str, flags: int, text: str) -> None:
    same(
        WordPattern(re.compile(expression, flags)), text + " and so on, to make the text long " * 2
    )


def expressions(table: Any, name: str = "") -> Iterator[str]:
    """Give the dotted names of the lists of a lexicon."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from expressions(value, f"{name}{key}.")
        elif isinstance(value, list) and value and isinstance(value[0], str):
            yield f"{name}{key}"


@pytest.mark.parametrize("language", languages())
def test_finds_what_re_finds_with_every_list_of_a_lexicon(language: str) -> None:
    lexicon = load(language)
    tables = {"casualties", "triggers"} & set(lexicon.tables)
    names = sorted(n for t in tables for n in expressions(lexicon.table(t), f"{t}."))
    words = [re.sub(r"\(\?[:=!<]*|[\\\[\]()?*+|]", " ", w) for n in names for w in lexicon.table(n)]
    text = " and ".join(words)[:20_000]
    for name in names:
        same(lexicon.pattern(name), text)


def test_a_part_of_a_text_is_left_to_re() -> None:
    pattern = WordPattern(re.compile(r"\bkilled\b"))
    assert spans(pattern.finditer("killed and killed", 3)) == [(11, 17)]

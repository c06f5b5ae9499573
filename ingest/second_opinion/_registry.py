"""The second opinions by name: one table, one place to edit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from geodata.errors import InputError
from ingest.second_opinion.opinion import SecondOpinion

TIMEOUT_S = 120.0
"""Seconds that one answer may take: a small model on a laptop is slow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a user may say about a second opinion.

    `endpoint` is the address before ``/chat/completions``, `model` its model's name there.
    """

    endpoint: str = ""
    model: str = ""
    timeout_s: float = TIMEOUT_S


Open = Callable[[Options], SecondOpinion]

OPINIONS: dict[str, Open] = {}
"""How to open each second opinion, by its name."""


def register(name: str, open_: Open) -> None:
    """Add a second opinion.

    Raises
    ------
    ValueError
        The name is taken.
    """
    if name in OPINIONS:
        raise ValueError(f"there is a second opinion {name!r} already")
    OPINIONS[name] = open_


def find_opinion(name: str) -> Open:
    """Give the way to open a second opinion.

    Raises
    ------
    InputError
        There is none of that name.
    """
    if name not in OPINIONS:
        raise InputError(f"there is no second opinion {name!r}; one of {', '.join(OPINIONS)}")
    return OPINIONS[name]


def open_opinion(name: str, options: Options | None = None) -> SecondOpinion:
    """Make a second opinion ready to be asked.

    Raises
    ------
    InputError
        The name is unknown, or an option is missing or cannot be used.
    MissingPartError
        An optional package is absent.
    """
    return find_opinion(name)(options or Options())


def _spacy(options: Options) -> SecondOpinion:
    from ingest.second_opinion.entities import EntityVotes

    if options.endpoint or options.model:
        raise InputError("the second opinion 'spacy' takes no endpoint and no model")
    return EntityVotes.installed()


def _openai(options: Options) -> SecondOpinion:
    from ingest.second_opinion.connector import Connector

    return Connector(options)


register("spacy", _spacy)
register("openai", _openai)

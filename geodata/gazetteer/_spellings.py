"""Which spellings of an entry are worth keeping, and the keys they are found by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from geodata.gazetteer._scripts import script_of
from geodata.gazetteer.names import core_fold, fold, without_article

RANK_NAME, RANK_ALIAS, RANK_DERIVED = 0, 1, 2
MAX_ALIAS = 60
_NO_NAME = re.compile(r"[0-9,;:()/\[\]=|]|https?:|www\.")


def _latin(text: str) -> bool:
    return text.isascii() or all(
        ord(char) < 0x250 or 0x1E00 <= ord(char) < 0x1F00 or char in "ʻʼʾʿ‘’" for char in text
    )


def _worth_keeping_native(alias: str) -> bool:
    return 2 <= len(alias) <= MAX_ALIAS and alias.isprintable() and not _NO_NAME.search(alias)


def _worth_keeping(alias: str) -> bool:
    """Latin script, spelled as a name, no code.

    Transliterations made by machine ("trbt") come in lower case; airport and other codes in
    four capitals or fewer. Neither is how a report names a place.
    """
    if not 3 <= len(alias) <= MAX_ALIAS or not _latin(alias) or not alias.isprintable():
        return False
    if _NO_NAME.search(alias):
        return False
    if alias.islower() or alias == alias.lower():
        return False
    return not (alias.isupper() and len(alias) <= 4)


def useful_aliases(aliases: Iterable[str], name: str) -> tuple[list[str], list[str]]:
    """Keep one spelling per fold, without those that fold to the name itself.

    Returns
    -------
    latin, native
        Spellings in Latin script, which are shown and compared, and those in other scripts that
        are kept, which are only looked up.
    """
    seen = {fold(name)}
    latin: list[str] = []
    native: list[str] = []
    for alias in aliases:
        script = script_of(alias)
        if script is None and not _worth_keeping(alias):
            continue
        if script is not None and not _worth_keeping_native(alias):
            continue
        key = fold(alias)
        if key and key not in seen:
            seen.add(key)
            (latin if script is None else native).append(alias)
    return latin, native


def keys_of(spellings: Sequence[str], *, division: bool) -> list[tuple[str, int]]:
    """Give the lookup keys of an entry, each with its rank; the first spelling is its name."""
    keys: dict[str, int] = {}
    for number, spelling in enumerate(spellings):
        key = fold(spelling)
        if key:
            keys.setdefault(key, RANK_NAME if number == 0 else RANK_ALIAS)
    for key in list(keys):
        core = core_fold(key)[0] if division else key
        for derived in (core, without_article(core)):
            if len(derived) >= 3 or not derived.isascii():
                keys.setdefault(derived, RANK_DERIVED)
    return list(keys.items())

"""Fold text so that case, accents and kinds of apostrophe make no difference to a search."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_PLAIN = str.maketrans(
    {
        # letters that Unicode does not decompose into a base letter and a mark
        "ø": "o",
        "đ": "d",
        "ł": "l",
        "ħ": "h",
        "ŧ": "t",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ð": "d",
        # apostrophes and dashes that keyboards and newsrooms write differently
        "\u2018": "'",
        "\u2019": "'",
        "\u02bc": "'",
        "\u02bb": "'",
        "`": "'",
        "\u2010": "-",
        "\u2011": "-",
        "\u2013": "-",
    }
)


def fold(text: str) -> str:
    """Give the text without case and accents: ``fold("Bāzār-e Ğ") == "bazar-e g"``."""
    if text.isascii():
        return text.lower().replace("`", "'")
    return _fold_wide(text)


@lru_cache(maxsize=65_536)
def _fold_wide(text: str) -> str:
    # Twice, because decomposing can bring new capitals and folding can bring new marks (İ).
    for _ in range(2):
        text = unicodedata.normalize("NFKD", text).casefold()
    text = unicodedata.normalize("NFKD", text)
    bare = "".join(mark for mark in text if not unicodedata.combining(mark))
    return bare.translate(_PLAIN)

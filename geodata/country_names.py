"""Countries as tables name them: official forms, ISO 3166-1 alpha-3 codes, other languages.

A cell of a column of countries holds nothing else, so that more names can be known there than in
running text, where "CAR" and "Congo" are mostly something else. ``geodata/data/country_names.csv``
has the columns country and names, several parted by ``|``; the names in other languages are those
of the Unicode CLDR.
"""

from __future__ import annotations

import re
from functools import lru_cache

from geodata._fold import fold
from geodata.countries import DATA, countries, read_rows

_BRACKETS = re.compile(r"\s+\([^()]*\)\s*$")  # "Myanmar (Burma)", "Yemen (North Yemen)"


def country_in_cell(text: str) -> str | None:
    """Give the country that the cell of a table names; None for no country that is known."""
    found = _names().get(_key(text)) or countries()[text]
    bare = _BRACKETS.sub("", text)
    return found or (country_in_cell(bare) if bare != text else None)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {
        _key(name): row["country"]
        for row in read_rows(DATA / "country_names.csv", ("country", "names"))
        for name in (row["country"], *row["names"].split("|"))
        if name
    }


def _key(text: str) -> str:
    return " ".join(fold(text).replace("&", " and ").split())

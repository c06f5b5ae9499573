"""Short forms of provinces and states as the press writes them behind a town: "Tyler, Tex."

They are read only there, where a comma says what they are: alone, "Miss." and "OK" are words.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[tuple[str, str], ...]]:
    table: dict[str, tuple[tuple[str, str], ...]] = {}
    text = (files("geodata") / "data" / "abbreviations.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        known = table.get(row["short"], ())
        table[row["short"]] = (*known, (row["name"], row["country"]))
    return table


def spelled_out(short: str) -> tuple[tuple[str, str], ...]:
    """Names and countries (ISO alpha-2) that a short form stands for; empty for what is none.

    Letters count as they are written ("Ill." is Illinois, "ill" is not); dots do not.
    """
    return _table().get(short.replace(".", "").replace(" ", ""), ())

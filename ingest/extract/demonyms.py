"""Words that name the people of a country."""

from __future__ import annotations

import csv
from functools import lru_cache

from geodata.actors import DATA


@lru_cache(maxsize=1)
def _demonyms() -> frozenset[str]:
    with (DATA / "countries.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    names = {n.casefold() for r in rows for n in (r["country"], *r["names"].split("|"))}
    return frozenset(
        d.casefold() for r in rows for d in r["demonyms"].split("|") if d.casefold() not in names
    )


def is_demonym(name: str) -> bool:
    """Whether a word names a people and not their country: "Afghan", "Iraqi"."""
    return name.casefold() in _demonyms()

"""Whose area a row of a boundary file is: ISO 3166-1 alpha-2 codes.

A code or name in the row counts; a three-letter code, which has no table here, is learned from
where the rows that bear it lie in the built-in outlines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from geodata._boundary_columns import cell_text
from geodata.countries import DATA, countries, read_rows
from geodata.errors import InputError

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_CODE = re.compile(r"([A-Z]{2})(?:[^A-Za-z\s]\S*)?")  # PK, PK101, PK.BA.KE
_ISO3 = re.compile(r"[A-Z]{3}")
_ENOUGH = 25  # rows that settle what a three-letter code means


@lru_cache(maxsize=1)
def _code_of() -> dict[str, str]:
    rows = read_rows(DATA / "countries.csv", ("code", "country", "names", "demonyms"))
    return {row["country"]: row["code"] for row in rows}


def country_code(text: str) -> str:
    """Alpha-2 code for a code, a P-code or a country's name; empty where it is none."""
    text = text.strip()
    start = _CODE.fullmatch(text)
    if start and countries()[start[1]]:
        return start[1]
    name = countries()[text] if len(text) > 3 else None
    return _code_of().get(name or "", "")


class CountryCodes:
    """Countries of the rows of one file.

    Parameters
    ----------
    given
        Country of every row, by the user; the rows are not asked then.
    """

    def __init__(self, given: str | None = None) -> None:
        self._given = ""
        if given is not None:
            self._given = country_code(given) or country_code(given.upper())
            if not self._given:
                raise InputError(f"--country {given!r} is no country; write it as PK or Pakistan")
        self._learned: dict[str, str] = {}

    def code(self, row: Mapping[str, Any], columns: Sequence[str], shape: BaseGeometry) -> str:
        """Alpha-2 code of a row; where the file has no such column, by where the row lies."""
        if self._given:
            return self._given
        for column in columns:
            text = cell_text(row.get(column))
            found = country_code(text) or self._learned.get(text, "")
            if found:
                return found
        return "" if columns else _most_often([shape])

    def learn(
        self, rows: Sequence[tuple[BaseGeometry, Mapping[str, Any]]], columns: Sequence[str]
    ) -> None:
        """Learn three-letter codes that are new from where their rows lie (degrees)."""
        bearers: dict[str, list[BaseGeometry]] = {}
        for shape, row in rows:
            texts = [cell_text(row.get(column)) for column in columns]
            if self._given or any(map(country_code, texts)):
                continue
            for text in texts:
                if _ISO3.fullmatch(text) and text not in self._learned:
                    bearers.setdefault(text, []).append(shape)
        for text, shapes in bearers.items():
            self._learned[text] = _most_often(shapes[:_ENOUGH])


def _most_often(shapes: Sequence[BaseGeometry]) -> str:
    from geodata.boundaries import provinces_at

    points = [shape.representative_point() for shape in shapes]
    hits = provinces_at([point.x for point in points], [point.y for point in points])
    votes = Counter(hit.country for hit in hits if hit and hit.country)
    return votes.most_common(1)[0][0] if votes else ""

"""Give a place of a new gazetteer the id that it already has in another.

Rows with a GeoNames id need nothing: the id is the same everywhere. Others are the same place as
one that is known where name, country and kind agree and they lie near each other (a town), or in
the same province (a division).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from geodata.gazetteer._schema import kind_of
from geodata.gazetteer._writer import Row
from geodata.gazetteer.divisions import KIND_ADMIN1, KIND_ADMIN2, KIND_COUNTRY, KIND_SETTLEMENT
from geodata.gazetteer.importers._base import GEONAMES_BELOW
from geodata.gazetteer.names import core_fold, fold

if TYPE_CHECKING:
    from geodata.gazetteer._entry import Entry
    from geodata.gazetteer.lookup import Gazetteer

SAME_TOWN_KM = 5.0
"""Two towns of one name nearer than this are one; villages of one name can lie 10 km apart."""
_DIVISIONS = frozenset({KIND_ADMIN1, KIND_ADMIN2, KIND_COUNTRY})


class Joiner:
    """Finds the places of a stream of rows in the gazetteers that are there."""

    def __init__(self, known: Gazetteer | None) -> None:
        self._known = known
        self._ids: dict[int, int] = {}
        self._division = lru_cache(maxsize=50_000)(self._find_division)
        self.joined = 0

    def rows(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Give the rows with the ids that their places have already."""
        for row in rows:
            yield self._row(row)

    def _row(self, row: Row) -> Row:
        row = self._placed(row)
        if self._known is None or 0 < row.id < GEONAMES_BELOW:
            return row
        same = self._same(row)
        if same is None:
            return row
        self.joined += 1
        if row.feature_class == "A":
            self._ids[row.id] = same  # members of this division name it by its old id
        return replace(row, id=same, key=row.key or str(row.id))

    def _placed(self, row: Row) -> Row:
        """Put a row into the divisions that it names, or that are known by another id."""
        country = row.country
        if self._known is not None and len(country) != 2 and country:
            country = self._known.country(country) or country
        admin1, admin2 = (
            self._ids.get(number, number) if number is not None else None
            for number in (row.admin1, row.admin2)
        )
        if admin1 is None and row.admin1_name:
            admin1 = self._division(row.admin1_name, country, KIND_ADMIN1, None)
        if admin2 is None and row.admin2_name:
            admin2 = self._division(row.admin2_name, country, KIND_ADMIN2, admin1)
        if (country, admin1, admin2) == (row.country, row.admin1, row.admin2):
            return row
        return replace(row, country=country.upper(), admin1=admin1, admin2=admin2)

    def _find_division(self, name: str, country: str, kind: str, parent: int | None) -> int | None:
        if self._known is None:
            return None
        for key in dict.fromkeys((fold(name), core_fold(fold(name))[0])):
            for entry in self._known.lookup_fold(key):
                inside = parent is None or entry.admin1 in (None, parent)
                if entry.country == country and entry.kind == kind and inside:
                    return entry.id
        return None

    def _same(self, row: Row) -> int | None:
        kind = kind_of(row.feature_class, row.feature_code)
        division = kind in _DIVISIONS
        key = fold(row.name)
        assert self._known is not None  # noqa: S101 - the caller has asked
        for form in dict.fromkeys((key, core_fold(key)[0]) if division else (key,)):
            for entry in self._known.lookup_fold(form):
                if entry.country != row.country or entry.kind != kind:
                    continue
                if division and (kind != KIND_ADMIN2 or entry.admin1 == row.admin1):
                    return entry.id
                near = not division and _km(entry, row) <= SAME_TOWN_KM
                if near and (kind == KIND_SETTLEMENT or entry.fcode == row.feature_code):
                    return entry.id
        return None


def _km(entry: Entry, row: Row) -> float:
    """Distance in km, near enough for places that are close to each other."""
    if None in (entry.latitude, entry.longitude, row.latitude, row.longitude):
        return math.inf
    assert entry.latitude is not None and entry.longitude is not None  # noqa: S101, PT018
    assert row.latitude is not None and row.longitude is not None  # noqa: S101, PT018
    north = (entry.latitude - row.latitude) * 111.2
    east = (entry.longitude - row.longitude) * 111.2 * math.cos(math.radians(row.latitude))
    return math.hypot(north, east)

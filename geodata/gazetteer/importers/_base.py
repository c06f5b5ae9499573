"""What an importer is: it recognises a file and reads it as a stream of rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from geodata.gazetteer._writer import Row

GEONAMES_BELOW = 50_000_000
"""GeoNames ids are smaller than this; they name the same place in every gazetteer."""
FOREIGN_IDS = 1_000_000_000_000
"""Added to the ids of Who's On First, so that they never meet those of GeoNames."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """How a file is to be read; every part may be left to the importer.

    `mapping` gives the column for a field (name, latitude, longitude, country, admin1, admin2,
    population, feature, aliases, id); `country` is the ISO alpha-2 code of every row without one;
    `crs` is needed where the file names none.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    country: str = ""
    crs: str = ""
    layer: str = ""
    admin1_codes: Path | None = None
    admin2_codes: Path | None = None
    alternate_names: Path | None = None


@dataclass(slots=True, kw_only=True)
class Reading:
    """A file being read: rows to come, what was left out so far and why.

    `divisions` are first, so that places can name them. `names` are further names of places
    (entry id, name, whether it is the one to show), read after the places.
    """

    attribution: str
    version: str
    divisions: Iterable[Row] = ()
    places: Iterable[Row] = ()
    names: Iterable[tuple[int, str, bool]] = ()
    left_out: Counter[str] = field(default_factory=Counter)
    share: Callable[[], float] = lambda: 0.0


class Importer(Protocol):
    """Reads one kind of gazetteer."""

    name: str
    words: str

    def recognises(self, path: Path) -> bool:
        """Whether a file or folder is of this kind; looks at its beginning only."""
        ...

    def read(self, path: Path, options: ImportOptions, own_ids: Iterator[int]) -> Reading:
        """Open a file; `own_ids` gives ids for rows that bring none.

        Raises
        ------
        InputError
            The file is not what it should be.
        """
        ...


def number(text: object) -> float | None:
    """Read a coordinate; None for what is none."""
    try:
        value = float(str(text).strip().replace(",", "."))
    except ValueError:
        return None
    return value if value == value and abs(value) != float("inf") else None  # noqa: PLR0124 - NaN


def on_earth(latitude: float | None, longitude: float | None) -> bool:
    """Whether a pair of WGS 84 degrees lies on the map; 0/0 is a missing value, not a place."""
    if latitude is None or longitude is None or (latitude == 0 and longitude == 0):
        return False
    return -90 <= latitude <= 90 and -180 <= longitude <= 180


def count_of(text: object) -> int:
    """Read a population; 0 for what is none."""
    value = number(text)
    return int(value) if value is not None and 0 < value < 2e10 else 0

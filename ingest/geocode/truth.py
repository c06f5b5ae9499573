"""Read a table of places with their true coordinates, whatever its columns are called."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from geodata.errors import InputError
from geodata.place import PlaceQuery
from ingest.geocode._delimited import open_table, read_rows
from ingest.geocode.evaluation import Truth

GUESSES: dict[str, tuple[str, ...]] = {
    "place": ("where_coordinates", "place", "location", "city", "place_name", "name", "where"),
    "admin2": ("adm_2", "admin2", "adm2", "district", "county", "admin2_name"),
    "admin1": ("adm_1", "admin1", "adm1", "provstate", "province", "state", "admin1_name"),
    "country": ("country_txt", "country", "country_name", "adm_0", "admin0", "iso2"),
    "latitude": ("latitude", "lat", "y"),
    "longitude": ("longitude", "lon", "lng", "long", "x"),
    "precision": ("where_prec", "geo_precision", "specificity", "location_precision", "precision"),
}
"""Names by which a column is guessed (UCDP, ACLED, GTD, our own, others), the likeliest first."""

NEEDED = ("place", "latitude", "longitude")
MOST_LISTED = 20
_HXL = re.compile(r"#[a-z][a-z0-9_]*(\s*\+\s*[a-z0-9_]+)*", re.IGNORECASE)


@dataclass(slots=True)
class Skipped:
    """Rows that were not measured: HXL tags, and rows without a truth to measure by.

    `lines` lists the first `MOST_LISTED` of the latter, as (line of the file, what is wrong).
    """

    tag_rows: int = 0
    bad_truth: int = 0
    lines: list[tuple[int, str]] = field(default_factory=list)

    def add(self, line: int, why: str) -> None:
        """Count a row without a usable truth."""
        self.bad_truth += 1
        if len(self.lines) < MOST_LISTED:
            self.lines.append((line, why))


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthRow:
    """One row of the table: what to ask, the truth, and its cells."""

    query: PlaceQuery
    truth: Truth
    cells: list[str]


def guess_columns(
    header: list[str], named: dict[str, str | None], source: Path
) -> dict[str, int | None]:
    """Position of each column of `GUESSES`; named ones must be there.

    Raises
    ------
    InputError
        A named column is absent, or the place or the truth cannot be told.
    """
    folded = [name.strip().casefold().replace(" ", "_") for name in header]
    found: dict[str, int | None] = {}
    for role, guesses in GUESSES.items():
        name = named.get(role)
        if name is not None:
            if name not in header:
                raise InputError(
                    f"{source.name}: no column {name!r} (--{role}); its columns are"
                    f" {', '.join(header)}"
                )
            found[role] = header.index(name)
        else:
            found[role] = next((folded.index(g) for g in guesses if g in folded), None)
    missing = [f"--{role}" for role in NEEDED if found[role] is None]
    if missing:
        raise InputError(
            f"{source.name}: cannot tell which column to use: give {' and '.join(missing)}; its"
            f" columns are {', '.join(header)}"
        )
    return found


def read_header(source: Path) -> list[str]:
    """Column names of a table."""
    with open_table(source) as read:
        return read_rows(read, source)[0]


def read_truth(
    source: Path, columns: dict[str, int | None], skipped: Skipped, *, country_only: bool = False
) -> Iterator[tuple[TruthRow, float]]:
    """Rows with a usable truth, each with the share of the file that is read; others counted."""
    size = max(1, source.stat().st_size)
    with open_table(source) as read:
        _, rows = read_rows(read, source)
        for number, (line, cells) in enumerate(rows):
            if number == 0 and _is_tags(cells):
                skipped.tag_rows += 1
                continue
            truth = _truth(cells, columns)
            if isinstance(truth, str):
                skipped.add(line, truth)
                continue
            query = PlaceQuery(
                text=_cell(cells, columns["place"]),
                country=_cell(cells, columns["country"]) or None,
                admin1=None if country_only else _cell(cells, columns["admin1"]) or None,
                admin2=None if country_only else _cell(cells, columns["admin2"]) or None,
            )
            share = min(1.0, read.buffer.tell() / size)
            yield TruthRow(query=query, truth=truth, cells=cells), share


def _cell(cells: list[str], at: int | None) -> str:
    return "" if at is None else cells[at].strip()


def _is_tags(cells: list[str]) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    return bool(filled) and all(_HXL.fullmatch(cell) for cell in filled)


def _truth(cells: list[str], columns: dict[str, int | None]) -> Truth | str:
    """Truth of a row, or what is wrong with it."""
    values = []
    for role, most in (("latitude", 90), ("longitude", 180)):
        text, value = _cell(cells, columns[role]), math.nan
        with suppress(ValueError):
            value = float(text)
        if not abs(value) <= most:
            return f"{role} {text[:40]!r}" if text else f"no {role}"
        values.append(value)
    return Truth(
        latitude=values[0],
        longitude=values[1],
        country=_cell(cells, columns["country"]),
        precision=_cell(cells, columns["precision"]),
    )

"""A GeoNames dump: ``PK.txt``, ``PK.zip``, ``allCountries.zip``, with its code and name files.

Layout: https://download.geonames.org/export/dump/readme.txt - 19 tab-separated columns without a
header. ``admin1CodesASCII.txt``, ``admin2Codes.txt`` and ``alternateNamesV2`` are read where they
lie beside the dump or are named.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, BinaryIO

from geodata.errors import InputError
from geodata.gazetteer._writer import Row
from geodata.gazetteer.divisions import word_set
from geodata.gazetteer.importers._base import (
    FOREIGN_IDS,
    GEONAMES_BELOW,
    ImportOptions,
    Reading,
    count_of,
    number,
    on_earth,
)

COLUMNS = 19
MAX_LINE = 200_000
"""Longest line read, in bytes; GeoNames caps its longest column at 10,000 characters."""
ATTRIBUTION = "GeoNames (geonames.org), CC BY 4.0"
_NO_NAMES = word_set("link post iata icao faac tcid unlc abbr wkdt phon piny fr_1793")
"""What alternateNamesV2 gives in the place of a language for what is no name."""
_V2_LEAST = 4
_Code = tuple[str, ...]


@dataclass(slots=True)
class _Divisions:
    """Which entry each division code means: (country, admin1) or (country, admin1, admin2)."""

    ids: dict[_Code, int] = field(default_factory=dict)
    names: dict[_Code, tuple[str, str]] = field(default_factory=dict)
    rows: dict[_Code, int] = field(default_factory=dict)


class GeoNamesImporter:
    """Reads a dump in the layout of GeoNames."""

    name = "geonames"
    words = "a GeoNames dump: 19 tab-separated columns, .txt or .zip"

    def recognises(self, path: Path) -> bool:
        """Whether the first line has the columns of a dump."""
        if not path.is_file() or path.suffix.lower() not in {".txt", ".zip", ".tsv"}:
            return False
        try:
            with _lines(path) as (lines, _):
                first = next(lines, "").split("\t")
        except (InputError, OSError):
            return False
        return len(first) == COLUMNS and first[0].isdigit() and number(first[4]) is not None

    def read(self, path: Path, options: ImportOptions, own_ids: Iterator[int]) -> Reading:
        """Read the divisions at once, the places and names as a stream."""
        divisions = _divisions(path, options)
        reading = Reading(attribution=ATTRIBUTION, version=path.name)
        reading.divisions = _division_rows(divisions)
        reading.places = _place_rows(path, divisions, reading)
        names = options.alternate_names or _beside(path, "alternateNamesV2")
        if names is not None:
            reading.names = _alternate_names(names)
        return reading


@contextmanager
def _lines(path: Path, member: str = "") -> Iterator[tuple[Iterator[str], BinaryIO]]:
    """Lines of a text file, or of the text inside a zip; and the file, to tell how far it is."""
    with path.open("rb") as raw:
        if not zipfile.is_zipfile(raw):
            raw.seek(0)
            yield _decoded(raw), raw
            return
        with zipfile.ZipFile(raw) as archive:
            inside = [
                info
                for info in archive.infolist()
                if info.filename.endswith(".txt")
                and "readme" not in info.filename.lower()
                and "language" not in info.filename.lower()
                and member in info.filename
            ]
            if not inside:
                raise InputError(f"{path.name}: no table (.txt) inside this zip")
            with archive.open(max(inside, key=lambda info: info.file_size)) as text:
                yield _decoded(text), raw


def _decoded(raw: IO[bytes]) -> Iterator[str]:
    first = True
    for line in iter(lambda: raw.readline(MAX_LINE), b""):
        yield line.decode("utf-8-sig" if first else "utf-8", "replace").rstrip("\r\n")
        first = False


def _beside(path: Path, stem: str) -> Path | None:
    for suffix in (".txt", ".zip"):
        other = path.with_name(stem + suffix)
        if other.is_file():
            return other
    return None


def _codes(path: Path | None, width: int) -> Iterator[tuple[_Code, str, str, int]]:
    """Rows of a code file: code, name, plain name, id."""
    if path is None:
        return
    with _lines(path) as (lines, _):
        for line in lines:
            cells = line.split("\t")
            code = tuple(cells[0].split("."))
            if len(cells) >= 4 and len(code) == width and cells[3].isdigit():
                yield code, cells[1], cells[2], int(cells[3])


def _divisions(path: Path, options: ImportOptions) -> _Divisions:
    """Read which entry each division code means.

    The code files say so; a dump's own rows do where those are missing, or give an id that
    GeoNames does not know.
    """
    found = _Divisions()
    countries: set[str] = set()
    with _lines(path) as (lines, _):
        for line in lines:
            if not countries:  # a country's dump may have no row for a division at all
                countries.update(line.split("\t")[8:9])
            if "\tADM1\t" in line or "\tADM2\t" in line:
                code, row_id = _code_of(line.split("\t"))
                if code and "" not in code:
                    found.rows.setdefault(code, row_id)
    found.ids.update({code: _known(row_id) for code, row_id in found.rows.items()})
    files = (
        (options.admin1_codes or _beside(path, "admin1CodesASCII"), 2),
        (options.admin2_codes or _beside(path, "admin2Codes"), 3),
    )
    countries.update(code[0] for code in found.rows)
    for file, width in files:
        for code, name, plain, given in _codes(file, width):
            if code[0] not in countries:
                continue
            found.names[code] = (name, plain)
            if given < GEONAMES_BELOW or code not in found.ids:
                found.ids[code] = _known(given)
    return found


def _known(given: int) -> int:
    return given if given < GEONAMES_BELOW else FOREIGN_IDS + given


def _code_of(cells: list[str]) -> tuple[_Code | None, int]:
    if len(cells) != COLUMNS or not cells[0].isdigit():
        return None, 0
    code: dict[str, _Code] = {
        "ADM1": (cells[8], cells[10]),
        "ADM2": (cells[8], cells[10], cells[11]),
    }
    return code.get(cells[7]), int(cells[0])


def _division_rows(divisions: _Divisions) -> Iterator[Row]:
    """Divisions that the code files name and the dump has no row for; they have no point."""
    for code, (name, plain) in divisions.names.items():
        if code in divisions.rows:
            continue
        yield Row(
            id=divisions.ids[code],
            key=None,
            name=name or plain,
            feature_class="A",
            feature_code=f"ADM{len(code) - 1}",
            country=code[0],
            admin1=divisions.ids.get(code[:2]) if len(code) > 2 else None,
            aliases=(plain,) if plain != name else (),
        )


def _place_rows(path: Path, divisions: _Divisions, reading: Reading) -> Iterator[Row]:
    size = max(1, path.stat().st_size)
    with _lines(path) as (lines, raw):
        reading.share = lambda: 1.0 if raw.closed else min(1.0, raw.tell() / size)
        for line in lines:
            cells = line.split("\t")
            if len(cells) != COLUMNS or not cells[0].isdigit() or not cells[1].strip():
                reading.left_out["not a row of a GeoNames dump"] += 1
                continue
            latitude, longitude = number(cells[4]), number(cells[5])
            if not on_earth(latitude, longitude):
                reading.left_out["coordinates that lie on no map"] += 1
                continue
            yield _place(cells, latitude, longitude, divisions)


def _place(
    cells: list[str], latitude: float | None, longitude: float | None, divisions: _Divisions
) -> Row:
    own = int(cells[0])
    code, _ = _code_of(cells) if cells[6] == "A" else (None, 0)
    identity = divisions.ids.get(code, _known(own)) if code else _known(own)
    country, admin1, admin2 = cells[8], cells[10], cells[11]
    parent1 = divisions.ids.get((country, admin1))
    parent2 = divisions.ids.get((country, admin1, admin2)) if admin2 else None
    alias = divisions.names.get(code, ()) if code else ()
    return Row(
        id=identity,
        key=None if identity == own else cells[0],
        name=cells[1].strip(),
        feature_class=cells[6] or "P",
        feature_code=cells[7] or "PPL",
        country=country,
        admin1=None if parent1 == identity else parent1,
        admin2=None if parent2 == identity else parent2,
        latitude=latitude,
        longitude=longitude,
        population=count_of(cells[14]),
        aliases=(cells[2], *alias, *cells[3].split(",")),
    )


def _alternate_names(path: Path) -> Iterator[tuple[int, str, bool]]:
    with _lines(path, "alternateNames") as (lines, _):
        for line in lines:
            cells = line.split("\t")
            if len(cells) < _V2_LEAST or not cells[1].isdigit() or cells[2] in _NO_NAMES:
                continue
            shown = cells[2] == "en" and cells[4:5] == ["1"] and cells[7:8] != ["1"]
            yield int(cells[1]), cells[3], shown

"""Geocode a table: every input column kept, the answer beside it, one row out per row in."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from geodata.errors import InputError
from geodata.place import Geocoder, Outcome, PlaceQuery, Resolution

ADDED = (
    "outcome", "latitude", "longitude", "location_precision", "radius_km", "score",
    "matched_name", "matched_country", "matched_admin1", "matched_admin2", "place_id", "gazetteer",
)  # fmt: skip
"""Columns that geocoding adds; an input column of the same name gets the prefix ``input_``."""

MAX_CELL = 1_000_000
"""Longest cell read, in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which column of the table holds what; `place` is the one that must be there."""

    place: str
    admin2: str | None = None
    admin1: str | None = None
    country: str | None = None


@dataclass(slots=True)
class Tally:
    """How many rows came to which outcome."""

    rows: int = 0
    outcomes: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))


def geocode_table(
    source: Path,
    target: Path,
    columns: Columns,
    geocoder: Geocoder,
    *,
    country: str | None = None,
    progress: Callable[[float], None] | None = None,
) -> Tally:
    """Geocode a CSV file into another; the target appears only when it is complete.

    Parameters
    ----------
    source, target
        CSV with a header, UTF-8 or an encoding that can be told; and the file to write (UTF-8).
    columns
        Which columns hold the place and its context.
    geocoder
        Who answers.
    country
        Country of every row, where the table has no such column.
    progress
        Called with the share of the file that is read, 0 to 1.

    Raises
    ------
    InputError
        The file, a named column or a row cannot be read as a table.
    """
    if source.resolve() == target.resolve():
        raise InputError(f"{str(target)!r} is the input itself: give another --out")
    text = _encoding(source)
    draft = target.with_name(f"{target.name}.{os.getpid()}.part")
    tally = Tally()
    try:
        with source.open(encoding=text, newline="") as read, _create(draft) as written:
            _copy(read, written, source, columns, geocoder, country, tally, progress)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return tally


def has_column(source: Path, name: str) -> bool:
    """Whether a table has a column of this name."""
    with source.open(encoding=_encoding(source), newline="") as read:
        return name in _rows(read, source)[0]


def answer_cells(resolution: Resolution) -> dict[str, object]:
    """Cells of the added columns for one answer; empty where nothing was found."""
    best = resolution.best
    cells: dict[str, object] = dict.fromkeys(ADDED, "")
    cells["outcome"] = str(resolution.outcome)
    cells["gazetteer"] = resolution.gazetteer
    if best is not None:
        cells.update(
            latitude="" if best.latitude is None else best.latitude,
            longitude="" if best.longitude is None else best.longitude,
            location_precision=str(best.location_precision),
            radius_km=best.radius_km,
            score=best.score,
            matched_name=best.matched_name,
            matched_country=best.place.country_name,
            matched_admin1=best.place.admin1 or "",
            matched_admin2=best.place.admin2 or "",
            place_id=best.place.place_id,
            gazetteer=best.place.source,
        )
    return cells


def _copy(
    read: TextIO,
    written: TextIO,
    source: Path,
    columns: Columns,
    geocoder: Geocoder,
    country: str | None,
    tally: Tally,
    progress: Callable[[float], None] | None,
) -> None:
    header, rows = _rows(read, source)
    _check(header, columns, source)
    kept = [f"input_{name}" if name in ADDED else name for name in header]
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow([*kept, *ADDED])
    size = max(1, source.stat().st_size)
    for cells in rows:
        row = dict(zip(header, cells, strict=True))
        resolution = geocoder.geocode(_query(row, columns, country), limit=2)
        writer.writerow([*cells, *answer_cells(resolution).values()])
        tally.rows += 1
        tally.outcomes[resolution.outcome] += 1
        if progress is not None and tally.rows % 100 == 0:
            progress(min(1.0, read.buffer.tell() / size))


def _query(row: Mapping[str, str], columns: Columns, country: str | None) -> PlaceQuery:
    def cell(name: str | None) -> str | None:
        value = row[name].strip() if name else ""
        return value or None

    return PlaceQuery(
        text=cell(columns.place) or "",
        admin2=cell(columns.admin2),
        admin1=cell(columns.admin1),
        country=cell(columns.country) or country,
    )


def _rows(read: TextIO, source: Path) -> tuple[list[str], Iterator[list[str]]]:
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(read)
    header = next(_guarded(reader, source), None)
    if not header:
        raise InputError(f"{source.name}: the table is empty; give a CSV file with a header")

    def rows() -> Iterator[list[str]]:
        for cells in _guarded(reader, source):
            if not cells:
                continue  # a blank line is no row
            if len(cells) > len(header):
                raise InputError(
                    f"{source.name}: line {reader.line_num} has {len(cells)} cells, the header"
                    f" {len(header)}: is a comma or quote missing?"
                )
            yield cells + [""] * (len(header) - len(cells))

    return header, rows()


def _guarded(rows: Iterator[list[str]], source: Path) -> Iterator[list[str]]:
    while True:
        try:
            row = next(rows, None)
        except (csv.Error, UnicodeDecodeError) as error:
            raise InputError(f"{source.name}: not a readable CSV table ({error})") from error
        if row is None:
            return
        yield row


def _check(header: list[str], columns: Columns, source: Path) -> None:
    wanted = (columns.place, columns.admin2, columns.admin1, columns.country)
    missing = [name for name in wanted if name is not None and name not in header]
    if missing:
        raise InputError(
            f"{source.name}: no column {', '.join(map(repr, missing))}; its columns are"
            f" {', '.join(header)}"
        )


def _encoding(source: Path) -> str:
    """Encoding of a file: UTF-8 where it reads as such, else the likeliest."""
    with source.open("rb") as file:
        sample = file.read(1_000_000)
    if b"\0" in sample and not sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(f"{source.name}: a binary file, not a CSV table")
    try:
        # A character may be cut at the end of the sample.
        sample.decode("utf-8-sig", errors="strict")
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 4:
            from charset_normalizer import from_bytes

            best = from_bytes(sample).best()
            return best.encoding if best is not None else "latin-1"
    return "utf-8-sig"


def _create(path: Path) -> TextIO:
    try:
        return path.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise InputError(f"cannot write {str(path)!r}: {error.strerror}") from error

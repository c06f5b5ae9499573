"""Geocode a table: every input column kept, the answer beside it, one row out per row in.

A run that was stopped goes on from its last complete row: see `ingest.geocode._journal`.
"""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import BinaryIO, TextIO

from geodata.errors import InputError
from geodata.place import Geocoder, Outcome, PlaceQuery, Resolution
from ingest.geocode._delimited import open_table, read_rows
from ingest.geocode._journal import Journal, State, input_identity, open_draft

ADDED = (
    "outcome", "latitude", "longitude", "location_precision", "radius_km", "score",
    "matched_name", "matched_country", "matched_admin1", "matched_admin2", "place_id", "gazetteer",
)  # fmt: skip
"""Columns that geocoding adds; an input column of the same name gets the prefix ``input_``."""

UNMATCHED = ("outcome", "reason", "candidates")
"""Columns that the file of unmatched rows adds, in the same manner."""

SAVE_ROWS = 500
SAVE_SECONDS = 0.5
"""The journal is written after so many rows or so much time, whichever comes first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which column of the table holds what; `place` is the one that must be there."""

    place: str
    admin2: str | None = None
    admin1: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """How a table is geocoded beside its columns.

    `country` is that of every row where the table has no such column; `gazetteer` names the state
    of the gazetteer, so that a run is not resumed with another one; `unmatched` is the file of
    rows without a place (default: the output's name with ``.unmatched.csv``).
    """

    country: str | None = None
    gazetteer: str = ""
    unmatched: Path | None = None
    restart: bool = False


@dataclass(slots=True)
class Tally:
    """How many rows came to which outcome; `unmatched` is their file, None without any."""

    rows: int = 0
    outcomes: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    unmatched: Path | None = None


def geocode_table(
    source: Path,
    target: Path,
    columns: Columns,
    geocoder: Geocoder,
    *,
    batch: Batch | None = None,
    progress: Callable[[float, int], None] | None = None,
    say: Callable[[str], None] | None = None,
) -> Tally:
    """Geocode a CSV file into another; the target appears only when it is complete.

    Parameters
    ----------
    source, target
        Table with a header (comma, semicolon, tab or bar between cells), UTF-8 or an encoding
        that can be told; and the file to write (CSV, UTF-8).
    columns
        Which columns hold the place and its context.
    geocoder
        Who answers.
    progress
        Called with the share of the file that is read, 0 to 1, and the rows done.
    say
        Called with a line where an earlier run is gone on with, or is not.

    Raises
    ------
    InputError
        The file, a named column or a row cannot be read as a table.
    """
    batch = batch or Batch()
    aside = batch.unmatched or target.with_suffix(".unmatched.csv")
    _distinct(source, target, aside)
    options = [asdict(columns), batch.country, str(aside)]
    journal = Journal(
        target,
        {"input": input_identity(source), "options": options, "gazetteer": batch.gazetteer},
    )
    state = _begin(journal, batch, say)
    run = _Run(journal, geocoder, columns, batch.country, state)
    try:
        with open_table(source) as read:
            run.copy(read, source, progress)
    except InputError:
        journal.clear()  # the table must be mended first: nothing to go on from
        raise
    return _finish(journal, run.state, target, aside)


def has_column(source: Path, name: str) -> bool:
    """Whether a table has a column of this name."""
    with open_table(source) as read:
        return name in read_rows(read, source)[0]


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


class _Run:
    """Writes the drafts row by row; `state` always describes complete rows."""

    def __init__(
        self,
        journal: Journal,
        geocoder: Geocoder,
        columns: Columns,
        country: str | None,
        state: State,
    ) -> None:
        self.journal = journal
        self.geocoder = geocoder
        self.columns = columns
        self.country = country
        self.state = state

    def copy(
        self, read: TextIO, source: Path, progress: Callable[[float, int], None] | None
    ) -> None:
        header, rows = read_rows(read, source)
        _check(header, self.columns, source)
        size = max(1, source.stat().st_size)
        with (
            open_draft(self.journal.draft, self.state.written) as written,
            open_draft(self.journal.unmatched, self.state.unmatched) as aside,
        ):
            if not self.state.written:
                self._head(header, written, aside)
            try:
                for number in self._answer(header, rows, written, aside):
                    if progress is not None and number % 100 == 0:
                        progress(min(1.0, read.buffer.tell() / size), number)
            finally:
                self._save(written, aside)

    def _head(self, header: list[str], written: BinaryIO, aside: BinaryIO) -> None:
        main = _line([*_kept(header, ADDED), *ADDED])
        other = _line([*_kept(header, UNMATCHED), *UNMATCHED])
        written.write(main)
        aside.write(other)
        self.state = State(written=len(main), unmatched=len(other))

    def _answer(
        self,
        header: list[str],
        rows: Iterator[tuple[int, list[str]]],
        written: BinaryIO,
        aside: BinaryIO,
    ) -> Iterator[int]:
        done, saved, at = self.state.rows, self.state.rows, time.monotonic()
        for number, (_, cells) in enumerate(rows, start=1):
            if number <= done:
                continue  # answered by the run that was stopped
            row = dict(zip(header, cells, strict=True))
            answer = self.geocoder.geocode(_query(row, self.columns, self.country), limit=3)
            main = _line([*cells, *answer_cells(answer).values()])
            other = b"" if answer.outcome is Outcome.FOUND else _line([*cells, *_why(answer)])
            written.write(main)
            aside.write(other)
            outcomes = dict(self.state.outcomes)
            outcomes[str(answer.outcome)] = outcomes.get(str(answer.outcome), 0) + 1
            # One assignment: an interrupt falls before or after it, never within.
            self.state = State(
                rows=number,
                written=self.state.written + len(main),
                unmatched=self.state.unmatched + len(other),
                outcomes=outcomes,
            )
            if number - saved >= SAVE_ROWS or time.monotonic() - at >= SAVE_SECONDS:
                self._save(written, aside)
                saved, at = number, time.monotonic()
            yield number

    def _save(self, written: BinaryIO, aside: BinaryIO) -> None:
        written.flush()
        aside.flush()
        self.journal.save(self.state)


def _begin(journal: Journal, batch: Batch, say: Callable[[str], None] | None) -> State:
    tell = say or (lambda _line: None)
    state, why = (None, "--restart was given") if batch.restart else journal.load()
    if state is not None:
        if state.rows:
            tell(f"Going on after row {state.rows:,} of the run that was stopped.")
        return state
    if why and journal.path.exists():
        tell(f"Starting anew: {why} since the run that was stopped.")
    journal.clear()
    return State()


def _finish(journal: Journal, state: State, target: Path, aside: Path) -> Tally:
    tally = Tally(rows=state.rows)
    for name, number in state.outcomes.items():
        tally.outcomes[Outcome(name)] = number
    # A kill may have come before the end of a longer draft: only complete rows are kept.
    for draft, size in ((journal.draft, state.written), (journal.unmatched, state.unmatched)):
        with draft.open("r+b") as file:
            file.truncate(size)
    aside.unlink(missing_ok=True)
    if tally.rows > tally.outcomes[Outcome.FOUND]:
        journal.unmatched.replace(aside)
        tally.unmatched = aside
    journal.draft.replace(target)
    journal.clear()
    return tally


def _distinct(source: Path, target: Path, aside: Path) -> None:
    if source.resolve() == target.resolve():
        raise InputError(f"{str(target)!r} is the input itself: give another --out")
    if aside.resolve() in {source.resolve(), target.resolve()}:
        raise InputError(f"{str(aside)!r} is the input or the output: give another --unmatched")


def _why(answer: Resolution) -> tuple[str, str, str]:
    names = dict.fromkeys(
        ", ".join(filter(None, (c.place.name, c.place.admin1, c.place.country_name)))
        for c in answer.candidates
    )
    return str(answer.outcome), answer.note, " | ".join(names)


def _kept(header: list[str], added: tuple[str, ...]) -> list[str]:
    return [f"input_{name}" if name in added else name for name in header]


def _line(cells: list[object] | list[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue().encode()


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


def _check(header: list[str], columns: Columns, source: Path) -> None:
    wanted = (columns.place, columns.admin2, columns.admin1, columns.country)
    missing = [name for name in wanted if name is not None and name not in header]
    if missing:
        raise InputError(
            f"{source.name}: no column {', '.join(map(repr, missing))}; its columns are"
            f" {', '.join(header)}"
        )

"""`incidents geocode --table`: the bar, the counts, and going on after an interruption."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from geodata.place import Geocoder
    from ingest.geocode.table import Tally

STEPS = 1000


def geocode_file(
    table: Path,
    out: Path,
    named: tuple[str, str | None, str | None, str | None],
    geocoder: Geocoder,
    *,
    answered_by: str = "",
    unmatched: Path | None = None,
    restart: bool = False,
) -> None:
    """Geocode a table with a progress bar; one that was stopped goes on where it was.

    Parameters
    ----------
    table, out, unmatched
        The table, the file to write, and the file for rows without a place.
    named
        Names of the columns with place, district, province and country; a country that is no
        column's name is the country of every row.
    geocoder, answered_by
        Who answers, and in words, so that a run is not gone on with by another.
    restart
        Start anew.
    """
    from geodata.errors import AtlasError
    from ingest.geocode.table import Batch, Columns, geocode_table, has_column

    place, admin2, admin1, country = named
    in_column = country is not None and has_column(table, country)
    columns = Columns(
        place=place, admin2=admin2, admin1=admin1, country=country if in_column else None
    )
    batch = Batch(
        country=None if in_column else country,
        gazetteer=_state(answered_by),
        unmatched=unmatched,
        restart=restart,
    )
    speed = _Speed()
    bar: click._termui_impl.ProgressBar[int]
    with click.progressbar(
        length=STEPS,
        label="Geocoding",
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
        item_show_func=lambda _item: speed.words,
    ) as bar:

        def progress(share: float, rows: int) -> None:
            speed.update(rows)
            bar.update(int(share * STEPS) - bar.pos)

        try:
            tally = geocode_table(
                table, out, columns, geocoder, batch=batch, progress=progress,
                say=lambda line: click.echo(line, err=True),
            )  # fmt: skip
        except KeyboardInterrupt:
            raise AtlasError(
                "stopped; the same command again goes on from the last complete row"
            ) from None
        bar.update(STEPS - bar.pos)
    _print_tally(tally, out)


def _print_tally(tally: Tally, out: Path) -> None:
    counts = ", ".join(
        f"{number} {str(outcome).replace('_', ' ')}"
        for outcome, number in tally.outcomes.items()
        if number
    )
    aside = f"; rows without a place: {tally.unmatched}" if tally.unmatched else ""
    click.echo(f"{tally.rows} rows: {counts or 'none'}. Written to {out}{aside}")


def _state(extra: str) -> str:
    """Which gazetteers answer: others give other answers, as does another version."""
    from importlib.metadata import version

    from geodata.gazetteer.installed import paths_in_use

    words = [version("incident-atlas"), extra]
    for path in paths_in_use():
        if path.is_file():  # opening a missing one says what to do
            stat = path.stat()
            words.append(f"{path} {stat.st_size} {stat.st_mtime_ns}")
    return " ".join(words)


class _Speed:
    """Rows per second since the start of this run, in words for the progress bar."""

    def __init__(self) -> None:
        self.words = ""
        self._first: tuple[int, float] | None = None

    def update(self, rows: int) -> None:
        """Take note of the rows done, those of an earlier run included."""
        now = time.monotonic()
        if self._first is None:
            self._first = rows, now
        seconds = now - self._first[1]
        if seconds > 0:
            self.words = f"{(rows - self._first[0]) / seconds:,.0f} rows/s"

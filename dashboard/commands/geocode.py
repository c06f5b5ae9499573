"""`incidents geocode`: find where a place name lies, offline; one query, many, or a table."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from geodata.place import Candidate, Resolution
    from ingest.geocode.table import Batch, Columns

EPILOG = (
    'Example: incidents geocode "Mach town in Bolan district" "30 km south of Quetta" --country PK'
)

STEPS = 1000
"""Steps of the progress bar."""


@click.command(epilog=EPILOG)
@click.argument("queries", metavar="QUERY...", nargs=-1)
@click.option("--country", metavar="PK", help="Country (code or name) where the places lie.")
@click.option("--within", metavar="NAME", help="Province or district where the places lie.")
@click.option("--limit", metavar="N", type=click.IntRange(1, 50), default=5, show_default=True,
              help="At most N candidates.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per query.")
@click.option("--table", metavar="FILE.csv", help="Geocode a CSV file instead.",
              type=click.Path(exists=True, dir_okay=False, path_type=Path))  # fmt: skip
@click.option("--place", metavar="COLUMN", help="Column with the place (with --table).")
@click.option("--admin2", metavar="COLUMN", help="Column with the district.")
@click.option("--admin1", metavar="COLUMN", help="Column with the province.")
@click.option("--out", metavar="FILE.csv", help="Where the geocoded table goes.",
              type=click.Path(dir_okay=False, path_type=Path))  # fmt: skip
@click.option("--unmatched", metavar="FILE.csv", help="Where rows without a place go.",
              type=click.Path(dir_okay=False, path_type=Path))  # fmt: skip
@click.option("--restart", is_flag=True, help="Start anew where a run was stopped before.")
def command(  # noqa: PLR0913, PLR0917 - one argument per option of the command line
    queries: tuple[str, ...],
    country: str | None,
    within: str | None,
    limit: int,
    as_json: bool,
    table: Path | None,
    place: str | None,
    admin2: str | None,
    admin1: str | None,
    out: Path | None,
    unmatched: Path | None,
    restart: bool,
) -> None:
    """Find where a place name lies, offline.

    With --table, --country names the column that holds the country; where the table has no such
    column it is taken as the country of every row. A run that was stopped goes on where it was
    when the same command is given again.
    """
    if table is not None:
        if queries or place is None or out is None:
            raise click.UsageError("--table takes --place COLUMN and --out FILE, and no QUERY")
        from ingest.geocode.table import Batch, Columns, has_column

        in_column = country is not None and has_column(table, country)
        columns = Columns(
            place=place, admin2=admin2, admin1=admin1, country=country if in_column else None
        )
        batch = Batch(
            country=None if in_column else country,
            gazetteer=_gazetteer_state(),
            unmatched=unmatched,
            restart=restart,
        )
        _geocode_table(table, out, columns, batch)
        return
    if not queries:
        raise click.UsageError("give a QUERY, or --table FILE.csv --place COLUMN --out FILE.csv")
    from geodata.place import PlaceQuery
    from ingest.geocode import default_geocoder

    geocoder = default_geocoder()
    for text in queries:
        query = PlaceQuery(text=text, country=country, admin1=within)
        resolution = geocoder.geocode(query, limit=limit)
        if as_json:
            click.echo(json.dumps(resolution_json(resolution), ensure_ascii=False))
        else:
            _print(resolution)


def resolution_json(resolution: Resolution) -> dict[str, Any]:
    """Spell an answer out for JSON, in the names of the vocabulary."""
    return {
        "query": resolution.query.text,
        "outcome": str(resolution.outcome),
        "note": resolution.note,
        "gazetteer": resolution.gazetteer,
        "candidates": [_candidate_json(candidate) for candidate in resolution.candidates],
    }


def _candidate_json(candidate: Candidate) -> dict[str, Any]:
    place = candidate.place
    return {
        "name": place.name,
        "place_id": place.place_id,
        "source": place.source,
        "feature_class": place.feature_class,
        "feature_code": place.feature_code,
        "country": place.country_name,
        "country_code": place.country,
        "admin1": place.admin1,
        "admin2": place.admin2,
        "latitude": candidate.latitude,
        "longitude": candidate.longitude,
        "location_precision": str(candidate.location_precision),
        "radius_km": candidate.radius_km,
        "score": candidate.score,
        "matched_name": candidate.matched_name,
        "reasons": [
            {"kind": reason.kind, "share": reason.share, "words": reason.words}
            for reason in candidate.reasons
        ],
    }


def _print(resolution: Resolution) -> None:
    outcome = str(resolution.outcome).replace("_", " ")
    note = f": {resolution.note}" if resolution.note else ""
    click.echo(f"{resolution.query.text}: {outcome}{note}")
    for number, candidate in enumerate(resolution.candidates, start=1):
        place = candidate.place
        parts = [place.name]
        parts += [part for part in (place.admin2, place.admin1) if part and part != parts[-1]]
        where = ", ".join([*parts, place.country_name])
        spot = "no coordinates"
        if candidate.latitude is not None and candidate.longitude is not None:
            spot = f"{candidate.latitude:.4f}, {candidate.longitude:.4f}"
        click.echo(
            f"  {number}. {candidate.score:.2f}  {where}  ({spot};"
            f" {candidate.location_precision}, within {candidate.radius_km:g} km;"
            f" {place.place_id})"
        )
        if number == 1:
            for reason in candidate.reasons:
                click.echo(f"       {reason.share:+.2f}  {reason.kind}: {reason.words}")


def _gazetteer_state() -> str:
    """Which gazetteer answers: another one gives other answers, as does another version."""
    from importlib.metadata import version

    from geodata.gazetteer import default_path

    path = default_path()
    if not path.is_file():
        return ""  # opening it says what to do
    stat = path.stat()
    return f"{version('incident-atlas')} {path} {stat.st_size} {stat.st_mtime_ns}"


def _geocode_table(table: Path, out: Path, columns: Columns, batch: Batch) -> None:
    from geodata.errors import AtlasError
    from ingest.geocode import default_geocoder
    from ingest.geocode.table import geocode_table

    geocoder = default_geocoder()
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
    counts = ", ".join(
        f"{number} {str(outcome).replace('_', ' ')}"
        for outcome, number in tally.outcomes.items()
        if number
    )
    aside = f"; rows without a place: {tally.unmatched}" if tally.unmatched else ""
    click.echo(f"{tally.rows} rows: {counts or 'none'}. Written to {out}{aside}")


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

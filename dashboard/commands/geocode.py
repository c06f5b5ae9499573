"""`incidents geocode`: find where a place name lies, offline; one query, many, or a table."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from geodata.place import Candidate, Geocoder, Resolution

EPILOG = (
    'Example: incidents geocode "Mach town in Bolan district" "30 km south of Quetta" --country PK'
)


@click.command(epilog=EPILOG)
@click.argument("queries", metavar="QUERY...", nargs=-1)
@click.option("--country", metavar="PK", help="Country (code or name) where the places lie.")
@click.option("--within", metavar="NAME", help="Province or district where the places lie.")
@click.option("--limit", metavar="N", type=click.IntRange(1, 50), default=5, show_default=True,
              help="At most N candidates.")  # fmt: skip
@click.option("--store", "store_path", metavar="FILE",
              help="Use the places that this project remembers.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per query.")
@click.option("--table", metavar="FILE.csv", help="Geocode a CSV file instead.",
              type=click.Path(exists=True, dir_okay=False, path_type=Path))  # fmt: skip
@click.option("--place", metavar="COLUMN", help="Column with the place (with --table).")
@click.option("--admin2", metavar="COLUMN", help="Column with the district.")
@click.option("--admin1", metavar="COLUMN", help="Column with the province.")
@click.option("--out", metavar="FILE.csv", help="Where the geocoded table goes.",
              type=click.Path(dir_okay=False, path_type=Path))  # fmt: skip
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
    store_path: str | None,
) -> None:
    """Find where a place name lies, offline.

    With --table, --country names the column that holds the country; where the table has no such
    column it is taken as the country of every row.
    """
    if table is not None:
        if queries or place is None or out is None:
            raise click.UsageError("--table takes --place COLUMN and --out FILE, and no QUERY")
        columns = (place, admin2, admin1, country)
        _geocode_table(table, out, columns, _geocoder(store_path))
        return
    if not queries:
        raise click.UsageError("give a QUERY, or --table FILE.csv --place COLUMN --out FILE.csv")
    from geodata.place import PlaceQuery

    geocoder = _geocoder(store_path)
    for text in queries:
        query = PlaceQuery(text=text, country=country, admin1=within)
        resolution = geocoder.geocode(query, limit=limit)
        if as_json:
            click.echo(json.dumps(resolution_json(resolution), ensure_ascii=False))
        else:
            _print(resolution)


def _geocoder(store_path: str | None) -> Geocoder:
    from dashboard.commands._reports import remembered
    from ingest.geocode import default_geocoder
    from ingest.geocode.memory import FixedMemories, MemoryGeocoder

    return MemoryGeocoder(default_geocoder(), FixedMemories(remembered(store_path)))


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


def _geocode_table(
    table: Path,
    out: Path,
    named: tuple[str, str | None, str | None, str | None],
    geocoder: Geocoder,
) -> None:
    from ingest.geocode.table import Columns, geocode_table, has_column

    place, admin2, admin1, country = named
    in_column = country is not None and has_column(table, country)
    columns = Columns(
        place=place, admin2=admin2, admin1=admin1, country=country if in_column else None
    )
    steps = 1000
    with click.progressbar(
        length=steps, label="Geocoding", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        tally = geocode_table(
            table,
            out,
            columns,
            geocoder,
            country=None if in_column else country,
            progress=lambda share: bar.update(int(share * steps) - bar.pos),
        )
        bar.update(steps - bar.pos)
    counts = ", ".join(
        f"{number} {str(outcome).replace('_', ' ')}"
        for outcome, number in tally.outcomes.items()
        if number
    )
    click.echo(f"{tally.rows} rows: {counts or 'none'}. Written to {out}")

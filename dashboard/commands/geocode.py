"""`incidents geocode`: find where a place name lies; one query, many, or a table.

Offline, unless online services are named with ``--service``.
"""

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
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per query.")
@click.option("--table", metavar="FILE.csv", help="Geocode a CSV file instead.",
              type=click.Path(exists=True, dir_okay=False, path_type=Path))  # fmt: skip
@click.option("--place", metavar="COLUMN", help="Column with the place (with --table).")
@click.option("--admin2", metavar="COLUMN", help="Column with the district.")
@click.option("--admin1", metavar="COLUMN", help="Column with the province.")
@click.option("--out", metavar="FILE.csv", help="Where the geocoded table goes.",
              type=click.Path(dir_okay=False, path_type=Path))  # fmt: skip
@click.option("--service", "services", metavar="NAME", multiple=True,
              help="Online service to ask where the gazetteer does not find the place; may be"
              " repeated.")  # fmt: skip
@click.option("--service-url", "service_urls", metavar="URL", multiple=True,
              help="Where that service is (your own server); the first for the first"
              " --service.")  # fmt: skip
@click.option("--service-only", is_flag=True, help="Do not ask the gazetteer.")
@click.option(
    "--services",
    "list_services",
    is_flag=True,
    help="List the online services: what each needs, its limit, its attribution.",
)
@click.option("--raw", metavar="ID", help="Print the raw answer of a service from the cache.")
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
    services: tuple[str, ...],
    service_urls: tuple[str, ...],
    service_only: bool,
    list_services: bool,
    raw: str | None,
) -> None:
    """Find where a place name lies, offline unless --service names an online service.

    With --table, --country names the column that holds the country; where the table has no such
    column it is taken as the country of every row.
    """
    from dashboard.commands._services import (
        chosen_geocoder,
        print_attributions,
        print_raw,
        print_services,
    )

    if list_services:
        print_services(as_json=as_json)
        return
    if raw is not None:
        print_raw(raw)
        return
    if table is not None:
        if queries or place is None or out is None:
            raise click.UsageError("--table takes --place COLUMN and --out FILE, and no QUERY")
        geocoder = chosen_geocoder(services, service_urls, only=service_only)
        _geocode_table(table, out, place, admin2, admin1, country, geocoder)
        print_attributions(services)
        return
    if not queries:
        raise click.UsageError("give a QUERY, or --table FILE.csv --place COLUMN --out FILE.csv")
    from geodata.place import PlaceQuery

    geocoder = chosen_geocoder(services, service_urls, only=service_only)
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


def _geocode_table(
    table: Path,
    out: Path,
    place: str,
    admin2: str | None,
    admin1: str | None,
    country: str | None,
    geocoder: Geocoder,
) -> None:
    from ingest.geocode.table import Columns, geocode_table, has_column

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

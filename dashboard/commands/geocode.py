"""`incidents geocode`: find where a place name lies; one query, many, a table, or a text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from dashboard.commands._reports import remembered
from dashboard.commands._resolutions import print_resolution, resolution_json
from dashboard.commands.options import memory_option

EPILOG = (
    'Example: incidents geocode "Mach town in Bolan district" "30 km south of Quetta" --country PK'
)


def _service_options(function: Any) -> Any:
    """Add the options that speak of online services."""
    for option in reversed((
        click.option("--service", "services", metavar="NAME", multiple=True,
                     help="Online service to ask where the gazetteer does not find the place; may"
                     " be repeated."),
        click.option("--service-url", "service_urls", metavar="URL", multiple=True,
                     help="Where that service is (your own server); the first for the first"
                     " --service."),
        click.option("--service-only", is_flag=True, help="Do not ask the gazetteer."),
        click.option("--services", "list_services", is_flag=True,
                     help="List the online services: what each needs, its limit, its"
                     " attribution."),
        click.option("--raw", metavar="ID",
                     help="Print the raw answer of a service from the cache."),
    )):  # fmt: skip
        function = option(function)
    return function


def _table_options(function: Any) -> Any:
    """Add the options of a table."""
    file = click.Path(dir_okay=False, path_type=Path)
    for option in reversed((
        click.option("--table", metavar="FILE.csv", help="Geocode a CSV file instead.",
                     type=click.Path(exists=True, dir_okay=False, path_type=Path)),
        click.option("--place", metavar="COLUMN", help="Column with the place (with --table)."),
        click.option("--admin2", metavar="COLUMN", help="Column with the district."),
        click.option("--admin1", metavar="COLUMN", help="Column with the province."),
        click.option("--out", metavar="FILE.csv", type=file,
                     help="Where the geocoded table goes."),
        click.option("--unmatched", metavar="FILE.csv", type=file,
                     help="Where rows without a place go."),
        click.option("--restart", is_flag=True,
                     help="Start anew where a run was stopped before."),
    )):  # fmt: skip
        function = option(function)
    return function


@click.command(epilog=EPILOG)
@click.argument("queries", metavar="QUERY...", nargs=-1)
@click.option("--country", metavar="PK", help="Country (code or name) where the places lie.")
@click.option("--within", metavar="NAME", help="Province or district where the places lie.")
@click.option("--limit", metavar="N", type=click.IntRange(1, 50), default=5, show_default=True,
              help="At most N candidates.")  # fmt: skip
@memory_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per query.")
@click.option("--text", "story", metavar="FILE", type=click.File(encoding="utf-8"),
              help="Find and place every place name of a text (- for standard input).")  # fmt: skip
@_table_options
@_service_options
def command(**options: Any) -> None:
    """Find where a place name lies, offline unless --service names an online service.

    With --table, --country names the column that holds the country; where the table has no such
    column it is taken as the country of every row. A run that was stopped goes on where it was
    when the same command is given again.
    """
    from dashboard.commands._services import chosen_geocoder, print_raw, print_services

    if options["list_services"]:
        print_services(as_json=options["as_json"])
        return
    if options["raw"] is not None:
        print_raw(options["raw"])
        return
    _check(options)
    geocoder = chosen_geocoder(
        options["services"],
        options["service_urls"],
        only=options["service_only"],
        memories=remembered(options["store_path"]),
    )
    if options["table"] is not None:
        _geocode_table(options, geocoder)
    elif options["story"] is not None:
        _geocode_text(options, geocoder)
    else:
        _geocode_queries(options, geocoder)


def _check(options: dict[str, Any]) -> None:
    """Refuse options that do not go together."""
    queries, table, story = options["queries"], options["table"], options["story"]
    if table is not None and (queries or options["place"] is None or options["out"] is None):
        raise click.UsageError("--table takes --place COLUMN and --out FILE, and no QUERY")
    if story is not None and (queries or table is not None):
        raise click.UsageError("--text takes no QUERY and no --table")
    if not queries and table is None and story is None:
        raise click.UsageError(
            "give a QUERY, --text FILE, or --table FILE.csv --place COLUMN --out FILE.csv"
        )


def _geocode_queries(options: dict[str, Any], geocoder: Any) -> None:
    from geodata.place import PlaceQuery

    for text in options["queries"]:
        query = PlaceQuery(text=text, country=options["country"], admin1=options["within"])
        resolution = geocoder.geocode(query, limit=options["limit"])
        if options["as_json"]:
            click.echo(json.dumps(resolution_json(resolution), ensure_ascii=False))
        else:
            print_resolution(resolution)


def _geocode_table(options: dict[str, Any], geocoder: Any) -> None:
    from dashboard.commands._geocode_table import geocode_file
    from dashboard.commands._services import print_attributions

    geocode_file(
        options["table"],
        options["out"],
        (options["place"], options["admin2"], options["admin1"], options["country"]),
        geocoder,
        answered_by=" ".join(
            (*options["services"], *options["service_urls"], options["store_path"] or "")
        ),
        unmatched=options["unmatched"],
        restart=options["restart"],
    )
    print_attributions(options["services"])


def _geocode_text(options: dict[str, Any], geocoder: Any) -> None:
    from ingest.geocode import default_geocoder
    from ingest.geocode.document import resolve_names

    text = options["story"].read()
    hits = list(default_geocoder().find_names(text))
    answers = resolve_names(text, hits, geocoder, outlet_country=options["country"])
    for hit, answer in zip(hits, answers, strict=True):
        if options["as_json"]:
            told = resolution_json(answer, limit=options["limit"])
            told |= {"name": hit.name, "start": hit.start, "end": hit.end}
            click.echo(json.dumps(told, ensure_ascii=False))
        else:
            click.echo(f"{hit.start}-{hit.end} ", nl=False)
            print_resolution(answer, limit=1)
    if not hits and not options["as_json"]:
        click.echo("No place is named in this text.")

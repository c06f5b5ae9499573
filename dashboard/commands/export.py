"""`incidents export`: the incidents that a filter means, in a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from dashboard.commands.options import filter_from, filter_options, store_option
from geodata.export import FORMATS, export, format_for
from geodata.store import open_store


@click.command(
    epilog="Example: incidents export --store atlas.gpkg --format csv --out incidents.csv"
)
@store_option()
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(FORMATS)),
    help="Format (docs/exports.md); without it, the one that the ending of FILE says.",
)
@click.option("--out", "out_path", metavar="FILE", required=True, help="The file to write.")
@click.option("--force", is_flag=True, help="Replace the file when it exists.")
@filter_options
def command(
    store_path: str, format_name: str | None, out_path: str, force: bool, **options: Any
) -> None:
    """Write incidents to a file, with the filter and the totals that it stands for.

    acled, ucdp and gtd give rows imported in that layout as they came, with edits written over
    them, and all other incidents as far as the layout has columns for them.
    """
    where = filter_from(options)
    format_name = format_name or format_for(Path(out_path).name).name
    with open_store(store_path, read_only=True) as store, store.snapshot():
        report = export(store, where, Path(out_path), format_name, force=force)
        totals = store.totals(where)
    incidents = "1 incident" if report.rows == 1 else f"{report.rows:,} incidents"
    click.echo(f"Wrote {incidents} to {out_path}")
    for note in report.notes:
        click.echo(f"Note: {note}")
    click.echo(totals.sentence())

"""`incidents export`: the incidents that a filter means, in a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from dashboard.commands.options import filter_from, filter_options, store_option
from geodata.export import FORMATS, export
from geodata.store import open_store


@click.command(
    epilog="Example: incidents export --store atlas.gpkg --format csv --out incidents.csv"
)
@store_option()
@click.option("--format", "format_name", type=click.Choice(list(FORMATS)), required=True)
@click.option("--out", "out_path", metavar="FILE", required=True, help="The file to write.")
@click.option("--force", is_flag=True, help="Replace the file when it exists.")
@filter_options
def command(store_path: str, format_name: str, out_path: str, force: bool, **options: Any) -> None:
    """Write incidents to a file, with the filter and the totals that it stands for."""
    where = filter_from(options)
    with open_store(store_path, read_only=True) as store, store.snapshot():
        report = export(store, where, Path(out_path), format_name, force=force)
        totals = store.totals(where)
    incidents = "1 incident" if report.rows == 1 else f"{report.rows:,} incidents"
    click.echo(f"Wrote {incidents} to {out_path}")
    for note in report.notes:
        click.echo(f"Note: {note}")
    click.echo(totals.sentence())

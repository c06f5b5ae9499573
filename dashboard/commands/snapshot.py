"""`incidents snapshot`: the map of a filter as a picture for print."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from dashboard.commands.options import filter_from, filter_options, store_option
from geodata.store import open_store


@click.command(
    epilog="Example: incidents snapshot --store atlas.gpkg --country Pakistan --out map.png"
)
@store_option()
@click.option(
    "--out", "out_path", metavar="FILE", required=True, help="Picture to write: .png or .pdf."
)
@click.option("--title", default="", help="Headline; without one, the filter in words.")
@click.option(
    "--dpi",
    type=click.IntRange(36, 600),
    default=300,
    show_default=True,
    help="Pixels per inch; the page is 11.7 x 8.3 inches.",
)
@click.option("--force", is_flag=True, help="Replace the file when it exists.")
@filter_options
def command(
    store_path: str, out_path: str, title: str, dpi: int, force: bool, **options: Any
) -> None:
    """Draw the map of the matching incidents, with legend, scale and totals, for print."""
    from geodata.export.snapshot import write_snapshot

    where = filter_from(options)
    with open_store(store_path, read_only=True) as store:
        write_snapshot(store, where, Path(out_path), title=title, dpi=dpi, force=force)
        totals = store.totals(where)
    click.echo(f"Wrote {out_path}")
    click.echo(totals.sentence())

"""`incidents check`: whether a project is sound."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click

from geodata.filters import Filter
from geodata.store import open_store


@click.command(epilog="Example: incidents check atlas.gpkg")
@click.argument("file", metavar="FILE")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as a JSON array.")
def command(file: str, as_json: bool) -> None:
    """Check a project: integrity, conformance to GeoPackage, totals that reconcile.

    Exit code 0 when it is sound, 1 when an error was found; warnings do not count.
    """
    with open_store(file, read_only=True) as store, store.snapshot():
        problems = store.check()
        totals = store.totals(Filter())
    if as_json:
        click.echo(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False))
    else:
        for problem in problems:
            click.echo(f"{problem.level}: {problem.where}: {problem.what}")
        click.echo(totals.sentence())
    errors = sum(problem.level == "error" for problem in problems)
    if errors:
        sys.exit(1)
    if not as_json:
        warnings = f"{len(problems)} warning" + ("" if len(problems) == 1 else "s")
        click.echo(f"sound, with {warnings}" if problems else "sound")

"""`incidents gazetteer`: build and inspect the offline gazetteer."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click


@click.group(epilog="Example: incidents gazetteer build")
def command() -> None:
    """Build and inspect the offline gazetteer."""


@command.command(epilog="Example: incidents gazetteer build --if-missing")
@click.option(
    "--if-missing",
    is_flag=True,
    help="Do nothing where it is there and newer than our own table of places.",
)
@click.option("--force", is_flag=True, help="Build it again even where it is there.")
def build(if_missing: bool, force: bool) -> None:
    """Build the gazetteer from its source packages (under a minute)."""
    from geodata.gazetteer import default_path, overlay_path
    from geodata.gazetteer.build import build_gazetteer

    target = default_path()
    if target.exists() and not force:
        facts = max(file.stat().st_mtime for file in overlay_path().glob("*.csv"))
        current = target.stat().st_mtime >= facts
        if if_missing and current:
            return
        if current:
            click.echo(f"{target} is there already; --force builds it again")
            return
    steps = 1000
    with click.progressbar(
        length=steps,
        label="Gazetteer",
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
        item_show_func=lambda words: words or "",
    ) as bar:

        def show(words: str, share: float) -> None:
            bar.update(int(share * steps) - bar.pos, words)

        build_gazetteer(target, show)
    click.echo(f"Built {target} ({target.stat().st_size / 1e6:.0f} MB)")


@command.command(epilog="Example: incidents gazetteer info --json")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def info(as_json: bool) -> None:
    """Show what the gazetteer holds and where it comes from."""
    from geodata.gazetteer.lookup import Gazetteer

    gazetteer = Gazetteer.open()
    facts = gazetteer.info()
    counts = gazetteer.counts()
    size = Path(gazetteer.path).stat().st_size
    if as_json:
        value = {
            "path": str(gazetteer.path),
            "bytes": size,
            "built": facts["built"],
            "counts": counts,
            "sources": [source._asdict() for source in gazetteer.sources()],
        }
        click.echo(json.dumps(value, ensure_ascii=False))
        return
    click.echo(f"{gazetteer.path} ({size / 1e6:.0f} MB), built {facts['built']}")
    for source in gazetteer.sources():
        click.echo(
            f"  {source.name}: {source.places:,} places ({source.version}); {source.attribution}"
        )
    click.echo("  " + ", ".join(f"{number:,} {kind}" for kind, number in counts.items()))

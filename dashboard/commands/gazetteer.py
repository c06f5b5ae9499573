"""`incidents gazetteer`: build, extend and inspect the offline gazetteer."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from geodata.gazetteer.add import Added

_STEPS = 1000


@click.group(epilog="Example: incidents gazetteer add PK.zip")
def command() -> None:
    """Build, extend and inspect the offline gazetteer."""


@command.command(epilog="Example: incidents gazetteer build --if-missing")
@click.option(
    "--if-missing",
    is_flag=True,
    help="Do nothing where it is there and newer than our own table of places.",
)
@click.option("--force", is_flag=True, help="Build it again even where it is there.")
def build(if_missing: bool, force: bool) -> None:
    """Build the embedded gazetteer from its source packages (under a minute)."""
    from geodata.gazetteer import default_path, overlay_path
    from geodata.gazetteer.build import build_gazetteer, is_current

    target = default_path()
    if not force and is_current(target, overlay_path()):
        if not if_missing:
            click.echo(f"{target} is there already; --force builds it again")
        return
    with _bar("Gazetteer") as show:
        build_gazetteer(target, show)
    click.echo(f"Built {target} ({target.stat().st_size / 1e6:.0f} MB)")


@command.command(epilog="Example: incidents gazetteer add PK.zip --name pakistan")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--name", default="", metavar="NAME", help="What to call it; else the file's name.")
@click.option("--importer", default="", metavar="NAME",
              help="geonames, whosonfirst, osm or points; else found out.")  # fmt: skip
@click.option("--map", "mapping", multiple=True, metavar="FIELD=COLUMN",
              help="Which column is the name, latitude, longitude, country, admin1, admin2,"
              " population, feature, aliases, id.")  # fmt: skip
@click.option("--country", default="", metavar="PK", help="Country of every row without one.")
@click.option("--crs", default="", metavar="EPSG:4326",
              help="Coordinate system, where the file names none.")  # fmt: skip
@click.option("--layer", default="", metavar="NAME", help="Layer of a file that has several.")
@click.option("--attribution", default="", metavar="TEXT", help="How its source is to be named.")
@click.option("--admin1-codes", metavar="FILE", type=click.Path(exists=True, path_type=Path),
              help="admin1CodesASCII.txt; else the one beside a GeoNames dump.")  # fmt: skip
@click.option("--admin2-codes", metavar="FILE", type=click.Path(exists=True, path_type=Path),
              help="admin2Codes.txt; else the one beside a GeoNames dump.")  # fmt: skip
@click.option("--alternate-names", metavar="FILE", type=click.Path(exists=True, path_type=Path),
              help="alternateNamesV2; else the one beside a GeoNames dump.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def add(  # noqa: PLR0913, PLR0917 - one argument per option of the command line
    path: Path,
    name: str,
    importer: str,
    mapping: tuple[str, ...],
    country: str,
    crs: str,
    layer: str,
    attribution: str,
    admin1_codes: Path | None,
    admin2_codes: Path | None,
    alternate_names: Path | None,
    as_json: bool,
) -> None:
    """Add a gazetteer to the embedded one.

    FILE is a GeoNames dump (.txt or .zip, with its code files beside it), a folder of Who's On
    First records, an OpenStreetMap extract, or any table or layer of named points. One of the
    same name is replaced.
    """
    from geodata.gazetteer.add import add_gazetteer
    from geodata.gazetteer.importers import ImportOptions

    options = ImportOptions(
        mapping=_mapping(mapping),
        country=_country(country),
        crs=crs,
        layer=layer,
        admin1_codes=admin1_codes,
        admin2_codes=admin2_codes,
        alternate_names=alternate_names,
    )
    with _bar("Adding") as show:
        added = add_gazetteer(
            path,
            name=name,
            importer=importer,
            attribution=attribution,
            options=options,
            progress=show,
        )
    _print_added(added, as_json)


@command.command(epilog="Example: incidents gazetteer download PK")
@click.argument("country", metavar="COUNTRY")
@click.option("--keep", metavar="FOLDER", type=click.Path(path_type=Path), default=None,
              help="Where the files go; else beside the added gazetteers.")  # fmt: skip
@click.option("--publisher", metavar="URL", default="", help="A mirror of GeoNames' dump folder.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def download(country: str, keep: Path | None, publisher: str, as_json: bool) -> None:
    """Fetch a country's full gazetteer from GeoNames (CC BY 4.0) and add it.

    COUNTRY is a two-letter code, or allCountries (12 million places). A download that was cut
    off goes on where it stopped.
    """
    from geodata.gazetteer.add import add_gazetteer
    from geodata.gazetteer.importers import ImportOptions
    from geodata.gazetteer.installed import added_path
    from ingest.gazetteers import PUBLISHER, download_country

    folder = keep or added_path("downloads").with_suffix("")
    with _bar("Downloading") as show:
        files = download_country(country, folder, publisher=publisher or PUBLISHER, progress=show)
    options = ImportOptions(
        admin1_codes=files.admin1_codes,
        admin2_codes=files.admin2_codes,
        alternate_names=files.alternate_names,
    )
    with _bar("Adding") as show:
        added = add_gazetteer(files.dump, importer="geonames", options=options, progress=show)
    _print_added(added, as_json)


@command.command(epilog="Example: incidents gazetteer remove pk")
@click.argument("name", metavar="NAME")
def remove(name: str) -> None:
    """Take an added gazetteer away; the embedded one stays."""
    from geodata.gazetteer.installed import remove_added

    click.echo(f"Removed {remove_added(name)}")


@command.command(epilog="Example: incidents gazetteer info --json")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def info(as_json: bool) -> None:
    """Show what the gazetteers hold and where they come from."""
    from geodata.gazetteer.lookup import Gazetteer

    gazetteer = Gazetteer.open()
    facts = gazetteer.info()
    counts = gazetteer.counts()
    size = sum(path.stat().st_size for path in gazetteer.paths)
    if as_json:
        value = {
            "path": str(gazetteer.path),
            "added": [str(path) for path in gazetteer.paths[1:]],
            "bytes": size,
            "built": facts["built"],
            "counts": counts,
            "sources": [source._asdict() for source in gazetteer.sources()],
        }
        click.echo(json.dumps(value, ensure_ascii=False))
        return
    click.echo(f"{gazetteer.path} ({size / 1e6:.0f} MB with additions), built {facts['built']}")
    for source in gazetteer.sources():
        click.echo(
            f"  {source.name}: {source.places:,} places ({source.version}); {source.attribution}"
        )
    click.echo("  " + ", ".join(f"{number:,} {kind}" for kind, number in counts.items()))


def _mapping(pairs: tuple[str, ...]) -> dict[str, str]:
    mapping = {}
    for pair in pairs:
        name, mark, column = pair.partition("=")
        if not mark or not name or not column:
            raise click.UsageError(f"--map {pair!r}: give FIELD=COLUMN, as --map name=NAME_EN")
        mapping[name] = column
    return mapping


def _country(given: str) -> str:
    """ISO alpha-2 code of a country given by code or name."""
    if not given:
        return ""
    from geodata.errors import InputError
    from geodata.gazetteer.lookup import Gazetteer

    code = Gazetteer.open().country(given)
    if code is None:
        raise InputError(f"country {given!r} is not known: give a code, as PK, or a name")
    return code


def _print_added(added: Added, as_json: bool) -> None:
    if as_json:
        value = {
            "name": added.name,
            "path": str(added.path),
            "importer": added.importer,
            "attribution": added.attribution,
            "places": added.places,
            "joined": added.joined,
            "left_out": added.left_out,
        }
        click.echo(json.dumps(value, ensure_ascii=False))
        return
    size = added.path.stat().st_size / 1e6
    click.echo(f"Added {added.name!r}: {added.places:,} places ({size:.0f} MB, {added.path})")
    if added.joined:
        click.echo(f"  {added.joined:,} were known already and are one with those")
    for why, number in sorted(added.left_out.items()):
        click.echo(f"  left out: {number:,} rows ({why})")
    click.echo(f"  Attribution: {added.attribution}")


@contextmanager
def _bar(label: str) -> Iterator[Callable[[str, float], None]]:
    """Progress bar that is told what is being done and the share done, 0 to 1."""
    with click.progressbar(
        length=_STEPS,
        label=label,
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
        item_show_func=lambda words: words or "",
    ) as bar:

        def show(words: str, share: float) -> None:
            bar.update(max(0, int(share * _STEPS) - bar.pos), words)

        yield show
        bar.update(_STEPS - bar.pos)

"""`incidents boundaries`: districts and provinces from files, and what they say of incidents."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dashboard.commands.list_ import printable
from dashboard.commands.options import store_option
from geodata.errors import AtlasError

if TYPE_CHECKING:
    from geodata.admin_areas import BoundaryLayer
    from geodata.boundary_checks import Disagreement, Tally
    from geodata.boundary_tasks import Added, Progress

SHOWN = 20
"""Rows of one kind that are printed; the others are counted. ``--json`` gives all."""

_STEPS = 1000
_LEVELS = {1: "provinces", 2: "districts", 3: "third level"}
_FIELD_WORDS = {"admin1": "province", "admin2": "district"}
_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group(epilog="Example: incidents boundaries add districts.geojson --store atlas.gpkg")
def command() -> None:
    """Districts and provinces from files, and what they say of incidents."""


@command.command(
    epilog="Example: incidents boundaries add pak_adm2.geojson --vintage 2022 --store atlas.gpkg"
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@store_option()
@click.option("--level", type=click.IntRange(1, 3),
              help="1 provinces, 2 districts, 3 below; else told from the columns.")  # fmt: skip
@click.option("--name", metavar="COLUMN", help="Column with the name.")
@click.option("--parent", metavar="COLUMN", help="Column with the name of the level above.")
@click.option("--code", metavar="COLUMN", help="Column with the code.")
@click.option("--country", metavar="PK", help="Country of all areas, code or name.")
@click.option("--crs", metavar="EPSG:N", help="Reference system of a file that does not say it.")
@click.option("--layer", metavar="NAME", help="Layer of a file that has several.")
@click.option("--title", default="", help="What the layer is called.")
@click.option("--source", default="", help="Who published it.")
@click.option("--licence", default="", help="Under which terms.")
@click.option("--vintage", metavar="YEAR", default="", help="Year or day the boundaries are of.")
@_json_option
def add(file: Path, store_path: str, as_json: bool, **options: Any) -> None:
    """Add a file of polygons: geoBoundaries, OCHA COD-AB, GADM, Natural Earth or any other.

    GeoJSON, GeoPackage, Shapefile (also zipped), KML or FlatGeobuf. Names, codes, countries and
    the level are told from the columns where they are known. A project that is not there is made.
    """
    from geodata._boundary_columns import Wanted
    from geodata._boundary_files import Ask
    from geodata.boundary_tasks import add_file
    from geodata.store import open_store

    wanted = Wanted(**{name: options.pop(name) for name in ("level", "name", "parent", "code")})
    new = not Path(store_path).exists()
    try:
        with open_store(store_path, create=True) as store, _progress("Boundaries") as progress:
            added = add_file(store, file, Ask(columns=wanted, **options), progress)
    except AtlasError:
        if new:  # a project that was made for this file alone does not stay behind
            Path(store_path).unlink(missing_ok=True)
        raise
    if as_json:
        value = _layer_json(added.layer) | {
            "rows": added.rows,
            "crs": added.crs,
            "mended": [{"row": row, "what": what} for row, what in added.mended],
            "refused": [{"row": row, "reason": why} for row, why in added.refused],
        }
        click.echo(json.dumps(value, ensure_ascii=False))
        return
    _print_added(added)


def _print_added(added: Added) -> None:
    layer = added.layer
    click.echo(
        f"Added {layer.name!r}: {layer.areas:,} areas, {_LEVELS[layer.level]}"
        f" of {layer.country or 'no known country'}, from {added.rows:,} rows"
    )
    columns = ", ".join(f"{ours} from {theirs}" for ours, theirs in layer.columns.items())
    click.echo(printable(f"  columns: {columns}"))
    click.echo(printable(f"  {_provenance(layer)}"))
    _print_rows("mended", added.mended)
    _print_rows("not kept, in the quarantine with their reason", added.refused)


def _print_rows(words: str, rows: Sequence[tuple[int, str]]) -> None:
    if rows:
        click.echo(f"  {len(rows):,} {words}:")
    for row, what in rows[:SHOWN]:
        click.echo(printable(f"    row {row:,}: {what}"))
    if len(rows) > SHOWN:
        click.echo(f"    … and {len(rows) - SHOWN:,} more (--json gives all)")


def _provenance(layer: BoundaryLayer) -> str:
    parts = (("source", layer.source), ("licence", layer.licence), ("vintage", layer.vintage))
    return "; ".join(f"{name}: {value or 'not stated'}" for name, value in parts)


def _layer_json(layer: BoundaryLayer) -> dict[str, Any]:
    value = asdict(layer) | {"columns": dict(layer.columns)}
    value["added"] = layer.added.isoformat() if layer.added else None
    return value | {"layer": f"boundaries_{layer.name}"}


@command.command("list", epilog="Example: incidents boundaries list --store atlas.gpkg")
@store_option()
@_json_option
def list_(store_path: str, as_json: bool) -> None:
    """List the layers of boundaries with their source, licence and vintage."""
    from geodata.store import open_store

    with open_store(store_path, read_only=True) as store:
        layers = store.boundaries()
    if as_json:
        click.echo(json.dumps([_layer_json(layer) for layer in layers], ensure_ascii=False))
        return
    for layer in layers:
        click.echo(
            printable(
                f"{layer.name}: {layer.areas:,} areas, {_LEVELS[layer.level]}"
                f" of {layer.country or 'no known country'}"
            )
        )
        title = f"{layer.title}; " if layer.title else ""
        click.echo(printable(f"  {title}{_provenance(layer)}; file: {layer.file}"))
    if not layers:
        click.echo("No boundaries yet: incidents boundaries add FILE --store …")


@command.command(epilog="Example: incidents boundaries remove pak_adm2 --store atlas.gpkg")
@click.argument("name")
@store_option()
def remove(name: str, store_path: str) -> None:
    """Take a layer out; a copy is written beside the project first, to add it again.

    What was filled in from it stays, with its history.
    """
    from geodata.boundary_tasks import save_copy
    from geodata.store import open_store

    name = name.removeprefix("boundaries_")
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    with open_store(store_path) as store, store.atomic():
        copy = Path(store_path).with_name(f"{store.name}.removed-{name}-{stamp}.gpkg")
        save_copy(store, name, copy)
        store.remove_boundaries(name)
    click.echo(f"Removed {name!r}. To bring it back: incidents boundaries add {copy} --store …")


@command.command(epilog="Example: incidents boundaries check --store atlas.gpkg")
@store_option()
@click.option("--tolerance", "border_km", metavar="KM", type=click.FloatRange(0.0, 1000.0),
              default=5.0, show_default=True,
              help="Points this close to the named division are let pass.")  # fmt: skip
@_json_option
def check(store_path: str, border_km: float, as_json: bool) -> None:
    """List incidents whose named district or province is not where their point lies.

    A point known only to a district or province is let pass within the radius of its class.
    """
    from geodata.boundary_tasks import check_incidents
    from geodata.store import open_store

    with open_store(store_path, read_only=True) as store, _progress("Checking") as progress:
        found = check_incidents(store, border_km, progress)
    if as_json:
        value = {
            "layers": _tallies_json(found.tallies),
            "disagreements": [asdict(one) for one in found.disagreements],
        }
        click.echo(json.dumps(value, ensure_ascii=False))
        return
    for one in found.disagreements:
        click.echo(printable(sentence(one)))
    _print_tallies(found.tallies)


def sentence(one: Disagreement) -> str:
    """Say a disagreement in one line: what is named, where the point lies, how far apart."""
    where = [one.lies_in, one.lies_in_admin1 if one.lies_in_admin1 != one.lies_in else None]
    lies = ", ".join(part for part in where if part) or "none of the layer's areas"
    meant = f" ({one.named_area})" if one.named_area != one.named else ""
    return (
        f"{one.incident_id}: names {_FIELD_WORDS[one.field]} {one.named!r}{meant}, but"
        f" {one.latitude:.4f}, {one.longitude:.4f} ({one.location_precision}) lies in {lies};"
        f" {one.distance_km:,.1f} km from {one.named_area} [{one.source}]"
    )


@command.command(epilog="Example: incidents boundaries assign --store atlas.gpkg --dry-run")
@store_option()
@click.option("--dry-run", is_flag=True, help="Say what would be filled in; change nothing.")
@_json_option
def assign(store_path: str, dry_run: bool, as_json: bool) -> None:
    """Fill in missing districts and provinces from the points of incidents.

    Each is a change by "boundaries NAME" in the incident's history. What a report or an analyst
    has given is never replaced.
    """
    from geodata.boundary_tasks import assign_divisions
    from geodata.store import open_store

    with open_store(store_path, read_only=dry_run) as store, _progress("Filling in") as progress:
        plan = assign_divisions(store, dry_run=dry_run, progress=progress)
    if as_json:
        value = {
            "dry_run": dry_run,
            "layers": _tallies_json(plan.tallies),
            "filled": [asdict(fill) for fill in plan.fills],
        }
        click.echo(json.dumps(value, ensure_ascii=False))
        return
    fields = Counter(name for fill in plan.fills for name in fill.values)
    words = ", ".join(f"{fields[name]:,} {_FIELD_WORDS[name]}s" for name in _FIELD_WORDS)
    click.echo(f"{'Would fill in' if dry_run else 'Filled in'} {words}")
    if dry_run:
        for fill in plan.fills[:SHOWN]:
            values = ", ".join(f"{_FIELD_WORDS[n]} {v!r}" for n, v in fill.values.items())
            click.echo(printable(f"  {fill.incident_id}: {values}; {fill.why}"))
        if len(plan.fills) > SHOWN:
            click.echo(f"  … and {len(plan.fills) - SHOWN:,} more (--json gives all)")
    _print_tallies(plan.tallies)


def _tallies_json(tallies: dict[str, Tally]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "asked": tally.asked,
            "ends": {end: count for end, count in tally.ends.items() if count},
            "unknown_names": dict(tally.unknown.most_common()),
        }
        for name, tally in tallies.items()
    ]


def _print_tallies(tallies: dict[str, Tally]) -> None:
    for name, tally in tallies.items():
        ends = ", ".join(f"{count:,} {end}" for end, count in tally.ends.most_common() if count)
        click.echo(f"{name}: {tally.asked:,} incidents: {ends or 'none'}")
        names = [f"{value!r} ({count:,})" for value, count in tally.unknown.most_common(SHOWN)]
        if names:
            more = len(tally.unknown) - len(names)
            rest = f" and {more:,} more" if more else ""
            click.echo(printable(f"  names that it does not have: {', '.join(names)}{rest}"))


@contextmanager
def _progress(label: str) -> Iterator[Progress]:
    with click.progressbar(
        length=_STEPS, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        yield lambda share: bar.update(int(share * _STEPS) - bar.pos)

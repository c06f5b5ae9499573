"""`incidents tables`: the data sets of a project, their imports, names, rows set aside, twins."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dashboard.commands._reports import one_line
from dashboard.commands._tables import mapping_in, options_from, table_options
from dashboard.commands.options import store_option

if TYPE_CHECKING:
    from geodata.datasets import Import

KINDS = ("actor", "country", "admin1", "admin2", "event_type")

_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group(epilog="Example: incidents tables list --store atlas.gpkg")
def command() -> None:
    """Data sets of a project: tables that were imported (with `incidents ingest`)."""


@command.command(epilog="Example: incidents tables look log.xlsx --toml > log.toml")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@table_options
@click.option("--toml", "as_toml", is_flag=True, help="Print the mapping, to be corrected.")
@_json_option
def look(path: Path, as_toml: bool, as_json: bool, **other: Any) -> None:
    """Say how the table at PATH would be read; stores nothing."""
    from dashboard.table_words import fields_of, how_it_is_read
    from ingest.presets.mapping_toml import write_mapping
    from ingest.tables.opening import opened

    other.pop("dry_run")
    ready = opened(path, options_from(**other))
    if as_toml:
        if ready.mapping is None:
            raise click.UsageError(f"{str(path)!r} is {ready.preset.title}: it needs no mapping")
        click.echo(write_mapping(ready.mapping), nl=False)
        return
    questions = ready.guess.questions if ready.guess else ()
    if as_json:
        _print({
            "source": ready.info.name, "preset": ready.preset.name, "words": ready.words,
            "dataset": ready.dataset_id, "columns": list(ready.info.columns),
            "fields": [list(pair) for pair in fields_of(ready)],
            "questions": list(questions), "notes": list(ready.info.notes),
        })  # fmt: skip
        return
    click.echo(one_line(how_it_is_read(ready)))
    for line in (
        *(f"{field}: {column}" for field, column in fields_of(ready)),
        *questions,
        *ready.info.notes,
    ):
        click.echo("  " + one_line(line))


@command.command("list", epilog="Example: incidents tables list --store atlas.gpkg --json")
@store_option()
@_json_option
def list_(store_path: str, as_json: bool) -> None:
    """List the data sets of a project and every import into them."""
    from dashboard.table_words import import_words
    from geodata.filters import Filter
    from geodata.store import open_store

    with open_store(store_path, read_only=True) as store, store.snapshot():
        datasets = store.datasets()
        for one in datasets:
            imports = store.imports(one.dataset_id)
            count = store.count(Filter(dataset=(one.dataset_id,)))
            if as_json:
                _print({
                    "dataset": one.dataset_id, "title": one.title, "preset": one.preset,
                    "credit": one.credit, "incidents": count,
                    "imports": [_import_object(each) for each in imports],
                })  # fmt: skip
                continue
            click.echo(
                one_line(f"{one.dataset_id} ({one.title}, {one.preset}): {count:,} incidents")
            )
            for each in imports:
                click.echo("    " + one_line(import_words(each)))
    if not datasets and not as_json:
        click.echo("No data sets; add one with: incidents ingest TABLE")


@command.command(epilog="Example: incidents tables undo 3 --store atlas.gpkg")
@click.argument("import_id", type=int)
@store_option()
def undo(import_id: int, store_path: str) -> None:
    """Take an import back: everything is as it was before it."""
    from dashboard.table_words import import_words
    from dashboard.who import computer_user
    from geodata.store import open_store

    with open_store(store_path) as store, store.atomic():
        done = store.undo_import(import_id, who=computer_user())
    click.echo(one_line(import_words(done)))


@command.command(epilog="Example: incidents tables names --store atlas.gpkg")
@store_option()
@click.option("--dataset", metavar="NAME", help="Of this data set alone.")
@_json_option
def names(store_path: str, dataset: str | None, as_json: bool) -> None:
    """List names of tables that nobody knows, and the decisions on names."""
    from dashboard.table_words import KINDS as WORDS
    from geodata.store import open_store
    from ingest.tables.unknown import unknown_names

    with open_store(store_path, read_only=True) as store:
        unknown = unknown_names(store, dataset)
        decisions = store.value_decisions()
    for one in unknown:
        if as_json:
            _print({"kind": one.kind, "value": one.value, "country": one.country,
                    "dataset": one.dataset_id, "rows": one.rows})  # fmt: skip
            continue
        where = f", {one.country}" if one.country else ""
        click.echo(one_line(f"{WORDS[one.kind]} {one.value!r}{where}: {one.rows:,} rows"))
    for each in decisions:
        if as_json:
            _print({"kind": each.kind, "value": each.value, "country": each.context,
                    "meaning": each.meaning, "who": each.who})  # fmt: skip
            continue
        meaning = each.meaning or "as written"
        click.echo(
            one_line(f"decided: {WORDS[each.kind]} {each.value!r} is {meaning!r}, {each.who}")
        )


@command.command(
    epilog='Example: incidents tables decide actor "TTP-KM" "Tehreek-e-Taliban Pakistan"'
    " --store atlas.gpkg"
)
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("value")
@click.argument("meaning")
@store_option()
@click.option("--country", metavar="NAME", default="", help="Only where the row has this country.")
def decide(kind: str, value: str, meaning: str, store_path: str, country: str) -> None:
    """Decide what a name of tables means, for every row there is and every one to come.

    An empty MEANING leaves the name as written. Fields edited by hand stay.
    """
    from dashboard.who import computer_user
    from geodata.datasets import ValueDecision
    from geodata.store import open_store

    with open_store(store_path) as store, store.atomic():
        changed = store.decide_value(
            ValueDecision(kind, value, meaning, context=country, who=computer_user())
        )
    click.echo(f"{changed:,} values changed; rows that come later follow")


@command.command(epilog="Example: incidents tables aside --store atlas.gpkg --out aside.csv")
@store_option()
@click.option("--dataset", metavar="NAME", help="Of this data set alone.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write a CSV.")
@click.option("--all", "every", is_flag=True, help="Also those that came right since.")
def aside(store_path: str, dataset: str | None, out: Path | None, every: bool) -> None:
    """List what was set aside, rows of tables and other inputs, with line and reason."""
    from dashboard.table_words import quarantine_csv
    from geodata.store import open_store
    from ingest.tables._aside import MAX_WAITING

    with open_store(store_path, read_only=True) as store:
        rows = store.quarantine(dataset_id=dataset, unresolved=not every, limit=MAX_WAITING)
    if out is not None:
        out.write_text(quarantine_csv(rows), encoding="utf-8-sig", newline="")
        click.echo(f"Wrote {len(rows):,} rows to {out}")
        return
    for row in rows:
        line = "" if row.row is None else f", line {row.row:,}"
        told = f" {row.column} {row.value!r}" if row.column else ""
        click.echo(one_line(f"{row.source!r}{line}:{told} {row.reason}"))


@command.command(
    epilog="Example: incidents tables reread log --mapping log.toml --store atlas.gpkg"
)
@click.argument("dataset")
@store_option()
@click.option(
    "--mapping",
    metavar="FILE.toml",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Which column holds what, from now on.",
)
def reread(dataset: str, store_path: str, mapping: Path | None) -> None:
    """Read the rows of a data set once more, as decisions or another mapping have it.

    What changes is one import, which `incidents tables undo` takes back.
    """
    from dashboard.table_words import words_of
    from dashboard.who import computer_user
    from geodata.store import open_store
    from ingest.pipeline import project_tools
    from ingest.tables.stored import reread as read_again

    how = mapping_in(mapping)
    with open_store(store_path) as store:
        done = read_again(store, dataset, project_tools(store), mapping=how, who=computer_user())
    for report in done:
        click.echo("\n".join(map(one_line, words_of(report))))


@command.command(epilog="Example: incidents tables twins acled ucdp --store atlas.gpkg")
@click.argument("first")
@click.argument("second")
@store_option()
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write a CSV.")
@_json_option
def twins(first: str, second: str, store_path: str, out: Path | None, as_json: bool) -> None:
    """List incidents of two data sets that may be one; 'reports' is what reports tell.

    Nothing is merged and no count changes (docs/tables.md says what speaks for a pair).
    """
    from dataclasses import asdict

    from dashboard.table_words import apart, sources_of, twins_csv
    from geodata.actors import default_registry
    from geodata.errors import InputError
    from geodata.export._cells import counted
    from geodata.store import open_store
    from ingest.match import twins_between

    with open_store(store_path, read_only=True) as store, store.snapshot():
        known = sources_of(store)
        for name in (first, second):
            if name not in known:
                raise InputError(f"no data set {name!r}; there are: {', '.join(known) or 'none'}")
        found = twins_between(store, first, second, default_registry())
    if out is not None:
        out.write_text(twins_csv(found), encoding="utf-8", newline="")
    for twin in () if out is not None else found:
        if as_json:
            _print(asdict(twin))
        else:
            click.echo(one_line(f"{twin.first} and {twin.second}: {apart(twin)}"))
    if not as_json:
        click.echo(counted(len(found), "pair") + (f" written to {out}" if out else ""))


def _import_object(one: Import) -> dict[str, Any]:
    counts = ("rows", "added", "changed", "removed", "unchanged", "quarantined", "duplicates")
    return {
        "import_id": one.import_id,
        "source": one.source,
        "sha256": one.sha256,
        "who": one.who,
        "when": one.when,
        "finished": one.finished,
        "undone": one.undone,
        **{name: getattr(one, name) for name in counts},
    }


def _print(values: dict[str, Any]) -> None:
    import orjson

    click.echo(orjson.dumps(values).decode())

"""Tables among the inputs of `incidents ingest`: read into the project, and told of."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dashboard.commands._reports import on_terminal

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

    from geodata.store import Store
    from ingest.tables.importing import TableOptions, TableReport

PRESETS = ("auto", "acled", "ucdp", "gtd", "table")
"""Names of the registry, written here so that --help imports nothing."""


def table_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say how tables are read; `options_from` reads them."""
    options = (
        click.option(
            "--preset",
            type=click.Choice(PRESETS),
            default="auto",
            show_default=True,
            help="Layout of tables: told by their header, or this one.",
        ),
        click.option("--sheet", metavar="NAME", help="Sheet of a spreadsheet; else the longest."),
        click.option("--dataset", metavar="NAME", help="Name of the data set that rows belong to."),
        click.option(
            "--mapping",
            metavar="FILE.toml",
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            help="Which column of a table holds what (docs/tables.md).",
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


def options_from(
    preset: str, sheet: str | None, dataset: str | None, mapping: Path | None
) -> TableOptions:
    """Give what the options say of tables."""
    from ingest.presets.generic import read_mapping
    from ingest.tables.importing import TableOptions

    return TableOptions(
        preset=preset,
        sheet=sheet or "",
        dataset=dataset or "",
        mapping=read_mapping(mapping) if mapping else {},
    )


@dataclass(slots=True)
class TableReports:
    """What came of the tables of a run; `failures` are those that could not be read."""

    reports: list[TableReport] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def objects(self) -> list[dict[str, Any]]:
        """Give the reports for --json; unknown names with the rows that hold them."""
        return [_object(report) for report in self.reports]


def apart(paths: Sequence[str]) -> tuple[list[str], list[Path]]:
    """Give the inputs that are no tables, and the tables."""
    from ingest.tables.reading import is_table

    tables = [path for path in paths if is_table(path) and Path(path).is_file()]
    return [path for path in paths if path not in tables], [Path(path) for path in tables]


def import_tables(tables: Sequence[Path], store: Store, options: TableOptions) -> TableReports:
    """Read tables into a project, each whole or not at all, with a bar on a terminal."""
    from geodata.errors import InputError
    from ingest.pipeline import project_tools
    from ingest.tables.importing import import_table

    told = TableReports()
    for path in tables:
        tools = project_tools(store)
        try:
            with _progress_bar(path) as bar:
                told.reports.append(import_table(store, path, tools, options, progress=bar.update))
        except InputError as error:
            told.failures.append(str(error))
    return told


def _progress_bar(path: Path) -> ProgressBar[int]:
    """A bar of as many rows as the file has lines; hidden where nobody looks."""
    lines = 1
    if on_terminal():
        with path.open("rb") as file:
            lines = sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
    return click.progressbar(
        length=lines, label=path.name, file=sys.stderr, hidden=not on_terminal(), show_pos=True
    )


def _object(report: TableReport) -> dict[str, Any]:
    names = (
        "source", "preset", "dataset", "credit", "notes", "rows", "added", "changed", "unchanged",
        "duplicates", "quarantined", "skipped", "kept", "geocoded", "not_located",
        "outside_country", "already",
    )  # fmt: skip
    return {name: getattr(report, name) for name in names} | {
        "unknown": [
            {"kind": kind, "value": value, "country": country, "rows": rows}
            for (kind, value, country), rows in report.unknown.most_common()
        ],
        "seconds": round(report.seconds, 3),
    }

"""Tables among the inputs of `incidents ingest`: read into the project, and told of."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dashboard.commands._reports import complain, on_terminal
from dashboard.pace import Pace

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

    from geodata.store import Store
    from ingest.presets._base import Mapping
    from ingest.tables.importing import Done
    from ingest.tables.opening import TableOptions
    from ingest.tables.report import TableReport

PRESETS = ("auto", "atlas", "acled", "ucdp", "gtd", "gdelt", "hxl", "monthly", "generic")
"""Names of the registry, written here so that --help imports nothing."""

STEPS = 1_000
MAX_WAITING = 10_000


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
        click.option("--sheet", metavar="NAME", help="Sheet of a spreadsheet, or layer of a file"
                     " of features; else the longest."),
        click.option("--encoding", metavar="NAME", help="Encoding of text; else by its bytes."),
        click.option("--delimiter", metavar="MARK", help="Mark between cells; else by its lines."),
        click.option("--dataset", metavar="NAME", help="Name of the data set that rows belong to."),
        click.option(
            "--mapping",
            metavar="FILE.toml",
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            help="Which column of a table holds what (docs/tables.md).",
        ),
        click.option("--withdraw", is_flag=True, help="The table is the whole data set: rows that"
                     " it no longer has are rejected."),
        click.option("--as-incidents", is_flag=True, help="Rows of GDELT become incidents, as"
                     " drafts, not reports."),
        click.option("--dry-run", is_flag=True, help="Only say what tables would add, change and"
                     " lack; nothing is stored."),
    )  # fmt: skip
    for option in reversed(options):
        function = option(function)
    return function


TABLE = (
    "preset", "sheet", "encoding", "delimiter", "dataset", "mapping", "withdraw", "as_incidents",
)  # fmt: skip
"""Names of the options that `options_from` takes."""


def options_from(
    *,
    preset: str,
    sheet: str | None,
    encoding: str | None,
    delimiter: str | None,
    dataset: str | None,
    mapping: Path | None,
    withdraw: bool,
    as_incidents: bool,
) -> TableOptions:
    """Give what the options say of tables."""
    from dashboard.who import computer_user
    from ingest.tables.opening import TableOptions

    return TableOptions(
        preset=preset,
        sheet=sheet or "",
        encoding=encoding or "",
        delimiter=delimiter or "",
        dataset=dataset or "",
        mapping=mapping_in(mapping),
        withdraw=withdraw,
        as_incidents=as_incidents,
        who=computer_user(),
    )


def mapping_in(path: Path | None) -> Mapping | None:
    """Read a mapping from its file; None without one."""
    from ingest.presets.mapping_toml import read_mapping

    if path is None:
        return None
    return read_mapping(path.read_text("utf-8", "replace"), repr(str(path)))


@dataclass(slots=True)
class TableReports:
    """What came of the tables of a run; `failures` are those that could not be read.

    `stopped` says what is kept of the one at which the run was stopped, if it was.
    """

    reports: list[TableReport] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    stopped: str = ""

    @property
    def incidents(self) -> int:
        """Incidents added."""
        return sum(one.added for one in self.reports if not one.reports)

    def objects(self) -> list[dict[str, Any]]:
        """Give the reports for --json."""
        from dashboard.table_words import report_object

        return [report_object(report) for report in self.reports]


@dataclass(frozen=True, slots=True)
class Inputs:
    """Inputs told apart: those that hold reports, tables, and files that belong to a table."""

    reports: list[str]
    tables: list[Path]
    parts: frozenset[Path]


def apart(paths: Sequence[str]) -> Inputs:
    """Tell tables from reports, those in folders too."""
    from ingest.readers import tables_in
    from ingest.readers.tables import is_table

    reports: list[str] = []
    tables: list[Path] = []
    parts: set[Path] = set()
    for path in paths:
        if Path(path).is_file() and is_table(Path(path)):
            tables.append(Path(path))
            continue
        reports.append(path)
        if Path(path).is_dir():
            inside, files = tables_in(Path(path))
            tables += inside
            parts |= files
    return Inputs(reports, tables, frozenset(parts))


def import_tables(
    tables: Sequence[Path], store: Store, options: TableOptions, *, dry: bool = False
) -> TableReports:
    """Read tables into a project, with a bar on a terminal.

    One that cannot be read is kept in the quarantine with its reason; but for one that only has
    to wait until another one is read to its end.
    """
    from geodata.errors import InputError, UnfinishedImportError
    from ingest.pipeline import project_tools
    from ingest.tables.importing import compare_table, import_table

    told = TableReports()
    work = compare_table if dry else import_table
    for path in tables:
        tools = project_tools(store)
        try:
            with store.filling(), table_bar(path.name) as progress:
                told.reports.append(work(store, path, tools, options, progress=progress))
        except InputError as error:
            told.failures.append(str(error))
            if not (dry or isinstance(error, UnfinishedImportError)):
                _set_aside(store, str(path), str(error))
        except KeyboardInterrupt:
            told.stopped = _stopped(store, path.name)
            break
    return told


def _stopped(store: Store, name: str) -> str:
    """Say what is kept of a table that was being read, and how to go on."""
    for one in store.imports():
        if one.unfinished and one.source == name:
            return (
                f"stopped: the first {one.rows:,} rows of {name!r} are kept as import"
                f" {one.import_id}; the same command goes on there, `incidents tables undo"
                f" {one.import_id}` takes them back"
            )
    return f"stopped: nothing of {name!r} is stored; the same command begins it again"


def _set_aside(store: Store, source: str, reason: str) -> None:
    """Keep a table that cannot be read, once, however often it is tried."""
    from geodata.incident import Quarantined

    waiting = store.quarantine(unresolved=True, limit=MAX_WAITING)
    if not any(row.source == source and row.reason == reason for row in waiting):
        with store.atomic():
            store.add_quarantine([Quarantined(source=source, reason=reason)])


@contextmanager
def table_bar(name: str) -> Iterator[Callable[[Done], None]]:
    """A bar with the share that is read, rows a second and the time left."""
    pace, words, told = Pace(), "", False
    bar: ProgressBar[int]
    with click.progressbar(
        length=STEPS,
        label=name,
        file=sys.stderr,
        hidden=not on_terminal(),
        show_eta=True,
        item_show_func=lambda _: words,
    ) as bar:

        def progress(done: Done) -> None:
            nonlocal words, told
            words = pace.words(done)
            if done.resumed and not (told or on_terminal()):
                complain(f"{name!r}: {words}")
                told = True
            bar.update(int(done.share * STEPS) - bar.pos)

        yield progress

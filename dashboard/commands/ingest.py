"""`incidents ingest`: read reports into a project."""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dashboard.commands._opinions import (
    chosen_opinion,
    opinion_options,
    tally_object,
    tally_words,
)
from dashboard.commands._reports import (
    complain,
    on_terminal,
    present,
    report_options,
    said_of,
    stoppable,
)
from dashboard.commands._tables import (
    TABLE,
    TableReports,
    apart,
    import_tables,
    options_from,
    table_options,
)
from dashboard.commands._web import fetch_into, sorted_out
from dashboard.commands.options import store_option
from dashboard.release_words import comparison_words
from dashboard.table_words import words_of
from geodata.errors import InputError

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

    from geodata.store import Store
    from ingest.pipeline import Report

OPINION = ("second", "endpoint", "model", "timeout_s")
"""Options that others read."""

MAX_LINES = 20
"""Problems told one by one on the terminal; the rest is counted, and kept in the quarantine."""


@click.command(
    "ingest",
    epilog="Example: incidents ingest stories/ --published 2021-08-31 --store atlas.gpkg",
)
@report_options
@store_option()
@table_options
@click.option("--retry", is_flag=True, help="Try reports again whose extraction failed before.")
@opinion_options
def command(
    paths: tuple[str, ...],
    published: date | None,
    source: str | None,
    workers: int,
    as_json: bool,
    store_path: str,
    retry: bool,
    **other: Any,
) -> None:
    """Read reports and tables into a project.

    Read are text, Markdown, web pages, PDF, .docx, .odt, mails, feeds, JSON lines, and folders
    and .zip files of them; and tables of incidents (.csv, .tsv, .xlsx, .xls, .ods, .parquet,
    .geojson, .gpkg, .shp, .kml), one row each. A PATH of - reads standard input; one that starts
    with http:// or https:// is fetched. What cannot be read is kept in the project's quarantine
    with its reason. The same report or table again changes nothing, so that a run that was
    stopped goes on when it is called again.
    """
    from geodata.store import open_store
    from ingest import pipeline

    found = present(paths)
    if not found:
        raise InputError("nothing to read: give a file or folder that is there, or a web address")
    second = chosen_opinion(*(other[name] for name in OPINION))
    options = options_from(**{name: other[name] for name in TABLE})
    pipeline.default_tools()  # first: without a gazetteer no project is made
    files, addresses = sorted_out(found)
    inputs = apart(files)
    dry: bool = other["dry_run"]
    if dry and (addresses or any(not Path(one).is_dir() for one in inputs.reports)):
        raise InputError("--dry-run is for tables: leave the other inputs away")
    known = {"published": published, "source": source, "but": inputs.parts}
    with stoppable(), open_store(store_path, create=not dry, read_only=dry) as store:
        told = import_tables(inputs.tables, store, options, dry=dry)
        if told.stopped:
            _tell(pipeline.Report(), told, store_path, as_json=as_json)
            raise click.exceptions.Exit(1)
        try:
            report = _read_reports(
                store, [] if dry else inputs.reports, addresses, known, workers=workers,
                retry=retry, second=second,
            )  # fmt: skip
        except pipeline.Interrupted as stop:
            raise _stopped(stop.report, store_path, as_json=as_json) from stop
    _tell(report, told, store_path, as_json=as_json)
    if not report.documents and not report.duplicates and not told.reports:
        raise click.exceptions.Exit(1)


def _read_reports(
    store: Store,
    files: list[str],
    addresses: list[str],
    known: dict[str, Any],
    **how: Any,
) -> Report:
    """Read files and web addresses, with a bar on a terminal."""
    from ingest import pipeline, readers

    if not files and not addresses:
        return pipeline.Report()
    seen = on_terminal()
    pace = _Pace()
    total = readers.count(files, but=known["but"]) + len(addresses) if seen else 1
    with _progress_bar(total, pace, hidden=not seen) as bar:

        def after(done: int) -> None:
            bar.update(done, pace.after(done))

        try:
            report = pipeline.ingest_documents(
                readers.read_all(files, **known), store, progress=after, **how
            )
            named = {name: known[name] for name in ("published", "source")}
            fetch_into(report, addresses, store, **named, second=how["second"], progress=after)
        except pipeline.Interrupted:
            bar.finish()
            raise
    return report


def _progress_bar(total: int, pace: _Pace, *, hidden: bool) -> ProgressBar[_Pace]:
    return click.progressbar(
        length=total or 1,
        label="Reading",
        file=sys.stderr,
        hidden=hidden,
        show_pos=True,
        item_show_func=pace.words,
    )


class _Pace:
    """How many reports are read in a second, for the progress bar."""

    def __init__(self) -> None:
        self._done = 0
        self._began = time.monotonic()

    def after(self, done: int) -> _Pace:
        """Count more reports."""
        self._done += done
        return self

    def words(self, _: object) -> str:
        """Say the pace so far."""
        return f"{self._done / max(time.monotonic() - self._began, 0.1):,.0f} reports/s"


def _stopped(report: Report, store_path: str, *, as_json: bool) -> click.exceptions.Exit:
    """Say in one line what is stored and how to go on."""
    if as_json:
        import orjson

        click.echo(orjson.dumps(_object(report, store_path) | {"stopped": True}).decode())
    complain(
        f"stopped: {_n(report.documents, 'report')} with {_n(report.incidents, 'incident')} of"
        f" this run are stored in {store_path!r}; run the same command again to go on"
    )
    return click.exceptions.Exit(1)


def _tell(report: Report, tables: TableReports, store_path: str, *, as_json: bool) -> None:
    problems = [*tables.failures, *_problems(report), *filter(None, [tables.stopped])]
    for problem in problems[:MAX_LINES]:
        complain(problem)
    if len(problems) > MAX_LINES:
        complain(f"{len(problems) - MAX_LINES:,} more of the kind")
    if as_json:
        import orjson

        told = _object(report, store_path)
        told["incidents"] += tables.incidents
        told |= {"tables": tables.objects()}
        click.echo(orjson.dumps(told | ({"stopped": True} if tables.stopped else {})).decode())
        return
    for one in tables.reports:
        click.echo("\n".join([*words_of(one), *comparison_words(one)]))
    if report.inputs or not (tables.reports or tables.failures or tables.stopped):
        click.echo(_summary(report))
    if report.opinion:
        click.echo(tally_words(report.opinion))


def _problems(report: Report) -> list[str]:
    problems = [said_of(row) for row in report.quarantined]
    problems += [f"{one.source!r}: {one.reason}; kept, not read" for one in report.unsupported]
    if report.opinion:
        problems += [
            f"{one.source!r}: no second opinion; {one.reason}" for one in report.opinion.failures
        ]
    return problems


def _summary(report: Report) -> str:
    parts = [f"{_n(report.documents, 'report')} with {_n(report.incidents, 'incident')} stored"]
    if report.without_incident:
        parts.append(f"{report.without_incident:,} of them without an incident")
    if report.unsupported:
        codes = ", ".join(sorted({one.language for one in report.unsupported}))
        parts.append(f"{len(report.unsupported):,} in a language not supported ({codes})")
    if report.duplicates:
        parts.append(f"{_n(len(report.duplicates), 'duplicate')} skipped")
    if report.quarantined:
        parts.append(f"{_n(len(report.quarantined), 'input')} quarantined")
    return f"{', '.join(parts)}; {report.seconds:.1f} s"


def _object(report: Report, store_path: str) -> dict[str, Any]:
    return {
        "store": store_path,
        "documents": report.documents,
        "incidents": report.incidents,
        "without_incident": report.without_incident,
        "unsupported": [
            {
                "source": one.source,
                "document_id": one.document_id,
                "language": one.language,
                "reason": one.reason,
            }
            for one in report.unsupported
        ],
        "duplicates": [{"source": one.source, "twin": one.twin} for one in report.duplicates],
        "quarantined": [
            {"source": row.source, "row": row.row, "reason": row.reason}
            for row in report.quarantined
        ],
        "seconds": round(report.seconds, 3),
        **({"second_opinion": tally_object(report.opinion)} if report.opinion else {}),
    }


def _n(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + ("" if count == 1 else "s")

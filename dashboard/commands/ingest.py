"""`incidents ingest`: read reports into a project."""

from __future__ import annotations

import sys
import time
from datetime import date
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
from dashboard.commands._web import fetch_into, sorted_out
from dashboard.commands.options import store_option
from geodata.errors import InputError

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

    from ingest.pipeline import Report

MAX_LINES = 20
"""Problems told one by one on the terminal; the rest is counted, and kept in the quarantine."""


@click.command(
    "ingest",
    epilog="Example: incidents ingest stories/ --published 2021-08-31 --store atlas.gpkg",
)
@report_options
@store_option()
@click.option(
    "--preset",
    metavar="NAME|auto",
    type=click.Choice(["auto"]),
    default="auto",
    expose_value=False,  # one choice until there are readers of tables
    help="How to read tables; reports need none.",
)
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
    **opinion: Any,
) -> None:
    """Read reports into a project.

    Read are text, Markdown, web pages, PDF, .docx, .odt, mails, feeds, JSON lines, and folders
    and .zip files of them. A PATH of - reads standard input; one that starts with http:// or
    https:// is fetched. What cannot be read is kept in the project's quarantine with its reason.
    The same report again changes nothing, so that a run that was stopped goes on when it is
    called again.
    """
    from geodata.store import open_store
    from ingest import pipeline, readers

    found = present(paths)
    if not found:
        raise InputError("nothing to read: give a file or folder that is there, or a web address")
    second = chosen_opinion(**opinion)
    pipeline.default_tools()  # first: without a gazetteer no project is made
    seen = on_terminal()
    files, addresses = sorted_out(found)
    total = readers.count(files) + len(addresses) if seen else 1
    pace = _Pace()
    with (
        stoppable(),
        open_store(store_path, create=True) as store,
        _progress_bar(total, pace, hidden=not seen) as bar,
    ):

        def after(done: int) -> None:
            bar.update(done, pace.after(done))

        try:
            documents = readers.read_all(files, published=published, source=source)
            report = pipeline.ingest_documents(
                documents, store, workers=workers, retry=retry, second=second, progress=after
            )
            fetch_into(
                report, addresses, store,
                published=published, source=source, second=second, progress=after,
            )  # fmt: skip
        except pipeline.Interrupted as stop:
            bar.finish()
            raise _stopped(stop.report, store_path, as_json=as_json) from stop
    _tell(report, store_path, as_json=as_json)
    if not report.documents and not report.duplicates:
        raise click.exceptions.Exit(1)


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


def _tell(report: Report, store_path: str, *, as_json: bool) -> None:
    problems = [said_of(row) for row in report.quarantined]
    problems += [f"{one.source!r}: {one.reason}; kept, not read" for one in report.unsupported]
    if report.opinion:
        problems += [
            f"{one.source!r}: no second opinion; {one.reason}" for one in report.opinion.failures
        ]
    for problem in problems[:MAX_LINES]:
        complain(problem)
    if len(problems) > MAX_LINES:
        complain(f"{len(problems) - MAX_LINES:,} more of the kind")
    if as_json:
        import orjson

        click.echo(orjson.dumps(_object(report, store_path)).decode())
        return
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
    click.echo(f"{', '.join(parts)}; {report.seconds:.1f} s")
    if report.opinion:
        click.echo(tally_words(report.opinion))


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

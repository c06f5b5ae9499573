"""`incidents evaluate extraction`: incidents read from stories, against gold coded by hand."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dashboard.commands._reports import complain, remembered
from dashboard.commands.options import memory_option, workers_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.evaluation.gold import Fault, GoldStory
    from ingest.evaluation.run import Measured
    from ingest.evaluation.runs import Comparison

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW = click.Path(dir_okay=False, path_type=Path)
MAX_FAULTS = 50
"""Faults of the gold that are told one by one; the rest are counted."""


@click.command(
    epilog="Example: incidents evaluate extraction gold.jsonl --html report.html --save run.json"
)
@click.argument("gold", metavar="GOLD.jsonl...", nargs=-1, required=True, type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--errors", is_flag=True, help="List every disagreement.")
@click.option("--html", metavar="REPORT.html", type=NEW, help="Write a report to read errors in.")
@click.option("--save", metavar="RUN.json", type=NEW, help="Keep the run, to compare with later.")
@click.option("--compare", "earlier", metavar="RUN.json", type=FILE, help="Compare with a run.")
@workers_option
@memory_option
def extraction(
    gold: tuple[Path, ...],
    as_json: bool,
    errors: bool,
    html: Path | None,
    save: Path | None,
    earlier: Path | None,
    workers: int,
    store_path: str | None,
) -> None:
    """Measure how well incidents are read, on stories that you coded by hand.

    GOLD.jsonl has one story a line: {"text": ..., "published": ..., "incidents": [{...}]} with
    the field names that "incidents extract --json" prints. A field that you did not code is not
    scored; a bad line is told and left out.
    """
    from ingest.evaluation.gold import read_gold
    from ingest.evaluation.html import report
    from ingest.evaluation.runs import as_object, compare, load, write
    from ingest.evaluation.runs import save as save_run

    _refuse_inputs(gold, html, save)
    run = load(earlier) if earlier is not None else None
    faults: list[Fault] = []
    stories = read_gold(gold, faults)
    _tell(faults)
    measured = _measure(stories, workers, store_path)
    names = [path.name for path in gold]
    shown = as_object(measured.result, faults, names, seconds=measured.seconds)
    comparison = None if run is None else compare(run, measured.result)
    if save is not None:
        save_run(save, measured.result, shown)
    if html is not None:
        write(html, report(measured.result, faults, ", ".join(names), comparison))
    if as_json:
        _print_json(shown, comparison)
    else:
        _print_words(measured, comparison, errors=errors)


def _refuse_inputs(gold: Sequence[Path], *outputs: Path | None) -> None:
    from geodata.errors import InputError

    inputs = {path.resolve() for path in gold}
    for path in outputs:
        if path is not None and path.resolve() in inputs:
            raise InputError(f"{str(path)!r} is the gold itself: give another file to write")


def _tell(faults: Sequence[Fault]) -> None:
    for fault in faults[:MAX_FAULTS]:
        complain(str(fault))
    if len(faults) > MAX_FAULTS:
        complain(f"… and {len(faults) - MAX_FAULTS:,} more; --json has them all")


def _measure(stories: Sequence[GoldStory], workers: int, store_path: str | None) -> Measured:
    from ingest.evaluation.run import evaluate

    with click.progressbar(
        length=len(stories), label="Reading", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        return evaluate(
            stories, workers=workers, choices=remembered(store_path), progress=bar.update
        )


def _print_json(shown: dict[str, Any], comparison: Comparison | None) -> None:
    from dataclasses import asdict

    import orjson

    if comparison is not None:
        shown = {**shown, "comparison": asdict(comparison)}
    click.echo(orjson.dumps(shown, option=orjson.OPT_NON_STR_KEYS).decode())


def _print_words(measured: Measured, comparison: Comparison | None, *, errors: bool) -> None:
    from ingest.evaluation.words import comparison_lines, error_lines, lines

    click.echo("\n".join(lines(measured.result)))
    if comparison is not None:
        click.echo("\n" + "\n".join(comparison_lines(comparison)))
    if errors:
        click.echo("\n" + "\n".join(error_lines(measured.result)))

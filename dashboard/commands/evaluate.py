"""`incidents evaluate`: measure the tool on the team's own truth."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dashboard.commands._evaluate_extraction import extraction

if TYPE_CHECKING:
    from geodata.place import Resolution
    from ingest.geocode.evaluation import Truth
    from ingest.geocode.truth import Skipped

STEPS = 1000
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW = click.Path(dir_okay=False, path_type=Path)


@click.group(epilog="Example: incidents evaluate geocoding events.csv --picture errors.png")
def command() -> None:
    """Measure the tool on your own truth."""


command.add_command(extraction)


@command.command(epilog="Example: incidents evaluate geocoding events.csv --place where")
@click.argument("file", metavar="FILE.csv", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--place", metavar="COLUMN", help="Column with the place.")
@click.option("--admin2", metavar="COLUMN", help="Column with the district.")
@click.option("--admin1", metavar="COLUMN", help="Column with the province.")
@click.option("--country", metavar="COLUMN", help="Column with the country.")
@click.option("--latitude", metavar="COLUMN", help="Column with the true latitude.")
@click.option("--longitude", metavar="COLUMN", help="Column with the true longitude.")
@click.option("--precision", metavar="COLUMN", help="Column with the truth's own precision class.")
@click.option("--picture", metavar="FILE.png", type=NEW, help="Draw the errors to a picture.")
@click.option("--out", metavar="ROWS.csv", type=NEW, help="Write every row with its error.")
@click.option("--country-only", is_flag=True, help="Leave district and province out of the query.")
@click.option("--limit", metavar="N", type=click.IntRange(1), help="Measure the first N rows.")
def geocoding(
    file: Path,
    as_json: bool,
    picture: Path | None,
    out: Path | None,
    country_only: bool,
    limit: int | None,
    **named: str | None,
) -> None:
    """Measure how near to the truth places are found.

    Columns that are not named are guessed from the header, as UCDP, ACLED and GTD call them.
    """
    from dashboard.commands._evaluation_picture import draw
    from geodata.errors import InputError
    from ingest.geocode.evaluation import measure
    from ingest.geocode.evaluation_text import lines
    from ingest.geocode.truth import Skipped

    if out is not None and out.resolve() == file.resolve():
        raise InputError(f"{str(out)!r} is the input itself: give another --out")
    skipped = Skipped()
    columns, pairs = _answers(file, named, skipped, out, limit, country_only=country_only)
    result = measure(pairs)
    if not result.total.rows:
        raise InputError(
            f"{file.name}: no row with a usable truth"
            f" ({skipped.bad_truth:,} without): is --latitude the right column?"
        )
    if picture is not None:
        draw(result, file.name, picture)
    if as_json:
        shown = {"columns": columns, "skipped": asdict(skipped), **asdict(result)}
        click.echo(json.dumps(shown, ensure_ascii=False))
        return
    click.echo("Columns: " + ", ".join(f"{role} {name!r}" for role, name in columns.items()))
    if skipped.tag_rows:
        click.echo(f"{skipped.tag_rows} row of HXL tags passed over")
    if skipped.bad_truth:
        few = "; ".join(f"line {line}: {why}" for line, why in skipped.lines)
        more = "; …" if skipped.bad_truth > len(skipped.lines) else ""
        click.echo(f"{skipped.bad_truth:,} rows without a usable truth, not measured: {few}{more}")
    click.echo("\n".join(lines(result)))


@command.command(epilog="Example: incidents evaluate geoparsing corpus.jsonl --json")
@click.argument("file", metavar="FILE", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def geoparsing(file: Path, as_json: bool) -> None:
    """Measure names found in texts, and where they are placed.

    FILE is GeoVirus XML, or JSONL with a text and its toponyms on each line.
    """
    from ingest.geocode import default_geocoder
    from ingest.geocode.corpus import read_corpus
    from ingest.geocode.evaluation_text import geoparsing_lines
    from ingest.geocode.geoparsing import measure_corpus

    geocoder = default_geocoder()
    result = measure_corpus(read_corpus(file), geocoder, geocoder)
    if as_json:
        click.echo(json.dumps(asdict(result), ensure_ascii=False))
    else:
        click.echo("\n".join(geoparsing_lines(result)))


def _answers(
    file: Path,
    named: dict[str, str | None],
    skipped: Skipped,
    out: Path | None,
    limit: int | None,
    *,
    country_only: bool,
) -> tuple[dict[str, str], Iterator[tuple[Resolution, Truth]]]:
    """Columns used, by role, and the answers beside their truths."""
    from ingest.geocode import default_geocoder
    from ingest.geocode.truth import guess_columns, read_header, read_truth

    header = read_header(file)
    at = guess_columns(header, named, file)
    geocoder = default_geocoder()

    def pairs() -> Iterator[tuple[Resolution, Truth]]:
        with ExitStack() as stack:
            bar = stack.enter_context(
                click.progressbar(
                    length=STEPS,
                    label="Measuring",
                    file=sys.stderr,
                    hidden=not sys.stderr.isatty(),
                )
            )
            write = None if out is None else stack.enter_context(_Rows(out, header))
            rows = read_truth(file, at, skipped, country_only=country_only)
            for row, share in islice(rows, limit):
                answer = geocoder.geocode(row.query)
                if write is not None:
                    write.row(row.cells, answer, row.truth)
                bar.update(int(share * STEPS) - bar.pos)
                yield answer, row.truth

    return {role: header[n] for role, n in at.items() if n is not None}, pairs()


class _Rows:
    """The file of --out: every measured row, its answer and its error; whole or not there."""

    def __init__(self, path: Path, header: list[str]) -> None:
        self.path, self.draft = path, path.with_name(f"{path.name}.part")
        self.header = header

    def __enter__(self) -> _Rows:
        from geodata.errors import InputError
        from ingest.geocode.table import ADDED

        added = (*ADDED, "error_km", "cause")
        try:
            self.file = self.draft.open("w", encoding="utf-8", newline="")
        except OSError as error:
            raise InputError(f"cannot write {str(self.path)!r}: {error.strerror}") from error
        self.writer = csv.writer(self.file, lineterminator="\n")
        kept = [f"input_{name}" if name in added else name for name in self.header]
        self.writer.writerow([*kept, *added])
        return self

    def row(self, cells: list[str], answer: Resolution, truth: Truth) -> None:
        """Write one row; the cause is empty where the row is within 25 km."""
        from ingest.geocode.evaluation import NEAR_KM, cause_of, error_km
        from ingest.geocode.table import answer_cells

        error = error_km(answer, truth)
        good = error is not None and error <= NEAR_KM
        self.writer.writerow([
            *cells, *answer_cells(answer).values(),
            "" if error is None else round(error, 3),
            "" if good else cause_of(answer, truth, error),
        ])  # fmt: skip

    def __exit__(self, kind: Any, *_: object) -> None:
        self.file.close()
        if kind is None:
            self.draft.replace(self.path)
        else:
            self.draft.unlink(missing_ok=True)

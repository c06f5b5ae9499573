"""`incidents list`: the incidents that a filter means, as a table or as JSON."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from dashboard.commands.options import filter_from, filter_options, store_option
from dashboard.wording import date_words, place_line
from geodata.filters import Filter
from geodata.incident import Incident, to_json
from geodata.store import open_store

if TYPE_CHECKING:
    from geodata.store import Store

TABLE_ROWS = 50
"""Rows of the table unless ``--limit`` says otherwise; ``--json`` gives every match."""

_HEADINGS = ("Date", "What", "Who", "Where", "Killed", "Injured", "Review")
_SHRINKS = (2, 3, 1)  # columns cut when the terminal is too narrow, the widest of them first
_LEAST_WIDTH = 12
_GAP = "  "


@click.command(
    epilog='Example: incidents list --store atlas.gpkg --group "Islamic State" --since 2021-08-01'
)
@store_option()
@filter_options
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="Show at most N incidents.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array of every match.")
def command(store_path: str, limit: int | None, as_json: bool, **options: Any) -> None:
    """List incidents of a project, latest first, with totals that reconcile."""
    where = filter_from(options)
    with open_store(store_path, read_only=True) as store, store.snapshot():
        if as_json:
            print_json(islice(store.each(where), limit))
        else:
            print_table(store, where, TABLE_ROWS if limit is None else limit)


def print_json(incidents: Iterable[Incident]) -> None:
    """Print a JSON array in the vocabulary's names, one incident per line."""
    opening = "["
    for incident in incidents:
        click.echo(opening + json.dumps(to_json(incident), ensure_ascii=False))
        opening = ","
    click.echo("]" if opening == "," else "[]")


def print_table(store: Store, where: Filter, limit: int) -> None:
    """Print the filter, a table that fits the terminal, and the totals under it."""
    totals = store.totals(where)
    click.echo(where.sentence())
    found = store.incidents(where, limit=limit)
    if found:
        # Into a file or a pipe nothing is cut: only a terminal has a width.
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else sys.maxsize
        for line in table_lines([_HEADINGS, *map(_cells, found)], width):
            click.echo(line)
    if len(found) < totals.matched:
        click.echo(f"… {totals.matched - len(found):,} more; raise --limit to see them")
    click.echo(totals.sentence())


def _cells(incident: Incident) -> tuple[str, ...]:
    sides = [name for name in (incident.actor1, incident.actor2) if name]
    cells = (
        date_words(incident),
        incident.sub_event_type or incident.event_type or "",
        " / ".join(sides) or incident.perpetrator or "",
        place_line(incident),
        "" if incident.killed_best is None else str(incident.killed_best),
        "" if incident.injured_best is None else str(incident.injured_best),
        incident.status.value,
    )
    return tuple(map(printable, cells))


def printable(text: str) -> str:
    """Take line breaks and control characters out, so that no story can drive a terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def table_lines(rows: list[tuple[str, ...]], width: int) -> list[str]:
    """Lay rows out in columns; what does not fit into `width` is cut and ends in ``…``."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    excess = sum(widths) + len(_GAP) * (len(widths) - 1) - width
    while excess > 0:
        widest = max(_SHRINKS, key=lambda column: widths[column])
        if widths[widest] <= _LEAST_WIDTH:
            break
        widths[widest] -= 1
        excess -= 1
    return [
        _GAP.join(_fitted(cell, size) for cell, size in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _fitted(cell: str, size: int) -> str:
    return cell.ljust(size) if len(cell) <= size else cell[: size - 1] + "…"

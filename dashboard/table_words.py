"""What a table is and what came of it, in words for the terminal and the page Tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.export._cells import neutral

if TYPE_CHECKING:
    from geodata.incident import Quarantined
    from ingest.tables.importing import TableReport

SHOWN = 8
"""Unknown names that are told one by one."""

ROWS = 5
"""Rows of a table that are shown before it is imported."""

QUARANTINE = ("source", "row", "column", "value", "reason", "raw")
"""Columns of the quarantine as a table."""


@dataclass(frozen=True, slots=True)
class Look:
    """A table before it is imported: how it will be read, and its first rows."""

    words: str
    columns: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]  # field and column, where the columns were told by name
    rows: tuple[dict[str, str], ...]
    notes: tuple[str, ...]


def look_at(path: Path, shown: str) -> Look:
    """Tell how a table would be read; nothing is stored.

    Raises
    ------
    InputError
        It is no table, or has not what an incident needs.
    """
    from ingest.presets import AUTO
    from ingest.presets.generic import guess
    from ingest.tables.importing import TableOptions, preset_of
    from ingest.tables.reading import open_table

    table = open_table(path, shown=shown)
    preset = preset_of(table, TableOptions(preset=AUTO))
    other = preset.name == "table"
    fields = tuple(guess(table.columns).items()) if other else ()
    words = "by the names of its columns" if other else f"as {preset.title}, told by its header"
    return Look(
        words=f"It will be read {words}: {len(table.columns):,} columns.",
        columns=table.columns,
        fields=fields,
        rows=tuple(row.cells for row in table.sample(ROWS)),
        notes=table.notes,
    )


def words_of(report: TableReport) -> list[str]:
    """Say in lines what came of a table."""
    name = f"{report.source!r} ({report.preset})"
    if report.already:
        return [f"{name}: read before; nothing changed"]
    parts = [_rows(report.rows), f"{report.added:,} added"]
    for count, words in (
        (report.changed, "changed"),
        (report.unchanged, "unchanged"),
        (report.duplicates, "repeated in the table"),
        (report.quarantined, "quarantined"),
        (report.kept, "values of analysts kept"),
    ):
        if count:
            parts.append(f"{count:,} {words}")
    lines = [f"{name}: {', '.join(parts)}; {report.seconds:.1f} s"]
    lines += [f"  {note}" for note in report.notes]
    if report.geocoded or report.not_located:
        lines.append(f"  {_rows(report.geocoded)} placed by the gazetteer,"
                     f" {report.not_located:,} without a place")  # fmt: skip
    if report.outside_country:
        lines.append(f"  {report.outside_country:,} points outside the country of their row")
    if report.unknown:
        first = [
            f"{value!r} ({rows:,})" for (_, value, _), rows in report.unknown.most_common(SHOWN)
        ]
        more = f" and {len(report.unknown) - SHOWN:,} more" if len(report.unknown) > SHOWN else ""
        lines.append(f"  names kept as written: {', '.join(first)}{more}")
    if report.credit:
        lines.append(f"  credit: {report.credit}")
    return lines


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def quarantine_csv(rows: Iterable[Quarantined]) -> str:
    """Give quarantined inputs as CSV, with formulas neutralised."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(QUARANTINE)
    table.writerows([neutral(getattr(row, name)) for name in QUARANTINE] for row in rows)
    return out.getvalue()


def quarantine_rows(rows: Sequence[Quarantined]) -> list[dict[str, str]]:
    """Give quarantined inputs as the page shows them."""
    return [
        {
            "File": row.source,
            "Line": "" if row.row is None else f"{row.row:,}",
            "Column": row.column,
            "Value": row.value,
            "Why": row.reason,
        }
        for row in rows
    ]

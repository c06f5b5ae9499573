"""XLSX for spreadsheets: typed cells, a sheet that says what the file is, no formula at all.

Rows are written as they come, so that a million of them need no memory; a sheet holds what Excel
can hold, and the rest goes to the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geodata.export import About, ExportReport
from geodata.export._cells import DATES, formula_note, neutral, runs
from geodata.incident import FIELDS, Json, to_json

if TYPE_CHECKING:
    from geodata.filters import Filter
    from geodata.store import Store

SHEET_ROWS = 1_048_575
"""Incidents of a sheet: Excel's 1,048,576 rows less the heading."""

MAX_CELL = 32_767
"""Longest text of a cell in Excel, in characters; longer text is cut."""

FIRST_DAY = date(1900, 3, 1)
"""Excel knows no day before 1900 and miscounts until here; earlier days are written as text."""

_WIDTHS = {"incident_id": 22, "place": 24, "notes": 40, "actor1": 28, "actor2": 28}


@dataclass(slots=True)
class _Written:
    rows: int = 0
    neutralised: int = 0
    cut: int = 0
    old_days: int = 0
    sheets: list[str] = field(default_factory=list)

    def notes(self) -> tuple[str, ...]:
        out = [*formula_note(self.neutralised)]
        if self.cut:
            out.append(f"{self.cut:,} cells longer than {MAX_CELL:,} characters were cut")
        if self.old_days:
            out.append(f"{self.old_days:,} days before March 1900 are text: Excel has no such days")
        if len(self.sheets) > 1:
            out.append(f"the rows stand on {len(self.sheets)} sheets: a sheet holds {SHEET_ROWS:,}")
        return tuple(out)


def write(store: Store, where: Filter, out: Path, about: About) -> ExportReport:
    """Write one row per incident; columns are the vocabulary's fields in order."""
    import xlsxwriter

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": False,
        "tmpdir": str(out.parent),
    }
    done = _Written()
    with xlsxwriter.Workbook(str(out), options) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        bold = book.add_format({"bold": True})
        sheet = None
        for values in _rows(store, where):
            at = done.rows % SHEET_ROWS
            if at == 0 or sheet is None:
                sheet = _sheet(book, done, bold)
            _write_row(sheet, at + 1, values, day, done)
            done.rows += 1
        if sheet is None:
            _sheet(book, done, bold)
        notes = done.notes()
        _about(book, [*about.lines(), *notes])
    return ExportReport(done.rows, notes)


def _rows(store: Store, where: Filter) -> Iterator[dict[str, Json]]:
    for incident in store.each(where):
        yield to_json(incident)


def _sheet(book: Any, done: _Written, bold: Any) -> Any:
    name = "Incidents" if not done.sheets else f"Incidents {len(done.sheets) + 1}"
    done.sheets.append(name)
    sheet = book.add_worksheet(name)
    for column, field_name in enumerate(FIELDS):
        sheet.set_column(column, column, _WIDTHS.get(field_name, 14))
        sheet.write_string(0, column, field_name, bold)
    sheet.freeze_panes(1, 1)
    return sheet


def _write_row(sheet: Any, row: int, values: dict[str, Json], day: Any, done: _Written) -> None:
    for column, (name, value) in enumerate(values.items()):
        if value is None:
            continue
        if name in DATES:
            when = date.fromisoformat(value)
            if when >= FIRST_DAY:
                sheet.write_datetime(row, column, when, day)
            else:
                done.old_days += 1
                sheet.write_string(row, column, value)
        elif isinstance(value, bool):
            sheet.write_boolean(row, column, value)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value)
        else:
            done.neutralised += runs(value)
            text = str(neutral(value))
            done.cut += len(text) > MAX_CELL
            sheet.write_string(row, column, text[:MAX_CELL])


def _about(book: Any, lines: list[str]) -> None:
    sheet = book.add_worksheet("About")
    sheet.set_column(0, 0, 110)
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, str(neutral(line))[:MAX_CELL])

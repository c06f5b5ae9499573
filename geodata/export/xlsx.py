"""Excel workbook: the incidents with typed days and numbers, and a sheet that says what it is.

Written row by row (XlsxWriter, `constant_memory`), so that a million rows need no more memory
than one. Text is stored as text and never as a formula or a link; what a spreadsheet would run
once it is saved as CSV or edited starts with an apostrophe, as in the CSV export.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geodata.export import About, ExportReport
from geodata.export._cells import DATES, Tally, typed, without_controls
from geodata.incident import COUNTS, FIELDS, Incident

if TYPE_CHECKING:
    from geodata.filters import Filter
    from geodata.store import Store

MOST_ROWS = 1_048_575
"""Incidents of one sheet: Excel has 1,048,576 rows, the first is the header."""

MOST_CHARACTERS = 32_767
"""Longest text of a cell, in UTF-16 units as Excel counts them."""

FIRST_DAY = date(1900, 3, 1)
"""Earlier days are written as text: Excel believes in a 29 February 1900 and in nothing before."""

_CUT = f"longer than the {MOST_CHARACTERS:,} characters that Excel keeps, and cut"
_WIDTHS = {"place": 22, "notes": 60, "tags": 20, "background": 11} | dict.fromkeys(COUNTS, 9)


def write(store: Store, where: Filter, out: Path, about: About) -> ExportReport:
    """Write the sheets Incidents (Incidents 2, … where one is full) and About."""
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxWriterException

    tally = Tally(limit=_CUT)
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "tmpdir": str(out.parent),
        "default_date_format": "yyyy-mm-dd",
    }
    try:
        with xlsxwriter.Workbook(str(out), options) as book:
            book.set_properties({"title": _text(about.project), "comments": _text(about.filter)})
            book.use_zip64()
            _sheets(book, store.each(where), tally)
            _about(book, about, tally)
    except XlsxWriterException as error:
        raise OSError(0, str(error)) from error
    return tally.report()


def _sheets(book: Any, incidents: Iterator[Incident], tally: Tally) -> None:
    bold = book.add_format({"bold": True, "bottom": 1})
    first: Incident | None = next(incidents, None)
    number = 0
    while number == 0 or first is not None:
        number += 1
        sheet = book.add_worksheet("Incidents" if number == 1 else f"Incidents {number}")
        _heading(sheet, bold)
        rows = chain([first] if first else [], incidents)
        last = 0
        for last, incident in enumerate(islice(rows, MOST_ROWS), start=1):
            tally.see(incident)
            _row(sheet, last, incident, tally)
        sheet.autofilter(0, 0, last, len(FIELDS) - 1)
        first = next(incidents, None)
    if number > 1:
        tally.more.append(f"more than {MOST_ROWS:,} rows: they go on in {number} sheets")


def _heading(sheet: Any, bold: Any) -> None:
    sheet.freeze_panes(1, 1)
    for column, name in enumerate(FIELDS):
        sheet.set_column(column, column, _WIDTHS.get(name, 16))
        sheet.write_string(0, column, name, bold)


def _row(sheet: Any, row: int, incident: Incident, tally: Tally) -> None:
    values = typed(incident)
    for column, name in enumerate(FIELDS):
        value = values[name]
        if value is None or value == "":
            continue
        if name in DATES:
            _day(sheet, row, column, value)
        elif isinstance(value, bool):
            sheet.write_boolean(row, column, value)
        elif isinstance(value, str):
            sheet.write_string(row, column, _fitting(tally.safe(value), tally))
        else:
            sheet.write_number(row, column, value)


def _day(sheet: Any, row: int, column: int, day: date) -> None:
    if day < FIRST_DAY:
        sheet.write_string(row, column, day.isoformat())
    else:
        sheet.write_datetime(row, column, day)


def _fitting(text: str, tally: Tally) -> str:
    text = _text(text)
    if len(text) <= MOST_CHARACTERS // 2:  # not even emoji, of two units each, are too many
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MOST_CHARACTERS:
        return text
    cut = units[: 2 * MOST_CHARACTERS - 2].decode("utf-16-le", "ignore") + "…"
    return tally.fit(text, cut)


def _text(text: str) -> str:
    """Replace what a workbook cannot hold, one for one; Excel breaks lines with line feeds."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return without_controls(text, "\ufffd")


def _about(book: Any, about: About, tally: Tally) -> None:
    """Write what the file is; every line is text, whatever it begins with."""
    sheet = book.add_worksheet("About")
    sheet.set_column(0, 0, 110, book.add_format({"text_wrap": True, "valign": "top"}))
    lines = [
        *about.lines(),
        f"Rows: {tally.rows:,}",
        *(note[0].upper() + note[1:] + "." for note in tally.notes()),
        "Text that begins with = + - @, a tab or a line break starts with an apostrophe here, so"
        " that no spreadsheet runs it; numbers are left alone.",
        f"Days before {FIRST_DAY.isoformat()} are text, because Excel has no such days.",
    ]
    for row, line in enumerate(lines):
        text = line if not line.startswith(("=", "+", "-", "@")) else f"'{line}"
        sheet.write_string(row, 0, _text(text)[: MOST_CHARACTERS // 2])

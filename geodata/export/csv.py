"""CSV for spreadsheets: UTF-8 with a byte order mark, formulas neutralised.

The mark is there because Excel reads UTF-8 without it as the local code page and garbles names;
pandas (``utf-8-sig`` is detected), GDAL and LibreOffice skip it. What the export says about
itself stands in ``FILE.about.txt`` beside it: a comment line would break every reader.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.export import About, ExportReport
from geodata.incident import FIELDS, Incident, Json, to_json

if TYPE_CHECKING:
    from geodata.filters import Filter
    from geodata.store import Store

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters that make a spreadsheet run a cell, by OWASP's note on CSV injection."""


def write(store: Store, where: Filter, out: Path, about: About) -> ExportReport:
    """Write one row per incident; columns are the vocabulary's fields in order."""
    rows = neutralised = 0
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(FIELDS)
        for incident in store.each(where):
            cells, changed = _cells(incident)
            table.writerow(cells)
            rows += 1
            neutralised += changed
    notes = _notes(neutralised)
    text = "\n".join([*about.lines(), *notes]) + "\n"
    out.with_name(f"{out.name}.about.txt").write_text(text, encoding="utf-8")
    return ExportReport(rows, notes)


def _notes(neutralised: int) -> tuple[str, ...]:
    if not neutralised:
        return ()
    cells = "1 cell" if neutralised == 1 else f"{neutralised:,} cells"
    return (f"{cells} that a spreadsheet would run as a formula now start with an apostrophe",)


def _cells(incident: Incident) -> tuple[list[Json], int]:
    values = list(to_json(incident).values())
    risky = [isinstance(value, str) and value.startswith(FORMULA_STARTS) for value in values]
    cells = [
        f"'{value}" if runs else _cell(value) for value, runs in zip(values, risky, strict=True)
    ]
    return cells, sum(risky)


def _cell(value: Json) -> Json:
    """Lists and mappings as JSON, truth as true and false; numbers as they are."""
    if isinstance(value, bool | list | dict):
        return json.dumps(value, ensure_ascii=False)
    return value

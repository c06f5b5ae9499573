"""CSV for spreadsheets: UTF-8 with a byte order mark, formulas neutralised.

The mark is there because Excel reads UTF-8 without it as the local code page and garbles names;
pandas (``utf-8-sig`` is detected), GDAL and LibreOffice skip it. What the export says about
itself stands in ``FILE.about.txt`` beside it: a comment line would break every reader.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.export import About, ExportReport
from geodata.export._cells import Tally, plain
from geodata.incident import FIELDS, to_json

if TYPE_CHECKING:
    from geodata.filters import Filter
    from geodata.store import Store


def write(store: Store, where: Filter, out: Path, about: About) -> ExportReport:
    """Write one row per incident; columns are the vocabulary's fields in order."""
    tally = Tally()
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(FIELDS)
        for incident in store.each(where):
            tally.see(incident)
            values = to_json(incident).values()
            table.writerow([tally.safe(v) if isinstance(v, str) else plain(v) for v in values])
    write_about(out, about, tally.notes())
    return tally.report()


def write_about(out: Path, about: About, notes: tuple[str, ...]) -> None:
    """Write ``FILE.about.txt`` beside a file that has no room for it."""
    text = "\n".join([*about.lines(), *notes]) + "\n"
    out.with_name(f"{out.name}.about.txt").write_text(text, encoding="utf-8")

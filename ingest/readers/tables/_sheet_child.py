"""Reads one workbook in a process of its own, so that a hostile one can exhaust nobody's memory.

Run by `ingest.readers.tables.spreadsheet` as a program with three arguments: what to do (``look``
or ``rows``), the file, the sheet ("" for the one with the most rows). It prints JSON, one object
a line. Where the system can (POSIX), memory and processor time are capped before a byte is read.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import orjson

MAX_MEMORY = 3_000_000_000  # bytes of address space
MAX_SECONDS = 900
MAX_CELL = 1_000_000  # characters; as in _batch.py, which this program does not import
FIRST_ROWS = 300
MAX_MERGED = 200_000
ROWS_AT_ONCE = 2_000

BROKEN = "the workbook is broken or has a password: open it, save it again without one"


def main() -> None:
    """Do what the arguments say."""
    import python_calamine as calamine

    what, path, sheet = sys.argv[1:4]
    _cap()
    try:
        with Path(path).open("rb") as file:
            book = calamine.CalamineWorkbook.from_filelike(file)
        steps = look(book, sheet) if what == "look" else rows(book, sheet)
        for step in steps:
            _say(step)
    except (calamine.CalamineError, OSError, ValueError):
        _say({"error": BROKEN})
    except MemoryError:
        _say({"error": f"the workbook needs more than {MAX_MEMORY / 1e9:g} GB of memory"})


def _say(found: dict[str, Any]) -> None:
    sys.stdout.buffer.write(orjson.dumps(found) + b"\n")
    sys.stdout.buffer.flush()


def _cap() -> None:
    try:
        import resource
    except ImportError:  # no POSIX: what the parent checked beforehand remains
        return
    limits = ((resource.RLIMIT_AS, MAX_MEMORY), (resource.RLIMIT_CPU, MAX_SECONDS),
              (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0))  # fmt: skip
    for limit, value in limits:
        with suppress(ValueError, OSError):  # macOS knows no limit of address space
            resource.setrlimit(limit, (value, value))


def look(book: Any, sheet: str) -> Iterator[dict[str, Any]]:
    """Tell the sheets, which one to read, its first rows, how many rows and columns are filled."""
    names = _sheets(book)
    wanted = [sheet] if sheet else names
    best: dict[str, Any] | None = None
    for name in wanted:
        if name in book.sheet_names:
            found = {"sheet": name, "sheets": names, **_counted(book.get_sheet_by_name(name))}
            if best is None or found["several"] > best["several"]:
                best = found
    if best is not None:
        best["merged"] = _merged(book.get_sheet_by_name(best["sheet"]))
    yield best or {"sheet": "", "sheets": names}


def _merged(sheet: Any) -> list[tuple[int, int, int]]:
    """Cells that go over several rows: first and last row, from 1, and place of the column."""
    ranges = getattr(sheet, "merged_cell_ranges", None) or []  # only .xlsx and .xls tell them
    return [
        (top + 1, bottom + 1, left)
        for (top, left), (bottom, _) in ranges[:MAX_MERGED]
        if bottom > top
    ]


def _sheets(book: Any) -> list[str]:
    """Names of the sheets that hold cells; hidden ones come last."""
    kinds = [one for one in book.sheets_metadata if str(one.typ).endswith("WorkSheet")]
    seen = [one.name for one in kinds if str(one.visible).endswith(".Visible")]
    return seen + [one.name for one in kinds if one.name not in seen]


def _counted(sheet: Any) -> dict[str, Any]:
    first: list[list[str]] = []
    filled = several = width = 0
    for row in sheet.iter_rows():
        if len(first) < FIRST_ROWS:
            first.append([as_text(cell)[:MAX_CELL] for cell in row])
        count = len(row) - row.count("")
        filled += count > 0
        several += count > 1
        if count:
            width = max(width, _width(row, width))
    return {"first": first, "rows": filled, "several": several, "width": width}


def _width(row: list[Any], known: int) -> int:
    """Place after the last filled cell, where that is beyond what is known."""
    for at in range(len(row), known, -1):
        if row[at - 1] != "":
            return at
    return known


def rows(book: Any, sheet: str) -> Iterator[dict[str, Any]]:
    """Give all rows, some at a time; a cell that is too long comes with its beginning alone."""
    cells: list[list[str]] = []
    long: list[int] = []
    page = book.get_sheet_by_name(sheet)
    height = max(page.total_height, 1)
    for number, row in enumerate(page.iter_rows(), start=1):
        texts = list(map(as_text, row))
        if any(len(text) > MAX_CELL for text in texts):
            texts = [text[:1_000] for text in texts]
            long.append(len(cells))
        cells.append(texts)
        if len(cells) == ROWS_AT_ONCE:
            yield {"rows": cells, "long": long, "done": number / height}
            cells, long = [], []
    yield {"rows": cells, "long": long, "done": 1.0}


def as_text(cell: object) -> str:
    """Show a cell the way a CSV would: ISO days, whole numbers without a point."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, date | time):  # a datetime is a date
        return cell.isoformat().removesuffix("T00:00:00")
    if isinstance(cell, timedelta):
        hours, rest = divmod(round(cell.total_seconds()), 3600)
        return f"{hours}:{rest // 60:02}:{rest % 60:02}"
    return "" if cell is None else str(cell)


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < 1e16:
        return str(int(value))
    text = format(value, ".15g")  # what a spreadsheet shows: it knows no more digits
    return repr(value) if "e" in text else text


if __name__ == "__main__":
    main()

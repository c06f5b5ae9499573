"""What the formats for tables share: formulas, kinds of columns, notes."""

from __future__ import annotations

import json

from geodata.incident import COUNTS, Json

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters that make a spreadsheet run a cell, by OWASP's note on CSV injection."""

DATES = ("event_date", "event_date_end")
DEGREES = ("latitude", "longitude")
WHOLE = COUNTS


def runs(value: Json) -> bool:
    """Whether a spreadsheet would run a value as a formula; a number never."""
    return isinstance(value, str) and value.startswith(FORMULA_STARTS)


def neutral(value: Json) -> Json:
    """Give the value as a spreadsheet may read it: an apostrophe before what it would run."""
    return f"'{value}" if runs(value) else flat(value)


def flat(value: Json) -> Json:
    """Lists and mappings as JSON, truth as true and false; all else as it is."""
    if isinstance(value, bool | list | dict):
        return json.dumps(value, ensure_ascii=False)
    return value


def formula_note(cells: int) -> tuple[str, ...]:
    """Say how many cells were neutralised; nothing where none was."""
    if not cells:
        return ()
    words, start = ("1 cell", "starts") if cells == 1 else (f"{cells:,} cells", "start")
    return (f"{words} that a spreadsheet would run as a formula now {start} with an apostrophe",)


def unlocated_note(rows: int) -> tuple[str, ...]:
    """Say how many incidents have no point; nothing where all have one."""
    if not rows:
        return ()
    words = "1 incident has" if rows == 1 else f"{rows:,} incidents have"
    return (f"{words} no coordinates and so no point",)

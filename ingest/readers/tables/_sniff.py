"""How a delimited text is made: which character sets cells apart, and how quotes are meant.

Every way is tried on the first lines, and the one that gives rows of the same number of cells
is taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geodata.errors import InputError
from ingest.readers.tables._cells import Dialect, Row, text_rows

SAMPLE_ROWS = 300
SAMPLE_CHARACTERS = 300_000
DELIMITERS = (",", ";", "\t", "|")

_WORDS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "bar": "|"}


def delimiter_named(given: str) -> str:
    """Give the character that the user means.

    Raises
    ------
    InputError
        It is more than one character, or one that cannot set cells apart.
    """
    found = _WORDS.get(given.casefold(), given)
    if len(found) != 1 or found in '"\r\n\0\\' or not found.isascii():
        raise InputError(f"{given!r} cannot set cells apart: give one character, or 'tab'")
    return found


@dataclass(frozen=True, slots=True)
class Sniffed:
    """The dialect of a text, its first rows, and the 1-based line after them."""

    dialect: Dialect
    rows: list[Row]
    after: int
    score: float


def sniffed(text: str, delimiter: str = "") -> Sniffed:
    """Tell how a text is made by its first rows; the user's delimiter wins."""
    head = _first_lines(text)
    whole = len(head) == len(text)
    choices = [Dialect(one) for one in ([delimiter] if delimiter else DELIMITERS)]
    for one in list(choices):
        if one.delimiter in "\t|":
            choices.append(replace(one, quoting=False))
        if f'{one.delimiter} "' in head:
            choices.append(replace(one, spaced=True))
        if '\\"' in head:
            choices.append(replace(one, escaped=True))
    best: Sniffed | None = None
    for choice in choices:
        rows, after = text_rows(head, choice, SAMPLE_ROWS)
        if not whole and 1 < len(rows) < SAMPLE_ROWS:
            after = rows.pop().line  # the sample's end may stand in the middle of a row
        score = consistency(rows)
        if best is None or score > best.score + 1e-9:
            best = Sniffed(choice, rows, after, score)
    if best is None or not any(row.cells or row.reason for row in best.rows):
        raise InputError("there is no row in it")
    return best


def _first_lines(text: str) -> str:
    """As much of the text as is looked at, to the end of a line."""
    if len(text) <= SAMPLE_CHARACTERS:
        return text
    cut = max(text.rfind(end, 0, SAMPLE_CHARACTERS) for end in ("\n", "\r"))
    return text[: cut + 1] if cut > 0 else text


def consistency(rows: Sequence[Row]) -> float:
    """Say how well rows agree in their number of cells: 0 for text without cells, at most 2.

    Lines before the first row of the usual width (titles, notes) count little; rows at fault
    count against it. A wider table and cells that are whole values decide between equals.
    """
    width = usual_width(rows)
    if width < 2:
        return 0.0
    start = next(at for at, row in enumerate(rows) if len(row.cells) == width)
    body = [row for row in rows[start:] if row.reason or row.cells]
    same = sum(1 for row in body if len(row.cells) == width and not row.reason)
    share = (same - 0.1 * min(start, 10)) / len(body)
    cells = [cell for row in body[:50] for cell in row.cells if cell.strip()]
    mixed = sum(1 for cell in cells if _MIXED.search(cell[:1_000]))
    clean = 1 - mixed / len(cells) if cells else 1
    return max(share, 0.0) * (1 + 0.5 * clean + 0.4 * (1 - 1 / width))


def usual_width(rows: Sequence[Row]) -> int:
    """Cells of most rows; among equals the wider."""
    counts = Counter(len(row.cells) for row in rows if row.cells)
    several = {width: count for width, count in counts.items() if width > 1}
    if sum(several.values()) >= 0.5 * sum(counts.values()):
        counts = Counter(several)
    return max(counts, key=lambda width: (counts[width], width), default=0)


_MIXED = re.compile(r'[;\t|]|^\s*"|"\s*$|\w,\w.*\w,\w')
"""A cell that still looks like several, or holds half a quotation."""

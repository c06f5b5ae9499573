"""Where a table begins: title lines before it, its header, its tag row, the names of columns.

The same rules serve delimited text and spreadsheets; they look at the first rows alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from geodata.errors import InputError
from ingest.readers.tables._batch import MAX_COLUMNS

LOOKED_AT = 60
"""Rows among which the header is looked for."""

MAX_NAME = 300
NO_HEADER = "the table has no header"
_MAX_PART = 40
_MAX_TITLE = 120  # characters of a header's cell; longer text is a value

Cells = Sequence[str]

_VALUE = re.compile(r"[-+]?\d[\d\s.,:/+%TZ-]*")
_DAY = re.compile(r"\d{1,2}[ -/][^\W\d]{3,9}[ -/,]+\d{2,4}|[^\W\d]{3,9} \d{1,2},? \d{4}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_COMMA_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:[. ]\d{3})+|\d+),(\d+)")
_WHOLE = re.compile(r"[-+]?\d+")
_POINT_NUMBER = re.compile(r"[-+]?\d+\.\d+")


@dataclass(frozen=True, slots=True)
class Layout:
    """How the first rows are to be read; `header` and `data` are places among these rows.

    `header` is None where the table has none; `tags` says whether the row before `data` is one
    of HXL tags.
    """

    names: tuple[str, ...]
    header: int | None
    data: int
    hxl: tuple[str, ...] = ()
    trailing: int = 0
    """Names at the end that the header leaves empty and no row of these fills."""
    notes: tuple[str, ...] = ()
    title: str = ""
    """Text above the header."""


def layout(rows: Sequence[Cells], header: bool | None) -> Layout:
    """Find the header among the first rows; a row without any text counts as blank.

    Parameters
    ----------
    header
        What the user says: there is one, there is none; None leaves it to the content.

    Raises
    ------
    InputError
        There is no row, or it has too many columns.
    """
    first = _first_row(rows, header)
    has_header = _is_header(rows, first) if header is None else header
    titles = _titles(rows, first) if has_header else []
    notes = _title_notes(titles)
    head = list(rows[first])
    data = first + 1 if has_header else first
    if has_header and (both := _two_rows(rows, first)):
        head, data = both, data + 1
        notes.append("the header has two rows: their names are joined")
    hxl: tuple[str, ...] = ()
    tag_row = next((at for at in range(data, len(rows)) if any(rows[at])), None)
    if tag_row is not None and _is_tags(rows[tag_row]):
        hxl, data = tuple(rows[tag_row]), tag_row + 1
    elif has_header and _is_tags(head):
        hxl = tuple(head)  # the tags stand alone, and name the columns
    body = [row for row in rows[data:] if any(row)]
    if has_header:
        names = _fitted(head, body, notes)
    else:
        names = [""] * max(_width(body), len(hxl), 1)
        if first and any(map(any, rows[:first])):
            notes.append(f"lines before the first row were passed over ({first})")
        notes.append(f"{NO_HEADER}: its columns are called column 1, column 2, ...")
    if len(names) > MAX_COLUMNS:
        raise InputError(f"it has {len(names):,} columns, and at most {MAX_COLUMNS:,} are read")
    trailing = _trailing(names, body) if has_header else 0
    tags = tuple(one.strip() for one in (*hxl, *[""] * len(names))[: len(names)]) if hxl else ()
    return Layout(
        named(names), first if has_header else None, data, tags, trailing, tuple(notes),
        " ".join(titles),
    )  # fmt: skip


def _first_row(rows: Sequence[Cells], header: bool | None) -> int:
    """Place of the first row that is as full as the table's rows are."""
    fill = [sum(1 for cell in row if cell.strip()) for row in rows[:LOOKED_AT]]
    if not any(fill):
        raise InputError("there is no row in it")
    most = max(fill)
    wide = Counter(len(row) for row in rows if any(row)).most_common(1)[0][0]
    enough = min(2, most) if header is False else max(min(2, most), 0.6 * min(most, wide))
    for at, count in enumerate(fill):
        follows = next((row for row in rows[at + 1 :] if any(row)), ())
        if count >= enough or (count >= 2 and header is not False and _is_tags(follows)):
            return _past_title(rows, at, wide)
    return next(at for at, count in enumerate(fill) if count)


def _past_title(rows: Sequence[Cells], at: int, wide: int) -> int:
    """Go on from a short row, which may be a title with a comma, to one that names columns."""
    if len(rows[at]) >= wide:
        return at
    full = next((n for n in range(at, min(len(rows), LOOKED_AT)) if len(rows[n]) == wide), at)
    title = full > at + 1 or not _is_header(rows, at)
    return full if title and _is_header(rows, full) else at


def _is_header(rows: Sequence[Cells], at: int) -> bool:
    """Whether a row names columns: no numbers, no days, nothing that comes again below it."""
    cells = [cell.strip() for cell in rows[at]]
    filled = [cell for cell in cells if cell]
    values = [cell for cell in filled if is_value(cell)]
    years = all(_YEAR.fullmatch(cell) for cell in values) and len(set(values)) == len(values)
    if (values and not (years and len(values) > 1)) or any(len(c) > _MAX_TITLE for c in filled):
        return False
    if len(values) == len(filled) or filled[0].startswith(("http://", "https://")):
        return False
    below = [row for row in rows[at + 1 : at + 21] if list(row) != list(rows[at])]
    return not any(
        cell and place < len(row) and row[place].strip() == cell
        for row in below
        for place, cell in enumerate(cells)
    )


def _two_rows(rows: Sequence[Cells], at: int) -> list[str]:
    """Join a header with the row below that parts its wide cells: "Killed | " over "Civ | SF".

    Empty where the next row is no such: it fills what the header leaves empty and leaves empty
    what needs no parts, and holds names, none of which comes again below it.
    """
    head, parts = ([cell.strip() for cell in row] for row in (*rows[at : at + 2], [""])[:2])
    head += [""] * (len(parts) - len(head))
    filled = [n for n, part in enumerate(parts) if part]
    gaps = [n for n in filled if not head[n]]
    whole = [n for n, name in enumerate(head) if name and not (n < len(parts) and parts[n])]
    if not gaps or not whole or len(filled) < 2 or not any(head[: gaps[0]]):
        return []
    if any(is_value(parts[n]) or len(parts[n]) > _MAX_PART for n in filled):
        return []
    if any(n < len(row) and row[n].strip() == parts[n] for row in rows[at + 2 : at + 22]
           for n in filled):  # fmt: skip
        return []
    names, wide = [], ""
    for n, name in enumerate(head):
        wide = name or wide
        part = parts[n] if n < len(parts) else ""
        names.append(f"{wide} {part}" if part else name)
    return names


def is_value(cell: str) -> bool:
    """Whether a cell is a number or a day, which no column is called."""
    return _VALUE.fullmatch(cell) is not None or _DAY.fullmatch(cell) is not None


def _is_tags(row: Cells) -> bool:
    """Whether it is a row of HXL tags: what is filled begins with ``#``, mostly."""
    filled = [cell for cell in map(str.strip, row) if cell]
    tags = sum(cell.startswith("#") and cell[1:2].isalpha() for cell in filled)
    return bool(filled) and tags > 0.5 * len(filled) and tags >= min(2, len(row))


def _titles(rows: Sequence[Cells], first: int) -> list[str]:
    titles = [" ".join(filter(None, map(str.strip, row))) for row in rows[:first]]
    return [title[:MAX_NAME] for title in titles if title]


def _title_notes(titles: Sequence[str]) -> list[str]:
    if not titles:
        return []
    return [f"lines before the header were passed over ({len(titles)}): {titles[0][:80]!r}"]


def _width(rows: Sequence[Cells]) -> int:
    """Cells of most rows; where it varies, of the widest that is common."""
    counts = Counter(map(len, rows))
    common = [width for width, count in counts.items() if count >= 0.1 * len(rows)]
    return max(common, default=0)


def _fitted(names: list[str], body: Sequence[Cells], notes: list[str]) -> list[str]:
    """Name what the rows have and the header has not."""
    counts = Counter(map(len, body))
    width, count = counts.most_common(1)[0] if counts else (0, 0)
    if width <= len(names) or count < 0.5 * len(body):
        return names
    extra = [row for row in body if any(cell.strip() for cell in row[len(names) :])]
    if not extra:
        return names
    more = width - len(names)
    numbers = [row[0].strip() for row in body if len(row) == width]
    if more == 1 and len(numbers) > 1 and numbers == _counted(numbers):
        notes.append("the header has no name for the first column, which numbers the rows")
        return ["", *names]
    notes.append(f"the header names {len(names)} columns, and the rows have {width}")
    return [*names, *[""] * more]


def _counted(numbers: list[str]) -> list[str]:
    start = int(numbers[0]) if _WHOLE.fullmatch(numbers[0]) and len(numbers[0]) < 9 else 0
    return [str(number) for number in range(start, start + len(numbers))]


def _trailing(names: Sequence[str], body: Sequence[Cells]) -> int:
    """Count the names at the end that are empty, and so is every cell below them."""
    named_ones = [at for at, name in enumerate(names) if name.strip()]
    kept = named_ones[-1] + 1 if named_ones else len(names)
    for row in body:
        filled = (at for at in range(min(len(row), len(names)) - 1, kept - 1, -1))
        kept = max(kept, next((at + 1 for at in filled if row[at].strip()), 0))
    return len(names) - kept


def named(names: Sequence[str]) -> tuple[str, ...]:
    """Name every column once: trimmed, ``name (2)`` where it comes again, ``column 7`` if empty."""
    given = [name.strip()[:MAX_NAME] for name in names]
    taken = set(given)
    seen: set[str] = set()
    found = []
    for number, name in enumerate(given, start=1):
        base = name or f"column {number}"
        free, turn = base, 2
        while free in seen or (free != name and free in taken):
            free, turn = f"{base} ({turn})", turn + 1
        seen.add(free)
        found.append(free)
    return tuple(found)


def uses_decimal_comma(rows: Sequence[Cells], width: int, delimiter: str) -> bool:
    """Whether columns of numbers write 33,05 for 33.05.

    "1,234" alone may be a thousand or a fraction: it counts as a fraction where semicolons set
    the cells apart, as they do where the comma is taken.
    """
    commas = points = 0
    for at in range(width):
        cells = [row[at].strip() for row in rows if at < len(row) and row[at].strip()]
        numbers = [match for cell in cells if (match := _COMMA_NUMBER.fullmatch(cell))]
        whole = sum(1 for cell in cells if _WHOLE.fullmatch(cell))
        sure = delimiter == ";" or any(len(match[1]) != 3 for match in numbers)
        if numbers and sure and len(numbers) + whole >= 0.9 * len(cells):
            commas += 1
        elif cells and sum(1 for one in cells if _POINT_NUMBER.fullmatch(one)) > 0.5 * len(cells):
            points += 1
    return commas > points

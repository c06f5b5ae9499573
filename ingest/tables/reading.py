"""Rows of a table file as text, with the lines they stand on: delimited text and spreadsheets.

Nothing is interpreted here. A row that has no shape is given with its reason, and the next is
read; blank lines and a row of HXL tags are counted, not given.
"""

from __future__ import annotations

import codecs
import csv
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any

import charset_normalizer

from geodata.errors import InputError

DELIMITED = (".csv", ".tsv", ".tab")
SHEETS = (".xlsx", ".xlsm", ".xls", ".ods")
TABLES = (*DELIMITED, *SHEETS)
"""Endings of files that are read as tables."""

MAX_CELL = 1_000_000
"""Longest cell, in characters; a row with a longer one is set aside."""
MAX_COLUMNS = 2_000
MAX_INFLATED = 1_500_000_000
"""Bytes that a spreadsheet may unpack to, by its own directory."""

_SAMPLE_BYTES = 1_000_000
_SAMPLE_ROWS = 60
_MARKS = (",", ";", "\t", "|")
_HEADER_WITHIN = 20


Lines = Iterator[tuple[int, list[str] | str]]
"""Line numbers with the cells of the row that begins there, or why there are none."""

_NO_NOTES: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its 1-based line in the file (or of the sheet), and its cells by column."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row without shape: its line, why, and its cells as they stand."""

    line: int
    reason: str
    cells: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class Table:
    """A table file, whose rows may be read several times.

    `columns` are as written, without blanks around them; a name that comes twice is followed by
    `` (2)``, an empty one is ``column 7``. `notes` tell what was assumed. `skipped` counts, after
    a reading, the lines that hold no row.
    """

    name: str
    columns: tuple[str, ...]
    hxl: tuple[str, ...]
    header_line: int
    notes: tuple[str, ...]
    lines: Callable[[], Lines]
    skipped: int = 0

    def rows(self) -> Iterator[Row | BadRow]:
        """Read the rows from the beginning, in the order of the file."""
        return _rows(self, self.lines())

    def sample(self, count: int = 500) -> list[Row]:
        """Give the first rows that have a shape."""
        return [row for row in islice(self.rows(), count) if isinstance(row, Row)]


def is_table(path: str | Path) -> bool:
    """Whether a file is read as a table, by the ending of its name."""
    return Path(path).suffix.lower() in TABLES


def open_table(path: Path, *, sheet: str = "", shown: str = "") -> Table:
    """Find the header of a table; `shown` is its name for the user.

    Raises
    ------
    InputError
        It cannot be opened, has no header and no rows, too many columns, or no such sheet.
    """
    name = shown or path.name
    try:
        if path.suffix.lower() in SHEETS:
            lines, notes = _sheet(path, sheet, name), _NO_NOTES
        else:
            lines, notes = _delimited(path)
        head = list(islice(lines(), _HEADER_WITHIN + _SAMPLE_ROWS))
    except OSError as error:
        raise InputError(f"{name!r} cannot be opened: {error.strerror}") from error
    at = _header_at([cells for _, cells in head if isinstance(cells, list)])
    shaped = [(line, cells) for line, cells in head if isinstance(cells, list)]
    if at is None or not shaped:
        raise InputError(f"{name!r} holds no table: no line with names of columns")
    line, cells = shaped[at]
    columns = _names(cells)
    if len(columns) > MAX_COLUMNS:
        raise InputError(f"{name!r} has {len(columns):,} columns; at most {MAX_COLUMNS:,}")
    after = shaped[at + 1][1] if at + 1 < len(shaped) else []
    tagged = [cell.strip() for cell in after if cell.strip()]
    hxl = bool(tagged) and sum(cell.startswith("#") for cell in tagged) * 2 > len(tagged)
    tags = tuple(cell.strip() for cell in _padded(after, len(columns))) if hxl else ()
    if at:
        notes = (*notes, f"{at} lines above the names of columns were passed over")
    return Table(name=name, columns=columns, hxl=tags, header_line=line, notes=notes, lines=lines)


def _rows(table: Table, lines: Lines) -> Iterator[Row | BadRow]:
    width, past, tags = len(table.columns), False, bool(table.hxl)
    table.skipped = 0
    for line, cells in lines:
        if not past:
            past = line == table.header_line
            continue
        if isinstance(cells, str):
            yield BadRow(line, cells)
        elif not any(cell.strip() for cell in cells):
            table.skipped += 1
        elif tags:
            table.skipped, tags = table.skipped + 1, False
        elif any(cell.strip() for cell in cells[width:]):
            yield BadRow(line, f"{len(cells)} cells, and {width} columns have a name", tuple(cells))
        else:
            yield Row(line, dict(zip(table.columns, _padded(cells, width), strict=True)))


def _padded(cells: Sequence[str], width: int) -> list[str]:
    return [*cells[:width], *([""] * (width - len(cells)))]


def _names(cells: Sequence[str]) -> tuple[str, ...]:
    width = max((i for i, cell in enumerate(cells, start=1) if cell.strip()), default=0)
    seen: Counter[str] = Counter()
    names = []
    for number, cell in enumerate(cells[:width], start=1):
        name = cell.strip().removeprefix("\ufeff") or f"column {number}"
        seen[name.casefold()] += 1
        names.append(name if seen[name.casefold()] == 1 else f"{name} ({seen[name.casefold()]})")
    return tuple(names)


def _header_at(rows: Sequence[list[str]]) -> int | None:
    """The first row that is as wide as most and has words in nearly all of its cells."""
    widths = Counter(sum(bool(cell.strip()) for cell in row) for row in rows)
    usual = max(widths, key=lambda width: (widths[width] * width, width), default=0)
    for at, row in enumerate(rows[:_HEADER_WITHIN]):
        told = [cell.strip() for cell in row if cell.strip()]
        words = [cell for cell in told if not _numeric(cell)]
        if len(told) >= 2 and len(told) * 10 >= usual * 6 and len(words) * 10 >= len(told) * 8:
            return at
    return None


def _numeric(cell: str) -> bool:
    return cell.replace(".", "").replace(",", "").replace("-", "").replace("/", "").isdigit()


# ---------------------------------------------------------------- delimited text


def _delimited(path: Path) -> tuple[Callable[[], Lines], tuple[str, ...]]:
    with path.open("rb") as file:
        raw = file.read(_SAMPLE_BYTES)
    encoding, note = _encoding(raw)
    text = raw.decode(encoding, errors="replace")
    mark = _mark(text, path.suffix.lower())
    return lambda: _parsed(path, encoding, mark), note


def _encoding(raw: bytes) -> tuple[str, tuple[str, ...]]:
    for start, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):  # fmt: skip  # noqa: E501
        if raw.startswith(start):
            return name, _NO_NOTES
    try:
        codecs.getincrementaldecoder("utf-8")().decode(raw, final=len(raw) < _SAMPLE_BYTES)
    except UnicodeDecodeError:
        name = _told_by_bytes(raw)
        return name, (f"the encoding was told by the bytes: {name}",)
    return "utf-8", _NO_NOTES


_OTHER_SCRIPTS = (
    "Cyrillic", "Arabic", "Hebrew", "Greek", "Thai", "CJK", "Hangul", "Hiragana", "Katakana",
    "Devanagari", "Armenian", "Georgian",
)  # fmt: skip


def _told_by_bytes(raw: bytes) -> str:
    """Windows' own encoding for Latin letters, which most such tables have, else the likeliest."""
    best = charset_normalizer.from_bytes(raw[:200_000]).best()
    if best is not None and any(
        script in name for script in _OTHER_SCRIPTS for name in best.alphabets
    ):
        return best.encoding
    try:
        raw.decode("cp1252")
    except UnicodeDecodeError:
        return "latin-1"
    return "cp1252"


def _mark(text: str, suffix: str) -> str:
    """The mark between cells: the one that cuts most lines into the same number of cells."""
    if suffix in (".tsv", ".tab"):
        return "\t"
    lines = text.splitlines()[: _SAMPLE_ROWS * 3]

    def fitness(mark: str) -> float:
        with suppress(csv.Error):
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=mark) if row)
            width, times = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
            return 0.0 if width < 2 else times / max(1, widths.total()) + width / 10_000
        return 0.0

    return max(_MARKS, key=fitness)


def _parsed(path: Path, encoding: str, mark: str) -> Lines:
    csv.field_size_limit(MAX_CELL)
    with path.open(encoding=encoding, errors="surrogateescape", newline="") as file:
        reader = csv.reader(file, delimiter=mark)
        begins = 1
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield begins, f"it cannot be read as a row: {error}"
                begins = reader.line_num + 1
                continue
            except UnicodeError as error:
                yield begins, f"from here on the bytes are no {encoding}: {error}"
                return
            yield begins, [_mended(cell) for cell in cells]
            begins = reader.line_num + 1


def _mended(cell: str) -> str:
    """Read the bytes that are no UTF-8 as Windows would: few tables are all of one encoding."""
    if cell.isascii() or not any("\udc80" <= letter <= "\udcff" for letter in cell):
        return cell
    return cell.encode("utf-8", "surrogateescape").decode("cp1252", errors="replace")


# ---------------------------------------------------------------- spreadsheets


def _sheet(path: Path, wanted: str, shown: str) -> Callable[[], Lines]:
    import python_calamine

    _check_size(path, shown)
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
    except python_calamine.CalamineError as error:
        raise InputError(f"{shown!r} is no spreadsheet that can be read: {error}") from error
    names = book.sheet_names
    if wanted and wanted not in names:
        raise InputError(f"{shown!r} has no sheet {wanted!r}; it has {', '.join(names)}")
    sheets = [wanted] if wanted else names
    grids = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in sheets}
    grid = max(grids.values(), key=len, default=[])

    def lines() -> Lines:
        for number, cells in enumerate(grid, start=1):
            texts = [_cell(cell) for cell in cells]
            if any(len(text) > MAX_CELL for text in texts):
                yield number, f"a cell has more than {MAX_CELL:,} characters"
            else:
                yield number, texts

    return lines


def _check_size(path: Path, shown: str) -> None:
    """Refuse a spreadsheet that unpacks to more than memory should hold."""
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        total = sum(member.file_size for member in archive.infolist())
    if total > MAX_INFLATED or (total > 50_000_000 and total > 200 * path.stat().st_size):
        raise InputError(f"{shown!r} would unpack to {total / 1e6:,.0f} MB: save it as CSV")


def _cell(value: Any) -> str:
    """Write a cell as a person would: whole numbers without a point, days in ISO 8601."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        day, clock = value.date(), value.time()
        return day.isoformat() if clock == time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date | time) else str(value)

"""Rows of a table as a reader gives them: text as written, by column, with their line numbers.

Nothing is interpreted here. What a preset makes of the cells is `ingest.presets`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import pyarrow as pa

BATCH_ROWS = 20_000
"""Rows in a batch, at most: what is held in memory at a time."""

MAX_COLUMNS = 2_000
"""Most columns of a table; a file with more is refused in one line."""

MAX_CELL = 1_000_000
"""Longest cell that is kept, in characters; a row with a longer one goes into quarantine."""


@dataclass(frozen=True, slots=True)
class RowFault:
    """A row that cannot become an incident: where it stands, which value, why.

    `line` is the 1-based line of the file (or row of the sheet, feature of the layer) that the
    row begins on. `raw` holds the row's cells as a JSON list of text, capped, so that it can be
    mended; `column` and `value` are empty where the row as a whole is at fault.
    """

    line: int
    reason: str
    column: str = ""
    value: str = ""
    raw: str = ""


@dataclass(frozen=True, slots=True)
class RowBatch:
    """Some rows of a table.

    Attributes
    ----------
    cells
        One column of text (`pa.string()`) per name of `TableInfo.columns`, in that order. An empty
        cell is the empty text; null is a cell that the file does not have (a short row).
    lines
        1-based line number in the file of each row of `cells`.
    faults
        Rows between these that have no shape: too many cells, a cell too long, bytes of no
        encoding. They are not in `cells`.
    skipped
        Lines that hold no row: blank ones, and an HXL tag row.
    done
        Share of the file that is read, 0 to 1, for a progress bar.
    """

    cells: pa.RecordBatch
    lines: Sequence[int]
    faults: tuple[RowFault, ...] = ()
    skipped: int = 0
    done: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TableInfo:
    """What is known of a table before its rows are read.

    `columns` are as written, trimmed; a name that comes twice is followed by `` (2)``, an empty
    one is ``column 7``. `header_line` is 0 where the file has no header, and 1 in kinds of files
    that name their columns elsewhere than in a row; `hxl` holds the tag of
    each column where a tag row follows the header, else it is empty. `title` is what stands above
    the header. `notes` tell what was
    assumed ("encoding windows-1252 by its bytes"), one sentence each, for the user.
    """

    name: str
    kind: str  # csv, xlsx, ods, parquet, geojson, gpkg, shp, kml
    columns: tuple[str, ...]
    header_line: int = 1
    hxl: tuple[str, ...] = ()
    title: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    decimal_comma: bool = False
    rows: int | None = None  # where the file tells
    size_bytes: int = 0
    sha256: str = ""
    notes: tuple[str, ...] = field(default=())


class Table(Protocol):
    """An opened table. Its rows may be read several times, each time from the file."""

    @property
    def info(self) -> TableInfo:
        """What is known before reading."""
        ...

    def batches(self, *, size: int = BATCH_ROWS) -> Iterator[RowBatch]:
        """Rows in the order of the file, never more than `size` at a time."""
        ...

    def sample(self, rows: int = 200) -> RowBatch:
        """Give the first rows, to recognise the table and to show it."""
        ...

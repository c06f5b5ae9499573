"""What a preset is: a known layout of tables, recognised by its header, read into incidents.

A preset turns text into typed columns and changes no name: actors, countries and divisions stay
as the table writes them, and `ingest.normalising` finds their names in the registry and the
gazetteer afterwards, for all presets alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import pyarrow as pa

from geodata.incident import COUNTS

if TYPE_CHECKING:
    from ingest.readers.tables._batch import RowBatch, RowFault, TableInfo

_TYPED: dict[str, pa.DataType] = {
    "event_date": pa.date32(),
    "event_date_end": pa.date32(),
    "latitude": pa.float64(),
    "longitude": pa.float64(),
    "background": pa.bool_(),
} | {name: pa.int64() for name in COUNTS}

AGGREGATE = "aggregate"
"""Tag of a row that sums up several incidents: it never gets a point."""

FIELD_NAMES: tuple[str, ...] = (
    "event_date", "event_date_end", "date_precision", "event_type", "sub_event_type", "weapon",
    "tactic", "target", "actor1", "actor2", "perpetrator", "attribution", "attributed_by", "place",
    "admin2", "admin1", "country", "latitude", "longitude", "location_precision", "killed_low",
    "killed_best", "killed_high", "injured_low", "injured_best", "injured_high",
    "killed_by_status", "arrested", "abducted", "released", "tags", "notes",
)  # fmt: skip
"""Fields of an incident that a table may fill."""

SCHEMA = pa.schema([(name, _TYPED.get(name, pa.string())) for name in FIELD_NAMES])
"""Types of `Normalised.fields`. `killed_by_status` is a JSON object and `tags` a JSON list, as
text; precision classes, attribution, weapon, tactic and target are words of the vocabulary."""


@dataclass(frozen=True, slots=True)
class RowFlag:
    """A value that is kept, or left out, with a question: the row becomes an incident.

    For instance a province code that the table contradicts, or a point of 0/0 that was left out.
    """

    line: int
    field: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Normalised:
    """What came of the rows of a batch: each is in `fields` or in `faults`, none in both.

    Attributes
    ----------
    fields
        Columns of `SCHEMA`, one row per incident; null where the table tells nothing.
    keys
        The row's own id in its data set ("PAK12345"), one per row of `fields`; empty text where
        the layout has none (an id is then made from the row's content).
    index
        Position of each row of `fields` in the batch's `cells`.
    versions
        Where the layout has a time stamp or version of the row, else empty: of two rows with one
        key the higher counts.
    """

    fields: pa.RecordBatch
    keys: Sequence[str]
    index: Sequence[int]
    faults: tuple[RowFault, ...] = ()
    flags: tuple[RowFlag, ...] = ()
    versions: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """How well a preset knows a table: 0 (not at all) to 1, and in words what was recognised.

    `columns` are the names by which the preset knows the table's columns, in the table's order,
    for a table without a header row or with names in another case.
    """

    score: float
    words: str  # "ACLED, 31 columns, upper-case names"
    columns: tuple[str, ...] = ()


class Preset(Protocol):
    """A known layout."""

    @property
    def name(self) -> str:
        """Its name: acled, ucdp, gtd, gdelt, hxl, monthly, generic."""
        ...

    @property
    def title(self) -> str:
        """Its name for people: "ACLED"."""
        ...

    @property
    def credit(self) -> str:
        """Whom to name where its rows are shown; empty where nobody asks."""
        ...

    @property
    def reports(self) -> bool:
        """Whether its rows are reports, no incidents (GDELT)."""
        ...

    def match(self, info: TableInfo, sample: RowBatch) -> Match | None:
        """Say whether a table has this layout, by its header; None where it has not."""
        ...

    def reader(self, info: TableInfo, sample: RowBatch) -> RowReader:
        """Make ready to read the rows of a table with this layout."""
        ...


class RowReader(Protocol):
    """Reads batches of one table. Picklable, because another process may do it."""

    def read(self, batch: RowBatch) -> Normalised:
        """Turn rows into typed fields."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnRule:
    """Which column fills which field, and how it is written; a line of a mapping.

    `form` says how dates, coordinates or counts are written where the content leaves it open:
    ``dmy``, ``mdy``, ``ymd``, ``serial``; ``decimal``, ``dms``, ``utm 42N``; empty for by content.
    """

    field: str
    columns: tuple[str, ...]
    form: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """How an unknown table is read: the rules, the column of ids, and values for every row.

    Kept as TOML (`docs/tables.md`), in a file or in the project for next time.
    """

    name: str
    rules: tuple[ColumnRule, ...]
    key: tuple[str, ...] = ()
    fixed: dict[str, str] = field(default_factory=dict)  # {"country": "Pakistan"}

"""Opening a table: its rows, the layout or the mapping that reads them, its data set, its key."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from geodata.datasets import REPORTS
from geodata.errors import InputError
from geodata.layouts import LAYOUTS, folded
from ingest.presets import preset_named, recognised
from ingest.presets._mapped import MappedReader
from ingest.presets.generic import PRESET as GENERIC
from ingest.presets.generic import Generic
from ingest.presets.guess import Guess, guess_mapping
from ingest.presets.mapping_toml import read_mapping
from ingest.readers.tables import BATCH_ROWS, open_table
from ingest.readers.tables._layout import NO_HEADER

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.datasets import Dataset
    from ingest.presets._base import Mapping, Match, Preset, RowReader
    from ingest.readers.tables import RowBatch, Table, TableInfo

AUTO = "auto"

_KEYS = {layout.name: layout.key for layout in LAYOUTS.values()} | {
    "gdelt": "globaleventid",
    "atlas": "incident_id",
}
"""Column of a published layout that holds the row's id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableOptions:
    """How a table is read, and what is done with rows that are gone.

    `shown` is the name of the file for the user, where it lies under another one. `mapping` is
    used in place of a layout. With `withdraw`, rows of the data set that the file lacks are
    rejected; without, they stay. With `as_incidents`, rows of a data set of reports (GDELT)
    become incidents, as drafts. With `again`, rows are compared by what is read from them, also
    where they are written as before; `mends` are rows of the quarantine that these replace.
    """

    shown: str = ""
    preset: str = AUTO
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    dataset: str = ""
    mapping: Mapping | None = None
    withdraw: bool = False
    as_incidents: bool = False
    again: bool = False
    mends: tuple[int, ...] = ()
    who: str = "import"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A table that is ready to be read.

    `key` are the positions of the columns that make a row's id, empty where rows have none of
    their own. `guess` tells why a table without a layout is read as it is.
    """

    table: Table
    sample: RowBatch
    preset: Preset
    words: str
    reader: RowReader
    dataset_id: str
    key: tuple[int, ...]
    mapping: Mapping | None = None
    guess: Guess | None = None
    key_given: bool = True  # by the layout or by somebody, not guessed from the first rows

    @property
    def info(self) -> TableInfo:
        """What is known of the table before its rows are read."""
        return self.table.info


def opened(path: Path, options: TableOptions, known: Sequence[Dataset] = ()) -> Opened:
    """Open a table and find out how it is read.

    Parameters
    ----------
    known
        Data sets of the project: a table with the columns of one that has a mapping is read by it.

    Raises
    ------
    InputError
        It is no table, or has not what an incident needs.
    """
    table = open_table(
        path,
        shown=options.shown,
        sheet=options.sheet,
        encoding=options.encoding,
        delimiter=options.delimiter,
    )
    info, sample = table.info, table.sample()
    preset, match = _chosen(info, sample, options, known)
    if match and not info.header_line and len(match.columns) == len(info.columns):
        table = _Renamed(table, match.columns)
        info, sample = table.info, table.sample()
    return ready_to_read(table, info, sample, preset, match, options)


class _Renamed:
    """A table without a header whose columns have the names of its layout: an export of its rows
    has them, and is known by them."""

    def __init__(self, table: Table, columns: tuple[str, ...]) -> None:
        self._table = table
        others = [one for one in table.info.notes if not one.startswith(NO_HEADER)]
        notes = (*others, f"{NO_HEADER}: its layout names its columns")
        self._info = replace(table.info, columns=columns, notes=notes)

    @property
    def info(self) -> TableInfo:
        """What is known before reading."""
        return self._info

    def batches(self, *, size: int = BATCH_ROWS) -> Iterator[RowBatch]:
        """Rows in the order of the file, never more than `size` at a time."""
        return map(self._named, self._table.batches(size=size))

    def sample(self, rows: int = 200) -> RowBatch:
        """Give the first rows."""
        return self._named(self._table.sample(rows))

    def _named(self, batch: RowBatch) -> RowBatch:
        return replace(batch, cells=batch.cells.rename_columns(list(self._info.columns)))


def ready_to_read(
    table: Table,
    info: TableInfo,
    sample: RowBatch,
    preset: Preset,
    match: Match | None,
    options: TableOptions,
) -> Opened:
    """Make ready to read a table by a preset, as its first rows tell.

    Raises
    ------
    InputError
        The table has not what the preset or the mapping needs.
    """
    if isinstance(preset, Generic):
        return _mapped(table, info, sample, preset, options)
    reader = preset.reader(info, sample)
    words = match.words if match else f"{preset.title}, as asked"
    if isinstance(reader, MappedReader):  # tags and monthly sheets: a mapping of their own
        return _by_mapping(table, sample, preset, options, reader, words)
    return Opened(
        table=table,
        sample=sample,
        preset=preset,
        words=words,
        reader=reader,
        dataset_id=options.dataset or preset.name,
        key=_position(match.columns if match else info.columns, _KEYS.get(preset.name, "")),
    )


def _mapped(
    table: Table, info: TableInfo, sample: RowBatch, preset: Generic, options: TableOptions
) -> Opened:
    """A table that is read by a mapping, given or guessed."""
    guess = None if preset.mapping else guess_mapping(info, sample)
    mapping = preset.mapping or (
        replace(guess.mapping, name=PurePath(info.name).name) if guess else None
    )
    reader = Generic(mapping, preset.today).reader(info, sample)
    words = "by the names of its columns" if guess else f"by the mapping {reader.mapping.name!r}"
    return replace(
        _by_mapping(table, sample, preset, options, reader, words),
        guess=guess,
        key_given=guess is None,
    )


def _by_mapping(
    table: Table,
    sample: RowBatch,
    preset: Preset,
    options: TableOptions,
    reader: MappedReader,
    words: str,
) -> Opened:
    columns = table.info.columns
    return Opened(
        table=table,
        sample=sample,
        preset=preset,
        words=words,
        reader=reader,
        dataset_id=options.dataset or dataset_id_of(table.info.name),
        key=tuple(columns.index(name) for name in reader.mapping.key if name in columns),
        mapping=reader.mapping,
        key_given=False,
    )


def _chosen(
    info: TableInfo, sample: RowBatch, options: TableOptions, known: Sequence[Dataset]
) -> tuple[Preset, Match | None]:
    if options.mapping is not None:
        return Generic(options.mapping), None
    if options.preset == AUTO:
        kept = _kept_mapping(info, options, known)
        if kept is not None:
            return Generic(kept), None
        return recognised(info, sample) or (GENERIC, None)
    preset = preset_named(options.preset)
    if isinstance(preset, Generic):
        return preset, None
    match = preset.match(info, sample)
    if match is None or not match.score:
        raise InputError(
            f"{info.name}: it has not the layout {preset.name!r}, by its columns"
            f" {', '.join(map(repr, info.columns[:8]))}: leave --preset away"
        )
    return preset, match


def _kept_mapping(
    info: TableInfo, options: TableOptions, known: Sequence[Dataset]
) -> Mapping | None:
    """Give the mapping of a data set: the one named, else one made for these very columns."""
    wanted = options.dataset or dataset_id_of(info.name)
    for one in sorted(known, key=lambda one: one.dataset_id != wanted):
        if not one.mapping:
            continue
        mapping = read_mapping(one.mapping, f"the mapping of {one.dataset_id!r}")
        used = {name for rule in mapping.rules for name in rule.columns} | set(mapping.key)
        if used <= set(info.columns) and (one.dataset_id == wanted or len(used) > _FEW):
            return mapping
    return None


_FEW = 4
"""Columns that tables share by chance ("Date", "Place"); a mapping of more of them is known by
them in a table of another name."""


def _position(names: Sequence[str], key: str) -> tuple[int, ...]:
    folds = [folded(name) for name in names]
    return (folds.index(key),) if key and key in folds else ()


def dataset_id_of(name: str) -> str:
    """Make the id of a data set from the name of a file."""
    stem = re.sub(r"\.(?:csv|tsv|tab|txt|shp)$", "", PurePath(name).stem.casefold())
    plain = re.sub(r"[^a-z0-9_]+", "-", stem.encode("ascii", "ignore").decode())
    found = plain.strip("-_")[:60].rstrip("-_")
    return f"{found}-table" if found == REPORTS else found or "table"

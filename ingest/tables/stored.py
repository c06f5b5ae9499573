"""Rows that a project holds, read once more: after a decision or a better mapping, or mended.

The rows as written are kept, so that a table need not be there again. They go through the same
reading, comparison and history as a file does, and are taken back in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

import orjson
import pyarrow as pa

from geodata.batches import batched
from geodata.errors import InputError
from ingest.presets import preset_named
from ingest.presets.generic import Generic
from ingest.presets.mapping_toml import read_mapping
from ingest.readers.tables import BATCH_ROWS, RowBatch, TableInfo
from ingest.tables.importing import run
from ingest.tables.opening import Opened, TableOptions, ready_to_read

if TYPE_CHECKING:
    from geodata.datasets import Dataset, Import
    from geodata.incident import Quarantined
    from geodata.store import Store
    from ingest.pipeline import Tools
    from ingest.presets._base import Mapping, Preset
    from ingest.tables.report import TableReport

SAMPLE = 200
"""Rows by which the order of dates and the like are told, as for a file."""

Cells = Sequence[str | None]


class StoredTable:
    """Rows as written, as a table that can be read like a file (`ingest.readers.tables.Table`)."""

    def __init__(self, info: TableInfo, rows: Iterable[Cells], lines: Sequence[int] = ()) -> None:
        self.info = info
        self._rows = rows
        self._lines = lines

    def batches(self, *, size: int = BATCH_ROWS) -> Iterator[RowBatch]:
        """Rows in their order; a stream can be read once."""
        first = 1
        for rows in batched(self._rows, size):
            lines = self._lines or range(first, first + len(rows))
            yield RowBatch(_cells(rows, self.info.columns), lines)
            first += len(rows)

    def sample(self, rows: int = SAMPLE) -> RowBatch:
        """Give the first rows."""
        return next(self.batches(size=rows))


def reread(
    store: Store, dataset_id: str, tools: Tools, *, mapping: Mapping | None = None, who: str
) -> list[TableReport]:
    """Read the rows of a data set once more, by a new mapping where one is given.

    Gives a report for each layout of columns in which its rows came.

    Raises
    ------
    InputError
        There is no such data set, it has no incidents, or the mapping names a column that its
        rows have not.
    """
    dataset = _known(store, dataset_id)
    reports = []
    for one in _layouts(store, dataset_id):
        rows = (row.cells for row in store.original_rows(dataset_id) if row.columns == one.columns)
        ready = _ready(store, dataset, one, StoredTable(_info(one, "read again"), rows), mapping)
        options = TableOptions(mapping=mapping, who=who, again=True)
        reports.append(run(store, ready, tools, options))
    return reports


def mend(
    store: Store,
    dataset_id: str,
    rows: Sequence[tuple[Quarantined, Cells]],
    tools: Tools,
    *,
    who: str,
) -> list[TableReport]:
    """Read rows that were set aside once more, with the cells as somebody mended them.

    A row that still cannot be read is set aside anew, with its reason and the cells as they are.

    Raises
    ------
    InputError
        There is no such data set, or a row has not as many cells as its table has columns.
    """
    dataset = _known(store, dataset_id)
    by_import = {one.import_id: one for one in store.imports(dataset_id)}
    groups: dict[tuple[str, ...], list[tuple[Quarantined, Cells]]] = {}
    for entry, cells in rows:
        made_by = by_import.get(entry.import_id or 0)
        if made_by is None or len(cells) != len(made_by.columns):
            raise InputError(
                f"row {entry.row} of {entry.source!r} has {len(cells)} cells, not one for each"
                " column of its table: mend it in the file, and import that again"
            )
        groups.setdefault(made_by.columns, []).append((entry, cells))
    reports = []
    for columns, group in groups.items():
        made_by = next(one for one in by_import.values() if one.columns == columns)
        table = StoredTable(
            _info(made_by, "mended by hand"),
            [cells for _, cells in group],
            [entry.row or 0 for entry, _ in group],
        )
        ready = _ready(store, dataset, made_by, table, None)
        ids = [entry.quarantine_id for entry, _ in group if entry.quarantine_id is not None]
        options = TableOptions(who=who, mends=tuple(ids))
        reports.append(run(store, ready, tools, options))
    return reports


def cells_of(entry: Quarantined, columns: Sequence[str]) -> list[str] | None:
    """Give the cells of a row that was set aside, None where they are not whole."""
    try:
        cells = orjson.loads(entry.raw)
    except ValueError:
        return None  # cut short
    if not isinstance(cells, list) or len(cells) > len(columns):
        return None
    texts = ["" if cell is None else str(cell) for cell in cells]
    return texts + [""] * (len(columns) - len(texts))


def _known(store: Store, dataset_id: str) -> Dataset:
    dataset = store.dataset(dataset_id)
    if dataset is None:
        names = ", ".join(one.dataset_id for one in store.datasets()) or "none"
        raise InputError(f"no data set {dataset_id!r} in the project; there are: {names}")
    return dataset


def _layouts(store: Store, dataset_id: str) -> list[Import]:
    """Give the newest import that stands for each layout of columns."""
    found: dict[tuple[str, ...], Import] = {}
    for one in store.imports(dataset_id):
        if not (one.undone or one.reports):
            found[one.columns] = one
    if not found:
        raise InputError(f"data set {dataset_id!r} has no rows that are incidents to read again")
    return list(found.values())


def _info(made_by: Import, words: str) -> TableInfo:
    detail = made_by.detail
    header, tags, sheet = (detail.get(name) for name in ("header_line", "hxl", "sheet"))
    return TableInfo(
        name=f"{made_by.source} ({words})",
        kind="csv",
        columns=made_by.columns,
        header_line=header if isinstance(header, int) else 1,
        hxl=tuple(map(str, tags)) if isinstance(tags, list) else (),
        sheet=str(sheet or ""),
    )


def _ready(
    store: Store, dataset: Dataset, made_by: Import, table: StoredTable, mapping: Mapping | None
) -> Opened:
    """Make ready to read rows again as the data set's first rows tell."""
    mapping = mapping or (
        read_mapping(dataset.mapping, f"the mapping of {dataset.dataset_id!r}")
        if dataset.mapping
        else None
    )
    preset: Preset = Generic(mapping) if mapping else preset_named(dataset.preset)
    known = (r.cells for r in store.original_rows(dataset.dataset_id)
             if r.columns == made_by.columns)  # fmt: skip
    sample = StoredTable(table.info, list(islice(known, SAMPLE)))
    try:
        first = sample.sample()
    except StopIteration:
        first = table.sample()
    named = replace(table.info, name=made_by.source)  # layouts read country and year from it
    ready = ready_to_read(table, named, first, preset, preset.match(named, first), TableOptions())
    return replace(ready, dataset_id=dataset.dataset_id)


def _cells(rows: Sequence[Cells], columns: Sequence[str]) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays(
        [pa.array(column, pa.string()) for column in zip(*rows, strict=True)], names=list(columns)
    )

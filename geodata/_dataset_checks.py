"""Checks of imported data sets; `conformance` enters them into its registry."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

NAMED = 3


def records(connection: sqlite3.Connection) -> Iterator[str]:
    """Every row of a table is an incident of its data set, and every such incident is a row."""
    yield from _first(
        connection,
        "SELECT r.fid FROM records r LEFT JOIN incidents i ON i.fid = r.fid"
        " LEFT JOIN imports m ON m.import_id = r.import_id"
        " WHERE i.fid IS NULL OR m.import_id IS NULL OR i.dataset IS NOT m.dataset_id"
        " OR m.undone NOTNULL",
        "rows belong to no incident of their import's data set",
    )
    yield from _first(
        connection,
        "SELECT i.incident_id FROM incidents i LEFT JOIN records r ON r.fid = i.fid"
        " WHERE i.dataset IN (SELECT dataset_id FROM imports) AND r.fid IS NULL",
        "incidents of a data set are no row of an import",
    )


def imports(connection: sqlite3.Connection) -> Iterator[str]:
    """The counts of every import add up, and those of a data set to its incidents."""
    yield from _first(
        connection,
        'SELECT import_id FROM imports WHERE "rows" <>'
        " added + changed + unchanged + quarantined + duplicates",
        "imports have counts that do not add up to their rows",
    )
    yield from _first(
        connection,
        "SELECT import_id FROM imports WHERE finished IS NULL AND undone IS NULL"
        " AND json_extract(detail, '$.progress') IS NULL",
        "imports were never finished; take them back",
    )
    for dataset_id, added, there in connection.execute(
        "SELECT d.dataset_id, total(m.added), (SELECT count(*) FROM incidents i"
        " WHERE i.dataset = d.dataset_id) FROM datasets d JOIN imports m USING (dataset_id)"
        " WHERE m.undone IS NULL AND json_extract(m.detail, '$.documents') IS NULL"
        f" AND d.dataset_id NOT IN ({_OPEN}) GROUP BY d.dataset_id"
    ):
        if int(added) != there:
            yield f"imports added {int(added):,} incidents of {dataset_id!r}; there are {there:,}"


# Who adds rows without a word of how far it is has no counts yet.
_OPEN = (
    "SELECT dataset_id FROM imports WHERE finished IS NULL AND undone IS NULL"
    " AND json_extract(detail, '$.progress') IS NULL"
)


def unfinished(connection: sqlite3.Connection) -> Iterator[str]:
    """No import waits for the rest of its file."""
    for number, source, rows in connection.execute(
        'SELECT import_id, source, "rows" FROM imports WHERE finished IS NULL AND undone IS NULL'
        " AND json_extract(detail, '$.progress') NOTNULL ORDER BY import_id"
    ):
        yield (
            f"import {number} of {str(source)!r} was stopped after {int(rows):,} rows: read the"
            " same file again, which goes on there, or take the import back"
        )


def as_written(connection: sqlite3.Connection) -> Iterator[str]:
    """Every row of a table is kept as written, whole and unchanged, by its digest."""
    columns = {
        number: len(json.loads(names))
        for number, names in connection.execute("SELECT import_id, columns FROM imports")
    }
    yield from _first(
        connection,
        "SELECT r.fid FROM records r LEFT JOIN (SELECT import_id, min(first) AS first,"
        " max(first + count) AS past FROM originals GROUP BY import_id) o USING (import_id)"
        " WHERE o.first IS NULL OR r.position < o.first OR r.position >= o.past",
        "rows are not kept as written",
    )
    yield from _first(connection, _GAPS, "imports lack blocks of rows as written")
    for number, count in columns.items():
        bad = list(_spoilt(connection, number, count))
        if bad:
            yield f"import {number} has {len(bad):,} spoilt blocks of rows: {_some(bad)}"


_GAPS = (
    "SELECT DISTINCT import_id FROM (SELECT import_id, first, coalesce(lag(first + count) OVER"
    " (PARTITION BY import_id ORDER BY first), 0) AS wanted FROM originals) WHERE first <> wanted"
)


def _spoilt(connection: sqlite3.Connection, number: int, columns: int) -> Iterator[str]:
    """Blocks of an import that cannot be read, or hold a row that its digest does not know."""
    import numpy as np

    rows = connection.execute(
        "SELECT position, digest FROM records WHERE import_id = ? ORDER BY position", [number]
    ).fetchall()
    positions, digests = np.array(rows, dtype=np.int64).reshape(-1, 2).T
    for fid, first, count, block in connection.execute(
        "SELECT fid, first, count, block FROM originals WHERE import_id = ?", [number]
    ):
        known = _digests_of(block, columns, count)
        start, end = np.searchsorted(positions, (first, first + count))
        at = positions[start:end] - first
        if known is None or (known[at] != digests[start:end]).any():
            yield str(fid)


def _digests_of(block: bytes, columns: int, count: int) -> npt.NDArray[np.int64] | None:
    """Digests of a block's rows; None where it is not what the file says."""
    import pyarrow as pa

    from geodata import originals

    try:
        cells = originals.unpack(block)
        batch = pa.RecordBatch.from_arrays(
            [pa.array(column, pa.string()) for column in cells],
            names=[str(at) for at in range(len(cells))],
        )
    except (ValueError, TypeError):
        return None
    whole = batch.num_columns == columns and batch.num_rows == count
    return originals.digests(batch) if whole else None


def _first(connection: sqlite3.Connection, sql: str, words: str) -> Iterator[str]:
    found = [str(row[0]) for row in connection.execute(sql)]
    if found:
        yield f"{len(found):,} {words}: {_some(found)}"


def _some(names: Sequence[str]) -> str:
    return ", ".join(map(repr, names[:NAMED])) + (" …" if len(names) > NAMED else "")

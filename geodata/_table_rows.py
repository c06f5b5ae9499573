"""Rows of tables in a project file: added in bulk, known by their digests, given as written."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from geodata import _queries as queries
from geodata import _rows as rows
from geodata import _schema as schema
from geodata._bulk import Bulk
from geodata._imports import Imports
from geodata.datasets import Import, KnownRows, OriginalRow
from geodata.errors import InputError, StoreError
from geodata.filters import Filter
from geodata.incident import Json, Status

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    from geodata._sqlite import Connections

_ASKED_AT_ONCE = 10_000


class TableRows(Imports):
    """Rows of tables; the store of a project file inherits this and can write."""

    def __init__(self, connections: Connections) -> None:
        super().__init__(connections)
        self._bulk = Bulk()

    def add_rows(
        self,
        into: Import,
        fields: pa.RecordBatch,
        cells: pa.RecordBatch,
        versions: Sequence[int] = (),
        digests: npt.NDArray[np.int64] | None = None,
        blocks: Sequence[tuple[int, bytes]] = (),
    ) -> int:
        """Add rows of a table as incidents (see `DatasetStore`). Gives how many.

        Raises
        ------
        InputError
            A value is impossible, the columns are not the import's, or the import is closed.
        StoreError
            An id is in the project already.
        """
        from geodata import _table_columns as table
        from geodata import originals

        count = int(fields.num_rows)
        ready = table.checked(fields)
        with self._writing() as connection:
            self._must_fit(into, fields, cells, versions)
            self._bulk.expect(connection, count)
            first = _next_fid(connection)
            # A column that tells nothing is left to the table's own null.
            told = [n for n in ready.schema.names if ready[n].null_count < count]
            columns = {name: table.values(ready[name]) for name in told}
            if "status" in columns:
                columns["status"] = [word or Status.CONFIRMED.value for word in columns["status"]]
            columns[schema.GEOMETRY] = table.points(ready) or [None] * count
            columns["fid"] = list(range(first, first + count))
            self._bulk.drawn(first, *table.degrees(ready))
            known = {"dataset": into.dataset_id, "status": Status.CONFIRMED.value}
            known |= dict.fromkeys(("created", "updated"), rows.timestamp())
            _insert_columns(
                connection, columns, {k: v for k, v in known.items() if k not in columns}
            )
            position = self._keep_cells(connection, into, blocks or originals.pack(cells))
            marks = originals.digests(cells) if digests is None else digests
            self._keep_records(connection, into, marks, versions, first=first, position=position)
            self._give_edits_back(connection, into, columns["incident_id"])
        return count

    def _must_fit(
        self, into: Import, fields: pa.RecordBatch, cells: pa.RecordBatch, versions: Sequence[int]
    ) -> None:
        import pyarrow.compute as pc

        if self._must_be_open(into).dataset_id != into.dataset_id:
            raise InputError(f"import {into.import_id} is not of data set {into.dataset_id!r}")
        own = pc.starts_with(fields["incident_id"], f"{into.dataset_id}:")
        if not pc.all(own, min_count=0).as_py():
            raise InputError(f"the ids of the rows must begin with {into.dataset_id}:")
        if tuple(cells.schema.names) != into.columns:
            raise InputError(f"the rows have columns {cells.schema.names!r}, not {into.columns!r}")
        if fields.num_rows != cells.num_rows or len(versions) not in (0, fields.num_rows):
            raise InputError(
                f"{fields.num_rows:,} rows come with {cells.num_rows:,} rows of cells and"
                f" {len(versions):,} versions"
            )

    def _give_edits_back(
        self, connection: sqlite3.Connection, into: Import, incident_ids: Sequence[str]
    ) -> None:
        """Bring back what analysts edited of these incidents before an import was undone."""

    @staticmethod
    def _keep_cells(
        connection: sqlite3.Connection, into: Import, blocks: Iterable[tuple[int, bytes]]
    ) -> int:
        """Keep rows as written; gives the position of the first of them in the import."""
        (first,) = connection.execute(
            "SELECT coalesce(max(first + count), 0) FROM originals WHERE import_id = ?",
            [into.import_id],
        ).fetchone()
        at = int(first)
        for count, block in blocks:
            connection.execute(
                "INSERT INTO originals (import_id, first, count, block) VALUES (?, ?, ?, ?)",
                [into.import_id, at, count, block],
            )
            at += count
        return int(first)

    @staticmethod
    def _keep_records(
        connection: sqlite3.Connection,
        into: Import,
        digests: npt.NDArray[np.int64],
        versions: Sequence[int],
        *,
        first: int,
        position: int,
    ) -> None:
        count = len(digests)
        connection.executemany(
            f"INSERT INTO records (fid, import_id, position, version, digest)"
            f" VALUES (?, {int(into.import_id)}, ?, ?, ?)",
            zip(
                range(first, first + count),
                range(position, position + count),
                versions or [0] * count,
                digests.tolist(),
                strict=True,
            ),
        )

    # ------------------------------------------------------------ reading

    def expect_rows(self, count: int) -> None:
        """Say that about `count` rows are to be added in this block (see `DatasetStore`)."""
        with self._writing() as connection:
            self._bulk.expect(connection, count)

    def known_rows(self, dataset_id: str, *, before: int = 0) -> KnownRows:
        """Every row of a data set, to tell new, changed, unchanged and missing ones apart.

        With `before`, the number of its last import, as they were before that.
        """
        import numpy as np

        from geodata import originals

        parts, numbers = [np.zeros(0, "S16")], [np.zeros((0, 3), np.int64)]
        with self._reading() as connection:
            found = connection.execute(
                f"{_KNOWN_BEFORE if before else _KNOWN} AND i.{_BY_ID.replace(' AND ', ' AND i.')}",
                [*([before, before] if before else []), *_ids_of(dataset_id)],
            )
            while lot := found.fetchmany(_ASKED_AT_ONCE):
                parts.append(originals.marks([row[0] for row in lot]))
                numbers.append(np.array([row[1:] for row in lot], dtype=np.int64))
        marks, table = np.concatenate(parts), np.concatenate(numbers)
        order = np.argsort(marks)
        fids, digests, versions = (table[order, at] for at in range(3))
        return KnownRows(marks[order], fids, digests, versions)

    def incident_ids(self, fids: Sequence[int]) -> list[str]:
        """Ids of the incidents with these numbers of `known_rows`, in their order."""
        numbers = [int(fid) for fid in fids]
        found: dict[int, str] = {}
        for start in range(0, len(numbers), _ASKED_AT_ONCE):
            found |= dict(
                self._fetch(
                    "SELECT fid, incident_id FROM incidents"
                    " WHERE fid IN (SELECT value FROM json_each(?))",
                    [json.dumps(numbers[start : start + _ASKED_AT_ONCE])],
                )
            )
        return [found[fid] for fid in numbers if fid in found]

    def original_rows(
        self, dataset_id: str, which: Filter | Sequence[str] | None = None
    ) -> Iterator[OriginalRow]:
        """Rows as written, of a filter's incidents, of some ids, or all; in order of import."""
        condition, values = _which(dataset_id, which)
        with self._reading() as connection:
            columns = {
                number: tuple(json.loads(names))
                for number, names in connection.execute(
                    "SELECT import_id, columns FROM imports WHERE dataset_id = ?", [dataset_id]
                )
            }
            found = connection.execute(
                "SELECT r.import_id, r.position, i.incident_id FROM"
                f" (SELECT fid, incident_id FROM incidents WHERE {condition}) i"
                " CROSS JOIN records r ON r.fid = i.fid ORDER BY r.import_id, r.position",
                values,
            )
            for import_id, group in groupby(found, key=lambda row: int(row[0])):
                rows_of_import = ((row[1], row[2]) for row in group)
                yield from _as_written(connection, import_id, columns[import_id], rows_of_import)

    def kept_values(self, incident_id: str) -> dict[str, Json]:
        """What the newest release says of the fields where an analyst's value stands."""
        found = self._fetch(
            "SELECT kept FROM records WHERE kept NOTNULL AND fid ="
            " (SELECT fid FROM incidents WHERE incident_id = ?)",
            [rows.clean(incident_id)],
        )
        return dict(json.loads(found[0][0])) if found else {}


def _next_fid(connection: sqlite3.Connection) -> int:
    (last,) = connection.execute(
        f"SELECT max((SELECT coalesce(max(fid), 0) FROM {schema.LAYER}),"
        " (SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = ?))",
        [schema.LAYER],
    ).fetchone()
    return int(last) + 1


def _insert_columns(
    connection: sqlite3.Connection, columns: dict[str, list[Any]], constants: dict[str, str]
) -> None:
    """Insert rows that are given by column; constants are written into the statement's values.

    So are columns that hold one plain value alone, as half of them do: it need not be bound a
    million times.
    """
    alone = {
        name: word
        for name, column in columns.items()
        if name != "incident_id" and (word := _only_value(column))
    }
    columns = {name: column for name, column in columns.items() if name not in alone}
    names = ", ".join((*columns, *alone, *constants))
    words = [*alone.values(), *(f"'{word}'" for word in constants.values())]
    marks = ", ".join([*("?" * len(columns)), *words])
    try:
        connection.executemany(
            f"INSERT INTO {schema.LAYER} ({names}) VALUES ({marks})",
            zip(*columns.values(), strict=True),
        )
    except sqlite3.IntegrityError as error:
        raise StoreError(f"a row of the table is already in the project ({error})") from error


_PLAIN = re.compile(r"[\w {}\[\].:/-]{0,80}", re.ASCII)


def _only_value(column: list[Any]) -> str:
    """Give the literal of the one value that a column holds, empty where there are several."""
    value = column[0]
    if value is None:
        literal = "NULL"
    elif isinstance(value, int):
        literal = str(int(value))
    elif isinstance(value, str) and _PLAIN.fullmatch(value):
        literal = f"'{value}'"
    else:
        return ""
    return literal if column.count(value) == len(column) else ""


_KNOWN = (
    "SELECT i.incident_id, r.fid, r.digest, r.version FROM incidents i"
    " CROSS JOIN records r ON r.fid = i.fid WHERE TRUE"
)
# What an import replaced is kept for its undo; a row without that was added by it.
_KNOWN_BEFORE = (
    "SELECT i.incident_id, r.fid, coalesce(json_extract(u.record, '$[3]'), r.digest),"
    " coalesce(json_extract(u.record, '$[2]'), r.version) FROM incidents i"
    " CROSS JOIN records r ON r.fid = i.fid LEFT JOIN import_undo u"
    " ON u.import_id = ? AND u.incident_id = i.incident_id"
    " WHERE (r.import_id <> ? OR u.record NOTNULL)"
)
# Ids begin with the data set's, so that the index of ids tells its rows without reading them.
_BY_ID = "incident_id >= ? AND incident_id < ?"


def _ids_of(dataset_id: str) -> list[Any]:
    return [f"{dataset_id}:", f"{dataset_id};"]  # the character after the colon


def _which(dataset_id: str, which: Filter | Sequence[str] | None) -> tuple[str, list[Any]]:
    if which is None:
        return _BY_ID, _ids_of(dataset_id)
    # The plus keeps SQLite from walking the whole data set for a few of its rows.
    if isinstance(which, Filter):
        clause, values = which.clause(queries.SQL)
        return f"{clause} AND +dataset = ?", [*values, dataset_id]
    ids = "incident_id IN (SELECT value FROM json_each(?))"
    return f"{ids} AND +dataset = ?", [json.dumps(list(which)), dataset_id]


def _as_written(
    connection: sqlite3.Connection,
    import_id: int,
    columns: tuple[str, ...],
    wanted: Iterator[tuple[int, str]],
) -> Iterator[OriginalRow]:
    """Rows of one import, in order of position; each block is unpacked once."""
    from geodata import originals

    first, table = 0, list[tuple[str | None, ...]]()
    for position, incident_id in wanted:
        if not first <= position < first + len(table):
            found = connection.execute(
                "SELECT first, block FROM originals WHERE import_id = ? AND first <= ?"
                " ORDER BY first DESC LIMIT 1",
                [import_id, position],
            ).fetchone()
            try:
                first, table = found[0], list(zip(*originals.unpack(found[1]), strict=True))
                cells = table[position - first]
            except (TypeError, IndexError, ValueError) as error:
                what = f"the row as written of incident {incident_id!r}"
                raise rows.unreadable(what, error) from error
        cells = table[position - first]
        yield OriginalRow(incident_id, import_id, columns, cells)

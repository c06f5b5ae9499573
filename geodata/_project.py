"""The reading half of a project file: what it holds, asked through a pool of connections."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from geodata import _queries as queries
from geodata import _rows as rows
from geodata import _touched
from geodata._arrow import arrow_batches
from geodata.errors import InputError
from geodata.incident import FIELDS, Change, Claim, Document, Incident, Quarantined
from geodata.store import Problem
from geodata.timeline import bars, must_be_step

if TYPE_CHECKING:
    import geopandas
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    from geodata._sqlite import Connections
    from geodata._touched import Position, Touched
    from geodata.admin_areas import AdminArea, BoundaryLayer
    from geodata.filters import Filter
    from geodata.summary import Totals
    from geodata.timeline import Dated
    from geodata.tolls import Tolls

_INCIDENT = ", ".join(FIELDS)
_DOCUMENT = ", ".join(rows.DOCUMENT_COLUMNS)


class Project:
    """What the file holds; every method reads one snapshot."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def snapshot(self) -> AbstractContextManager[None]:
        """One state for every read of this thread inside the block, whatever others commit."""
        return self._connections.snapshot()

    def _reading(self) -> AbstractContextManager[sqlite3.Connection]:
        return self._connections.reading()

    # ------------------------------------------------------------ documents

    def document_with_sha256(self, sha256: str) -> Document | None:
        """Find the report with these original bytes."""
        return self._document("sha256", sha256)

    def document(self, document_id: str) -> Document | None:
        """One report by its id."""
        return self._document("document_id", document_id)

    def document_with_url(self, url: str) -> Document | None:
        """Find a report by its address, the first where there are several; none for no address."""
        return self._document("url", url) if url else None

    def table_credits(self) -> list[str]:
        """Whom to credit for imported tables, each once."""
        found = self._fetch(
            "SELECT DISTINCT credit FROM datasets WHERE credit <> '' ORDER BY credit", []
        )
        return [str(credit) for (credit,) in found]

    def _document(self, column: str, value: str) -> Document | None:
        found = self._fetch(
            f"SELECT {_DOCUMENT} FROM documents WHERE {column} = ? ORDER BY fid LIMIT 1",
            [rows.clean(value, rows.MAX_URL if column == "url" else rows.MAX_NAME)],
        )
        return rows.document_from(found[0]) if found else None

    def original(self, document_id: str) -> bytes | None:
        """Bytes of a report as they were given; None for an unknown report."""
        found = self._fetch(
            "SELECT original FROM documents WHERE document_id = ?", [rows.clean(document_id)]
        )
        return bytes(found[0][0] or b"") if found else None

    def documents(self, *, limit: int = 100, offset: int = 0) -> list[Document]:
        """Reports, newest publication first; those without a date come last."""
        found = self._fetch(
            f"SELECT {_DOCUMENT} FROM documents ORDER BY published DESC, fid DESC LIMIT ? OFFSET ?",
            [limit, offset],
        )
        return [rows.document_from(row) for row in found]

    def count_documents(self) -> int:
        """Number of reports."""
        return self._number("SELECT count(*) FROM documents")

    # ------------------------------------------------------------ quarantine

    def quarantine(
        self,
        *,
        limit: int = 100,
        offset: int = 0,
        dataset_id: str | None = None,
        unresolved: bool = False,
    ) -> list[Quarantined]:
        """Give quarantined inputs, newest first: all, those of a data set, those still to mend."""
        condition, values = _quarantined(dataset_id, unresolved)
        found = self._fetch(
            f"SELECT {', '.join(rows.QUARANTINE_COLUMNS)}, fid FROM quarantine WHERE {condition}"
            " ORDER BY fid DESC LIMIT ? OFFSET ?",
            [*values, limit, offset],
        )
        return [rows.quarantine_from(row) for row in found]

    def count_quarantine(self, *, dataset_id: str | None = None, unresolved: bool = False) -> int:
        """Number of quarantined inputs (as `quarantine` takes them)."""
        condition, values = _quarantined(dataset_id, unresolved)
        return self._number(f"SELECT count(*) FROM quarantine WHERE {condition}", values)

    # ------------------------------------------------------------ incidents

    def incident(self, incident_id: str) -> Incident | None:
        """One incident by its id."""
        found = self._fetch(
            f"SELECT {_INCIDENT} FROM incidents WHERE incident_id = ?", [rows.clean(incident_id)]
        )
        return rows.incident_from(found[0]) if found else None

    def incidents(
        self,
        where: Filter,
        *,
        limit: int | None = None,
        offset: int = 0,
        order: str = "-event_date",
    ) -> list[Incident]:
        """Matching incidents; missing values of the ordered field come last either way."""
        return list(self._each(where, order, -1 if limit is None else limit, offset))

    def each(self, where: Filter, *, order: str = "-event_date") -> Iterator[Incident]:
        """Matching incidents one by one from one state, without holding them all in memory."""
        return self._each(where, order, -1, 0)

    def _each(self, where: Filter, order: str, limit: int, offset: int) -> Iterator[Incident]:
        clause, values = where.clause(queries.SQL)
        sql = f"SELECT {_INCIDENT} FROM incidents WHERE {clause} ORDER BY {_ordering(order)}"
        with self._reading() as connection:
            found = connection.execute(f"{sql} LIMIT ? OFFSET ?", [*values, limit, offset])
            yield from map(rows.incident_from, found)

    def count(self, where: Filter) -> int:
        """Number of matching incidents."""
        clause, values = where.clause(queries.SQL)
        return self._number(f"SELECT count(*) FROM incidents WHERE {clause}", values)

    def incidents_of_document(self, document_id: str) -> list[Incident]:
        """Incidents that a report tells, in the order of the text."""
        columns = ", ".join(f"i.{name}" for name in FIELDS)
        found = self._fetch(
            f'SELECT {columns} FROM incidents i JOIN (SELECT incident_id, min("start") AS first'
            " FROM claims WHERE document_id = ? GROUP BY incident_id) c"
            " ON c.incident_id = i.incident_id ORDER BY c.first IS NULL, c.first, i.fid",
            [rows.clean(document_id)],
        )
        return [rows.incident_from(row) for row in found]

    def claims(self, incident_id: str) -> list[Claim]:
        """What the reports say of an incident, in the order it was read."""
        found = self._fetch(
            f"SELECT {', '.join(rows.CLAIM_COLUMNS)} FROM claims WHERE incident_id = ?"
            " ORDER BY fid",
            [rows.clean(incident_id)],
        )
        return [rows.claim_from(row) for row in found]

    def changes(self, incident_id: str) -> list[Change]:
        """Edits of an incident, oldest first."""
        found = self._fetch(
            f"SELECT {', '.join(rows.CHANGE_COLUMNS)} FROM changes WHERE incident_id = ?"
            " ORDER BY change_id",
            [rows.clean(incident_id)],
        )
        return [rows.change_from(row) for row in found]

    def frame(self, where: Filter, columns: Sequence[str] | None = None) -> geopandas.GeoDataFrame:
        """Matching incidents as a GeoDataFrame in EPSG:4326, missing points as None.

        Dates become datetime64, counts nullable Int64; `killed_by_status` and `tags` stay JSON
        text. The order is that of entry.
        """
        from geodata._frame import make_frame

        names = tuple(FIELDS if columns is None else columns)
        unknown = [name for name in names if name not in FIELDS]
        if unknown:
            raise InputError(f"no columns {unknown!r}; known are {', '.join(FIELDS)}")
        clause, values = where.clause(queries.SQL)
        found = self._fetch(
            f"SELECT {', '.join((*names, 'longitude', 'latitude'))} FROM incidents"
            f" WHERE {clause} ORDER BY fid",
            values,
        )
        return make_frame(names, found)

    def arrow(
        self, columns: Sequence[str], only: npt.NDArray[np.int64] | None = None
    ) -> Iterator[pa.RecordBatch]:
        """Every incident, in batches of Arrow columns: ``fid``, then `columns`, as entered."""
        return arrow_batches(self._connections, columns, only)

    def position(self) -> Position:
        """Where the project is now, for `touched`."""
        with self._reading() as connection:
            return _touched.position(connection)

    def touched(self, since: Position, *, most: int) -> Touched | None:
        """What has happened since a `position`."""
        with self._reading() as connection:
            return _touched.touched(connection, since, most)

    def numbers(self, where: Filter) -> npt.NDArray[np.int64]:
        """Numbers (``fid``) of the matching incidents, shape (n,), in no order."""
        import numpy as np

        clause, values = where.clause(queries.SQL)
        found = self._fetch(f"SELECT fid FROM incidents WHERE {clause}", values)
        return np.fromiter((number for (number,) in found), dtype=np.int64, count=len(found))

    def numbered(self, numbers: Sequence[int] | npt.NDArray[np.int64]) -> list[Incident]:
        """Incidents by their numbers (``fid``), in the order asked for; gone ones are left out."""
        asked = [int(number) for number in numbers]
        found = self._fetch(
            f"SELECT fid, {_INCIDENT} FROM incidents WHERE fid IN (SELECT value FROM json_each(?))",
            [json.dumps(asked)],
        )
        known = {number: rows.incident_from(row) for number, *row in found}
        return [known[number] for number in asked if number in known]

    # ------------------------------------------------------------ boundaries

    def boundaries(self) -> list[BoundaryLayer]:
        """Layers of administrative boundaries, the oldest first."""
        from geodata import _boundary_rows

        with self._reading() as connection:
            return _boundary_rows.layers(connection)

    def boundary_shapes(
        self, name: str, *, box: tuple[float, float, float, float] | None = None
    ) -> list[AdminArea]:
        """Areas of a layer, or those that may meet a box (west, south, east, north; degrees).

        Raises
        ------
        InputError
            There is no layer of this name.
        """
        from geodata import _boundary_rows

        with self._reading() as connection:
            self._must_have_layer(name)
            return list(_boundary_rows.each_area(connection, name, box))

    def _must_have_layer(self, name: str) -> None:
        known = [layer.name for layer in self.boundaries()]
        if name not in known:
            there = f"there are {', '.join(known)}" if known else "there is none yet"
            raise InputError(f"no boundaries {name!r} in the project; {there}")

    # ------------------------------------------------------------ summaries

    def facet(self, part: str, where: Filter, *, limit: int = 500) -> list[tuple[str, int]]:
        """Values of a filter part with their counts, most first; spellings are put together.

        For ``type`` these are event types and sub-event types alike; ``precision`` and
        ``status`` give their values too.
        """
        with self._reading() as connection:
            return queries.facet(connection, part, where, limit)

    def timeline(self, where: Filter, step: str) -> list[tuple[str, int, int]]:
        """(first day of the step, incidents, killed) for ``day``, ``week``, ``month``, ``year``."""
        must_be_step(step)
        with self._reading() as connection:
            return bars(queries.dates(connection, where), step)

    def tolls(self, where: Filter) -> Tolls:
        """See `Store.tolls`."""
        with self._reading() as connection:
            return queries.tolls(connection, where)

    def dates(self, where: Filter) -> list[Dated]:
        """Dated incidents, counted by their first and last possible day and by precision."""
        with self._reading() as connection:
            return queries.dates(connection, where)

    def totals(self, where: Filter) -> Totals:
        """Counts that reconcile to all incidents of the project."""
        with self._reading() as connection:
            return queries.totals(connection, where)

    def check(self) -> list[Problem]:
        """Integrity, conformance and reconciling totals; an empty list means sound."""
        from geodata.conformance import run_checks

        with self._reading() as connection:
            return run_checks(connection)

    # ------------------------------------------------------------ helpers

    def _fetch(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with self._reading() as connection:
            return connection.execute(sql, values).fetchall()

    def _number(self, sql: str, values: Sequence[Any] = ()) -> int:
        return int(self._fetch(sql, values)[0][0])


def _quarantined(dataset_id: str | None, unresolved: bool) -> tuple[str, list[Any]]:
    condition = "resolved IS NULL" if unresolved else "1"
    return (
        (condition, []) if dataset_id is None else (f"{condition} AND dataset_id = ?", [dataset_id])
    )


def _ordering(order: str) -> str:
    name = order.removeprefix("-")
    if name not in FIELDS:
        raise InputError(f"cannot order by {order!r}; one of {', '.join(FIELDS)}, or - before it")
    # NULL sorts lowest in SQLite, so descending has it last already, and can use the index.
    return f"{name} DESC, fid" if order.startswith("-") else f"{name} NULLS LAST, fid"

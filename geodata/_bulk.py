"""Many rows at once: indexes and the R-tree of the incidents are taken off and made at the end.

All in one transaction, so that readers, and the file after a crash, have the old indexes. Each
index is sorted once instead of grown in eleven places a row, and the R-tree is packed: leaves in
Morton order, filled evenly, written as SQLite's own tables hold them (rtree.c, "Node format", as
GDAL does it too). ``rtreecheck()`` passes, and later rows go in by the triggers.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import suppress

import numpy as np
import numpy.typing as npt

from geodata import _schema as schema
from geodata._wkb import decode_box, encode_point

_CACHE_KIB = 262_144
_RUN_KIB = 4_096  # what one thread sorts at a time
_SORTERS = 2
_AT_ONCE = 50_000
_LEAST = 5_000  # fewer rows are added as they come
_SHARE = 8  # … and so are fewer than one for each eight that are there
_CELLS = 51  # RTREE_MAXCELLS
_CELL = np.dtype([("id", ">i8"), ("box", ">f4", 4)])
_POINT_BYTES = 29
_OURS = np.frombuffer(encode_point(0.0, 0.0)[:13], dtype=np.uint8)

Boxes = npt.NDArray[np.float32]
Drawn = tuple[npt.NDArray[np.int64], Boxes]
"""Numbers of incidents, and their boxes rounded outwards."""


class Bulk:
    """What was taken off in the transaction that is being made; of the one writer of a store."""

    def __init__(self) -> None:
        self._taken: dict[str, str] = {}
        self._added = 0
        self._there: int | None = None
        self._drawn: list[tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]] = []
        self._stale = False

    def drawn(
        self, first: int, longitude: npt.NDArray[np.float64], latitude: npt.NDArray[np.float64]
    ) -> None:
        """Say where the rows lie that are added from number `first` on; NaN for no place."""
        fids = np.arange(first, first + len(longitude), dtype=np.int64)
        exact = np.stack([longitude, longitude, latitude, latitude], axis=1)
        self._drawn.append((fids, exact))

    def moved(self) -> None:
        """Say that rows were changed or taken out: where they lie is read from the file again."""
        self._stale = True

    def expect(self, connection: sqlite3.Connection, rows: int) -> None:
        """Say that `rows` more are to be added or taken out; decides what is the quicker way."""
        if self._taken:
            return
        if self._there is None:
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            (self._there,) = connection.execute(f"SELECT count(*) FROM {schema.LAYER}").fetchone()
        self._added += rows
        if self._added >= _LEAST and self._added * _SHARE > (self._there or 0):
            self._take_off(connection)

    def _take_off(self, connection: sqlite3.Connection) -> None:
        self._taken = dict(
            connection.execute(
                "SELECT name, sql FROM sqlite_schema WHERE tbl_name = ? AND"
                " ((type = 'index' AND sql NOTNULL AND name GLOB 'idx_*')"
                " OR (type = 'trigger' AND name GLOB ?))",
                (schema.LAYER, f"{schema.RTREE}_*"),
            ).fetchall()
        )
        for name, sql in self._taken.items():
            kind = "TRIGGER" if sql.upper().startswith("CREATE TRIGGER") else "INDEX"
            connection.execute(f'DROP {kind} "{name}"')

    def put_back(self, connection: sqlite3.Connection) -> None:
        """Make again what was taken off and is not there; before the transaction ends."""
        if self._taken:
            there = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
            missing = [sql for name, sql in self._taken.items() if name not in there]
            if any(schema.RTREE in sql for sql in missing):
                pack_rtree(connection, self._known(connection))
            _sort_beside(connection)
            for sql in missing:
                connection.execute(sql)
        self.forget()

    def forget(self) -> None:
        """Begin anew: the transaction ended or was undone."""
        self._taken, self._added, self._there = {}, 0, None
        self._drawn, self._stale = [], False

    def _known(self, connection: sqlite3.Connection) -> Drawn | None:
        """Where all incidents lie, if each of them was added in this transaction with its place."""
        rows = sum(len(fids) for fids, _ in self._drawn)
        (there,) = connection.execute(f"SELECT count(*) FROM {schema.LAYER}").fetchone()
        if self._stale or not rows or rows != there:
            return None
        fids, exact = (np.concatenate(part) for part in zip(*self._drawn, strict=True))
        placed = ~np.isnan(exact[:, 0])
        return fids[placed], _outwards(exact[placed])


def _sort_beside(connection: sqlite3.Connection) -> None:
    """Let threads sort what an index holds while the next of it is read.

    SQLite gives a thread each run that outgrows the page cache, and only if temporary files are
    allowed; ten indexes of a million rows took 7.2 s instead of 11.9 s on two cores.
    """
    with suppress(sqlite3.OperationalError):  # a temporary table is there: sorted in memory then
        connection.execute("PRAGMA temp_store = DEFAULT")
    connection.execute(f"PRAGMA cache_size = -{_RUN_KIB}")
    connection.execute(f"PRAGMA threads = {_SORTERS}")


def pack_rtree(connection: sqlite3.Connection, known: Drawn | None = None) -> None:
    """Make the R-tree of the incidents anew, from their geometries where these are not `known`."""
    fids, boxes = known or _boxes(connection)
    (size,) = connection.execute(
        f"SELECT length(data) FROM {schema.RTREE}_node WHERE nodeno = 1"
    ).fetchone()
    for part in ("node", "parent", "rowid"):
        connection.execute(f"DELETE FROM {schema.RTREE}_{part}")
    order = np.argsort(_morton(boxes), kind="stable")
    fids, boxes = fids[order], boxes[order]
    levels = list(_levels(fids, boxes, min(_CELLS, (size - 4) // _CELL.itemsize)))
    first = 2  # the root is 1; leaves are numbered first, in the order of their level
    for depth, (ids, inside, starts) in enumerate(levels):
        is_root = depth == len(levels) - 1
        numbers = np.ones(1, np.int64) if is_root else np.arange(first, first + len(starts))
        below = ids if depth == 0 else ids + (first - len(ids))
        _write_nodes(connection, numbers, below, inside, starts, size, depth if is_root else 0)
        homes = np.repeat(numbers, np.diff([*starts.tolist(), len(ids)]))
        _write_homes(connection, "rowid" if depth == 0 else "parent", below, homes)
        first += len(starts)


def _boxes(connection: sqlite3.Connection) -> tuple[npt.NDArray[np.int64], Boxes]:
    """Numbers of the incidents with a shape, and (minx, maxx, miny, maxy), rounded outwards."""
    found = connection.execute(
        f"SELECT fid, {schema.GEOMETRY} FROM {schema.LAYER} WHERE {schema.GEOMETRY} NOTNULL"
    )
    fids, parts = [np.zeros(0, np.int64)], [np.zeros((0, 4))]
    while rows := found.fetchmany(_AT_ONCE):
        numbers, blobs = zip(*rows, strict=True)
        exact = _exact(blobs)
        drawn = ~np.isnan(exact[:, 0])
        fids.append(np.array(numbers, dtype=np.int64)[drawn])
        parts.append(exact[drawn])
    return np.concatenate(fids), _outwards(np.concatenate(parts))


def _exact(blobs: tuple[bytes, ...]) -> npt.NDArray[np.float64]:
    if {len(blob) for blob in blobs} == {_POINT_BYTES}:
        table = np.frombuffer(b"".join(blobs), dtype=np.uint8).reshape(-1, _POINT_BYTES)
        if (table[:, : len(_OURS)] == _OURS).all():
            xy = np.ascontiguousarray(table[:, 13:]).view("<f8")
            return xy[:, [0, 0, 1, 1]]
    return np.array([decode_box(blob) or (np.nan,) * 4 for blob in blobs], dtype=np.float64)


def _outwards(exact: npt.NDArray[np.float64]) -> Boxes:
    near = exact.astype(np.float32)
    low, high = np.float32(-np.inf), np.float32(np.inf)
    for at, (wrong, end) in enumerate(((np.greater, low), (np.less, high)) * 2):
        off = wrong(near[:, at].astype(np.float64), exact[:, at])
        near[off, at] = np.nextafter(near[off, at], end)
    return near


def _morton(boxes: Boxes) -> npt.NDArray[np.uint64]:
    """Place along a curve that keeps neighbours together; 16 bits of longitude and latitude."""
    code = np.zeros(len(boxes), dtype=np.uint64)
    for at, (column, low, span) in enumerate(((0, -180.0, 360.0), (2, -90.0, 180.0))):
        share = np.clip((boxes[:, column].astype(np.float64) - low) / span, 0.0, 1.0)
        bits = (share * 65_535).astype(np.uint64)
        for shift, mask in ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
            bits = (bits | (bits << np.uint64(shift))) & np.uint64(mask)
        code |= bits << np.uint64(at)
    return code


def _levels(
    ids: npt.NDArray[np.int64], boxes: Boxes, most: int
) -> Iterator[tuple[npt.NDArray[np.int64], Boxes, npt.NDArray[np.int64]]]:
    """Cells of each level from the leaves up, and where each node begins; the last is the root."""
    while True:
        nodes = max(1, -(-len(ids) // most))
        starts = np.arange(nodes, dtype=np.int64) * len(ids) // nodes
        yield ids, boxes, starts
        if nodes == 1:
            return
        least, most_ = (how.reduceat(boxes, starts, axis=0) for how in (np.minimum, np.maximum))
        boxes = np.stack([least[:, 0], most_[:, 1], least[:, 2], most_[:, 3]], axis=1)
        ids = np.arange(nodes, dtype=np.int64)


def _write_nodes(
    connection: sqlite3.Connection,
    numbers: npt.NDArray[np.int64],
    ids: npt.NDArray[np.int64],
    boxes: Boxes,
    starts: npt.NDArray[np.int64],
    size: int,
    depth: int,
) -> None:
    cells = np.empty(len(ids), dtype=_CELL)
    cells["id"], cells["box"] = ids, boxes
    data, ends = cells.tobytes(), [*starts.tolist(), len(ids)]
    connection.executemany(
        f"INSERT INTO {schema.RTREE}_node (nodeno, data) VALUES (?, ?)",
        (
            (
                number,
                (
                    depth.to_bytes(2, "big")
                    + (end - start).to_bytes(2, "big")
                    + data[start * _CELL.itemsize : end * _CELL.itemsize]
                ).ljust(size, b"\x00"),
            )
            for number, start, end in zip(numbers.tolist(), ends, ends[1:], strict=False)
        ),
    )


def _write_homes(
    connection: sqlite3.Connection,
    table: str,
    ids: npt.NDArray[np.int64],
    homes: npt.NDArray[np.int64],
) -> None:
    """Write in which node each incident, or each node, is; in order of number."""
    order = np.argsort(ids)
    connection.executemany(
        f"INSERT INTO {schema.RTREE}_{table} VALUES (?, ?)",
        zip(ids[order].tolist(), homes[order].tolist(), strict=True),
    )

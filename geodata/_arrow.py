"""All incidents of a project file as Arrow columns; many are read by processes of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from geodata._elsewhere import read_elsewhere, told
from geodata._touched import among
from geodata.errors import InputError
from geodata.incident import COUNTS, FIELDS

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    from geodata._sqlite import Connections

MANY = 200_000
"""Incidents from which other processes read them: starting one takes half a second."""

_AT_ONCE = 50_000


def arrow_batches(
    connections: Connections, columns: Sequence[str], only: npt.NDArray[np.int64] | None = None
) -> Iterator[pa.RecordBatch]:
    """See `Store.arrow`; text comes as plain text or as dictionaries."""
    unknown = [name for name in columns if name not in FIELDS]
    if unknown:
        raise InputError(f"no columns {unknown!r}; known are {', '.join(FIELDS)}")
    names = ("fid", *columns)
    if only is not None:
        yield from _read_here(connections, names, only)
        return
    with connections.reading() as connection:
        (last,) = connection.execute("SELECT coalesce(max(fid), 0) FROM incidents").fetchone()
    # In a transaction or snapshot of this thread another process would see another state.
    if last >= MANY and not connections.is_pinned:
        yield from read_elsewhere(connections.path, names, _kinds(names), last)
    else:
        yield from _read_here(connections, names)


def _kinds(names: Sequence[str]) -> list[pa.DataType]:
    import pyarrow as pa

    return [
        pa.float64() if name in ("latitude", "longitude")
        else pa.int64() if name in ("fid", *COUNTS) else pa.string()
        for name in names
    ]  # fmt: skip


def _read_here(
    connections: Connections, names: Sequence[str], only: npt.NDArray[np.int64] | None = None
) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    kinds = _kinds(names)
    with connections.reading() as connection:
        condition, values = ("1", []) if only is None else among(only)
        asked = ", ".join(map(told, names))
        found = connection.execute(
            f"SELECT {asked} FROM incidents WHERE {condition} ORDER BY fid", values
        )
        while rows := found.fetchmany(_AT_ONCE):
            yield pa.RecordBatch.from_arrays(
                [pa.array(values, kinds[n]) for n, values in enumerate(zip(*rows, strict=True))],
                names=list(names),
            )

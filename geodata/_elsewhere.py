"""All incidents of a project file, read by processes of their own with GDAL.

Python's `sqlite3` makes an object of every value, which takes seconds for a million incidents;
GDAL reads the file into Arrow columns in a third of the time. It must not do so in the process
that has the file open as a store: closing it there would drop the store's locks.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.errors import StoreError

if TYPE_CHECKING:
    import pyarrow as pa

_CHILD = "from geodata._elsewhere import answer; answer()"
_MOST = 2  # processes; reading is bound by the processor, and each costs half a second to start
_ROWS = 65_536


def read_elsewhere(
    path: Path, columns: Sequence[str], kinds: Sequence[pa.DataType], last: int
) -> Iterator[pa.RecordBatch]:
    """Give the incidents numbered up to `last` in order of entry, as `Store.arrow` does.

    Text comes as dictionaries.

    Raises
    ------
    StoreError
        A process could not read the file.
    """
    count = max(1, min(_MOST, os.cpu_count() or 1))
    ends = [last * part // count for part in range(count + 1)]
    jobs = [
        {"path": str(path.absolute()), "columns": list(columns), "after": after, "to": to}
        for after, to in pairwise(ends)
    ]
    # All pipes are emptied at once: a process whose pipe is full would wait.
    with ThreadPoolExecutor(count) as threads:
        for batches in threads.map(_read, jobs):
            for batch in batches:
                yield _as(batch, kinds)


def _read(job: dict[str, object]) -> list[pa.RecordBatch]:
    import pyarrow as pa

    command = [sys.executable, "-c", _CHILD, json.dumps(job)]
    with subprocess.Popen(  # noqa: S603 - our own interpreter and code
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=Path(__file__).parents[1]
    ) as child:
        assert child.stdout is not None  # noqa: S101 - asked for above
        assert child.stderr is not None  # noqa: S101
        try:
            with pa.ipc.open_stream(child.stdout) as stream:
                batches = list(stream)
        except (pa.ArrowInvalid, OSError) as error:
            child.kill()
            said = child.stderr.read().decode(errors="replace").strip().splitlines()
            raise StoreError(
                f"{job['path']!r} could not be read: {said[-1] if said else error};"
                " run `incidents check` on it"
            ) from error
    return batches


def _as(batch: pa.RecordBatch, kinds: Sequence[pa.DataType]) -> pa.RecordBatch:
    """Give the columns their kinds: GDAL tells them by the first rows, which may be empty."""
    import pyarrow as pa

    columns = [
        column if pa.types.is_dictionary(column.type) else column.cast(kind)
        for column, kind in zip(batch.columns, kinds, strict=True)
    ]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


# ---------------------------------------------------------------- in the other process


def answer() -> None:
    """Write what the job in the arguments asks for as an Arrow stream."""
    job = json.loads(sys.argv[1])
    _write(job["path"], job["columns"], job["after"], job["to"])


def _write(path: str, columns: Sequence[str], after: int, to: int) -> None:
    # pyogrio takes these in where they are, half of what the start of this process costs, and
    # does without where they are not.
    for unneeded in ("pandas", "geopandas", "pyproj"):
        sys.modules[unneeded] = None  # type: ignore[assignment] # "is not there"
    import pyarrow as pa
    from pyogrio.raw import open_arrow

    sql = (
        f"SELECT {', '.join(_expression(name) for name in columns)} FROM incidents"
        f" WHERE fid > {int(after)} AND fid <= {int(to)} ORDER BY fid"
    )
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand in the stream
    with open_arrow(path, sql=sql, read_geometry=False, batch_size=_ROWS, use_pyarrow=True) as (
        _,
        found,
    ):
        writer = None
        for batch in found:
            coded = _coded(batch, columns)
            if writer is None:
                writer = pa.ipc.new_stream(out, coded.schema)
            writer.write_batch(coded)
        if writer is None:
            writer = pa.ipc.new_stream(out, _coded(found.schema.empty_table(), columns).schema)
        writer.close()
    out.close()


def _expression(name: str) -> str:
    # GDAL takes the number of a feature away, and mends a date: both are asked for as they are.
    if name == "fid":
        return "fid + 0 AS number"
    return f"CAST({name} AS TEXT) AS {name}" if name.startswith("event_date") else told(name)


def told(name: str) -> str:
    """SQL of a column, null where it tells nothing: a text for each row takes time to carry."""
    return f"nullif({name}, '{{}}') AS {name}" if name == "killed_by_status" else name


def _coded(batch: pa.RecordBatch | pa.Table, columns: Sequence[str]) -> pa.RecordBatch:
    import pyarrow as pa

    coded = [
        column.dictionary_encode() if pa.types.is_string(column.type) else column
        for column in (
            column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
            for column in batch.columns
        )
    ]
    return pa.RecordBatch.from_arrays(coded, names=list(columns))

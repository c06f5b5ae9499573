"""Rows of a table made ready to be stored, by a thread of this process or by another process.

Reading rows and looking up their names takes as long as storing them, and Python's threads share
one core; a large table is read by a process of its own, which sends what it has read.
"""

from __future__ import annotations

import io
import os
import pickle
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

import pyarrow as pa

from geodata.errors import AtlasError
from geodata.originals import digests, pack
from ingest.tables._lookups import Lookups
from ingest.tables.names import RowNames, Tally
from ingest.tables.opening import Opened

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from geodata.datasets import ValueDecision
    from geodata.memory import PlaceMemory
    from ingest.presets._base import Normalised, RowFlag
    from ingest.readers.tables import RowBatch, RowFault
    from ingest.tables.names import Columns

BATCH = 20_000
LARGE_BYTES = 48_000_000
"""Size of a file from which another process reads it: starting one takes a second."""

_CHILD = "from ingest.tables._reading import answer; answer()"


@dataclass(frozen=True, slots=True)
class Read:
    """Rows that are ready to be stored: all sequences and arrays have one item per row.

    `count` are the rows that the table has here, `faults` those that cannot be stored; `done` is
    the share of the file, `blocks` are the `cells` packed, or empty. Of rows that are only passed,
    because the project has them, `digests` stand for the cells, and there are no `columns`.
    """

    count: int
    faults: tuple[RowFault, ...]
    flags: tuple[RowFlag, ...]
    skipped: int
    done: float
    lines: Sequence[int]
    keys: Sequence[str]
    versions: Sequence[int]
    columns: Columns
    cells: pa.RecordBatch
    blocks: tuple[tuple[int, bytes], ...]
    tally: Tally
    digests: npt.NDArray[np.int64] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What another process needs to read a table as this one would.

    The table is sent as it was opened, so that a long file is not looked through twice. `passed`
    rows from its beginning on are in the project already.
    """

    ready: Opened
    choices: tuple[PlaceMemory, ...]
    decisions: tuple[ValueDecision, ...]
    packed: bool
    passed: int = 0
    batch: int = BATCH


def read_rows(
    ready: Opened, names: RowNames, *, packed: bool, passed: int = 0, size: int = BATCH
) -> Iterator[Read]:
    """Read rows and look up their names; with `packed`, also as they are kept.

    The first `passed` rows are told apart by their ids and digests alone.
    """
    count = 0
    for batch in ready.table.batches(size=size):
        rows = ready.reader.read(batch)
        cells = taken(batch.cells, rows.index)
        here = batch.cells.num_rows + len(batch.faults)
        count += here
        if count <= passed:
            yield _passed(batch, rows, cells, here)
            continue
        yield Read(
            count=here,
            faults=(*batch.faults, *rows.faults),
            flags=rows.flags,
            skipped=batch.skipped,
            done=batch.done,
            lines=[batch.lines[at] for at in rows.index],
            keys=rows.keys,
            versions=rows.versions,
            columns=names.applied(rows.fields, _by_row(batch, rows)),
            cells=cells,
            blocks=tuple(pack(cells)) if packed else (),
            tally=names.counted(),
        )


def _passed(batch: RowBatch, rows: Normalised, cells: pa.RecordBatch, count: int) -> Read:
    return Read(
        count=count,
        faults=(*batch.faults, *rows.faults),
        flags=(),
        skipped=batch.skipped,
        done=batch.done,
        lines=[batch.lines[at] for at in rows.index],
        keys=rows.keys,
        versions=rows.versions,
        columns={},
        cells=cells.slice(0, 0),
        blocks=(),
        tally=Tally(),
        digests=digests(cells),
    )


def _by_row(batch: RowBatch, rows: Normalised) -> dict[int, list[RowFlag]]:
    """Questions by the position of their row among those that could be read."""
    if not rows.flags:
        return {}
    positions = {batch.lines[at]: place for place, at in enumerate(rows.index)}
    found: defaultdict[int, list[RowFlag]] = defaultdict(list)
    for flag in rows.flags:
        place = positions.get(flag.line)
        if place is not None:
            found[place].append(flag)
    return found


def taken(batch: pa.RecordBatch, at: Sequence[int]) -> pa.RecordBatch:
    """Give some rows of a batch; all of them where `at` counts them through."""
    if len(at) == batch.num_rows and all(here == place for place, here in enumerate(at)):
        return batch
    return batch.take(pa.array(at, pa.int64()))


# ---------------------------------------------------------------- another process


class Elsewhere:
    """A process that reads one table. It starts at once, so that it has loaded what it needs when
    the table has been looked through; to be closed, whether it read or not."""

    def __init__(self) -> None:
        self._child = subprocess.Popen(  # noqa: S603 - our own interpreter and code
            [sys.executable, "-c", _CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def read(self, job: Job) -> Iterator[Read]:
        """Let it read a table.

        Raises
        ------
        AtlasError
            What the process met with, or that it ended.
        """
        child = self._child
        assert child.stdin is not None  # noqa: S101 - asked for above
        assert child.stdout is not None  # noqa: S101
        with suppress(BrokenPipeError), child.stdin as to:  # it has ended: it sends nothing then
            pickle.dump(job, to, protocol=5)
        while isinstance(found := _next(child.stdout), Read):
            yield found
        if isinstance(found, AtlasError):
            raise found

    def close(self) -> None:
        """End the process."""
        self._child.kill()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()
        self._child.wait()


def _next(stream: IO[bytes]) -> Any:
    try:
        return pickle.load(stream)  # noqa: S301 - written by our own process
    except EOFError:
        return AtlasError("the process that reads the table ended: its memory may be too small")


def answer() -> None:
    """Read the job that the parent sends, and send what is read, then None."""
    # Ctrl-C reaches every process of a terminal; the parent tells, and ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    out = io.BufferedWriter(io.FileIO(os.dup(1), "w"), 1 << 20)
    os.dup2(2, 1)  # what a library prints must not stand among the answers
    warm_up()
    try:
        job: Job = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by our own process
    except EOFError:
        os._exit(1)  # the parent ended
    try:
        for item in _answers(job):
            pickle.dump(item, out, protocol=5)
            out.flush()
    except AtlasError as error:
        pickle.dump(error, out, protocol=5)
    except BrokenPipeError:
        os._exit(1)  # nobody asks any more
    out.close()


def warm_up() -> None:
    """Load what any table needs."""
    from ingest.pipeline import tools_with

    tools_with(())


def _answers(job: Job) -> Iterator[Read | None]:
    from ingest.pipeline import tools_with

    tools = tools_with(job.choices)
    names = RowNames(Lookups(tools.registry, tools.geocoder, job.decisions))
    yield from read_rows(job.ready, names, packed=job.packed, passed=job.passed, size=job.batch)
    yield None

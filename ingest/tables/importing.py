"""A table into a project: every row an incident, a row of the quarantine, or a skipped duplicate.

A row is known by its id, so that a newer release of the same data set finds it again: what it
changes is told field by field, what an analyst edited stays, and one undo takes an import back.
A table of up to a million rows is stored whole, or nothing of it; a longer one is kept at
checkpoints (`ingest.tables._parts`), and reading the same file again goes on at the last one.
One thread reads rows and looks up names while another stores them, a few batches at a time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from geodata.datasets import WITHDRAWN
from geodata.filters import Filter
from geodata.incident import Status
from geodata.originals import digests
from ingest.presets._base import FIELD_NAMES, RowFlag
from ingest.tables import _parts, _reading
from ingest.tables._ahead import ahead
from ingest.tables._aside import Aside
from ingest.tables._lookups import Lookups
from ingest.tables._reading import LARGE_BYTES, Elsewhere, Job, Read, read_rows, taken
from ingest.tables._sorting import Sorted, Sorter
from ingest.tables.names import RowNames
from ingest.tables.opening import Opened, TableOptions, opened
from ingest.tables.report import MAX_SHOWN_CHANGES, SHOWN_OF_NEW, TableReport

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    import numpy.typing as npt

    from geodata.datasets import Import, RowChange
    from geodata.store import Store
    from ingest.pipeline import Tools
    from ingest.tables.names import Columns


@dataclass(frozen=True, slots=True)
class Done:
    """How far an import is: rows read, and the share of the file, 0 to 1.

    Up to row `resumed` the project has them already, and they are only passed.
    """

    rows: int
    share: float
    resumed: int = 0


Progress = Callable[[Done], None]


def import_table(
    store: Store,
    path: Path,
    tools: Tools,
    options: TableOptions | None = None,
    *,
    progress: Progress = lambda _: None,
) -> TableReport:
    """Read a table into a project; the same file again changes nothing.

    Raises
    ------
    InputError
        The file is no table, or has not what an incident needs.
    """
    return _import(store, path, tools, options or TableOptions(), progress, dry=False)


def compare_table(
    store: Store,
    path: Path,
    tools: Tools,
    options: TableOptions | None = None,
    *,
    progress: Progress = lambda _: None,
) -> TableReport:
    """Say what reading a table would do to a project; nothing is stored (see `import_table`)."""
    return _import(store, path, tools, options or TableOptions(), progress, dry=True)


def _import(
    store: Store, path: Path, tools: Tools, options: TableOptions, progress: Progress, *, dry: bool
) -> TableReport:
    large = path.exists() and path.stat().st_size >= LARGE_BYTES
    with closing(Elsewhere()) if large else nullcontext() as elsewhere:
        ready = opened(path, options, store.datasets())
        return run(store, ready, tools, options, progress=progress, dry=dry, elsewhere=elsewhere)


def run(
    store: Store,
    ready: Opened,
    tools: Tools,
    options: TableOptions,
    *,
    progress: Progress = lambda _: None,
    dry: bool = False,
    elsewhere: Elsewhere | None = None,
) -> TableReport:
    """Read an opened table into a project, or with `dry` only say what that would do.

    Another process reads the rows, if one is given.
    """
    began = time.perf_counter()
    report = TableReport(
        source=ready.info.name,
        preset=ready.preset.name,
        dataset=ready.dataset_id,
        words=ready.words,
        credit=ready.preset.credit,
        notes=ready.info.notes,
        dry=dry,
    )
    report.reports = ready.preset.reports and not options.as_incidents
    again = options.withdraw or options.again or bool(options.mends)
    if not again and _read_before(store, ready, reports=report.reports):
        report.already = True
    elif report.reports:
        from ingest.tables.as_reports import store_reports

        store_reports(store, ready, options, report, progress, dry=dry)
    else:
        _Run(store, ready, tools, options, report, dry=dry, elsewhere=elsewhere).all_rows(progress)
    report.seconds = time.perf_counter() - began
    return report


def _read_before(store: Store, ready: Opened, *, reports: bool) -> bool:
    """Whether the last import of the data set that stands is of the very same file and sheet."""
    standing = [one for one in store.imports(ready.dataset_id) if not one.undone]
    last = standing[-1] if standing else None
    if last is None or last.unfinished or last.sha256 != ready.info.sha256:
        return False
    sheet = last.detail.get("sheet", ready.info.sheet)
    return sheet == ready.info.sheet and last.reports == reports


class _Run:
    """One import: reads the rows, looks up names, compares with what the project holds."""

    def __init__(
        self,
        store: Store,
        ready: Opened,
        tools: Tools,
        options: TableOptions,
        report: TableReport,
        *,
        dry: bool,
        elsewhere: Elsewhere | None,
    ) -> None:
        self.elsewhere = elsewhere
        self.store, self.options, self.report = store, options, report
        self.dry = dry
        self.in_parts = not (dry or options.again or options.mends)
        self.stopped = _parts.stopped_import(store, ready, options) if self.in_parts else None
        if self.stopped is not None:
            ready = _as_begun(ready, self.stopped)
            _parts.take_up(report, self.stopped)
        self.ready = ready
        self.checkpoints = _parts.Checkpoints(report.resumed)
        self.share = 0.0  # of the file that is read
        self.names = RowNames(Lookups(tools.registry, tools.geocoder, store.value_decisions()))
        self.into = self.stopped or _parts.new_import(ready, options.who)
        self.withdrawn = self._withdrawn()
        known = store.known_rows(ready.dataset_id, before=self.into.import_id)
        self.all_new = not len(known)  # so that rows are worth packing ahead
        self.sorter = Sorter(
            ready.dataset_id,
            known,
            self.withdrawn,
            key_given=ready.key_given,
            again=options.again,
        )
        self.aside = Aside(store, ready, self.into, self.sorter)

    def _withdrawn(self) -> frozenset[str]:
        where = Filter(dataset=(self.ready.dataset_id,), status=(Status.REJECTED,))
        return frozenset(one.incident_id for one in self.store.each(where) if WITHDRAWN in one.tags)

    def all_rows(self, progress: Progress) -> None:
        """Read and store all rows, then what the file lacks, then the counts."""
        with closing(self._read()) as reads:
            self._pass(reads, progress)
            while not self._part(reads, progress):
                pass  # what was read is kept; the next part begins

    def _pass(self, reads: Iterator[Read], progress: Progress) -> None:
        """Go through the rows that an earlier run has kept, to know their ids again."""
        passed = 0
        while self.stopped is not None and passed < self.stopped.rows:
            read = next(reads, None)
            if read is None or read.digests is None:
                raise _parts.cannot_go_on(self.stopped)
            self.sorter.sort(read.keys, read.digests, read.versions, read.lines)
            self.aside.keep(read.faults, dry=True)
            passed, self.share = passed + read.count, read.done
            progress(Done(passed, read.done, self.report.resumed))

    def _part(self, reads: Iterator[Read], progress: Progress) -> bool:
        """Read and store rows up to a checkpoint, or to the end: then give True."""
        with self.store.atomic() if not self.dry else nullcontext():
            if self.into.import_id:
                _parts.must_stand(self.store, self.into, self.report.rows)
                left = _parts.to_come(self.report.rows, self.share)
                self.store.expect_rows(left * self.report.added // max(self.report.rows, 1))
            elif not self.dry:
                self.into = self.aside.into = _parts.begun(self.store, self.ready, self.into)
            for read in reads:
                self._settle(read)
                self.share = read.done
                progress(Done(self.report.rows, read.done, self.report.resumed))
                if self.in_parts and self.checkpoints.due(self.report.rows, read.done):
                    self._keep_progress()
                    return False
            self._settle_missing()
            self._finish()
        return True

    def _keep_progress(self) -> None:
        progress = _parts.progress_of(self.report, self.ready, self.options)
        self.store.keep_progress(
            _parts.counted(self.into, self.report, self.ready, progress=progress)
        )

    def _read(self) -> Generator[Read, None, None]:
        """Rows ready to be stored, read ahead: of a large file by another process."""
        packed = self.all_new and not self.dry
        passed, size = self.report.resumed, _reading.BATCH
        if self.elsewhere is None:
            return ahead(read_rows(self.ready, self.names, packed=packed, passed=passed, size=size))
        job = Job(
            ready=self.ready,
            choices=tuple(self.store.place_memories()),
            decisions=tuple(self.store.value_decisions()),
            packed=packed,
            passed=passed,
            batch=size,
        )
        return ahead(self.elsewhere.read(job))

    # ------------------------------------------------------------ a batch

    def _settle(self, read: Read) -> None:
        report, cells, lines = self.report, read.cells, read.lines
        faults = list(read.faults)
        report.rows += read.count
        report.skipped += read.skipped
        report.ask(read.flags)
        report.count(read.tally)
        # Made here, not where the rows are read: so both processes have about as much to do.
        marks = digests(cells)
        found = self.sorter.sort(read.keys, marks, read.versions, lines)
        faults += [self.aside.clash(cells, at, lines[at], other) for at, other in found.clashes]
        report.ask(_split(read.keys[at], lines[at], other) for at, other in found.split)
        report.quarantined += len(faults)
        self.aside.keep(faults, dry=self.dry)
        report.unchanged += found.unchanged
        report.duplicates += found.duplicates
        report.older += found.older
        report.added += len(found.new)
        versions = list(read.versions)
        if self.dry:
            self._preview(found, read.columns)
            return
        if found.new:
            self._add(read, found, marks)
        for at, counted in ((found.changed, True), (found.again, False)):
            if at:
                self._change(
                    self._fields(found.ids, read.columns, at), taken(cells, at),
                    [versions[one] for one in at] if versions else (), counted=counted,
                )  # fmt: skip

    def _add(self, read: Read, found: Sorted, marks: npt.NDArray[np.int64]) -> None:
        versions = read.versions
        whole = len(found.new) == read.cells.num_rows
        self.store.add_rows(
            self.into,
            self._fields(found.ids, read.columns, found.new),
            taken(read.cells, found.new),
            [versions[at] for at in found.new] if len(versions) else (),
            digests=marks[found.new],
            blocks=read.blocks if whole else (),
        )

    def _fields(self, ids: Sequence[str], columns: Columns, at: Sequence[int]) -> pa.RecordBatch:
        drafts = pa.array([Status.DRAFT.value] * len(ids))
        status = drafts if self.ready.preset.reports else columns.get("status")
        whole = pa.RecordBatch.from_pydict(
            {"incident_id": pa.array(ids, pa.string())}
            | {name: columns[name] for name in FIELD_NAMES}
            | ({} if status is None else {"status": status})
        )
        return taken(whole, at)

    def _change(
        self,
        fields: pa.RecordBatch,
        cells: pa.RecordBatch,
        versions: Sequence[int],
        *,
        counted: bool,
    ) -> None:
        changes = self.store.change_rows(self.into, fields, cells, versions)
        if counted:
            self._count(changes)

    def _preview(self, found: Sorted, columns: Columns) -> None:
        if found.changed:
            self._count(self.store.row_changes(self._fields(found.ids, columns, found.changed)))
        if some := found.new[: MAX_SHOWN_CHANGES - len(self.report.new)]:
            new = self._fields(found.ids, columns, some).select(list(SHOWN_OF_NEW))
            self.report.new += new.to_pylist()

    def _count(self, changes: Sequence[RowChange]) -> None:
        """Count changed rows; one in which no field of ours differs is unchanged."""
        differing = sum(bool(change.fields) for change in changes)
        self.report.changed += differing
        self.report.unchanged += len(changes) - differing
        self.report.kept += sum(len(change.kept) for change in changes)
        self.report.show(changes)

    # ------------------------------------------------------------ the end

    def _settle_missing(self) -> None:
        """Count the rows that the file lacks; reject them where that is asked for.

        A row that the file has, but that cannot be read, is not missing.
        """
        if self.options.again or self.options.mends:
            return  # these are not the whole file
        ids = self.store.incident_ids(self.sorter.unmet())
        missing = self.sorter.missing(self.aside.ids, ids)
        self.report.missing = len(missing)
        self.report.gone = missing[:MAX_SHOWN_CHANGES] if self.dry else []
        if self.options.withdraw and not self.dry:
            self.report.removed = self.store.withdraw_rows(self.into, missing)
        elif self.options.withdraw:
            self.report.removed = len(missing)

    def _finish(self) -> None:
        if self.dry:
            return
        self.report.mended = self._resolve()
        done = self.store.finish_import(_parts.counted(self.into, self.report, self.ready))
        self.report.import_id = done.import_id

    def _resolve(self) -> int:
        """Mark rows set aside earlier that this file brings again, right or wrong anew."""
        if self.options.mends:
            self.store.resolve_quarantine(self.options.mends, by=self.into)
            return self.report.rows - self.report.quarantined
        if self.options.again:
            return 0
        return self.aside.resolve()


def _as_begun(ready: Opened, stopped: Import) -> Opened:
    """A table whose mapping was guessed is read by the one that is kept when it goes on."""
    progress: Any = stopped.detail["progress"]
    return replace(ready, key_given=progress["key_given"])


def _split(key: str, line: int, other: int) -> RowFlag:
    reason = "the id stands in two rows with other values: each is an incident of its own"
    return RowFlag(line, "incident_id", f"{key} (also line {other})", reason)

"""Rows that are reports (GDELT): each becomes a document of the project, never an incident.

A row tells that some outlet wrote of an event; many rows tell of the same one, or of none. It is
kept with its cells as written, its address, its day and what the layout says of it, so that an
analyst can read it and make an incident of it.
"""

from __future__ import annotations

import hashlib
from contextlib import closing, nullcontext
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import orjson

from geodata.incident import Document, Quarantined
from ingest.tables import _parts, _reading
from ingest.tables._ahead import ahead

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from geodata.datasets import Import
    from geodata.incident import Json
    from geodata.store import Store
    from ingest.readers.tables import RowBatch, RowFault
    from ingest.tables.importing import Done
    from ingest.tables.opening import Opened, TableOptions
    from ingest.tables.report import TableReport

_TOLD = ("event_type", "sub_event_type", "actor1", "actor2", "place", "admin1", "country")


def store_reports(
    store: Store,
    ready: Opened,
    options: TableOptions,
    report: TableReport,
    progress: Callable[[Done], None],
    *,
    dry: bool = False,
) -> None:
    """Keep the rows of a table as reports; those that are there are duplicates.

    It is an import like any other: a long table is kept part by part, and one undo takes the
    reports out that incidents do not rest on.
    """
    with closing(ahead(ready.table.batches(size=_reading.BATCH))) as batches:
        run = _Reports(store, ready, options, report, dry=dry)
        run.go_past(batches)
        while not run.part(batches, progress):
            pass  # what was read is kept; the next part begins


class _Reports:
    """One import of reports."""

    def __init__(
        self, store: Store, ready: Opened, options: TableOptions, report: TableReport, *, dry: bool
    ) -> None:
        self.store, self.ready, self.options, self.report = store, ready, options, report
        self.dry = dry
        self.seen: set[str] = set()
        in_parts = not (dry or options.mends)
        self.stopped = _parts.stopped_import(store, ready, options) if in_parts else None
        if self.stopped is not None:
            _parts.take_up(report, self.stopped)
        self.into = self.stopped or _parts.new_import(ready, options.who)
        self.documents = list(self.into.documents)
        self.checkpoints = _parts.Checkpoints(report.resumed) if in_parts else None

    def go_past(self, batches: Iterator[RowBatch]) -> None:
        """Go past the rows that an earlier run has kept."""
        passed = 0
        while self.stopped is not None and passed < self.stopped.rows:
            batch = next(batches, None)
            if batch is None:
                raise _parts.cannot_go_on(self.stopped)
            passed += _count(batch)
        if self.stopped is not None and passed > self.stopped.rows:
            raise _parts.cannot_go_on(self.stopped)

    def part(self, batches: Iterator[RowBatch], progress: Callable[[Done], None]) -> bool:
        """Read and store rows up to a checkpoint, or to the end: then give True."""
        from ingest.tables.importing import Done

        report = self.report
        with self.store.atomic() if not self.dry else nullcontext():
            if self.into.import_id:
                _parts.must_stand(self.store, self.into, report.rows)
            elif not self.dry:
                self.into = _parts.begun(self.store, self.ready, self.into)
            before = self.store.last_document()
            for batch in batches:
                self._settle(batch)
                progress(Done(report.rows, batch.done, report.resumed))
                if self.checkpoints and self.checkpoints.due(report.rows, batch.done):
                    how = _parts.progress_of(report, self.ready, self.options)
                    self.store.keep_progress(self._counted(before, progress=how))
                    return False
            if not self.dry:
                report.mended = self.store.resolve_quarantine(self.options.mends, by=self.into)
                report.import_id = self.store.finish_import(self._counted(before)).import_id
        return True

    def _counted(self, before: int, **more: Json) -> Import:
        """Give the import with its counts; the reports after number `before` are of this part."""
        last = self.store.last_document()
        if last > before:
            self.documents.append((before + 1, last))
        documents: list[Json] = [list(pair) for pair in self.documents]
        return _parts.counted(self.into, self.report, self.ready, documents=documents, **more)

    def _settle(self, batch: RowBatch) -> None:
        report, store = self.report, self.store
        report.rows += _count(batch)
        report.skipped += batch.skipped
        rows = self.ready.reader.read(batch)
        report.ask(rows.flags)
        self._set_aside([*batch.faults, *rows.faults])
        written = batch.cells.to_pylist()
        for values, key, at in zip(rows.fields.to_pylist(), rows.keys, rows.index, strict=True):
            raw = orjson.dumps(written[at])
            document = _document(self.ready, values, key, raw)
            fresh = document.document_id not in self.seen and not _is_there(store, document)
            if fresh and not self.dry:
                store.add_document(document, raw)
            self.seen.add(document.document_id)
            report.added += fresh
            report.duplicates += not fresh

    def _set_aside(self, faults: Sequence[RowFault]) -> None:
        self.report.quarantined += len(faults)
        if faults and not self.dry:
            self.store.add_quarantine(
                Quarantined(
                    source=self.into.source, row=one.line, column=one.column, value=one.value,
                    reason=one.reason, raw=one.raw, dataset_id=self.into.dataset_id,
                    import_id=self.into.import_id,
                )
                for one in faults
            )  # fmt: skip


def _count(batch: RowBatch) -> int:
    return int(batch.cells.num_rows) + len(batch.faults)


def _is_there(store: Store, document: Document) -> bool:
    """Whether the project has the report: its row, or another release of it."""
    return (
        store.document(document.document_id) is not None
        or store.document_with_sha256(document.sha256) is not None
    )


def _document(ready: Opened, values: dict[str, Any], key: str, raw: bytes) -> Document:
    url = values["notes"] or ""
    told = [str(values[name]) for name in _TOLD if values[name]]
    sides = " and ".join(str(values[name]) for name in ("actor1", "actor2") if values[name])
    title = f"{ready.preset.title} {key}: {sides or 'no actors named'}"
    return Document(
        document_id=f"{ready.dataset_id}-{key}",
        text="\n".join([title, ", ".join(told), url]),
        title=title,
        url=url,
        outlet=_host(url),
        published=values["event_date"],
        sha256=hashlib.sha256(raw).hexdigest(),
        path=ready.info.name,
    )


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""

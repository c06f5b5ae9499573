"""Rows that are reports (GDELT): each becomes a document of the project, never an incident.

A row tells that some outlet wrote of an event; many rows tell of the same one, or of none. It is
kept with its cells as written, its address, its day and what the layout says of it, so that an
analyst can read it and make an incident of it.
"""

from __future__ import annotations

import hashlib
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import orjson

from geodata.incident import Document, Quarantined
from ingest.tables._ahead import ahead

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geodata.store import Store
    from ingest.readers.tables import RowBatch, RowFault
    from ingest.tables.importing import Done
    from ingest.tables.opening import Opened
    from ingest.tables.report import TableReport

_TOLD = ("event_type", "sub_event_type", "actor1", "actor2", "place", "admin1", "country")


def store_reports(
    store: Store,
    ready: Opened,
    report: TableReport,
    progress: Callable[[Done], None],
    *,
    dry: bool = False,
) -> None:
    """Keep the rows of a table as reports, all or none; those that are there are duplicates."""
    from ingest.tables.importing import Done

    report.reports = True
    seen: set[str] = set()
    with store.atomic() if not dry else nullcontext():
        for batch in ahead(ready.table.batches()):
            report.rows += batch.cells.num_rows + len(batch.faults)
            report.skipped += batch.skipped
            for document, raw in _documents(ready, batch, report, store, dry=dry):
                fresh = document.document_id not in seen and (
                    store.document(document.document_id) is None
                    if dry
                    else store.add_document(document, raw)
                )
                seen.add(document.document_id)
                report.added += fresh
                report.duplicates += not fresh
            progress(Done(report.rows, batch.done))


def _documents(
    ready: Opened, batch: RowBatch, report: TableReport, store: Store, *, dry: bool
) -> Iterator[tuple[Document, bytes]]:
    rows = ready.reader.read(batch)
    report.ask(rows.flags)
    _set_aside(ready, [*batch.faults, *rows.faults], report, store, dry=dry)
    written = batch.cells.to_pylist()
    for values, key, at in zip(rows.fields.to_pylist(), rows.keys, rows.index, strict=True):
        raw = orjson.dumps(written[at])
        yield _document(ready, values, key, raw), raw


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


def _set_aside(
    ready: Opened, faults: list[RowFault], report: TableReport, store: Store, *, dry: bool
) -> None:
    report.quarantined += len(faults)
    if faults and not dry:
        store.add_quarantine(
            Quarantined(
                source=ready.info.name, row=one.line, column=one.column, value=one.value,
                reason=one.reason, raw=one.raw,
            )
            for one in faults
        )  # fmt: skip

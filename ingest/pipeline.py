"""From files to incidents in a project: read, extract, store; a document whole or not at all.

Every input ends as a document with its incidents, as a quarantined row with its reason, or as a
skipped duplicate with its twin. The same document again changes nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from geodata.errors import InputError
from geodata.incident import Document, ExtractedIncident, Json, Quarantined
from ingest._extraction import (
    DIGEST,
    Preview,
    digest_of,
    extract_documents,
    given_up,
    preview,
)
from ingest._opinions import Tally, with_opinion
from ingest._tools import Tools, default_tools, project_tools, tools_with
from ingest.readers import original_of, pasted, read_all
from ingest.unread import Unsupported, quarantined, unsupported

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.store import Store
    from ingest.second_opinion import SecondOpinion

__all__ = [
    "Duplicate",
    "Interrupted",
    "Preview",
    "Report",
    "Saved",
    "Tally",
    "Tools",
    "default_tools",
    "extract_documents",
    "ingest",
    "ingest_documents",
    "ingest_text",
    "preview",
    "preview_text",
    "project_tools",
    "save",
    "store_preview",
    "tools_with",
    "with_free_id",
    "with_opinion",
]

Progress = Callable[[int], None]

GROUP, GROUP_SECONDS = 50, 0.3
"""Documents stored in one transaction, and how long the first of them waits for the others."""


def _no_progress(_: int) -> None:
    """Show nothing."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An input that the project holds already, and the document it repeats."""

    source: str
    twin: str


@dataclass(slots=True)
class Report:
    """What came of the inputs. `documents` counts those stored by this run.

    Of these, `without_incident` were read and `unsupported` were not. `opinion` counts what the
    second opinion said, where one was asked for.
    """

    documents: int = 0
    incidents: int = 0
    without_incident: int = 0
    unsupported: list[Unsupported] = field(default_factory=list)
    quarantined: list[Quarantined] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    seconds: float = 0.0
    opinion: Tally | None = None

    @property
    def inputs(self) -> int:
        """Inputs seen: stored, skipped or quarantined."""
        return self.documents + len(self.duplicates) + len(self.quarantined)


class Interrupted(KeyboardInterrupt):
    """Ctrl-C in the middle of many documents; `report` tells of what is stored."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report


@dataclass(frozen=True, slots=True)
class Saved:
    """What `save` did: whether the document was new, the ids stored, or the twin found."""

    stored: bool
    document_id: str
    incident_ids: tuple[str, ...] = ()


def preview_text(
    text: str,
    *,
    title: str = "",
    published: date | None = None,
    outlet: str = "",
    url: str = "",
    tools: Tools | None = None,
) -> Preview:
    """Find the incidents of a pasted text; nothing is stored.

    Raises
    ------
    InputError
        The text is empty, too long or no text at all.
    """
    document = pasted(text, title=title, published=published, outlet=outlet, url=url)
    return preview(document, tools)


def save(
    store: Store,
    document: Document,
    extracted: Sequence[ExtractedIncident],
    *,
    edits: Mapping[str, Mapping[str, Json]] | None = None,
    who: str = "analyst",
    why: str = "",
) -> Saved:
    """Store a document with its incidents and claims, all or nothing.

    Parameters
    ----------
    extracted
        Incidents to store; leave out those that the analyst refused.
    edits
        Incident id to the fields that the analyst changed (values as JSON); recorded as changes
        by `who`, so that the machine's value stays beside.

    Returns
    -------
    Saved
        ``stored`` is False, and nothing was written, when the project holds the document.
    """
    with store.atomic():
        saved = _add(store, document, extracted)
        for incident_id, values in (edits or {}).items() if saved.stored else ():
            store.update_incident(incident_id, values, who=who, why=why)
    return saved


def _add(store: Store, document: Document, extracted: Sequence[ExtractedIncident]) -> Saved:
    """Store a document with its incidents and claims, inside a transaction of the caller."""
    if not store.add_document(document, original_of(document)):
        twin = store.document_with_sha256(document.sha256)
        return Saved(False, twin.document_id if twin else document.document_id)
    store.add_incidents(one.incident for one in extracted)
    store.add_claims(claim for one in extracted for claim in one.claims)
    ids = tuple(one.incident.incident_id for one in extracted)
    return Saved(True, document.document_id, ids)


def ingest_text(
    store: Store,
    text: str,
    *,
    title: str = "",
    published: date | None = None,
    outlet: str = "",
    url: str = "",
    tools: Tools | None = None,
) -> Saved:
    """Read a pasted text and store what is found in it."""
    seen = preview_text(text, title=title, published=published, outlet=outlet, url=url, tools=tools)
    return save(store, seen.document, seen.extracted)


def ingest(
    paths: Sequence[str | Path],
    store: Store,
    *,
    published: date | None = None,
    source: str | None = None,
    workers: int = 1,
    tools: Tools | None = None,
    retry: bool = False,
    progress: Progress = _no_progress,
) -> Report:
    """Read files and folders into a project.

    Parameters
    ----------
    paths
        Files and folders; folders are walked.
    published
        Publication date of every document, stronger than what the files say.
    source
        Name of the outlet, stronger than what the files say.
    workers
        Processes that extract; only this one writes.
    retry
        Try documents again that an earlier run could not extract.
    progress
        Called with the number of inputs done since the last call.

    Raises
    ------
    Interrupted
        By Ctrl-C. Every document is stored whole or not at all; the same call goes on from there.
    """
    documents = read_all(paths, published=published, source=source)
    return ingest_documents(
        documents, store, workers=workers, tools=tools, retry=retry, progress=progress
    )


def ingest_documents(
    documents: Iterable[Document | Quarantined],
    store: Store,
    *,
    workers: int = 1,
    tools: Tools | None = None,
    make_tools: Callable[[], Tools] | None = None,
    retry: bool = False,
    second: SecondOpinion | None = None,
    progress: Progress = _no_progress,
) -> Report:
    """Store documents that are read already; see `ingest` and `extract_documents`.

    `second` is asked for its opinion on each; its claims are stored beside those of the rules.
    """
    began = time.perf_counter()
    report = Report(opinion=Tally(second.by) if second else None)
    known = {_key(row): row for row in store.quarantine(limit=100_000)}
    tried = {} if retry else {r.value: r for r in known.values() if r.value.startswith(DIGEST)}
    fresh = _unknown(documents, store, report, tried, progress)
    # The tools may open the gazetteer, which nothing but extraction here needs.
    tools = tools or (project_tools(store) if workers <= 1 else None)
    choices = tuple(store.place_memories()) if workers > 1 else ()
    results = extract_documents(
        fresh, workers=workers, tools=tools, choices=choices, make_tools=make_tools
    )
    try:
        with closing(
            with_opinion(results, second)
        ) as results:  # at once, so that no worker process outlives a Ctrl-C
            for group in _groups(results):
                with store.atomic():
                    for result in group:
                        _settle(store, result, report, known)
                progress(len(group))
    except KeyboardInterrupt as stop:
        report.seconds = time.perf_counter() - began
        raise Interrupted(report) from stop
    report.seconds = time.perf_counter() - began
    return report


def _groups(results: Iterable[Preview | Quarantined]) -> Iterator[list[Preview | Quarantined]]:
    """Results to store in one transaction, which costs a wait for the disk."""
    group: list[Preview | Quarantined] = []
    began = 0.0
    for result in results:
        began = began if group else time.monotonic()
        group.append(result)
        if len(group) >= GROUP or time.monotonic() - began > GROUP_SECONDS:
            yield group
            group = []
    if group:
        yield group


def _settle(
    store: Store,
    result: Preview | Quarantined,
    report: Report,
    known: dict[_Key, Quarantined],
) -> None:
    """Store what came of one input; a quarantine row that is there already is only told."""
    if isinstance(result, Preview):
        try:
            store_preview(store, result, report)
        except InputError as error:  # the document is undone, and keeps none of its incidents
            result = given_up(result.document, f"it cannot be stored: {error}")
        else:
            return
    report.quarantined.append(result)
    if _key(result) not in known:
        known[_key(result)] = result
        store.add_quarantine([result])


def _unknown(
    documents: Iterable[Document | Quarantined],
    store: Store,
    report: Report,
    tried: Mapping[str, Quarantined],
    progress: Progress,
) -> Iterator[Document | Quarantined]:
    """Documents that the project does not hold; the others become the report's duplicates.

    For those tried in vain by an earlier run their row of then is given.
    """
    seen: dict[str, str] = {}  # sha256 to id, of this run: not all of it is stored yet
    taken: set[str] = set()
    for document in documents:
        if isinstance(document, Quarantined):
            yield document
            continue
        twin = store.document_with_sha256(document.sha256)
        known = twin.document_id if twin else seen.get(document.sha256)
        if known is not None:
            report.duplicates.append(Duplicate(document.path, known))
            progress(1)
            continue
        if digest_of(document) in tried:
            yield tried[digest_of(document)]
            continue
        fresh = with_free_id(document, store, taken)
        seen[fresh.sha256] = fresh.document_id
        taken.add(fresh.document_id)
        yield fresh


def with_free_id(document: Document, store: Store, taken: Container[str] = frozenset()) -> Document:
    """Give another id to a document whose own id is used for another text."""
    wanted = document.document_id
    if wanted not in taken and store.document(wanted) is None:
        return document
    return replace(document, document_id=f"{wanted}~{document.sha256[:12]}")


def store_preview(store: Store, result: Preview, report: Report) -> None:
    """Store a document with what was found in it, all or nothing, and count it in the report."""
    document = result.document
    with store.atomic():
        saved = _add(store, document, result.extracted)
        if saved.stored and result.note:
            store.add_quarantine([quarantined(document)])
    if not saved.stored:
        report.duplicates.append(Duplicate(document.path, saved.document_id))
        return
    report.documents += 1
    if report.opinion:
        report.opinion.count(result)
    report.incidents += len(saved.incident_ids)
    if result.note:
        report.unsupported.append(unsupported(document))
    else:
        report.without_incident += not saved.incident_ids


_Key = tuple[str, int | None, str]


def _key(row: Quarantined) -> _Key:
    return row.source, row.row, row.reason

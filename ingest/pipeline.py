"""From files to incidents in a project: read, extract, store; one transaction per document.

Every input ends as a document with its incidents, as a quarantined row with its reason, or as a
skipped duplicate with its twin. The same document again changes nothing.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from multiprocessing import get_context
from typing import TYPE_CHECKING

from geodata.errors import InputError
from geodata.incident import Document, ExtractedIncident, Json, Quarantined
from ingest.readers import original_of, pasted, read_all
from ingest.readers._source import MAX_RAW
from ingest.unread import Unsupported, note_of, quarantined, unsupported

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.actors import ActorRegistry
    from geodata.memory import PlaceMemory
    from geodata.place import Geocoder, NameFinder
    from geodata.store import Store

AHEAD = 64
"""Documents handed to the worker processes at a time: bounds what is held in memory."""

Progress = Callable[[int], None]


def _no_progress(_: int) -> None:
    """Show nothing."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What extraction works with."""

    geocoder: Geocoder
    names: NameFinder
    registry: ActorRegistry


@dataclass(frozen=True, slots=True)
class Preview:
    """A document and the incidents found in it; nothing is stored yet."""

    document: Document
    extracted: tuple[ExtractedIncident, ...]

    @property
    def note(self) -> str:
        """Why the document was not read; empty where it was."""
        return note_of(self.document)


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An input that the project holds already, and the document it repeats."""

    source: str
    twin: str


@dataclass(slots=True)
class Report:
    """What came of the inputs. `documents` counts those stored by this run.

    Of these, `without_incident` were read and `unsupported` were not.
    """

    documents: int = 0
    incidents: int = 0
    without_incident: int = 0
    unsupported: list[Unsupported] = field(default_factory=list)
    quarantined: list[Quarantined] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def inputs(self) -> int:
        """Inputs seen: stored, skipped or quarantined."""
        return self.documents + len(self.duplicates) + len(self.quarantined)


@dataclass(frozen=True, slots=True)
class Saved:
    """What `save` did: whether the document was new, the ids stored, or the twin found."""

    stored: bool
    document_id: str
    incident_ids: tuple[str, ...] = ()


def default_tools() -> Tools:
    """Give the offline gazetteer and the actors registry of the program, opened once."""
    from geodata.actors import default_registry
    from ingest.geocode import default_geocoder

    geocoder = default_geocoder()
    return Tools(geocoder, geocoder, default_registry())


def project_tools(store: Store) -> Tools:
    """Give the tools of the program with what this project remembers of places in front."""
    from ingest.geocode.memory import MemoryGeocoder

    tools = default_tools()
    return replace(tools, geocoder=MemoryGeocoder(tools.geocoder, store))


def tools_with(choices: tuple[PlaceMemory, ...]) -> Tools:
    """Give the tools of the program with fixed choices of places in front."""
    return _tools_with(choices, default_tools())


@lru_cache(maxsize=1)
def _tools_with(choices: tuple[PlaceMemory, ...], tools: Tools) -> Tools:
    from ingest.geocode.memory import FixedMemories, MemoryGeocoder

    return replace(tools, geocoder=MemoryGeocoder(tools.geocoder, FixedMemories(choices)))


def preview(document: Document, tools: Tools | None = None) -> Preview:
    """Find the language and the incidents of a document; nothing is stored."""
    from ingest.extract import extract
    from ingest.extract.language import language_of

    document = replace(document, language=document.language or language_of(document.text))
    with_ = tools or default_tools()
    found = extract(document, geocoder=with_.geocoder, names=with_.names, registry=with_.registry)
    return Preview(document, tuple(found))


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
    original: bytes = b"",
    edits: Mapping[str, Mapping[str, Json]] | None = None,
    who: str = "analyst",
    why: str = "",
) -> Saved:
    """Store a document with its incidents and claims, all or nothing.

    Parameters
    ----------
    extracted
        Incidents to store; leave out those that the analyst refused.
    original
        The bytes as they came; those that the document was read from where left out.
    edits
        Incident id to the fields that the analyst changed (values as JSON); recorded as changes
        by `who`, so that the machine's value stays beside.

    Returns
    -------
    Saved
        ``stored`` is False, and nothing was written, when the project holds the document.
    """
    with store.atomic():
        if not store.add_document(document, original or original_of(document)):
            twin = store.document_with_sha256(document.sha256)
            return Saved(False, twin.document_id if twin else document.document_id)
        store.add_incidents(one.incident for one in extracted)
        store.add_claims(claim for one in extracted for claim in one.claims)
        for incident_id, values in (edits or {}).items():
            store.update_incident(incident_id, values, who=who, why=why)
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


def extract_documents(
    documents: Iterable[Document | Quarantined],
    *,
    workers: int = 1,
    tools: Tools | None = None,
    choices: tuple[PlaceMemory, ...] = (),
) -> Iterator[Preview | Quarantined]:
    """Find the incidents of many documents, in their order; a failed one is a quarantine row.

    `workers` above 1 uses that many processes; `tools` are then each process's own, with
    `choices`, the places that a project remembers, in front.
    """
    if workers <= 1:
        for document in documents:
            yield _attempt(document, tools)
        return
    # "spawn": a forked child would share this process's open database handles.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        ahead: deque[Future[Preview | Quarantined]] = deque()
        for document in documents:
            ahead.append(pool.submit(_attempt, document, None, choices))
            if len(ahead) >= AHEAD:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()


def ingest(
    paths: Sequence[str | Path],
    store: Store,
    *,
    published: date | None = None,
    source: str | None = None,
    workers: int = 1,
    tools: Tools | None = None,
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
    progress
        Called with 1 after each input.
    """
    documents = read_all(paths, published=published, source=source)
    return ingest_documents(documents, store, workers=workers, tools=tools, progress=progress)


def ingest_documents(
    documents: Iterable[Document | Quarantined],
    store: Store,
    *,
    workers: int = 1,
    tools: Tools | None = None,
    progress: Progress = _no_progress,
) -> Report:
    """Store documents that are read already; see `ingest`."""
    began = time.perf_counter()
    report = Report()
    known = {_key(row) for row in store.quarantine(limit=100_000)}
    fresh = _unknown(documents, store, report, progress)
    # The tools may open the gazetteer, which nothing but extraction here needs.
    tools = tools or (project_tools(store) if workers <= 1 else None)
    choices = tuple(store.place_memories()) if workers > 1 else ()
    for result in extract_documents(fresh, workers=workers, tools=tools, choices=choices):
        progress(1)
        if isinstance(result, Quarantined):
            report.quarantined.append(result)
            if _key(result) not in known:
                known.add(_key(result))
                with store.atomic():
                    store.add_quarantine([result])
            continue
        _store(store, result, report)
    report.seconds = time.perf_counter() - began
    return report


def _unknown(
    documents: Iterable[Document | Quarantined],
    store: Store,
    report: Report,
    progress: Progress,
) -> Iterator[Document | Quarantined]:
    """Documents that the project does not hold; the others become the report's duplicates."""
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
        fresh = _with_free_id(document, store, taken)
        seen[fresh.sha256] = fresh.document_id
        taken.add(fresh.document_id)
        yield fresh


def _with_free_id(document: Document, store: Store, taken: set[str]) -> Document:
    """Give another id to a document whose own id is used for another text."""
    wanted = document.document_id
    if wanted not in taken and store.document(wanted) is None:
        return document
    return replace(document, document_id=f"{wanted}~{document.sha256[:12]}")


def _store(store: Store, result: Preview, report: Report) -> None:
    document = result.document
    with store.atomic():
        saved = save(store, document, result.extracted)
        if saved.stored and result.note:
            store.add_quarantine([quarantined(document)])
    if not saved.stored:
        report.duplicates.append(Duplicate(document.path, saved.document_id))
        return
    report.documents += 1
    report.incidents += len(saved.incident_ids)
    if result.note:
        report.unsupported.append(unsupported(document))
    else:
        report.without_incident += not saved.incident_ids


def _attempt(
    document: Document | Quarantined,
    tools: Tools | None = None,
    choices: tuple[PlaceMemory, ...] = (),
) -> Preview | Quarantined:
    if isinstance(document, Quarantined):
        return document
    try:
        return preview(document, tools or (tools_with(choices) if choices else None))
    except (InputError, ArithmeticError, LookupError, ValueError, RecursionError) as error:
        # One document must not stop the others; what went wrong is kept with it.
        return Quarantined(
            source=document.path or document.document_id,
            reason=f"extraction failed: {type(error).__name__}: {error}",
            raw=document.text[:MAX_RAW],
        )


def _key(row: Quarantined) -> tuple[str, int | None, str]:
    return row.source, row.row, row.reason

"""From documents to the incidents found in them, by one process or several; nothing is stored."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from geodata.incident import Document, ExtractedIncident, Quarantined
from ingest._memory import set_apart
from ingest._tools import Tools, default_tools, tools_with
from ingest._workers import Lost, Workers
from ingest.readers import original_of
from ingest.readers._source import MAX_RAW, ReadDocument
from ingest.unread import note_of

if TYPE_CHECKING:
    from geodata.memory import PlaceMemory
    from ingest.second_opinion import Opinion

FORESEEN = (
    ArithmeticError, AssertionError, AttributeError, LookupError, MemoryError, RuntimeError,
    TypeError, ValueError,
)  # fmt: skip
"""What a text may set off in the rules; trouble with the disk or the gazetteer is none of it."""

DIGEST = "sha256 "
"""Begins the `value` of a quarantined document: the same bytes are not tried again."""


SETTLED_AFTER = (1, 50)
"""Documents after which a worker has loaded its tables, and has most of what it will remember."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A document and the incidents found in it; nothing is stored yet."""

    document: Document
    extracted: tuple[ExtractedIncident, ...]
    opinion: Opinion | None = None  # None where nobody was asked for a second one

    @property
    def note(self) -> str:
        """Why the document was not read; empty where it was."""
        return note_of(self.document)


def preview(document: Document, tools: Tools | None = None) -> Preview:
    """Find the language and the incidents of a document; nothing is stored."""
    from ingest.extract import extract
    from ingest.extract.language import language_of

    document = replace(document, language=document.language or language_of(document.text))
    with_ = tools or default_tools()
    found = extract(document, geocoder=with_.geocoder, names=with_.names, registry=with_.registry)
    return Preview(document, tuple(found))


def extract_documents(
    documents: Iterable[Document | Quarantined],
    *,
    workers: int = 1,
    tools: Tools | None = None,
    choices: tuple[PlaceMemory, ...] = (),
    make_tools: Callable[[], Tools] | None = None,
) -> Generator[Preview | Quarantined, None, None]:
    """Find the incidents of many documents, in their order; a failed one is a quarantine row.

    `workers` above 1 uses that many processes. Each makes its tools by `make_tools`, which is
    pickled; by default those of the program, with `choices`, the places that a project
    remembers, in front. `tools` are those of this process alone.
    """
    if workers <= 1:
        for document in documents:
            yield _attempt(document, tools)
        return
    make = partial(_reader, make_tools or partial(tools_with, choices))
    with Workers(workers, make, weigh=_weight, pack=_packed) as crew:
        for document, answer in crew.answers(documents):
            yield _joined(document, answer)


def _reader(
    make_tools: Callable[[], Tools],
) -> Callable[[Document | Quarantined], Preview | Quarantined]:
    """Give the function by which a worker process answers."""
    tools = make_tools()
    read = itertools.count(1)

    def answer(document: Document | Quarantined) -> Preview | Quarantined:
        found = _attempt(document, tools)
        if next(read) in SETTLED_AFTER:
            set_apart()
        return found

    return answer


def _attempt(document: Document | Quarantined, tools: Tools | None) -> Preview | Quarantined:
    if isinstance(document, Quarantined):
        return document
    try:
        return preview(document, tools)
    except FORESEEN as error:
        # One document must not stop the others; what went wrong is kept with it.
        return given_up(document, f"{type(error).__name__}: {error}")


def given_up(document: Document | Quarantined, reason: str) -> Quarantined:
    if isinstance(document, Quarantined):
        return document
    return Quarantined(
        source=document.path or document.document_id,
        reason=f"extraction failed: {reason}",
        value=digest_of(document),
        raw=document.text[:MAX_RAW],
    )


def _packed(document: Document | Quarantined) -> Document | Quarantined:
    """Give a document without the bytes it came from: a worker does not need them."""
    return replace(document, original=b"") if isinstance(document, ReadDocument) else document


def _joined(
    document: Document | Quarantined, answer: Preview | Quarantined | Lost
) -> Preview | Quarantined:
    """Join what a worker found to the document as it was read."""
    if isinstance(answer, Lost):
        return given_up(document, answer.reason)
    if isinstance(answer, Quarantined) or isinstance(document, Quarantined):
        return answer
    return replace(answer, document=replace(document, language=answer.document.language))


def _weight(document: Document | Quarantined) -> int:
    if isinstance(document, Quarantined):
        return len(document.raw)
    return len(document.text) + len(original_of(document))


def digest_of(document: Document) -> str:
    return DIGEST + document.sha256

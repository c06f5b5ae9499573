"""Takes one PDF apart in a process of its own, so that a hostile one can hurt nobody.

Run by `ingest.readers.pdf` as a program: the PDF on standard input, JSON on standard output.
Where the system can (POSIX), memory and processor time are capped before a byte is read.
"""

from __future__ import annotations

import json
import sys
import zlib
from io import BytesIO
from typing import Any

MAX_MEMORY = 1_000_000_000  # bytes of address space
MAX_SECONDS = 30
MAX_CHARACTERS = 1_200_000
"""Text after which reading stops: more than any report may have."""

ENCRYPTED = "the PDF is encrypted: save it without a password, or give its text"
BROKEN = "the PDF is broken: open it in a reader and save it again"


def main() -> None:
    """Read a PDF from standard input, print what is in it."""
    import pypdf

    _cap()
    try:
        found = take_apart(pypdf, sys.stdin.buffer.read())
    except MemoryError:
        found = {"error": f"the PDF needs more than {MAX_MEMORY / 1e9:g} GB of memory"}
    sys.stdout.write(json.dumps(found))


def _cap() -> None:
    try:
        import resource
    except ImportError:  # no POSIX: the caller's clock remains
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def take_apart(pypdf: Any, data: bytes) -> dict[str, Any]:
    """Give pages (None where one cannot be read) and metadata, or an error in one line."""
    faults = (pypdf.errors.PyPdfError, ValueError, LookupError, TypeError, AttributeError,
              ArithmeticError, RecursionError, AssertionError, NotImplementedError, OSError,
              zlib.error)  # fmt: skip
    try:
        reader = pypdf.PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return {"error": ENCRYPTED}
        count = len(reader.pages)
    except pypdf.errors.DependencyError:
        return {"error": ENCRYPTED}
    except faults:
        return {"error": BROKEN}
    pages: list[str | None] = []
    length = 0
    for number in range(count):
        try:
            text = reader.pages[number].extract_text()
        except faults:
            text = None
        pages.append(text)
        length += len(text or "")
        if length > MAX_CHARACTERS:
            break
    try:
        said = {key: str(value)[:2_000] for key, value in (reader.metadata or {}).items()}
    except faults:
        said = {}
    return {"pages": pages, "said": said}


if __name__ == "__main__":
    main()

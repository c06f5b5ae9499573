"""The one registry of readers: name, suffixes, how to tell it by content, how to read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from geodata.errors import InputError
from geodata.incident import Document, Quarantined
from ingest.readers._source import Source


@dataclass(frozen=True, slots=True)
class Reader:
    """One kind of input. `sniff` looks at the first bytes; `read` gives documents or rows.

    `count`, where one input holds several, gives how many, for a progress bar.
    """

    name: str
    suffixes: tuple[str, ...]
    sniff: Callable[[bytes], bool]
    read: Callable[[Source], Iterator[Document | Quarantined]]
    count: Callable[[Source], int] | None = None


_READERS: dict[str, Reader] = {}


def register(reader: Reader) -> None:
    """Make a reader known; a name or suffix that another one has is refused."""
    for other in _READERS.values():
        taken = set(other.suffixes) & set(reader.suffixes)
        if other.name == reader.name or taken:
            what = reader.name if other.name == reader.name else ", ".join(sorted(taken))
            raise InputError(f"reader {reader.name!r}: {what!r} belongs to {other.name!r}")
    _READERS[reader.name] = reader


def unregister(name: str) -> None:
    """Forget a reader."""
    reader_named(name)
    del _READERS[name]


def readers() -> tuple[Reader, ...]:
    """Known readers, in the order of their registration."""
    return tuple(_READERS.values())


def reader_named(name: str) -> Reader:
    """Give a reader by its name."""
    if name not in _READERS:
        raise InputError(f"no reader {name!r}; known are {', '.join(_READERS)}")
    return _READERS[name]


def read_source(source: Source) -> Iterator[Document | Quarantined]:
    """Read one input with the reader that knows it; what cannot be read is a row that says why."""
    try:
        yield from reader_for(source).read(source)
    except InputError as error:
        yield source.quarantined(str(error))


def count_source(source: Source) -> int:
    """Count what `read_source` would give, by the name alone where that is enough."""
    reader = next((one for one in readers() if source.suffix in one.suffixes), None)
    if reader is None or reader.count is None:
        return 1
    try:
        return max(1, reader.count(source))
    except InputError:
        return 1


def known_suffixes() -> str:
    """Suffixes of all readers, for messages."""
    return ", ".join(suffix for reader in readers() for suffix in reader.suffixes)


def reader_for(source: Source) -> Reader:
    """Choose the reader of an input by its content, then its suffix.

    Content decides where it is sure (a page saved as .txt, a picture renamed .txt); an unknown
    suffix with plain text in it is read as text.

    Raises
    ------
    InputError
        It cannot be opened, or it is of a kind that no reader knows.
    """
    head = source.head()
    by_suffix = next((one for one in readers() if source.suffix in one.suffixes), None)
    by_content = next((one for one in readers() if one.sniff(head)), None)
    if by_suffix is not None and (by_content is None or by_suffix.name != "text"):
        return by_suffix
    if by_content is not None:
        return by_content
    if source.suffix == ".gpkg":
        raise InputError("it is a project, not a table: export its incidents, and read those")
    if source.suffix in TABLES:
        raise InputError(_why_no_table(source))
    if source.suffix and source.suffix in NOT_TEXT:
        raise InputError(f"files of the kind {source.suffix!r} cannot be read; known are "
                         f"{known_suffixes()}")  # fmt: skip
    return reader_named("text")


def _why_no_table(source: Source) -> str:
    """Say why a table is not read here: it is broken, or it stands among reports."""
    from ingest.readers.tables import is_table, open_table

    if source.path is not None and not is_table(source.path):
        try:
            open_table(source.path, shown=source.suffix)
        except InputError as error:
            return str(error).removeprefix(f"{source.suffix}: ")
    return f"a table ({source.suffix}) among reports is not read: name it itself, as a PATH"


TABLES = frozenset(
    {".csv", ".tsv", ".tab", ".xls", ".xlsx", ".xlsm", ".ods", ".parquet", ".geoparquet",
     ".geojson", ".gpkg", ".shp", ".kml"}
)  # fmt: skip
SHAPE_PARTS = frozenset({".shx", ".dbf", ".prj", ".cpg", ".sbn", ".sbx", ".qix"})
NOT_TEXT = frozenset(
    {".doc", ".docm", ".dot", ".rtf", ".gz", ".tar", ".7z", ".rar", ".msg", ".epub",
     ".png", ".jpg", ".jpeg", ".gif", ".py", ".js", ".css"}
)  # fmt: skip
"""Suffixes of files that no reader knows, even where their bytes are text."""

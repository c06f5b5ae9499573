"""Which reader a table needs, by its content first and its suffix second."""

from __future__ import annotations

import re
import shutil
import weakref
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from geodata.errors import InputError
from ingest.readers._source import shown_name
from ingest.readers.tables._batch import BATCH_ROWS, RowBatch, Table, TableInfo
from ingest.readers.tables._encoding import TextFile, encoding_of
from ingest.readers.tables._file import digest_of, head_of, tail_of
from ingest.readers.tables._layout import is_value, layout
from ingest.readers.tables._sniff import sniffed
from ingest.readers.tables._unzip import archive_of, extracted

DELIMITED = frozenset({".csv", ".tsv", ".tab"})
_SHEETS = {".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xls", ".ods": "ods"}
_FEATURES = {".geojson": "geojson", ".json": "geojson", ".gpkg": "gpkg", ".shp": "shp",
             ".kml": "kml"}  # fmt: skip
_ZIPPED = frozenset({".zip", ".shz", ".kmz"})
SUFFIXES = DELIMITED | {".txt", ".parquet", ".geoparquet"} | set(_SHEETS) | set(_FEATURES) | _ZIPPED
"""Suffixes that a table may have; .txt, .json and .zip are tables by their content alone."""

_MEMBERS = (SUFFIXES - _ZIPPED - {".txt", ".json"}) | {".kmz"}
_SHAPE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_BESIDE = re.compile(r"(?i)(?:.*/)?(?:read.?me|licen[cs]e|copying|metadata|.*\.(?:xml|qmd|qpj|sbn|"
                     r"sbx|shp|shx|dbf|prj|cpg|qix))[^/]*")  # fmt: skip
_COLLECTION = re.compile(rb'"type"\s*:\s*"FeatureCollection"')
_SENTENCE = re.compile(r"[.!?]$|\w+(?:\s+\w+){5,}")


@dataclass(frozen=True, slots=True)
class _Zipped:
    """What a .zip or .kmz holds: members to unpack, and the one to open."""

    members: dict[str, str]
    main: str


class _Named:
    """A table whose errors name the file; it holds the folder it was unpacked to, if any."""

    def __init__(self, table: Table, shown: str, folder: Path | None = None) -> None:
        self._table = table
        self._shown = shown
        if folder is not None:
            weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)

    @property
    def info(self) -> TableInfo:
        """What is known before reading."""
        return self._table.info

    def batches(self, *, size: int = BATCH_ROWS) -> Iterator[RowBatch]:
        """Rows in the order of the file, never more than `size` at a time."""
        try:
            for batch in self._table.batches(size=size):
                yield self._named(batch)
        except InputError as error:
            raise InputError(f"{self._shown}: {error}") from error

    def sample(self, rows: int = 200) -> RowBatch:
        """Give the first rows."""
        try:
            return self._named(self._table.sample(rows))
        except InputError as error:
            raise InputError(f"{self._shown}: {error}") from error

    def _named(self, batch: RowBatch) -> RowBatch:
        """Give the columns of a batch the table's names; readers count them."""
        cells = batch.cells.rename_columns(list(self.info.columns))
        return replace(batch, cells=cells)


def open_table(
    path: Path,
    *,
    shown: str = "",
    sheet: str = "",
    encoding: str = "",
    delimiter: str = "",
    header: bool | None = None,
) -> Table:
    """Open a table of any kind; no row is read yet that is not needed to know it.

    Parameters
    ----------
    shown
        Name of the file for messages and in `TableInfo.name`; else the path's.
    sheet
        Sheet of a workbook or layer of a file of features; else the one with the most rows.
    encoding, delimiter
        Of delimited text (the encoding also of a Shapefile); else told by the content.
    header
        Whether there is a header; None leaves it to the content.

    Raises
    ------
    InputError
        It cannot be read as a table. The message names the file and says what to do.
    """
    shown = shown or shown_name(path)
    folder: Path | None = None
    try:
        kind = _kind(path)
        source = path
        if kind == "zip":
            inside = _zipped(path)
            folder = extracted(path, inside.members)
            source = folder / inside.main
            kind = _kind(source)
        table = _opened(source, kind, shown, (sheet, encoding, delimiter, header))
    except InputError as error:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        raise InputError(f"{shown}: {error}") from error
    if folder is None:
        return _Named(table, shown)
    return _Named(_Packed(table, path), shown, folder)


class _Packed:
    """A table out of an archive: its size and digest are the archive's."""

    def __init__(self, table: Table, archive: Path) -> None:
        self._table = table
        self._info = replace(
            table.info, size_bytes=archive.stat().st_size, sha256=digest_of(archive)
        )
        self.batches = table.batches
        self.sample = table.sample

    @property
    def info(self) -> TableInfo:
        """What is known before reading."""
        return self._info


def _opened(path: Path, kind: str, shown: str, options: tuple[str, str, str, bool | None]) -> Table:
    sheet, encoding, delimiter, header = options
    if kind == "text":
        from ingest.readers.tables.delimited import open_delimited

        return open_delimited(
            path, name=shown, encoding=encoding, delimiter=delimiter, header=header
        )
    if kind == "parquet":
        from ingest.readers.tables.parquet import open_parquet

        return open_parquet(path, name=shown)
    if kind in _SHEETS.values():
        from ingest.readers.tables.spreadsheet import open_spreadsheet

        return open_spreadsheet(path, name=shown, kind=kind, sheet=sheet, header=header)
    from ingest.readers.tables.features import open_features

    return open_features(path, name=shown, kind=kind, sheet=sheet, encoding=encoding)


def _kind(path: Path) -> str:
    """Tell the kind of a table: text, parquet, xlsx, xls, ods, geojson, gpkg, shp, kml or zip."""
    head = head_of(path)
    if not head:
        raise InputError("the file is empty")
    suffix = path.suffix.casefold()
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_zip(path, suffix)
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if suffix in DELIMITED | {".txt"} or (suffix in (".xls", ".xlsx") and _is_text(path, head)):
        return "text"
    text = head.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")
    if suffix in (".geojson", ".json") and text.startswith(b"{"):
        return "geojson"
    if suffix == ".kml" and b"<" in text[:1]:
        return "kml"
    if suffix in SUFFIXES:
        raise InputError(f"its content is not what the suffix {suffix!r} says: save it again")
    return "text"


def _is_text(path: Path, head: bytes) -> bool:
    """Whether it is text, and no page: many a portal gives its tables the name of a workbook."""
    if head.lstrip().startswith(b"<"):
        return False
    try:
        encoding_of(path)
    except InputError:
        return False
    return True


_MAGIC = (
    (b"\xd0\xcf\x11\xe0", "xls"),
    (b"PAR1", "parquet"),
    (b"SQLite format 3\0", "gpkg"),
    (b"\0\0\x27\x0a", "shp"),
)


def _kind_of_zip(path: Path, suffix: str) -> str:
    with archive_of(path) as archive:
        names = set(archive.namelist())
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if "content.xml" in names and "mimetype" in names and suffix not in (".odt", ".odp"):
        return "ods"
    if "[Content_Types].xml" in names:
        raise InputError("it is an office document without sheets, not a table")
    return "zip"


def _zipped(path: Path) -> _Zipped:
    """Choose the one table of an archive.

    Raises
    ------
    InputError
        There is none, or there are several.
    """
    with archive_of(path) as archive:
        names = [one.filename for one in archive.infolist() if not one.is_dir()]
    names = [one for one in names if not _hidden(one)]
    shapes = [one for one in names if one.casefold().endswith(".shp")]
    tables = [one for one in names if _suffix(one) in _MEMBERS and one not in shapes]
    if path.suffix.casefold() == ".kmz" and "doc.kml" in tables:
        tables = ["doc.kml"]
    if len(shapes) + len(tables) != 1:
        count = "no table" if not shapes and not tables else "several tables"
        raise InputError(f"there is {count} in the archive: unpack it and give one file")
    others = [one for one in names if one not in tables and not _BESIDE.fullmatch(one)]
    kmz = path.suffix.casefold() == ".kmz"
    if others and not kmz:
        raise InputError(f"there are other files in the archive, such as {others[0][:80]!r}: "
                         "unpack it and give the table")  # fmt: skip
    if not shapes:
        main = f"table{_suffix(tables[0])}"
        return _Zipped({tables[0]: main}, main)
    stem = shapes[0][: -len(".shp")].casefold()
    parts = {one: f"table{_suffix(one)}" for one in names
             if _suffix(one) in _SHAPE_PARTS and one[:-4].casefold() == stem}  # fmt: skip
    return _Zipped(parts, "table.shp")


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.casefold()


def _hidden(name: str) -> bool:
    parts = [part for part in name.split("/") if part not in ("", ".", "..")]
    return not parts or any(part.startswith(".") or part == "__MACOSX" for part in parts)


def is_table(path: Path) -> bool:
    """Whether a file is to be read as a table; an unreadable one is none.

    The suffix says so, and the content agrees: text and .json and .zip files are tables only
    where they clearly are, so that a story is never taken for one.
    """
    suffix = path.suffix.casefold()
    if suffix not in SUFFIXES:
        return False
    try:
        kind = _kind(path)
        if suffix == ".txt":
            return kind == "text" and _is_clear_table(path)
        if suffix == ".json":
            return kind == "geojson" and _is_collection(path)
        if kind == "zip":
            _zipped(path)
        elif kind == "gpkg":
            from ingest.readers.tables.features import is_project

            return not is_project(path)
        elif kind == "text":
            encoding_of(path)
    except InputError:
        return False
    return not _is_document(path, kind)


def _is_document(path: Path, kind: str) -> bool:
    return kind == "text" and head_of(path, 16).lstrip()[:5] in (b"%PDF-", b"<!DOC", b"<html")


def _is_collection(path: Path) -> bool:
    found = _COLLECTION.search(head_of(path)) or _COLLECTION.search(tail_of(path))
    return found is not None


def _is_clear_table(path: Path) -> bool:
    """Whether a .txt has a header of several short names, and rows of exactly as many cells."""
    from ingest.readers.tables.delimited import beginning

    found = sniffed(beginning(TextFile(path, encoding_of(path)[0])))
    rows = [row for row in found.rows if row.cells or row.reason]
    shape = layout([row.cells for row in rows], None)
    width = len(shape.names)
    least = 2 if found.dialect.delimiter in "\t|" else 3
    if shape.header != 0 or width < least or len(rows) < 3:
        return False
    names = [name.strip() for name in rows[0].cells]
    good = all(
        0 < len(name) <= 100 and not _SENTENCE.search(name) and not is_value(name) for name in names
    )
    return good and all(len(row.cells) == width and not row.reason for row in rows)

"""A project in one GeoPackage file, open to any GIS while we use it.

Journal: WAL, so that a reader (QGIS, the dashboard) and a writer (ingest) work at once; a file
that may not be written is read through ``immutable`` where WAL has nothing pending. Reasons and
numbers: docs/decisions/2026-11-22-journal.md.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from geodata import _opening as opening
from geodata import _rows as rows
from geodata import _schema as schema
from geodata import _touched
from geodata._extent import extent
from geodata._feeds import Feeds
from geodata._import_undo import ImportUndo
from geodata._memory import PlaceMemories
from geodata._sqlite import Connections
from geodata._value_decisions import ValueDecisions
from geodata.errors import InputError, StoreError, StoreReadOnlyError
from geodata.incident import (
    FIELDS,
    Change,
    Claim,
    Document,
    Incident,
    Json,
    Quarantined,
    with_field,
)

if TYPE_CHECKING:
    from geodata.admin_areas import AdminArea, BoundaryLayer


class GeoPackageStore(PlaceMemories, Feeds, ImportUndo, ValueDecisions):
    """The `Store` of a GeoPackage file; may be shared by threads and opened by many programs.

    Every read sees one snapshot. Inside ``with store.atomic():`` the thread reads its own
    changes; other threads and programs see them when the block has ended. Open one store per
    process: a connection does not survive a fork.
    """

    def __init__(self, path: Path, connections: Connections, *, read_only: bool) -> None:
        super().__init__(connections)
        self.path = path
        self._read_only = read_only

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, create: bool = False) -> Self:
        """Open a project file (see `geodata.store.open_store`)."""
        if create and not read_only and not path.exists():
            opening.create(path)
        opening.must_be_geopackage(path)
        mode = opening.reading_mode(path) if read_only else opening.writing_mode(path)
        connections = Connections(path, mode, query_only=read_only)
        try:
            with connections.reading() as connection:
                waiting = opening.pending(connection, path)
            if waiting:
                opening.migrate(connections, path, read_only=read_only)
            connections.prefer_wal()
        except BaseException:
            connections.close()
            raise
        return cls(path, connections, read_only=read_only)

    @property
    def name(self) -> str:
        """Short name of the project: the file name without its suffix."""
        return self.path.stem

    @property
    def read_only(self) -> bool:
        """Whether writing methods refuse."""
        return self._read_only

    def revision(self) -> int:
        """Give a number that differs after any commit, by this or another program."""
        return self._connections.revision()

    def close(self) -> None:
        """Release the file; the store cannot be used afterwards."""
        self._connections.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # ------------------------------------------------------------ writing

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """One transaction; a nested block that fails undoes itself alone."""
        if self._read_only:
            raise StoreReadOnlyError(f"{str(self.path)!r} was opened for reading only")
        outermost = not self._connections.in_transaction
        with self._connections.transaction() as connection:
            before = connection.total_changes
            try:
                yield
                if outermost:
                    self._bulk.put_back(connection)
            finally:
                if outermost:
                    self._bulk.forget()
            if outermost and connection.total_changes != before:
                connection.execute(
                    "UPDATE gpkg_contents SET last_change = ?,"
                    " min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = ?",
                    (rows.timestamp(), *(extent(connection) or (None,) * 4), schema.LAYER),
                )
                _touched.prune(connection)
        if outermost:
            self._connections.share()

    @contextmanager
    def filling(self) -> Iterator[None]:
        """See `Store.filling`."""
        with self._connections.reading() as connection:
            row = connection.execute(f"SELECT 1 FROM {schema.LAYER} LIMIT 1").fetchone()
        with self._connections.alone() if row is None and not self._read_only else nullcontext():
            yield

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        if self._read_only:
            raise StoreReadOnlyError(f"{str(self.path)!r} was opened for reading only")
        if not self._connections.in_transaction:
            raise RuntimeError("write inside `with store.atomic():`")
        with self._connections.reading() as connection:
            yield connection

    def add_document(self, document: Document, original: bytes = b"") -> bool:
        """Keep a report; False, and nothing written, when its sha256 is already there."""
        if len(original) > rows.MAX_ORIGINAL_BYTES:
            raise InputError(
                f"document {rows.clean(document.path or document.title)!r} has"
                f" {len(original):,} bytes; the most kept is {rows.MAX_ORIGINAL_BYTES:,}: split it"
            )
        row = rows.document_row(document, original)
        sha256 = row[rows.DOCUMENT_COLUMNS.index("sha256")]
        with self._writing() as connection:
            known = connection.execute("SELECT 1 FROM documents WHERE sha256 = ?", (sha256,))
            if known.fetchone():
                return False
            self._insert("documents", (*rows.DOCUMENT_COLUMNS, "original"), [[*row, original]])
            return True

    def add_incidents(self, incidents: Iterable[Incident]) -> int:
        """Add incidents; an id that is already there is an error. Gives how many."""
        now = rows.timestamp()
        columns = (*FIELDS, schema.GEOMETRY)
        values = ([*rows.incident_row(incident), now, now] for incident in incidents)
        return self._insert(schema.LAYER, (*columns, "created", "updated"), values)

    def add_claims(self, claims: Iterable[Claim]) -> int:
        """Add claims of incidents that are there. Gives how many."""
        return self._insert("claims", rows.CLAIM_COLUMNS, map(rows.claim_row, claims))

    def add_quarantine(self, entries: Iterable[Quarantined]) -> int:
        """Keep inputs that could not become incidents. Gives how many."""
        return self._insert(
            "quarantine", rows.QUARANTINE_COLUMNS, map(rows.quarantine_row, entries)
        )

    def add_changes(self, changes: Iterable[Change]) -> int:
        """Copy edits of incidents that are there, under numbers of their own. Gives how many."""
        return self._insert("changes", rows.CHANGE_COLUMNS[1:], map(rows.change_row, changes))

    def add_boundaries(self, layer: BoundaryLayer, areas: Iterable[AdminArea]) -> BoundaryLayer:
        """Keep a layer; gives it as kept: with a free name, its countries and count of areas."""
        from geodata import _boundary_rows

        with self._writing() as connection:
            return _boundary_rows.add_layer(connection, layer, areas)

    def remove_boundaries(self, name: str) -> None:
        """Take a layer out; what was assigned from it stays."""
        from geodata import _boundary_rows

        with self._writing() as connection:
            self._must_have_layer(name)
            _boundary_rows.remove_layer(connection, name)

    def describe(self, words: str) -> None:
        """Set the description that a GIS shows for the incidents layer."""
        with self._writing() as connection:
            connection.execute(
                "UPDATE gpkg_contents SET description = ? WHERE table_name = ?",
                (rows.clean(words, rows.MAX_NOTES), schema.LAYER),
            )

    def tidy(self) -> None:
        """Fold the journal into the file and take WAL off, so that it travels as one file."""
        self._connections.prefer_rollback()

    def update_incident(
        self, incident_id: str, values: Mapping[str, Json], *, who: str, why: str = ""
    ) -> Incident:
        """Change fields and record each change; unchanged fields leave no trace."""
        if not who.strip():
            raise InputError("a change needs the name of who makes it")
        with self._writing() as connection:
            before = self.incident(incident_id)
            if before is None:
                raise InputError(f"no incident {incident_id!r} in {self.name!r}")
            after = rows.storable(_edited(before, values))
            changed = rows.differences(before, after)
            if changed:
                self._bulk.moved()
                self._record(connection, after, changed, who, why)
            return after

    def _record(
        self,
        connection: sqlite3.Connection,
        after: Incident,
        changed: Mapping[str, tuple[Json, Json]],
        who: str,
        why: str,
    ) -> None:
        moment = datetime.now(UTC)
        row = dict(zip((*FIELDS, schema.GEOMETRY), rows.incident_row(after), strict=True))
        cells = {name: row[name] for name in changed} | {"updated": rows.timestamp(moment)}
        if changed.keys() & {"latitude", "longitude"}:
            cells[schema.GEOMETRY] = row[schema.GEOMETRY]
        assignments = ", ".join(f"{name} = ?" for name in cells)
        connection.execute(
            f"UPDATE {schema.LAYER} SET {assignments} WHERE incident_id = ?",
            [*cells.values(), after.incident_id],
        )
        self.add_changes(
            Change(
                change_id=0,  # the file numbers it
                incident_id=after.incident_id,
                field=name,
                before=old,
                after=new,
                who=who,
                when=moment,
                why=why,
            )
            for name, (old, new) in changed.items()
        )

    def _insert(self, table: str, columns: Iterable[str], values: Iterable[list[object]]) -> int:
        names = tuple(columns)
        sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
        with self._writing() as connection:
            try:
                return connection.executemany(sql, values).rowcount
            except sqlite3.IntegrityError as error:
                raise StoreError(_broken_rule(table, error)) from error


def _edited(before: Incident, values: Mapping[str, Json]) -> Incident:
    after = before
    for name, value in values.items():
        try:
            after = with_field(after, name, value)
        except (ValueError, TypeError) as error:
            raise InputError(f"incident {before.incident_id!r}, {name}: {error}") from error
    return after


def _broken_rule(table: str, error: sqlite3.IntegrityError) -> str:
    if "FOREIGN KEY" in str(error):
        return f"a row of {table} names an incident or document that is not in the project"
    return f"a row of {table} is already in the project or incomplete ({error})"

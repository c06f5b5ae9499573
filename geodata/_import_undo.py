"""Taking an import back: everything is as it was before, but for what analysts did since.

The rule. An incident that the import added goes, with its row as written. What analysts edited of
it by hand is kept in `import_undo` and comes back with the incident when a later import adds it
again. A field that the import changed gets its earlier value back, unless somebody changed it
after the import: then the later value stands, and the record of both changes too. A report that
the import added goes too, but for one that incidents were made from since. An import is refused
while a later one of its data set stands, or while claims of reports belong to incidents that it
added.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from geodata import _rows as rows
from geodata import _schema as schema
from geodata._table_changes import TableChanges, cells_of, update_cells
from geodata.datasets import Import
from geodata.errors import InputError
from geodata.incident import FIELDS, Json, to_json

_ADDED = (
    "CREATE TEMP TABLE added_rows AS SELECT r.fid, i.incident_id FROM main.records r"
    " JOIN main.incidents i ON i.fid = r.fid WHERE r.import_id = ? AND i.incident_id NOT IN"
    " (SELECT incident_id FROM main.import_undo WHERE import_id = ?)"
)
_EDIT = ("field", "before", "after", "who", '"when"', "why")
_JSON_EDIT = f"json_group_array(json_array({', '.join(_EDIT)}))"


class ImportUndo(TableChanges):
    """Imports taken back; the store of a project file inherits this and can write."""

    def undo_import(self, import_id: int, *, who: str) -> Import:
        """Take an import back, also one that was never finished (see `DatasetStore`).

        Raises
        ------
        InputError
            It is taken back already, a later import of the data set stands, or claims of
            reports belong to incidents that it added.
        """
        if not who.strip():
            raise InputError("taking an import back needs the name of who does it")
        with self._writing() as connection:
            known = self._import(import_id)
            self._may_be_undone(known)
            connection.execute(_ADDED, [import_id, import_id])
            try:
                _no_claims(connection, known)
                edits = _edits(connection)
                self._take_out(connection)
            finally:
                connection.execute("DROP TABLE temp.added_rows")
            _restore_fields(connection, import_id)
            _restore_records(connection, import_id)
            _forget(connection, import_id)
            connection.executemany(
                "INSERT INTO import_undo (import_id, incident_id, edits) VALUES (?, ?, ?)",
                ([import_id, incident_id, text] for incident_id, text in edits),
            )
            detail = _without_progress(known.detail) | {"undone_by": rows.clean(who)}
            if known.reports:
                detail["stayed"] = _take_reports_out(connection, known)
            connection.execute(
                "UPDATE imports SET undone = ?, detail = ? WHERE import_id = ?",
                [rows.timestamp(), rows.dumps(detail), import_id],
            )
            return self._import(import_id)

    def _may_be_undone(self, known: Import) -> None:
        if known.undone:
            raise InputError(f"import {known.import_id} of {known.source!r} is taken back already")
        for other in self.imports(known.dataset_id):
            if other.import_id > known.import_id and not other.undone:
                raise InputError(
                    f"import {other.import_id} of {other.source!r} came later: take it back first"
                )

    def _take_out(self, connection: sqlite3.Connection) -> None:
        """Delete the incidents of ``added_rows``, and all that hangs on them."""
        (count,) = connection.execute("SELECT count(*) FROM temp.added_rows").fetchone()
        self._bulk.expect(connection, int(count))
        self._bulk.moved()
        connection.execute(
            "DELETE FROM changes WHERE incident_id IN (SELECT incident_id FROM temp.added_rows)"
        )
        connection.execute("DELETE FROM records WHERE fid IN (SELECT fid FROM temp.added_rows)")
        connection.execute(
            f"DELETE FROM {schema.LAYER} WHERE fid IN (SELECT fid FROM temp.added_rows)"
        )

    def _give_edits_back(
        self, connection: sqlite3.Connection, into: Import, incident_ids: Sequence[str]
    ) -> None:
        """Bring back what analysts edited of these incidents before an import was undone."""
        if not connection.execute(
            "SELECT 1 FROM import_undo WHERE edits NOTNULL LIMIT 1"
        ).fetchone():
            return
        found = connection.execute(
            "SELECT u.fid, u.incident_id, u.edits FROM json_each(?) j CROSS JOIN import_undo u"
            " ON u.incident_id = j.value AND u.edits NOTNULL ORDER BY u.fid",
            [json.dumps(list(incident_ids))],
        ).fetchall()
        for fid, incident_id, text in found:
            _edit_again(connection, incident_id, json.loads(text))
            connection.execute("DELETE FROM import_undo WHERE fid = ?", [fid])


def _without_progress(detail: Mapping[str, Json]) -> dict[str, Json]:
    return {name: value for name, value in detail.items() if name != "progress"}


def _take_reports_out(connection: sqlite3.Connection, known: Import) -> int:
    """Delete the reports that an import added; gives how many stay, as incidents rest on them."""
    stayed = 0
    for first, last in known.documents:
        within = "FROM documents WHERE fid BETWEEN ? AND ?"
        connection.execute(
            f"DELETE {within} AND document_id NOT IN (SELECT document_id FROM claims)",
            [first, last],
        )
        (count,) = connection.execute(f"SELECT count(*) {within}", [first, last]).fetchone()
        stayed += int(count)
    return stayed


def _no_claims(connection: sqlite3.Connection, known: Import) -> None:
    joined = [
        name
        for (name,) in connection.execute(
            "SELECT DISTINCT incident_id FROM claims"
            " WHERE incident_id IN (SELECT incident_id FROM temp.added_rows) LIMIT 3"
        )
    ]
    if joined:
        raise InputError(
            f"import {known.import_id} of {known.source!r} cannot be taken back: reports tell of"
            f" its incidents {', '.join(map(repr, joined))}"
        )


def _edits(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Edits by hand of the incidents of ``added_rows``, as JSON, oldest first."""
    return connection.execute(
        f"SELECT incident_id, {_JSON_EDIT} FROM (SELECT * FROM changes WHERE origin = ''"
        " AND incident_id IN (SELECT incident_id FROM temp.added_rows) ORDER BY change_id)"
        " GROUP BY incident_id"
    ).fetchall()


def _edit_again(
    connection: sqlite3.Connection, incident_id: str, edits: Sequence[Sequence[str]]
) -> None:
    """Make edits that were made before, with their makers and times.

    The first one of a field starts from what the table says now.
    """
    (fid, *row) = connection.execute(
        f"SELECT fid, {', '.join(FIELDS)} FROM {schema.LAYER} WHERE incident_id = ?", [incident_id]
    ).fetchone()
    incident = rows.incident_from(row)
    latest = {name: json.loads(after) for name, _, after, *_ in edits}
    names, cells = cells_of(incident, latest)
    update_cells(connection, names, [[*cells, rows.timestamp(), fid]])
    said = to_json(incident)
    first: set[str] = set()
    for name, before, after, *about in edits:
        start = before if name in first else rows.dumps(said[name])
        first.add(name)
        connection.execute(
            f"INSERT INTO changes (incident_id, {', '.join(_EDIT)}) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [incident_id, name, start, after, *about],
        )


def _restore_fields(connection: sqlite3.Connection, import_id: int) -> None:
    """Give fields their earlier values where nobody changed them later; forget those changes."""
    origin = f"import {import_id}"
    found = connection.execute(
        "SELECT c.incident_id, c.field, c.before, u.updated FROM changes c JOIN import_undo u"
        " ON u.import_id = ? AND u.incident_id = c.incident_id"
        " WHERE c.origin = ? AND c.origin <> '' AND NOT EXISTS (SELECT 1 FROM changes later"
        " WHERE later.incident_id = c.incident_id AND later.field = c.field"
        " AND later.change_id > c.change_id AND later.origin <> c.origin)"
        " ORDER BY c.incident_id, c.change_id DESC",
        [import_id, origin],
    ).fetchall()
    before: dict[str, dict[str, Any]] = {}
    for incident_id, name, value, _ in found:  # the earliest change of a field comes last
        before.setdefault(incident_id, {})[name] = json.loads(value)
    updated = {row[0]: row[3] for row in found}
    for incident_id, values in before.items():
        (fid, *row) = connection.execute(
            f"SELECT fid, {', '.join(FIELDS)} FROM {schema.LAYER} WHERE incident_id = ?",
            [incident_id],
        ).fetchone()
        names, cells = cells_of(rows.incident_from(row), values)
        update_cells(connection, names, [[*cells, updated[incident_id], fid]])
        connection.executemany(
            "DELETE FROM changes WHERE origin = ? AND incident_id = ? AND field = ?",
            ((origin, incident_id, name) for name in values),
        )


def _restore_records(connection: sqlite3.Connection, import_id: int) -> None:
    found = connection.execute(
        "SELECT i.fid, u.record FROM import_undo u JOIN incidents i USING (incident_id)"
        " WHERE u.import_id = ? AND u.record NOTNULL",
        [import_id],
    ).fetchall()
    connection.executemany(
        "UPDATE records SET import_id = ?, position = ?, version = ?, digest = ?, kept = ?"
        " WHERE fid = ?",
        ([*json.loads(record), fid] for fid, record in found),
    )


def _forget(connection: sqlite3.Connection, import_id: int) -> None:
    """Delete what is left of an import: its rows as written, its quarantine, what it replaced."""
    for table in ("originals", "quarantine", "import_undo"):
        connection.execute(f"DELETE FROM {table} WHERE import_id = ?", [import_id])
    connection.execute(
        "UPDATE quarantine SET resolved = NULL, resolved_by = NULL WHERE resolved_by = ?",
        [import_id],
    )

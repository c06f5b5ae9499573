"""A newer release of a table: what it changes in the rows that are there, and what it withdraws.

A field that an analyst edited by hand (a change without an origin) stays; what the table says now
is kept beside it. Date, place on the map and their precisions go together: where one of them was
edited, all stay, so that no half of a point or of an interval is mixed with another's.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from geodata import _rows as rows
from geodata import _schema as schema
from geodata._table_rows import TableRows
from geodata.datasets import WITHDRAWN, Import, RowChange
from geodata.errors import InputError
from geodata.incident import FIELDS, Incident, Json, Status, from_json, to_json

if TYPE_CHECKING:
    import pyarrow as pa

_TOGETHER = (
    frozenset({"latitude", "longitude", "location_precision"}),
    frozenset({"event_date", "event_date_end", "date_precision"}),
)
_AT_ONCE = 5_000
_FIELDS = ", ".join(f"i.{name}" for name in FIELDS)


@dataclass(slots=True)
class _Standing:
    """A row as it is: its incident, what the table said, which fields were edited by hand."""

    fid: int
    incident: Incident
    updated: str
    record: list[Any]  # import_id, position, version, digest, kept
    edited: dict[str, Json] = field(default_factory=dict)  # field: what the table had said
    before_withdrawal: Json = None  # the status then

    @property
    def kept(self) -> dict[str, Json]:
        return dict(json.loads(self.record[4])) if self.record[4] else {}


class TableChanges(TableRows):
    """Newer values of rows; the store of a project file inherits this and can write."""

    def row_changes(self, fields: pa.RecordBatch) -> list[RowChange]:
        """Say what newer values of incidents that are there would change, for each row."""
        from geodata import _table_columns as table

        given = _given(table.checked(fields))
        with self._reading() as connection:
            return [
                _change(one, values)
                for one, values in zip(_standing(connection, given), given.values(), strict=True)
            ]

    def change_rows(
        self,
        into: Import,
        fields: pa.RecordBatch,
        cells: pa.RecordBatch,
        versions: Sequence[int] = (),
    ) -> list[RowChange]:
        """Give rows newer values, and keep what they replace (see `DatasetStore`)."""
        from geodata import _table_columns as table
        from geodata import originals

        given = _given(table.checked(fields))
        with self._writing() as connection:
            self._must_fit(into, fields, cells, versions)
            first = self._keep_cells(connection, into, originals.pack(cells))
            standing = _standing(connection, given)
            changes = [
                _change(one, values) for one, values in zip(standing, given.values(), strict=True)
            ]
            self._apply(connection, into, standing, changes)
            connection.executemany(
                "UPDATE records SET import_id = ?, position = ?, version = ?, digest = ?, kept = ?"
                " WHERE fid = ?",
                (
                    [into.import_id, first + at, version, digest, _kept(one, values), one.fid]
                    for at, (one, values, version, digest) in enumerate(
                        zip(
                            standing,
                            given.values(),
                            versions or [0] * len(standing),
                            originals.digests(cells).tolist(),
                            strict=True,
                        )
                    )
                ),
            )
            return changes

    def withdraw_rows(self, into: Import, incident_ids: Sequence[str]) -> int:
        """Reject rows that a release no longer has, with the tag ``withdrawn``. Gives how many."""
        count = 0
        with self._writing() as connection:
            self._must_be_open(into)
            for start in range(0, len(incident_ids), _AT_ONCE):
                standing = _standing(connection, incident_ids[start : start + _AT_ONCE])
                standing = [one for one in standing if WITHDRAWN not in one.incident.tags]
                self._apply(connection, into, standing, [_withdrawal(one) for one in standing])
                count += len(standing)
        return count

    def _apply(
        self,
        connection: sqlite3.Connection,
        into: Import,
        standing: Sequence[_Standing],
        changes: Sequence[RowChange],
    ) -> None:
        """Write what changes, each field recorded as the import's, and how to take it back."""
        self._bulk.moved()
        self._remember(connection, into, standing)
        moment, why = rows.timestamp(), rows.clean(into.source, rows.MAX_NOTES)
        recorded: list[list[Any]] = []
        updates: dict[tuple[str, ...], list[list[Any]]] = {}
        for one, change in zip(standing, changes, strict=True):
            moves = {n: pair for n, pair in change.fields.items() if n not in change.kept}
            if not moves:
                continue
            names, cells = cells_of(one.incident, {n: new for n, (_, new) in moves.items()})
            updates.setdefault(names, []).append([*cells, moment, one.fid])
            recorded += [
                [one.incident.incident_id, name, rows.dumps(old), rows.dumps(new),
                 rows.clean(into.who), moment, why, f"import {into.import_id}"]
                for name, (old, new) in moves.items()
            ]  # fmt: skip
        for names, values in updates.items():
            update_cells(connection, names, values)
        connection.executemany(
            f"INSERT INTO changes ({', '.join(rows.CHANGE_COLUMNS[1:])})"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            recorded,
        )

    @staticmethod
    def _remember(
        connection: sqlite3.Connection, into: Import, standing: Sequence[_Standing]
    ) -> None:
        """Keep how rows were before the import; those it added itself need nothing."""
        connection.executemany(
            "INSERT INTO import_undo (import_id, incident_id, record, updated)"
            " SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS (SELECT 1 FROM import_undo"
            " WHERE import_id = ?1 AND incident_id = ?2)",
            (
                (into.import_id, one.incident.incident_id, json.dumps(one.record), one.updated)
                for one in standing
                if one.record[0] != into.import_id
            ),
        )


def update_cells(
    connection: sqlite3.Connection, names: Sequence[str], values: Iterable[Sequence[Any]]
) -> None:
    """Set columns of incidents; each item holds their values, then ``updated``, then the fid."""
    assignments = ", ".join(f"{name} = ?" for name in (*names, "updated"))
    connection.executemany(f"UPDATE {schema.LAYER} SET {assignments} WHERE fid = ?", values)


def cells_of(incident: Incident, values: Mapping[str, Json]) -> tuple[tuple[str, ...], list[Any]]:
    """Columns and their values for an incident that gets new field values."""
    try:
        after = from_json(to_json(incident) | dict(values))
    except ValueError as error:
        raise InputError(f"incident {incident.incident_id!r}: {error}") from error
    row = dict(zip((*FIELDS, schema.GEOMETRY), rows.incident_row(after), strict=True))
    names = tuple(values)
    if {"latitude", "longitude"} & set(names):
        names = (*names, schema.GEOMETRY)
    return names, [row[name] for name in names]


def _given(fields: pa.RecordBatch) -> dict[str, dict[str, Json]]:
    """Values of each row as JSON, by incident."""
    found: dict[str, dict[str, Json]] = {}
    for row in fields.to_pylist():
        values = {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in row.items()
        }
        if values.get("status", "") is None:
            del values["status"]  # says nothing of it
        for name in {"killed_by_status", "tags"} & values.keys():
            try:
                values[name] = json.loads(values[name])
            except ValueError as error:
                raise InputError(f"incident {row['incident_id']!r}, {name}: {error}") from error
        found[values.pop("incident_id")] = values
    if len(found) != fields.num_rows:
        raise InputError("an incident comes twice among the rows that change")
    return found


def _standing(connection: sqlite3.Connection, incident_ids: Iterable[str]) -> list[_Standing]:
    """Rows as they are, in the order of the ids."""
    wanted = list(incident_ids)
    asked = json.dumps(wanted)
    found: dict[str, _Standing] = {}
    for row in connection.execute(
        f"SELECT i.fid, i.updated, r.import_id, r.position, r.version, r.digest, r.kept, {_FIELDS}"
        " FROM json_each(?) j CROSS JOIN incidents i ON i.incident_id = j.value"
        " JOIN records r ON r.fid = i.fid",
        [asked],
    ):
        incident = rows.incident_from(row[7:])
        found[incident.incident_id] = _Standing(row[0], incident, row[1], list(row[2:7]))
    for name in wanted:
        if name not in found:
            raise InputError(f"no row of a table is incident {name!r}")
    for incident_id, name, before, origin in connection.execute(
        "SELECT c.incident_id, c.field, c.before, c.origin FROM json_each(?) j"
        " CROSS JOIN changes c ON c.incident_id = j.value ORDER BY c.change_id",
        [asked],
    ):
        one = found[incident_id]
        if not origin:
            one.edited.setdefault(name, json.loads(before))
        elif name == "status" and origin.startswith("import "):
            one.before_withdrawal = json.loads(before)
    return [found[name] for name in wanted]


def _held(one: _Standing) -> set[str]:
    """Fields that an analyst holds: the edited ones and what goes with them."""
    edited = set(one.edited)
    return edited.union(*(group for group in _TOGETHER if group & edited))


def _change(one: _Standing, values: Mapping[str, Json]) -> RowChange:
    """Compare what a row says with what the table said, and where that is new, with what stands."""
    now, kept = to_json(one.incident), one.kept
    new = to_json(from_json({"incident_id": one.incident.incident_id} | dict(values)))
    values = {name: new[name] for name in values}
    held = _held(one)
    fields: dict[str, tuple[Json, Json]] = {}
    for name, value in values.items():
        if name in held:
            said = kept.get(name, one.edited.get(name, now[name]))
            if value not in (said, now[name]):
                fields[name] = (now[name], value)
        elif value != now[name]:
            fields[name] = (now[name], value)
    held_here = tuple(name for name in fields if name in held)
    if WITHDRAWN in one.incident.tags:
        fields, held_here = _returned(one, fields, held_here)
    return RowChange(one.incident.incident_id, "changed", fields, held_here)


def _returned(
    one: _Standing, fields: dict[str, tuple[Json, Json]], held: tuple[str, ...]
) -> tuple[dict[str, tuple[Json, Json]], tuple[str, ...]]:
    """Bring a row back that was withdrawn: its status then, unless an analyst set another."""
    tags = list(one.incident.tags)
    wanted = tags if "tags" in held or "tags" not in fields else fields["tags"][1]
    back: dict[str, tuple[Json, Json]] = {"tags": (tags, [t for t in wanted if t != WITHDRAWN])}
    status = one.incident.status.value
    if "status" not in {*one.edited, *fields} and one.before_withdrawal not in (None, status):
        back["status"] = (status, one.before_withdrawal)
    return fields | back, tuple(name for name in held if name != "tags")


def _kept(one: _Standing, values: Mapping[str, Json]) -> str | None:
    """What the table says of the fields that an analyst holds, where it differs from theirs."""
    said = {n: values[n] for n in sorted(_held(one) & values.keys())}
    return rows.dumps(one.kept | said) if said or one.kept else None


def _withdrawal(one: _Standing) -> RowChange:
    tags, status = list(one.incident.tags), one.incident.status
    fields: dict[str, tuple[Json, Json]] = {"tags": (tags, [*tags, WITHDRAWN])}
    if status is not Status.REJECTED:
        fields["status"] = (status.value, Status.REJECTED.value)
    kept = ("status",) if "status" in fields and "status" in one.edited else ()
    return RowChange(one.incident.incident_id, "removed", fields, kept)

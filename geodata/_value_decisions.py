"""What names of tables mean, by an analyst, and what that changes in the rows that are there."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any

from geodata import _rows as rows
from geodata import _schema as schema
from geodata._project import Project
from geodata.datasets import ValueDecision
from geodata.errors import InputError
from geodata.taxonomy import EVENT_TYPE_OF, canonical_event_type, canonical_sub_event_type

COLUMNS: dict[str, tuple[str, ...]] = {
    "actor": ("actor1", "actor2", "perpetrator"),
    "country": ("country",),
    "admin1": ("admin1",),
    "admin2": ("admin2",),
    "event_type": ("event_type", "sub_event_type"),
}
"""Kind of a decision, and the fields where the name may stand."""

_SQL = 'kind, value, meaning, context, who, "when"'
_KEY = "kind = ? AND value = ? AND context = ?"
# The change is the field's last one.
_LAST = (
    "NOT EXISTS (SELECT 1 FROM changes later WHERE later.incident_id = c.incident_id"
    " AND later.field = c.field AND later.change_id > c.change_id)"
)


class ValueDecisions(Project):
    """Decisions on names; the store of a project file inherits this and can write."""

    def _writing(self) -> AbstractContextManager[sqlite3.Connection]:
        raise NotImplementedError

    def value_decisions(self) -> list[ValueDecision]:
        """Decisions in force, the oldest first."""
        found = self._fetch(f"SELECT {_SQL} FROM value_decisions ORDER BY decision_id")
        return [_decision(row) for row in found]

    def decide_value(self, decision: ValueDecision) -> int:
        """Keep what a name means and give it to every row of a data set that bears it.

        Raises
        ------
        InputError
            The kind is unknown, the name is empty, nobody signs, or an event type is none.
        """
        _must_be_sound(decision)
        now = rows.timestamp()
        key = [decision.kind, rows.clean(decision.value), rows.clean(decision.context)]
        with self._writing() as connection:
            changed = _take_back(connection, key, now)
            connection.execute(f"DELETE FROM value_decisions WHERE {_KEY}", key)
            number = connection.execute(
                'INSERT INTO value_decisions (kind, value, context, meaning, who, "when")'
                " VALUES (?, ?, ?, ?, ?, ?)",
                [*key, rows.clean(decision.meaning), rows.clean(decision.who), now],
            ).lastrowid
            for column in COLUMNS[decision.kind]:
                meaning = _meaning(decision, column)
                if meaning not in ("", key[1]):
                    about = {"who": rows.clean(decision.who), "now": now, "number": number}
                    changed += _apply(connection, column, key, meaning, about)
            return changed


def _must_be_sound(decision: ValueDecision) -> None:
    if decision.kind not in COLUMNS:
        raise InputError(f"no kind {decision.kind!r} of decision; one of {', '.join(COLUMNS)}")
    if not decision.value.strip() or not decision.who.strip():
        raise InputError("a decision needs the name it is about and the name of who decides")
    kinds = (canonical_event_type(decision.meaning), canonical_sub_event_type(decision.meaning))
    if decision.kind == "event_type" and decision.meaning and not any(kinds):
        raise InputError(f"{decision.meaning!r} is no event type and no sub-event type")


def _meaning(decision: ValueDecision, column: str) -> str:
    """What the name becomes in a column; empty where it says nothing of it."""
    if decision.kind != "event_type":
        return rows.clean(decision.meaning)
    sub = canonical_sub_event_type(decision.meaning)
    if column == "sub_event_type":
        return sub or ""
    return canonical_event_type(decision.meaning) or (EVENT_TYPE_OF[sub] if sub else "")


def _apply(
    connection: sqlite3.Connection,
    column: str,
    key: Sequence[str],
    meaning: str,
    about: dict[str, Any],
) -> int:
    """Change a column of the rows that bear the name, and record it, a statement each."""
    _, value, context = key
    where = (
        f"dataset NOTNULL AND {column} = :value AND (:context = '' OR country = :context)"
        f" AND NOT EXISTS (SELECT 1 FROM changes c WHERE c.incident_id = {schema.LAYER}.incident_id"
        f" AND c.field = '{column}' AND c.origin = '')"
    )
    values = about | {
        "value": value,
        "context": context,
        "meaning": meaning,
        "before": rows.dumps(value),
        "after": rows.dumps(meaning),
        "why": f"{value} means {meaning}",
        "origin": f"decision {about['number']}",
    }
    connection.execute(
        'INSERT INTO changes (incident_id, field, before, after, who, "when", why, origin)'
        f" SELECT incident_id, '{column}', :before, :after, :who, :now, :why, :origin"
        f" FROM {schema.LAYER} WHERE {where}",
        values,
    )
    return connection.execute(
        f"UPDATE {schema.LAYER} SET {column} = :meaning, updated = :now WHERE {where}", values
    ).rowcount


def _take_back(connection: sqlite3.Connection, key: Sequence[str], now: str) -> int:
    """Undo the decision that stands on a name, where its change is the last one of the field."""
    found = connection.execute(
        f"SELECT decision_id FROM value_decisions WHERE {_KEY}", key
    ).fetchone()
    if found is None:
        return 0
    origin, changed = f"decision {found[0]}", 0
    mine = f"FROM changes c WHERE c.origin = ? AND c.origin <> '' AND c.field = ? AND {_LAST}"
    for column in COLUMNS[key[0]]:
        changed += connection.execute(
            f"UPDATE {schema.LAYER} SET {column} = ?, updated = ?"
            f" WHERE incident_id IN (SELECT c.incident_id {mine})",
            [key[1], now, origin, column],
        ).rowcount
        connection.execute(
            f"DELETE FROM changes WHERE change_id IN (SELECT c.change_id {mine})", [origin, column]
        )
    return changed


def _decision(row: Sequence[Any]) -> ValueDecision:
    kind, value, meaning, context, who, when = row
    return ValueDecision(
        kind=kind, value=value, meaning=meaning, context=context, who=who, when=rows.moment(when)
    )

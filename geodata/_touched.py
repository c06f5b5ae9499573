"""Which incidents changed last, so that who holds a project in memory reads only those again.

Triggers keep the log, so that it also has what a GIS changes. New incidents are not in it: their
numbers only ever grow.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

LOG = "touched"
KEPT = 20_000
"""Newest entries that stay; who has seen none of them reads everything again."""

TOUCHED: dict[str, str] = {LOG: "Incidents that were changed or removed last, by fid"}
"""The table that the migration ``log_touched`` brings, and its description."""

STATEMENTS: tuple[str, ...] = (
    f"CREATE TABLE {LOG} (fid INTEGER PRIMARY KEY NOT NULL, incident INTEGER NOT NULL)",
    f"""CREATE TRIGGER {LOG}_update AFTER UPDATE ON incidents BEGIN
        INSERT INTO {LOG} (incident) VALUES (OLD.fid);
        INSERT INTO {LOG} (incident) SELECT NEW.fid WHERE NEW.fid != OLD.fid; END""",
    f"""CREATE TRIGGER {LOG}_delete AFTER DELETE ON incidents BEGIN
        INSERT INTO {LOG} (incident) VALUES (OLD.fid); END""",
)

TRIGGERS: tuple[str, ...] = (f"{LOG}_update", f"{LOG}_delete")


@dataclass(frozen=True, slots=True)
class Position:
    """How far somebody has seen a project: the newest entry of the log, the newest incident."""

    entry: int = 0
    incident: int = 0


@dataclass(frozen=True, slots=True)
class Touched:
    """What has happened since a `Position`: numbers (``fid``) of incidents that are new, changed
    or gone, and where the project is now; `count` are all that it has."""

    numbers: npt.NDArray[np.int64]
    position: Position
    count: int


def position(connection: sqlite3.Connection) -> Position:
    """Where a project is now."""
    return Position(
        *connection.execute(
            f"SELECT (SELECT coalesce(max(fid), 0) FROM {LOG}),"
            " (SELECT coalesce(max(fid), 0) FROM incidents)"
        ).fetchone()
    )


def touched(connection: sqlite3.Connection, since: Position, most: int) -> Touched | None:
    """What has happened since; None where the log does not reach so far, or it is more than
    `most`."""
    now = position(connection)
    (oldest,) = connection.execute(f"SELECT coalesce(min(fid), 0) FROM {LOG}").fetchone()
    if now.entry < since.entry or (now.entry > since.entry and oldest > since.entry + 1):
        return None
    found = connection.execute(
        f"SELECT incident FROM {LOG} WHERE fid > ?1 UNION SELECT fid FROM incidents"
        " WHERE fid > ?2 LIMIT ?3",
        [since.entry, since.incident, most + 1],
    ).fetchall()
    if len(found) > most:
        return None
    (count,) = connection.execute("SELECT count(*) FROM incidents").fetchone()
    numbers = np.array([number for (number,) in found], dtype=np.int64)
    return Touched(numbers, now, count)


def prune(connection: sqlite3.Connection) -> None:
    """Take old entries out of the log."""
    connection.execute(f"DELETE FROM {LOG} WHERE fid <= (SELECT max(fid) FROM {LOG}) - {KEPT}")


def among(numbers: npt.NDArray[np.int64]) -> tuple[str, list[str]]:
    """Condition that an incident is one of some, and its values."""
    return "fid IN (SELECT value FROM json_each(?))", [json.dumps(numbers.tolist())]

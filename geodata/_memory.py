"""The places that a project file remembers: kept, changed, forgotten, brought back."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

from geodata import _rows as rows
from geodata._project import Project
from geodata.errors import InputError
from geodata.incident import new_id
from geodata.memory import METHOD, PlaceMemory, checked
from geodata.precision import LocationPrecision

_WORDS = (
    "memory_id", "alias", "in_country", "in_admin1", "in_admin2", "name", "place_id", "country",
    "admin1", "admin2", "source", "who", "why", "ended_by",
)  # fmt: skip
_COLUMNS = (
    *_WORDS, "latitude", "longitude", "radius_km", "location_precision", "when", "ended",
)  # fmt: skip
_SQL = ", ".join(f'"{name}"' for name in _COLUMNS)


class PlaceMemories(Project):
    """What a project file remembers of places; its store inherits this and can write."""

    def _writing(self) -> AbstractContextManager[sqlite3.Connection]:
        raise NotImplementedError

    def remember_place(self, memory: PlaceMemory) -> PlaceMemory:
        """Keep a choice under a new id, now; one for the same phrase and context ends.

        Raises
        ------
        InputError
            The choice lacks a name, a signer, or half of its point.
        """
        words: dict[str, Any] = {
            name: rows.clean(getattr(memory, name)) for name in _WORDS if name != "alias"
        }
        fresh = replace(
            checked(replace(memory, **words)),
            alias=rows.clean(" ".join(memory.alias.split())),
            memory_id=new_id("mem"),
            when=rows.moment(rows.timestamp()),  # as it will be read back
            ended=None,
            ended_by="",
        )
        folded = "\x1f".join(fresh.key)
        row: list[object] = [getattr(fresh, name) for name in _WORDS]
        row += [fresh.latitude, fresh.longitude, fresh.radius_km, fresh.location_precision.value]
        with self._writing() as connection:
            connection.execute(
                "UPDATE place_memory SET ended = ?, ended_by = ?"
                " WHERE folded = ? AND ended IS NULL",
                [rows.timestamp(fresh.when), rows.clean(fresh.who), folded],
            )
            connection.execute(
                f"INSERT INTO place_memory ({_SQL}, folded)"
                f" VALUES ({', '.join('?' * (len(_COLUMNS) + 1))})",
                [*row, rows.timestamp(fresh.when), None, folded],
            )
        return fresh

    def place_memories(self, *, ended: bool = False) -> list[PlaceMemory]:
        """Choices in force, by phrase; with `ended`, those changed or forgotten, latest first."""
        which = "NOT NULL ORDER BY ended DESC, fid DESC" if ended else "NULL ORDER BY folded"
        with self._reading() as connection:
            found = connection.execute(f"SELECT {_SQL} FROM place_memory WHERE ended IS {which}")
            return [_memory(row) for row in found]

    def place_uses(self) -> dict[str, int]:
        """How many incidents the words of each choice have placed, under earlier choices too."""
        with self._reading() as connection:
            found = connection.execute(
                "SELECT now.memory_id, count(DISTINCT c.incident_id) FROM place_memory now"
                " JOIN place_memory m ON m.folded = now.folded"
                " JOIN claims c ON c.field = 'location'"
                " AND instr(c.detail, '\"memory:' || m.memory_id || '\"') > 0"
                " WHERE instr(c.detail, ?) > 0 GROUP BY now.memory_id",
                [METHOD],
            )
            return dict(found)

    def forget_place(self, memory_id: str, *, who: str) -> PlaceMemory:
        """End a choice and record who did; gives it as it was."""
        if not who.strip():
            raise InputError("forgetting a place needs the name of who does it")
        with self._writing() as connection:
            memory = self._one(connection, memory_id, "ended IS NULL")
            connection.execute(
                "UPDATE place_memory SET ended = ?, ended_by = ? WHERE memory_id = ?",
                [rows.timestamp(), rows.clean(who), memory.memory_id],
            )
        return memory

    def restore_place(self, memory_id: str, *, who: str) -> PlaceMemory:
        """Bring an ended choice back, as a new one made by `who`."""
        with self._writing() as connection:
            old = self._one(connection, memory_id, "ended IS NOT NULL")
        why = old.why or f"chosen first by {old.who}"
        return self.remember_place(replace(old, who=who, why=why))

    @staticmethod
    def _one(connection: sqlite3.Connection, memory_id: str, which: str) -> PlaceMemory:
        row = connection.execute(
            f"SELECT {_SQL} FROM place_memory WHERE memory_id = ? AND {which}",
            [rows.clean(memory_id)],
        ).fetchone()
        if row is None:
            raise InputError(f"no remembered place {memory_id!r}; see: incidents places list")
        return _memory(row)


def _memory(row: Sequence[Any]) -> PlaceMemory:
    values = dict(zip(_COLUMNS, row, strict=True))
    try:
        values["location_precision"] = LocationPrecision(values["location_precision"])
        values["when"] = rows.moment(values["when"])
        values["ended"] = rows.moment(values["ended"])
    except (TypeError, ValueError) as error:
        raise rows.unreadable(f"remembered place {values['alias']!r}", error) from error
    return PlaceMemory(**values)

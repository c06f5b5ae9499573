"""The data sets that a project file keeps, and each import into them."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from typing import Any

from geodata import _rows as rows
from geodata._project import Project
from geodata.datasets import REPORTS, Dataset, Import
from geodata.errors import InputError, UnfinishedImportError

_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_DATASET = "dataset_id, title, preset, mapping, credit, added"
_COUNTS = ("rows", "added", "changed", "removed", "unchanged", "quarantined", "duplicates")
_COLUMNS = (
    "import_id", "dataset_id", "source", "sha256", "columns", "preset", "who", "when",
    *_COUNTS, "finished", "undone", "detail",
)  # fmt: skip
_SQL = ", ".join(f'"{name}"' for name in _COLUMNS)
_MOMENTS = ("when", "finished", "undone")


class Imports(Project):
    """What a project file knows of its data sets; its store inherits this and can write."""

    def _writing(self) -> AbstractContextManager[sqlite3.Connection]:
        raise NotImplementedError

    def datasets(self) -> list[Dataset]:
        """Data sets of the project, the oldest first."""
        found = self._fetch(f"SELECT {_DATASET} FROM datasets ORDER BY fid")
        return [_dataset(row) for row in found]

    def dataset(self, dataset_id: str) -> Dataset | None:
        """One data set by its id."""
        found = self._fetch(
            f"SELECT {_DATASET} FROM datasets WHERE dataset_id = ?", [rows.clean(dataset_id)]
        )
        return _dataset(found[0]) if found else None

    def keep_dataset(self, dataset: Dataset) -> Dataset:
        """Add a data set, or write down how it is now; it is known by its id.

        Raises
        ------
        InputError
            The id is not made of small letters, digits, ``-`` and ``_``, or is ``reports``.
        """
        if not _ID.fullmatch(dataset.dataset_id) or dataset.dataset_id == REPORTS:
            raise InputError(
                f"data set {dataset.dataset_id[:200]!r}: an id has up to 60 small letters, digits,"
                f" - and _, begins with a letter or digit, and is not {REPORTS!r}"
            )
        known = self.dataset(dataset.dataset_id)
        added = (known and known.added) or dataset.added
        fresh = replace(dataset, added=rows.moment(rows.timestamp(added)))
        with self._writing() as connection:
            connection.execute(
                f"INSERT INTO datasets ({_DATASET}) VALUES (?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (dataset_id) DO UPDATE SET title = excluded.title,"
                " preset = excluded.preset, mapping = excluded.mapping, credit = excluded.credit",
                [
                    fresh.dataset_id,
                    rows.clean(fresh.title),
                    rows.clean(fresh.preset),
                    rows.clean(fresh.mapping, rows.MAX_JSON),
                    rows.clean(fresh.credit, rows.MAX_NOTES),
                    rows.timestamp(fresh.added),
                ],
            )
        return fresh

    def imports(self, dataset_id: str | None = None) -> list[Import]:
        """Imports, or those into a data set, oldest first; those taken back are among them."""
        found = self._fetch(
            f"SELECT {_SQL} FROM imports WHERE ? IS NULL OR dataset_id = ? ORDER BY import_id",
            [dataset_id, dataset_id],
        )
        return [_import(row) for row in found]

    def begin_import(self, begun: Import) -> Import:
        """Open an import of a data set that is there; gives it with its number.

        Raises
        ------
        InputError
            There is no such data set.
        UnfinishedImportError
            An import into it was begun and never finished.
        """
        with self._writing() as connection:
            if self.dataset(begun.dataset_id) is None:
                raise InputError(f"no data set {begun.dataset_id[:200]!r} in the project")
            for other in self.imports(begun.dataset_id):
                if other.unfinished:
                    raise UnfinishedImportError(
                        f"import {other.import_id} of {other.source!r} was never finished: read"
                        f" that file again, which goes on at row {other.rows + 1:,}, or take it"
                        " back first"
                    )
            fresh = replace(begun, finished=None, undone=None)
            names = ", ".join(f'"{name}"' for name in _COLUMNS[1:])
            number = connection.execute(
                f"INSERT INTO imports ({names}) VALUES ({', '.join('?' * (len(_COLUMNS) - 1))})",
                _row(fresh)[1:],
            ).lastrowid
            return self._import(int(number or 0))

    def finish_import(self, done: Import) -> Import:
        """Close an import: its counts, which must add up to its rows, are written down.

        Raises
        ------
        InputError
            The counts do not add up, or it is not open.
        """
        return self._write_down(done, rows.timestamp())

    def keep_progress(self, into: Import) -> Import:
        """Write down how far an open import is (see `DatasetStore`).

        Raises
        ------
        InputError
            The counts do not add up, or it is not open.
        """
        return self._write_down(into, None)

    def _write_down(self, one: Import, finished: str | None) -> Import:
        parts = (one.added, one.changed, one.unchanged, one.quarantined, one.duplicates)
        if sum(parts) != one.rows:
            raise InputError(
                f"import {one.import_id} of {one.source!r}: {one.rows:,} rows, but"
                f" {one.added:,} added, {one.changed:,} changed, {one.unchanged:,} unchanged,"
                f" {one.quarantined:,} set aside and {one.duplicates:,} twins make {sum(parts):,}"
            )
        limit = rows.MAX_JSON if finished else rows.MAX_DOCUMENT_TEXT
        with self._writing() as connection:
            self._must_be_open(one)
            assignments = ", ".join(f'"{name}" = ?' for name in (*_COUNTS, "finished", "detail"))
            connection.execute(
                f"UPDATE imports SET {assignments} WHERE import_id = ?",
                [
                    *(getattr(one, name) for name in _COUNTS),
                    finished,
                    rows.dumps(dict(one.detail), limit),
                    one.import_id,
                ],
            )
        return self._import(one.import_id)

    def resolve_quarantine(self, ids: Iterable[int], *, by: Import | None = None) -> int:
        """Mark inputs as mended, by an import where one did it. Gives how many were not before."""
        now, import_id = rows.timestamp(), by and by.import_id
        with self._writing() as connection:
            return connection.executemany(
                "UPDATE quarantine SET resolved = ?, resolved_by = ?"
                " WHERE fid = ? AND resolved IS NULL",
                ((now, import_id, number) for number in ids),
            ).rowcount

    def _import(self, import_id: int) -> Import:
        found = self._fetch(f"SELECT {_SQL} FROM imports WHERE import_id = ?", [import_id])
        if not found:
            raise InputError(f"no import {import_id!r} in the project")
        return _import(found[0])

    def _must_be_open(self, into: Import) -> Import:
        known = self._import(into.import_id)
        if known.finished or known.undone:
            raise InputError(f"import {into.import_id} of {known.source!r} is closed")
        return known


def _row(one: Import) -> list[Any]:
    return [
        one.import_id,
        one.dataset_id,
        rows.clean(one.source, rows.MAX_URL),
        rows.clean(one.sha256),
        rows.dumps(list(one.columns), rows.MAX_DOCUMENT_TEXT),
        rows.clean(one.preset),
        rows.clean(one.who),
        rows.timestamp(one.when),
        *(getattr(one, name) for name in _COUNTS),
        rows.timestamp(one.finished) if one.finished else None,
        rows.timestamp(one.undone) if one.undone else None,
        rows.dumps(dict(one.detail)),
    ]


def _import(row: Sequence[Any]) -> Import:
    values = dict(zip(_COLUMNS, row, strict=True))
    try:
        values |= {name: rows.moment(values[name]) for name in _MOMENTS}
        values["columns"] = tuple(json.loads(values["columns"]))
        values["detail"] = json.loads(values["detail"])
    except (TypeError, ValueError) as error:
        raise rows.unreadable(f"import {values['import_id']!r}", error) from error
    return Import(**values)


def _dataset(row: Sequence[Any]) -> Dataset:
    dataset_id, title, preset, mapping, credit, added = row
    try:
        when: datetime | None = rows.moment(added)
    except (TypeError, ValueError) as error:
        raise rows.unreadable(f"data set {dataset_id!r}", error) from error
    return Dataset(
        dataset_id=dataset_id,
        title=title,
        preset=preset,
        mapping=mapping,
        credit=credit,
        added=when,
    )

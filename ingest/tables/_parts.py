"""A long table is kept part by part, so that an import that is stopped goes on where it stood.

What is read is kept after 1, 2, 4, 8 … million rows, each time whole, with its indexes: at most
half of the work is lost, and all the keeping costs less than making the indexes once more. The
row of the import in the project says that it is unfinished and how far it is.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import orjson

from geodata.datasets import Dataset, Import
from geodata.errors import UnfinishedImportError
from ingest.presets.generic import Generic
from ingest.presets.mapping_toml import write_mapping
from ingest.tables.report import Question

if TYPE_CHECKING:
    from geodata.incident import Json
    from geodata.store import Store
    from ingest.tables.opening import Opened, TableOptions
    from ingest.tables.report import TableReport

FIRST_ROWS = 1_000_000
"""Rows after which a table is kept for the first time; a smaller one is stored whole or not."""

LEAST_TO_COME = 0.25  # of what is read: for less, making the indexes once more is not worth it
_MAX_NAMES = 20_000
_COUNTS = ("rows", "added", "changed", "removed", "unchanged", "quarantined", "duplicates")
_BESIDE = (
    "skipped", "kept", "older", "geocoded", "not_located", "outside_country", "far_from_district",
)  # fmt: skip


class Checkpoints:
    """When what is read is kept: after each doubling of rows, while much is still to come."""

    def __init__(self, kept: int = 0) -> None:
        self._next = FIRST_ROWS
        self._step_over(kept)

    def due(self, rows: int, share: float) -> bool:
        """Whether to keep what is read: so many rows, that share of the file (0 to 1)."""
        if rows < self._next:
            return False
        self._step_over(rows)
        return to_come(rows, share) > rows * LEAST_TO_COME

    def _step_over(self, rows: int) -> None:
        while self._next <= rows:
            self._next *= 2


def to_come(rows: int, share: float) -> int:
    """About how many rows follow, as many as there were where nothing tells."""
    return int(rows * (1 - share) / share) if share > 0 else rows


# ---------------------------------------------------------------- an import


def new_import(ready: Opened, who: str) -> Import:
    """Give the import that reading a table begins, without a number."""
    info = ready.info
    return Import(
        dataset_id=ready.dataset_id,
        source=PurePath(info.name).name,
        sha256=info.sha256,
        columns=info.columns,
        preset=ready.preset.name,
        who=who,
        when=datetime.now(UTC),
    )


def begun(store: Store, ready: Opened, into: Import) -> Import:
    """Write down an import and its data set; gives it with its number."""
    known = store.dataset(ready.dataset_id)
    own = isinstance(ready.preset, Generic) and ready.mapping is not None
    title = into.source if ready.mapping else ready.preset.title
    store.keep_dataset(
        Dataset(
            dataset_id=ready.dataset_id,
            title=title if known is None else known.title,
            preset=ready.preset.name,
            mapping=write_mapping(ready.mapping) if own and ready.mapping else "",
            credit=ready.preset.credit,
        )
    )
    return store.begin_import(into)


def counted(into: Import, report: TableReport, ready: Opened, **more: Json) -> Import:
    """Give an import with the counts and the details of its report."""
    info = ready.info
    told: dict[str, Json] = {
        "sheet": info.sheet,
        "header_line": info.header_line,
        "hxl": list(info.hxl),
    }
    return replace(
        into,
        **{name: getattr(report, name) for name in _COUNTS},
        detail=report.detail() | told | more,
    )


# ---------------------------------------------------------------- one that was stopped


def progress_of(report: TableReport, ready: Opened, options: TableOptions) -> dict[str, Json]:
    """Give what going on needs beside the counts of the import."""
    common = {key for key, _ in report.unknown.most_common(_MAX_NAMES)}
    return {
        "how": _how_read(ready, options),
        "key_given": ready.key_given,
        "counts": {name: getattr(report, name) for name in _BESIDE},
        "fields_changed": dict(report.fields_changed),
        # In the order of the file, by which names of as many rows are told.
        "unknown": [[*key, rows] for key, rows in report.unknown.items() if key in common],
    }


def stopped_import(store: Store, ready: Opened, options: TableOptions) -> Import | None:
    """Give the import that reading this table goes on with, None where none was stopped.

    Raises
    ------
    UnfinishedImportError
        One was stopped that is of another file, or that reads it in another way.
    """
    for one in store.imports(ready.dataset_id):
        if not one.unfinished:
            continue
        progress = one.detail.get("progress")
        if isinstance(progress, dict) and progress["how"] == _how_read(ready, options):
            return one
        raise UnfinishedImportError(
            f"{ready.info.name}: import {one.import_id} of {one.source!r} into the data set"
            f" {one.dataset_id!r} is unfinished, with {one.rows:,} rows: read that file again in"
            " the same way, which goes on there, or take it back first"
            f" (incidents tables undo {one.import_id})"
        )
    return None


def _how_read(ready: Opened, options: TableOptions) -> str:
    """Digest of all by which the rows of a table, and their batches, are what they are."""
    info = ready.info
    told = [
        info.sha256, info.sheet, info.encoding, info.delimiter, info.columns, ready.preset.name,
        write_mapping(ready.mapping) if ready.mapping else "", ready.key,
        options.as_incidents and ready.preset.reports,
    ]  # fmt: skip
    return hashlib.blake2b(orjson.dumps(told), digest_size=16).hexdigest()


def take_up(report: TableReport, stopped: Import) -> None:
    """Let a report go on with what an import counted before it was stopped."""
    detail: Any = stopped.detail
    progress = detail["progress"]
    for name in _COUNTS:
        setattr(report, name, getattr(stopped, name))
    for name, count in progress["counts"].items():
        setattr(report, name, count)
    report.resumed, report.words = stopped.rows, detail["words"]
    report.fields_changed = Counter(progress["fields_changed"])
    report.unknown = Counter({(k, v, c): rows for k, v, c, rows in progress["unknown"]})
    for one in detail["questions"]:
        examples = [(line, value) for line, value in one["examples"]]
        report.questions[one["field"], one["reason"]] = Question(
            one["field"], one["reason"], one["rows"], examples
        )


def must_stand(store: Store, into: Import, rows: int) -> None:
    """Make sure that nobody else went on with an import, or took it back, since we looked.

    Raises
    ------
    UnfinishedImportError
        Somebody did.
    """
    for one in store.imports(into.dataset_id):
        if one.import_id == into.import_id and one.unfinished and one.rows == rows:
            return
    raise UnfinishedImportError(
        f"import {into.import_id} of {into.source!r} was taken on, or back, by another program"
        " meanwhile; look at it (incidents tables list), and try again"
    )


def cannot_go_on(into: Import) -> UnfinishedImportError:
    """Say that a file does not give the rows any more that it gave."""
    return UnfinishedImportError(
        f"import {into.import_id} of {into.source!r} cannot go on: this version reads the file in"
        f" other steps; take it back (incidents tables undo {into.import_id}), and read it again"
    )

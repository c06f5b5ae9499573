"""A table into a project: every row an incident, a row of the quarantine, or a skipped duplicate.

The table is a document of the project, and each incident has a claim ``row`` with the cells as
written, so that nothing of a table is lost. Incidents have ids ``<data set>:<id of the row>``:
a newer release finds them again. What it changes is told field by field in the history; what an
analyst has changed stays. The whole table is stored, or nothing of it.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from geodata.batches import batched
from geodata.errors import InputError
from geodata.incident import (
    FIELDS,
    ROW,
    Claim,
    Document,
    Incident,
    Json,
    Quarantined,
    Status,
    derived_id,
    to_json,
)
from ingest.presets import AUTO, Preset, RowError, chosen
from ingest.tables.names import Key, RowNames
from ingest.tables.reading import BadRow, Row, Table, open_table

if TYPE_CHECKING:
    from geodata.store import Store
    from ingest.pipeline import Tools

_WHO = "import of "
"""How the history names a change that a newer release made."""
CHUNK = 1_000
MAX_RAW = 20_000
MAX_KEPT_BYTES = 60_000_000
"""Bytes of a table that are kept in the project; of a larger one the rows alone are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableOptions:
    """How a table is read: layout, sheet, name of the data set, columns by field.

    `shown` is the name of the file for the user, where it lies under another one.
    """

    shown: str = ""
    preset: str = AUTO
    sheet: str = ""
    dataset: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class TableReport:
    """What came of a table: every row is counted once.

    `rows` = added + changed + unchanged + duplicates + quarantined. `kept` counts values of
    analysts that a newer release would have changed; `unknown` the rows that hold each name which
    the registry and the gazetteer lack.
    """

    source: str
    preset: str
    dataset: str
    credit: str = ""
    notes: tuple[str, ...] = ()
    rows: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    duplicates: int = 0
    quarantined: int = 0
    skipped: int = 0
    kept: int = 0
    geocoded: int = 0
    not_located: int = 0
    outside_country: int = 0
    already: bool = False
    unknown: Counter[Key] = field(default_factory=Counter)
    seconds: float = 0.0


def import_table(
    store: Store,
    path: Path,
    tools: Tools,
    options: TableOptions | None = None,
    *,
    progress: Callable[[int], None] = lambda _: None,
) -> TableReport:
    """Read a table into a project; the same file again changes nothing.

    Raises
    ------
    InputError
        The file is no table, or has not what an incident needs.
    """
    began = time.perf_counter()
    options = options or TableOptions()
    table = open_table(path, sheet=options.sheet, shown=options.shown)
    preset = preset_of(table, options)
    own = preset.name == "table"
    dataset = options.dataset or (Path(table.name).stem if own else preset.name)
    report = TableReport(
        source=table.name, preset=preset.name, dataset=dataset, credit=preset.credit,
        notes=table.notes,
    )  # fmt: skip
    run = _Run(store, table, preset, report, RowNames(tools.registry, tools.geocoder))
    run.into_project(path, progress)
    report.seconds = time.perf_counter() - began
    return report


def preset_of(table: Table, options: TableOptions) -> Preset:
    """Give the layout that a table is read by; `InputError` where it has none."""
    sample = [_lowered(row) for row in table.sample()]
    try:
        return chosen(options.preset, table.columns, sample, options.mapping)
    except InputError as error:
        raise InputError(f"{table.name!r} cannot be read: {error}") from error


def _lowered(row: Row) -> dict[str, str]:
    return {column.casefold(): value for column, value in row.cells.items()}


class _Run:
    """One import: reads the rows, looks up names, compares with what the project holds."""

    def __init__(
        self, store: Store, table: Table, preset: Preset, report: TableReport, names: RowNames
    ) -> None:
        self.store, self.table, self.preset = store, table, preset
        self.report, self.names = report, names
        self.seen: dict[str, tuple[int, bytes]] = {}
        self.document_id = ""

    def into_project(self, path: Path, progress: Callable[[int], None]) -> None:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        known = self.store.document_with_sha256(digest)
        if known is not None:
            self.report.already = True
            return
        self.document_id = f"table-{digest[:16]}"
        with self.store.atomic():
            self._keep_file(path, digest)
            for rows in batched(self.table.rows(), CHUNK):
                self._settle(rows)
                progress(len(rows))
        report, names = self.report, self.names
        report.skipped, report.unknown = self.table.skipped, names.unknown
        report.geocoded, report.not_located = names.geocoded, names.not_located
        report.outside_country = names.outside

    def _keep_file(self, path: Path, digest: str) -> None:
        title = f"{self.preset.title}: {self.table.name}"
        text = "\n".join([title, self.preset.credit, "Columns: " + ", ".join(self.table.columns)])
        document = Document(
            document_id=self.document_id, text=text, title=title, outlet=self.preset.title,
            sha256=digest, path=self.table.name,
        )  # fmt: skip
        small = path.stat().st_size <= MAX_KEPT_BYTES
        self.store.add_document(document, path.read_bytes() if small else b"")

    def _settle(self, rows: list[Row | BadRow]) -> None:
        new: list[tuple[Incident, Claim]] = []
        for row in rows:
            self.report.rows += 1
            if isinstance(row, BadRow):
                self._set_aside(row.line, row.reason, cells=row.cells)
                continue
            try:
                found = self._read(row)
            except RowError as error:
                cells = tuple(row.cells.values())
                self._set_aside(row.line, error.reason, error.column, error.value, cells)
                continue
            if found is not None:
                self._compare(found, row, new)
        self.store.add_incidents(incident for incident, _ in new)
        self.store.add_claims(claim for _, claim in new)

    def _read(self, row: Row) -> Incident | None:
        """Read a row into an incident with its id; None for one that repeats another row."""
        cells = _lowered(row)
        incident = self.preset.read(cells)
        key = cells.get(self.preset.key, "").strip() if self.preset.key else ""
        whole = hashlib.blake2b("\x1f".join(row.cells.values()).encode(errors="replace")).digest()
        key = key or whole[:8].hex()
        line, other = self.seen.setdefault(key, (row.line, whole))
        if line != row.line:
            if other == whole:
                self.report.duplicates += 1
                return None
            raise RowError(self.preset.key, key, f"line {line} has the same id and other values")
        return replace(self.names.applied(incident), incident_id=f"{self.report.dataset}:{key}")

    def _compare(self, incident: Incident, row: Row, new: list[tuple[Incident, Claim]]) -> None:
        known = self.store.incident(incident.incident_id)
        claim = self._claim(incident, row)
        if known is None:
            new.append((replace(incident, status=Status.CONFIRMED), claim))
            self.report.added += 1
            return
        before = self._row_before(incident.incident_id)
        if before == row.cells:
            self.report.unchanged += 1
            return
        self._update(known, incident, before)
        self.store.add_claims([claim])
        self.report.changed += 1

    def _row_before(self, incident_id: str) -> dict[str, str]:
        rows = [one for one in self.store.claims(incident_id) if one.field == ROW]
        return rows[-1].value if rows else {}

    def _update(self, known: Incident, incident: Incident, before: dict[str, str]) -> None:
        """Take over what a newer release says otherwise, but for what an analyst has changed."""
        who = _WHO + self.table.name
        own = {
            change.field
            for change in self.store.changes(known.incident_id)
            if not change.who.startswith(_WHO)
        }
        now, then = to_json(incident), to_json(known)
        fields = set(FIELDS) - {"incident_id", "status"}
        values: dict[str, Json] = {f: now[f] for f in fields if now[f] != then[f]}
        self.report.kept += len(own & set(values))
        values = {name: value for name, value in values.items() if name not in own}
        self.store.update_incident(known.incident_id, values, who=who, why="newer release")

    def _claim(self, incident: Incident, row: Row) -> Claim:
        return Claim(
            claim_id=derived_id("clm", self.document_id, incident.incident_id),
            incident_id=incident.incident_id,
            document_id=self.document_id,
            field=ROW,
            value=row.cells,
            method=f"preset {self.preset.name}",
            detail={"line": row.line},
        )

    def _set_aside(
        self,
        line: int,
        reason: str,
        column: str = "",
        value: str = "",
        cells: tuple[str, ...] = (),
    ) -> None:
        self.report.quarantined += 1
        raw = orjson.dumps([cell.encode(errors="replace").decode() for cell in cells]).decode()
        self.store.add_quarantine(
            [
                Quarantined(
                    source=self.table.name, row=line, column=column, value=value[:500],
                    reason=reason, raw=raw[:MAX_RAW],
                )
            ]
        )  # fmt: skip

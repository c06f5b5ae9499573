"""Rows set aside: kept with their cells and reason, and marked when a later file brings them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import orjson

from geodata.incident import Quarantined
from ingest.readers.tables import RowFault

if TYPE_CHECKING:
    import pyarrow as pa

    from geodata.datasets import Import
    from geodata.store import Store
    from ingest.tables._sorting import Sorter
    from ingest.tables.opening import Opened

MAX_WAITING = 1_000_000
"""Rows still to mend that are looked at when a newer file may bring them right."""

_PAGE = 10_000


class Aside:
    """The rows of one import that cannot become incidents; `ids` are those that they would be."""

    def __init__(self, store: Store, ready: Opened, into: Import, sorter: Sorter) -> None:
        self.ids: set[str] = set()
        self.into = into
        self._kept = into.quarantined
        self._store, self._ready, self._sorter = store, ready, sorter

    def keep(self, faults: Sequence[RowFault], *, dry: bool) -> None:
        """Put rows into the quarantine, or with `dry` only remember them."""
        entries = []
        for fault in faults:
            key = self._key_of(fault.raw)
            if key:
                self.ids.add(self._sorter.id_of(key, 0))
            entries.append(
                Quarantined(
                    source=self.into.source,
                    row=fault.line,
                    column=fault.column,
                    value=fault.value,
                    reason=fault.reason,
                    raw=fault.raw,
                    dataset_id=self._ready.dataset_id,
                    import_id=self.into.import_id or None,
                    key=key,
                )
            )
        if entries and not dry:
            self._kept += self._store.add_quarantine(entries)

    def clash(self, cells: pa.RecordBatch, at: int, line: int, other: int) -> RowFault:
        """Say that a row has the id of another one with other values."""
        raw = [column[at].as_py() for column in cells.columns]
        names = [self._ready.info.columns[number] for number in self._ready.key]
        return RowFault(
            line=line,
            reason=f"line {other} has the same id and other values",
            column=names[0] if names else "",
            value=" / ".join(raw[number] or "" for number in self._ready.key),
            raw=orjson.dumps(raw).decode(),
        )

    def _key_of(self, raw: str) -> str:
        """Give the key of a row that could not be read, from its cells; empty where it has none."""
        try:
            cells = orjson.loads(raw)
            parts = [str(cells[at] or "").strip() for at in self._ready.key]
        except (ValueError, IndexError, TypeError):
            return ""  # cut short, or with too few cells
        return " / ".join(parts) if any(parts) else ""

    def _waiting(self) -> Iterator[Quarantined]:
        """Give the rows that earlier imports set aside, which come after those of this one."""
        for offset in range(self._kept, self._kept + MAX_WAITING, _PAGE):
            page = self._store.quarantine(
                dataset_id=self._ready.dataset_id, unresolved=True, limit=_PAGE, offset=offset
            )
            yield from page
            if len(page) < _PAGE:
                return

    def resolve(self) -> int:
        """Mark rows set aside earlier that this file brings again; gives how many came right."""
        again: list[int] = []
        mended = 0
        for one in self._waiting():
            if one.import_id == self.into.import_id or one.quarantine_id is None:
                continue
            incident_id = self._sorter.id_of(one.key, 0) if one.key else ""
            right = bool(incident_id) and incident_id in self._sorter
            if right or incident_id in self.ids or one.source == self.into.source:
                again.append(one.quarantine_id)
                mended += right
        self._store.resolve_quarantine(again, by=self.into)
        return mended

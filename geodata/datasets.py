"""Data sets: tables that were imported, each import of them, and what an import changed.

A data set is known by its `dataset_id` ("acled", "ucdp", "my-sheet"); its rows are incidents with
ids ``<dataset_id>:<key>``, so that they stay the same in every release. The rows as written are
kept in packed blocks, so that an export in the layout they came in gives the same values back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from geodata.incident import Json

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

WITHDRAWN = "withdrawn"
"""Tag of a row that the newest release of its data set no longer has."""

REPORTS = "reports"
"""Stands for incidents read from reports where data sets are named, as in a filter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """A data set of the project. `mapping` is TOML for a table without a preset, else empty."""

    dataset_id: str
    title: str
    preset: str
    mapping: str = ""
    credit: str = ""
    added: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One reading of one file into a data set.

    `columns` are the file's own, in its order. `rows` is the sum of `added`, `changed`,
    `unchanged`, `quarantined` and `duplicates`; `removed` counts rows of the data set that the
    file no longer has. `finished` is None while it is being made, `undone` when it was taken
    back. A long one is kept part by part: until it is finished its counts are those of the rows
    that are kept.
    """

    import_id: int = 0  # 0 until the store numbers it
    dataset_id: str
    source: str  # file name
    sha256: str
    columns: tuple[str, ...]
    preset: str
    who: str
    when: datetime
    rows: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    quarantined: int = 0
    duplicates: int = 0
    finished: datetime | None = None
    undone: datetime | None = None
    detail: Mapping[str, Json] = field(default_factory=dict)  # sheet, encoding, notes

    @property
    def unfinished(self) -> bool:
        """Whether it is being made, or was stopped: neither finished nor taken back."""
        return self.finished is None and self.undone is None

    @property
    def reports(self) -> bool:
        """Whether its rows are reports, so that `added` counts documents and not incidents."""
        return "documents" in self.detail

    @property
    def documents(self) -> list[tuple[int, int]]:
        """First and last number of the reports that it added, one pair for each part kept."""
        kept: Any = self.detail.get("documents", [])
        return [(int(first), int(last)) for first, last in kept]


@dataclass(frozen=True, slots=True)
class RowChange:
    """What a newer release changes in one row: ``added``, ``changed`` or ``removed``.

    `fields` gives before and after (as JSON) by incident field; `kept` names those of them where
    an analyst's value stands and stays.
    """

    incident_id: str
    kind: str
    fields: Mapping[str, tuple[Json, Json]] = field(default_factory=dict)
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ValueDecision:
    """A name of a table and what the analyst decided it means, for every row there is or comes.

    `kind` is ``actor``, ``country``, ``admin1``, ``admin2`` or ``event_type``; `context` narrows
    a division or group to a country, empty for everywhere. `meaning` is empty for "as written".
    """

    kind: str
    value: str
    meaning: str
    context: str = ""
    who: str = ""
    when: datetime | None = None


@dataclass(frozen=True, slots=True)
class OriginalRow:
    """A row of a table as written: its cells by the columns of the import it stands in.

    A None among the cells is a cell that the file does not have (a short row).
    """

    incident_id: str
    import_id: int
    columns: tuple[str, ...]
    cells: tuple[str | None, ...]


class KnownRows:
    """Every row of a data set as the project has it, 40 bytes each.

    Attributes
    ----------
    fids, digests, versions
        `int64` arrays, one item per row: the incident's number in the file, the digest of the
        row as written (`geodata.originals.digests`), the version that the table gives.
    """

    def __init__(
        self,
        marks: npt.NDArray[np.bytes_],
        fids: npt.NDArray[np.int64],
        digests: npt.NDArray[np.int64],
        versions: npt.NDArray[np.int64],
    ) -> None:
        self._marks = marks  # sorted
        self.fids = fids
        self.digests = digests
        self.versions = versions

    def __len__(self) -> int:
        return len(self.fids)

    def find(self, incident_ids: Sequence[str]) -> npt.NDArray[np.int64]:
        """Give the position of each incident in the arrays, -1 for one that is not there."""
        import numpy as np

        from geodata.originals import marks

        if not len(self):
            return np.full(len(incident_ids), -1, dtype=np.int64)
        wanted = marks(incident_ids)
        at = np.searchsorted(self._marks, wanted)
        there = self._marks[np.minimum(at, len(self) - 1)] == wanted
        return np.where(there, at, -1)

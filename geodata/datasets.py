"""Data sets: tables that were imported, each import of them, and what an import changed.

A data set is known by its `dataset_id` ("acled", "ucdp", "my-sheet"); its rows are incidents with
ids ``<dataset_id>:<key>``, so that they stay the same in every release. The rows as written are
kept in packed blocks, so that an export in the layout they came in gives the same values back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from geodata.incident import Json


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

    `columns` are the file's own, in its order. `undone` is when it was taken back.
    """

    import_id: int
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
    undone: datetime | None = None
    detail: Mapping[str, Json] = field(default_factory=dict)  # sheet, encoding, notes


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

"""Preset `atlas`: incidents that Incident Atlas exported, in any of its formats, read back.

The columns are the vocabulary's own, so that nothing is guessed: precision classes, attribution,
review status and tags come back as they were. Text that the export kept a spreadsheet from running
loses its apostrophe again. The key is `incident_id`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from geodata.export._cells import unsafe_text
from geodata.export.shp import SHORT_NAMES
from geodata.incident import COUNTS, Attribution, Status
from geodata.particulars import Tactic, Target, Weapon
from geodata.precision import DatePrecision, LocationPrecision
from geodata.taxonomy import canonical_event_type, canonical_sub_event_type
from ingest.presets import _layout
from ingest.presets._base import FIELD_NAMES, Match, Normalised
from ingest.presets._rows import Rows, each, mask
from ingest.presets._values import short

if TYPE_CHECKING:
    from ingest.readers.tables._batch import RowBatch, TableInfo

COLUMNS = ("incident_id", *FIELD_NAMES, "status", "dataset")
NEEDED = frozenset({"incident_id", "event_date", "date_precision", "location_precision"})

_LONG_NAMES = {short_name: name for name, short_name in SHORT_NAMES.items()}
_WORDS: dict[str, type[StrEnum]] = {
    "date_precision": DatePrecision,
    "location_precision": LocationPrecision,
    "attribution": Attribution,
    "weapon": Weapon,
    "tactic": Tactic,
    "target": Target,
    "status": Status,
}
_KINDS: dict[str, Callable[[str], str | None]] = {
    "event_type": canonical_event_type,
    "sub_event_type": canonical_sub_event_type,
}
_JSON: dict[str, type] = {"tags": list, "killed_by_status": dict}


class Atlas:
    """Tables that Incident Atlas wrote."""

    name = "atlas"
    title = "Incident Atlas"
    credit = ""
    reports = False

    def match(self, info: TableInfo, sample: RowBatch) -> Match | None:
        """Know a table by the vocabulary's names, as they are or as a shapefile has them."""
        found = _names(info)
        score = _layout.score(found, NEEDED, COLUMNS)
        if not score:
            return None
        words = f"Incident Atlas, {len(info.columns)} columns"
        return Match(score, words, _layout.named(info, found))

    def reader(self, info: TableInfo, sample: RowBatch) -> AtlasReader:
        """Make ready to read."""
        return AtlasReader(_names(info))


def _names(info: TableInfo) -> tuple[str, ...]:
    columns = tuple(_LONG_NAMES.get(name, name) for name in info.columns)
    return _layout.known(replace(info, columns=columns), COLUMNS)


@dataclass(frozen=True, slots=True)
class AtlasReader:
    """Reads batches; `names` are the vocabulary's names of the table's columns."""

    names: tuple[str, ...]

    def read(self, batch: RowBatch) -> Normalised:
        """Turn rows into typed fields; `fields` has a column ``status`` more than others."""
        rows = Rows(batch, self.names)
        keys = rows.text("incident_id")
        rows.fault(mask(pc.is_null(keys)), "incident_id", "incident_id is empty: no key")
        fields = {name: _column(rows, name) for name in FIELD_NAMES if name in rows}
        if "latitude" in rows:
            fields |= rows.points()
        status = _column(rows, "status") if "status" in rows else rows.nulls()
        found = rows.finish(fields, keys=keys)
        kept = status.take(pa.array(found.index, pa.int64()))
        return replace(found, fields=found.fields.append_column("status", kept))


PRESET = Atlas()


def _column(rows: Rows, name: str) -> Any:
    if name in COUNTS:
        return rows.count(name)
    if name in ("event_date", "event_date_end"):
        return rows.read(name, _day, pa.date32())
    parse = _parser(name)
    return rows.read(name, parse, pa.string()) if parse else each(rows.text(name), unsafe_text)


def _parser(name: str) -> Callable[[str], str | None] | None:
    """Give what reads a value of words, kinds or JSON; None for plain text."""
    if name in _WORDS:
        return partial(_word, _WORDS[name])
    if name in _KINDS:
        return partial(_kind, _KINDS[name])
    return partial(_json, _JSON[name]) if name in _JSON else None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text[:10].replace("/", "-"))
    except ValueError:
        raise ValueError(f"{short(text)} is no day, such as 2023-01-31") from None


def _word(words: type[StrEnum], text: str) -> str:
    try:
        return words(text).value
    except ValueError:
        raise ValueError(f"{short(text)} is none of {', '.join(words)}") from None


def _kind(known: Callable[[str], str | None], text: str) -> str:
    found = known(text)
    if found is None:
        raise ValueError(f"{short(text)} is not in the taxonomy")
    return found


def _json(kind: type, text: str) -> str:
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, kind):
        raise ValueError(f"{short(text)} is no JSON {kind.__name__}")
    return json.dumps(found, ensure_ascii=False)

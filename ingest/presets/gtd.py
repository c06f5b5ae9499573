"""Global Terrorism Database: the table of 135 columns, or any choice of them with its key.

Columns and codes: GTD codebook (START, University of Maryland). The key is `eventid`. -9 and -99
mean unknown; `nkill` and `nwound` count the attackers too. Event types and particulars are in
`ingest.presets._gtd_events`, dates in `ingest.presets._gtd_dates`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from ingest.presets import _layout
from ingest.presets._base import Match, Normalised
from ingest.presets._crosswalk import precision_codes
from ingest.presets._gtd_columns import COLUMNS
from ingest.presets._gtd_dates import dates
from ingest.presets._gtd_events import events, sides
from ingest.presets._gtd_tolls import people, tolls
from ingest.presets._mapped_values import precision_by_names
from ingest.presets._rows import Rows, combined, each, mask, spread

if TYPE_CHECKING:
    from ingest.readers.tables._batch import RowBatch, TableInfo

NEEDED = frozenset({"eventid", "iyear", "gname"})

MAX_NOTES = 2_000
"""Most characters of the summary and the location that go into the notes."""

_SHORTENED = re.compile(r"\d+(?:[.,]\d+)?[eE]\+?\d+", re.ASCII)
_SPOILT = (
    "eventid was shortened by a spreadsheet: the row is known by its content alone; for its id "
    "open the original file again, give the column the number format 0 and save it anew"
)

_TAGS = (
    ("doubtterr", "1", "doubtful as terrorism"),
    ("success", "0", "not successful"),
    ("extended", "1", "longer than a day"),
)


class Gtd:
    """Tables of the Global Terrorism Database."""

    name = "gtd"
    title = "GTD"
    credit = "Global Terrorism Database, START, University of Maryland"
    reports = False

    def match(self, info: TableInfo, sample: RowBatch) -> Match | None:
        """Know a table by its header; a choice of columns is enough with the needed ones."""
        found = _layout.known(info, COLUMNS)
        if not info.header_line or not _layout.score(found, NEEDED, COLUMNS):
            return None
        share = sum(bool(name) for name in found) / len(found)
        words = f"GTD, {len(info.columns)} columns{_layout.spelling(info)}"
        if len(info.columns) < len(COLUMNS):
            words += f", a choice of the {len(COLUMNS)}"
        return Match(0.6 + 0.4 * share, words, _layout.named(info, found))

    def reader(self, info: TableInfo, sample: RowBatch) -> GtdReader:
        """Make ready to read."""
        return GtdReader(_layout.known(info, COLUMNS))


@dataclass(frozen=True, slots=True)
class GtdReader:
    """Reads batches; `names` are the layout's names of the table's columns."""

    names: tuple[str, ...]

    def read(self, batch: RowBatch) -> Normalised:
        """Turn rows into typed fields."""
        rows = Rows(batch, self.names)
        fields = {
            **dates(rows),
            **events(rows),
            **sides(rows),
            **rows.points(),
            "location_precision": _location_precision(rows),
            "place": each(rows.text("city"), _told),
            "admin1": each(rows.text("provstate"), _told),
            "country": rows.text("country_txt"),
            **tolls(rows),
            "abducted": people(rows, "nhostkid"),
            "released": people(rows, "nreleased"),
            "tags": _tags(rows),
            "notes": _notes(rows),
        }
        if "specificity" not in rows:  # a choice of the columns: the names tell it
            fields["location_precision"] = pc.if_else(
                pc.is_valid(fields["latitude"]),
                precision_by_names({"admin2": rows.nulls(), **fields}, rows.size),
                rows.nulls(),
            )
        return rows.finish(fields, keys=_keys(rows))


PRESET = Gtd()


def _keys(rows: Rows) -> Any:
    keys = pc.replace_substring_regex(rows.text("eventid"), r"^(\d+)\.0+$", r"\1")
    rows.fault(mask(pc.is_null(keys)), "eventid", "eventid is empty: no key")
    spoilt = each(keys, lambda text: bool(_SHORTENED.fullmatch(text)), pa.bool_())
    rows.flag(mask(spoilt), "incident_id", rows.text("eventid"), _SPOILT)
    return pc.if_else(pc.fill_null(spoilt, False), "", keys)


def _told(name: str) -> str | None:
    return None if name.casefold() == "unknown" else name


def _location_precision(rows: Rows) -> Any:
    """Read how exactly the place is known; ``vicinity`` 1 makes a town a place near it."""
    few, which = combined(rows.text("specificity"), rows.text("vicinity"))
    near = [
        "1 with vicinity" if _is(code, "1") and _is(around, "1") else code or None
        for code, around in few
    ]
    words = precision_codes("location", "gtd", "specificity")
    return rows.coded("specificity", words, "location_precision", spread(near, which))


def _is(text: str, code: str) -> bool:
    return text in (code, f"{code}.0")


def _tags(rows: Rows) -> Any:
    few, which = combined(*(rows.text(column) for column, _, _ in _TAGS))
    lists = [
        [tag for cell, (_, code, tag) in zip(row, _TAGS, strict=True) if _is(cell, code)]
        for row in few
    ]
    return spread([json.dumps(tags) if tags else None for tags in lists], which)


def _notes(rows: Rows) -> Any:
    """Give the summary, else the description of the place, cut to `MAX_NOTES`."""
    told = pc.coalesce(rows.text("summary"), rows.text("location"))
    cut = pc.binary_join_element_wise(pc.utf8_slice_codeunits(told, 0, MAX_NOTES), "…", "")
    return pc.if_else(pc.greater(pc.utf8_length(told), MAX_NOTES), cut, told)

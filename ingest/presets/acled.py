"""ACLED: the table of 31 columns since March 2023, and the older ones.

Columns and codes: ACLED codebook and the tables shipped in acledR. The key is `event_id_cnty`;
of two rows with one key the one with the newer `timestamp` counts. ACLED's first and second actor
are no attacker and defender, so a perpetrator is named by one safe rule alone
(`ingest.presets._acled_sides`). ACLED counts no injured.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from geodata.precision import DatePrecision
from ingest.presets import _layout
from ingest.presets._acled_events import events
from ingest.presets._acled_sides import perpetrators
from ingest.presets._base import Match, Normalised
from ingest.presets._crosswalk import precision_codes
from ingest.presets._dates import day_column, interval, order_of, years_for
from ingest.presets._mapped_values import precision_by_names
from ingest.presets._rows import Rows, each, mask
from ingest.presets._values import UNDECIDED, read_stamp

if TYPE_CHECKING:
    from ingest.readers.tables._batch import RowBatch, TableInfo

CURRENT: tuple[str, ...] = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type",
    "sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2",
    "interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3",
    "location", "latitude", "longitude", "geo_precision", "source", "source_scale", "notes",
    "fatalities", "tags", "timestamp",
)  # fmt: skip
"""Columns since 20 March 2023, in order."""

OLDER: tuple[str, ...] = ("data_id", "iso3", "event_id_no_cnty")
"""Columns that older tables have besides."""

EXTRAS: tuple[str, ...] = ("population_1km", "population_2km", "population_5km", "population_best")
"""Columns that may be asked for besides."""

NEEDED = frozenset({"event_id_cnty", "event_date", "event_type"})


class Acled:
    """Tables of ACLED."""

    name = "acled"
    title = "ACLED"
    credit = "ACLED (Armed Conflict Location & Event Data), acleddata.com"
    reports = False

    def match(self, info: TableInfo, sample: RowBatch) -> Match | None:
        """Know a table by its header; a table without one is never ACLED's."""
        found = _layout.known(info, (*CURRENT, *OLDER, *EXTRAS))
        score = _layout.score(found, NEEDED, CURRENT)
        if not score or not info.header_line:
            return None
        there = set(found)
        words = f"ACLED, {len(info.columns)} columns{_layout.spelling(info)}"
        if there & set(OLDER) or "disorder_type" not in there:
            words += ", older layout"
        if there & set(EXTRAS):
            words += ", with population"
        return Match(score, words, _layout.named(info, found))

    def reader(self, info: TableInfo, sample: RowBatch) -> AcledReader:
        """Make ready to read; the first rows say whether day or month comes first in dates."""
        names = _layout.known(info, (*CURRENT, *OLDER, *EXTRAS))
        return AcledReader(names, order_of(sample, names, "event_date"))


@dataclass(frozen=True, slots=True)
class AcledReader:
    """Reads batches; `names` are the layout's names of the table's columns."""

    names: tuple[str, ...]
    order: str = UNDECIDED

    def read(self, batch: RowBatch) -> Normalised:
        """Turn rows into typed fields."""
        rows = Rows(batch, self.names)
        keys = rows.text("event_id_cnty")
        rows.fault(mask(pc.is_null(keys)), "event_id_cnty", "event_id_cnty is empty: no key")
        what = events(rows)
        killed = rows.count("fatalities")
        fields = {
            **_dates(rows, self.order),
            **what,
            **perpetrators(rows, what["event_type"]),
            **rows.points(),
            "location_precision": rows.coded(
                "geo_precision",
                precision_codes("location", "acled", "geo_precision"),
                "location_precision",
            ),
            "place": rows.text("location"),
            "killed_low": killed,
            "killed_best": killed,
            "killed_high": killed,
            "tags": each(rows.text("tags"), _tags),
        }
        for name in ("actor1", "actor2", "admin2", "admin1", "country", "notes"):
            fields[name] = rows.text(name)
        if "geo_precision" not in rows:  # a choice of the columns: the names tell it
            fields["location_precision"] = pc.if_else(
                pc.is_valid(fields["latitude"]),
                precision_by_names({"admin2": rows.nulls(), **fields}, rows.size),
                rows.nulls(),
            )
        return rows.finish(fields, keys=keys, versions=_versions(rows))


PRESET = Acled()


def _dates(rows: Rows, order: str) -> dict[str, Any]:
    """Read the date; where it is empty and a year is told, the year is all that is known."""
    days = day_column(rows, "event_date", order)
    words = precision_codes("date", "acled", "time_precision")
    precision = rows.coded("time_precision", words, "date_precision")
    precision = pc.fill_null(precision, str(DatePrecision.DAY))
    years = years_for(rows, pc.is_null(rows.text("event_date")), "event_date")
    precision = pc.if_else(pc.is_valid(years), str(DatePrecision.YEAR), precision)
    first, last = interval(pc.coalesce(days, years), precision)
    return {"event_date": first, "event_date_end": last, "date_precision": precision}


def _tags(text: str) -> str:
    parts = [part.strip() for part in text.split(";")]
    return json.dumps([part for part in dict.fromkeys(parts) if part], ensure_ascii=False)


def _versions(rows: Rows) -> Any:
    """Give the time stamps in seconds; 0 where a row has none that can be read."""
    if "timestamp" not in rows:
        return None
    return each(rows.text("timestamp"), read_stamp, pa.int64()).fill_null(0)

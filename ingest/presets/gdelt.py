"""GDELT event tables: 61 columns (2.0), 58 or 57 (1.0), tab separated, without a header.

A row says that somebody reported something; many rows tell of one incident, so the rows are
reports. Codes of events are CAMEO's, those of countries FIPS 10-4, which are not ISO's. The key
is `GLOBALEVENTID`; the version is `DATEADDED`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from geodata.precision import DatePrecision
from ingest.presets import _layout
from ingest.presets._base import Match, Normalised
from ingest.presets._crosswalk import codes, crosswalk, precision_codes
from ingest.presets._rows import Rows, combined, each, mask, spread
from ingest.presets._values import read_date, read_stamp

if TYPE_CHECKING:
    from ingest.readers.tables._batch import RowBatch, TableInfo

_ACTOR = (
    "code", "name", "countrycode", "knowngroupcode", "ethniccode", "religion1code",
    "religion2code", "type1code", "type2code", "type3code",
)  # fmt: skip
_GEO = ("type", "fullname", "countrycode", "adm1code", "adm2code", "lat", "long", "featureid")

CURRENT: tuple[str, ...] = (
    "globaleventid", "sqldate", "monthyear", "year", "fractiondate",
    *(f"actor{side}{part}" for side in (1, 2) for part in _ACTOR),
    "isrootevent", "eventcode", "eventbasecode", "eventrootcode", "quadclass", "goldsteinscale",
    "nummentions", "numsources", "numarticles", "avgtone",
    *(f"{whose}geo_{part}" for whose in ("actor1", "actor2", "action") for part in _GEO),
    "dateadded", "sourceurl",
)  # fmt: skip
"""The 61 columns of version 2.0, in order."""

FIRST: tuple[str, ...] = tuple(name for name in CURRENT if not name.endswith("adm2code"))
"""The 58 columns of version 1.0; before April 2013 the last is not there."""

LAYOUTS = {len(CURRENT): CURRENT, len(FIRST): FIRST, len(FIRST) - 1: FIRST[:-1]}
"""Names of the columns by how many there are."""

NEEDED = frozenset({"globaleventid", "sqldate", "eventcode"})

_SHAPE = {
    "globaleventid": _layout.matching(r"\d+"),
    "sqldate": _layout.matching(r"(19|20)\d{6}"),
    "year": _layout.matching(r"(19|20)\d\d"),
    "eventrootcode": _layout.matching(r"\d\d?|"),
    "quadclass": _layout.matching(r"[0-4]|"),
    "actiongeo_type": _layout.matching(r"[0-5]|"),
    "dateadded": _layout.matching(r"(19|20)\d{6}(\d{6})?"),
}


class Gdelt:
    """Tables of GDELT events."""

    name = "gdelt"
    title = "GDELT"
    credit = "The GDELT Project, gdeltproject.org"
    reports = True

    def match(self, info: TableInfo, sample: RowBatch) -> Match | None:
        """Know a table without a header by its shape, one with a header by the names."""
        if info.header_line:
            found = _layout.known(info, CURRENT)
            score = _layout.score(found, NEEDED, CURRENT)
            words = f"GDELT, {len(info.columns)} columns with names"
            return Match(score, words, _layout.named(info, found)) if score else None
        names = LAYOUTS.get(len(info.columns), ())
        if not names or not _layout.shaped(sample, names, _SHAPE):
            return None
        version = "2.0" if names is CURRENT else "1.0"
        return Match(0.95, f"GDELT {version}, {len(names)} columns without a header row", names)

    def reader(self, info: TableInfo, sample: RowBatch) -> GdeltReader:
        """Make ready to read."""
        if info.header_line:
            return GdeltReader(_layout.known(info, CURRENT))
        return GdeltReader(LAYOUTS.get(len(info.columns), CURRENT))


@dataclass(frozen=True, slots=True)
class GdeltReader:
    """Reads batches; `names` are the layout's names of the table's columns."""

    names: tuple[str, ...]

    def read(self, batch: RowBatch) -> Normalised:
        """Turn rows into typed fields."""
        rows = Rows(batch, self.names)
        keys = rows.text("globaleventid")
        rows.fault(mask(pc.is_null(keys)), "globaleventid", "GLOBALEVENTID is empty: no key")
        days = rows.read("sqldate", read_date, pa.date32())
        none = mask(pc.is_null(rows.text("sqldate")))
        rows.fault(none, "sqldate", "no date at all: SQLDATE is empty")
        known = pc.if_else(pc.is_valid(days), str(DatePrecision.DAY), pa.scalar(None, pa.string()))
        fields = {
            "event_date": days,
            "date_precision": known,
            **_event(rows),
            "actor1": rows.text("actor1name"),
            "actor2": rows.text("actor2name"),
            **_where(rows),
            **rows.points("actiongeo_lat", "actiongeo_long"),
            "notes": rows.text("sourceurl"),
        }
        added = each(rows.text("dateadded"), read_stamp, pa.int64()).fill_null(0)
        return rows.finish(fields, keys=keys, versions=added if "dateadded" in rows else None)


PRESET = Gdelt()


def _event(rows: Rows) -> dict[str, Any]:
    """Read event types by the longest CAMEO code of the crosswalk that a row's code begins with."""
    code = pc.coalesce(
        rows.text("eventcode"), rows.text("eventbasecode"), rows.text("eventrootcode")
    )
    few = code.dictionary_encode()
    found = [cameo(text) for text in few.dictionary.to_pylist()]
    lost = mask(spread([row is None for row in found], few.indices, pa.bool_()))
    rows.flag(lost, "event_type", code, "EventCode is no code of CAMEO: left out")
    return {
        name: spread([(row or {}).get(name) or None for row in found], few.indices)
        for name in ("event_type", "sub_event_type")
    }


@lru_cache(maxsize=4_096)
def cameo(code: str) -> dict[str, str] | None:
    """Give the row of the crosswalk for a CAMEO code, or None for a code of no root."""
    fits = [row for row in crosswalk("gdelt_events") if code.startswith(row["cameo"])]
    return max(fits, key=lambda row: len(row["cameo"]), default=None) if code.isdigit() else None


def _where(rows: Rows) -> dict[str, Any]:
    """Read the place of the action: its name holds place, division and country by its type."""
    kind = pc.if_else(
        pc.equal(rows.text("actiongeo_type"), "0"),
        pa.scalar(None, pa.string()),
        rows.text("actiongeo_type"),
    )
    words = precision_codes("location", "gdelt", "actiongeo_type")
    few, which = combined(kind, rows.text("actiongeo_fullname"))
    parts = [_parts(*row) for row in few]
    country = rows.coded(
        "actiongeo_countrycode", codes("fips_countries", "fips", "country"), "country"
    )
    return {
        "location_precision": rows.coded("actiongeo_type", words, "location_precision", kind),
        "place": spread([place for place, _ in parts], which),
        "admin1": spread([admin1 for _, admin1 in parts], which),
        "country": country,
    }


def _parts(kind: str, name: str) -> tuple[str | None, str | None]:
    """Give place and first-order division of "Quetta, Balochistan, Pakistan"."""
    parts = [part.strip() for part in name.split(",") if part.strip()]
    if kind in ("3", "4") and parts:
        return parts[0], parts[1] if len(parts) > 2 else None
    if kind in ("2", "5") and len(parts) > 1:
        return None, parts[0]
    return None, None

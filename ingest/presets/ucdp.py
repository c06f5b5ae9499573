"""UCDP GED: events of organised violence with deaths, and the monthly Candidate events.

Columns and codes: UCDP GED codebook. The current table has 49 columns, that of version 19.1 has
42 in another order, so columns are found by name; only a Candidate file without a header is read
by position, after a look at the shape of its rows. The key is `id`; the table has no versions.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from geodata.incident import Attribution
from geodata.precision import DatePrecision
from ingest.presets import _layout
from ingest.presets._base import Match, Normalised
from ingest.presets._crosswalk import codes, crosswalk, precision_codes
from ingest.presets._dates import day_column, interval, order_of, years_for
from ingest.presets._mapped_values import precision_by_names
from ingest.presets._rows import Rows, combined, each, mask, spread
from ingest.presets._tolls import bounds
from ingest.presets._ucdp_deaths import by_status
from ingest.presets._values import UNDECIDED

if TYPE_CHECKING:
    from ingest.readers.tables._batch import RowBatch, TableInfo

CURRENT: tuple[str, ...] = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id",
    "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name",
    "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b",
    "number_of_sources", "source_article", "source_office", "source_date", "source_headline",
    "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
    "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b",
    "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
"""The 49 columns, in order; version 19.1 lacks seven of them."""

NEEDED = frozenset({"id", "type_of_violence", "date_start", "best"})

MAX_NOTES = 1_000
"""Most characters of the description and the sources that go into the notes."""

_NUMBER = r"\d+(\.0)?"
_DAY = r"\d{4}-\d{2}-\d{2}.*|\d{1,2}/\d{1,2}/\d{4}.*"
_SHAPE = {
    "id": _layout.matching(_NUMBER),
    "year": _layout.matching(r"(19|20)\d\d"),
    "type_of_violence": _layout.matching(r"[123]"),
    "where_prec": _layout.matching(r"[1-7]"),
    "latitude": _layout.matching(r"-?\d{1,2}(\.\d+)?"),
    "longitude": _layout.matching(r"-?\d{1,3}(\.\d+)?"),
    "date_prec": _layout.matching(r"[1-5]"),
    "date_start": _layout.matching(_DAY),
    "date_end": _layout.matching(_DAY),
    "best": _layout.matching(_NUMBER),
    "low": _layout.matching(_NUMBER),
}


class Ucdp:
    """Tables of UCDP's georeferenced events."""

    name = "ucdp"
    title = "UCDP GED"
    credit = "UCDP Georeferenced Event Dataset, Uppsala University (CC BY 4.0)"
    reports = False

    def match(self, info: TableInfo, sample: RowBatch) -> Match | None:
        """Know a table by its header, or a Candidate file without one by its rows."""
        if not info.header_line:
            if not _layout.shaped(sample, CURRENT, _SHAPE):
                return None
            return Match(0.9, "UCDP Candidate, 49 columns without a header row", CURRENT)
        found = _layout.known(info, CURRENT)
        score = _layout.score(found, NEEDED, CURRENT)
        if not score:
            return None
        words = f"UCDP GED, {len(info.columns)} columns{_layout.spelling(info)}"
        if "relid" not in found:
            words += ", layout of version 19.1"
        return Match(score, words, _layout.named(info, found))

    def reader(self, info: TableInfo, sample: RowBatch) -> UcdpReader:
        """Make ready to read."""
        names = _layout.known(info, CURRENT) if info.header_line else CURRENT
        return UcdpReader(names, order_of(sample, names, "date_start", "date_end"))


@dataclass(frozen=True, slots=True)
class UcdpReader:
    """Reads batches; `names` are the layout's names of the table's columns."""

    names: tuple[str, ...]
    order: str = UNDECIDED

    def read(self, batch: RowBatch) -> Normalised:
        """Turn rows into typed fields."""
        rows = Rows(batch, self.names)
        keys = pc.replace_substring_regex(rows.text("id"), r"^(\d+)\.0+$", r"\1")
        rows.fault(mask(pc.is_null(keys)), "id", "id is empty: no key")
        fields = {
            **_dates(rows, self.order),
            **_violence(rows),
            **rows.points(),
            "location_precision": rows.coded(
                "where_prec",
                precision_codes("location", "ucdp", "where_prec"),
                "location_precision",
            ),
            "place": rows.text("where_coordinates"),
            "admin2": each(rows.text("adm_2"), division),
            "admin1": each(rows.text("adm_1"), division),
            "country": rows.text("country"),
            **bounds(rows, "killed", rows.count("low"), rows.count("best"), rows.count("high")),
            "tags": _tags(rows),
            "notes": _notes(rows),
        }
        fields["killed_by_status"] = by_status(rows, fields["killed_best"])
        if "where_prec" not in rows:  # a choice of the columns: the names tell it
            fields["location_precision"] = pc.if_else(
                pc.is_valid(fields["latitude"]),
                precision_by_names({"admin2": rows.nulls(), **fields}, rows.size),
                rows.nulls(),
            )
        return rows.finish(fields, keys=keys)


PRESET = Ucdp()


def division(name: str) -> str:
    """Give a division's name without the word for its kind: "Balochistan province".

    A name that would be a mere direction keeps it: "Eastern province".
    """
    head, _, tail = name.rpartition(" ")
    if not head or tail.casefold() not in _division_words() or head.casefold() in _DIRECTIONS:
        return name
    return head


@lru_cache
def _division_words() -> frozenset[str]:
    return frozenset(row["word"] for row in crosswalk("ucdp_division_words"))


_DIRECTIONS = frozenset(
    f"{start}{end}"
    for start in ("north", "south", "east", "west", "north-west", "north-east", "south-west",
                  "south-east", "northwest", "northeast", "southwest", "southeast")
    for end in ("", "ern")
) | {"central", "upper", "lower", "capital", "federal", "free"}  # fmt: skip


def _dates(rows: Rows, order: str) -> dict[str, Any]:
    """Read first and last day; where both are empty, the year is all that is known."""
    first, last = (day_column(rows, name, order) for name in ("date_start", "date_end"))
    untold = pc.and_(pc.is_null(rows.text("date_start")), pc.is_null(rows.text("date_end")))
    years = years_for(rows, untold, "date_start")
    start, end = interval(years, pc.if_else(pc.is_valid(years), "year", rows.nulls()))
    first, last = pc.coalesce(first, last, start), pc.coalesce(last, first, end)
    before = mask(pc.less(last, first))
    rows.fault(before, "date_end", "date_end lies before date_start: one of the two is wrong")
    words = precision_codes("date", "ucdp", "date_prec")
    precision = rows.coded("date_prec", words, "date_precision")
    day, several = str(DatePrecision.DAY), pc.fill_null(pc.greater(last, first), False)
    wide = pc.and_(several, pc.fill_null(pc.equal(precision, day), False))
    why = "date_prec says an exact day, the dates are several: read as a range"
    rows.flag(mask(wide), "date_precision", rows.text("date_end"), why)
    unsaid = pc.if_else(several, str(DatePrecision.RANGE), day)
    precision = pc.if_else(wide, str(DatePrecision.RANGE), pc.coalesce(precision, unsaid))
    precision = pc.if_else(pc.is_valid(years), str(DatePrecision.YEAR), precision)
    end = pc.if_else(pc.equal(precision, day), pa.scalar(None, pa.date32()), last)
    return {"event_date": first, "event_date_end": end, "date_precision": precision}


def _violence(rows: Rows) -> dict[str, Any]:
    """Read the type of violence and the sides; one-sided violence is the doing of side A."""
    kinds = rows.coded(
        "type_of_violence", codes("ucdp_violence", "type_of_violence", "event_type"), "event_type"
    )
    subs = codes("ucdp_violence", "type_of_violence", "sub_event_type")
    by_type = {
        row["event_type"]: subs[row["type_of_violence"]] for row in crosswalk("ucdp_violence")
    }
    side_a = rows.text("side_a")
    one_sided = pc.fill_null(pc.equal(kinds, "Violence against civilians"), False)
    blamed = pc.if_else(one_sided, side_a, pa.scalar(None, pa.string()))
    ground = pc.if_else(pc.is_valid(blamed), str(Attribution.ATTRIBUTED), str(Attribution.NONE))
    return {
        "event_type": kinds,
        "sub_event_type": each(kinds, by_type.get),
        "actor1": side_a,
        "actor2": rows.text("side_b"),
        "perpetrator": blamed,
        "attribution": ground,
    }


def _tags(rows: Rows) -> Any:
    """Tag summaries of several incidents, and rows that UCDP has not cleared yet."""
    few, which = combined(rows.text("event_clarity"), rows.text("code_status"))
    return spread([_tag_list(*row) for row in few], which)


def _tag_list(clarity: str, status: str) -> str | None:
    tags = ["aggregate"] if clarity.partition(".")[0] == "2" else []
    if status and status.casefold() != "clear":
        tags.append(f"code status: {status}")
    return json.dumps(tags, ensure_ascii=False) if tags else None


def _notes(rows: Rows) -> Any:
    """Give the description of the place and the sources, cut to `MAX_NOTES`."""
    told = [pc.fill_null(rows.text(name), "") for name in ("where_description", "source_article")]
    parts = pc.utf8_trim(pc.binary_join_element_wise(*told, "\n"), characters="\n")
    cut = pc.utf8_slice_codeunits(parts, 0, MAX_NOTES)
    longer = pc.greater(pc.utf8_length(parts), MAX_NOTES)
    cut = pc.if_else(longer, pc.binary_join_element_wise(cut, "…", ""), cut)
    return pc.if_else(pc.equal(cut, ""), pa.scalar(None, pa.string()), cut)

"""Dates, places and coordinates of a mapped table."""

from __future__ import annotations

import re
from collections.abc import Mapping as Of
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.precision import LocationPrecision
from ingest.presets._words import meaning
from ingest.presets.values._column import distinct
from ingest.presets.values.coordinates import ask_outside, read_points, swap
from ingest.presets.values.dates import DateColumn, date_order, read_date_parts, read_dates
from ingest.presets.values.words import plain, tells_nothing

if TYPE_CHECKING:
    from ingest.presets._base import ColumnRule
    from ingest.presets._draft import Draft
    from ingest.presets.values._date_text import Style

NAMES = ("place", "admin2", "admin1", "country")

AMBIGUOUS = re.compile(r"(?<!\d)(?<!\d[-/.])(\d{1,2})([-/. ])(\d{1,2})\2(?:\d{4}|\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class DateRule:
    """A rule for a date, and how the column's dates are written."""

    rule: ColumnRule
    style: Style
    year: str = ""  # completes dates that have none


def _read(draft: Draft, at: DateRule) -> DateColumn:
    columns = [draft.cells(name) for name in at.rule.columns]
    style = at.style if at.style.decided or len(columns) > 1 else _decided(at.style, columns[0])
    style = replace(style, year=at.year)
    read = read_dates(columns[0], style) if len(columns) == 1 else read_date_parts(columns, style)
    draft.fault_all(at.rule.columns, read.faults)
    draft.ask_all("event_date", at.rule.columns, read.questions)
    if not style.decided and len(columns) == 1:
        _ask_order(draft, at.rule.columns[0], columns[0])
    return read


def _decided(style: Style, column: Any) -> Style:
    """Decide the order of day and month by a batch, where the first rows could not."""
    order = date_order(column)
    return replace(style, order=order.order, decided=True) if order.by else style


def is_open(text: str) -> bool:
    """Whether a date holds numbers that could be day and month either way round."""
    found = AMBIGUOUS.search(text)
    if found is None:
        return False
    a, b = int(found[1]), int(found[3])
    return 0 < a <= 12 and 0 < b <= 12 and a != b


def _ask_order(draft: Draft, name: str, column: Any) -> None:
    """Say once how many dates could have day and month the other way round."""
    read = distinct(column)
    both = [is_open(text) for text in read.texts]
    rows = np.flatnonzero(np.array(both, bool)[read.indices]) if any(both) else np.array([], int)
    if len(rows):
        many = f"this and {len(rows) - 1} more dates" if len(rows) > 1 else "this date"
        why = f"{many} could be month first: read day first; say form = 'dmy' or 'mdy'"
        draft.ask(int(rows[0]), "event_date", read.texts[read.indices[rows[0]]], f"{name!r}: {why}")


def read_event_dates(draft: Draft, begin: DateRule | None, end: DateRule | None) -> None:
    """Fill the three fields of the date from one rule, or from the first and the last day."""
    if begin is None:
        return
    read = _read(draft, begin)
    first, last, precision = read.first, read.last, read.precision
    if end is not None:
        until = _read(draft, end)
        before = pc.fill_null(pc.less(until.last, first), False)
        rows = np.flatnonzero(np.asarray(before))
        draft.ask_all(
            "event_date_end",
            (*begin.rule.columns, *end.rule.columns),
            {int(row): "the last day lies before the first: left out" for row in rows},
        )
        later = pc.and_(pc.fill_null(pc.greater(until.last, last), False), pc.is_valid(first))
        last = pc.if_else(later, until.last, last)
        precision = pc.if_else(later, "range", precision)
    day = pc.fill_null(pc.equal(precision, "day"), False)
    draft.fields["event_date"] = first
    draft.fields["event_date_end"] = pc.if_else(day, pa.scalar(None, pa.date32()), last)
    draft.fields["date_precision"] = pc.fill_null(precision, "unknown")


def read_names(draft: Draft, rules: dict[str, ColumnRule], fixed: dict[str, str]) -> None:
    """Fill place, divisions and country with what the table writes; several columns are joined."""
    for name in NAMES:
        if name in rules:
            columns = [draft.text(column) for column in rules[name].columns]
            draft.fields[name] = columns[0] if len(columns) == 1 else joined(columns, ", ")
        if name in fixed:
            draft.fill(name, pa.array([fixed[name]] * draft.rows, pa.string()))


def joined(columns: list[Any], mark: str) -> Any:
    """Join at least two columns of text, leaving out what is null; null where all are."""
    # Arrow drops a row in which all are null, so that an empty text stands at the end of each.
    text = pc.binary_join_element_wise(*columns, "", mark, null_handling="skip")
    text = pc.utf8_rtrim(text, characters=mark)
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)


def read_coordinates(draft: Draft, columns: tuple[str, ...], form: str, *, swapped: bool) -> None:
    """Fill latitude and longitude; questions and faults go to the rows."""
    points = read_points([draft.cells(name) for name in columns], form)
    if swapped:
        points = swap(points)
    country = pc.fill_null(draft.column("country"), "").to_pylist()
    ask_outside(points, country)
    draft.fault_all(columns, points.faults)
    draft.ask_all("latitude", columns, points.questions)
    draft.fields["latitude"], draft.fields["longitude"] = points.arrays()


def read_precision(draft: Draft, rule: ColumnRule | None) -> None:
    """Say how exactly a point that the table gives is known.

    By the table's own column; else by the finest name that the row has. A point without any name
    is taken as near: nothing tells that it is exact.
    """
    located = pc.is_valid(draft.column("latitude"))
    by_name = precision_by_names({name: draft.column(name) for name in NAMES}, draft.rows)
    own = _own_precision(draft, rule) if rule else pa.nulls(draft.rows, pa.string())
    draft.fields["location_precision"] = pc.if_else(
        located, pc.coalesce(own, by_name), pa.scalar(None, pa.string())
    )


def precision_by_names(columns: Of[str, Any], rows: int) -> Any:
    """Say how exactly points are known by the finest name beside each."""
    words = LocationPrecision
    by_name = pa.array([words.NEAR.value] * rows, pa.string())
    for name, word in (
        ("country", words.COUNTRY), ("admin1", words.PROVINCE), ("admin2", words.DISTRICT),
        ("place", words.SETTLEMENT),
    ):  # fmt: skip
        by_name = pc.if_else(pc.is_valid(columns[name]), word.value, by_name)
    return by_name


def _own_precision(draft: Draft, rule: ColumnRule) -> Any:
    read = distinct(draft.cells(rule.columns[0]))
    found, asked = [], []
    for text in read.texts:
        known = meaning("place_precision_words", text) if not tells_nothing(plain(text)) else None
        found.append(known.values.get("location_precision") if known else None)
        asked.append(known.doubt if known and not known.values else "")
    draft.ask_once("location_precision", read, asked)
    return read.spread(found, pa.string())

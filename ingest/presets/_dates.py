"""Days of a table, and the first and last possible day by how exactly a day is known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.precision import DatePrecision
from ingest.presets._rows import each, mask
from ingest.presets._values import DAY_FIRST, UNDECIDED, read_date, read_year, swappable
from ingest.presets.values._column import UnreadableError
from ingest.presets.values._date_text import Order, Span, Style
from ingest.presets.values._date_text import read_date as read_any_date
from ingest.presets.values.dates import date_order

if TYPE_CHECKING:
    from ingest.presets._rows import Rows
    from ingest.readers.tables._batch import RowBatch


def order_of(sample: RowBatch, names: Sequence[str], *columns: str) -> str:
    """Say by the first rows whether day or month comes first in dates of numbers."""
    there = [names.index(column) for column in columns if column in names]
    there = [at for at in there if at < sample.cells.num_columns]
    orders = [_order(sample.cells.column(at)) for at in there]
    return next(filter(None, orders), UNDECIDED)


def _order(column: Any) -> str:
    found = date_order(column)
    return found.order if found.by else UNDECIDED


def day_column(rows: Rows, name: str, order: str) -> Any:
    """Read a column of days; where nothing tells day from month, rows with slashes are flagged.

    The layout's own ways of writing a day come first. A program through which the table went may
    have written others ("45292", "31/12/23"): those are read as in any other table.
    """
    order = order or _order(rows.text(name))
    asked: dict[str, str] = {}

    def day(text: str) -> date:
        try:
            return read_date(text, order or DAY_FIRST)
        except ValueError:
            span = _span(text, order)
            if span is None:
                raise
            if span.question:
                asked[text] = span.question
            return span.first

    days = rows.read(name, day, pa.date32())
    if order == UNDECIDED:
        doubtful = mask(each(rows.text(name), swappable, pa.bool_()))
        why = "day and month could be exchanged: read as day first"
        rows.flag(doubtful, "event_date", rows.text(name), why)
    for text, why in asked.items():
        rows.flag(mask(pc.equal(rows.text(name), text)), "event_date", rows.text(name), why)
    return days


def _span(text: str, order: str) -> Span | None:
    """Read a day as tables write it elsewhere; None for what is no single day."""
    style = Style(order=_ORDERS.get(order, "dmy"), decided=bool(order), today=date.today())
    try:
        span = read_any_date(text, style)
    except (UnreadableError, OverflowError):
        return None
    return span if span.first == span.last else None


_ORDERS: dict[str, Order] = {"dmy": "dmy", "mdy": "mdy", "ymd": "ymd"}


def years_for(rows: Rows, empty: Any, column: str) -> Any:
    """Read the year where the date is empty; a row without either is a fault of `column`.

    Returns the first days of the years, null where the date is told.
    """
    if not mask(empty).any():
        return rows.nulls(pa.date32())
    years = rows.read("year", read_year, pa.date32(), gone=pc.invert(empty))
    nothing = mask(pc.and_(empty, pc.is_null(rows.text("year"))))
    rows.fault(nothing, column, f"no date at all: {column} and year are empty")
    told = mask(pc.is_valid(years))
    why = f"{column} is empty: the year is all that is known"
    rows.flag(told, "event_date", rows.text("year"), why)
    return years


def interval(days: Any, precision: Any) -> tuple[Any, Any]:
    """Widen days to the week (Monday to Sunday), month or year they are known to.

    Returns the first day and the last; the last is null where the day itself is known.
    """
    numbers = pc.fill_null(days.cast(pa.int32()), 0).to_numpy()
    firsts, lasts = numbers.copy(), numbers.copy()
    for unit, code in ((DatePrecision.MONTH, "M"), (DatePrecision.YEAR, "Y")):
        chosen = _chosen(precision, unit)
        start = numbers[chosen].astype("datetime64[D]").astype(f"datetime64[{code}]")
        firsts[chosen] = start.astype("datetime64[D]").astype(np.int32)
        lasts[chosen] = (start + 1).astype("datetime64[D]").astype(np.int32) - 1
    week = _chosen(precision, DatePrecision.WEEK)
    firsts[week] -= (numbers[week] + 3) % 7  # day 0, 1 January 1970, was a Thursday
    lasts[week] = firsts[week] + 6
    wide = _chosen(precision, DatePrecision.WEEK, DatePrecision.MONTH, DatePrecision.YEAR)
    unknown = pc.is_null(days).to_numpy(zero_copy_only=False)
    return (
        pa.array(firsts, pa.int32(), mask=unknown).cast(pa.date32()),
        pa.array(lasts, pa.int32(), mask=unknown | ~wide).cast(pa.date32()),
    )


def _chosen(precision: Any, *words: DatePrecision) -> Any:
    held = pc.is_in(precision, value_set=pa.array([str(word) for word in words]))
    return held.to_numpy(zero_copy_only=False)

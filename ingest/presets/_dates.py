"""Days of a table, and the first and last possible day by how exactly a day is known."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.precision import DatePrecision
from ingest.presets._rows import each, mask
from ingest.presets._values import UNDECIDED, date_order, read_date, read_year, swappable

if TYPE_CHECKING:
    from ingest.presets._rows import Rows
    from ingest.readers.tables._batch import RowBatch


def order_of(sample: RowBatch, names: Sequence[str], *columns: str) -> str:
    """Say by the first rows whether day or month comes first in dates of numbers."""
    there = [names.index(column) for column in columns if column in names]
    there = [at for at in there if at < sample.cells.num_columns]
    return date_order(cell for at in there for cell in sample.cells.column(at).to_pylist())


def day_column(rows: Rows, name: str, order: str) -> Any:
    """Read a column of days; where nothing tells day from month, rows with slashes are flagged."""
    days = rows.read(name, partial(read_date, order=order), pa.date32())
    if order == UNDECIDED:
        doubtful = mask(each(rows.text(name), swappable, pa.bool_()))
        why = "day and month could be exchanged: read as day first"
        rows.flag(doubtful, "event_date", rows.text(name), why)
    return days


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

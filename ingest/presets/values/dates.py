"""A column of dates: its order of day and month, and what each row says.

The order is decided for the column as a whole, by what stands in it: a number above 12, dots
between the numbers, or the order of the rows. `docs/tables.md` says what is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ingest.presets.values._column import MARK, Distinct, UnreadableError, distinct
from ingest.presets.values._date_text import Order, Span, Style, read_date
from ingest.presets.values.words import plain, tells_nothing

FORMS = ("dmy", "mdy", "ymd", "serial", "serial1904")
"""What `form` may say of a column of dates."""

_NUMBERS = re.compile(r"(?<!\d)(?<!\d[-/.])(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIMED = r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$"
_ENOUGH = 5
_STEADY, _UNSTEADY = 0.95, 0.8


@dataclass(frozen=True, slots=True)
class DateOrder:
    """Which of day and month comes first in a column, and by what that was decided.

    `by` is form, content, dots, sequence, or empty where both orders are possible and the day is
    taken to come first; `mixed` where the column holds dates of both orders.
    """

    order: Order = "dmy"
    by: str = ""
    mixed: bool = False


@dataclass(frozen=True, slots=True)
class DateColumn:
    """Dates of a column: first and last day (`pa.date32()`), precision words, null where untold.

    `faults` and `questions` are by row: what cannot be read, and what was read with a doubt.
    """

    first: Any
    last: Any
    precision: Any
    faults: Mapping[int, str]
    questions: Mapping[int, str]


def date_order(column: Any, form: str = "") -> DateOrder:
    """Decide for a column of text whether day or month comes first."""
    if form in ("dmy", "mdy", "ymd"):
        return DateOrder(form, "form")  # type: ignore[arg-type]
    read = distinct(column)
    found = [_NUMBERS.search(text) for text in read.texts]
    weight = read.counts()
    votes = {"dmy": 0, "mdy": 0, "ymd": 0}
    for match, rows in zip(found, weight.tolist(), strict=True):
        if match is not None and (order := _vote(match)):
            votes[order] += rows
    if any(votes.values()):
        best = max(votes, key=lambda order: votes[order])
        return DateOrder(best, "content", sum(map(bool, votes.values())) > 1)  # type: ignore[arg-type]
    if any(match is not None and match[2] == "." for match in found):
        return DateOrder("dmy", "dots")
    return _by_sequence(read, found)


def _vote(match: re.Match[str]) -> str:
    a, b, short = int(match[1]), int(match[3]), len(match[4]) == 2
    if short and a > 31:
        return "ymd"
    if a > 12 >= b:
        return "dmy"
    return "mdy" if b > 12 >= a else ""


def _by_sequence(read: Distinct, found: list[re.Match[str] | None]) -> DateOrder:
    """Take the order by which the rows follow each other in time, if only one does that."""
    numbers = [(int(m[4]), int(m[3]), int(m[1])) if m else (0, 0, 0) for m in found]
    table = np.array(numbers, dtype=np.int64).reshape(-1, 3)[read.indices]
    table = table[table[:, 0] > 0]
    if len(table) < _ENOUGH:
        return DateOrder()
    ranks = {
        "dmy": table @ np.array([10_000, 100, 1]),
        "mdy": table @ np.array([10_000, 1, 100]),
    }
    sorted_by = {order: _steady(days) for order, days in ranks.items()}
    best: Order = "dmy" if sorted_by["dmy"] >= sorted_by["mdy"] else "mdy"
    if max(sorted_by.values()) > _STEADY and min(sorted_by.values()) < _UNSTEADY:
        return DateOrder(best, "sequence")
    return DateOrder()


def _steady(days: Any) -> float:
    steps = np.diff(days)
    steps = steps[steps != 0]
    return float(max((steps > 0).mean(), (steps < 0).mean())) if len(steps) >= _ENOUGH - 1 else 0.0


def style_of(order: DateOrder, form: str = "", today: date | None = None) -> Style:
    """Give how the dates of a column are to be read."""
    return Style(
        order=order.order,
        decided=bool(order.by),
        serial=form.startswith("serial"),
        base_1904=form == "serial1904",
        today=today or date.today(),
    )


def read_dates(column: Any, style: Style) -> DateColumn:
    """Read a column of written dates."""
    text = pc.fill_null(column.cast(pa.string()), "")
    timed = pc.match_substring_regex(text, _TIMED)  # leaves few distinct values
    day = pc.utf8_slice_codeunits(text, 0, 10)
    return _column(distinct(pc.if_else(timed, day, text)), style)


def read_date_parts(columns: list[Any], style: Style) -> DateColumn:
    """Read year, month and day, or year and the rest of the date, from columns of their own.

    A month may be a number or a name; what is 0, empty or unknown is not known.
    """
    read = distinct(*columns)
    joined = Distinct([_joined(text.split(MARK)) for text in read.texts], read.indices)
    return _column(joined, replace(style, serial=False))


def _joined(parts: list[str]) -> str:
    """Write the parts as one date that `read_date` knows."""
    known = [plain(part) for part in parts]
    known = [re.sub(r"^-?0+$|^-\d+$|\.0+$", "", "" if tells_nothing(p) else p) for p in known]
    year, month, day = (*known, "")[:3]
    if re.fullmatch(r"\d{1,2}", month) and re.fullmatch(r"\d{0,2}", day) and year:
        if len(year) == 4:
            return f"{year}-{int(month):02d}-{int(day or 0):02d}"
        return f"{day or '00'}/{month}/{year}"
    if day and re.fullmatch(r"0?[1-9]|1[0-2]", month):
        month = _NAMES[int(month) - 1]
    if re.search(r"(?<!\d)\d{4}(?!\d)", month):
        return f"{day} {month}".strip()  # the "rest" is a whole date
    return " ".join(part for part in (day if month else "", month, year) if part)


def _column(read: Distinct, style: Style) -> DateColumn:
    spans: list[Span | None] = []
    faults: list[str] = []
    for text in read.texts:
        span, fault = _one(text, style)
        spans.append(span)
        faults.append(fault)
    return DateColumn(
        first=read.spread([span and span.first for span in spans], pa.date32()),
        last=read.spread([span and span.last for span in spans], pa.date32()),
        precision=read.spread([span and span.precision.value for span in spans], pa.string()),
        faults=read.rows(faults),
        questions=read.rows([span.question if span else "" for span in spans]),
    )


@lru_cache(maxsize=65_536)
def _one(text: str, style: Style) -> tuple[Span | None, str]:
    if tells_nothing(plain(text)):
        return None, ""
    try:
        return read_date(text, style), ""
    except (UnreadableError, OverflowError) as error:
        return None, str(error)

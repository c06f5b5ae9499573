"""What a page asks of the incidents that a filter means: the answers of `Store`, from columns."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from geodata._queries import (
    AREA_ONLY,
    FACETS,
    LEFT_OUT,
    must_be_facet,
)
from geodata.columns._table import NONE, Coded, Codes, Ints, Mask, ProjectColumns
from geodata.datasets import REPORTS
from geodata.errors import InputError
from geodata.incident import Status
from geodata.precision import DRAWN, DatePrecision
from geodata.summary import Totals
from geodata.timeline import FINE_ENOUGH, Dated, first_day, must_be_step
from geodata.tolls import Tolls, added_up

if TYPE_CHECKING:
    from collections.abc import Sequence


def totals(
    columns: ProjectColumns, found: Mask, awaiting: int, documents: int, quarantined: int
) -> Totals:
    """Count where every incident went, as `Store.totals` does.

    Parameters
    ----------
    found
        The incidents that the filter means, by `matching`.
    awaiting
        Drafts that it leaves out only because it asks for reviewed incidents.
    documents, quarantined
        Counts of the whole project, which the columns do not hold.
    """
    words = columns.words
    left_out = words["status"].exactly(LEFT_OUT)
    shown, everything = int(found.sum()), len(columns)
    rejected = int((left_out & ~found).sum())
    drawn = found & words["location_precision"].exactly(DRAWN) & ~np.isnan(columns.latitude)
    mapped = int(drawn.sum())
    datasets = words["dataset"].code[found]
    return Totals(
        all=everything,
        mapped=mapped,
        not_located=shown - mapped,
        filtered_out=everything - shown - rejected - awaiting,
        awaiting_review=awaiting,
        rejected=rejected,
        drafts=int((found & words["status"].exactly([Status.DRAFT])).sum()),
        area_only=int((drawn & words["location_precision"].exactly(AREA_ONLY)).sum()),
        undated=int((columns.first[found] == NONE).sum()),
        killed=_sum(columns.killed, found),
        injured=_sum(columns.injured, found),
        documents=documents,
        quarantined=quarantined,
        datasets=int((_counts(datasets, len(words["dataset"].words)) > 0).sum()),
        from_reports=int((datasets == NONE).sum()),
    )


def tolls(columns: ProjectColumns, found: Mask) -> Tolls:
    """Add up killed and injured of some incidents (`Store.tolls`)."""
    import pandas as pd

    standings = columns.words["killed_by_status"]
    told = (*standings.words, "{}")  # the last is for -1
    rows = np.flatnonzero(found)
    code, killed = standings.code[rows].astype(np.int64), columns.killed[rows].astype(np.int64)
    place, keys = pd.factorize((killed - NONE) * len(told) + code % len(told))
    count = np.bincount(place, minlength=len(keys)).tolist()
    hurt = np.maximum(columns.injured[rows], 0)
    injured = np.bincount(place, weights=hurt, minlength=len(keys)).tolist()
    return added_up(
        (
            told[key % len(told)],
            None if key < len(told) else key // len(told) + NONE,
            n,
            int(wounds),
        )
        for key, n, wounds in zip(keys.tolist(), count, injured, strict=True)
    )


def _sum(counts: npt.NDArray[np.int32], found: Mask) -> int:
    known = counts[found]
    return int(known[known != NONE].sum(dtype=np.int64))


def facet(
    columns: ProjectColumns, part: str, found: Mask, *, limit: int = 500
) -> list[tuple[str, int]]:
    """Count the values of a filter part among some incidents (`Store.facet`).

    `found` are those that the filter means without that part.

    Raises
    ------
    InputError
        The part has no list of values.
    """
    must_be_facet(part)
    names = FACETS[part]
    shared = _shared(columns, names)
    size = len(shared.words)
    counts = np.zeros(size, dtype=np.int64)
    earlier: list[Codes] = []
    for name in names:
        code = shared.codes[name][found]
        fresh = code != NONE
        folded = shared.fold_of[code]
        for other in earlier:  # a name that stands in two columns of an incident counts once
            fresh &= folded != other
        counts += _counts(code[fresh], size)
        earlier.append(folded)
    rows = [(word, int(n)) for word, n in zip(shared.words, counts, strict=True) if n and word]
    if part == "dataset" and (reports := int((shared.codes["dataset"][found] == NONE).sum())):
        rows.append((REPORTS, reports))
    return _by_spelling(rows)[:limit]


def _counts(code: npt.NDArray[Any], size: int) -> Ints:
    """How often each of the codes 0 … size - 1 stands; those below 0 do not count."""
    found: Ints = np.bincount(code.astype(np.int64) + 1, minlength=size + 1)[1:]
    return found


def _by_spelling(rows: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """Add up by folded name; the most frequent spelling stands for the name."""
    from geodata._fold import fold

    counts: Counter[str] = Counter()
    best: dict[str, tuple[int, str]] = {}
    for word, n in rows:
        key = fold(word)
        counts[key] += n
        best[key] = min(best.get(key, (1, "")), (-n, word))
    found = [(best[key][1], n) for key, n in counts.items()]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


class _Shared:
    """Several columns of words with one list of words: `codes` by column, and `fold_of` a code,
    with one item more for -1."""

    def __init__(self, columns: ProjectColumns, names: Sequence[str]) -> None:
        known: dict[str, int] = {}
        self.codes: dict[str, npt.NDArray[np.int32]] = {}
        for name in names:
            self.codes[name] = _recoded(columns.words[name], known)
        self.words = tuple(known)
        folds: dict[str, int] = {}
        keys = [folds.setdefault(key, len(folds)) for key in Coded(self.words, _NOBODY).folds]
        self.fold_of = np.array([*keys, NONE], dtype=np.int32)


_NOBODY: Codes = np.zeros(0, dtype=np.int8)


def _recoded(column: Coded, known: dict[str, int]) -> npt.NDArray[np.int32]:
    places = [known.setdefault(word, len(known)) for word in column.words]
    found: npt.NDArray[np.int32] = np.array([*places, NONE], dtype=np.int32)[column.code]
    return found


def _shared(columns: ProjectColumns, names: Sequence[str]) -> _Shared:
    key = f"words {names}"
    if key not in columns.kept:
        columns.kept[key] = _Shared(columns, names)
    shared: _Shared = columns.kept[key]
    return shared


def timeline(columns: ProjectColumns, found: Mask, step: str) -> list[tuple[str, int, int]]:
    """Incidents and killed by step of time among some incidents (`Store.timeline`).

    Raises
    ------
    InputError
        The step is none of day, week, month, year.
    """
    must_be_step(step)
    starts, start_of = _steps(columns, step)
    exact = columns.words["date_precision"].exactly(FINE_ENOUGH[step])
    start = start_of[columns.first]
    inside = found & exact & (columns.first != NONE) & (start == start_of[columns.last])
    at = start[inside]
    killed = columns.killed[inside]
    incidents = np.bincount(at, minlength=len(starts))
    deaths = np.bincount(at, weights=np.maximum(killed, 0), minlength=len(starts))
    return [
        (day, int(n), int(dead))
        for day, n, dead in zip(starts, incidents, deaths, strict=True)
        if n
    ]


def dates(columns: ProjectColumns, found: Mask) -> list[Dated]:
    """Count the dated of some incidents by their days and by precision (`Store.dates`)."""
    import pandas as pd

    precision = columns.words["date_precision"]
    rows = np.flatnonzero(found & (columns.first != NONE))
    spread, kinds = len(columns.days), len(precision.words)
    first, last = columns.first[rows].astype(np.int64), columns.last[rows].astype(np.int64)
    place, keys = pd.factorize((first * spread + last) * kinds + precision.code[rows])
    incidents = np.bincount(place, minlength=len(keys)).tolist()
    toll = np.maximum(columns.killed[rows], 0)
    killed = np.bincount(place, weights=toll, minlength=len(keys)).tolist()
    days = [date.fromordinal(day) for day in columns.days.tolist()]
    return [
        Dated(
            days[key // kinds // spread],
            days[key // kinds % spread],
            DatePrecision(precision.words[key % kinds]),
            count,
            int(deaths),
        )
        for key, count, deaths in zip(keys.tolist(), incidents, killed, strict=True)
    ]


def _steps(columns: ProjectColumns, step: str) -> tuple[list[str], Ints]:
    """First days of the steps that occur, and the place among them of each of the `days`."""
    key = f"steps {step}"
    if key not in columns.kept:
        firsts = [first_day(date.fromordinal(day), step) for day in columns.days.tolist()]
        starts, places = np.unique([day.toordinal() for day in firsts], return_inverse=True)
        names = [date.fromordinal(day).isoformat() for day in starts.tolist()]
        columns.kept[key] = names, np.append(places, NONE).astype(np.int64)
    steps: tuple[list[str], Ints] = columns.kept[key]
    return steps


ORDERS = ("event_date", "killed_best")
"""Fields that `page` puts incidents in order by."""


def page(columns: ProjectColumns, found: Mask, order: str, *, limit: int, offset: int = 0) -> Ints:
    """Numbers (``fid``) of some incidents in order: ``killed_best``, or ``-killed_best`` for the
    most first; incidents without a value come last either way.

    Raises
    ------
    InputError
        No such order.
    """
    rows = _ordered(columns, order)
    chosen: Ints = columns.fid[rows[found[rows]][offset : offset + limit]]
    return chosen


def _ordered(columns: ProjectColumns, order: str) -> Ints:
    name = order.removeprefix("-")
    if name not in ORDERS:
        raise InputError(f"cannot order by {order!r}; one of {', '.join(ORDERS)}, or - before it")
    key = f"order {order}"
    if key not in columns.kept:
        values = (columns.first if name == "event_date" else columns.killed).astype(np.int64)
        last = np.iinfo(np.int64).max
        ranks = np.where(values == NONE, last, -values if order.startswith("-") else values)
        columns.kept[key] = np.argsort(ranks, kind="stable").astype(np.int32)
    rows: Ints = columns.kept[key]
    return rows

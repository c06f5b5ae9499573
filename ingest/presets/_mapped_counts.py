"""Tolls of a mapped table: killed and injured with their bounds, the dead by status, the taken."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ingest.presets._headers import status_words
from ingest.presets.values._column import MARK, distinct
from ingest.presets.values.counts import CountColumn, Kind, read_counts
from ingest.presets.values.statuses import read_statuses

if TYPE_CHECKING:
    from ingest.presets._base import ColumnRule
    from ingest.presets._draft import Draft

Triple = tuple[Any, Any, Any]
"""Low, best and high of each row."""

SIDES: tuple[Kind, ...] = ("killed", "injured")
TAKEN = ("arrested", "abducted", "released")


def read_all_counts(draft: Draft, rules: dict[str, list[ColumnRule]]) -> None:
    """Fill every count that the rules name."""
    others: dict[str, Triple] = {}
    for side in SIDES:
        _read_side(draft, side, rules, others)
    for rule in rules.get("casualties", []):
        _read_casualties(draft, rule, others)
    for told, triple in others.items():
        for bound, values in zip(("low", "best", "high"), triple, strict=True):
            draft.fill(f"{told}_{bound}", values)
    for name in TAKEN:
        if name in rules:
            draft.fields[name] = _sum(draft, name, "other", rules[name][0], others)[1]
    _read_by_status(draft, rules.get("killed_by_status", []))


def _column(draft: Draft, field: str, kind: Kind, name: str) -> CountColumn:
    cells = draft.cells(name)
    if field == "killed_best":
        cells = _by_status_inside(draft, cells)
    read = read_counts(cells, kind)
    draft.fault_all((name,), read.faults)
    draft.ask_all(field, (name,), read.questions)
    return read


def _by_status_inside(draft: Draft, cells: Any) -> Any:
    """Fill the dead by status from cells such as "3 civilians, 2 SF", and give their sums."""
    read = distinct(cells)
    found = [read_statuses(text, status_words()) if text else {} for text in read.texts]
    if not any(found):
        return cells
    draft.fill("killed_by_status", read.spread([_json(told) for told in found], pa.string()))
    sums = [
        str(sum(told.values())) if told else text
        for told, text in zip(found, read.texts, strict=True)
    ]
    return read.spread(sums, pa.string())


def _json(told: dict[str, int]) -> str | None:
    counts = {status: count for status, count in told.items() if count}
    return json.dumps(counts) if counts else None


def _sum(
    draft: Draft, field: str, kind: Kind, rule: ColumnRule, others: dict[str, Triple]
) -> Triple:
    """Read a rule: one column, bounds of a range (form ``between``), or columns to add up."""
    read = [_column(draft, field, kind, name) for name in rule.columns]
    for column in read:
        for other, triple in column.others.items():
            if other in SIDES:
                others.setdefault(other, triple)
    if rule.form == "between" and len(read) == 2:
        return bounded(draft, field, read[0].best, None, read[1].best)
    triple = (read[0].low, read[0].best, read[0].high)
    for more in read[1:]:
        triple = _plus(triple, (more.low, more.best, more.high))
    return triple


def _plus(a: Triple, b: Triple) -> Triple:
    """Add two counts; one that is not told adds nothing, a bound that is open stays open."""
    told = pc.or_(pc.is_valid(a[1]), pc.is_valid(b[1]))
    sums = (pc.add(_or_nought(x, a[1]), _or_nought(y, b[1])) for x, y in zip(a, b, strict=True))
    low, best, high = (pc.if_else(told, total, pa.scalar(None, pa.int64())) for total in sums)
    return low, best, high


def _or_nought(bound: Any, best: Any) -> Any:
    """Give nought where nothing is counted, and null where a count has no such bound."""
    return pc.if_else(pc.is_valid(best), bound, pa.scalar(0, pa.int64()))


def bounded(draft: Draft, field: str, low: Any, best: Any, high: Any) -> Triple:
    """Give low, best and high in their order; the best of two bounds is the middle between them."""
    turned = pc.fill_null(pc.greater(low, high), False)
    low, high = pc.if_else(turned, high, low), pc.if_else(turned, low, high)
    middle = pc.cast(pc.floor(pc.divide(pc.cast(pc.add(low, high), pa.float64()), 2.0)), pa.int64())
    best = pa.nulls(draft.rows, pa.int64()) if best is None else best
    upper = pc.and_(pc.is_null(pc.coalesce(best, low)), pc.is_valid(high))
    _ask_rows(draft, field, upper, "only an upper bound is given: taken as the count")
    best = pc.coalesce(best, middle, low, high)
    beyond = pc.or_kleene(pc.greater(low, best), pc.less(high, best))
    beyond = pc.fill_null(beyond, False)
    _ask_rows(draft, field, turned, "the lower bound was the higher one: exchanged")
    _ask_rows(draft, field, beyond, "the count lies outside of its own bounds: bounds widened")
    low = pc.if_else(beyond, pc.min_element_wise(low, best, skip_nulls=False), low)
    high = pc.if_else(beyond, pc.max_element_wise(high, best, skip_nulls=False), high)
    return low, best, high


def _ask_rows(draft: Draft, field: str, rows: Any, why: str) -> None:
    for row in np.flatnonzero(np.asarray(rows)).tolist():
        draft.ask(row, field, "", why)


def _read_side(
    draft: Draft, side: Kind, rules: dict[str, list[ColumnRule]], others: dict[str, Triple]
) -> None:
    """Fill the three counts of a side from a column for each, or from one that tells all."""
    names = {bound: f"{side}_{bound}" for bound in ("low", "best", "high")}
    if not any(name in rules for name in names.values()):
        return
    read: dict[str, Triple] = {
        bound: _sum(draft, name, side, rules[name][0], others)
        for bound, name in names.items()
        if name in rules
    }
    nothing = pa.nulls(draft.rows, pa.int64())
    main = read.get("best", (nothing, nothing, nothing))
    low = read["low"][1] if "low" in read else main[0]
    high = read["high"][1] if "high" in read else main[2]
    if "best" in read and ("low" in read or "high" in read):
        low = pc.coalesce(low, main[0])
        high = pc.coalesce(high, main[2])
    triple = bounded(draft, names["best"], low, main[1] if "best" in read else None, high)
    for bound, values in zip(("low", "best", "high"), triple, strict=True):
        draft.fields[names[bound]] = values


def _read_casualties(draft: Draft, rule: ColumnRule, others: dict[str, Triple]) -> None:
    """Read a column that tells the killed and the injured in words; a bare number is neither."""
    _, both, _ = _sum(draft, "killed_best", "other", rule, others)
    rows = np.flatnonzero(np.asarray(pc.fill_null(pc.greater(both, 0), False))).tolist()
    why = "does not say whether these were killed or injured: left out"
    draft.ask_all("killed_best", rule.columns, dict.fromkeys(rows, why))


def _read_by_status(draft: Draft, rules: list[ColumnRule]) -> None:
    """Fill the dead by status; their sum is the total of a row that has none."""
    if not rules:
        return
    ignored: dict[str, Triple] = {}
    parts: dict[str, Triple] = {}
    nothing = pa.nulls(draft.rows, pa.int64())
    total: Triple = (nothing, nothing, nothing)
    for rule in rules:
        status, _, how = rule.form.partition(" ")
        bare = type(rule)(field=rule.field, columns=rule.columns, form=how)
        triple = _sum(draft, "killed_by_status", "killed", bare, ignored)
        parts[status] = _plus(parts[status], triple) if status in parts else triple
        total = _plus(total, triple)
    draft.fields["killed_by_status"] = _as_json({name: part[1] for name, part in parts.items()})
    missing = pc.invert(pc.is_valid(draft.column("killed_best")))
    for bound, values in zip(("low", "best", "high"), total, strict=True):
        name = f"killed_{bound}"
        own = draft.column(name)
        draft.fields[name] = pc.if_else(missing, pc.coalesce(own, values), own)
    more = pc.fill_null(pc.greater(total[1], draft.column("killed_high")), False)
    _ask_rows(draft, "killed_by_status", more, "the dead by status are more than the total")


def _as_json(parts: dict[str, Any]) -> Any:
    read = distinct(*(column.cast(pa.string()) for column in parts.values()))
    written: list[str | None] = []
    for text in read.texts:
        told = dict(zip(parts, text.split(MARK), strict=True))
        written.append(_json({status: int(count) for status, count in told.items() if count}))
    return read.spread(written, pa.string())

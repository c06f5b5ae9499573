"""Reads the rows of a table by a mapping."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping as Of
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.errors import InputError
from geodata.incident import Attribution
from geodata.precision import LocationPrecision
from geodata.taxonomy import EVENT_TYPE_OF
from ingest.presets._base import ColumnRule, Mapping, Normalised
from ingest.presets._draft import Draft
from ingest.presets._mapped_counts import read_all_counts
from ingest.presets._mapped_values import (
    NAMES,
    DateRule,
    joined,
    read_coordinates,
    read_event_dates,
    read_names,
    read_precision,
)
from ingest.presets._words import meaning
from ingest.presets.values._column import distinct
from ingest.presets.values.coordinates import are_swapped, read_points
from ingest.presets.values.dates import date_order, style_of
from ingest.presets.values.words import plain

if TYPE_CHECKING:
    from datetime import date

    from ingest.readers.tables._batch import RowBatch, TableInfo

_PERHAPS = "(?i)tota|gesamt|sum"
_TOTAL = re.compile(
    r"(?:(?:grand|sub|over ?all|annual|monthly|yearly)[\s-]?)?"
    r"(?:total|totals|totales|totaux|gesamt|summe|suma|sum)\b[^.]{0,24}"
)


@dataclass(frozen=True, slots=True)
class MappedReader:
    """A mapping with what the first rows told: order of dates, swapped coordinates."""

    mapping: Mapping
    columns: tuple[str, ...]
    dates: Of[str, DateRule] = field(default_factory=dict)
    swapped: bool = False
    tags: tuple[str, ...] = ()
    coarse: bool = False  # rows are aggregates, which have no point

    def read(self, batch: RowBatch) -> Normalised:
        """Turn rows into typed fields."""
        draft = Draft(batch)
        rules = rules_by_field(self.mapping)
        single = {name: found[0] for name, found in rules.items()}
        read_event_dates(draft, self.dates.get("event_date"), self.dates.get("event_date_end"))
        read_names(draft, single, self.mapping.fixed)
        if (at := coordinate_rule(single)) and not self.coarse:
            read_coordinates(draft, at.columns, at.form, swapped=self.swapped)
        read_precision(draft, single.get("location_precision"))
        if self.coarse:
            _coarse_precision(draft)
        read_all_counts(draft, rules)
        _read_kind(draft, single)
        _read_sides(draft, single)
        _read_words(draft, rules, self.tags)
        self._fill_fixed(draft)
        self._find_rows_of_none(draft)
        key = self.mapping.key
        return draft.finish(_keys(draft, key) if key else None)

    def _fill_fixed(self, draft: Draft) -> None:
        for name, value in self.mapping.fixed.items():
            if name not in (*NAMES, "year") and pa.types.is_string(draft.column(name).type):
                draft.fill(name, pa.array([value] * draft.rows, pa.string()))

    def _find_rows_of_none(self, draft: Draft) -> None:
        """Keep out totals of other rows, and rows that tell neither when nor where."""
        rules = {rule.field: rule for rule in self.mapping.rules}
        where = {"event_date", "place", "admin1", "admin2", "country"} & rules.keys()
        looked = {*self.columns[:1], *(name for key in where for name in rules[key].columns)}
        for name in sorted(looked):
            cells = draft.cells(name)
            if not pc.any(pc.match_substring_regex(cells, _PERHAPS)).as_py():
                continue
            read = distinct(cells)
            total = [bool(_TOTAL.fullmatch(plain(text))) for text in read.texts]
            for row in np.flatnonzero(np.array(total, bool)[read.indices]).tolist():
                draft.faults.pop(row, None)
                draft.fault(row, name, "a total of other rows")
        place = pc.is_valid(draft.column("latitude"))
        for name in NAMES:
            if name not in self.mapping.fixed:
                place = pc.or_(place, pc.is_valid(draft.column(name)))
        told = pc.or_(place, pc.is_valid(draft.column("event_date")))
        for row in np.flatnonzero(~np.asarray(told)).tolist():
            draft.fault(row, "", "neither a date nor a place is told")


def mapped_reader(
    mapping: Mapping, info: TableInfo, sample: RowBatch, today: date | None = None, **more: Any
) -> MappedReader:
    """Make ready to read a table by a mapping.

    Raises
    ------
    InputError
        The mapping names a column that the table has not.
    """
    for rule in mapping.rules:
        for name in rule.columns:
            _need(name, info, f"the mapping of {rule.field!r}")
    for name in mapping.key:
        _need(name, info, "the key of the mapping")
    rules = {rule.field: rule for rule in mapping.rules}
    draft = Draft(sample)
    dates: dict[str, DateRule] = {}
    for name in ("event_date", "event_date_end"):
        if found := rules.get(name):
            order = date_order(draft.cells(found.columns[0]), found.form)
            style = replace(style_of(order, found.form, today), months=bool(more.get("coarse")))
            if not order.by and name == "event_date_end" and "event_date" in dates:
                style = dates["event_date"].style
            dates[name] = DateRule(found, style, mapping.fixed.get("year", ""))
    swapped = _is_swapped(draft, rules, mapping.fixed)
    return MappedReader(mapping, info.columns, dates, swapped, **more)


def _need(name: str, info: TableInfo, what: str) -> None:
    if name not in info.columns:
        listed = ", ".join(map(repr, info.columns[:20]))
        raise InputError(f"{info.name}: {what} names the column {name!r}; the table has {listed}")


def rules_by_field(mapping: Mapping) -> dict[str, list[ColumnRule]]:
    """Give the rules of each field."""
    rules: dict[str, list[ColumnRule]] = defaultdict(list)
    for rule in mapping.rules:
        rules[rule.field].append(rule)
    return rules


def coordinate_rule(rules: Of[str, ColumnRule]) -> ColumnRule | None:
    """Give one rule for both coordinates."""
    if both := rules.get("coordinates"):
        return both
    if "latitude" not in rules or "longitude" not in rules:
        return None
    columns = (*rules["latitude"].columns, *rules["longitude"].columns)
    return ColumnRule(field="coordinates", columns=columns, form=rules["latitude"].form)


def _is_swapped(draft: Draft, rules: Of[str, ColumnRule], fixed: Of[str, str]) -> bool:
    at = coordinate_rule(rules)
    if at is None or not ("country" in rules or "country" in fixed):
        return False
    points = read_points([draft.cells(name) for name in at.columns], at.form)
    if "country" in rules:
        names = pc.fill_null(draft.text(rules["country"].columns[0]), fixed.get("country", ""))
        countries = names.to_pylist()
    else:
        countries = [fixed["country"]] * draft.rows
    return are_swapped(points, countries)


def _coarse_precision(draft: Draft) -> None:
    """Say of an aggregate that it stands for a country, a province or a district."""
    words = LocationPrecision
    known = pa.array([words.UNKNOWN.value] * draft.rows, pa.string())
    for name, word in (
        ("country", words.COUNTRY), ("admin1", words.PROVINCE), ("admin2", words.DISTRICT),
    ):  # fmt: skip
        known = pc.if_else(pc.is_valid(draft.column(name)), word.value, known)
    draft.fields["location_precision"] = known


def _keys(draft: Draft, columns: tuple[str, ...]) -> Any:
    parts = [pc.utf8_trim_whitespace(draft.cells(name)) for name in columns]
    return parts[0] if len(parts) == 1 else pc.binary_join_element_wise(*parts, " / ")


def _read_kind(draft: Draft, rules: Of[str, ColumnRule]) -> None:
    """Fill event type, weapon, tactic and target from columns of categories."""
    kinds = ("event_type", "sub_event_type", "weapon", "tactic")
    if rule := rules.get("event_type"):
        for name in reversed(rule.columns):  # the last column says it in most detail
            _look_up(draft, "event_type", "words", name, kinds)
        read = distinct(draft.column("sub_event_type"))
        of = read.spread([EVENT_TYPE_OF.get(text) for text in read.texts], pa.string())
        agree = pc.fill_null(pc.equal(of, draft.column("event_type")), False)
        sub = draft.column("sub_event_type")
        draft.fields["sub_event_type"] = pc.if_else(agree, sub, pa.scalar(None, pa.string()))
    for name in ("weapon", "tactic"):
        if name in rules:
            _look_up(draft, name, "words", rules[name].columns[0], (name,), over=True)
    if rule := rules.get("target"):
        _look_up(draft, "target", "target_words", rule.columns[0], ("target",))


def _look_up(
    draft: Draft,
    asked: str,
    table: str,
    column: str,
    fields: tuple[str, ...],
    *,
    over: bool = False,
) -> None:
    read = distinct(draft.text(column))
    known = [meaning(table, text) if text else None for text in read.texts]
    for name in fields:
        values = read.spread(
            [found.values.get(name) if found else None for found in known], pa.string()
        )
        if over:
            values = pc.coalesce(values, draft.column(name))
            draft.fields[name] = values
        else:
            draft.fill(name, values)
    missing = ["" if found is None else _doubt(found.doubt, found.values, asked) for found in known]
    draft.ask_once(asked, read, missing)


def _doubt(doubt: str, values: Of[str, str], asked: str) -> str:
    if asked in values or not values:
        return doubt
    open_ = f"the word alone does not tell the {asked.replace('_', ' ')}: left open"
    return "; ".join(filter(None, (doubt, open_)))


def _read_sides(draft: Draft, rules: Of[str, ColumnRule]) -> None:
    """Fill the actors; a perpetrator acts first where no column says who does."""
    for name in ("actor1", "actor2", "perpetrator", "attributed_by"):
        if name in rules:
            columns = [draft.text(column) for column in rules[name].columns]
            draft.fields[name] = columns[0] if len(columns) == 1 else pc.coalesce(*columns)
    if rule := rules.get("perpetrator"):
        draft.fill("actor1", draft.column("perpetrator"))
        word = rule.form or Attribution.ATTRIBUTED.value
        named = pc.is_valid(draft.column("perpetrator"))
        draft.fields["attribution"] = pc.if_else(named, word, pa.scalar(None, pa.string()))


def _read_words(draft: Draft, rules: dict[str, list[ColumnRule]], tags: tuple[str, ...]) -> None:
    """Fill notes, each with the name of its column where there are several, and tags."""
    names = [name for rule in rules.get("notes", []) for name in rule.columns]
    texts = [draft.text(name, free=True) for name in names]
    if len(names) > 1:
        texts = [
            pc.binary_join_element_wise(f"{name}: ", text, "")
            for name, text in zip(names, texts, strict=True)
        ]
    if texts:
        draft.fields["notes"] = texts[0] if len(texts) == 1 else joined(texts, "\n")
    columns = [name for rule in rules.get("tags", []) for name in rule.columns]
    if columns or tags:
        read = distinct(*(draft.cells(name) for name in columns)) if columns else None
        draft.fields["tags"] = (
            pa.array([json.dumps(list(tags))] * draft.rows, pa.string())
            if read is None
            else read.spread([_tags(text, tags) for text in read.texts], pa.string())
        )


def _tags(text: str, always: tuple[str, ...]) -> str | None:
    own = [part.strip() for part in re.split(r"[;,|\x1f]", text) if part.strip()]
    found = list(dict.fromkeys((*always, *own)))
    return json.dumps(found, ensure_ascii=False) if found else None
